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
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ReserveStatement {
    pub as_of: i64,
    /// Units of 10^-8 share.
    pub settled_shares_e8: u128,
    /// Bought and unsettled, or due from a dividend. Units of 10^-8 share.
    pub receivable_shares_e8: u128,
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

/// `amount` of a redemption has been paid out and may be burned: 228 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct SettleBody {
    pub header: Header,
    pub action_sequence: u32,
    pub redemption: Pubkey,
    /// Raw units.
    pub amount: u64,
    /// The wire's or the broker's reference, hashed if it is longer than 32 bytes.
    pub payout_reference: [u8; 32],
}

/// A body hashes its fields one by one: for fields of fixed length that is the hash of its Borsh
/// bytes, without writing them anywhere.
impl MintBody {
    pub const LEN: usize = 236;

    pub fn message(&self) -> Message {
        let h = &self.header;
        let s = &self.statement;
        message(
            Kind::Mint,
            &[
                &h.genesis_hash,
                h.program_id.as_ref(),
                h.subject.as_ref(),
                h.attestor_set.as_ref(),
                &h.nonce.to_le_bytes(),
                &h.issued_at.to_le_bytes(),
                &h.expires_at.to_le_bytes(),
                &self.action_sequence.to_le_bytes(),
                self.owner.as_ref(),
                &self.amount.to_le_bytes(),
                &s.as_of.to_le_bytes(),
                &s.settled_shares_e8.to_le_bytes(),
                &s.receivable_shares_e8.to_le_bytes(),
            ],
        )
    }
}

impl SettleBody {
    pub const LEN: usize = 228;

    pub fn message(&self) -> Message {
        let h = &self.header;
        message(
            Kind::Settle,
            &[
                &h.genesis_hash,
                h.program_id.as_ref(),
                h.subject.as_ref(),
                h.attestor_set.as_ref(),
                &h.nonce.to_le_bytes(),
                &h.issued_at.to_le_bytes(),
                &h.expires_at.to_le_bytes(),
                &self.action_sequence.to_le_bytes(),
                self.redemption.as_ref(),
                &self.amount.to_le_bytes(),
                &self.payout_reference,
            ],
        )
    }
}

fn message(kind: Kind, body: &[&[u8]]) -> Message {
    let mut message = [0; MESSAGE_LEN];
    let (domain, rest) = message.split_at_mut(DOMAIN.len());
    domain.copy_from_slice(&DOMAIN);
    if let Some((kind_byte, digest)) = rest.split_first_mut() {
        *kind_byte = kind as u8;
        digest.copy_from_slice(hashv(body).as_ref());
    }
    message
}
