//! Attestation files that lack something, or were tampered with; and what else is put in wrongly.

use crate::desk::{ATTESTORS, Desk, text};
use scrip_interface::{
    attestation::{Body, Header, MintBody, ReserveStatement},
    ids, pda,
};
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

const MINT: &str = "attest mint AAPLx --to alice.json --amount 1 --settled 1000 --out mint.json";

fn signed_by(desk: &Desk, keys: &[&str]) {
    desk.ok(MINT);
    for key in keys {
        desk.ok(&format!("attest sign mint.json --keypair {key}.json"));
    }
}

fn message(failure: &Value) -> String {
    text(failure, "message")
}

#[test]
fn too_few_signatures_wait_for_the_others() {
    let desk = Desk::of_ticker("few");
    signed_by(&desk, &["one", "two"]);
    let failure = desk.refused("attest submit mint.json", 7);
    assert_eq!(message(&failure), "2 of 3 signatures of attestor set 0");
    assert!(text(&failure, "hint").contains(&desk.address("three")), "{failure:#}");
    desk.ok("attest sign mint.json --keypair three.json");
    desk.ok("attest submit mint.json");
    assert_eq!(desk.balance("AAPLx", "alice.json"), 100_000_000);
}

#[test]
fn a_strangers_signature_does_not_count() {
    let desk = Desk::of_ticker("stranger-signs");
    desk.key("mallory");
    signed_by(&desk, &["one", "two", "mallory"]);
    let failure = desk.refused("attest submit mint.json", 7);
    assert!(message(&failure).ends_with("(1 of others do not count)"), "{failure:#}");
    // Beside a quorum it does no harm.
    desk.ok("attest sign mint.json --keypair three.json");
    desk.ok("attest submit mint.json");
}

#[test]
fn a_tampered_file_is_neither_signed_nor_sent() {
    let desk = Desk::of_ticker("tampered");
    signed_by(&desk, &["one", "two", "three"]);
    let good = desk.read("mint.json");
    let tampered = good.replace("\"amount\": \"100000000\"", "\"amount\": \"900000000\"");
    assert_ne!(good, tampered);
    desk.write("mint.json", &tampered);
    for line in [
        "attest sign mint.json --keypair two.json",
        "attest submit mint.json",
        "attest show mint.json",
    ] {
        let failure = desk.refused(line, 3);
        assert!(message(&failure).contains("do not lead to the message"), "{failure:#}");
    }
    // In words only: who signs would read something else than is signed.
    desk.write(
        "mint.json",
        &good.replace("Mint 100000000 raw units (1 before", "Mint 1 raw units (0.00000001 before"),
    );
    let failure = desk.refused("attest sign mint.json --keypair two.json", 3);
    assert!(message(&failure).contains("words are not what its fields say"), "{failure:#}");
    desk.write("mint.json", &good);
    desk.ok("attest submit mint.json");
}

#[test]
fn a_landed_attestation_does_not_land_again() {
    let desk = Desk::of_ticker("again");
    signed_by(&desk, &["one", "two", "three"]);
    desk.ok("attest submit mint.json");
    let failure = desk.refused("attest submit mint.json", 5);
    assert!(message(&failure).starts_with("NonceUsed"), "{failure:#}");
    assert_eq!(desk.balance("AAPLx", "alice.json"), 100_000_000);
}

#[test]
fn an_expired_attestation_is_refused() {
    let desk = Desk::of_ticker("expired");
    signed_by(&desk, &["one", "two", "three"]);
    desk.pass(601);
    let failure = desk.refused("attest submit mint.json", 5);
    assert!(message(&failure).starts_with("the attestation expired at"), "{failure:#}");
}

