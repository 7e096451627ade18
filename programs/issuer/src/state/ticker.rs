use super::{Bucket, Issuer, Limit, SeizureKind, StoredLimit, pause};
use crate::{constants::*, error::IssuerError, token};
use anchor_lang::prelude::*;
use scrip_interface::{attestation::ReserveStatement, issuer::Mode, mint::Mint, pda::SYMBOL_LEN};
use scrip_math::{
    Bps, RawAmount, ShareAmount, Timestamp,
    cash::{Cash, PriceBand},
    reserves::{counted_shares, covers},
};
use scrip_stream::Stream;

/// A number of shares, in units of 10^-8. A `u128` is aligned differently on a host and on chain,
/// two words are not.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ShareCount {
    pub low: u64,
    pub high: u64,
}

/// What the custodian last said it holds.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ReserveSnapshot {
    pub as_of: i64,
    pub settled: ShareCount,
    pub receivable: ShareCount,
}

/// What exists, and the shares that count for it.
pub struct Backed {
    /// Raw.
    pub supply: u64,
    pub counted_shares_e8: u128,
}

/// How strict a ticker is about its reserves and how long its redemptions may take.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TickerTerms {
    /// The oldest statement of reserves that a mint may rest on.
    pub max_statement_age_secs: u32,
    /// How many receivable shares count, in parts of the settled ones.
    pub max_receivable_bps: u16,
    /// From the request to the deadline of a redemption.
    pub redemption_secs: u32,
    /// From its acknowledgement to the deadline.
    pub payout_secs: u32,
    /// The smallest redemption by request, raw.
    pub min_redemption: u64,
    /// What may be minted, of the whole ticker and to one owner, raw.
    pub mint_limit: Limit,
    pub owner_mint_limit: Limit,
    /// What may be redeemed for cash, of the whole ticker and by one owner, raw.
    pub cash_limit: Limit,
    pub owner_cash_limit: Limit,
}

/// Prices per share at which trades for cash are allowed, in units of 10^-8.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredBand {
    pub min_price_e8: u64,
    pub max_price_e8: u64,
    /// The first second at which it no longer counts.
    pub expires_at: i64,
}

/// One listed security. Seeds: `ticker`, mint. The only account, with its nonce window, that a
/// mint or a redemption writes besides the token accounts.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Ticker {
    pub version: u8,
    pub bump: u8,
    pub authority_bump: u8,
    pub delegate_bump: u8,
    pub escrow_bump: u8,
    /// Bits of [`pause`].
    pub pauses: u8,
    pub max_receivable_bps: u16,
    pub max_statement_age_secs: u32,
    pub redemption_secs: u32,
    pub payout_secs: u32,
    /// Rises with every corporate action.
    pub action_sequence: u32,
    pub issuer: Pubkey,
    pub custodian: Pubkey,
    pub mint: Pubkey,
    /// Holds the shares of all open redemptions.
    pub escrow_account: Pubkey,
    pub symbol: [u8; SYMBOL_LEN],
    /// The underlying's symbol, ISIN and market identifier code.
    pub underlying: [u8; SYMBOL_LEN],
    pub isin: [u8; 12],
    pub mic: [u8; 4],
    /// Raw totals since listing. Supply is `minted - redeemed` less what holders burned themselves.
    pub minted: u64,
    pub redeemed: u64,
    /// Raw amount of all open redemptions: the escrow holds at least this.
    pub open_redemptions: u64,
    pub reserves: ReserveSnapshot,
    pub stream: Stream,
    /// The smallest redemption by request, raw.
    pub min_redemption: u64,
    pub mint_limit: StoredLimit,
    pub owner_mint_limit: StoredLimit,
    pub cash_limit: StoredLimit,
    pub owner_cash_limit: StoredLimit,
    pub mint_bucket: Bucket,
    pub cash_bucket: Bucket,
    pub price_band: StoredBand,
    /// Whether the mint's own pause is on: only this program can change it.
    pub mint_paused: u8,
    /// Of [`Mode`]. Others read it at its place.
    pub mode: u8,
    /// Whether it is minted to and redeemed by registered wallets only, were it open.
    pub primary_kyc: u8,
    pub padding: [u8; 5],
    /// How many token accounts are held: while none is, no hold's address has to be derived.
    pub holds: u64,
    /// Sequence of the corporate action that is announced or scheduled; 0 while none is.
    pub open_action: u32,
    /// Zeros stand for the default.
    pub window_before_secs: u32,
    pub window_after_secs: u32,
    /// The day, since 1970, in which actions were last scheduled, and how many.
    pub schedule_day: u32,
    pub schedules: u8,
    /// Whether `next_settled` and `next_receivable` wait for their time.
    pub next_waits: u8,
    pub action_padding: [u8; 6],
    /// Of the scheduled action; 0 while none is. Stays until the action is closed.
    pub action_effective_at: i64,
    /// What the custodian holds from then on.
    pub next_settled: ShareCount,
    pub next_receivable: ShareCount,
    pub reserved: [u8; 40],
    /// Raw total that seizures took since listing; recoveries do not count.
    pub seized: u64,
}

