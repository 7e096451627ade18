//! Admin, timelock, roles, pauses, terms; an issuer, a custodian and a ticker that are made.

use super::{OURS, Valid, by_admin, by_official, of};
use issuer::{
    instruction as data,
    instructions::MetadataChange,
    state::{Change, Limit, pause},
};
use scrip_interface::{
    issuer::{Mode, role},
    pda,
};
use scrip_tests::{
    build::{
        CreateCustodian, CreateIssuer, ListTicker, TIMELOCK_SECS, accept_admin, announce_change,
        close_announcement, close_owner_limits, grant_role, open_owner_limits, padded,
        propose_admin, revoke_role, set_action_window, set_issuer_pause, set_terms,
        set_ticker_pause, set_timelock, sync_transfer_pause, update_metadata,
    },
    vm::key,
    world::World,
};
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("create_issuer", create_issuer),
    ("create_custodian", create_custodian),
    ("list_ticker", list_ticker),
    ("propose_admin", || {
        let world = World::new();
        let propose = propose_admin(&world, &key("next admin").pubkey());
        by_admin(world, propose.instruction())
    }),
    ("accept_admin", || {
        let (mut world, next) = (World::new(), key("next admin"));
        let admin = world.admin.insecure_clone();
        propose_admin(&world, &next.pubkey()).send(&mut world.vm, &[&admin]).expect(OURS);
        let accept = accept_admin(&world, &next.pubkey()).instruction();
        Valid::of(world.vm, accept, &[&next])
    }),
    ("set_timelock", || {
        let mut world = World::new();
        let secs = TIMELOCK_SECS - 3_600;
        let mut call = set_timelock(&world, secs);
        call.accounts.announcement = Some(ripe(&mut world, Change::SetTimelock { secs }));
        by_admin(world, call.instruction())
    }),
    ("announce_change", || {
        let mut world = World::in_mode(Mode::Frozen);
        let change = Change::OpenMode { mint: world.mint() };
        by_official!(world, announce_change(&world, 77, change))
    }),
    ("close_announcement", || {
        let mut world = World::new();
        let admin = world.admin.insecure_clone();
        let change = Change::SetTimelock { secs: TIMELOCK_SECS - 3_600 };
        announce_change(&world, 77, change).send(&mut world.vm, &[&admin]).expect(OURS);
        let close = close_announcement(&world, 77).instruction();
        by_admin(world, close)
    }),
    ("grant_role", || {
        let (mut world, wallet) = (World::new(), key("compliance").pubkey());
        let mut call = grant_role(&world, &wallet, role::COMPLIANCE);
        let expires_at = call.data.args.expires_at;
        let change = Change::GrantRole { wallet, roles: role::COMPLIANCE, expires_at };
        call.accounts.announcement = Some(ripe(&mut world, change));
        by_admin(world, call.instruction())
    }),
    ("revoke_role", || {
        let (mut world, wallet) = (World::new(), key("pauser").pubkey());
        world.grant(&wallet, role::PAUSE);
        let revoke = revoke_role(&world, &wallet).instruction();
        by_admin(world, revoke)
    }),
    ("set_issuer_pause", || {
        let mut world = World::new();
        by_official!(world, set_issuer_pause(&world, pause::MINT, 0))
    }),
    ("set_ticker_pause", || {
        let mut world = World::new();
        by_official!(world, set_ticker_pause(&world, pause::TRANSFER, 0))
    }),
    ("sync_transfer_pause", || {
        let mut world = World::new();
        let admin = world.admin.insecure_clone();
        let pause = set_issuer_pause(&world, pause::TRANSFER, 0);
        pause.send(&mut world.vm, &[&admin]).expect(OURS);
        let sync = sync_transfer_pause(&world).instruction();
        Valid::of(world.vm, sync, &[])
    }),
    ("set_terms", || {
        let mut world = World::new();
        let mut terms = world.ticker().terms();
        terms.max_statement_age_secs += 1;
        let mut call = set_terms(&world, terms);
        let change = Change::SetTerms { mint: world.mint(), terms };
        call.accounts.announcement = Some(ripe(&mut world, change));
        by_admin(world, call.instruction())
    }),
    ("set_action_window", || {
        let mut world = World::new();
        let mut call = set_action_window(&world, 60, 60);
        let change = Change::SetActionWindow { mint: world.mint(), window: call.data.window };
        call.accounts.announcement = Some(ripe(&mut world, change));
        by_admin(world, call.instruction())
    }),
    ("open_owner_limits", || {
        let world = World::new();
        let open = open_owner_limits(&world, &key("alice").pubkey()).instruction();
        Valid::of(world.vm, open, &[])
    }),
    ("close_owner_limits", || {
        let (mut world, alice) = (World::new(), key("alice").pubkey());
        world.open_limits(&alice);
        let close = close_owner_limits(&world, &alice).instruction();
        Valid::of(world.vm, close, &[])
    }),
    ("update_metadata", || {
        let mut world = World::new();
        // Longer than before: the payer adds the rent.
        let name = "Apple Incorporated, each token a share".to_owned();
        by_official!(world, update_metadata(&world, MetadataChange::Name { name }))
    }),
    ("migrate", || {
        let mut world = scrip_tests::build::first_layout();
        let custodian = world.custodian.accounts.custodian;
        let migrate = |world: &World, account, custodian| {
            scrip_tests::build::migrate(&world.vm, account, custodian)
        };
        migrate(&world, &custodian, None).send(&mut world.vm, &[]).expect(OURS);
        let set = migrate(&world, &world.attestor_set, Some(custodian)).instruction();
        Valid::of(world.vm, set, &[])
    }),
    ("migrate/custodian", || {
        let world = scrip_tests::build::first_layout();
        // It grows, and the payer adds the rent.
        let custodian = world.custodian.accounts.custodian;
        let migrate = scrip_tests::build::migrate(&world.vm, &custodian, None).instruction();
        Valid::of(world.vm, migrate, &[])
    }),
];

/// Announced by the admin, and the timelock has passed.
pub fn ripe(world: &mut World, change: Change) -> solana_pubkey::Pubkey {
    let announcement = world.announce(change);
    world.ripen(&announcement);
    announcement
}

/// A limit that lets twice as much pass.
pub fn doubled(limit: Limit) -> Limit {
    Limit { capacity: 2 * limit.capacity, ..limit }
}

fn create_issuer() -> Valid {
    let world = World::new();
    let creator = world.vm.payer.pubkey();
    let mut create = CreateIssuer::new(&creator, &world.admin.pubkey());
    create.args.id = 5;
    create.accounts.issuer = pda::issuer(&issuer::ID, &creator, 5).0;
    by_admin(world, of(create.accounts, data::CreateIssuer { args: create.args }))
}

fn create_custodian() -> Valid {
    let world = World::new();
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.pubkey());
    let create = CreateCustodian::new(&payer, &admin, &world.issuer(), 1);
    by_admin(world, of(create.accounts, data::CreateCustodian { args: create.args }))
}

fn list_ticker() -> Valid {
    let mut world = World::new();
    let official = super::official(&mut world);
    let payer = world.vm.payer.pubkey();
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(padded("NVDAx"));
    list.accounts.operator = official.wallet.pubkey();
    list.accounts.role_grant = Some(official.role_grant);
    let instruction = of(list.accounts, data::ListTicker { args: list.args });
    Valid::of(world.vm, instruction, &[&official.wallet, &list.mint])
}
