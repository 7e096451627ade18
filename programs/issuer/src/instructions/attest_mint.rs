use crate::{
    error::IssuerError,
    event::SharesMinted,
    introspection,
    quorum::{AttestationArgs, take_attestation},
    state::{AttestorSet, Issuer, NonceWindow, Ticker},
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    attestation::{Kind, MintBody, ReserveStatement},
    pda::AUTHORITY_SEED,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct StatementArgs {
    pub as_of: i64,
    pub settled_shares_e8: u128,
    pub receivable_shares_e8: u128,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AttestMintArgs {
    pub attestation: AttestationArgs,
    /// Raw units.
    pub amount: u64,
    pub statement: StatementArgs,
    /// Who the attestors say the shares are for.
    pub owner: Pubkey,
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct AttestMint<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = mint @ IssuerError::WrongMint,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: an account of the attested owner, by `require_account_of`; Token-2022 checks the mint.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: by its address.
    #[account(address = introspection::INSTRUCTIONS_SYSVAR)]
    pub instructions: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl AttestMint<'_> {
    fn validate(&self, args: &AttestMintArgs) -> Result<()> {
        let ticker = self.ticker.load()?;
        require_keys_eq!(
            self.attestor_set.load()?.custodian,
            ticker.custodian,
            IssuerError::WrongCustodian
        );
        require_keys_eq!(self.nonces.load()?.subject, ticker.mint, IssuerError::WrongSubject);
        require!(args.amount > 0, IssuerError::AmountZero);
        ticker.require_fresh(args.statement.as_of, Clock::get()?.unix_timestamp)?;
        token::require_account_of(&self.destination, &args.owner)
    }
}

pub fn attest_mint(ctx: Context<AttestMint>, args: AttestMintArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.validate(&args)?;

    let mut ticker = accounts.ticker.load_mut()?;
    let attestor_set = accounts.attestor_set.key();
    let statement = ReserveStatement {
        as_of: args.statement.as_of,
        settled_shares_e8: args.statement.settled_shares_e8,
        receivable_shares_e8: args.statement.receivable_shares_e8,
    };
    let body = MintBody {
        header: args.attestation.header(&*accounts.issuer.load()?, ticker.mint, attestor_set),
        action_sequence: ticker.action_sequence,
        owner: args.owner,
        amount: args.amount,
        statement,
    };
    let signers = take_attestation(
        Kind::Mint,
        &args.attestation,
        &body.message(),
        &*accounts.attestor_set.load()?,
        &mut *accounts.nonces.load_mut()?,
        &accounts.instructions,
    )?;
    ticker.record_statement(&statement);
    ticker.record_mint(args.amount)?;

    let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
    token::mint_to(&accounts.mint, &accounts.destination, &accounts.authority, seeds, args.amount)?;

    let now = Clock::get()?.unix_timestamp;
    let supply = token::with_mint(&accounts.mint, |mint| {
        ticker.require_covered(mint, now)?;
        ticker.invariant(mint.supply(), None)?;
        Ok(mint.supply().0)
    })?;

    let (mint, statement_as_of) = (ticker.mint, ticker.reserves.as_of);
    let counted_shares_e8 = ticker.counted_shares().0;
    ticker.stream.publish(&accounts.event_authority, |sequence| SharesMinted {
        sequence,
        mint,
        owner: args.owner,
        amount: args.amount,
        supply,
        attestor_set,
        nonce: args.attestation.nonce,
        signers,
        statement_as_of,
        counted_shares_e8,
    })
}
