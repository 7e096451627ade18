//! What happened. `sequence` is the event's number in the stream of the issuer (for events about
//! the issuer, roles, custodians, attestors, listing and cash desks) or of the ticker (for all others).
//! Amounts are raw, cash amounts in the smallest unit of their mint.

use crate::state::{ActionTermsArgs, ActionWindow, Change, Limit, SeizureKind, TickerTerms};
use anchor_lang::prelude::*;
use scrip_stream::Emitter;

/// What publishes them.
pub const EMITTER: Emitter =
    Emitter { program: crate::ID, bump: crate::EVENT_AUTHORITY_AND_BUMP.1 };

// The issuer's stream.

#[event]
pub struct IssuerCreated {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub creator: Pubkey,
    pub admin: Pubkey,
    pub genesis_hash: [u8; 32],
    pub timelock_secs: u32,
}

#[event]
pub struct AdminProposed {
    pub sequence: u64,
    pub issuer: Pubkey,
    /// All zeros: a proposal was taken back.
    pub pending_admin: Pubkey,
}

#[event]
pub struct AdminChanged {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub admin: Pubkey,
    pub previous: Pubkey,
}

#[event]
pub struct TimelockChanged {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub timelock_secs: u32,
}

#[event]
pub struct ChangeAnnounced {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub announcement: Pubkey,
    pub announcer: Pubkey,
    pub ready_at: i64,
    pub change: Change,
}

/// Taken back, or cleared away after it was made or forgotten.
#[event]
pub struct AnnouncementClosed {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub announcement: Pubkey,
    pub made: bool,
}

#[event]
pub struct RoleGranted {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub wallet: Pubkey,
    pub roles: u16,
    pub expires_at: i64,
}

#[event]
pub struct RoleRevoked {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub wallet: Pubkey,
    pub roles: u16,
}

#[event]
pub struct IssuerPauseChanged {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub operator: Pubkey,
    pub pauses: u8,
}

#[event]
pub struct CustodianCreated {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub custodian: Pubkey,
    pub number: u32,
    pub name_hash: [u8; 32],
}

/// It counts from now on if `ready_at` is 0; else once it is activated. Desks pay on its quotes a
/// timelock later.
#[event]
pub struct AttestorSetCreated {
    pub sequence: u64,
    pub custodian: Pubkey,
    pub attestor_set: Pubkey,
    pub index: u32,
    pub threshold: u8,
    pub kinds: u16,
    pub valid_from: i64,
    pub expires_at: i64,
    pub replaces: Pubkey,
    pub overlap_secs: u32,
    pub ready_at: i64,
    pub attestors: Vec<Pubkey>,
}

#[event]
pub struct AttestorSetActivated {
    pub sequence: u64,
    pub custodian: Pubkey,
    pub attestor_set: Pubkey,
    /// All zeros if it replaces none.
    pub replaces: Pubkey,
    /// When the replaced set ends.
    pub replaced_until: i64,
    pub by_quorum: bool,
}

#[event]
pub struct AttestorSetWithdrawn {
    pub sequence: u64,
    pub custodian: Pubkey,
    pub attestor_set: Pubkey,
}

#[event]
pub struct AttestorRemoved {
    pub sequence: u64,
    pub custodian: Pubkey,
    pub attestor: Pubkey,
    /// How many sets had it.
    pub sets: u8,
    pub by_quorum: bool,
}

#[event]
pub struct StatementAttested {
    pub sequence: u64,
    pub custodian: Pubkey,
    pub as_of: i64,
    pub root: [u8; 32],
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
}

#[event]
pub struct TickerListed {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub custodian: Pubkey,
    pub mint: Pubkey,
    pub symbol: [u8; 16],
    pub isin: [u8; 12],
    pub mic: [u8; 4],
    pub terms: TickerTerms,
    pub mode: u8,
    pub primary_kyc: bool,
}

#[event]
pub struct CashDeskOpened {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub desk: Pubkey,
    pub cash_mint: Pubkey,
    pub outflow: Limit,
}

#[event]
pub struct DeskLimitChanged {
    pub sequence: u64,
    pub desk: Pubkey,
    pub outflow: Limit,
}

#[event]
pub struct CashDeskFunded {
    pub sequence: u64,
    pub desk: Pubkey,
    pub funder: Pubkey,
    pub amount: u64,
    pub vault_balance: u64,
}

#[event]
pub struct CashWithdrawn {
    pub sequence: u64,
    pub desk: Pubkey,
    pub destination: Pubkey,
    pub amount: u64,
    pub vault_balance: u64,
}

// A ticker's stream.

#[event]
pub struct TermsChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub terms: TickerTerms,
}

#[event]
pub struct PriceBandChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub min_price_e8: u64,
    pub max_price_e8: u64,
    pub expires_at: i64,
}

#[event]
pub struct TickerPauseChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub operator: Pubkey,
    pub pauses: u8,
}

#[event]
pub struct TransferPauseSynced {
    pub sequence: u64,
    pub mint: Pubkey,
    pub paused: bool,
}

#[event]
pub struct CustodianChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub custodian: Pubkey,
    pub previous: Pubkey,
    pub by_quorum: bool,
}

#[event]
pub struct MetadataUpdated {
    pub sequence: u64,
    pub mint: Pubkey,
    pub field: String,
    pub value: String,
}

#[event]
pub struct ReservesAttested {
    pub sequence: u64,
    pub mint: Pubkey,
    pub as_of: i64,
    pub settled_shares_e8: u128,
    pub receivable_shares_e8: u128,
    /// What of both counts, and what the supply needs.
    pub counted_shares_e8: u128,
    pub supply: u64,
    /// The reserves do not cover the supply: minting is paused from now on.
    pub short: bool,
}