impl From<u128> for ShareCount {
    #[allow(clippy::cast_possible_truncation, reason = "the two halves of the number")]
    fn from(shares_e8: u128) -> Self {
        Self { low: shares_e8 as u64, high: (shares_e8 >> 64) as u64 }
    }
}

impl From<ShareCount> for ShareAmount {
    fn from(count: ShareCount) -> Self {
        Self((u128::from(count.high) << 64) | u128::from(count.low))
    }
}

impl TickerTerms {
    pub fn validate(&self) -> Result<()> {
        let within = |value: u32, limit: u32| value > 0 && value <= limit;
        require!(
            within(self.max_statement_age_secs, MAX_STATEMENT_AGE_SECS)
                && within(self.redemption_secs, MAX_REDEMPTION_SECS)
                && within(self.payout_secs, MAX_REDEMPTION_SECS)
                && self.max_receivable_bps <= MAX_RECEIVABLE_BPS,
            IssuerError::TermsInvalid
        );
        Ok(())
    }

    /// Whether anything becomes riskier for holders than under `other`, or an exit longer or
    /// harder: that waits for the timelock.
    pub fn is_looser_than(&self, other: &Self) -> bool {
        self.max_statement_age_secs > other.max_statement_age_secs
            || self.max_receivable_bps > other.max_receivable_bps
            || self.redemption_secs > other.redemption_secs
            || self.payout_secs > other.payout_secs
            || self.min_redemption > other.min_redemption
            || self.mint_limit.is_looser_than(other.mint_limit)
            || self.owner_mint_limit.is_looser_than(other.owner_mint_limit)
            || self.cash_limit.is_looser_than(other.cash_limit)
            || self.owner_cash_limit.is_looser_than(other.owner_cash_limit)
    }
}

impl Ticker {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// What is paused, for the ticker or its whole issuer.
    pub fn pauses_with(&self, issuer: &AccountLoader<Issuer>) -> Result<u8> {
        Ok(self.pauses | issuer.load()?.pauses)
    }

    pub fn mode(&self) -> Result<Mode> {
        Ok(Mode::from_byte(self.mode).ok_or(IssuerError::ModeUnknown)?)
    }

    /// Whether the primary market, minting and redemption, is for registered wallets only.
    pub fn asks_registration(&self) -> bool {
        self.mode != Mode::Open as u8 || self.primary_kyc != 0
    }

    /// Opens it. The primary market stays for registered wallets, until that is ended as well.
    pub fn open(&mut self) {
        self.mode = Mode::Open as u8;
        self.primary_kyc = 1;
    }

    pub fn is_mint_paused(&self) -> bool {
        self.mint_paused != 0
    }

    pub fn terms(&self) -> TickerTerms {
        TickerTerms {
            max_statement_age_secs: self.max_statement_age_secs,
            max_receivable_bps: self.max_receivable_bps,
            redemption_secs: self.redemption_secs,
            payout_secs: self.payout_secs,
            min_redemption: self.min_redemption,
            mint_limit: self.mint_limit.into(),
            owner_mint_limit: self.owner_mint_limit.into(),
            cash_limit: self.cash_limit.into(),
            owner_cash_limit: self.owner_cash_limit.into(),
        }
    }

