//! A custodian's attestors, signing.

use crate::vm::key;
use scrip_interface::{attestation::Message, ed25519};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// `count` attestors in rising order of their keys, as a set wants them.
pub fn attestors(name: &str, count: usize) -> Vec<Keypair> {
    let mut keys: Vec<_> = (0..count).map(|i| key(&format!("{name} attestor {i}"))).collect();
    keys.sort_by_key(|key| key.pubkey().to_bytes());
    keys
}

pub fn sign(message: &Message, signers: &[&Keypair]) -> Instruction {
    let signatures: Vec<_> = signers
        .iter()
        .map(|signer| (signer.pubkey().to_bytes(), signer.sign_message(message).into()))
        .collect();
    let data = ed25519::encode(&signatures, message).expect("1 to 16 signers");
    verification(data)
}

/// An Ed25519 instruction with any data at all.
pub fn verification(data: Vec<u8>) -> Instruction {
    Instruction { program_id: ed25519::PROGRAM_ID, accounts: vec![], data }
}

pub fn pubkeys(attestors: &[Keypair]) -> Vec<Pubkey> {
    attestors.iter().map(Signer::pubkey).collect()
}
