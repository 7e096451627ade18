//! The gate's records: registries, providers, investors, wallets, venues.

use super::{OURS, Valid};
use scrip_interface::issuer::role;
use scrip_tests::{
    records::{
        Office, Sas, bar_investor, claim, close_investor, create_provider, create_registry,
        drop_venue, id_hash, limits, link_wallet, register_from_sas, register_investor,
        revoke_investor, set_provider, set_venue, sync_from_sas, unbar_investor, unlink_wallet,
        update_investor,
    },
    vm::key,
    world::World,
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// What follows the named accounts of a change of an investor with two wallets.
const RECORDS: [&str; 2] = ["wallet_record", "second_record"];

pub const FORMS: super::Room = &[
    ("create_registry", || {
        let mut world = World::new();
        let officer = key("officer");
        let grant = world.grant(&officer.pubkey(), role::COMPLIANCE);
        let (payer, issuer) = (world.vm.payer.pubkey(), world.issuer());
        let create = create_registry(payer, officer.pubkey(), Some(grant), issuer).instruction();
        Valid::of(world.vm, create, &[&officer])
    }),
    ("create_registry/wallet", || {
        let (world, keeper) = (World::new(), key("keeper"));
        let (payer, wallet) = (world.vm.payer.pubkey(), keeper.pubkey());
        let create = create_registry(payer, wallet, None, wallet).instruction();
        Valid::of(world.vm, create, &[&keeper])
    }),
    ("create_provider", || {
        let office = Office::new();
        let create = create_provider(&office, 1, key("keeper").pubkey()).instruction();
        by_officer(office, create)
    }),
    ("set_provider", || {
        let office = Office::new();
        let set = set_provider(&office, &office.provider.address, limits(&office)).instruction();
        by_officer(office, set)
    }),
    ("register_investor", || {
        let office = Office::new();
        let register = register_investor(&office, &office.provider, id_hash("new")).instruction();
        by_provider(office, register)
    }),
    ("link_wallet", || {
        let mut office = Office::new();
        let (investor, _) = office.person("alice");
        let (new, provider) = (key("new"), office.provider.authority.insecure_clone());
        let link = link_wallet(&office, &office.provider, &investor, &new.pubkey()).instruction();
        Valid::of(office.world.vm, link, &[&provider, &new])
    }),
    ("unlink_wallet", || {
        let mut office = Office::new();
        let (_, alice) = office.person("alice");
        let unlink = unlink_wallet(&office, &alice.pubkey()).instruction();
        Valid::of(office.world.vm, unlink, &[&alice])
    }),
    ("update_investor", || {
        let (office, alice) = with_two_wallets();
        let claim = claim(&office.world.vm);
        let update = update_investor(&office, &office.provider, &alice, claim).instruction();
        by_provider(office, update).with_rest(&RECORDS)
    }),
    ("revoke_investor", || {
        let (office, alice) = with_two_wallets();
        let revoke = revoke_investor(&office, &office.provider, &alice).instruction();
        by_provider(office, revoke).with_rest(&RECORDS)
    }),
    ("bar_investor", || {
        let (office, alice) = with_two_wallets();
        let bar = bar_investor(&office, &alice).instruction();
        by_officer(office, bar).with_rest(&RECORDS)
    }),
    ("unbar_investor", || {
        let (mut office, alice) = with_two_wallets();
        office.manage(bar_investor(&office, &alice).instruction()).expect(OURS);
        let unbar = unbar_investor(&office, &alice).instruction();
        by_officer(office, unbar).with_rest(&RECORDS)
    }),
    ("close_investor", || {
        let mut office = Office::new();
        let empty = office.investor("empty");
        let mut close = close_investor(&office, &office.provider, &empty);
        close.accounts.operator = office.officer.pubkey();
        close.accounts.role_grant = Some(office.role_grant);
        by_officer(office, close.instruction())
    }),
    ("close_investor/provider", || {
        let mut office = Office::new();
        let empty = office.investor("empty");
        let close = close_investor(&office, &office.provider, &empty).instruction();
        by_provider(office, close)
    }),
    ("set_venue", || {
        let office = Office::new();
        let set = set_venue(&office, &key("venue").pubkey()).instruction();
        by_officer(office, set)
    }),
    ("drop_venue", || {
        let (office, venue) = with_venue();
        let drop = drop_venue(&office, &venue).instruction();
        by_officer(office, drop)
    }),
    ("register_from_sas", || {
        let mut office = Office::new();
        let sas = Sas::new(&mut office);
        let bob = sas.attest(&mut office, "bob");
        let register = register_from_sas(&office, &sas, &bob.pubkey()).instruction();
        Valid::of(office.world.vm, register, &[&bob])
    }),
    ("sync_from_sas", || {
        let mut office = Office::new();
        let sas = Sas::new(&mut office);
        let carol = sas.attest(&mut office, "carol");
        let register = register_from_sas(&office, &sas, &carol.pubkey());
        register.send(&mut office.world.vm, &[&carol]).expect(OURS);
        let sync = sync_from_sas(&office, &sas, &carol.pubkey()).instruction();
        Valid::of(office.world.vm, sync, &[]).with_rest(&RECORDS[..1])
    }),
];

fn by_officer(office: Office, instruction: Instruction) -> Valid {
    Valid::of(office.world.vm, instruction, &[&office.officer])
}

fn by_provider(office: Office, instruction: Instruction) -> Valid {
    Valid::of(office.world.vm, instruction, &[&office.provider.authority])
}

fn with_two_wallets() -> (Office, Pubkey) {
    let mut office = Office::new();
    let (alice, _) = office.person_with("alice", 2);
    (office, alice)
}

fn with_venue() -> (Office, Pubkey) {
    let mut office = Office::new();
    let venue = key("venue").pubkey();
    office.manage(set_venue(&office, &venue).instruction()).expect(OURS);
    (office, venue)
}
