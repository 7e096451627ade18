use crate::{
    error::IssuerError,
    event::{EMITTER, ReservesAttested},
    quorum::{AttestationArgs, Quorum},
    state::{AttestorSet, Issuer, NonceWindow, Ticker},
    token,
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::{ReserveBody, ReserveStatement};

/// What the custodian says it holds for one ticker.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct StatementArgs {
    pub as_of: i64,
    pub settled_shares_e8: u128,
    pub receivable_shares_e8: u128,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AttestReservesArgs {
    pub attestation: AttestationArgs,
    pub statement: StatementArgs,
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct AttestReserves<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
}

impl From<StatementArgs> for ReserveStatement {
    fn from(args: StatementArgs) -> Self {
        Self {
            as_of: args.as_of,
            settled_shares_e8: args.settled_shares_e8,
            receivable_shares_e8: args.receivable_shares_e8,
        }
    }
}

/// Records a statement that comes without a mint, and tells of it.
pub fn record_reserves<'info>(
    ticker: &mut Ticker,
    mint: &AccountInfo<'info>,
    statement: &ReserveStatement,
    event_authority: &AccountInfo<'info>,
    now: i64,
) -> Result<()> {
    let (supply, short) = token::with_mint(mint, |mint| {
        Ok((mint.supply().0, ticker.attest_reserves(statement, mint, now)?))
    })?;
    let (mint, counted_shares_e8) = (ticker.mint, ticker.counted_shares(now).0);
    ticker.stream.publish(EMITTER, event_authority, |sequence| ReservesAttested {
        sequence,
        mint,
        as_of: statement.as_of,
        settled_shares_e8: statement.settled_shares_e8,
        receivable_shares_e8: statement.receivable_shares_e8,
        counted_shares_e8,
        supply,
        short,
    })
}

pub fn attest_reserves(ctx: Context<AttestReserves>, args: AttestReservesArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut ticker = accounts.ticker.load_mut()?;
    let statement = args.statement.into();

    let quorum = Quorum {
        issuer: &accounts.issuer,
        attestor_set: &accounts.attestor_set,
        signatures: &accounts.signatures,
    };
    quorum.take_about(&ticker, &accounts.nonces, &args.attestation, now, |header| ReserveBody {
        header,
        action_sequence: ticker.action_sequence,
        statement,
    })?;
    record_reserves(&mut ticker, &accounts.mint, &statement, &accounts.event_authority, now)
}
