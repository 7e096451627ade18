//! The bytes that attestors sign, held against a file that the TypeScript tests read as well.

use crate::fixture;
use scrip_interface::attestation::{DOMAIN, Header, Kind, MintBody, ReserveStatement, SettleBody};
use scrip_tests::{attest, vm::key};
use serde_json::{Value, json};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::fs;

fn header() -> Header {
    Header {
        genesis_hash: [0x11; 32],
        program_id: issuer::ID,
        subject: Pubkey::new_from_array([0x22; 32]),
        attestor_set: Pubkey::new_from_array([0x33; 32]),
        nonce: 0x0102_0304_0506_0708,
        issued_at: 1_795_186_800,
        expires_at: 1_795_187_400,
    }
}

fn mint_body() -> MintBody {
    MintBody {
        header: header(),
        action_sequence: 7,
        owner: Pubkey::new_from_array([0x44; 32]),
        amount: 150_000_000,
        statement: ReserveStatement {
            as_of: -1,
            settled_shares_e8: (1 << 100) + 5,
            receivable_shares_e8: 99,
        },
    }
}

fn settle_body() -> SettleBody {
    SettleBody {
        header: header(),
        action_sequence: u32::MAX,
        redemption: Pubkey::new_from_array([0x55; 32]),
        amount: u64::MAX,
        payout_reference: [0x66; 32],
    }
}

fn json_header(header: &Header) -> Value {
    json!({
        "genesisHash": hex::encode(header.genesis_hash),
        "programId": header.program_id.to_string(),
        "subject": header.subject.to_string(),
        "attestorSet": header.attestor_set.to_string(),
        "nonce": header.nonce.to_string(),
        "issuedAt": header.issued_at.to_string(),
        "expiresAt": header.expires_at.to_string(),
    })
}

fn golden() -> Value {
    let (mint, settle) = (mint_body(), settle_body());
    let keys = [key("golden 0"), key("golden 1")];
    let instruction = attest::sign(&mint.message(), &[&keys[0], &keys[1]]);
    json!({
        "mint": {
            "header": json_header(&mint.header),
            "actionSequence": mint.action_sequence,
            "owner": mint.owner.to_string(),
            "amount": mint.amount.to_string(),
            "statement": {
                "asOf": mint.statement.as_of.to_string(),
                "settledSharesE8": mint.statement.settled_shares_e8.to_string(),
                "receivableSharesE8": mint.statement.receivable_shares_e8.to_string(),
            },
            "body": hex::encode(borsh::to_vec(&mint).unwrap()),
            "message": hex::encode(mint.message()),
        },
        "settle": {
            "header": json_header(&settle.header),
            "actionSequence": settle.action_sequence,
            "redemption": settle.redemption.to_string(),
            "amount": settle.amount.to_string(),
            "payoutReference": hex::encode(settle.payout_reference),
            "body": hex::encode(borsh::to_vec(&settle).unwrap()),
            "message": hex::encode(settle.message()),
        },
        "ed25519": {
            "signerSeeds": keys.each_ref().map(|key| hex::encode(key.secret_bytes())),
            "signers": keys.each_ref().map(|key| key.pubkey().to_string()),
            "message": hex::encode(mint.message()),
            "data": hex::encode(instruction.data),
        },
    })
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn messages_are_the_golden_bytes() {
    let path = fixture("attestation_golden.json");
    let made = serde_json::to_string_pretty(&golden()).unwrap() + "\n";
    if std::env::var_os("SCRIP_RENEW_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made);
}

#[test]
fn a_message_is_domain_kind_and_hash_of_the_borsh_bytes() {
    let mint = borsh::to_vec(&mint_body()).unwrap();
    let settle = borsh::to_vec(&settle_body()).unwrap();
    assert_eq!((mint.len(), settle.len()), (MintBody::LEN, SettleBody::LEN));
    for (message, kind, body) in
        [(mint_body().message(), Kind::Mint, mint), (settle_body().message(), Kind::Settle, settle)]
    {
        assert_eq!(message[..15], DOMAIN);
        assert_eq!(message[15], kind as u8);
        assert_eq!(message[16..], scrip_interface::sha256(&[&body]));
    }
}

#[test]
fn the_kinds_keep_their_numbers() {
    let kinds = [
        Kind::Mint,
        Kind::Reserve,
        Kind::Statement,
        Kind::Acknowledge,
        Kind::Settle,
        Kind::Reject,
        Kind::Quote,
        Kind::Action,
        Kind::Attestors,
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        assert_eq!(kind as usize, number);
        assert_eq!(usize::from(kind.bit()), 1 << number);
    }
    assert_eq!(usize::from(Kind::ALL_BITS), (1 << kinds.len()) - 1);
}
