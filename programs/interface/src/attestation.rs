//! What a custodian's attestors sign.
//!
//! The signed message is 48 bytes: `scrip-attest-v1` || kind || sha256(Borsh body). As a
//! transaction message its first byte would announce 115 signers, which no message of 48 bytes can
//! hold: a signature over it authorises nothing else. All integers are little-endian; every body has a fixed length.

use borsh::{BorshDeserialize, BorshSerialize};
use solana_pubkey::Pubkey;
use solana_sha256_hasher::hashv;

pub const DOMAIN: [u8; 15] = *b"scrip-attest-v1";
pub const MESSAGE_LEN: usize = 48;
pub type Message = [u8; MESSAGE_LEN];

/// What an attestation is about. The number is part of the signed message, and the bit of a
/// kinds mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Mint = 0,
    Reserve = 1,
    Statement = 2,
    Acknowledge = 3,
    Settle = 4,
    Reject = 5,
    Quote = 6,
    Action = 7,
    Attestors = 8,
}

impl Kind {
    /// All bits of a kinds mask that mean something.
    pub const ALL_BITS: u16 = (1 << 9) - 1;

    pub const fn bit(self) -> u16 {
        1 << (self as u16)
    }

    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Mint,
            1 => Self::Reserve,
            2 => Self::Statement,
            3 => Self::Acknowledge,
            4 => Self::Settle,
            5 => Self::Reject,
            6 => Self::Quote,
            7 => Self::Action,
            8 => Self::Attestors,
            _ => return None,
        })
    }
}

/// What every body starts with: 152 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Header {
    /// Of the cluster, so that a test network's signature is worth nothing elsewhere.
    pub genesis_hash: [u8; 32],
    pub program_id: Pubkey,
    /// The mint; the custodian for kinds that are not about one ticker.
    pub subject: Pubkey,
    pub attestor_set: Pubkey,
    pub nonce: u64,
    pub issued_at: i64,
    /// The first second at which the attestation no longer counts.
    pub expires_at: i64,
}

/// The custodian's count of the shares it holds for one ticker: 40 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ReserveStatement {
    pub as_of: i64,
    /// Units of 10^-8 share.
    pub settled_shares_e8: u128,
    /// Bought and unsettled, or due from a dividend. Units of 10^-8 share.
    pub receivable_shares_e8: u128,
}

/// What is hashed and signed, with its kind.
pub trait Body: BorshSerialize {
    const KIND: Kind;
    /// Of the Borsh bytes.
    const LEN: usize;

    fn message(&self) -> Message;
}

/// `amount` may be minted to `owner` once: 236 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MintBody {
    pub header: Header,
    /// Of the ticker. It rises with every corporate action, so nothing signed before one counts after.
    pub action_sequence: u32,
    pub owner: Pubkey,
    /// Raw units.
    pub amount: u64,
    pub statement: ReserveStatement,
}

/// What the custodian holds for one ticker: 196 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ReserveBody {
    pub header: Header,
    pub action_sequence: u32,
    pub statement: ReserveStatement,
}

/// What the custodian holds for all its tickers: 192 bytes. The subject is the custodian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct StatementBody {
    pub header: Header,
    pub as_of: i64,
    /// Over one leaf per ticker, see [`crate::merkle`].
    pub root: [u8; 32],
}

/// The custodian has taken up a redemption and will pay it: 196 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct AcknowledgeBody {
    pub header: Header,
    pub action_sequence: u32,
    pub redemption: Pubkey,
    /// Number of the event that opened the redemption. An owner may use an address again once its
    /// redemption is closed; this number never comes back.
    pub request: u64,
}

/// `amount` of a redemption has been paid out and may be burned: 236 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct SettleBody {
    pub header: Header,
    pub action_sequence: u32,
    pub redemption: Pubkey,
    /// As in [`AcknowledgeBody`].
    pub request: u64,
    /// Raw units.
    pub amount: u64,
    /// The wire's or the broker's reference, hashed if it is longer than 32 bytes.
    pub payout_reference: [u8; 32],
}

/// The custodian will not pay a redemption: its owner may take the shares back. 198 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RejectBody {
    pub header: Header,
    pub action_sequence: u32,
    pub redemption: Pubkey,
    /// As in [`AcknowledgeBody`].
    pub request: u64,
    /// The custodian's own code.
    pub reason: u16,
}

/// Which way the shares go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Side {
    /// The owner pays cash, shares are minted.
    Subscribe = 0,
    /// The owner's shares are burned, cash is paid out.
    Redeem = 1,
}

/// `amount` may be traded once for `cash_amount`: 277 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct QuoteBody {
    pub header: Header,
    pub action_sequence: u32,
    /// A [`Side`].
    pub side: u8,
    pub owner: Pubkey,
    /// Raw units.
    pub amount: u64,
    pub cash_mint: Pubkey,
    /// In the smallest unit of the cash mint.
    pub cash_amount: u64,
    /// All zeros for a redemption: an exit needs no reserves.
    pub statement: ReserveStatement,
}