    pub fn set_terms(&mut self, terms: &TickerTerms) {
        self.max_statement_age_secs = terms.max_statement_age_secs;
        self.max_receivable_bps = terms.max_receivable_bps;
        self.redemption_secs = terms.redemption_secs;
        self.payout_secs = terms.payout_secs;
        self.min_redemption = terms.min_redemption;
        self.mint_limit = terms.mint_limit.into();
        self.owner_mint_limit = terms.owner_mint_limit.into();
        self.cash_limit = terms.cash_limit.into();
        self.owner_cash_limit = terms.owner_cash_limit.into();
    }

    /// Takes a statement as the snapshot if it is newer; an older one never replaces it.
    pub fn record_statement(&mut self, statement: &ReserveStatement, now: i64) -> Result<()> {
        self.roll(now);
        self.require_of_this_side(statement.as_of)?;
        if statement.as_of > self.reserves.as_of {
            self.reserves = ReserveSnapshot {
                as_of: statement.as_of,
                settled: statement.settled_shares_e8.into(),
                receivable: statement.receivable_shares_e8.into(),
            };
        }
        Ok(())
    }

    /// Takes a statement that comes without a mint. If its shares do not cover the supply, minting
    /// is paused; returns whether that is so.
    pub fn attest_reserves(
        &mut self,
        statement: &ReserveStatement,
        mint: &Mint,
        now: i64,
    ) -> Result<bool> {
        require_not_in_future(statement.as_of, now)?;
        require!(statement.as_of > self.snapshot_at(now).as_of, IssuerError::StatementNotNewer);
        self.record_statement(statement, now)?;
        let short = !self.covers(mint, now)?;
        if short {
            self.pauses |= pause::MINT;
        }
        Ok(short)
    }

    /// Another custodian's word counts from now on: what the last one said is worth nothing, and
    /// nothing that it had said up to the snapshot can come back.
    pub fn change_custodian(&mut self, custodian: Pubkey) {
        self.custodian = custodian;
        self.reserves = ReserveSnapshot { as_of: self.reserves.as_of, ..Default::default() };
        (self.next_settled, self.next_receivable) = Default::default();
    }

    pub fn is_stale(&self, statement_as_of: i64, now: i64) -> bool {
        let age = Timestamp(now).secs_since(Timestamp(statement_as_of));
        age > u64::from(self.max_statement_age_secs)
    }

    /// A statement must be within the ticker's limit of age and not from the future.
    pub fn require_fresh(&self, statement_as_of: i64, now: i64) -> Result<()> {
        require_not_in_future(statement_as_of, now)?;
        require!(!self.is_stale(statement_as_of, now), IssuerError::StatementStale);
        Ok(())
    }

    /// The shares that count as reserves at `now`.
    pub fn counted_shares(&self, now: i64) -> ShareAmount {
        self.counted(&self.snapshot_at(now))
    }

    fn counted(&self, snapshot: &ReserveSnapshot) -> ShareAmount {
        let ReserveSnapshot { settled, receivable, .. } = *snapshot;
        counted_shares(settled.into(), receivable.into(), Bps(self.max_receivable_bps))
    }

    /// After a mint. Invariant 1: the counted shares cover the supply. Returns both.
    pub fn require_backed(&self, mint: &AccountInfo, now: i64) -> Result<Backed> {
        token::with_mint(mint, |mint| {
            let (supply, counted) = (mint.supply(), self.counted_shares(now));
            let covered = self.covered_by(counted, mint, supply, now)?;
            require!(covered, IssuerError::ReservesInsufficient);
            self.invariant(supply, None)?;
            Ok(Backed { supply: supply.0, counted_shares_e8: counted.0 })
        })
    }

    /// Whether the counted shares cover the supply: those that count now under the multiplier that
    /// does, and those that will, under the one that will.
    fn covers(&self, mint: &Mint, now: i64) -> Result<bool> {
        self.covers_supply(mint, mint.supply(), now)
    }

    pub fn covers_supply(&self, mint: &Mint, supply: RawAmount, now: i64) -> Result<bool> {
        self.covered_by(self.counted_shares(now), mint, supply, now)
    }