#[event]
pub struct SharesMinted {
    pub sequence: u64,
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub supply: u64,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    /// Bit i: the set's attestor i signed.
    pub signers: u16,
    /// The statement this mint was judged by.
    pub statement_as_of: i64,
    pub counted_shares_e8: u128,
}

#[event]
pub struct RedemptionRequested {
    /// Also the number that attestations name this request by.
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub deadline: i64,
}

#[event]
pub struct RedemptionAcknowledged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub deadline: i64,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
}

#[event]
pub struct RedemptionSettled {
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub amount_left: u64,
    pub payout_reference: [u8; 32],
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
}

#[event]
pub struct RedemptionRejected {
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub reason: u16,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
}

/// The owner has the shares back.
#[event]
pub struct RedemptionReturned {
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub reason: ReturnReason,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnReason {
    /// By the owner, before anybody took it up.
    Cancelled,
    /// After the custodian rejected it.
    Rejected,
    /// After the deadline.
    Overdue,
}

#[event]
pub struct SharesSubscribed {
    pub sequence: u64,
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub supply: u64,
    pub desk: Pubkey,
    pub cash_amount: u64,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
    pub statement_as_of: i64,
    pub counted_shares_e8: u128,
}

#[event]
pub struct SharesRedeemed {
    pub sequence: u64,
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub supply: u64,
    pub desk: Pubkey,
    pub cash_amount: u64,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub signers: u16,
}

/// Whether an open ticker is minted to and redeemed by registered wallets only.
#[event]
pub struct PrimaryKycChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub operator: Pubkey,
    pub required: bool,
}

/// The ticker is open from now on.
#[event]
pub struct TickerOpened {
    pub sequence: u64,
    pub mint: Pubkey,
    pub operator: Pubkey,
    pub previous_mode: u8,
}

#[event]
pub struct HoldPlaced {
    pub sequence: u64,
    pub mint: Pubkey,
    pub token_account: Pubkey,
    pub owner: Pubkey,
    pub operator: Pubkey,
    /// The issuer's own code.
    pub reason: u16,
    pub case_hash: [u8; 32],
}

#[event]
pub struct HoldLifted {
    pub sequence: u64,
    pub mint: Pubkey,
    pub token_account: Pubkey,
    pub operator: Pubkey,
    pub case_hash: [u8; 32],
}

/// Nothing moves before `execute_at`, and nothing from `expires_at` on.
#[event]
pub struct SeizureAnnounced {
    pub sequence: u64,
    pub mint: Pubkey,
    pub seizure: Pubkey,
    pub kind: SeizureKind,
    /// The issuer's own code.
    pub reason: u16,
    pub case_hash: [u8; 32],
    pub from: Pubkey,
    pub from_owner: Pubkey,
    pub to_owner: Pubkey,
    /// At most.
    pub amount: u64,
    pub operator: Pubkey,
    pub execute_at: i64,
    pub expires_at: i64,
}

/// By the owner whose shares they are: it waits longer.
#[event]
pub struct SeizureContested {
    pub sequence: u64,
    pub mint: Pubkey,
    pub seizure: Pubkey,
    /// sha256 of what the owner has to say.
    pub note_hash: [u8; 32],
    pub execute_at: i64,
    pub expires_at: i64,
}

#[event]
pub struct SeizureCancelled {
    pub sequence: u64,
    pub mint: Pubkey,
    pub seizure: Pubkey,
    pub case_hash: [u8; 32],
    pub operator: Pubkey,
}

#[event]
pub struct SeizureExecuted {
    pub sequence: u64,
    pub mint: Pubkey,
    pub seizure: Pubkey,
    pub kind: SeizureKind,
    /// The issuer's own code.
    pub reason: u16,
    pub case_hash: [u8; 32],
    pub from: Pubkey,
    pub from_owner: Pubkey,
    pub to: Pubkey,
    pub to_owner: Pubkey,
    pub moved: u64,
    pub operator: Pubkey,
}

#[event]
pub struct ActionAnnounced {
    pub sequence: u64,
    pub mint: Pubkey,
    pub action: Pubkey,
    /// The ticker's, once it is scheduled.
    pub action_sequence: u32,
    /// All zeros: a quorum.
    pub announcer: Pubkey,
    pub ready_at: i64,
    pub terms: ActionTermsArgs,
}

/// Multipliers as the bits of doubles, shares in units of 10^-8.
#[event]
pub struct ActionScheduled {
    pub sequence: u64,
    pub mint: Pubkey,
    pub action: Pubkey,
    pub action_sequence: u32,
    pub effective_at: i64,
    pub old_multiplier: u64,
    pub new_multiplier: u64,
    pub settled_after_e8: u128,
    pub receivable_after_e8: u128,
    /// The shares do not cover the supply, before or after: minting is paused.
    pub short: bool,
}

#[event]
pub struct ActionCancelled {
    pub sequence: u64,
    pub mint: Pubkey,
    pub action: Pubkey,
    pub was_scheduled: bool,
    pub by_quorum: bool,
    /// The ticker's from now on.
    pub action_sequence: u32,
}

/// It took effect when its scheduling said.
#[event]
pub struct ActionClosed {
    pub sequence: u64,
    pub mint: Pubkey,
    pub action: Pubkey,
    pub action_sequence: u32,
}

#[event]
pub struct ActionWindowChanged {
    pub sequence: u64,
    pub mint: Pubkey,
    pub window: ActionWindow,
}