/// One step of a corporate action: 237 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ActionBody {
    pub header: Header,
    /// Of the ticker, before the step.
    pub action_sequence: u32,
    /// An [`crate::action::Step`].
    pub step: u8,
    /// Number of the event that announced the action; 0 for the announcement itself. Nothing that
    /// was signed for one counts for a later one of the same sequence.
    pub request: u64,
    /// [`crate::action::ActionTerms::hash`].
    pub terms_hash: [u8; 32],
    /// When it takes effect, and what the custodian holds from then on, of 10^-8 share. All zeros
    /// but for a step that schedules.
    pub effective_at: i64,
    pub settled_after_e8: u128,
    pub receivable_after_e8: u128,
}

/// What a quorum may decide about its own custodian's attestors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Decision {
    /// `target`: the proposed set. `value`: the hash of its contents.
    ActivateSet = 0,
    /// `target`: the custodian. `value`: the key.
    RemoveAttestor = 1,
    /// `target`: the mint. `value`: the next custodian.
    ChangeCustodian = 2,
}

/// A decision about attestors: 217 bytes. The subject is the custodian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct AttestorsBody {
    pub header: Header,
    /// A [`Decision`].
    pub decision: u8,
    pub target: Pubkey,
    pub value: [u8; 32],
}

/// A body hashes its fields one by one: for fields of fixed length that is the hash of its Borsh
/// bytes, without writing them anywhere.
macro_rules! body {
    ($body:ty, $kind:ident, $len:literal, |$this:ident| [$($field:expr),* $(,)?]) => {
        impl Body for $body {
            const KIND: Kind = Kind::$kind;
            const LEN: usize = $len;

            fn message(&self) -> Message {
                let $this = self;
                let header = &self.header;
                let digest = hashv(&[
                    &header.genesis_hash,
                    header.program_id.as_ref(),
                    header.subject.as_ref(),
                    header.attestor_set.as_ref(),
                    &header.nonce.to_le_bytes(),
                    &header.issued_at.to_le_bytes(),
                    &header.expires_at.to_le_bytes(),
                    $($field),*
                ]);
                message(Kind::$kind, &digest.to_bytes())
            }
        }
    };
}

body!(MintBody, Mint, 236, |b| [
    &b.action_sequence.to_le_bytes(),
    b.owner.as_ref(),
    &b.amount.to_le_bytes(),
    &b.statement.as_of.to_le_bytes(),
    &b.statement.settled_shares_e8.to_le_bytes(),
    &b.statement.receivable_shares_e8.to_le_bytes(),
]);
body!(ReserveBody, Reserve, 196, |b| [
    &b.action_sequence.to_le_bytes(),
    &b.statement.as_of.to_le_bytes(),
    &b.statement.settled_shares_e8.to_le_bytes(),
    &b.statement.receivable_shares_e8.to_le_bytes(),
]);
body!(StatementBody, Statement, 192, |b| [&b.as_of.to_le_bytes(), &b.root]);
body!(AcknowledgeBody, Acknowledge, 196, |b| [
    &b.action_sequence.to_le_bytes(),
    b.redemption.as_ref(),
    &b.request.to_le_bytes(),
]);
body!(SettleBody, Settle, 236, |b| [
    &b.action_sequence.to_le_bytes(),
    b.redemption.as_ref(),
    &b.request.to_le_bytes(),
    &b.amount.to_le_bytes(),
    &b.payout_reference,
]);
body!(RejectBody, Reject, 198, |b| [
    &b.action_sequence.to_le_bytes(),
    b.redemption.as_ref(),
    &b.request.to_le_bytes(),
    &b.reason.to_le_bytes(),
]);
body!(QuoteBody, Quote, 277, |b| [
    &b.action_sequence.to_le_bytes(),
    &[b.side],
    b.owner.as_ref(),
    &b.amount.to_le_bytes(),
    b.cash_mint.as_ref(),
    &b.cash_amount.to_le_bytes(),
    &b.statement.as_of.to_le_bytes(),
    &b.statement.settled_shares_e8.to_le_bytes(),
    &b.statement.receivable_shares_e8.to_le_bytes(),
]);
body!(ActionBody, Action, 237, |b| [
    &b.action_sequence.to_le_bytes(),
    &[b.step],
    &b.request.to_le_bytes(),
    &b.terms_hash,
    &b.effective_at.to_le_bytes(),
    &b.settled_after_e8.to_le_bytes(),
    &b.receivable_after_e8.to_le_bytes(),
]);
body!(AttestorsBody, Attestors, 217, |b| [&[b.decision], b.target.as_ref(), &b.value]);

/// The signed message of a body whose sha256 is `digest`.
pub fn message(kind: Kind, digest: &[u8; 32]) -> Message {
    let mut message = [0; MESSAGE_LEN];
    let (domain, rest) = message.split_at_mut(DOMAIN.len());
    domain.copy_from_slice(&DOMAIN);
    if let Some((kind_byte, digest_bytes)) = rest.split_first_mut() {
        *kind_byte = kind as u8;
        digest_bytes.copy_from_slice(digest);
    }
    message
}

/// Length of a body of this kind.
pub const fn body_len(kind: Kind) -> usize {
    match kind {
        Kind::Mint => MintBody::LEN,
        Kind::Reserve => ReserveBody::LEN,
        Kind::Statement => StatementBody::LEN,
        Kind::Acknowledge => AcknowledgeBody::LEN,
        Kind::Settle => SettleBody::LEN,
        Kind::Reject => RejectBody::LEN,
        Kind::Quote => QuoteBody::LEN,
        Kind::Action => ActionBody::LEN,
        Kind::Attestors => AttestorsBody::LEN,
    }
}
