//! What attestors sign as a hash, held against a file that the TypeScript tests read as well:
//! statements for all tickers as Merkle trees, and the contents of a proposed attestor set.

use issuer::state::{AttestorSet, MAX_ATTESTORS, SET_PROPOSED};
use scrip_interface::{
    attestation::ReserveStatement,
    merkle::{Hash, leaf, tree},
};
use scrip_tests::golden::check_file;
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

fn hex_of(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(hex::encode).collect()
}

/// A tree over this many tickers, each with holdings of its own.
fn golden_tree(count: u8) -> Value {
    let mut tickers = vec![];
    let mut leaves = vec![];
    for number in 1..=count {
        let mint = Pubkey::new_from_array([number; 32]);
        let action_sequence = u32::from(number) << 24;
        let statement = ReserveStatement {
            as_of: 0,
            settled_shares_e8: (1u128 << 100) + u128::from(number),
            receivable_shares_e8: u128::from(number) * 1_000,
        };
        let hash = leaf(&mint, action_sequence, &statement);
        tickers.push(json!({
            "mint": mint.to_string(),
            "actionSequence": action_sequence,
            "settledSharesE8": statement.settled_shares_e8.to_string(),
            "receivableSharesE8": statement.receivable_shares_e8.to_string(),
            "leaf": hex::encode(hash),
        }));
        leaves.push(hash);
    }
    let (root, proofs) = tree(&leaves).unwrap();
    for (ticker, proof) in tickers.iter_mut().zip(&proofs) {
        ticker["proof"] = hex_of(proof).into();
    }
    json!({ "root": hex::encode(root), "tickers": tickers })
}

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
fn trees_and_sets_have_the_golden_hashes() {
    let trees: Vec<_> = [1, 2, 3, 5, 8].map(golden_tree).into();
    let golden = json!({ "trees": trees, "attestorSet": golden_set() });
    check_file("hashes_golden.json", golden);
}
