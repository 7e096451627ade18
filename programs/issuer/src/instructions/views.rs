//! Questions answered in return data: simulate and read. A condition of business is an answer,
//! never an error.

use crate::{
    constants::MAX_OPEN_REDEMPTIONS,
    error::IssuerError,
    registration::Registration,
    state::{Issuer, OwnerLimits, StoredLimit, Ticker, pause},
    token,
};
use anchor_lang::{prelude::*, solana_program::system_program};
use scrip_interface::{mint::Mint, preflight, token_account::TokenAccount};
use scrip_math::{RawAmount, Timestamp};

/// Of the answers' layouts. Fields are only ever added at the end.
const VIEW_VERSION: u8 = 1;
const ONE_BPS: u128 = 10_000;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct CanMintArgs {
    pub owner: Pubkey,
    /// Raw units.
    pub amount: u64,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct CanRedeemArgs {
    pub owner: Pubkey,
    /// Of the redemption to open.
    pub id: u64,
    /// Raw units.
    pub amount: u64,
}

/// Why not: bits of `scrip_interface::preflight`, none if it would pass.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preflight {
    pub version: u8,
    pub reasons: u32,
}

/// What is attested and what is owed.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReserveRatio {
    pub version: u8,
    /// Older than a mint may rest on.
    pub stale: bool,
    pub as_of: i64,
    /// Raw units.
    pub supply: u64,
    /// Shares that count, and shares that the supply stands for (rounded up), of 10^-8.
    pub counted_shares_e8: u128,
    pub supply_shares_e8: u128,
    /// Counted over owed, rounded down; the largest number if nothing is owed.
    pub ratio_bps: u64,
}

#[derive(Accounts)]
pub struct CanMint<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    pub owner_limits: Option<AccountLoader<'info, OwnerLimits>>,
    /// CHECK: read by `Registration`. Asked for where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, or where it would be.
    pub wallet_record: Option<UncheckedAccount<'info>>,
}

#[derive(Accounts)]
#[instruction(args: CanRedeemArgs)]
pub struct CanRedeem<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: judged, not trusted.
    pub source: UncheckedAccount<'info>,
    /// CHECK: by its seeds; it exists where the id is taken.
    #[account(
        seeds = [
            scrip_interface::pda::REDEMPTION_SEED,
            mint.key().as_ref(),
            args.owner.as_ref(),
            &args.id.to_le_bytes(),
        ],
        bump,
    )]
    pub redemption: UncheckedAccount<'info>,
    /// CHECK: read by `Registration`. Asked for where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, or where it would be.
    pub wallet_record: Option<UncheckedAccount<'info>>,
}

#[derive(Accounts)]
pub struct ShowReserveRatio<'info> {
    #[account(has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
}

/// Gathers reasons.
struct Reasons(u32);

impl Reasons {
    fn add_if(&mut self, condition: bool, reason: u32) {
        if condition {
            self.0 |= reason;
        }
    }

    fn add_pauses(&mut self, pauses: u8, mint: &Mint) {
        self.add_if(pauses & pause::TRANSFER != 0 || mint.is_paused(), preflight::TRANSFER_PAUSED);
    }

    fn answer(self) -> Preflight {
        Preflight { version: VIEW_VERSION, reasons: self.0 }
    }
}

pub fn can_mint(ctx: Context<CanMint>, args: CanMintArgs) -> Result<Preflight> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut ticker = *accounts.ticker.load()?;
    let pauses = ticker.pauses_with(&accounts.issuer)?;

    let mut reasons = Reasons(0);
    reasons.add_if(args.amount == 0, preflight::AMOUNT_ZERO);
    reasons.add_if(pauses & pause::MINT != 0, preflight::MINT_PAUSED);
    let stale = ticker.is_stale(ticker.snapshot_at(now).as_of, now);
    reasons.add_if(stale, preflight::STATEMENT_STALE);
    reasons.add_if(ticker.is_in_window(now), preflight::CORPORATE_ACTION_WINDOW);
    token::with_mint(&accounts.mint, |mint| {
        reasons.add_pauses(pauses, mint);
        let covered = match mint.supply().checked_add(RawAmount(args.amount)) {
            Some(supply) => ticker.covers_supply(mint, supply, now)?,
            None => false,
        };
        reasons.add_if(!covered, preflight::RESERVES_INSUFFICIENT);
        Ok(())
    })?;
    let within = ticker.mint_bucket.pass(args.amount, ticker.mint_limit, now);
    reasons.add_if(!within, preflight::TICKER_LIMIT);
    let limit = ticker.owner_mint_limit;
    reasons.0 |= owner_reason(&accounts.owner_limits, &ticker.mint, limit, &args, now)?;
    let registration =
        Registration { policy: &accounts.policy, wallet_record: &accounts.wallet_record };
    reasons.0 |= registration_reasons(&registration, &ticker, &args.owner, now)?;
    Ok(reasons.answer())
}

