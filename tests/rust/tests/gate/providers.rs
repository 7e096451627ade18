//! Providers: who may register whom, until when, and never more than that.

use gate::{
    error::GateError,
    event::{ProviderChanged, ProviderCreated},
    instructions::CreateProviderArgs,
    state::{Provider, ProviderLimits, evidence},
};
use scrip_interface::gate::pda;
use scrip_tests::{
    build::YEAR,
    records::{
        GERMANY, MAX_TIER, Office, SINGAPORE, SWITZERLAND, Sas, assert_turned_away, countries,
        create_provider, create_sas_provider, id_hash, limits, register_investor, set_provider,
    },
    vm::{START, assert_fails_with, key},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Of the System program: what is to be created is there.
const IN_USE: u32 = 0;

#[test]
fn create_provider_records_who_may_say_what_of_whom() {
    let mut office = Office::new();
    let authority = key("authority").pubkey();
    let create = create_provider(&office, 1, authority);
    let receipt = office.manage(create.instruction()).unwrap();
    let limits = limits(&office);
    let provider: Provider = office.world.vm.state(&create.accounts.provider);
    assert_eq!((provider.version, provider.number, provider.evidence), (1, 1, evidence::SIGNATURE));
    assert_eq!((provider.issuer, provider.authority), (office.issuer(), authority));
    assert_eq!((provider.limits(), provider.schema), (limits, Pubkey::default()));
    assert_eq!((provider.stream.sequence, office.registry().providers), (0, 2));
    let [event] = &receipt.events::<ProviderCreated>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.registry), (3, office.registry));
    assert_eq!((event.provider, event.number), (create.accounts.provider, 1));
    assert_eq!((event.authority, event.limits), (authority, limits));
}

#[test]
fn create_provider_takes_a_credential_and_a_schema_of_sas() {
    let mut office = Office::new();
    let sas = Sas::new(&mut office);
    let provider: Provider = office.world.vm.state(&sas.provider);
    assert_eq!((provider.number, provider.evidence), (1, evidence::SAS));
    assert_eq!(provider.authority, sas.credential.address());
    assert_eq!(provider.schema, sas.schema.address());
    assert_eq!((provider.country_offset, provider.tier_offset), (9, 11));
}

#[test]
fn create_provider_gives_numbers_in_order_and_none_twice() {
    let mut office = Office::new();
    let authority = key("authority").pubkey();
    for number in [2, 63, 64, u8::MAX] {
        let create = create_provider(&office, number, authority).instruction();
        assert_turned_away(office.officer_refused(create), GateError::ProviderNumberInvalid);
    }
    let again = create_provider(&office, 0, authority).instruction();
    assert_fails_with(office.officer_refused(again), IN_USE);
    // The number of the second, at the address of the first.
    let mut elsewhere = create_provider(&office, 1, authority);
    elsewhere.accounts.provider = office.provider.address;
    let seeds = u32::from(anchor_lang::error::ErrorCode::ConstraintSeeds);
    assert_fails_with(office.officer_refused(elsewhere.instruction()), seeds);
}

#[test]
fn create_provider_stops_at_as_many_as_a_policy_has_bits_for() {
    let mut office = Office::new();
    for number in 1..64 {
        assert_eq!(office.another_provider().number, number);
    }
    let one_more = create_provider(&office, 64, key("authority").pubkey());
    let outcome = office.officer_refused(one_more.instruction());
    assert_turned_away(outcome, GateError::TooManyProviders);
}

