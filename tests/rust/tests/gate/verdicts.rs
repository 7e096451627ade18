//! What the records say to a policy: `scrip_interface::gate::judge` over records as the program
//! wrote them.

use anchor_lang::{
    __private::bytemuck::{Zeroable, bytes_of},
    Discriminator,
};
use gate::{
    error::GateError,
    state::{Policy, evidence},
};
use scrip_interface::gate::{self as reader, Reasons, flag, judge};
use scrip_math::Timestamp;
use scrip_tests::{
    records::{
        GERMANY, Office, SINGAPORE, bar_investor, claim, countries, revoke_investor, set_venue,
        unlink_wallet,
    },
    vm::key,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Takes Germans of tier 2 by the first provider, of the office's records.
fn policy(office: &Office) -> Policy {
    let mut policy = Policy::zeroed();
    policy.version = 1;
    policy.issuer = office.issuer();
    policy.countries = countries(&[GERMANY]);
    policy.min_tier = 2;
    policy.providers = 1 << office.provider.number;
    policy
}

/// Why an owner may not hold the policy's mint, and the error that says so.
fn verdict(office: &Office, policy: &Policy, owner: &Pubkey) -> (Reasons, Option<u32>) {
    let data = [Policy::DISCRIMINATOR, bytes_of(policy)].concat();
    let policy = reader::Policy::parse(&data).unwrap();
    let record = office.world.vm.account(&office.wallet_address(owner));
    let record = record.as_ref().map(|account| reader::Wallet::parse(&account.data).unwrap());
    let reasons = judge(&policy, record.as_ref(), Timestamp(office.world.vm.now()));
    (reasons, (!reasons.is_empty()).then(|| GateError::of(reasons).into()))
}

#[test]
fn each_reason_is_found_and_named() {
    let mut office = Office::new();
    let (investor, owner) = office.person("alice");
    let owner = owner.pubkey();
    let valid = policy(&office);
    assert_eq!(verdict(&office, &valid, &owner), (Reasons::NONE, None));

    let mut other = valid;
    other.paused = 1;
    let expected = (Reasons::POLICY_PAUSED, Some(u32::from(GateError::PolicyPaused)));
    assert_eq!(verdict(&office, &other, &owner), expected);
    let mut other = valid;
    other.countries = countries(&[SINGAPORE]);
    let expected = (Reasons::COUNTRY_NOT_ALLOWED, Some(u32::from(GateError::CountryNotAllowed)));
    assert_eq!(verdict(&office, &other, &owner), expected);
    let mut other = valid;
    other.min_tier = 3;
    let expected = (Reasons::TIER_TOO_LOW, Some(u32::from(GateError::TierTooLow)));
    assert_eq!(verdict(&office, &other, &owner), expected);
    let mut other = valid;
    other.providers = !other.providers;
    let expected =
        (Reasons::PROVIDER_NOT_ACCEPTED, Some(u32::from(GateError::ProviderNotAccepted)));
    assert_eq!(verdict(&office, &other, &owner), expected);
    let unknown = (Reasons::NOT_REGISTERED, Some(u32::from(GateError::NotRegistered)));
    let mut other = valid;
    other.issuer = key("another issuer").pubkey();
    assert_eq!(verdict(&office, &other, &owner), unknown);
    assert_eq!(verdict(&office, &valid, &key("stranger").pubkey()), unknown);

    let provider = office.provider.clone();
    let revoke = revoke_investor(&office, &provider, &investor);
    let bar = bar_investor(&office, &investor);
    let revoked = (Reasons::REVOKED, Some(u32::from(GateError::Revoked)));
    office.provide(revoke.instruction(), &[]).unwrap();
    assert_eq!(verdict(&office, &valid, &owner), revoked);
    office.manage(bar.instruction()).unwrap();
    assert_eq!(verdict(&office, &valid, &owner), revoked);
    assert_eq!(office.provider().evidence, evidence::SIGNATURE);
}

#[test]
fn a_record_counts_until_the_second_it_expires() {
    let mut office = Office::new();
    let (_, owner) = office.person("alice");
    let (valid, end) = (policy(&office), claim(&office.world.vm).expires_at);
    office.world.vm.set_time(end - 1);
    assert_eq!(verdict(&office, &valid, &owner.pubkey()), (Reasons::NONE, None));
    for now in [end, end + 1] {
        office.world.vm.set_time(now);
        let expected = (Reasons::EXPIRED, Some(u32::from(GateError::Expired)));
        assert_eq!(verdict(&office, &valid, &owner.pubkey()), expected);
    }
}

#[test]
fn a_venue_passes_where_venues_may_and_needs_nothing_else() {
    let mut office = Office::new();
    let venue = key("vault authority").pubkey();
    office.manage(set_venue(&office, &venue).instruction()).unwrap();
    let mut policy = policy(&office);
    let expected = (Reasons::VENUE_NOT_ALLOWED, Some(u32::from(GateError::VenueNotAllowed)));
    assert_eq!(verdict(&office, &policy, &venue), expected);
    policy.flags = flag::VENUES;
    policy.providers = 0;
    assert_eq!(verdict(&office, &policy, &venue), (Reasons::NONE, None));
}

#[test]
fn an_unlinked_wallet_is_a_stranger() {
    let mut office = Office::new();
    let (_, owner) = office.person("alice");
    let unlink = unlink_wallet(&office, &owner.pubkey());
    unlink.send(&mut office.world.vm, &[&owner]).unwrap();
    let expected = (Reasons::NOT_REGISTERED, Some(u32::from(GateError::NotRegistered)));
    assert_eq!(verdict(&office, &policy(&office), &owner.pubkey()), expected);
}
