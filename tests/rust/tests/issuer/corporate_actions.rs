//! Corporate actions, from announcement to closing.

use issuer::{
    error::IssuerError,
    event::{ActionAnnounced, ActionCancelled, ActionClosed, ActionScheduled},
    instructions::StatementArgs,
    state::{ActionTermsArgs, Change, CorporateAction, pause, role},
};
use scrip_interface::{action::ActionKind, mint::Mint};
use scrip_math::{Timestamp, units::ONE_SHARE_E8};
use scrip_tests::{
    build::*,
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const DAY: i64 = 86_400;

/// A world with 10 shares issued, and the time of an action well ahead.
fn setup() -> (World, i64) {
    let mut world = World::new();
    world.holder("alice", 10 * SHARE);
    let at = world.vm.now() + DAY;
    (world, at)
}

/// The multiplier that Token-2022 applies at a time.
fn multiplier_at(world: &World, time: i64) -> f64 {
    let mint = world.vm.account(&world.mint()).unwrap();
    let scaled_ui = Mint::parse(&mint.data).unwrap().scaled_ui().unwrap();
    let current = scaled_ui.current(Timestamp(time)).unwrap();
    f64::from_bits(current.to_f64_bits())
}

fn mint_one(world: &mut World, settled_e8: u128) -> scrip_tests::vm::Outcome {
    let mut mint = AttestMint::new(world, &key("alice").pubkey(), 1);
    mint.args.statement.settled_shares_e8 = settled_e8;
    mint.send(world)
}

#[test]
fn a_split_goes_from_announcement_to_closing() {
    let (mut world, at) = setup();
    let announced = announce_action(&mut world, split(10, 1)).send(&mut world).unwrap();
    let [event] = &announced.events::<ActionAnnounced>()[..] else { panic!("one event") };
    assert_eq!((event.action_sequence, event.announcer), (1, Pubkey::default()));
    assert_eq!(event.ready_at, world.vm.now());
    let address = action_address(&world);
    let action: CorporateAction = world.vm.state(&address);
    assert_eq!((action.sequence, action.request), (1, event.sequence));
    assert_eq!(world.ticker().action_sequence, 0);

    let schedule = schedule_action(&mut world, at);
    let scheduled = schedule.send(&mut world).unwrap();
    let [event] = &scheduled.events::<ActionScheduled>()[..] else { panic!("one event") };
    assert_eq!(f64::from_bits(event.old_multiplier), 1.0);
    assert_eq!(f64::from_bits(event.new_multiplier), 10.0);
    assert!(!event.short);
    assert_eq!(world.ticker().action_sequence, 1);
    for (time, multiplier) in [(at - 1, 1.0), (at, 10.0), (at + 1, 10.0)] {
        assert_eq!(multiplier_at(&world, time), multiplier);
    }

    let rent = world.vm.account(&address).unwrap().lamports;
    let payer = world.vm.payer.pubkey();
    let before = world.vm.account(&payer).unwrap().lamports;
    let closed = world.complete_action().unwrap();
    assert_eq!(closed.events::<ActionClosed>().len(), 1);
    assert!(world.vm.account(&address).is_none());
    assert!(world.vm.account(&payer).unwrap().lamports > before + rent - 100_000);
    let ticker = world.ticker();
    assert_eq!((ticker.open_action, ticker.action_effective_at), (0, 0));
    assert_eq!(ticker.reserves.as_of, at);
    assert_eq!(ticker.reserves.settled, AFTER_E8.into());
}

#[test]
fn a_role_announces_and_waits_but_cannot_schedule() {
    let (mut world, _) = setup();
    let officer = world.action_officer();
    let announce = announce_action_by(&world, &officer.pubkey(), split(2, 1));
    announce.send(&mut world.vm, &[&officer]).unwrap();
    let action: CorporateAction = world.vm.state(&action_address(&world));
    assert_eq!(action.announcer, officer.pubkey());
    let ready_at = action.ready_at;
    assert_eq!(ready_at, world.vm.now() + i64::from(TIMELOCK_SECS));

    world.vm.set_time(ready_at - 1);
    let early = schedule_action(&mut world, ready_at + DAY).send(&mut world);
    assert_fails(early, IssuerError::TimelockNotPassed);
    world.vm.set_time(ready_at);
    // Too few attestors: the role adds nothing.
    let mut schedule = schedule_action(&mut world, ready_at + DAY);
    schedule.signers = vec![0, 1];
    assert_fails(schedule.send(&mut world), IssuerError::ThresholdNotReached);
    schedule.signers = vec![0, 1, 2];
    schedule.send(&mut world).unwrap();
}

#[test]
fn announce_action_wants_the_role_or_a_quorum() {
    let (mut world, _) = setup();
    let admin = world.admin.insecure_clone();
    let mut call = announce_action_by(&world, &admin.pubkey(), split(2, 1));
    call.accounts.role_grant = None;
    assert_fails(call.send(&mut world.vm, &[&admin]), IssuerError::PowerMissing);
    let pauser = key("pauser");
    world.grant(&pauser.pubkey(), role::PAUSE | role::COMPLIANCE);
    let call = announce_action_by(&world, &pauser.pubkey(), split(2, 1));
    assert_fails(call.send(&mut world.vm, &[&pauser]), IssuerError::PowerMissing);
    let mut call = announce_action_by(&world, &pauser.pubkey(), split(2, 1));
    (call.accounts.operator, call.accounts.role_grant) = (None, None);
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::PowerMissing);
    let mut few = announce_action(&mut world, split(2, 1));
    few.signers = vec![0, 1];
    assert_fails(few.send(&mut world), IssuerError::ThresholdNotReached);
    // What they signed was of another split.
    let mut other = announce_action(&mut world, split(2, 1));
    other.call.data.args.terms.numerator = 3;
    assert_fails(other.send(&mut world), IssuerError::AttestationMismatch);
    assert_eq!(world.ticker().open_action, 0);
}

