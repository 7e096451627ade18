//! Event streams can be replayed: numbered without a gap, and hashed to what the account says.

use gate::state::{Claim, Provider, ProviderLimits, Registry};
use scrip_client::gate::catalog;
use scrip_stream::Stream;
use scrip_tests::{
    golden::{check, stream},
    records::{
        Office, Sas, bar_investor, claim, close_investor, drop_venue, limits, register_from_sas,
        revoke_investor, set_provider, set_venue, sync_from_sas, unbar_investor, unlink_wallet,
        update_investor,
    },
    vm::key,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{collections::BTreeSet, fs, path::Path};

/// What an auditor computes from the events of one stream alone: each names its account after its
/// number.
fn replay(office: &Office, of: &Pubkey) -> Stream {
    let mut stream = Stream { sequence: 0, hash: [0; 32] };
    for event in office.world.vm.events.iter().filter(|event| event[16..48] == of.to_bytes()) {
        stream.sequence += 1;
        assert_eq!(event[8..16], stream.sequence.to_le_bytes());
        stream.hash = scrip_interface::sha256(&[&stream.hash, event]);
    }
    stream
}

fn golden_stream(office: &Office, of: &Pubkey, end: &Stream) -> serde_json::Value {
    let events = office.world.vm.events.iter().filter(|event| event[16..48] == of.to_bytes());
    stream(&catalog::PROGRAM, of, &events.cloned().collect::<Vec<_>>(), end)
}

/// A story in which everything happens that a registry and its providers tell of. Returns the
/// providers.
fn tell(office: &mut Office) -> [Pubkey; 2] {
    let provider = office.provider.clone();
    let less = ProviderLimits { max_tier: 2, ..limits(office) };
    office.manage(set_provider(office, &provider.address, less).instruction()).unwrap();
    let venue = key("venue").pubkey();
    office.manage(set_venue(office, &venue).instruction()).unwrap();
    office.manage(drop_venue(office, &venue).instruction()).unwrap();

    let (investor, owners) = office.person_with("alice", 2);
    let moved = Claim { tier: 1, ..claim(&office.world.vm) };
    let update = update_investor(office, &provider, &investor, moved).instruction();
    let revoke = revoke_investor(office, &provider, &investor).instruction();
    for change in [revoke, update.clone()] {
        office.provide(change, &[]).unwrap();
    }
    office.manage(bar_investor(office, &investor).instruction()).unwrap();
    // A refused one leaves no event, and no gap.
    assert!(office.provide(update, &[]).is_err());
    office.manage(unbar_investor(office, &investor).instruction()).unwrap();
    for owner in &owners {
        unlink_wallet(office, &owner.pubkey()).send(&mut office.world.vm, &[owner]).unwrap();
    }
    office.provide(close_investor(office, &provider, &investor).instruction(), &[]).unwrap();

    let sas = Sas::new(office);
    let bob = sas.attest(office, "bob");
    let register = register_from_sas(office, &sas, &bob.pubkey());
    register.send(&mut office.world.vm, &[&bob]).unwrap();
    sync_from_sas(office, &sas, &bob.pubkey()).send(&mut office.world.vm, &[]).unwrap();
    [provider.address, sas.provider]
}

#[test]
fn the_streams_of_a_registry_and_its_providers_replay() {
    let mut office = Office::new();
    let providers = tell(&mut office);
    let registry: Registry = office.world.vm.state(&office.registry);
    assert_eq!(replay(&office, &office.registry), registry.stream);
    assert_eq!(registry.stream.sequence, 6);
    let mut golden = vec![golden_stream(&office, &office.registry, &registry.stream)];
    for (address, events) in providers.into_iter().zip([10, 3]) {
        let provider: Provider = office.world.vm.state(&address);
        assert_eq!(replay(&office, &address), provider.stream);
        assert_eq!(provider.stream.sequence, events);
        golden.push(golden_stream(&office, &address, &provider.stream));
    }
    check("events_golden.json", "gate", golden.into());
}

/// Every event of the program, but those of policies, whose stream has a test of its own.
fn events_about_records() -> Vec<(String, Vec<u8>)> {
    let idl = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/gate.json");
    let idl: serde_json::Value = serde_json::from_str(&fs::read_to_string(idl).unwrap()).unwrap();
    let about_policies = |name: &str| name.starts_with("Policy") || name == "ExtraAccountsListed";
    let named = idl["events"].as_array().unwrap().iter().map(|event| {
        let discriminator = event["discriminator"].as_array().unwrap().iter();
        let bytes = discriminator.map(|byte| byte.as_u64().unwrap() as u8).collect();
        (event["name"].as_str().unwrap().to_owned(), bytes)
    });
    named.filter(|(name, _)| !about_policies(name)).collect()
}

#[test]
fn every_event_about_records_is_in_the_story() {
    let mut office = Office::new();
    tell(&mut office);
    let told: BTreeSet<&[u8]> = office.world.vm.events.iter().map(|event| &event[..8]).collect();
    let all = events_about_records();
    let silent: Vec<_> = all.iter().filter(|(_, bytes)| !told.contains(&bytes[..])).collect();
    assert!(all.len() >= 10 && silent.is_empty(), "{silent:?}");
}
