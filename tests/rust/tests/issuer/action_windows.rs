//! What is closed around a corporate action, and what never is.

use issuer::{
    error::IssuerError,
    state::{Change, Redemption},
};
use scrip_interface::preflight;
use scrip_tests::{
    build::*,
    vm::{Outcome, assert_fails, key},
    world::{SHARE, World},
};
use solana_signer::Signer;

const DAY: i64 = 86_400;

fn setup() -> (World, i64) {
    let mut world = World::new();
    world.holder("alice", 10 * SHARE);
    let at = world.vm.now() + DAY;
    world.schedule(split(10, 1), at);
    (world, at)
}

fn mint(world: &mut World) -> Outcome {
    let mut mint = AttestMint::new(world, &key("alice").pubkey(), 1);
    mint.args.statement.settled_shares_e8 = AFTER_E8;
    mint.send(world)
}

fn is_closed(world: &World) -> bool {
    let answer: issuer::instructions::Preflight =
        can_mint(world, &key("alice").pubkey(), 1).answer(&world.vm);
    answer.reasons & preflight::CORPORATE_ACTION_WINDOW != 0
}

#[test]
fn attest_mint_is_closed_from_before_to_after() {
    let (mut world, at) = setup();
    for (time, closed) in [
        (at - WINDOW - 1, false),
        (at - WINDOW, true),
        (at - 1, true),
        (at, true),
        (at + WINDOW - 1, true),
        (at + WINDOW, false),
    ] {
        world.vm.set_time(time);
        assert_eq!(is_closed(&world), closed, "{}", time - at);
        match closed {
            true => assert_fails(mint(&mut world), IssuerError::CorporateActionWindow),
            false => drop(mint(&mut world).unwrap()),
        }
    }
}

#[test]
fn trades_for_cash_are_closed_in_the_window() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let alice = desk.holder(&mut world, "bob", 10 * SHARE);
    let at = world.vm.now() + WINDOW;
    world.schedule(split(10, 1), at);
    let subscribe = Subscribe::new(&mut world, &desk, &alice.pubkey());
    assert_fails(subscribe.send(&mut world, &alice), IssuerError::CorporateActionWindow);
    let redeem = Redeem::new(&mut world, &desk, &alice.pubkey());
    assert_fails(redeem.send(&mut world, &alice), IssuerError::CorporateActionWindow);
    // A band of prices does not outlive what a share is.
    world.vm.set_time(at + WINDOW);
    let redeem = Redeem::new(&mut world, &desk, &alice.pubkey());
    assert_fails(redeem.send(&mut world, &alice), IssuerError::PriceOutsideBand);
}

#[test]
fn ways_out_stay_open_in_the_window() {
    let (mut world, at) = setup();
    let alice = key("alice");
    world.vm.set_time(at - 1);
    let cancelled = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    cancelled.send(&mut world, &alice).unwrap();
    cancel(&world, &cancelled).send(&mut world.vm, &[&alice]).unwrap();
    let settled = RequestRedemption::new(&world, &alice.pubkey(), 1, SHARE);
    settled.send(&mut world, &alice).unwrap();
    let rejected = RequestRedemption::new(&world, &alice.pubkey(), 2, SHARE);
    rejected.send(&mut world, &alice).unwrap();
    let overdue = RequestRedemption::new(&world, &alice.pubkey(), 3, SHARE);
    overdue.send(&mut world, &alice).unwrap();
    let deadline = 8 + std::mem::offset_of!(Redemption, deadline);
    world.vm.edit(&overdue.accounts.redemption, |account| {
        account.data[deadline..deadline + 8].copy_from_slice(&at.to_le_bytes());
    });
    world.vm.set_time(at);
    acknowledge(&mut world, &settled).send(&mut world).unwrap();
    SettleRedemption::new(&mut world, &settled, SHARE).send(&mut world).unwrap();
    reject(&mut world, &rejected, 1).send(&mut world).unwrap();
    claim(&world, &rejected).send(&mut world.vm, &[&alice]).unwrap();
    reclaim(&world, &overdue).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 9 * SHARE);
}

#[test]
fn set_action_window_tightens_at_once_and_loosens_after_the_timelock() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    set_action_window(&world, 1_800, 900).send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(world.ticker().window().before_secs, 1_800);
    for (before, after) in [(59, 900), (900, 59), (86_401, 900), (900, 86_401), (0, 0)] {
        let outcome = set_action_window(&world, before, after).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::WindowInvalid);
    }
    for (before, after) in [(1_799, 900), (1_800, 899)] {
        let outcome = set_action_window(&world, before, after).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::AnnouncementMissing);
    }
    let mut call = set_action_window(&world, 60, 60);
    let change = Change::SetActionWindow { mint: world.mint(), window: call.data.window };
    let announcement = world.announce(change);
    call.accounts.announcement = Some(announcement);
    assert_fails(call.send(&mut world.vm, &[&admin]), IssuerError::TimelockNotPassed);
    world.ripen(&announcement);
    call.send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(world.ticker().window(), call.data.window);
    let stranger = key("stranger");
    let mut call = set_action_window(&world, 900, 900);
    call.accounts.admin = stranger.pubkey();
    assert_fails(call.send(&mut world.vm, &[&stranger]), IssuerError::NotAdmin);
}

#[test]
fn set_price_band_ends_with_a_pending_action() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let at = world.vm.now() + DAY;
    world.schedule(split(2, 1), at);
    let mut call = set_price_band(&world, &desk);
    call.data.args.expires_at = at + 1;
    let outcome = call.send(&mut world.vm, &[&desk.operator]);
    assert_fails(outcome, IssuerError::PriceBandInvalid);
    call.data.args.expires_at = at;
    call.send(&mut world.vm, &[&desk.operator]).unwrap();
}