#[test]
fn announce_action_wants_terms_that_agree() {
    let (mut world, _) = setup();
    let ratio = |kind, numerator, denominator| ratio_terms(kind, numerator, denominator);
    let renamed = ActionTermsArgs { symbol: [b'X'; 16], ..ratio(ActionKind::SymbolChange, 1, 1) };
    let merger = ActionTermsArgs { terms_hash: [1; 32], ..ratio(ActionKind::Merger, 1, 1) };
    for wrong in [
        ActionTermsArgs { kind: 8, ..split(2, 1) },
        ratio(ActionKind::Split, 1, 2),
        ratio(ActionKind::Split, 1, 1),
        ratio(ActionKind::ReverseSplit, 2, 1),
        ratio(ActionKind::ReverseSplit, 1, 1),
        ratio(ActionKind::StockDividend, 99, 100),
        ratio(ActionKind::SpinOff, 1, 1),
        ratio(ActionKind::Correction, 7, 7),
        ratio(ActionKind::SymbolChange, 1, 1),
        ratio(ActionKind::Merger, 1, 1),
        ActionTermsArgs { numerator: 2, ..renamed },
        ActionTermsArgs { numerator: 2, ..merger },
        ActionTermsArgs { evidence_hash: [0; 32], ..split(2, 1) },
        ActionTermsArgs { net_e8: 1, ..split(2, 1) },
        ActionTermsArgs { symbol: [1; 16], ..split(2, 1) },
        ActionTermsArgs { terms_hash: [1; 32], ..split(2, 1) },
        ActionTermsArgs { forced_redemption_at: 1, ..split(2, 1) },
        ActionTermsArgs { net_e8: 17_500_001, ..dividend() },
        ActionTermsArgs { numerator: 1_010, ..dividend() },
    ] {
        let outcome = announce_action(&mut world, wrong).send(&mut world);
        assert_fails(outcome, IssuerError::ActionTermsInvalid);
    }
    for fine in [renamed, merger, dividend()] {
        announce_action(&mut world, fine).send(&mut world).unwrap();
        cancel_action(&mut world).send(&mut world).unwrap();
    }
}

