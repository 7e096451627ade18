use crate::{constants::CLOCK_TOLERANCE_SECS, error::IssuerError, stream::Stream};
use anchor_lang::prelude::*;
use scrip_interface::{attestation::ReserveStatement, mint::Mint, pda::SYMBOL_LEN};
use scrip_math::{
    Bps, RawAmount, ShareAmount, Timestamp,
    reserves::{counted_shares, covers},
};

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
    pub padding: u8,
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
    pub reserved: [u8; 256],
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

impl Ticker {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// Takes a statement as the snapshot if it is newer; an older one never replaces it.
    pub fn record_statement(&mut self, statement: &ReserveStatement) {
        if statement.as_of > self.reserves.as_of {
            self.reserves = ReserveSnapshot {
                as_of: statement.as_of,
                settled: statement.settled_shares_e8.into(),
                receivable: statement.receivable_shares_e8.into(),
            };
        }
    }

    /// A statement must be within the ticker's limit of age and not from the future.
    pub fn require_fresh(&self, statement_as_of: i64, now: i64) -> Result<()> {
        let (as_of, now) = (Timestamp(statement_as_of), Timestamp(now));
        require!(
            as_of <= now.saturating_add_secs(CLOCK_TOLERANCE_SECS),
            IssuerError::StatementInFuture
        );
        require!(
            now.secs_since(as_of) <= u64::from(self.max_statement_age_secs),
            IssuerError::StatementStale
        );
        Ok(())
    }

    /// The shares of the snapshot that count as reserves.
    pub fn counted_shares(&self) -> ShareAmount {
        let ReserveSnapshot { settled, receivable, .. } = self.reserves;
        counted_shares(settled.into(), receivable.into(), Bps(self.max_receivable_bps))
    }

    /// Invariant 1: the counted shares cover the supply, under the multiplier that counts now and
    /// under the one that will replace it.
    pub fn require_covered(&self, mint: &Mint, now: i64) -> Result<()> {
        let invalid = |_| IssuerError::MultiplierInvalid;
        let now = Timestamp(now);
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let current = scaled_ui.current(now).map_err(invalid)?;
        let pending = scaled_ui.pending(now).map_err(invalid)?;
        for multiplier in std::iter::once(current).chain(pending) {
            let covered =
                covers(self.counted_shares(), mint.supply(), multiplier).map_err(invalid)?;
            require!(covered, IssuerError::ReservesInsufficient);
        }
        Ok(())
    }

    pub fn record_mint(&mut self, amount: u64) -> Result<()> {
        self.minted = self.minted.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    pub fn open_redemption(&mut self, amount: u64) -> Result<()> {
        self.open_redemptions =
            self.open_redemptions.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
        Ok(())
    }

    pub fn settle_redemption(&mut self, amount: u64) -> Result<()> {
        self.open_redemptions =
            self.open_redemptions.checked_sub(amount).ok_or(IssuerError::InvariantEscrow)?;
        self.redeemed = self.redeemed.checked_add(amount).ok_or(IssuerError::AmountOverflow)?;
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
