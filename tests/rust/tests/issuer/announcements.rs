//! What waits for the timelock: announced with all that it does, made once, in its time.

use anchor_lang::AccountDeserialize;
use issuer::{
    constants::{CHANGE_GRACE_SECS, MIN_TIMELOCK_SECS},
    error::IssuerError,
    event::{AnnouncementClosed, ChangeAnnounced},
    state::{Announcement, Change, Issuer, role},
};
use scrip_tests::{
    build::{
        Call, Rival, TIMELOCK_SECS, announce_change, announcement, close_announcement, grant_role,
        role_grant, set_timelock,
    },
    vm::{START, assert_fails, assert_fails_with, key},
    world::World,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const SHORTER: Change = Change::SetTimelock { secs: MIN_TIMELOCK_SECS };
const READY_AT: i64 = START + TIMELOCK_SECS as i64;
const EXPIRES_AT: i64 = READY_AT + CHANGE_GRACE_SECS as i64;

/// `change` is announced, as number 0.
fn announced(change: Change) -> World {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    announce_change(&world, 0, change).send(&mut world.vm, &[&admin]).unwrap();
    world
}

type SetTimelock = Call<issuer::accounts::SetTimelock, issuer::instruction::SetTimelock>;

/// The change `SHORTER`, by the announcement of this number.
fn shorten(world: &World, id: u64) -> SetTimelock {
    let mut call = set_timelock(world, MIN_TIMELOCK_SECS);
    call.accounts.announcement = Some(announcement(world, id));
    call
}

fn timelock(world: &World) -> u32 {
    world.vm.state::<Issuer>(&world.issuer()).timelock_secs()
}

fn read(world: &World, id: u64) -> Option<Announcement> {
    let account = world.vm.account(&announcement(world, id))?;
    Some(Announcement::try_deserialize(&mut account.data.as_slice()).unwrap())
}

fn withdrawal() -> Change {
    let (desk, destination) = (Pubkey::new_from_array([1; 32]), Pubkey::new_from_array([2; 32]));
    Change::WithdrawCash { desk, destination, amount: 5 }
}

/// `wallet` gets CASH by an announcement of this number, which takes a timelock.
fn give_cash_role(world: &mut World, wallet: &Pubkey, id: u64) {
    let admin = world.admin.insecure_clone();
    let mut grant = grant_role(world, wallet, role::CASH);
    let expires_at = grant.data.args.expires_at;
    let change = Change::GrantRole { wallet: *wallet, roles: role::CASH, expires_at };
    announce_change(world, id, change).send(&mut world.vm, &[&admin]).unwrap();
    world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
    grant.accounts.announcement = Some(announcement(world, id));
    grant.send(&mut world.vm, &[&admin]).unwrap();
}

#[test]
fn announce_change_records_the_change_and_its_times() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let receipt = announce_change(&world, 7, SHORTER).send(&mut world.vm, &[&admin]).unwrap();
    let [event] = &receipt.events::<ChangeAnnounced>()[..] else { panic!("one event") };
    assert_eq!((event.issuer, event.announcement), (world.issuer(), announcement(&world, 7)));
    assert_eq!((event.announcer, event.ready_at), (admin.pubkey(), READY_AT));
    assert_eq!(event.change, SHORTER);

    let announcement = read(&world, 7).unwrap();
    assert_eq!((announcement.version, announcement.id, announcement.made), (2, 7, false));
    assert_eq!((announcement.ready_at, announcement.expires_at), (READY_AT, EXPIRES_AT));
    assert_eq!((announcement.announcer, announcement.change), (admin.pubkey(), SHORTER));
    assert_eq!(timelock(&world), TIMELOCK_SECS);
}

#[test]
fn an_announced_change_is_made_from_its_time_on_until_fourteen_days_later() {
    for (now, expected) in [
        (READY_AT - 1, Some(IssuerError::TimelockNotPassed)),
        (READY_AT, None),
        (EXPIRES_AT - 1, None),
        (EXPIRES_AT, Some(IssuerError::AnnouncementExpired)),
    ] {
        let mut world = announced(SHORTER);
        let admin = world.admin.insecure_clone();
        world.vm.set_time(now);
        let outcome = shorten(&world, 0).send(&mut world.vm, &[&admin]);
        if let Some(error) = expected {
            assert_fails(outcome, error);
            assert_eq!((timelock(&world), read(&world, 0).unwrap().made), (TIMELOCK_SECS, false));
        } else {
            outcome.unwrap();
            assert_eq!((timelock(&world), read(&world, 0).unwrap().made), (3_600, true));
        }
    }
}