#[test]
fn announce_action_keeps_changes_within_bounds() {
    let (mut world, _) = setup();
    for wide in [split(1_000, 1), split(1, 1_000)] {
        announce_action(&mut world, wide).send(&mut world).unwrap();
        cancel_action(&mut world).send(&mut world).unwrap();
    }
    for beyond in [split(1_001, 1), split(1, 1_001), split(1, 0), split(0, 1)] {
        let outcome = announce_action(&mut world, beyond).send(&mut world);
        assert_fails(outcome, IssuerError::ActionTooLarge);
    }
    // Anything but a split beyond a quarter is for a quorum.
    let officer = world.action_officer();
    for (kind, numerator, denominator, fits) in [
        (ActionKind::StockDividend, 5, 4, true),
        (ActionKind::StockDividend, 126, 100, false),
        (ActionKind::Correction, 3, 4, true),
        (ActionKind::Correction, 74, 100, false),
        (ActionKind::SpinOff, 2, 1, false),
    ] {
        let terms = ratio_terms(kind, numerator, denominator);
        let call = announce_action_by(&world, &officer.pubkey(), terms);
        let outcome = call.send(&mut world.vm, &[&officer]);
        if fits {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::ActionTooLarge);
            announce_action(&mut world, terms).send(&mut world).unwrap();
        }
        cancel_action(&mut world).send(&mut world).unwrap();
    }
}

#[test]
fn only_one_action_is_open() {
    let (mut world, at) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let again = announce_action(&mut world, dividend()).send(&mut world);
    // Its address is taken.
    assert_fails_with(again, 0);
    schedule_action(&mut world, at).send(&mut world).unwrap();
    let mut next = announce_action(&mut world, dividend());
    next.call.accounts.action =
        scrip_interface::pda::corporate_action(&issuer::ID, &world.mint(), 2).0;
    assert_fails(next.send(&mut world), IssuerError::ActionOpen);
    let twice = schedule_action(&mut world, at + DAY).send(&mut world);
    assert_fails(twice, IssuerError::ActionScheduled);
}

#[test]
fn schedule_action_keeps_its_time() {
    let (mut world, _) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let now = world.vm.now();
    for at in [i64::MIN, now - 1, now + WINDOW - 1, now + 30 * DAY + 1, i64::MAX] {
        let outcome = schedule_action(&mut world, at).send(&mut world);
        assert_fails(outcome, IssuerError::ActionTimeInvalid);
    }
    schedule_action(&mut world, now + WINDOW).send(&mut world).unwrap();
    cancel_action(&mut world).send(&mut world).unwrap();
    world.schedule(split(2, 1), now + 30 * DAY);
}

/// A statement may be dated a minute ahead of the clock: it counts the shares of before.
#[test]
fn schedule_action_leaves_no_statement_behind_that_is_of_its_own_second() {
    let (mut world, _) = setup();
    let admin = world.admin.insecure_clone();
    let mut window = set_action_window(&world, 60, 60);
    let change = Change::SetActionWindow { mint: world.mint(), window: window.data.window };
    let announcement = world.announce(change);
    window.accounts.announcement = Some(announcement);
    world.ripen(&announcement);
    window.send(&mut world.vm, &[&admin]).unwrap();
    let at = world.vm.now() + 60;
    let held =
        StatementArgs { as_of: at, settled_shares_e8: 900 * ONE_SHARE_E8, receivable_shares_e8: 0 };
    attest_reserves(&mut world, held).send(&mut world).unwrap();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let outcome = schedule_action(&mut world, at).send(&mut world);
    assert_fails(outcome, IssuerError::ActionTimeInvalid);
    schedule_action(&mut world, at + 1).send(&mut world).unwrap();
}

#[test]
fn schedule_action_takes_what_was_signed_only() {
    let (mut world, at) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    for change in [
        |call: &mut ScheduleAction| call.call.data.args.settled_after_e8 += 1,
        |call: &mut ScheduleAction| call.call.data.args.receivable_after_e8 += 1,
        |call: &mut ScheduleAction| call.call.data.args.effective_at += 1,
        |call: &mut ScheduleAction| call.body.step = 0,
        |call: &mut ScheduleAction| call.body.request += 1,
        |call: &mut ScheduleAction| call.body.terms_hash[0] ^= 1,
        |call: &mut ScheduleAction| call.body.action_sequence += 1,
    ] {
        let mut call = schedule_action(&mut world, at);
        change(&mut call);
        assert_fails(call.send(&mut world), IssuerError::AttestationMismatch);
    }
    // Signed for an announcement that was taken back; the next one says the very same.
    let old = schedule_action(&mut world, at);
    cancel_action(&mut world).send(&mut world).unwrap();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    assert_fails(old.send(&mut world), IssuerError::AttestationMismatch);
}

