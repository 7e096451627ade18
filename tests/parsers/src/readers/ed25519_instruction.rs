//! The Ed25519 instruction against the precompile itself: what our strict layout takes, the precompile verifies, over
//! the same keys and the same message.

use crate::files::{fixture, from_hex};
use agave_feature_set::FeatureSet;
use agave_precompiles::ed25519::verify;
use scrip_interface::ed25519::{MAX_SIGNERS, Verified, decode, encode};
use solana_ed25519_program::Ed25519SignatureOffsets;
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::sync::LazyLock;

const MESSAGE_LEN: u16 = 48;

static FEATURES: LazyLock<FeatureSet> = LazyLock::new(FeatureSet::all_enabled);
static SIGNERS: LazyLock<Vec<Keypair>> = LazyLock::new(|| {
    (0..MAX_SIGNERS).map(|number| Keypair::new_from_array([number as u8; 32])).collect()
});

pub fn seeds() -> Vec<Vec<u8>> {
    let of = |count: usize| {
        let message = std::array::from_fn(|at| at as u8);
        let sign = |key: &Keypair| (key.pubkey().to_bytes(), key.sign_message(&message).into());
        let signers: Vec<_> = SIGNERS[..count].iter().map(sign).collect();
        encode(&signers, &message).expect("1 to 16 signers")
    };
    let golden = from_hex(&fixture("attestation_golden.json")["ed25519"]["data"]);
    let mut seeds: Vec<_> = [1, 2, 3, 16].map(of).into();
    for seed in seeds.iter().chain([&golden]) {
        verify(seed, &[seed], &FEATURES).expect("a valid instruction verifies as it is");
    }
    seeds.push(golden);
    seeds
}

pub fn check(data: &[u8]) -> bool {
    let ours = decode(data);
    let told = ours.map(|verified| (verified.keys().copied().collect(), *verified.message));
    assert_eq!(told, retold(data));
    if let Some(verified) = ours {
        assert_verified(data, &verified);
    }
    ours.is_some()
}

/// The same layout, from the runtime's own record of offsets.
fn retold(data: &[u8]) -> Option<(Vec<[u8; 32]>, [u8; 48])> {
    let count = usize::from(*data.first()?);
    let records = offsets(data)?;
    let place = |signers: usize| u16::try_from(2 + 14 * count + 96 * signers).expect("it fits");
    let message_data_offset = place(count);
    let canonical = (0..count).map(|index| Ed25519SignatureOffsets {
        signature_offset: place(index) + 32,
        signature_instruction_index: u16::MAX,
        public_key_offset: place(index),
        public_key_instruction_index: u16::MAX,
        message_data_offset,
        message_data_size: MESSAGE_LEN,
        message_instruction_index: u16::MAX,
    });
    let strict = data[1] == 0
        && (1..=MAX_SIGNERS).contains(&count)
        && records.iter().copied().eq(canonical)
        && data.len() == usize::from(message_data_offset + MESSAGE_LEN);
    let at = |offset: u16| &data[usize::from(offset)..];
    strict.then(|| {
        let key = |record: &Ed25519SignatureOffsets| {
            *at(record.public_key_offset).first_chunk().expect("whole")
        };
        (records.iter().map(key).collect(), *at(message_data_offset).first_chunk().expect("whole"))
    })
}

fn offsets(data: &[u8]) -> Option<Vec<Ed25519SignatureOffsets>> {
    let records = data.get(2..)?.chunks_exact(14).take(usize::from(*data.first()?));
    let records: Vec<_> = records.map(bytemuck::pod_read_unaligned).collect();
    (records.len() == usize::from(data[0])).then_some(records)
}

/// Bytes found by chance carry no valid signature. With keys of ours and their signatures put where the offsets say, the
/// precompile must verify; with another message it must not.
fn assert_verified(data: &[u8], verified: &Verified) {
    let mut signed = data.to_vec();
    let records = offsets(data).expect("it was taken");
    for (record, signer) in records.iter().zip(SIGNERS.iter()) {
        let start = usize::from(record.message_data_offset);
        let message = signed[start..start + usize::from(record.message_data_size)].to_vec();
        let mut put =
            |at: u16, bytes: &[u8]| signed[usize::from(at)..][..bytes.len()].copy_from_slice(bytes);
        put(record.public_key_offset, signer.pubkey().as_ref());
        put(record.signature_offset, signer.sign_message(&message).as_ref());
    }
    verify(&signed, &[&signed], &FEATURES).expect("what is taken verifies");
    let again = decode(&signed).expect("only keys and signatures are others");
    assert_eq!(again.message, verified.message);
    let keys = SIGNERS[..records.len()].iter().map(|signer| signer.pubkey().to_bytes());
    assert!(again.keys().copied().eq(keys));

    let bit = usize::from(verified.message[0]);
    let message = signed.len() - usize::from(MESSAGE_LEN);
    signed[message + bit % 48] ^= 1 << (bit % 8);
    verify(&signed, &[&signed], &FEATURES).expect_err("every bit of the message is signed");
}