#[test]
fn an_announced_change_is_made_once() {
    let mut world = announced(SHORTER);
    let admin = world.admin.insecure_clone();
    world.vm.set_time(READY_AT);
    shorten(&world, 0).send(&mut world.vm, &[&admin]).unwrap();
    set_timelock(&world, TIMELOCK_SECS).send(&mut world.vm, &[&admin]).unwrap();
    let again = shorten(&world, 0);
    assert_fails(again.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementUsed);
    assert_eq!(timelock(&world), TIMELOCK_SECS);
}

#[test]
fn an_announced_change_is_made_exactly_as_announced() {
    let wallet = key("wallet").pubkey();
    for other in [
        Change::SetTimelock { secs: MIN_TIMELOCK_SECS + 1 },
        Change::GrantRole { wallet, roles: role::CASH, expires_at: 0 },
        withdrawal(),
    ] {
        let mut world = World::new();
        if other == withdrawal() {
            let cashier = key("cashier");
            give_cash_role(&mut world, &cashier.pubkey(), 9);
            let mut call = announce_change(&world, 0, other);
            call.accounts.operator = cashier.pubkey();
            call.accounts.role_grant = Some(role_grant(&world, &cashier.pubkey()));
            call.send(&mut world.vm, &[&cashier]).unwrap();
        } else {
            let admin = world.admin.insecure_clone();
            announce_change(&world, 0, other).send(&mut world.vm, &[&admin]).unwrap();
        }
        world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
        let admin = world.admin.insecure_clone();
        let outcome = shorten(&world, 0).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::AnnouncementMismatch);
        assert_eq!(timelock(&world), TIMELOCK_SECS);
    }
}

#[test]
fn an_announcement_of_another_issuer_changes_nothing() {
    let mut world = World::new();
    let (admin, rival) = (world.admin.insecure_clone(), Rival::new(&mut world));
    // The rival announced the same change to its own issuer.
    let mut announce = announce_change(&world, 0, SHORTER);
    announce.accounts.operator = rival.admin.pubkey();
    announce.accounts.issuer = rival.issuer;
    let foreign = scrip_interface::pda::announcement(&issuer::ID, &rival.issuer, 0).0;
    announce.accounts.announcement = foreign;
    announce.send(&mut world.vm, &[&rival.admin]).unwrap();
    world.vm.set_time(READY_AT);
    let mut call = shorten(&world, 0);
    call.accounts.announcement = Some(foreign);
    assert_fails(call.send(&mut world.vm, &[&admin]), IssuerError::WrongIssuer);
    assert_eq!(timelock(&world), TIMELOCK_SECS);
}

#[test]
fn announce_change_rejects_who_is_not_admin() {
    let mut world = World::new();
    let (admin, rival) = (world.admin.insecure_clone(), Rival::new(&mut world));
    let (thief, pauser) = (key("thief"), key("pauser"));
    let grant = grant_role(&world, &pauser.pubkey(), role::OF_ADMIN);
    grant.send(&mut world.vm, &[&admin]).unwrap();
    for (other, grant) in [
        (&thief, None),
        (&rival.admin, None),
        (&pauser, Some(role_grant(&world, &pauser.pubkey()))),
    ] {
        let mut call = announce_change(&world, 0, SHORTER);
        call.accounts.operator = other.pubkey();
        call.accounts.role_grant = grant;
        assert_fails(call.send(&mut world.vm, &[other]), IssuerError::NotAdmin);
        let mut call = announce_change(&world, 0, withdrawal());
        call.accounts.operator = other.pubkey();
        call.accounts.role_grant = grant;
        assert_fails(call.send(&mut world.vm, &[other]), IssuerError::PowerMissing);
    }
    assert!(read(&world, 0).is_none());
}

#[test]
fn announce_change_leaves_withdrawals_of_cash_to_the_cash_role_and_nothing_else_to_it() {
    let mut world = World::new();
    let (admin, cashier) = (world.admin.insecure_clone(), key("cashier"));
    let by_admin = announce_change(&world, 0, withdrawal());
    assert_fails(by_admin.send(&mut world.vm, &[&admin]), IssuerError::PowerMissing);

    give_cash_role(&mut world, &cashier.pubkey(), 9);
    let by_cashier = |world: &World, change| {
        let mut call = announce_change(world, 0, change);
        call.accounts.operator = cashier.pubkey();
        call.accounts.role_grant = Some(role_grant(world, &cashier.pubkey()));
        call
    };
    let call = by_cashier(&world, SHORTER);
    assert_fails(call.send(&mut world.vm, &[&cashier]), IssuerError::NotAdmin);
    by_cashier(&world, withdrawal()).send(&mut world.vm, &[&cashier]).unwrap();
}