#[test]
fn schedule_action_refuses_while_token_2022_holds_a_pending_change() {
    let (mut world, at) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let pending_at = world.vm.now() + 100;
    world.set_multipliers(1.0, pending_at, 3.0);
    let schedule = schedule_action(&mut world, at);
    assert_fails(schedule.send(&mut world), IssuerError::MultiplierPending);
    world.vm.set_time(pending_at - 1);
    assert_fails(schedule.send(&mut world), IssuerError::MultiplierPending);
    world.vm.set_time(pending_at);
    schedule.send(&mut world).unwrap();
    // The first multiplier of the mint, stale until now, does not come back.
    assert_eq!((multiplier_at(&world, at - 1), multiplier_at(&world, at)), (3.0, 6.0));
}

#[test]
fn nothing_signed_before_an_action_counts_after_it_is_scheduled() {
    let (mut world, at) = setup();
    let alice = key("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, SHARE);
    let now = world.vm.now();
    let held = StatementArgs { as_of: now + 1, settled_shares_e8: 1, receivable_shares_e8: 0 };
    let reserves = attest_reserves(&mut world, held);
    let alice = key("alice");
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).unwrap();
    let settle = SettleRedemption::new(&mut world, &request, SHARE);
    let cancel = {
        announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
        cancel_action(&mut world)
    };
    schedule_action(&mut world, at).send(&mut world).unwrap();
    let mismatch = IssuerError::AttestationMismatch;
    assert_fails(mint.send(&mut world), mismatch);
    assert_fails(reserves.send(&mut world), IssuerError::AttestationMismatch);
    assert_fails(settle.send(&mut world), IssuerError::AttestationMismatch);
    assert_fails(cancel.send(&mut world), IssuerError::AttestationMismatch);
    // Signed anew it lands.
    SettleRedemption::new(&mut world, &request, SHARE).send(&mut world).unwrap();
}

#[test]
fn a_mint_satisfies_both_pairs_while_an_action_is_pending() {
    let (mut world, at) = setup();
    // 10 raw shares are out; afterwards 2 each, of which 24 are held: 12 raw fit.
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let schedule = schedule_action(&mut world, at).with_shares(24 * ONE_SHARE_E8);
    schedule.send(&mut world).unwrap();
    let alice = key("alice").pubkey();
    let beyond = AttestMint::new(&mut world, &alice, 2 * SHARE + 1).send(&mut world);
    assert_fails(beyond, IssuerError::ReservesInsufficient);
    // And under the current pair: 11 now, though 12 later.
    let mut mint = AttestMint::new(&mut world, &alice, SHARE + 1);
    mint.args.statement.settled_shares_e8 = 11 * ONE_SHARE_E8;
    mint.args.statement.as_of += 1;
    assert_fails(mint.send(&mut world), IssuerError::ReservesInsufficient);
    AttestMint::new(&mut world, &alice, 2 * SHARE).send(&mut world).unwrap();

    // From its second on only the next pair counts, with nobody acting.
    let supply = world.supply();
    let counted = |world: &mut World| reserve_ratio(world);
    world.vm.set_time(at - 1);
    let before = counted(&mut world);
    world.vm.set_time(at);
    let after = counted(&mut world);
    assert_eq!(before.counted_shares_e8, SETTLED_E8);
    assert_eq!(before.supply_shares_e8, u128::from(supply));
    assert_eq!(after.counted_shares_e8, 24 * ONE_SHARE_E8);
    assert_eq!(after.supply_shares_e8, 2 * u128::from(supply));
    assert_eq!((after.as_of, after.ratio_bps), (at, 10_000));
    world.vm.set_time(at + WINDOW);
    assert_fails(mint_one(&mut world, 24 * ONE_SHARE_E8), IssuerError::ReservesInsufficient);
    mint_one(&mut world, 24 * ONE_SHARE_E8 + 2).unwrap();
    world.complete_action().unwrap();
}

