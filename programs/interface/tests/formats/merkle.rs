//! Statements for all tickers of a custodian as Merkle trees, held against a file that the TypeScript tests read as well.

use crate::{a, golden::check};
use scrip_interface::{
    attestation::ReserveStatement,
    merkle::{Hash, leaf, root_of, tree},
    sha256,
};
use serde_json::{Value, json};

fn hex_of(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(hex::encode).collect()
}

/// A tree over this many tickers, each with holdings of its own.
fn golden_tree(count: u8) -> Value {
    let mut tickers = vec![];
    let mut leaves = vec![];
    for number in 1..=count {
        let mint = a(number);
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

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn trees_have_the_golden_hashes() {
    let trees: Vec<_> = [1, 2, 3, 5, 8].map(golden_tree).into();
    check("hashes_golden.json", "trees", trees.into());
}

#[test]
fn a_node_hashes_the_lower_child_first() {
    let (low, high) = ([1; 32], [2; 32]);
    let node = sha256(&[&[1], &low, &high]);
    assert_eq!((root_of(low, &[high]), root_of(high, &[low])), (node, node));
    assert_eq!(root_of(low, &[]), low, "a leaf alone is the root");
    assert_eq!(tree(&[high, low]), Some((node, vec![vec![low], vec![high]])));
}

#[test]
fn a_sha256_is_that_of_the_parts_together() {
    // FIPS 180-4's example.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hex::encode(sha256(&[b"abc"])), abc);
    assert_eq!(hex::encode(sha256(&[b"a", b"", b"bc"])), abc);
}
