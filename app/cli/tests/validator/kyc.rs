//! The KYC desk, with tickers that ask who holds them.

use crate::desk::{ATTESTORS, Desk, HOUR, lists, text};

const PERSON: &str = "customer-7 --salt salt.bin --provider 0";

/// One with compliance, a provider for Switzerland and Germany, and a ticker of this mode.
fn desk(name: &str, mode: &str) -> Desk {
    let desk = Desk::of_issuer(name);
    desk.funded("compliance");
    desk.funded("provider");
    desk.write("salt.bin", "sixteen bytes are enough");
    let grant = "issuer roles grant compliance.json compliance list";
    desk.ok(grant);
    desk.pass(HOUR + 1);
    assert_eq!(desk.ok(grant)["granted"], true);
    desk.ok("kyc provider create provider.json --countries CH,DE --max-tier 2 --keypair compliance.json");
    desk.list("COINx", &format!("--mode {mode}"));
    desk.ok("policy set COINx --countries CH --source-check --keypair compliance.json");
    desk
}

fn register(desk: &Desk, wallet: &str) {
    desk.ok(&format!("kyc register {PERSON} --country CH --keypair provider.json"));
    desk.ok(&format!("kyc link {PERSON} --wallet {wallet}.json --keypair provider.json"));
}

#[test]
fn a_frozen_ticker_is_minted_to_registered_wallets_and_stops_with_the_registration() {
    let desk = desk("frozen", "frozen");
    let check = || desk.ok("kyc check COINx alice.json");
    assert!(lists(&check()["against_it"], "not registered"));
    let failure = desk.refused(&format!("mint COINx alice.json 1 --settled 9 {ATTESTORS}"), 5);
    assert!(text(&failure, "message").starts_with("NotRegistered"), "{failure:#}");

    register(&desk, "alice");
    let known = check();
    assert_eq!((&known["may_hold"], &known["country"]), (&true.into(), &"CH".into()));
    // The account is made and thawed on the way.
    desk.mint("COINx", "alice", "1");
    assert_eq!(check()["frozen"], false);
    desk.refused("freeze COINx alice.json", 5);

    desk.ok(&format!("kyc revoke {PERSON} --keypair provider.json"));
    assert!(lists(&check()["against_it"], "the registration was revoked"));
    assert_eq!(desk.ok("freeze COINx alice.json")["frozen"], true);
    desk.refused("thaw COINx alice.json", 5);
    // The provider's word again.
    let again = desk.ok(&format!("kyc register {PERSON} --country CH --keypair provider.json"));
    assert_eq!(again["new"], false);
    assert_eq!(desk.ok("thaw COINx alice.json")["frozen"], false);
}

#[test]
fn a_hooked_ticker_is_redeemed_and_taken_back_by_registered_wallets() {
    let desk = desk("hooked", "hooked");
    desk.ok("airdrop 10 alice.json");
    register(&desk, "alice");
    desk.mint("COINx", "alice", "2");
    desk.ok("redeem request COINx 1 --keypair alice.json");
    desk.ok("redeem cancel COINx 0 --keypair alice.json");
    desk.ok("redeem request COINx all --keypair alice.json");
    desk.ok(&format!("attest settle COINx alice.json --reference W1 {ATTESTORS} --submit"));
    assert_eq!(desk.balance("COINx", "alice.json"), 0);
}

#[test]
fn looser_policies_wait_and_stricter_ones_do_not() {
    let desk = desk("policy", "frozen");
    let set = |countries: &str| {
        desk.ok(&format!(
            "policy set COINx --countries {countries} --source-check --keypair compliance.json"
        ))
    };
    let pending = set("CH,DE");
    assert!(
        lists(&pending["next_countries"], "DE") && !lists(&pending["countries"], "DE"),
        "{pending:#}"
    );
    desk.refused("policy apply COINx", 5);
    desk.pass(HOUR + 1);
    assert!(lists(&desk.ok("policy apply COINx")["countries"], "DE"));
    assert!(!lists(&set("CH")["countries"], "DE"));
}

#[test]
fn a_provider_says_no_more_than_it_may() {
    let desk = desk("provider", "frozen");
    let failure =
        desk.refused(&format!("kyc register {PERSON} --country US --keypair provider.json"), 5);
    assert!(failure["code"].as_u64().is_some(), "{failure:#}");
    assert_eq!(desk.run("kyc register x --salt salt.bin --country ZZ").status, 2);
    // It ends, and keeps what was not named.
    let before = desk.ok("kyc provider show")["providers"][0].clone();
    desk.ok("kyc provider set 0 --until +0s --keypair compliance.json");
    let after = desk.ok("kyc provider show")["providers"][0].clone();
    for field in ["authority", "countries", "max_tier"] {
        assert_eq!(after[field], before[field]);
    }
    assert_ne!(after["until"], before["until"]);
    desk.refused(&format!("kyc register {PERSON} --country CH --keypair provider.json"), 5);
    desk.write("short.bin", "short");
    desk.refused("kyc register x --salt short.bin --country CH --keypair provider.json", 3);
}