#[test]
fn a_statement_belongs_to_the_pair_of_its_date() {
    let (mut world, at) = setup();
    world.schedule(split(2, 1), at);
    let held = |as_of, shares: u128| StatementArgs {
        as_of,
        settled_shares_e8: shares * ONE_SHARE_E8,
        receivable_shares_e8: 0,
    };
    // Ahead of the clock, and past the action: neither pair's.
    world.vm.set_time(at - 1);
    for as_of in [at, at + 1, at + 59] {
        let outcome = attest_reserves(&mut world, held(as_of, 20)).send(&mut world);
        assert_fails(outcome, IssuerError::StatementPastAction);
    }
    attest_reserves(&mut world, held(at - 1, 900)).send(&mut world).unwrap();
    assert_eq!(reserve_ratio(&mut world).counted_shares_e8, 900 * ONE_SHARE_E8);
    world.vm.set_time(at);
    assert_eq!(reserve_ratio(&mut world).counted_shares_e8, AFTER_E8);
    // One of before, landing late, and one of the very second change nothing.
    for as_of in [at - 1, at] {
        let outcome = attest_reserves(&mut world, held(as_of, 900)).send(&mut world);
        assert_fails(outcome, IssuerError::StatementNotNewer);
    }
    attest_reserves(&mut world, held(at + 1, 21)).send(&mut world).unwrap();
    assert_eq!(reserve_ratio(&mut world).counted_shares_e8, 21 * ONE_SHARE_E8);
    world.complete_action().unwrap();
    assert_eq!(world.ticker().reserves.as_of, at + 1);
}

#[test]
fn claims_rise_only_where_shares_cover_them() {
    let (mut world, at) = setup();
    // 10 raw are out: a dividend of a thousandth makes them 10.01 shares.
    let needed = 10 * ONE_SHARE_E8 + ONE_SHARE_E8 / 100;
    announce_action(&mut world, dividend()).send(&mut world).unwrap();
    let short = schedule_action(&mut world, at).with_shares(needed - 1);
    assert_fails(short.send(&mut world), IssuerError::ReservesInsufficient);
    schedule_action(&mut world, at).with_shares(needed).send(&mut world).unwrap();
    cancel_action(&mut world).send(&mut world).unwrap();

    // A split follows the underlying all the same, and stops minting.
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let schedule = schedule_action(&mut world, at).with_shares(20 * ONE_SHARE_E8 - 1);
    let scheduled = schedule.send(&mut world).unwrap();
    assert!(scheduled.events::<ActionScheduled>()[0].short);
    assert_eq!(world.ticker().pauses & pause::MINT, pause::MINT);
    assert_fails(mint_one(&mut world, SETTLED_E8), IssuerError::MintingPaused);
}

#[test]
fn cancel_action_restores_the_pair_at_every_second() {
    let (mut world, at) = setup();
    // Before it is scheduled nothing has changed, and the address is free again.
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let address = action_address(&world);
    let receipt = cancel_action(&mut world).send(&mut world).unwrap();
    assert!(!receipt.events::<ActionCancelled>()[0].was_scheduled);
    assert!(world.vm.account(&address).is_none());
    assert_eq!(world.ticker().action_sequence, 0);

    // An action on record, then one that is taken back in its last second.
    world.schedule(split(3, 1), at);
    world.complete_action().unwrap();
    let at = at + DAY;
    world.schedule(split(2, 1), at);
    world.vm.set_time(at - 1);
    let mint = AttestMint::new(&mut world, &key("alice").pubkey(), 1);
    let receipt = cancel_action(&mut world).send(&mut world).unwrap();
    assert!(receipt.events::<ActionCancelled>()[0].was_scheduled);
    for time in [at - 1, at, at + 1, i64::MAX] {
        assert_eq!(multiplier_at(&world, time), 3.0);
    }
    let ticker = world.ticker();
    assert_eq!((ticker.open_action, ticker.action_effective_at, ticker.next_waits), (0, 0, 0));
    assert_eq!(reserve_ratio(&mut world).counted_shares_e8, AFTER_E8);
    // What was signed meanwhile may be about what would have come.
    assert_eq!(ticker.action_sequence, 3);
    assert_fails(mint.send(&mut world), IssuerError::AttestationMismatch);
}

#[test]
fn cancel_action_is_for_the_role_or_a_quorum_until_it_takes_effect() {
    let (mut world, _) = setup();
    let officer = world.action_officer();
    let at = world.vm.now() + DAY;
    world.schedule(split(2, 1), at);
    let stranger = key("alice");
    let mut call = cancel_action_by(&world, &stranger.pubkey());
    call.accounts.role_grant = None;
    assert_fails(call.send(&mut world.vm, &[&stranger]), IssuerError::PowerMissing);
    let mut few = cancel_action(&mut world);
    few.signers = vec![3];
    assert_fails(few.send(&mut world), IssuerError::ThresholdNotReached);
    let mut call = cancel_action_by(&world, &officer.pubkey());
    call.accounts.rent_payer = officer.pubkey();
    assert_fails(call.send(&mut world.vm, &[&officer]), IssuerError::WrongRentPayer);
    world.vm.set_time(at);
    let call = cancel_action_by(&world, &officer.pubkey());
    assert_fails(call.send(&mut world.vm, &[&officer]), IssuerError::ActionEffective);
    assert_fails(cancel_action(&mut world).send(&mut world), IssuerError::ActionEffective);
    world.vm.set_time(at - 1);
    call.send(&mut world.vm, &[&officer]).unwrap();
}