    /// `counted`: the shares that count now. Counting takes two divisions of 128 bits: once will do.
    fn covered_by(
        &self,
        counted: ShareAmount,
        mint: &Mint,
        supply: RawAmount,
        now: i64,
    ) -> Result<bool> {
        let invalid = |_| IssuerError::MultiplierInvalid;
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let current = scaled_ui.current(Timestamp(now)).map_err(invalid)?;
        let pending = scaled_ui.pending(Timestamp(now)).map_err(invalid)?;
        let next = self.next_snapshot(now);
        if !covers(counted, supply, current).map_err(invalid)? {
            return Ok(false);
        }
        if pending.is_none() && next.is_none() {
            return Ok(true);
        }
        // A change of symbol leaves the multiplier as it is.
        let counted = next.map_or(counted, |next| self.counted(&next));
        Ok(covers(counted, supply, pending.unwrap_or(current)).map_err(invalid)?)
    }

    /// A trade of `amount` raw for this cash is inside the band, at the multiplier of `now`.
    pub fn require_in_band(&self, mint: &Mint, amount: u64, cash: Cash, now: i64) -> Result<()> {
        let invalid = |_| IssuerError::MultiplierInvalid;
        let StoredBand { min_price_e8, max_price_e8, expires_at } = self.price_band;
        require!(now < expires_at, IssuerError::PriceOutsideBand);
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let multiplier = scaled_ui.current(Timestamp(now)).map_err(invalid)?;
        let low = multiplier.shares_floor(RawAmount(amount)).map_err(invalid)?;
        let high = multiplier.shares_ceil(RawAmount(amount)).map_err(invalid)?;
        let band = PriceBand { min_e8: min_price_e8, max_e8: max_price_e8 };
        require!(band.allows(cash, low, high), IssuerError::PriceOutsideBand);
        Ok(())
    }

    /// Counts a mint, within the ticker's limit.
    pub fn record_mint(&mut self, amount: u64, now: i64) -> Result<()> {
        let passed = self.mint_bucket.pass(amount, self.mint_limit, now);
        require!(passed, IssuerError::TickerLimitExceeded);
        self.minted = self.minted.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    /// Counts a redemption for cash, within the ticker's limit.
    pub fn record_cash_redemption(&mut self, amount: u64, now: i64) -> Result<()> {
        let passed = self.cash_bucket.pass(amount, self.cash_limit, now);
        require!(passed, IssuerError::TickerLimitExceeded);
        self.redeemed = self.redeemed.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    pub fn open_redemption(&mut self, amount: u64) -> Result<()> {
        self.open_redemptions =
            self.open_redemptions.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    /// The amount leaves the escrow, back to its owner.
    pub fn return_redemption(&mut self, amount: u64) -> Result<()> {
        self.open_redemptions =
            self.open_redemptions.checked_sub(amount).ok_or(IssuerError::InvariantEscrow)?;
        Ok(())
    }

    /// The amount leaves the escrow, burned.
    pub fn settle_redemption(&mut self, amount: u64) -> Result<()> {
        self.return_redemption(amount)?;
        self.redeemed = self.redeemed.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    /// What a seizure took. A recovery leaves the investor with what he had.
    pub fn record_seizure(&mut self, kind: SeizureKind, moved: u64) -> Result<()> {
        if kind == SeizureKind::Seizure {
            self.seized = self.seized.checked_add(moved).ok_or(IssuerError::AmountOverflow)?;
        }
        Ok(())
    }

    /// Invariant 4: what exists was minted and not redeemed, and the escrow covers what is open.
    /// (Holders may burn on their own, and anyone may give to the escrow: hence inequalities.)
    pub fn invariant(&self, supply: RawAmount, escrow: Option<RawAmount>) -> Result<()> {
        let outstanding =
            self.minted.checked_sub(self.redeemed).ok_or(IssuerError::InvariantSupply)?;
        require!(supply.0 <= outstanding, IssuerError::InvariantSupply);
        if let Some(escrow) = escrow {
            require!(escrow.0 >= self.open_redemptions, IssuerError::InvariantEscrow);
        }
        Ok(())
    }
}

/// No statement is dated ahead of the cluster's clock by more than the tolerance.
pub fn require_not_in_future(as_of: i64, now: i64) -> Result<()> {
    let latest = Timestamp(now).saturating_add_secs(CLOCK_TOLERANCE_SECS);
    require!(Timestamp(as_of) <= latest, IssuerError::StatementInFuture);
    Ok(())
}
