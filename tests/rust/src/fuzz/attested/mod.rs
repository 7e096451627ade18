//! What attestors sign, kept apart from when and how it lands: signed now or long ago, landed in
//! any order, inline or posted, once or again.

pub mod call;
pub mod call_action;
mod call_cash;
pub mod effect;
pub mod rules;
mod sign;

pub use sign::{carrier_for, choose_signers, sign, verification};

use super::{arena::Arena, model::Model, plan::Plan};
use crate::build::INSTRUCTIONS_SYSVAR;
use issuer::{quorum::AttestationArgs, state::ActionTermsArgs};
use scrip_interface::{
    action::{ActionTerms, Step},
    attestation::{
        AcknowledgeBody, ActionBody, AttestorsBody, Body, Decision, Header, Kind, MintBody,
        QuoteBody, RejectBody, ReserveBody, ReserveStatement, SettleBody, Side, StatementBody,
    },
    sha256,
};
use solana_pubkey::Pubkey;

/// What a signed root says about each ticker, with its proof and the action sequence it names.
pub type Book = Vec<(Pubkey, ReserveStatement, Vec<[u8; 32]>, u32)>;

/// One of the things that a quorum can do.
#[derive(Clone, Debug)]
pub enum Action {
    Mint {
        mint: Pubkey,
        owner: Pubkey,
        amount: u64,
        statement: ReserveStatement,
    },
    Reserves {
        mint: Pubkey,
        statement: ReserveStatement,
    },
    Statement {
        custodian: Pubkey,
        as_of: i64,
        root: [u8; 32],
        book: Book,
    },
    Acknowledge {
        mint: Pubkey,
        redemption: Pubkey,
    },
    Settle {
        mint: Pubkey,
        redemption: Pubkey,
        amount: u64,
        reference: [u8; 32],
    },
    Reject {
        mint: Pubkey,
        redemption: Pubkey,
        reason: u16,
    },
    Subscribe(Trade, ReserveStatement),
    Redeem(Trade),
    Activate {
        set: Pubkey,
    },
    Remove {
        custodian: Pubkey,
        key: Pubkey,
    },
    ChangeCustodian {
        mint: Pubkey,
        next: Pubkey,
    },
    Announce {
        mint: Pubkey,
        terms: ActionTermsArgs,
        payer: Pubkey,
    },
    /// `after` is dated by when the action takes effect.
    Schedule {
        mint: Pubkey,
        after: ReserveStatement,
    },
    Cancel {
        mint: Pubkey,
    },
}

/// A trade for cash, with the owner's own terms.
#[derive(Clone, Copy, Debug)]
pub struct Trade {
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub cash_mint: Pubkey,
    pub cash_amount: u64,
    /// The most to pay, or the least to receive.
    pub cash_limit: u64,
    pub deadline: i64,
}

/// An action with an attestation of it, and who signed.
#[derive(Clone, Debug)]
pub struct Signed {
    pub action: Action,
    pub args: AttestationArgs,
    pub set: Pubkey,
    pub kind: Kind,
    /// The Borsh bytes of the body that was signed.
    pub body: Vec<u8>,
    /// In the order of the signatures.
    pub signers: Vec<Pubkey>,
}

/// How signatures reach the instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    Inline,
    Posted(Pubkey),
}

/// An attestation that an instruction took, for the audit.
#[derive(Clone, Debug)]
pub struct Taken {
    pub subject: Pubkey,
    pub custodian: Pubkey,
    pub keys: Vec<Pubkey>,
    pub signed: Signed,
    pub carrier: Carrier,
}

