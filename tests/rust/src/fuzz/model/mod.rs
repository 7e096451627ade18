//! What must have happened, in plain Rust: the rules of the program told a second time, without
//! any of its code. Only the types of arguments are the program's own.

mod action;
mod feeds;
mod gate;
mod holders;
mod limits;
mod loans;
mod nonces;
mod rules;
mod shares;
mod venue;

pub use action::*;
pub use feeds::*;
pub use gate::*;
pub use holders::*;
pub use limits::*;
pub use loans::*;
pub use nonces::*;
pub use rules::{looser_terms, sound_terms};
pub use shares::*;
pub use venue::{CalendarState, Session, date};

use issuer::state::{Change, Limit, TickerTerms};
use scrip_interface::attestation::ReserveStatement;
use solana_pubkey::Pubkey;
use std::collections::{BTreeMap, BTreeSet};

pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 24 * HOUR;

pub const PAUSE_MINT: u8 = 1;
pub const PAUSE_REQUEST: u8 = 2;
pub const PAUSE_CASH: u8 = 4;
pub const PAUSE_TRANSFER: u8 = 8;

pub const ROLE_LIST: u16 = 1;
pub const ROLE_PAUSE: u16 = 2;
pub const ROLE_UNPAUSE: u16 = 4;
pub const ROLE_COMPLIANCE: u16 = 8;
pub const ROLE_CORPORATE_ACTION: u16 = 16;
pub const ROLE_CASH: u16 = 32;
/// COMPLIANCE, CORPORATE_ACTION and CASH.
pub const ROLES_TIMELOCKED: u16 = 8 | 16 | 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Requested,
    Acknowledged,
    Rejected,
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub now: i64,
    pub issuer: IssuerState,
    /// By wallet.
    pub grants: BTreeMap<Pubkey, Grant>,
    /// By id.
    pub announcements: BTreeMap<u64, Announced>,
    pub custodians: BTreeMap<Pubkey, CustodianState>,
    pub sets: BTreeMap<Pubkey, SetState>,
    pub posted: BTreeMap<Pubkey, Posted>,
    /// By mint.
    pub tickers: BTreeMap<Pubkey, TickerState>,
    pub redemptions: BTreeMap<Pubkey, RedemptionState>,
    /// By mint and owner.
    pub owner_limits: BTreeMap<(Pubkey, Pubkey), OwnerLimitsState>,
    /// By cash mint.
    pub desks: BTreeMap<Pubkey, DeskState>,
    /// Token accounts, of shares and of cash.
    pub holdings: BTreeMap<Pubkey, Holding>,
    /// By token account.
    pub holds: BTreeMap<Pubkey, HoldState>,
    /// By address.
    pub seizures: BTreeMap<Pubkey, SeizureState>,
    pub gate: Gate,
    /// The gate's, by mint and by owner.
    pub policies: BTreeMap<Pubkey, PolicyState>,
    pub records: BTreeMap<Pubkey, Record>,
    pub curator: CuratorState,
    pub calendar: CalendarState,
    /// By mint.
    pub feeds: BTreeMap<Pubkey, FeedState>,
    pub prices: BTreeMap<Pubkey, PriceState>,
    /// What a whole token is worth in the world, USD e8: what prices follow.
    pub worth: BTreeMap<Pubkey, u64>,
    /// Curators and calendars created on the way.
    pub other_curators: u64,
    pub other_calendars: u64,
    pub loans: Loans,
    /// Statements of reserves behind a signed root: mint, statement, proof.
    pub books: BTreeMap<[u8; 32], crate::fuzz::attested::Book>,
    /// Issuers created on the way; never reused.
    pub other_issuers: u64,
}

#[derive(Clone, Debug, Default)]
pub struct IssuerState {
    pub address: Pubkey,
    pub admin: Pubkey,
    pub pending_admin: Pubkey,
    pub timelock_secs: u32,
    pub pauses: u8,
}

#[derive(Clone, Debug)]
pub struct Grant {
    pub roles: u16,
    pub expires_at: i64,
    pub rent_payer: Pubkey,
}

#[derive(Clone, Debug)]
pub struct Announced {
    pub change: Change,
    pub announcer: Pubkey,
    pub rent_payer: Pubkey,
    pub ready_at: i64,
    pub expires_at: i64,
    pub made: bool,
}

#[derive(Clone, Debug, Default)]
pub struct CustodianState {
    pub number: u32,
    pub tickers: u32,
    /// Date and root of the last signed statement.
    pub statement: (i64, [u8; 32]),
    pub nonces: Nonces,
    /// Places of live sets: address, expiry.
    pub live: [(Pubkey, i64); 8],
    /// Keys that were removed, for ever.
    pub removed: BTreeSet<Pubkey>,
    /// When a set last began to count without a wait and without a quorum.
    pub unannounced_at: i64,
    pub next_index: u32,
}

