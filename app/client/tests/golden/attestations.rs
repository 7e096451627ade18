//! What attestors sign, and the instruction that has it verified.

use crate::{bytes, fixture};
use borsh::BorshDeserialize;
use scrip_client::{
    attestation::{Signed, body_bytes},
    interface::attestation as kinds,
};
use solana_keypair::Keypair;
use solana_signer::Signer;

#[track_caller]
fn is_golden<B: kinds::Body + BorshDeserialize>(name: &str) {
    let golden = &fixture("attestation_golden.json")[name];
    let body = bytes(&golden["body"]);
    let read = B::try_from_slice(&body).unwrap();
    assert_eq!(body_bytes(&read), body, "{name}");
    assert_eq!(read.message().to_vec(), bytes(&golden["message"]), "{name}");
}

#[test]
fn every_body_has_its_golden_bytes_and_message() {
    is_golden::<kinds::MintBody>("mint");
    is_golden::<kinds::ReserveBody>("reserve");
    is_golden::<kinds::StatementBody>("statement");
    is_golden::<kinds::AcknowledgeBody>("acknowledge");
    is_golden::<kinds::SettleBody>("settle");
    is_golden::<kinds::RejectBody>("reject");
    is_golden::<kinds::QuoteBody>("quote");
    is_golden::<kinds::ActionBody>("action");
    is_golden::<kinds::AttestorsBody>("attestors");
}

/// The file's two attestors sign anew. The instruction's order of signers is that of their keys.
#[test]
fn the_verifying_instruction_has_the_golden_signers_and_message() {
    let golden = &fixture("attestation_golden.json")["ed25519"];
    let seeds = golden["signerSeeds"].as_array().unwrap().iter();
    let keys: Vec<_> =
        seeds.map(|seed| Keypair::new_from_array(bytes(seed).try_into().unwrap())).collect();
    let message = bytes(&golden["message"]).try_into().unwrap();
    let signers: Vec<&dyn Signer> = keys.iter().map(|key| key as _).collect();
    let signed = Signed::sign_message(message, &signers).unwrap();
    assert_eq!(signed.verify(), Ok(()));

    let golden_data = bytes(&golden["data"]);
    let made = signed.instruction().unwrap();
    assert_eq!(made.data.len(), golden_data.len());
    let read = |data: &[u8]| {
        let verified = scrip_client::interface::ed25519::decode(data).unwrap();
        let mut keys: Vec<[u8; 32]> = verified.keys().copied().collect();
        keys.sort_unstable();
        (keys, *verified.message)
    };
    assert_eq!(read(&made.data), read(&golden_data));
}