/// An address is free again once closed, but the wait begins anew; before, nothing replaces it.
#[test]
fn announce_change_starts_the_wait_anew_for_an_id_used_again() {
    let mut world = announced(Change::SetTimelock { secs: MIN_TIMELOCK_SECS + 1 });
    let admin = world.admin.insecure_clone();
    world.vm.set_time(READY_AT);
    let over_it = announce_change(&world, 0, SHORTER);
    // The System program's "already in use".
    assert_fails_with(over_it.send(&mut world.vm, &[&admin]), 0);

    let close = close_announcement(&world, 0).instruction();
    let make = shorten(&world, 0).instruction();
    let all = [close.clone(), over_it.instruction(), make];
    assert_fails(world.vm.send(&all, &[&admin]), IssuerError::TimelockNotPassed);
    world.vm.send(&[close, over_it.instruction()], &[&admin]).unwrap();
    world.vm.set_time(READY_AT + i64::from(TIMELOCK_SECS) - 1);
    let outcome = shorten(&world, 0).send(&mut world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::TimelockNotPassed);
    world.vm.set_time(READY_AT + i64::from(TIMELOCK_SECS));
    shorten(&world, 0).send(&mut world.vm, &[&admin]).unwrap();
}

#[test]
fn close_announcement_takes_a_waiting_one_back_and_returns_the_rent() {
    let mut world = announced(SHORTER);
    let admin = world.admin.insecure_clone();
    let rent = world.vm.account(&announcement(&world, 0)).unwrap().lamports;
    let payer = world.vm.payer.pubkey();
    let before = world.vm.account(&payer).unwrap().lamports;
    let receipt = close_announcement(&world, 0).send(&mut world.vm, &[&admin]).unwrap();
    let [event] = &receipt.events::<AnnouncementClosed>()[..] else { panic!("one event") };
    assert_eq!((event.announcement, event.made), (announcement(&world, 0), false));
    assert!(read(&world, 0).is_none());
    let after = world.vm.account(&payer).unwrap().lamports;
    assert_eq!(after, before + rent - receipt.meta.fee);

    world.vm.set_time(READY_AT);
    let outcome = shorten(&world, 0).send(&mut world.vm, &[&admin]);
    let code = anchor_lang::error::ErrorCode::AccountNotInitialized.into();
    assert_fails_with(outcome, code);
    assert_eq!(timelock(&world), TIMELOCK_SECS);
}

#[test]
fn close_announcement_lets_a_stranger_clear_away_only_what_is_over() {
    let stranger = key("stranger");
    let mut world = announced(SHORTER);
    let admin = world.admin.insecure_clone();
    let close = |world: &World| {
        let mut close = close_announcement(world, 0);
        close.accounts.operator = stranger.pubkey();
        close
    };
    for now in [START, READY_AT, EXPIRES_AT - 1] {
        world.vm.set_time(now);
        let outcome = close(&world).send(&mut world.vm, &[&stranger]);
        assert_fails(outcome, IssuerError::AnnouncementPending);
    }
    world.vm.set_time(EXPIRES_AT);
    close(&world).send(&mut world.vm, &[&stranger]).unwrap();

    world = announced(SHORTER);
    world.vm.set_time(READY_AT);
    shorten(&world, 0).send(&mut world.vm, &[&admin]).unwrap();
    let receipt = close(&world).send(&mut world.vm, &[&stranger]).unwrap();
    assert!(receipt.events::<AnnouncementClosed>()[0].made);
}

#[test]
fn close_announcement_lets_an_announcer_take_its_own_back_only() {
    let mut world = announced(SHORTER);
    let cashier = key("cashier");
    give_cash_role(&mut world, &cashier.pubkey(), 9);
    let mut announce = announce_change(&world, 1, withdrawal());
    announce.accounts.operator = cashier.pubkey();
    announce.accounts.role_grant = Some(role_grant(&world, &cashier.pubkey()));
    announce.send(&mut world.vm, &[&cashier]).unwrap();
    for (id, own) in [(0, false), (1, true)] {
        let mut close = close_announcement(&world, id);
        close.accounts.operator = cashier.pubkey();
        let outcome = close.send(&mut world.vm, &[&cashier]);
        if own {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::AnnouncementPending);
        }
    }
}

#[test]
fn close_announcement_rejects_another_issuer_and_another_rent_payer() {
    let mut world = announced(SHORTER);
    let (admin, rival) = (world.admin.insecure_clone(), Rival::new(&mut world));
    let mut close = close_announcement(&world, 0);
    close.accounts.operator = rival.admin.pubkey();
    close.accounts.issuer = rival.issuer;
    assert_fails(close.send(&mut world.vm, &[&rival.admin]), IssuerError::WrongIssuer);
    let mut close = close_announcement(&world, 0);
    close.accounts.rent_payer = admin.pubkey();
    assert_fails(close.send(&mut world.vm, &[&admin]), IssuerError::WrongRentPayer);
    assert!(read(&world, 0).is_some());
}
