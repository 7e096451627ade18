//! Flags, files, confirmation, and how commands end.

use crate::desk::{ATTESTORS, Desk, raw, text};

#[test]
fn a_missing_key_file_is_named() {
    let desk = Desk::of_issuer("no-key");
    let failure = desk.refused("custodian create --custodian 1 --name=X --keypair nobody.json", 3);
    assert!(
        text(&failure, "message").starts_with("cannot read the key file nobody.json"),
        "{failure:#}"
    );
}

#[test]
fn a_cluster_that_does_not_answer_is_named() {
    let desk = Desk::new("nowhere");
    let failure = desk.refused("status --url http://127.0.0.1:9", 4);
    assert_eq!(text(&failure, "message"), "no Solana cluster answers at http://127.0.0.1:9");
}

#[test]
fn what_is_not_on_the_chain_is_said_to_be_missing() {
    let desk = Desk::of_issuer("missing");
    assert_eq!(
        text(&desk.refused("ticker show GONEx", 6), "message"),
        "GONEx is not listed with this issuer"
    );
    desk.refused("attestors show 9", 6);
    desk.refused("redeem list GONEx", 6);
}

#[test]
fn nonsense_on_the_command_line_ends_with_status_2() {
    let desk = Desk::new("nonsense");
    assert_eq!(desk.run("issuer abolish").status, 2);
    assert_eq!(desk.run("mint AAPLx").status, 2);
    let failure = desk.refused("issuer show", 2);
    assert_eq!(text(&failure, "message"), "no issuer is named");
    assert_eq!(desk.run("config set issuer nobody").status, 2);
}

#[test]
fn dangerous_acts_want_a_confirmation() {
    let desk = Desk::of_ticker("confirm");
    let ran = desk.run("issuer pause mint");
    assert_eq!(ran.status, 8, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("about to pause mint for all tickers of the issuer"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.ok("issuer show")["paused"], serde_json::json!([]));
    desk.ok("issuer pause mint");
    let failure = desk.refused(&format!("mint AAPLx alice.json 1 --settled 10 {ATTESTORS}"), 5);
    assert!(text(&failure, "message").starts_with("MintingPaused"), "{failure:#}");
    desk.ok("issuer unpause mint");
    desk.mint("AAPLx", "alice", "1");
}

#[test]
fn a_dry_run_shows_and_sends_nothing() {
    let desk = Desk::of_ticker("dry");
    let shown = desk.ok(&format!("--dry-run mint AAPLx alice.json 1 --settled 10 {ATTESTORS}"));
    assert_eq!(shown["dry_run"], true);
    assert!(shown["transactions"][0]["compute_units"].as_u64().unwrap() > 10_000, "{shown:#}");
    assert!(shown["transactions"][0]["signature"].is_null());
    assert!(!shown["logs"].as_array().unwrap().is_empty());
    assert_eq!(raw(&desk.ok("ticker show AAPLx")["supply"]), 0);
    // What would be refused is refused.
    desk.refused(&format!("--dry-run mint AAPLx alice.json 11 --settled 10 {ATTESTORS}"), 5);
}

#[test]
fn a_fee_payer_pays_for_others() {
    let desk = Desk::of_ticker("fee-payer");
    desk.mint("AAPLx", "alice", "1");
    // Alice has no SOL at all.
    let failure = desk.refused("redeem request AAPLx all --keypair alice.json", 5);
    assert!(text(&failure, "message").contains("no SOL"), "{failure:#}");
    desk.ok("redeem request AAPLx all --keypair alice.json --fee-payer admin.json");
    assert_eq!(desk.balance("AAPLx", "alice.json"), 0);
}

#[test]
fn people_read_a_table_of_the_same() {
    let desk = Desk::of_ticker("table");
    desk.mint("AAPLx", "alice", "1.5");
    let ran = desk.run("ticker show AAPLx");
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("1.5 shares (150000000 raw)"), "{}", ran.stdout);
}

#[test]
fn every_shell_gets_a_completion_script() {
    let desk = Desk::new("shells");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = desk.run(&format!("completions {shell}"));
        assert!(ran.status == 0 && ran.stdout.contains("scrip"), "{shell}");
    }
}

#[test]
fn an_account_of_an_older_layout_is_migrated_by_anybody() {
    let desk = Desk::of_ticker("migrate");
    assert_eq!(desk.ok("migrate")["older_layout"], serde_json::json!([]));
    let ticker = text(&desk.ok("ticker show AAPLx"), "ticker");
    let account = desk.chain().account(&ticker.parse().unwrap()).unwrap().unwrap();
    let mut data = account.data;
    data[8] = 1;
    desk.cheat(
        "surfnet_setAccount",
        serde_json::json!([ticker, {
            "owner": account.owner.to_string(),
            "lamports": account.lamports,
            "data": hex::encode(data),
            "executable": false,
        }]),
    );
    assert_eq!(desk.ok("migrate --check")["older_layout"][0]["account"], ticker);
    desk.ok("migrate");
    assert_eq!(desk.ok("migrate --check")["older_layout"], serde_json::json!([]));
}
