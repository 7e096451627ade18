//! Roles, attestors, admins: what waits, and what counts at once.

use crate::desk::{ATTESTORS, Desk, HOUR, lists, text};

#[test]
fn a_dangerous_role_is_announced_and_granted_after_the_timelock() {
    let desk = Desk::of_issuer("roles");
    let officer = desk.key("officer");
    let grant = "issuer roles grant officer.json compliance corporate-action";
    let first = desk.ok(grant);
    assert_eq!(first["granted"], false, "{first:#}");
    // Meanwhile the same command changes nothing.
    assert_eq!(desk.ok(grant)["ready_at"], first["ready_at"]);
    assert_eq!(desk.ok("issuer show")["announced"].as_array().unwrap().len(), 1);
    desk.pass(HOUR + 1);
    assert_eq!(desk.ok(grant)["granted"], true);
    let shown = desk.ok("issuer roles show");
    assert_eq!(shown["roles"][0]["wallet"], officer);
    assert!(lists(&shown["roles"][0]["roles"], "compliance"), "{shown:#}");
    desk.ok("issuer roles revoke officer.json");
    assert_eq!(desk.ok("issuer roles show")["roles"], serde_json::json!([]));
}

#[test]
fn a_harmless_role_counts_at_once_and_no_further() {
    let desk = Desk::of_issuer("guard");
    desk.funded("guard");
    desk.ok("issuer roles grant guard.json pause");
    desk.ok("issuer pause all --keypair guard.json");
    let failure = desk.refused("issuer unpause all --keypair guard.json", 5);
    assert!(text(&failure, "message").starts_with("PowerMissing"), "{failure:#}");
    desk.ok("issuer unpause all");
}

#[test]
fn a_quorum_replaces_itself_and_the_old_keys_count_no_more() {
    let desk = Desk::of_ticker("rotate");
    for key in ["four", "five"] {
        desk.key(key);
    }
    let proposed = desk.ok(
        "attestors rotate --replaces 0 --overlap 0s --key four.json --key five.json --threshold 2",
    );
    assert_eq!(proposed["counts"], false);
    // By the admin only after the timelock.
    desk.refused("attestors activate 1", 5);
    desk.ok(&format!("attest attestors activate 1 {ATTESTORS} --submit"));
    let failure =
        desk.refused(&format!("mint AAPLx alice.json 1 --set 0 --settled 9 {ATTESTORS}"), 5);
    assert!(text(&failure, "message").starts_with("AttestorSetExpired"), "{failure:#}");
    desk.ok("mint AAPLx alice.json 1 --settled 9 --attestor four.json --attestor five.json");
    let shown = desk.ok("attestors show");
    assert_eq!(shown["attestor_sets"][0]["standing"], "expired");
    assert_eq!(shown["attestor_sets"][1]["standing"], "counts");
    // The next one may sign what the one before it may, where nothing else is said.
    let keys = "--key four.json --key five.json --threshold 1";
    let narrow = desk.ok(&format!("attestors create {keys} --kinds mint,settle"));
    let next = desk.ok(&format!("attestors rotate --replaces {} {keys}", narrow["index"]));
    assert_eq!(next["may_sign"].as_array().map(Vec::len), Some(2));
    assert_eq!(next["may_sign"], narrow["may_sign"]);
    let other = desk.ok(&format!("attestors rotate --replaces 0 {keys} --kinds quote"));
    assert_eq!(other["may_sign"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_stolen_key_is_out_in_one_command() {
    let desk = Desk::of_issuer("stolen");
    for key in ["four"] {
        desk.key(key);
    }
    desk.ok("attestors create --key one.json --key two.json --key four.json --threshold 2");
    desk.list("AAPLx", "");
    // Set 0 needs all three of its keys: it cannot lose one.
    let failure = desk.refused("attestors remove one.json", 5);
    assert!(text(&failure, "message").starts_with("TooFewAttestorsRemain"), "{failure:#}");
    desk.ok("attestors remove four.json");
    let keys = desk.ok("attestors show 1")["keys"].to_string();
    assert!(!keys.contains(&desk.address("four")), "{keys}");
    let failure = desk
        .refused("mint AAPLx alice.json 1 --settled 9 --attestor one.json --attestor four.json", 7);
    assert!(text(&failure, "message").starts_with("1 of 2 signatures"), "{failure:#}");
}

#[test]
fn the_admin_hands_over_in_two_steps() {
    let desk = Desk::of_issuer("admin");
    let next = desk.funded("next");
    desk.ok("issuer admin propose next.json");
    assert_eq!(desk.ok("issuer show")["proposed_admin"], next);
    desk.ok("issuer admin accept --keypair next.json");
    assert_eq!(desk.ok("issuer show")["admin"], next);
    desk.refused("issuer timelock 2h", 5);
    desk.ok("issuer timelock 2h --keypair next.json");
}

#[test]
fn looser_terms_are_announced_and_stricter_ones_count_at_once() {
    let desk = Desk::of_ticker("terms");
    assert_eq!(desk.ok("ticker terms AAPLx --max-statement-age 12h")["changed"], true);
    let looser = "ticker terms AAPLx --max-statement-age 2d";
    assert_eq!(desk.ok(looser)["changed"], false);
    desk.pass(HOUR + 1);
    assert_eq!(desk.ok(looser)["changed"], true);
    assert_eq!(desk.ok("ticker show AAPLx")["max_statement_age_secs"], 2 * 24 * HOUR);
}
