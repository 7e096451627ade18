//! The Ed25519 instruction: what is encoded is decoded, and nothing else is.

use crate::golden::file;
use proptest::prelude::*;
use scrip_interface::{
    attestation::Message,
    ed25519::{MAX_SIGNERS, data_len, decode, encode},
};
use solana_pubkey::Pubkey;

type Signers = Vec<([u8; 32], [u8; 64])>;

fn signers(count: usize) -> Signers {
    (0..count).map(|i| ([i as u8; 32], [0x80 | i as u8; 64])).collect()
}

#[test]
fn the_golden_instruction_has_two_signers() {
    let golden = &file("attestation_golden.json")["ed25519"];
    let bytes = |name: &str| hex::decode(golden[name].as_str().unwrap()).unwrap();
    let (data, message) = (bytes("data"), Message::try_from(bytes("message")).unwrap());
    let verified = decode(&data).unwrap();
    assert_eq!(verified.message, &message);
    let keys: Vec<_> = verified.keys().map(|key| Pubkey::from(*key).to_string()).collect();
    assert_eq!(serde_json::json!(keys), golden["signers"]);
    // Two records of 14 bytes behind the count and a zero; keys and signatures behind those.
    let signer = |at: usize| {
        (data[at..at + 32].try_into().unwrap(), data[at + 32..at + 96].try_into().unwrap())
    };
    assert_eq!(encode(&[signer(30), signer(126)], &message), Some(data.clone()));
}

#[test]
fn one_to_sixteen_signers_come_back_in_order() {
    let message: Message = std::array::from_fn(|i| i as u8);
    for count in 1..=MAX_SIGNERS {
        let data = encode(&signers(count), &message).unwrap();
        assert_eq!(data.len(), data_len(count));
        let verified = decode(&data).unwrap();
        assert_eq!(verified.message, &message);
        let keys: Vec<_> = verified.keys().copied().collect();
        assert_eq!(keys, signers(count).into_iter().map(|(key, _)| key).collect::<Vec<_>>());
    }
    assert_eq!(encode(&signers(0), &message), None);
    assert_eq!(encode(&signers(17), &message), None);
}

#[test]
fn every_other_byte_of_the_header_is_refused() {
    let message = [7; 48];
    let good = encode(&signers(3), &message).unwrap();
    let header = 2 + 3 * 14;
    for at in 0..header {
        for flip in [1, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            assert_eq!(decode(&bad), None, "byte {at} xor {flip:#x}");
        }
    }
}

#[test]
fn every_other_length_is_refused() {
    let good = encode(&signers(2), &[7; 48]).unwrap();
    for len in 0..good.len() {
        assert_eq!(decode(&good[..len]), None);
    }
    let long = [good, vec![0]].concat();
    assert_eq!(decode(&long), None);
}

proptest! {
    #[test]
    fn decoding_anything_neither_panics_nor_invents(data: Vec<u8>) {
        if let Some(verified) = decode(&data) {
            let count = verified.keys().count();
            prop_assert_eq!(data.len(), data_len(count));
        }
    }
}