#[derive(Clone, Debug)]
pub struct SetState {
    pub custodian: Pubkey,
    pub index: u32,
    pub members: Vec<Pubkey>,
    pub threshold: u8,
    pub kinds: u16,
    pub active: bool,
    pub valid_from: i64,
    pub expires_at: i64,
    pub ready_at: i64,
    pub replaces: Pubkey,
    pub overlap_secs: u32,
    pub rent_payer: Pubkey,
}

/// A posted attestation.
#[derive(Clone, Debug)]
pub struct Posted {
    pub kind: u8,
    pub set: Pubkey,
    pub digest: [u8; 32],
    pub expires_at: i64,
    pub signers: Vec<Pubkey>,
    pub rent_payer: Pubkey,
}

#[derive(Clone, Debug)]
pub struct TickerState {
    pub custodian: Pubkey,
    pub symbol: [u8; 16],
    pub pauses: u8,
    pub terms: TickerTerms,
    pub minted: u64,
    pub redeemed: u64,
    pub open: u64,
    pub reserves: ReserveStatement,
    pub mint_level: Level,
    pub cash_level: Level,
    /// Lowest and highest price, e8 per share, and expiry.
    pub band: (u64, u64, i64),
    pub nonces: Nonces,
    pub supply: u64,
    /// In the mint itself.
    pub mint_paused: bool,
    pub multipliers: Multipliers,
    pub isin: [u8; 12],
    pub mic: [u8; 4],
    pub underlying: [u8; 16],
    pub mode: u8,
    pub primary_kyc: bool,
    /// Raw amount that seizures took.
    pub seized: u64,
    pub action_sequence: u32,
    /// What is announced or scheduled.
    pub action: Option<ActionState>,
    /// Before and after an action's time.
    pub window: (i64, i64),
    /// The last day in which actions were scheduled, and how many.
    pub schedules: (i64, u8),
    /// What counts from an action's time on, dated by that.
    pub next: Option<ReserveStatement>,
    /// Multipliers on record, and since when; none before the first action.
    pub history: Vec<(i64, f64)>,
}

#[derive(Clone, Debug)]
pub struct RedemptionState {
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub rent_payer: Pubkey,
    pub id: u64,
    pub amount: u64,
    pub left: u64,
    pub status: Status,
    pub deadline: i64,
    pub payout_secs: u32,
    pub request: u64,
    pub reference: [u8; 32],
    pub reason: u16,
}

#[derive(Clone, Debug, Default)]
pub struct OwnerLimitsState {
    pub rent_payer: Pubkey,
    pub mint_level: Level,
    pub cash_level: Level,
}

#[derive(Clone, Debug)]
pub struct DeskState {
    pub address: Pubkey,
    pub vault: Pubkey,
    pub decimals: u8,
    pub outflow: Limit,
    pub level: Level,
}

#[derive(Clone, Debug)]
pub struct Holding {
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub frozen: bool,
}

impl Model {
    pub fn ticker(&self, mint: &Pubkey) -> &TickerState {
        &self.tickers[mint]
    }

    pub fn ticker_mut(&mut self, mint: &Pubkey) -> &mut TickerState {
        self.tickers.get_mut(mint).expect("a listed mint")
    }

    pub fn pauses(&self, mint: &Pubkey) -> u8 {
        self.issuer.pauses | self.tickers[mint].pauses
    }

    /// Moves tokens between accounts of the model.
    pub fn credit(&mut self, account: &Pubkey, amount: u64) {
        self.holdings.get_mut(account).expect("a known token account").amount += amount;
    }

    pub fn debit(&mut self, account: &Pubkey, amount: u64) {
        self.holdings.get_mut(account).expect("a known token account").amount -= amount;
    }

    pub fn amount(&self, account: &Pubkey) -> u64 {
        self.holdings.get(account).map_or(0, |holding| holding.amount)
    }

    pub fn is_frozen(&self, account: &Pubkey) -> bool {
        self.holdings.get(account).is_some_and(|holding| holding.frozen)
    }
}

impl CustodianState {
    /// Addresses of sets that are live now, in the order of their places.
    pub fn live_sets(&self, now: i64) -> Vec<Pubkey> {
        self.live.iter().filter(|(_, until)| *until > now).map(|(set, _)| *set).collect()
    }

    pub fn is_removed(&self, key: &Pubkey) -> bool {
        self.removed.contains(key)
    }
}
