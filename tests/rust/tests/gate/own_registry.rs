//! For mints without a ticker a wallet keeps records of its own.

use gate::{
    error::GateError,
    event::RegistryCreated,
    state::{Registry, Wallet},
};
use scrip_interface::gate::pda;
use scrip_tests::{
    records::{
        Office, Registrar, assert_turned_away, bar_investor, create_provider, create_registry,
        id_hash, link_wallet, register_investor, set_venue, wallet_address,
    },
    vm::key,
};
use solana_keypair::Keypair;
use solana_signer::Signer;

/// A registry of `keeper`'s own with one provider.
fn open(office: &mut Office, keeper: &Keypair) -> Registrar {
    let (payer, wallet) = (office.world.vm.payer.pubkey(), keeper.pubkey());
    let registry = create_registry(payer, wallet, None, wallet);
    registry.send(&mut office.world.vm, &[keeper]).unwrap();
    let authority = key("own provider");
    let mut provider = create_provider(office, 0, authority.pubkey());
    provider.accounts.operator = wallet;
    provider.accounts.role_grant = None;
    provider.accounts.issuer = wallet;
    provider.accounts.registry = registry.accounts.registry;
    provider.accounts.provider = pda::provider(&gate::ID, &wallet, 0).0;
    provider.send(&mut office.world.vm, &[keeper]).unwrap();
    Registrar { issuer: wallet, address: provider.accounts.provider, authority, number: 0 }
}

#[test]
fn create_registry_records_whose_it_is() {
    let mut office = Office::new();
    let (payer, keeper) = (office.world.vm.payer.pubkey(), key("keeper"));
    let create = create_registry(payer, keeper.pubkey(), None, keeper.pubkey());
    let receipt = create.send(&mut office.world.vm, &[&keeper]).unwrap();
    let registry: Registry = office.world.vm.state(&create.accounts.registry);
    assert_eq!((registry.version, registry.providers), (1, 0));
    assert_eq!(registry.issuer, keeper.pubkey());
    let [event] = &receipt.events::<RegistryCreated>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.registry), (1, create.accounts.registry));
    assert_eq!(event.issuer, keeper.pubkey());
}

#[test]
fn create_registry_is_not_blocked_by_a_gift() {
    let mut office = Office::new();
    let (payer, keeper) = (office.world.vm.payer.pubkey(), key("keeper"));
    let create = create_registry(payer, keeper.pubkey(), None, keeper.pubkey());
    office.world.vm.svm.airdrop(&create.accounts.registry, 1_000_000_000).unwrap();
    create.send(&mut office.world.vm, &[&keeper]).unwrap();
}

#[test]
fn a_wallet_keeps_records_of_its_own_and_nobody_elses() {
    let mut office = Office::new();
    let (keeper, thief) = (key("keeper"), key("thief"));
    let provider = open(&mut office, &keeper);
    let issuer = keeper.pubkey();
    let register = register_investor(&office, &provider, id_hash("alice"));
    register.send(&mut office.world.vm, &[&provider.authority]).unwrap();
    let investor = register.accounts.investor;
    let alice = key("alice");
    let link = link_wallet(&office, &provider, &investor, &alice.pubkey());
    link.send(&mut office.world.vm, &[&provider.authority, &alice]).unwrap();
    let record: Wallet = office.world.vm.state(&link.accounts.wallet);
    assert_eq!((record.issuer, record.investor), (issuer, investor));
    // The same wallet in the issuer's records is another record.
    assert!(!office.has_record(&alice.pubkey()));

    let mut bar = bar_investor(&office, &investor);
    bar.accounts.role_grant = None;
    // Neither a thief nor the issuer's officer: this wallet is no Issuer that could have roles.
    for wrong in [&thief, &office.officer.insecure_clone()] {
        bar.accounts.operator = wrong.pubkey();
        let outcome = office.refused(bar.instruction(), &[wrong]);
        assert_turned_away(outcome, GateError::WrongIssuer);
    }
    bar.accounts.operator = issuer;
    bar.send(&mut office.world.vm, &[&keeper]).unwrap();

    let mut venue = set_venue(&office, &key("venue").pubkey());
    venue.accounts.issuer = issuer;
    venue.accounts.registry = pda::registry(&gate::ID, &issuer).0;
    venue.accounts.wallet = wallet_address(&issuer, &key("venue").pubkey());
    venue.accounts.role_grant = None;
    venue.accounts.operator = thief.pubkey();
    let outcome = office.refused(venue.instruction(), &[&thief]);
    assert_turned_away(outcome, GateError::WrongIssuer);
    venue.accounts.operator = issuer;
    venue.send(&mut office.world.vm, &[&keeper]).unwrap();
}
