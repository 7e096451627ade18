//! Freezes, holds, modes, seizures.

use super::{OURS, Valid};
use gate::state::Wallet;
use issuer::state::Change;
use scrip_interface::{
    gate::Status,
    issuer::{Mode, role},
};
use scrip_tests::{
    build::{Case, Officer, freeze, lift_hold, open_ticker, place_hold, set_primary_kyc, thaw},
    vm::key,
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("thaw", || {
        let (mut world, officer, alice, bob) = scene();
        // A hold on another account: each is asked for its own.
        place_hold(&world, &officer, &alice.pubkey())
            .send(&mut world.vm, &[&officer.wallet])
            .expect(OURS);
        let thaw = thaw(&world, &bob).instruction();
        Valid::of(world.vm, thaw, &[])
    }),
    ("freeze", || {
        let (mut world, officer, alice, bob) = scene();
        place_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect(OURS);
        let revoke = |wallet: &mut Wallet| wallet.status = Status::Revoked as u8;
        world.edit_record(&alice.pubkey(), revoke);
        let freeze = freeze(&world, &alice.pubkey()).instruction();
        Valid::of(world.vm, freeze, &[])
    }),
    ("place_hold", || {
        let (world, officer, alice, _) = scene();
        let place = place_hold(&world, &officer, &alice.pubkey()).instruction();
        Valid::of(world.vm, place, &[&officer.wallet])
    }),
    ("lift_hold", || {
        let (mut world, officer, alice, _) = scene();
        let hold = place_hold(&world, &officer, &alice.pubkey());
        hold.send(&mut world.vm, &[&officer.wallet]).expect(OURS);
        let lift = lift_hold(&world, &officer, &alice.pubkey()).instruction();
        Valid::of(world.vm, lift, &[&officer.wallet])
    }),
    ("open_ticker", || {
        let (mut world, officer, ..) = scene();
        let mut call = open_ticker(&world, &officer);
        let change = Change::OpenMode { mint: world.mint() };
        call.accounts.announcement = Some(ripe(&mut world, &officer, change));
        Valid::of(world.vm, call.instruction(), &[&officer.wallet])
    }),
    ("set_primary_kyc", || {
        let mut world = World::new();
        let officer = world.officer();
        let begin = set_primary_kyc(&world, &officer, true);
        begin.send(&mut world.vm, &[&officer.wallet]).expect(OURS);
        let mut end = set_primary_kyc(&world, &officer, false);
        let change = Change::EndPrimaryKyc { mint: world.mint() };
        end.accounts.announcement = Some(ripe(&mut world, &officer, change));
        Valid::of(world.vm, end.instruction(), &[&officer.wallet])
    }),
    ("announce_seizure", || {
        let (world, officer, alice, bob) = scene();
        let announce = Case::new(&officer, &alice.pubkey(), &bob).announce(&world).instruction();
        Valid::of(world.vm, announce, &[&officer.wallet])
    }),
    ("contest_seizure", || {
        let (mut world, officer, alice, bob) = scene();
        let case = Case::new(&officer, &alice.pubkey(), &bob);
        case.announced(&mut world);
        let contest = case.contest(&world).instruction();
        Valid::of(world.vm, contest, &[&alice])
    }),
    ("cancel_seizure", || {
        let (mut world, officer, alice, bob) = scene();
        let case = Case::new(&officer, &alice.pubkey(), &bob);
        case.announced(&mut world);
        let cancel = case.cancel(&world).instruction();
        Valid::of(world.vm, cancel, &[&officer.wallet])
    }),
    ("execute_seizure", || {
        let (mut world, officer, alice, bob) = scene();
        for wallet in [alice.pubkey(), bob] {
            world.edit_record(&wallet, |record| record.investor = key("alice herself").pubkey());
        }
        let case = Case::recovery(&officer, &alice.pubkey(), &bob);
        case.announced(&mut world);
        case.ripen(&mut world);
        let execute = case.execute(&world).instruction();
        Valid::of(world.vm, execute, &[&officer.wallet])
    }),
    ("execute_seizure/treasury", || {
        let (mut world, officer, alice, _) = scene();
        let treasury = world.investor("treasury").pubkey();
        let grant = world.grant(&treasury, role::COMPLIANCE);
        let case = Case::new(&officer, &alice.pubkey(), &treasury);
        case.announced(&mut world);
        case.ripen(&mut world);
        let mut execute = case.execute(&world);
        execute.accounts.destination_grant = Some(grant);
        (execute.accounts.policy, execute.accounts.wallet_record) = (None, None);
        Valid::of(world.vm, execute.instruction(), &[&officer.wallet])
    }),
];

/// In frozen mode: an officer, Alice with shares, and Bob, who is registered and frozen yet.
fn scene() -> (World, Officer, Keypair, Pubkey) {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let alice = world.holder("alice", 3 * SHARE);
    let bob = world.investor("bob").pubkey();
    world.register(&bob);
    (world, officer, alice, bob)
}

/// Announced by the officer, and the timelock has passed.
fn ripe(world: &mut World, officer: &Officer, change: Change) -> Pubkey {
    let announced = world.announce_by(&officer.wallet, Some(officer.role_grant), change);
    world.ripen(&announced);
    announced
}
