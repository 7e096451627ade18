//! The way of somebody who knows nothing but the README.

use crate::desk::{Desk, HOUR, raw, text};
use serde_json::Value;
use solana_pubkey::Pubkey;
use spl_associated_token_account_interface::{
    address::get_associated_token_address_with_program_id,
    instruction::create_associated_token_account_idempotent,
};
use spl_token_2022_interface::instruction::transfer_checked;
use std::fs;

const TICKERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/tickers.json");
const CALENDAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/calendar.json");
const PROGRAM: Pubkey = spl_token_2022_interface::ID;

/// Alice sends half a share to Bob with nothing but Token-2022's own client.
fn transfer(desk: &Desk, mint: &str, from: &str, to: &Pubkey, raw: u64) {
    let mint: Pubkey = mint.parse().unwrap();
    let key: Vec<u8> = serde_json::from_str(
        &fs::read_to_string(desk.folder.join(format!("{from}.json"))).unwrap(),
    )
    .unwrap();
    let owner = solana_keypair::Keypair::try_from(&key[..]).unwrap();
    let address = solana_signer::Signer::pubkey(&owner);
    let account = |owner| get_associated_token_address_with_program_id(owner, &mint, &PROGRAM);
    let make = create_associated_token_account_idempotent(&address, to, &mint, &PROGRAM);
    let (source, destination) = (account(&address), account(to));
    let send =
        transfer_checked(&PROGRAM, &source, &mint, &destination, &address, &[], raw, 8).unwrap();
    desk.chain().send(&[make, send], &[&owner], &Default::default()).unwrap();
}

#[test]
fn a_stranger_lists_mints_moves_values_and_redeems_with_scrip_alone() {
    let desk = Desk::new("stranger");
    // Each person has a key file of its own.
    let admin = desk.funded("admin");
    for name in ["one", "two", "three", "bob"] {
        desk.key(name);
    }
    let alice = desk.funded("alice");

    desk.ok("config set keypair admin.json");
    let created = desk.ok("issuer create --timelock 1h");
    assert_eq!(created["admin"], admin);
    desk.ok(&format!("config set issuer {}", text(&created, "issuer")));
    desk.ok("custodian create --name=First_Custody_Bank");
    let set =
        desk.ok("attestors create --key one.json --key two.json --key three.json --threshold 3");
    assert_eq!((&set["index"], &set["counts"]), (&0.into(), &true.into()));

    // A row of the tickers file, by its symbol.
    let listed = desk.ok(&format!("ticker list AAPLx --file {TICKERS}"));
    let mint = text(&listed, "mint");
    assert_eq!(listed["isin"], "US0378331005");

    // Three attestors sign on three machines: one file goes from hand to hand, another in copies.
    let made =
        desk.ok("attest mint AAPLx --to alice.json --amount 1.5 --settled 1000 --out mint.json");
    assert!(made["says"][0].as_str().unwrap().contains(&format!("to {alice}")), "{made:#}");
    desk.ok("attest sign mint.json --keypair one.json --out one-signed.json");
    desk.ok("attest sign mint.json --keypair two.json");
    desk.ok("attest sign mint.json --keypair three.json");
    desk.ok("attest submit mint.json one-signed.json");
    assert_eq!(desk.balance("AAPLx", "alice.json"), 150_000_000);

    let bob: Pubkey = desk.address("bob").parse().unwrap();
    transfer(&desk, &mint, "alice", &bob, 50_000_000);
    assert_eq!(desk.balance("AAPLx", "alice.json"), 100_000_000);
    assert_eq!(desk.balance("AAPLx", "bob.json"), 50_000_000);

    // What it is worth to a lender, by a curator's feed.
    let curator = desk.ok("curator create");
    desk.ok(&format!("config set curator {}", text(&curator, "curator")));
    desk.ok(&format!("curator calendar --file {CALENDAR}"));
    desk.ok(&format!("curator feed AAPLx --file {TICKERS}"));
    let value = desk.ok("value AAPLx --owner alice.json");
    let worth: f64 = text(&value, "worth").parse().unwrap();
    assert!((50.0..2_000.0).contains(&worth), "{value:#}");
    let priced = desk.ok("ticker show AAPLx");
    assert_eq!(priced["supply"]["shares"], "1.5");
    assert!(priced["supply"]["usd"].as_str().unwrap().parse::<f64>().unwrap() > worth);

    // Alice redeems; the custodian takes it up and pays in two parts.
    let requested = desk.ok("redeem request AAPLx 0.75 --keypair alice.json");
    assert_eq!((raw(&requested["amount"]), &requested["id"]), (75_000_000, &"0".into()));
    let attestors = crate::desk::ATTESTORS;
    desk.ok(&format!("redeem acknowledge AAPLx alice.json 0 {attestors}"));
    let open = desk.ok("redeem list");
    assert_eq!(open["redemptions"][0]["standing"], "acknowledged");
    desk.ok(&format!(
        "attest settle AAPLx alice.json 0 --amount 0.25 --reference WIRE-1 {attestors} --submit"
    ));
    assert_eq!(raw(&desk.ok("redeem list")["redemptions"][0]["left"]), 50_000_000);
    desk.ok(&format!("attest settle AAPLx alice.json 0 --reference WIRE-2 {attestors} --submit"));
    assert_eq!(desk.ok("redeem list")["redemptions"], Value::Array(vec![]));

    let shown = desk.ok("ticker show AAPLx");
    assert_eq!(shown["supply"]["shares"], "0.75");
    assert_eq!((&shown["covered"], &shown["in_escrow"]["raw"]), (&true.into(), &"0".into()));
    let status = desk.ok("status");
    assert_eq!(status["tickers"][0]["symbol"], "AAPLx");

    // Anybody recomputes all of it from the chain.
    let audited = desk.ok("audit AAPLx");
    assert_eq!(audited["adds_up"], true, "{audited:#}");
}

#[test]
fn an_owner_takes_back_what_the_custodian_ignores_rejects_or_has_not_taken_up() {
    let desk = Desk::of_ticker("way-back");
    desk.ok("airdrop 10 alice.json");
    desk.mint("AAPLx", "alice", "3");
    let redeem = |line: &str| desk.ok(&format!("redeem {line} --keypair alice.json"));
    for id in 0..3 {
        assert_eq!(redeem("request AAPLx 1")["id"], id.to_string());
    }
    redeem("cancel AAPLx 0");
    let attestors = crate::desk::ATTESTORS;
    desk.ok(&format!("attest reject AAPLx alice.json 1 --reason 7 {attestors} --submit"));
    redeem("claim AAPLx 1");
    let early = desk.refused("redeem reclaim AAPLx 2 --keypair alice.json", 5);
    assert!(text(&early, "message").starts_with("RedemptionNotOverdue"), "{early:#}");
    desk.pass(7 * 24 * HOUR + 1);
    assert_eq!(desk.ok("redeem list")["redemptions"][0]["standing"], "overdue: reclaim it");
    redeem("reclaim AAPLx 2");
    assert_eq!(desk.balance("AAPLx", "alice.json"), 300_000_000);
}
