//! Corporate actions.

use crate::desk::{ATTESTORS, Desk, HOUR, text};

const EVIDENCE: &str = "--ex-date 2026-12-01 --evidence 0707070707070707070707070707070707070707070707070707070707070707";

#[test]
fn a_split_by_a_quorum_takes_effect_in_its_second() {
    let desk = Desk::of_ticker("split");
    desk.mint("AAPLx", "alice", "2");
    desk.ok(&format!(
        "attest action announce AAPLx split --ratio 4:1 {EVIDENCE} {ATTESTORS} --submit"
    ));
    let made = desk.ok(&format!(
        "attest action schedule AAPLx --at +1h --settled-after 4000 {ATTESTORS} --out schedule.json"
    ));
    assert!(
        made["says"].to_string().contains("It is a split: 4 new shares for 1 old ones"),
        "{made:#}"
    );
    desk.ok("action schedule schedule.json");
    let listed = desk.ok("action list AAPLx");
    assert_eq!(
        (&listed["actions"][0]["ratio"], &listed["actions"][0]["standing"]),
        (&"4:1".into(), &"scheduled".into())
    );
    desk.refused("action close AAPLx", 5);
    desk.pass(2 * HOUR);
    let shown = desk.ok("ticker show AAPLx");
    assert_eq!(shown["supply"]["shares"], "8");
    // What is held after the split counts from its second on.
    assert_eq!((&shown["counted_reserves"], &shown["covered"]), (&"4000".into(), &true.into()));
    desk.ok("action close AAPLx");
    let listed = desk.ok("action list AAPLx");
    assert_eq!(listed["actions"], serde_json::json!([]));
    assert_eq!(listed["past_multipliers"].as_array().unwrap().last().unwrap()["multiplier"], "4");
}

#[test]
fn an_action_by_a_role_waits_and_can_be_cancelled() {
    let desk = Desk::of_ticker("by-role");
    desk.funded("officer");
    let grant = "issuer roles grant officer.json corporate-action";
    desk.ok(grant);
    desk.pass(HOUR + 1);
    desk.ok(grant);
    desk.ok(&format!(
        "action announce AAPLx stock-dividend --ratio 11:10 {EVIDENCE} --keypair officer.json"
    ));
    assert_eq!(
        desk.ok("action list")["actions"][0]["standing"],
        "announced: waits for the timelock"
    );
    let failure = desk.refused(
        &format!("attest action schedule AAPLx --at +1h --settled-after 10 {ATTESTORS} --submit"),
        5,
    );
    assert!(text(&failure, "message").starts_with("TimelockNotPassed"), "{failure:#}");
    desk.ok("action cancel AAPLx --keypair officer.json");
    assert_eq!(desk.ok("action list")["actions"], serde_json::json!([]));
}

#[test]
fn terms_that_do_not_agree_are_not_even_written_down() {
    let desk = Desk::of_ticker("terms-disagree");
    // A dividend of 0.25 less 30 % at 175 makes 1.001, not 1.01.
    let dividend = "reinvested-dividend --gross 0.25 --withholding 0.075 --reinvestment-price 175";
    desk.refused(&format!("attest action announce AAPLx {dividend} --ratio 101:100 {EVIDENCE}"), 2);
    desk.ok(&format!("attest action announce AAPLx {dividend} --ratio 1001:1000 {EVIDENCE}"));
}
