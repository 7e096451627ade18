//! What each kind of attestation says, in the terms of a file, and the body that follows.

use super::{Header, text};
use scrip_interface::{
    action::{ActionKind, ActionTerms, Step},
    attestation::{
        self, AcknowledgeBody, ActionBody, AttestorsBody, Body, Decision, Kind, MintBody,
        QuoteBody, RejectBody, ReserveBody, ReserveStatement, SettleBody, Side, StatementBody,
    },
    merkle, pda, sha256,
};
use serde::{Deserialize, Serialize};
use solana_pubkey::Pubkey;

/// What is signed, in all its forms.
pub struct Signed {
    pub kind: Kind,
    /// As it is posted.
    pub body: Vec<u8>,
    pub message: attestation::Message,
}

impl Signed {
    fn of<B: Body>(body: &B) -> Self {
        let bytes = borsh::to_vec(body).unwrap_or_default();
        Self { kind: B::KIND, body: bytes, message: body.message() }
    }

    /// sha256 of the body.
    pub fn digest(&self) -> [u8; 32] {
        sha256(&[&self.body])
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Terms {
    Mint {
        #[serde(with = "text::plain")]
        mint: Pubkey,
        action_sequence: u32,
        #[serde(with = "text::plain")]
        owner: Pubkey,
        /// Raw.
        #[serde(with = "text::plain")]
        amount: u64,
        reserves: Reserves,
    },
    Reserves {
        #[serde(with = "text::plain")]
        mint: Pubkey,
        action_sequence: u32,
        reserves: Reserves,
    },
    Statement {
        #[serde(with = "text::time")]
        as_of: i64,
        tickers: Vec<TickerReserves>,
    },
    Acknowledge {
        redemption: Redemption,
    },
    Settle {
        redemption: Redemption,
        /// Raw.
        #[serde(with = "text::plain")]
        amount: u64,
        #[serde(with = "text::hex")]
        payout_reference: [u8; 32],
    },
    Reject {
        redemption: Redemption,
        /// The custodian's own code.
        reason: u16,
    },
    Quote {
        #[serde(with = "text::plain")]
        mint: Pubkey,
        action_sequence: u32,
        side: QuoteSide,
        #[serde(with = "text::plain")]
        owner: Pubkey,
        /// Raw.
        #[serde(with = "text::plain")]
        amount: u64,
        #[serde(with = "text::plain")]
        cash_mint: Pubkey,
        /// In the smallest unit of the cash mint.
        #[serde(with = "text::plain")]
        cash_amount: u64,
        /// For a subscription only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reserves: Option<Reserves>,
    },
    Action {
        #[serde(with = "text::plain")]
        mint: Pubkey,
        action_sequence: u32,
        step: ActionStep,
        /// Number of the event that announced it; 0 for the announcement itself.
        #[serde(with = "text::plain")]
        request: u64,
        terms: ActionWords,
        /// For a step that schedules.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        schedule: Option<Schedule>,
    },
    Attestors {
        decision: AttestorsDecision,
    },
}

/// What the custodian holds. Shares are units of 10^-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserves {
    #[serde(with = "text::time")]
    pub as_of: i64,
    #[serde(with = "text::shares")]
    pub settled: u128,
    #[serde(with = "text::shares")]
    pub receivable: u128,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TickerReserves {
    #[serde(with = "text::plain")]
    pub mint: Pubkey,
    pub action_sequence: u32,
    #[serde(with = "text::shares")]
    pub settled: u128,
    #[serde(with = "text::shares")]
    pub receivable: u128,
}

/// Its address follows from mint, owner and id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redemption {
    #[serde(with = "text::plain")]
    pub mint: Pubkey,
    pub action_sequence: u32,
    #[serde(with = "text::plain")]
    pub owner: Pubkey,
    pub id: u64,
    /// Number of the event that opened it: no other request ever has it.
    #[serde(with = "text::plain")]
    pub request: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum QuoteSide {
    /// The owner pays cash, shares are minted
    Subscribe,
    /// The owner's shares are burned, cash is paid out
    Redeem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStep {
    Announce,
    Schedule,
    Cancel,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    #[serde(with = "text::time")]
    pub effective_at: i64,
    #[serde(with = "text::shares")]
    pub settled_after: u128,
    #[serde(with = "text::shares")]
    pub receivable_after: u128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[clap(rename_all = "kebab-case")]
pub enum ActionName {
    /// More pieces of the same shares
    Split,
    /// Fewer pieces of the same shares
    ReverseSplit,
    /// Paid in shares
    StockDividend,
    /// Paid in cash, less tax, with which shares were bought
    ReinvestedDividend,
    /// Shares of another company that were sold, and shares bought
    SpinOff,
    /// Of an action that took effect with a wrong ratio
    Correction,
    /// Of the underlying
    SymbolChange,
    /// A merger or a delisting
    Merger,
}

/// A corporate action; what a kind has no use for is left out. Money is per share, of 10^-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionWords {
    pub action: ActionName,
    #[serde(with = "text::plain")]
    pub numerator: u64,
    #[serde(with = "text::plain")]
    pub denominator: u64,
    #[serde(with = "text::time")]
    pub ex_date: i64,
    #[serde(with = "text::shares", default)]
    pub gross: u128,
    #[serde(with = "text::shares", default)]
    pub withholding: u128,
    #[serde(with = "text::shares", default)]
    pub net: u128,
    #[serde(with = "text::shares", default)]
    pub reinvestment_price: u128,
    #[serde(with = "text::time", default)]
    pub forced_redemption_at: i64,
    #[serde(default)]
    pub symbol: String,
    #[serde(with = "text::hex", default)]
    pub terms_hash: [u8; 32],
    #[serde(with = "text::hex", default)]
    pub evidence_hash: [u8; 32],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decides", rename_all = "snake_case", deny_unknown_fields)]
pub enum AttestorsDecision {
    /// A proposed set shall count: with all that it says.
    ActivateSet { set: SetContents },
    /// A key shall count no more, in no set.
    RemoveAttestor {
        #[serde(with = "text::plain")]
        attestor: Pubkey,
    },
    /// A ticker shall have another custodian of the issuer.
    ChangeCustodian {
        #[serde(with = "text::plain")]
        mint: Pubkey,
        next: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetContents {
    pub index: u32,
    pub threshold: u8,
    pub kinds: u16,
    #[serde(with = "text::time")]
    pub valid_from: i64,
    #[serde(with = "text::time")]
    pub expires_at: i64,
    /// Address of the set that it replaces; all ones: none.
    #[serde(with = "text::plain")]
    pub replaces: Pubkey,
    pub overlap_secs: u32,
    pub attestors: Vec<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(#[serde(with = "text::plain")] pub Pubkey);

impl Terms {
    /// The security that it is about, if it is about one.
    pub const fn mint(&self) -> Option<Pubkey> {
        match self {
            Self::Mint { mint, .. }
            | Self::Reserves { mint, .. }
            | Self::Quote { mint, .. }
            | Self::Action { mint, .. } => Some(*mint),
            Self::Acknowledge { redemption }
            | Self::Settle { redemption, .. }
            | Self::Reject { redemption, .. } => Some(redemption.mint),
            Self::Statement { .. } | Self::Attestors { .. } => None,
        }
    }

    /// The body that these terms and this header make.
    pub fn signed(&self, file: &Header) -> Signed {
        let program = file.program;
        let header = attestation::Header {
            genesis_hash: file.genesis_hash.to_bytes(),
            program_id: program,
            subject: self.mint().unwrap_or_else(|| file.custodian_address()),
            attestor_set: file.set_address(),
            nonce: file.nonce,
            issued_at: file.issued_at,
            expires_at: file.expires_at,
        };
        match self {
            Self::Mint { action_sequence, owner, amount, reserves, .. } => Signed::of(&MintBody {
                header,
                action_sequence: *action_sequence,
                owner: *owner,
                amount: *amount,
                statement: reserves.statement(),
            }),
            Self::Reserves { action_sequence, reserves, .. } => Signed::of(&ReserveBody {
                header,
                action_sequence: *action_sequence,
                statement: reserves.statement(),
            }),
            Self::Statement { as_of, tickers } => {
                let root = tree(tickers).map_or([0; 32], |(root, _)| root);
                Signed::of(&StatementBody { header, as_of: *as_of, root })
            }
            Self::Acknowledge { redemption } => Signed::of(&AcknowledgeBody {
                header,
                action_sequence: redemption.action_sequence,
                redemption: redemption.address(&program),
                request: redemption.request,
            }),
            Self::Settle { redemption, amount, payout_reference } => Signed::of(&SettleBody {
                header,
                action_sequence: redemption.action_sequence,
                redemption: redemption.address(&program),
                request: redemption.request,
                amount: *amount,
                payout_reference: *payout_reference,
            }),
            Self::Reject { redemption, reason } => Signed::of(&RejectBody {
                header,
                action_sequence: redemption.action_sequence,
                redemption: redemption.address(&program),
                request: redemption.request,
                reason: *reason,
            }),
            Self::Quote {
                action_sequence,
                side,
                owner,
                amount,
                cash_mint,
                cash_amount,
                reserves,
                ..
            } => Signed::of(&QuoteBody {
                header,
                action_sequence: *action_sequence,
                side: side.byte(),
                owner: *owner,
                amount: *amount,
                cash_mint: *cash_mint,
                cash_amount: *cash_amount,
                statement: reserves.map_or_else(ReserveStatement::default, |one| one.statement()),
            }),
            Self::Action { action_sequence, step, request, terms, schedule, .. } => {
                let schedule = schedule.unwrap_or_default();
                Signed::of(&ActionBody {
                    header,
                    action_sequence: *action_sequence,
                    step: step.byte(),
                    request: *request,
                    terms_hash: terms.on_chain().hash(),
                    effective_at: schedule.effective_at,
                    settled_after_e8: schedule.settled_after,
                    receivable_after_e8: schedule.receivable_after,
                })
            }
            Self::Attestors { decision } => decision.signed(header, file),
        }
    }
}

impl Reserves {
    pub const fn statement(self) -> ReserveStatement {
        ReserveStatement {
            as_of: self.as_of,
            settled_shares_e8: self.settled,
            receivable_shares_e8: self.receivable,
        }
    }
}

/// Root and proofs of a statement about these tickers, in their order.
pub fn tree(tickers: &[TickerReserves]) -> Option<(merkle::Hash, Vec<Vec<merkle::Hash>>)> {
    let leaf = |one: &TickerReserves| {
        let statement = ReserveStatement {
            as_of: 0,
            settled_shares_e8: one.settled,
            receivable_shares_e8: one.receivable,
        };
        merkle::leaf(&one.mint, one.action_sequence, &statement)
    };
    merkle::tree(&tickers.iter().map(leaf).collect::<Vec<_>>())
}

impl Redemption {
    pub fn address(&self, program: &Pubkey) -> Pubkey {
        pda::redemption(program, &self.mint, &self.owner, self.id).0
    }
}

impl QuoteSide {
    pub const fn byte(self) -> u8 {
        match self {
            Self::Subscribe => Side::Subscribe as u8,
            Self::Redeem => Side::Redeem as u8,
        }
    }
}

impl ActionStep {
    pub const fn byte(self) -> u8 {
        match self {
            Self::Announce => Step::Announce as u8,
            Self::Schedule => Step::Schedule as u8,
            Self::Cancel => Step::Cancel as u8,
        }
    }
}

impl ActionName {
    pub const fn kind(self) -> ActionKind {
        match self {
            Self::Split => ActionKind::Split,
            Self::ReverseSplit => ActionKind::ReverseSplit,
            Self::StockDividend => ActionKind::StockDividend,
            Self::ReinvestedDividend => ActionKind::ReinvestedDividend,
            Self::SpinOff => ActionKind::SpinOff,
            Self::Correction => ActionKind::Correction,
            Self::SymbolChange => ActionKind::SymbolChange,
            Self::Merger => ActionKind::Merger,
        }
    }

    pub const fn of(kind: ActionKind) -> Self {
        match kind {
            ActionKind::Split => Self::Split,
            ActionKind::ReverseSplit => Self::ReverseSplit,
            ActionKind::StockDividend => Self::StockDividend,
            ActionKind::ReinvestedDividend => Self::ReinvestedDividend,
            ActionKind::SpinOff => Self::SpinOff,
            ActionKind::Correction => Self::Correction,
            ActionKind::SymbolChange => Self::SymbolChange,
            ActionKind::Merger => Self::Merger,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::ReverseSplit => "reverse split",
            Self::StockDividend => "stock dividend",
            Self::ReinvestedDividend => "reinvested dividend",
            Self::SpinOff => "spin-off",
            Self::Correction => "correction of an earlier action",
            Self::SymbolChange => "change of symbol",
            Self::Merger => "merger or delisting",
        }
    }
}

impl ActionWords {
    /// As the program keeps them. Money beyond 64 bits saturates, and then agrees with nothing.
    pub fn on_chain(&self) -> ActionTerms {
        let e8 = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
        let mut symbol = [0; 16];
        for (to, from) in symbol.iter_mut().zip(self.symbol.bytes()) {
            *to = from;
        }
        ActionTerms {
            kind: self.action.kind() as u8,
            numerator: self.numerator,
            denominator: self.denominator,
            ex_date: self.ex_date,
            gross_e8: e8(self.gross),
            withholding_e8: e8(self.withholding),
            net_e8: e8(self.net),
            reinvestment_price_e8: e8(self.reinvestment_price),
            forced_redemption_at: self.forced_redemption_at,
            symbol,
            terms_hash: self.terms_hash,
            evidence_hash: self.evidence_hash,
        }
    }
}

impl AttestorsDecision {
    fn signed(&self, header: attestation::Header, file: &Header) -> Signed {
        let custodian = header.subject;
        let (decision, target, value) = match self {
            Self::ActivateSet { set } => {
                let target = pda::attestor_set(&file.program, &custodian, set.index).0;
                (Decision::ActivateSet, target, set.hash())
            }
            Self::RemoveAttestor { attestor } => {
                (Decision::RemoveAttestor, custodian, attestor.to_bytes())
            }
            Self::ChangeCustodian { mint, next } => {
                let next = pda::custodian(&file.program, &file.issuer, *next).0;
                (Decision::ChangeCustodian, *mint, next.to_bytes())
            }
        };
        Signed::of(&AttestorsBody { header, decision: decision as u8, target, value })
    }
}

impl SetContents {
    /// What a quorum signs when it activates the set: all that the set says.
    pub fn hash(&self) -> [u8; 32] {
        let count = u8::try_from(self.attestors.len()).unwrap_or(u8::MAX);
        let members: Vec<u8> = self.attestors.iter().flat_map(|Key(key)| key.to_bytes()).collect();
        sha256(&[
            &[self.threshold, count],
            &self.kinds.to_le_bytes(),
            &self.valid_from.to_le_bytes(),
            &self.expires_at.to_le_bytes(),
            self.replaces.as_ref(),
            &self.overlap_secs.to_le_bytes(),
            &members,
        ])
    }
}
