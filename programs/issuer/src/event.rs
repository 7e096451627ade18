//! What happened. `sequence` is the event's number in the stream of the issuer (for events about
//! issuer, custodian, attestors and listing) or of the ticker (for all others). Amounts are raw.

use anchor_lang::prelude::*;

#[event]
pub struct IssuerCreated {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub creator: Pubkey,
    pub admin: Pubkey,
    pub genesis_hash: [u8; 32],
}

#[event]
pub struct CustodianCreated {
    pub sequence: u64,
    pub issuer: Pubkey,
    pub custodian: Pubkey,
    pub number: u32,
    pub name_hash: [u8; 32],
}

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
    pub attestors: Vec<Pubkey>,
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
    pub sequence: u64,
    pub mint: Pubkey,
    pub redemption: Pubkey,
    pub owner: Pubkey,
    pub amount: u64,
    pub deadline: i64,
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
