use crate::execute_seizure::scene;
use anchor_lang::error::ErrorCode;
use issuer::{error::IssuerError, event::SeizureContested};
use scrip_interface::issuer::Mode;
use scrip_tests::{
    build::{Case, TIMELOCK_SECS, set_timelock},
    vm::{assert_fails, assert_fails_with, key},
    world::SHARE,
};
use solana_signer::Signer;

const GRACE_SECS: i64 = 14 * 24 * 60 * 60;

#[test]
fn contest_seizure_delays_it_by_another_timelock() {
    let (mut world, officer, alice, bob) = scene(Mode::Frozen);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    let first = case.state(&world).execute_at;
    // A shorter timelock that came after does not shorten this one.
    let admin = world.admin.insecure_clone();
    let shorter = world.announce(issuer::state::Change::SetTimelock { secs: 3_600 });
    world.vm.set_time(first - 1);
    let before = world.ticker().stream.sequence;
    let receipt = case.contested(&mut world, &alice).unwrap();
    world.vm.set_time(first);
    let mut call = set_timelock(&world, 3_600);
    call.accounts.announcement = Some(shorter);
    call.send(&mut world.vm, &[&admin]).unwrap();

    let it = case.state(&world);
    let second = first + i64::from(TIMELOCK_SECS);
    assert_eq!((it.state, it.contested_at, it.note_hash), (1, first - 1, [6; 32]));
    assert_eq!((it.execute_at, it.expires_at), (second, second + GRACE_SECS));
    let [event] = &receipt.events::<SeizureContested>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (before + 1, world.mint()));
    assert_eq!((event.seizure, event.note_hash), (case.address(&world), [6; 32]));
    assert_eq!((event.execute_at, event.expires_at), (it.execute_at, it.expires_at));

    for early in [first, second - 1] {
        world.vm.set_time(early);
        assert_fails(case.executed(&mut world), IssuerError::TimelockNotPassed);
    }
    assert_eq!((world.balance(&case.from), world.balance(&bob)), (3 * SHARE, 0));
    // A delay, no veto.
    world.vm.set_time(second);
    case.executed(&mut world).unwrap();
    assert_eq!((world.balance(&case.from), world.balance(&bob)), (0, 3 * SHARE));
}

#[test]
fn contest_seizure_works_once_and_before_it_may_be_executed() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    case.ripen(&mut world);
    assert_fails(case.contested(&mut world, &alice), IssuerError::ContestTooLate);
    world.vm.set_time(world.vm.now() - 1);
    case.contested(&mut world, &alice).unwrap();
    assert_fails(case.contested(&mut world, &alice), IssuerError::SeizureContested);
    case.ripen(&mut world);
    case.executed(&mut world).unwrap();
    assert_fails(case.contested(&mut world, &alice), IssuerError::SeizureExecuted);
}

#[test]
fn contest_seizure_is_for_the_owner_alone() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    let mallory = key("mallory");
    let mut call = case.contest(&world);
    call.accounts.from_owner = mallory.pubkey();
    assert_fails(call.send(&mut world.vm, &[&mallory]), IssuerError::WrongOwner);
    let mut unsigned = case.contest(&world).instruction();
    unsigned.accounts[0].is_signer = false;
    assert_fails_with(world.vm.send(&[unsigned], &[]), ErrorCode::AccountNotSigner.into());
    let other = world.list_another();
    let mut call = case.contest(&world);
    call.accounts.ticker = other.accounts.ticker;
    assert_fails(call.send(&mut world.vm, &[&alice]), IssuerError::WrongMint);
    let mut call = case.contest(&world);
    call.accounts.seizure = case.hold(&world);
    let wrong_kind = ErrorCode::AccountDiscriminatorMismatch.into();
    assert_fails_with(call.send(&mut world.vm, &[&alice]), wrong_kind);
    assert_eq!(case.state(&world).contested_at, 0);
}