#[test]
fn close_action_waits_for_its_window() {
    let (mut world, at) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let close = close_action(&world).send(&mut world.vm, &[]);
    assert_fails(close, IssuerError::ActionNotScheduled);
    schedule_action(&mut world, at).send(&mut world).unwrap();
    for time in [at - 1, at, at + WINDOW - 1] {
        world.vm.set_time(time);
        let close = close_action(&world).send(&mut world.vm, &[]);
        assert_fails(close, IssuerError::ActionNotOver);
    }
    world.vm.set_time(at + WINDOW);
    let mut call = close_action(&world);
    call.accounts.rent_payer = key("alice").pubkey();
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::WrongRentPayer);
    close_action(&world).send(&mut world.vm, &[]).unwrap();
}

#[test]
fn an_action_of_another_sequence_is_not_the_open_one() {
    let (mut world, at) = setup();
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    let schedule = schedule_action(&mut world, at);
    let cancel = cancel_action(&mut world);
    let close = close_action(&world);
    world.edit_ticker(|ticker| ticker.open_action = 2);
    assert_fails(schedule.send(&mut world), IssuerError::WrongAction);
    assert_fails(cancel.send(&mut world), IssuerError::WrongAction);
    assert_fails(close.send(&mut world.vm, &[]), IssuerError::WrongAction);
}

#[test]
fn four_actions_are_scheduled_in_a_day() {
    let (mut world, _) = setup();
    let midnight = (world.vm.now() / DAY + 1) * DAY;
    world.vm.set_time(midnight - 4);
    for _ in 0..4 {
        world.schedule(split(2, 1), midnight + DAY);
        cancel_action(&mut world).send(&mut world).unwrap();
    }
    announce_action(&mut world, split(2, 1)).send(&mut world).unwrap();
    world.vm.set_time(midnight - 1);
    let fifth = schedule_action(&mut world, midnight + DAY);
    assert_fails(fifth.send(&mut world), IssuerError::TooManyActions);
    world.vm.set_time(midnight);
    fifth.send(&mut world).unwrap();
}

#[test]
fn two_actions_land_on_one_day() {
    let (mut world, _) = setup();
    let first = world.vm.now() + WINDOW;
    world.schedule(split(1, 2), first);
    world.complete_action().unwrap();
    let second = world.vm.now() + WINDOW;
    world.schedule(ratio_terms(ActionKind::SpinOff, 195, 100), second);
    world.complete_action().unwrap();
    assert_eq!(multiplier_at(&world, second), 0.975);
    assert_eq!(world.ticker().action_sequence, 2);
}

#[test]
fn a_change_of_symbol_leaves_the_multiplier_and_ends_what_was_signed() {
    let (mut world, at) = setup();
    let terms =
        ActionTermsArgs { symbol: [b'X'; 16], ..ratio_terms(ActionKind::SymbolChange, 1, 1) };
    world.schedule(terms, at);
    assert_eq!((multiplier_at(&world, at), world.ticker().action_sequence), (1.0, 1));
    assert_eq!(world.shares_at(SHARE, at).effective_at, 0);
    cancel_action(&mut world).send(&mut world).unwrap();
    world.schedule(terms, at);
    world.complete_action().unwrap();
    assert_eq!(multiplier_at(&world, i64::MAX), 1.0);
}

#[test]
fn a_next_custodian_says_anew_what_is_held_after_a_pending_action() {
    let (mut world, at) = setup();
    world.schedule(split(2, 1), at);
    world.edit_ticker(|ticker| {
        let custodian = ticker.custodian;
        ticker.change_custodian(custodian);
    });
    world.vm.set_time(at);
    assert_eq!(reserve_ratio(&mut world).counted_shares_e8, 0);
    world.vm.set_time(at + WINDOW);
    mint_one(&mut world, AFTER_E8).unwrap();
}
