//! Holds, seizures and recoveries.

use crate::desk::{Desk, HOUR, text};

fn desk(name: &str) -> Desk {
    let desk = Desk::of_ticker(name);
    desk.funded("compliance");
    let grant = "issuer roles grant compliance.json compliance";
    desk.ok(grant);
    desk.pass(HOUR + 1);
    desk.ok(grant);
    desk.mint("AAPLx", "alice", "2");
    desk.write("case.txt", "the court's order");
    desk
}

#[test]
fn a_held_account_is_stopped_until_compliance_lifts_the_hold() {
    let desk = desk("held");
    desk.ok("airdrop 10 alice.json");
    desk.refused("hold place AAPLx alice.json --reason 3 --case case.txt", 5);
    desk.ok("hold place AAPLx alice.json --reason 3 --case case.txt --keypair compliance.json");
    let shown = desk.ok("hold show AAPLx alice.json");
    assert_eq!((&shown["held"], &shown["reason"]), (&true.into(), &3.into()));
    let failure = desk.refused("thaw AAPLx alice.json", 5);
    assert!(text(&failure, "message").starts_with("AccountHeld"), "{failure:#}");
    desk.refused("redeem request AAPLx all --keypair alice.json", 5);
    assert_eq!(desk.ok("status")["tickers"][0]["attention"][0], "1 accounts held");
    assert_eq!(desk.ok("hold lift AAPLx alice.json --keypair compliance.json")["frozen"], false);
    desk.ok("redeem request AAPLx all --keypair alice.json");
}

#[test]
fn a_seizure_waits_is_contested_and_executed() {
    let desk = desk("seized");
    desk.ok("airdrop 10 alice.json");
    desk.ok("seize announce AAPLx alice.json --to compliance.json --amount 1.5 --reason 1 --case case.txt --keypair compliance.json");
    let execute = "seize execute AAPLx case.txt --to-compliance --keypair compliance.json";
    desk.refused(execute, 5);
    desk.write("note.txt", "the shares are mine");
    desk.ok("seize contest AAPLx case.txt --note note.txt --keypair alice.json");
    desk.pass(HOUR + 1);
    assert_eq!(desk.ok("seize show AAPLx case.txt")["standing"], "waits for the timelock");
    desk.refused(execute, 5);
    desk.pass(HOUR + 1);
    assert_eq!(desk.ok(execute)["moved"]["shares"], "1.5");
    assert_eq!(desk.balance("AAPLx", "compliance.json"), 150_000_000);
    assert_eq!(desk.ok("seize show AAPLx case.txt")["standing"], "executed");
}

#[test]
fn a_cancelled_seizure_ends_its_hold() {
    let desk = desk("cancelled");
    desk.ok("seize announce AAPLx alice.json --to compliance.json --reason 1 --case case.txt --keypair compliance.json");
    desk.ok("seize cancel AAPLx case.txt");
    assert_eq!(desk.ok("hold show AAPLx alice.json")["held"], false);
    desk.refused("seize show AAPLx case.txt", 6);
}
