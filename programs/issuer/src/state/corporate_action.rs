use super::ShareCount;
use anchor_lang::prelude::*;
use scrip_interface::action::ActionTerms;

/// Values of [`CorporateAction::state`]. A scheduled one takes effect by itself; one that is
/// cancelled or closed has no account any more: its events tell of it.
pub const ACTION_ANNOUNCED: u8 = 1;
pub const ACTION_SCHEDULED: u8 = 2;

/// What an action says but when it takes effect. See [`ActionTerms`], which it is byte for byte.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionTermsArgs {
    /// 0 split, 1 reverse split, 2 stock dividend, 3 reinvested dividend, 4 spin-off, 5 correction,
    /// 6 change of symbol, 7 merger or delisting.
    pub kind: u8,
    /// New shares for so many old ones.
    pub numerator: u64,
    pub denominator: u64,
    pub ex_date: i64,
    /// Of a reinvested dividend, per share, in units of 10^-8 of its currency.
    pub gross_e8: u64,
    pub withholding_e8: u64,
    pub net_e8: u64,
    pub reinvestment_price_e8: u64,
    pub forced_redemption_at: i64,
    pub symbol: [u8; 16],
    pub terms_hash: [u8; 32],
    pub evidence_hash: [u8; 32],
}

/// A corporate action that is announced or scheduled. Seeds: `action`, mint, sequence.
#[account(zero_copy)]
#[derive(Debug)]
pub struct CorporateAction {
    pub version: u8,
    pub bump: u8,
    pub state: u8,
    pub kind: u8,
    /// The ticker's action sequence from its scheduling on.
    pub sequence: u32,
    pub mint: Pubkey,
    /// Zeros: a quorum announced it.
    pub announcer: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    /// Number of the event that announced it.
    pub request: u64,
    pub announced_at: i64,
    /// It may be scheduled from here on.
    pub ready_at: i64,
    /// 0 until it is scheduled.
    pub effective_at: i64,
    pub numerator: u64,
    pub denominator: u64,
    pub ex_date: i64,
    pub gross_e8: u64,
    pub withholding_e8: u64,
    pub net_e8: u64,
    pub reinvestment_price_e8: u64,
    pub forced_redemption_at: i64,
    pub symbol: [u8; 16],
    pub terms_hash: [u8; 32],
    pub evidence_hash: [u8; 32],
    /// What the custodian holds once it is effective.
    pub settled_after: ShareCount,
    pub receivable_after: ShareCount,
    /// Bits of the mint's multiplier before and after, as Token-2022 stores them.
    pub old_multiplier: u64,
    pub new_multiplier: u64,
    pub reserved: [u8; 64],
}

impl From<ActionTermsArgs> for ActionTerms {
    fn from(args: ActionTermsArgs) -> Self {
        Self {
            kind: args.kind,
            numerator: args.numerator,
            denominator: args.denominator,
            ex_date: args.ex_date,
            gross_e8: args.gross_e8,
            withholding_e8: args.withholding_e8,
            net_e8: args.net_e8,
            reinvestment_price_e8: args.reinvestment_price_e8,
            forced_redemption_at: args.forced_redemption_at,
            symbol: args.symbol,
            terms_hash: args.terms_hash,
            evidence_hash: args.evidence_hash,
        }
    }
}

impl CorporateAction {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn set_terms(&mut self, terms: &ActionTerms) {
        self.kind = terms.kind;
        self.numerator = terms.numerator;
        self.denominator = terms.denominator;
        self.ex_date = terms.ex_date;
        self.gross_e8 = terms.gross_e8;
        self.withholding_e8 = terms.withholding_e8;
        self.net_e8 = terms.net_e8;
        self.reinvestment_price_e8 = terms.reinvestment_price_e8;
        self.forced_redemption_at = terms.forced_redemption_at;
        self.symbol = terms.symbol;
        self.terms_hash = terms.terms_hash;
        self.evidence_hash = terms.evidence_hash;
    }

    pub fn terms(&self) -> ActionTerms {
        ActionTerms {
            kind: self.kind,
            numerator: self.numerator,
            denominator: self.denominator,
            ex_date: self.ex_date,
            gross_e8: self.gross_e8,
            withholding_e8: self.withholding_e8,
            net_e8: self.net_e8,
            reinvestment_price_e8: self.reinvestment_price_e8,
            forced_redemption_at: self.forced_redemption_at,
            symbol: self.symbol,
            terms_hash: self.terms_hash,
            evidence_hash: self.evidence_hash,
        }
    }

    pub fn is_scheduled(&self) -> bool {
        self.state == ACTION_SCHEDULED
    }
}