impl Action {
    /// Whose attestors decide, and what the nonce is counted by.
    pub fn subject(&self, model: &Model) -> (Pubkey, Pubkey) {
        match self {
            Self::Mint { mint, .. }
            | Self::Reserves { mint, .. }
            | Self::Acknowledge { mint, .. }
            | Self::Settle { mint, .. }
            | Self::Reject { mint, .. }
            | Self::Announce { mint, .. }
            | Self::Schedule { mint, .. }
            | Self::Cancel { mint }
            | Self::Subscribe(Trade { mint, .. }, _)
            | Self::Redeem(Trade { mint, .. }) => (model.ticker(mint).custodian, *mint),
            Self::Statement { custodian, .. } | Self::Remove { custodian, .. } => {
                (*custodian, *custodian)
            }
            Self::Activate { set } => {
                let custodian = model.sets.get(set).map_or(Pubkey::default(), |set| set.custodian);
                (custodian, custodian)
            }
            Self::ChangeCustodian { mint, .. } => {
                let custodian = model.ticker(mint).custodian;
                (custodian, custodian)
            }
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Mint { .. } => Kind::Mint,
            Self::Reserves { .. } => Kind::Reserve,
            Self::Statement { .. } => Kind::Statement,
            Self::Acknowledge { .. } => Kind::Acknowledge,
            Self::Settle { .. } => Kind::Settle,
            Self::Reject { .. } => Kind::Reject,
            Self::Subscribe(..) | Self::Redeem(_) => Kind::Quote,
            Self::Activate { .. } | Self::Remove { .. } | Self::ChangeCustodian { .. } => {
                Kind::Attestors
            }
            Self::Announce { .. } | Self::Schedule { .. } | Self::Cancel { .. } => Kind::Action,
        }
    }

    /// The body as it must be signed in the model's present state.
    pub fn body(&self, model: &Model, header: Header) -> Vec<u8> {
        // The number that tells a redemption from an earlier one at the same address.
        let request = |address: &Pubkey| model.redemptions.get(address).map_or(0, |it| it.request);
        let (_, subject) = self.subject(model);
        let action_sequence = model.tickers.get(&subject).map_or(0, |it| it.action_sequence);
        match self {
            Self::Mint { owner, amount, statement, .. } => {
                let (owner, amount, statement) = (*owner, *amount, *statement);
                bytes(&MintBody { header, action_sequence, owner, amount, statement })
            }
            Self::Reserves { statement, .. } => {
                bytes(&ReserveBody { header, action_sequence, statement: *statement })
            }
            Self::Statement { as_of, root, .. } => {
                bytes(&StatementBody { header, as_of: *as_of, root: *root })
            }
            Self::Acknowledge { redemption, .. } => {
                let (redemption, request) = (*redemption, request(redemption));
                bytes(&AcknowledgeBody { header, action_sequence, redemption, request })
            }
            Self::Settle { redemption, amount, reference, .. } => {
                let (redemption, request) = (*redemption, request(redemption));
                let (amount, payout_reference) = (*amount, *reference);
                bytes(&SettleBody {
                    header,
                    action_sequence,
                    redemption,
                    request,
                    amount,
                    payout_reference,
                })
            }
            Self::Reject { redemption, reason, .. } => {
                let (redemption, request, reason) = (*redemption, request(redemption), *reason);
                bytes(&RejectBody { header, action_sequence, redemption, request, reason })
            }
            Self::Subscribe(trade, statement) => {
                quote(header, action_sequence, Side::Subscribe, trade, *statement)
            }
            Self::Redeem(trade) => {
                let none = ReserveStatement::default();
                quote(header, action_sequence, Side::Redeem, trade, none)
            }
            Self::Activate { set } => {
                decision(header, Decision::ActivateSet, *set, contents_hash(model, set))
            }
            Self::Remove { custodian, key } => {
                decision(header, Decision::RemoveAttestor, *custodian, key.to_bytes())
            }
            Self::ChangeCustodian { mint, next } => {
                decision(header, Decision::ChangeCustodian, *mint, next.to_bytes())
            }
            Self::Announce { terms, .. } => {
                let after = ReserveStatement::default();
                step(header, action_sequence, Step::Announce, 0, *terms, &after)
            }
            Self::Schedule { mint, after } => {
                let (request, terms) = open_action(model, mint);
                step(header, action_sequence, Step::Schedule, request, terms, after)
            }
            Self::Cancel { mint } => {
                let (request, terms) = open_action(model, mint);
                let after = ReserveStatement::default();
                step(header, action_sequence, Step::Cancel, request, terms, &after)
            }
        }
    }
}

