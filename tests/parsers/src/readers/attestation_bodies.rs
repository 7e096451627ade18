//! What attestors sign. A body's message is made field by field, without its bytes: it must be the message of the bytes.

use crate::files::{fixture, from_hex};
use borsh::BorshDeserialize;
use scrip_interface::{
    action::ActionTerms,
    attestation::{
        AcknowledgeBody, ActionBody, AttestorsBody, Body, DOMAIN, Kind, MESSAGE_LEN, MintBody,
        QuoteBody, RejectBody, ReserveBody, SettleBody, StatementBody, body_len,
    },
    sha256,
};

/// Which is tried, in the order of their numbers; the last are the terms of a corporate action, whose hash is signed.
const NAMES: [&str; 9] = [
    "mint",
    "reserve",
    "statement",
    "acknowledge",
    "settle",
    "reject",
    "quote",
    "action",
    "attestors",
];
const TERMS: u8 = 9;
const TERMS_LEN: usize = 145;

pub fn seeds() -> Vec<Vec<u8>> {
    let golden = fixture("attestation_golden.json");
    let bodies = (0..TERMS).zip(NAMES);
    let bodies = bodies.map(|(kind, name)| [vec![kind], from_hex(&golden[name]["body"])].concat());
    bodies.chain([[vec![TERMS], vec![5; TERMS_LEN]].concat()]).collect()
}

pub fn check(input: &[u8]) -> bool {
    let Some((kind, bytes)) = input.split_first() else { return false };
    match kind {
        0 => same::<MintBody>(bytes),
        1 => same::<ReserveBody>(bytes),
        2 => same::<StatementBody>(bytes),
        3 => same::<AcknowledgeBody>(bytes),
        4 => same::<SettleBody>(bytes),
        5 => same::<RejectBody>(bytes),
        6 => same::<QuoteBody>(bytes),
        7 => same::<ActionBody>(bytes),
        8 => same::<AttestorsBody>(bytes),
        9 => same_terms(bytes),
        _ => false,
    }
}

fn same<B: Body + BorshDeserialize>(bytes: &[u8]) -> bool {
    let body = B::try_from_slice(bytes).ok();
    assert_eq!(body.is_some(), bytes.len() == B::LEN);
    assert_eq!(B::LEN, body_len(B::KIND));
    let Some(body) = body else { return false };
    let mut expected = DOMAIN.to_vec();
    expected.push(B::KIND as u8);
    expected.extend(sha256(&[bytes]));
    assert_eq!(body.message().as_slice(), expected);
    assert_eq!(expected.len(), MESSAGE_LEN);
    assert_eq!(Kind::from_number(B::KIND as u8), Some(B::KIND));
    true
}

fn same_terms(bytes: &[u8]) -> bool {
    let terms = ActionTerms::try_from_slice(bytes).ok();
    assert_eq!(terms.is_some(), bytes.len() == TERMS_LEN);
    let Some(terms) = terms else { return false };
    assert_eq!(terms.hash(), sha256(&[bytes]));
    // Whatever they say, an answer.
    let _ = terms.are_consistent();
    true
}
