//! Corporate actions: what one says, and the multipliers that a mint had.

use crate::{mint::read, sha256};
use borsh::{BorshDeserialize, BorshSerialize};
use scrip_math::{
    Multiplier, RawAmount, ShareAmount, Timestamp,
    action::{Dividend, Ratio},
};
use solana_pubkey::Pubkey;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ActionKind {
    Split = 0,
    ReverseSplit = 1,
    StockDividend = 2,
    /// A cash dividend, less tax, with which shares were bought.
    ReinvestedDividend = 3,
    /// What holders got of another company was sold, and shares were bought.
    SpinOff = 4,
    /// Of an action that took effect with a wrong ratio, in either direction.
    Correction = 5,
    SymbolChange = 6,
    /// A merger or a delisting: what it means is in a document, and redemption may be forced.
    Merger = 7,
}

/// What a quorum signs about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Step {
    Announce = 0,
    Schedule = 1,
    Cancel = 2,
}

/// All that an action says but when it takes effect: 145 bytes as Borsh. What a kind has no use
/// for is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ActionTerms {
    /// An [`ActionKind`].
    pub kind: u8,
    /// New shares for so many old ones: the new multiplier is `old x numerator / denominator`.
    pub numerator: u64,
    pub denominator: u64,
    /// Of the underlying: 00:00 UTC of its ex-date. On record only.
    pub ex_date: i64,
    /// Per share, in units of 10^-8 of the dividend's currency.
    pub gross_e8: u64,
    pub withholding_e8: u64,
    pub net_e8: u64,
    pub reinvestment_price_e8: u64,
    /// From which on redemption is forced.
    pub forced_redemption_at: i64,
    /// The underlying's next symbol, padded with zeros.
    pub symbol: [u8; 16],
    /// sha256 of a merger's or delisting's terms.
    pub terms_hash: [u8; 32],
    /// sha256 of what shows that the underlying's issuer decided this.
    pub evidence_hash: [u8; 32],
}

impl ActionKind {
    pub const fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            0 => Self::Split,
            1 => Self::ReverseSplit,
            2 => Self::StockDividend,
            3 => Self::ReinvestedDividend,
            4 => Self::SpinOff,
            5 => Self::Correction,
            6 => Self::SymbolChange,
            7 => Self::Merger,
            _ => return None,
        })
    }

    /// Whether all that it changes is in how many pieces the same shares are.
    pub const fn is_split(self) -> bool {
        matches!(self, Self::Split | Self::ReverseSplit)
    }
}

impl ActionTerms {
    /// Of the Borsh bytes.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[
            &[self.kind],
            &self.numerator.to_le_bytes(),
            &self.denominator.to_le_bytes(),
            &self.ex_date.to_le_bytes(),
            &self.gross_e8.to_le_bytes(),
            &self.withholding_e8.to_le_bytes(),
            &self.net_e8.to_le_bytes(),
            &self.reinvestment_price_e8.to_le_bytes(),
            &self.forced_redemption_at.to_le_bytes(),
            &self.symbol,
            &self.terms_hash,
            &self.evidence_hash,
        ])
    }

    pub const fn ratio(&self) -> Ratio {
        Ratio { numerator: self.numerator, denominator: self.denominator }
    }

    /// Whether they fit their kind and agree with themselves.
    pub fn are_consistent(&self) -> bool {
        let Some(kind) = ActionKind::from_byte(self.kind) else { return false };
        let ratio = self.ratio();
        let dividend = Dividend {
            gross_e8: self.gross_e8,
            withholding_e8: self.withholding_e8,
            net_e8: self.net_e8,
            price_e8: self.reinvestment_price_e8,
        };
        let ratio_fits = match kind {
            ActionKind::Split | ActionKind::StockDividend | ActionKind::SpinOff => ratio.rises(),
            ActionKind::ReverseSplit => !ratio.rises() && !ratio.is_one(),
            ActionKind::ReinvestedDividend => dividend.agrees_with(ratio),
            ActionKind::Correction => !ratio.is_one(),
            ActionKind::SymbolChange | ActionKind::Merger => ratio.is_one(),
        };
        let figures = [self.gross_e8, self.withholding_e8, self.net_e8, self.reinvestment_price_e8];
        let merges = self.terms_hash != [0; 32];
        let forced = self.forced_redemption_at != 0;
        let merger = matches!(kind, ActionKind::Merger);
        ratio_fits
            && self.evidence_hash != [0; 32]
            && (matches!(kind, ActionKind::ReinvestedDividend) || figures == [0; 4])
            && (self.symbol != [0; 16]) == matches!(kind, ActionKind::SymbolChange)
            && (merges == merger && (merger || !forced))
    }
}

/// How many changes a history keeps.
pub const HISTORY_LEN: usize = 32;

/// From a time on, a multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastMultiplier {
    pub effective_at: Timestamp,
    pub bits: u64,
}

/// A History account's bytes, which the caller has checked to belong to [`crate::ids::ISSUER`].
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    data: &'a [u8],
}

impl<'a> History<'a> {
    const DISCRIMINATOR: [u8; 8] = [31, 216, 60, 33, 213, 209, 70, 101];
    const MINT: usize = 24;
    const ENTRIES: usize = 56;
    const ENTRY: usize = 16;
    const LEN: usize = 632;

    pub fn parse(data: &'a [u8]) -> Option<Self> {
        let is_it = data.first_chunk() == Some(&Self::DISCRIMINATOR) && data.len() >= Self::LEN;
        if is_it { Some(Self { data }) } else { None }
    }

    pub fn mint(&self) -> Pubkey {
        Pubkey::new_from_array(read(self.data, Self::MINT).unwrap_or_default())
    }

    /// In no order.
    pub fn entries(&self) -> impl Iterator<Item = PastMultiplier> + use<'a> {
        let entries = self.data.get(Self::ENTRIES..).unwrap_or_default();
        entries.chunks_exact(Self::ENTRY).take(HISTORY_LEN).filter_map(|entry| {
            let effective_at = Timestamp(i64::from_le_bytes(read(entry, 0)?));
            let bits = u64::from_le_bytes(read(entry, 8)?);
            // Zeros are no multiplier.
            if bits == 0 { None } else { Some(PastMultiplier { effective_at, bits }) }
        })
    }

    /// What counted at a time; `None` if the history does not reach back so far. Of a time to come,
    /// what is scheduled.
    pub fn at(&self, time: Timestamp) -> Option<PastMultiplier> {
        let counted = self.entries().filter(|entry| entry.effective_at <= time);
        counted.max_by_key(|entry| entry.effective_at)
    }

    /// A raw amount in shares, as of a time, rounded down.
    pub fn shares_at(&self, raw: RawAmount, time: Timestamp) -> Option<ShareAmount> {
        Multiplier::from_f64_bits(self.at(time)?.bits).ok()?.shares_floor(raw).ok()
    }
}