fn owner_reason(
    limits: &Option<AccountLoader<OwnerLimits>>,
    mint: &Pubkey,
    limit: StoredLimit,
    args: &CanMintArgs,
    now: i64,
) -> Result<u32> {
    let Some(limits) = limits else {
        return Ok(if limit.is_set() { preflight::OWNER_LIMITS_MISSING } else { 0 });
    };
    let limits = limits.load()?;
    limits.require_of(mint, &args.owner)?;
    let mut bucket = limits.mint_bucket;
    let within = bucket.pass(args.amount, limit, now);
    Ok(if within { 0 } else { preflight::OWNER_LIMIT })
}

fn registration_reasons(
    registration: &Registration,
    ticker: &Ticker,
    owner: &Pubkey,
    now: i64,
) -> Result<u32> {
    if !ticker.asks_registration() {
        return Ok(0);
    }
    let (Some(policy), Some(_)) = (registration.policy, registration.wallet_record) else {
        return Ok(preflight::REGISTRATION_MISSING);
    };
    if *policy.owner == system_program::ID {
        return Ok(preflight::POLICY_MISSING);
    }
    registration.reasons(ticker, owner, now).map(preflight::of_gate)
}

pub fn can_redeem(ctx: Context<CanRedeem>, args: CanRedeemArgs) -> Result<Preflight> {
    let accounts = &ctx.accounts;
    let ticker = accounts.ticker.load()?;
    let pauses = ticker.pauses_with(&accounts.issuer)?;

    let mut reasons = Reasons(0);
    reasons.add_if(args.amount == 0, preflight::AMOUNT_ZERO);
    reasons.add_if(pauses & pause::REDEEM_REQUEST != 0, preflight::REDEEM_REQUEST_PAUSED);
    reasons.add_if(args.amount < ticker.min_redemption, preflight::BELOW_MINIMUM);
    let taken = *accounts.redemption.owner != system_program::ID;
    reasons.add_if(taken || args.id >= MAX_OPEN_REDEMPTIONS, preflight::REDEMPTION_ID_TAKEN);
    token::with_mint(&accounts.mint, |mint| {
        reasons.add_pauses(pauses, mint);
        Ok(())
    })?;

    let registration =
        Registration { policy: &accounts.policy, wallet_record: &accounts.wallet_record };
    let now = Clock::get()?.unix_timestamp;
    reasons.0 |= registration_reasons(&registration, &ticker, &args.owner, now)?;

    let data = accounts.source.try_borrow_data()?;
    let source = TokenAccount::parse(&data).filter(|source| {
        *accounts.source.owner == anchor_spl::token_2022::ID
            && source.mint() == Some(ticker.mint)
            && source.owner() == Some(args.owner)
    });
    let Some(source) = source else {
        reasons.add_if(true, preflight::ACCOUNT_INVALID);
        return Ok(reasons.answer());
    };
    reasons.add_if(source.is_frozen(), preflight::ACCOUNT_FROZEN);
    let balance = source.amount().unwrap_or_default();
    reasons.add_if(balance.0 < args.amount, preflight::BALANCE_TOO_LOW);
    Ok(reasons.answer())
}

pub fn reserve_ratio(ctx: Context<ShowReserveRatio>) -> Result<ReserveRatio> {
    let now = Clock::get()?.unix_timestamp;
    let ticker = ctx.accounts.ticker.load()?;
    let (counted, as_of) = (ticker.counted_shares(now).0, ticker.snapshot_at(now).as_of);
    let (supply, owed) = token::with_mint(&ctx.accounts.mint, |mint| {
        let invalid = |_| IssuerError::MultiplierInvalid;
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let multiplier = scaled_ui.current(Timestamp(now)).map_err(invalid)?;
        let owed = multiplier.shares_ceil(mint.supply()).map_err(invalid)?;
        Ok((mint.supply().0, owed.0))
    })?;
    let ratio = counted.saturating_mul(ONE_BPS).checked_div(owed).unwrap_or(u128::MAX);
    Ok(ReserveRatio {
        version: VIEW_VERSION,
        stale: ticker.is_stale(as_of, now),
        as_of,
        supply,
        counted_shares_e8: counted,
        supply_shares_e8: owed,
        ratio_bps: u64::try_from(ratio).unwrap_or(u64::MAX),
    })
}
