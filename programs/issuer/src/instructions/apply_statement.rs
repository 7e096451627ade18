use super::record_reserves;
use crate::{
    error::IssuerError,
    state::{Custodian, Ticker},
};
use anchor_lang::prelude::*;
use scrip_interface::{attestation::ReserveStatement, merkle};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct ApplyStatementArgs {
    pub settled_shares_e8: u128,
    pub receivable_shares_e8: u128,
    /// Siblings from the ticker's leaf up to the signed root.
    pub proof: Vec<[u8; 32]>,
}

/// Anybody may: the custodian's quorum signed the root.
#[event_cpi]
#[derive(Accounts)]
pub struct ApplyStatement<'info> {
    #[account(constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated)]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(
        mut,
        has_one = custodian @ IssuerError::WrongCustodian,
        has_one = mint @ IssuerError::WrongMint,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
}

pub fn apply_statement(ctx: Context<ApplyStatement>, args: ApplyStatementArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let signed = accounts.custodian.load()?.statement;
    let mut ticker = accounts.ticker.load_mut()?;
    let statement = ReserveStatement {
        as_of: signed.as_of,
        settled_shares_e8: args.settled_shares_e8,
        receivable_shares_e8: args.receivable_shares_e8,
    };
    let leaf = merkle::leaf(&ticker.mint, ticker.action_sequence, &statement);
    let proven = merkle::root_of(leaf, &args.proof) == signed.root;
    require!(proven, IssuerError::StatementProofInvalid);
    record_reserves(&mut ticker, &accounts.mint, &statement, &accounts.event_authority, now)
}
