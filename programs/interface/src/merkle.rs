//! One statement of reserves for all tickers of a custodian, as a Merkle tree.
//!
//! A leaf is `sha256(0 || mint || action sequence || settled || receivable)`, a node
//! `sha256(1 || lower || higher)`: the pair is sorted by bytes, so a proof is a list of siblings. The first
//! byte keeps a node from being taken for a leaf.

use crate::{attestation::ReserveStatement, sha256};
use solana_pubkey::Pubkey;

pub type Hash = [u8; 32];

/// Of one ticker. The date is not in the leaf: it is signed with the root.
pub fn leaf(mint: &Pubkey, action_sequence: u32, statement: &ReserveStatement) -> Hash {
    sha256(&[
        &[0],
        mint.as_ref(),
        &action_sequence.to_le_bytes(),
        &statement.settled_shares_e8.to_le_bytes(),
        &statement.receivable_shares_e8.to_le_bytes(),
    ])
}

/// The root that `proof`, the siblings from the leaf up, leads to.
pub fn root_of(leaf: Hash, proof: &[Hash]) -> Hash {
    proof.iter().fold(leaf, |node, sibling| parent(&node, sibling))
}

/// The root over `leaves`, and each leaf's proof. A node without a sibling moves up as it is.
pub fn tree(leaves: &[Hash]) -> Option<(Hash, Vec<Vec<Hash>>)> {
    let mut proofs = vec![Vec::new(); leaves.len()];
    // Which node of the level each leaf is below.
    let mut places: Vec<usize> = (0..leaves.len()).collect();
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        for (proof, place) in proofs.iter_mut().zip(&mut places) {
            proof.extend(level.get(*place ^ 1));
            *place /= 2;
        }
        level = level
            .chunks(2)
            .filter_map(|pair| match pair {
                [left, right] => Some(parent(left, right)),
                [alone] => Some(*alone),
                _ => None,
            })
            .collect();
    }
    level.first().map(|root| (*root, proofs))
}

fn parent(a: &Hash, b: &Hash) -> Hash {
    let (lower, higher) = if a <= b { (a, b) } else { (b, a) };
    sha256(&[&[1], lower, higher])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|number| sha256(&[&[0, number]])).collect()
    }

    #[test]
    fn every_leaf_of_every_tree_leads_to_the_root() {
        for count in 1..=33 {
            let leaves = leaves(count);
            let (root, proofs) = tree(&leaves).unwrap();
            for (leaf, proof) in leaves.iter().zip(&proofs) {
                assert_eq!(root_of(*leaf, proof), root, "of {count}");
                let mut wrong = *leaf;
                wrong[0] ^= 1;
                assert_ne!(root_of(wrong, proof), root);
            }
        }
        assert_eq!(tree(&[]), None);
    }

    #[test]
    fn a_node_is_no_leaf() {
        let leaves = leaves(2);
        let (root, _) = tree(&leaves).unwrap();
        // The preimage of the root, offered as the contents of a leaf.
        let forged = sha256(&[&[0], leaves[0].as_slice(), leaves[1].as_slice()]);
        assert_ne!(root_of(forged, &[]), root);
    }

    #[test]
    fn a_leaf_binds_all_it_says() {
        let statement = |settled, receivable| ReserveStatement {
            as_of: 9,
            settled_shares_e8: settled,
            receivable_shares_e8: receivable,
        };
        let mint = Pubkey::new_from_array([7; 32]);
        let of = leaf(&mint, 1, &statement(5, 6));
        assert_ne!(of, leaf(&Pubkey::new_from_array([8; 32]), 1, &statement(5, 6)));
        assert_ne!(of, leaf(&mint, 2, &statement(5, 6)));
        assert_ne!(of, leaf(&mint, 1, &statement(4, 6)));
        assert_ne!(of, leaf(&mint, 1, &statement(5, 7)));
    }
}