/// The same words for another chain, sound in themselves: made here from the interface's own body, which also shows
/// that a file signs what the programs verify.
fn for_another_cluster(desk: &Desk) -> Value {
    desk.ok(MINT);
    let text_now = desk.read("mint.json");
    let file: Value = serde_json::from_str(&text_now).unwrap();
    let genesis = text(&file["header"], "genesis_hash");
    let message_of = |genesis: &str| hex::encode(body(&file, genesis).message());
    assert_eq!(message_of(&genesis), text(&file, "message"));
    let other = Pubkey::new_from_array([9; 32]).to_string();
    let text_there = text_now.replace(&genesis, &other);
    let mut there: Value = serde_json::from_str(&text_there).unwrap();
    there["message"] = json!(message_of(&other));
    there
}

fn body(file: &Value, genesis: &str) -> MintBody {
    let (header, terms) = (&file["header"], &file["terms"]);
    let key = |value: &Value| value.as_str().unwrap().parse::<Pubkey>().unwrap();
    let time = |value: &Value| {
        let time = humantime::parse_rfc3339(value.as_str().unwrap()).unwrap();
        i64::try_from(time.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap()
    };
    let number = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
    let custodian = pda::custodian(&ids::ISSUER, &key(&header["issuer"]), 0).0;
    MintBody {
        header: Header {
            genesis_hash: genesis.parse::<Pubkey>().unwrap().to_bytes(),
            program_id: ids::ISSUER,
            subject: key(&terms["mint"]),
            attestor_set: pda::attestor_set(&ids::ISSUER, &custodian, 0).0,
            nonce: number(&header["nonce"]),
            issued_at: time(&header["issued_at"]),
            expires_at: time(&header["expires_at"]),
        },
        action_sequence: 0,
        owner: key(&terms["owner"]),
        amount: number(&terms["amount"]),
        statement: ReserveStatement {
            as_of: time(&terms["reserves"]["as_of"]),
            settled_shares_e8: 1_000 * 100_000_000,
            receivable_shares_e8: 0,
        },
    }
}

#[test]
fn an_attestation_for_another_cluster_is_not_sent_to_this_one() {
    let desk = Desk::of_ticker("other-cluster");
    desk.write("there.json", &for_another_cluster(&desk).to_string());
    for key in ["one", "two", "three"] {
        desk.ok(&format!("attest sign there.json --keypair {key}.json"));
    }
    let failure = desk.refused("attest submit there.json", 4);
    assert!(message(&failure).starts_with("the attestation is for another cluster"), "{failure:#}");
}

#[test]
fn a_quorum_that_fits_no_transaction_is_posted() {
    let desk = Desk::of_issuer("posted");
    let keys: Vec<String> = (0..16).map(|number| format!("k{number}")).collect();
    keys.iter().for_each(|key| drop(desk.key(key)));
    let flags =
        |flag: &str| keys.iter().map(|key| format!(" {flag} {key}.json")).collect::<String>();
    desk.ok(&format!("attestors create --threshold 16 {}", flags("--key")));
    desk.list("AAPLx", "");
    let minted = desk.ok(&format!("mint AAPLx alice.json 2 --settled 10 {}", flags("--attestor")));
    let sent: Vec<&str> = minted["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        sent[..4],
        [
            "open a place for the signatures",
            "post 7 signatures",
            "post 7 signatures",
            "post 2 signatures"
        ]
    );
    assert_eq!(desk.balance("AAPLx", "alice.json"), 200_000_000);
}

#[test]
fn a_statement_is_signed_once_for_all_tickers() {
    let desk = Desk::of_ticker("statement");
    desk.list("MSFTx", "");
    desk.write("holdings.csv", "ticker,settled,receivable\nAAPLx,1000,5\nMSFTx,2_000.5,\n");
    desk.ok(&format!("attest statement holdings.csv {ATTESTORS} --submit"));
    let held = |symbol: &str| desk.ok(&format!("ticker show {symbol}"))["settled_reserves"].clone();
    assert_eq!((held("AAPLx"), held("MSFTx")), (json!("1000"), json!("2000.5")));
    desk.write("holdings.csv", "ticker,settled\nAAPLx,many\n");
    let failure = desk.refused("attest statement holdings.csv", 3);
    assert!(message(&failure).contains("row 1"), "{failure:#}");
}
