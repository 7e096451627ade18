//! The band of prices inside which trades for cash are allowed, whatever a quorum signs.

use issuer::{
    error::IssuerError,
    event::PriceBandChanged,
    state::{RoleGrant, StoredBand, role},
};
use scrip_tests::{
    build::{
        BAND_SECS, DOLLAR, Desk, MAX_PRICE_E8, MIN_PRICE_E8, Redeem, Subscribe, set_price_band,
    },
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_signer::Signer;

const COINS: u64 = 1_000_000 * DOLLAR;

fn scene() -> (World, Desk, Keypair) {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let alice = desk.investor(&mut world, "alice", COINS);
    world.holder("alice", 10 * SHARE);
    (world, desk, alice)
}

/// Both ways, this much cash for this much is allowed.
#[track_caller]
fn inside(world: &mut World, desk: &Desk, alice: &Keypair, amount: u64, cash: u64) {
    let owner = alice.pubkey();
    Subscribe::of(world, desk, &owner, amount, cash).send(world, alice).unwrap();
    Redeem::of(world, desk, &owner, amount, cash).send(world, alice).unwrap();
}

/// Both ways, this much cash for this much is refused.
#[track_caller]
fn outside(world: &mut World, desk: &Desk, alice: &Keypair, amount: u64, cash: u64) {
    let owner = alice.pubkey();
    let subscribe = Subscribe::of(world, desk, &owner, amount, cash).send(world, alice);
    assert_fails(subscribe, IssuerError::PriceOutsideBand);
    let redeem = Redeem::of(world, desk, &owner, amount, cash).send(world, alice);
    assert_fails(redeem, IssuerError::PriceOutsideBand);
}

#[test]
fn a_trade_is_inside_the_band_up_to_its_bounds() {
    let (mut world, desk, alice) = scene();
    for (low, high, amount) in [
        (190 * DOLLAR, 210 * DOLLAR, SHARE),
        (19 * DOLLAR, 21 * DOLLAR, SHARE / 10),
        // 0.00000005 shares: 9.5 and 10.5 millionths.
        (10, 10, 5),
    ] {
        inside(&mut world, &desk, &alice, amount, low);
        inside(&mut world, &desk, &alice, amount, high);
        outside(&mut world, &desk, &alice, amount, low - 1);
        outside(&mut world, &desk, &alice, amount, high + 1);
    }
}

#[test]
fn the_band_is_per_share_so_the_multiplier_counts() {
    let (mut world, desk, alice) = scene();
    // Ten shares for one token since a split.
    world.set_multipliers(1.0, 0, 10.0);
    inside(&mut world, &desk, &alice, SHARE / 10, 190 * DOLLAR);
    inside(&mut world, &desk, &alice, SHARE / 10, 210 * DOLLAR);
    outside(&mut world, &desk, &alice, SHARE / 10, 190 * DOLLAR - 1);
    outside(&mut world, &desk, &alice, SHARE / 10, 210 * DOLLAR + 1);

    // AAPLx's own: one token is between 1.00326901 and 1.00326902 shares, so at least
    // 190 x 1.00326902 = 190.6211138 and at most 210 x 1.00326901 = 210.6864921.
    world.set_multipliers(1.0, 0, 1.0032690125398187);
    inside(&mut world, &desk, &alice, SHARE, 190_621_114);
    inside(&mut world, &desk, &alice, SHARE, 210_686_492);
    outside(&mut world, &desk, &alice, SHARE, 190_621_113);
    outside(&mut world, &desk, &alice, SHARE, 210_686_493);
}

#[test]
fn a_new_multiplier_counts_from_its_second_on() {
    let (mut world, desk, alice) = scene();
    let effective_at = world.vm.now() + 100;
    world.set_multipliers(1.0, effective_at, 2.0);
    world.vm.set_time(effective_at - 1);
    inside(&mut world, &desk, &alice, SHARE, 200 * DOLLAR);
    outside(&mut world, &desk, &alice, SHARE, 400 * DOLLAR);
    world.vm.set_time(effective_at);
    inside(&mut world, &desk, &alice, SHARE, 400 * DOLLAR);
    outside(&mut world, &desk, &alice, SHARE, 200 * DOLLAR);
}

#[test]
fn no_band_or_an_expired_one_allows_no_trade() {
    let (mut world, desk, alice) = scene();
    let expires_at = world.ticker().price_band.expires_at;
    world.vm.set_time(expires_at - 1);
    inside(&mut world, &desk, &alice, SHARE, 200 * DOLLAR);
    world.vm.set_time(expires_at);
    outside(&mut world, &desk, &alice, SHARE, 200 * DOLLAR);
    world.edit_ticker(|ticker| ticker.price_band = StoredBand::default());
    outside(&mut world, &desk, &alice, SHARE, 200 * DOLLAR);
}

#[test]
fn set_price_band_records_it_for_at_most_seven_days() {
    let (mut world, desk, _) = scene();
    let mut set = set_price_band(&world, &desk);
    let args = &mut set.data.args;
    (args.min_price_e8, args.max_price_e8) = (5, 5);
    let expires_at = args.expires_at;
    let receipt = set.send(&mut world.vm, &[&desk.operator]).unwrap();
    let stored = StoredBand { min_price_e8: 5, max_price_e8: 5, expires_at };
    assert_eq!(world.ticker().price_band, stored);
    let [event] = &receipt.events::<PriceBandChanged>()[..] else { panic!("one event") };
    assert_eq!((event.mint, event.expires_at), (world.mint(), expires_at));
    assert_eq!((event.min_price_e8, event.max_price_e8), (5, 5));
    assert_eq!(event.sequence, world.ticker().stream.sequence);

    let now = world.vm.now();
    let cases = [
        (0, MAX_PRICE_E8, now + BAND_SECS),
        (MAX_PRICE_E8 + 1, MAX_PRICE_E8, now + BAND_SECS),
        (MIN_PRICE_E8, MAX_PRICE_E8, now),
        (MIN_PRICE_E8, MAX_PRICE_E8, now + BAND_SECS + 1),
        (MIN_PRICE_E8, MAX_PRICE_E8, i64::MIN),
        (MIN_PRICE_E8, MAX_PRICE_E8, i64::MAX),
    ];
    for (min_price_e8, max_price_e8, expires_at) in cases {
        let mut set = set_price_band(&world, &desk);
        let args = &mut set.data.args;
        (args.min_price_e8, args.max_price_e8) = (min_price_e8, max_price_e8);
        args.expires_at = expires_at;
        let outcome = set.send(&mut world.vm, &[&desk.operator]);
        assert_fails(outcome, IssuerError::PriceBandInvalid);
        assert_eq!(world.ticker().price_band, stored);
    }
}

#[test]
fn set_price_band_needs_the_cash_role_while_it_lasts() {
    let (mut world, desk, _) = scene();
    let admin = world.admin.insecure_clone();
    for grant in [None, Some(desk.role_grant)] {
        let mut theirs = set_price_band(&world, &desk);
        theirs.accounts.operator = admin.pubkey();
        theirs.accounts.role_grant = grant;
        assert_fails(theirs.send(&mut world.vm, &[&admin]), IssuerError::PowerMissing);
    }
    let officer = key("officer");
    let mut theirs = set_price_band(&world, &desk);
    theirs.accounts.operator = officer.pubkey();
    theirs.accounts.role_grant = Some(world.grant(&officer.pubkey(), role::ALL & !role::CASH));
    assert_fails(theirs.send(&mut world.vm, &[&officer]), IssuerError::PowerMissing);

    let expires_at = world.vm.state::<RoleGrant>(&desk.role_grant).expires_at;
    world.vm.set_time(expires_at - 1);
    set_price_band(&world, &desk).send(&mut world.vm, &[&desk.operator]).unwrap();
    world.vm.set_time(expires_at);
    let late = set_price_band(&world, &desk).send(&mut world.vm, &[&desk.operator]);
    assert_fails(late, IssuerError::RoleGrantExpired);
}

#[test]
fn set_price_band_rejects_a_ticker_or_grant_of_another_issuer() {
    let (mut world, desk, _) = scene();
    let mut set = set_price_band(&world, &desk);
    set.accounts.issuer = world.another_issuer();
    // The ticker's issuer is compared before the role is looked at.
    assert_fails(set.send(&mut world.vm, &[&desk.operator]), IssuerError::WrongIssuer);

    let mut set = set_price_band(&world, &desk);
    let at = 8 + std::mem::offset_of!(RoleGrant, issuer);
    world.vm.edit(&desk.role_grant, |account| account.data[at] ^= 1);
    set.accounts.role_grant = Some(desk.role_grant);
    assert_fails(set.send(&mut world.vm, &[&desk.operator]), IssuerError::WrongIssuer);
}