impl Signed {
    pub fn digest(&self) -> [u8; 32] {
        sha256(&[&self.body])
    }

    pub fn header(&self, subject: Pubkey) -> Header {
        crate::build::header(&self.args, subject, self.set)
    }

    /// The instruction, why it must be refused, and what becomes of the model.
    pub fn plan(&self, arena: &Arena, carrier: Carrier) -> Plan {
        let signatures = match carrier {
            Carrier::Inline => INSTRUCTIONS_SYSVAR,
            Carrier::Posted(address) => address,
        };
        let mut plan = self.call(arena, signatures);
        plan.refusals.add(self.action_refusals(arena));
        plan.refusals.add(self.attestation_refusals(&arena.model, carrier));
        if carrier == Carrier::Inline {
            plan.before = vec![self.verification(arena)];
        }
        let (custodian, subject) = self.action.subject(&arena.model);
        let keys = match carrier {
            Carrier::Inline => self.signers.clone(),
            Carrier::Posted(address) => {
                arena.model.posted.get(&address).map_or(vec![], |posted| posted.signers.clone())
            }
        };
        let signed = self.clone();
        plan.taken = Some(Taken { subject, custodian, keys, signed: signed.clone(), carrier });
        plan.then(move |model, receipt| signed.apply(model, receipt))
    }
}

fn bytes<B: Body>(body: &B) -> Vec<u8> {
    borsh::to_vec(body).expect("a body can be written")
}

fn quote(
    header: Header,
    action_sequence: u32,
    side: Side,
    trade: &Trade,
    statement: ReserveStatement,
) -> Vec<u8> {
    bytes(&QuoteBody {
        header,
        action_sequence,
        side: side as u8,
        owner: trade.owner,
        amount: trade.amount,
        cash_mint: trade.cash_mint,
        cash_amount: trade.cash_amount,
        statement,
    })
}

fn step(
    header: Header,
    action_sequence: u32,
    step: Step,
    request: u64,
    terms: ActionTermsArgs,
    after: &ReserveStatement,
) -> Vec<u8> {
    bytes(&ActionBody {
        header,
        action_sequence,
        step: step as u8,
        request,
        terms_hash: ActionTerms::from(terms).hash(),
        effective_at: after.as_of,
        settled_after_e8: after.settled_shares_e8,
        receivable_after_e8: after.receivable_shares_e8,
    })
}

/// Number and terms of what is announced; of none, something that nobody announced.
fn open_action(model: &Model, mint: &Pubkey) -> (u64, ActionTermsArgs) {
    let nothing = crate::build::split(2, 1);
    let action = model.tickers.get(mint).and_then(|it| it.action.as_ref());
    action.map_or((0, nothing), |it| (it.request, it.terms))
}

fn decision(header: Header, decision: Decision, target: Pubkey, value: [u8; 32]) -> Vec<u8> {
    bytes(&AttestorsBody { header, decision: decision as u8, target, value })
}

/// All that a set says, hashed in the order of the account's fields.
fn contents_hash(model: &Model, set: &Pubkey) -> [u8; 32] {
    let Some(set) = model.sets.get(set) else { return [0; 32] };
    let mut all = vec![set.threshold, set.members.len() as u8];
    all.extend(set.kinds.to_le_bytes());
    all.extend(set.valid_from.to_le_bytes());
    all.extend(set.expires_at.to_le_bytes());
    all.extend(set.replaces.as_ref());
    all.extend(set.overlap_secs.to_le_bytes());
    all.extend(set.members.iter().flat_map(Pubkey::to_bytes));
    sha256(&[&all])
}
