//! The contents of a proposed attestor set, which attestors sign as a hash, held against a file that the TypeScript tests
//! read as well.

use issuer::state::{AttestorSet, MAX_ATTESTORS, SET_PROPOSED};
use scrip_tests::golden::check;
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

fn golden_set() -> Value {
    let mut attestors = [Pubkey::default(); MAX_ATTESTORS];
    // A fourth key lies behind the used ones: it is not part of the set.
    for (slot, number) in attestors.iter_mut().zip(1..=4) {
        *slot = Pubkey::new_from_array([number; 32]);
    }
    let set = AttestorSet {
        version: 2,
        bump: 255,
        threshold: 2,
        count: 3,
        index: 7,
        kinds: 0x0102,
        status: SET_PROPOSED,
        padding: [0; 5],
        custodian: Pubkey::new_from_array([0xbb; 32]),
        valid_from: 1_795_186_800,
        expires_at: i64::MAX,
        attestors,
        replaces: Pubkey::new_from_array([0xaa; 32]),
        ready_at: 1_795_190_400,
        overlap_secs: 0x0102_0304,
        padding_2: [0; 4],
        rent_payer: Pubkey::new_from_array([0xcc; 32]),
        reserved: [0; 48],
    };
    json!({
        "threshold": set.threshold,
        "count": set.count,
        "kinds": set.kinds,
        "validFrom": set.valid_from.to_string(),
        "expiresAt": set.expires_at.to_string(),
        "replaces": set.replaces.to_string(),
        "overlapSecs": set.overlap_secs,
        "attestors": set.attestors.map(|key| key.to_string()).to_vec(),
        "hash": hex::encode(set.contents_hash()),
    })
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn a_set_has_the_golden_hash() {
    check("hashes_golden.json", "attestorSet", golden_set());
}