#[test]
fn create_provider_rejects_what_is_no_provider() {
    type Change = fn(&mut CreateProviderArgs);
    let mut office = Office::new();
    let sas = Sas::new(&mut office);
    let by_signature: [Change; 8] = [
        |args| args.evidence = 0,
        |args| args.evidence = 3,
        |args| args.evidence = evidence::SAS,
        |args| args.authority = Pubkey::default(),
        |args| args.schema = Pubkey::new_unique(),
        |args| args.country_offset = 1,
        |args| args.tier_offset = 1,
        |args| args.limits.countries = countries(&[0, GERMANY]),
    ];
    let by_sas: [Change; 2] =
        [|args| args.authority = Pubkey::default(), |args| args.schema = Pubkey::default()];
    let number = office.registry().providers;
    let mut wrong = vec![];
    for change in by_signature {
        let mut call = create_provider(&office, number, key("authority").pubkey());
        change(&mut call.data.args);
        wrong.push(call);
    }
    for change in by_sas {
        let mut call = create_sas_provider(&office, &sas);
        change(&mut call.data.args);
        wrong.push(call);
    }
    for call in wrong {
        let outcome = office.officer_refused(call.instruction());
        assert_turned_away(outcome, GateError::ProviderInvalid);
    }
}

#[test]
fn create_provider_is_not_blocked_by_a_gift() {
    let mut office = Office::new();
    let create = create_provider(&office, 1, key("authority").pubkey());
    office.world.vm.svm.airdrop(&create.accounts.provider, 1_000_000_000).unwrap();
    office.manage(create.instruction()).unwrap();
    assert_eq!(office.registry().providers, 2);
}

#[test]
fn set_provider_takes_countries_and_tiers_and_moves_the_end() {
    let mut office = Office::new();
    let narrower =
        ProviderLimits { countries: countries(&[GERMANY]), max_tier: 1, expires_at: START };
    let later = ProviderLimits { expires_at: START + 9 * YEAR, ..narrower };
    let provider = office.provider.address;
    for (limits, sequence) in [(narrower, 3), (later, 4)] {
        let set = set_provider(&office, &provider, limits);
        let receipt = office.manage(set.instruction()).unwrap();
        assert_eq!(office.provider().limits(), limits);
        let [event] = &receipt.events::<ProviderChanged>()[..] else { panic!("one event") };
        assert_eq!((event.sequence, event.provider, event.limits), (sequence, provider, limits));
    }
}

#[test]
fn set_provider_never_gives_more() {
    let mut office = Office::new();
    let provider = office.provider.address;
    let had = limits(&office);
    let higher = ProviderLimits { max_tier: MAX_TIER + 1, ..had };
    let added = ProviderLimits { countries: countries(&[GERMANY, 4]), ..had };
    // Fewer countries than before, but one that is new: the last bit there is.
    let swapped = ProviderLimits { countries: countries(&[SINGAPORE, 1023]), max_tier: 0, ..had };
    for limits in [higher, added, swapped] {
        let set = set_provider(&office, &provider, limits).instruction();
        assert_turned_away(office.officer_refused(set), GateError::ProviderWidened);
    }
    // What was taken once does not come back either.
    let less = ProviderLimits { countries: countries(&[SWITZERLAND]), ..had };
    office.manage(set_provider(&office, &provider, less).instruction()).unwrap();
    let set = set_provider(&office, &provider, had).instruction();
    assert_turned_away(office.officer_refused(set), GateError::ProviderWidened);
}

#[test]
fn a_provider_registers_nobody_from_its_last_second_on() {
    let mut office = Office::new();
    let provider = office.provider.clone();
    let end = limits(&office).expires_at;
    for (now, lands) in [(end - 1, true), (end, false), (end + 1, false)] {
        office.world.vm.set_time(now);
        let register = register_investor(&office, &provider, id_hash(&now.to_string()));
        if lands {
            office.provide(register.instruction(), &[]).unwrap();
        } else {
            let outcome = office.provider_refused(register.instruction(), &[]);
            assert_turned_away(outcome, GateError::ProviderExpired);
        }
    }
}

#[test]
fn providers_of_two_registries_do_not_mix() {
    let mut office = Office::new();
    let other = office.world.another_issuer();
    let authority = key("authority").pubkey();
    let mut create = create_provider(&office, 0, authority);
    create.accounts.issuer = other;
    create.accounts.provider = pda::provider(&gate::ID, &other, 0).0;
    let outcome = office.officer_refused(create.instruction());
    assert_turned_away(outcome, GateError::WrongIssuer);
}
