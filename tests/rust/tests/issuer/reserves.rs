//! Statements of reserves that come without a mint, and what a shortfall stops.

use issuer::{
    accounts::GrantRole,
    error::IssuerError,
    event::ReservesAttested,
    instruction,
    instructions::{GrantRoleArgs, SetPauseArgs, StatementArgs},
    state::{ReserveSnapshot, pause, role},
};
use scrip_interface::{
    attestation::{Kind, ReserveBody},
    pda,
};
use scrip_tests::{
    build::{
        AttestMint, Call, RequestRedemption, Reserves, SETTLED_E8, SettleRedemption, TERMS, YEAR,
        acknowledge, attest_reserves, cancel, event_authority, pause_issuer, pause_ticker, reclaim,
        ticker_pause,
    },
    vm::{Outcome, Receipt, START, assert_fails, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const SHARE_E8: u128 = SHARE as u128;
const DAY: i64 = 24 * 60 * 60;

fn statement(as_of: i64, settled_shares_e8: u128) -> StatementArgs {
    StatementArgs { as_of, settled_shares_e8, receivable_shares_e8: 0 }
}

/// Alice holds ten shares. The last statement is of START.
fn setup() -> (World, Keypair) {
    let mut world = World::new();
    let alice = world.holder("alice", 10 * SHARE);
    world.vm.set_time(START + 100);
    (world, alice)
}

fn attest(world: &mut World, as_of: i64, settled_shares_e8: u128) -> Outcome {
    attest_reserves(world, statement(as_of, settled_shares_e8)).send(world)
}

fn event(receipt: &Receipt) -> ReservesAttested {
    let [event] = &receipt.events::<ReservesAttested>()[..] else { panic!("one event") };
    ReservesAttested { ..*event }
}

/// A statement with a change: refused, and the snapshot is as it was.
#[track_caller]
fn refused(change: impl FnOnce(&mut Reserves, &mut World), expected: IssuerError) {
    let (mut world, _) = setup();
    let before = world.ticker().reserves;
    let mut call = attest_reserves(&mut world, statement(START + 100, 20 * SHARE_E8));
    change(&mut call, &mut world);
    assert_fails(call.send(&mut world), expected);
    assert_eq!((world.ticker().reserves, world.ticker().pauses), (before, 0));
}

#[track_caller]
fn mismatch(change: impl FnOnce(&mut ReserveBody)) {
    refused(|call, _| change(&mut call.body), IssuerError::AttestationMismatch);
}

/// A wallet with these roles, and its grant.
fn operator(world: &mut World, name: &str, roles: u16) -> (Keypair, Pubkey) {
    let (wallet, admin) = (key(name), world.admin.insecure_clone());
    let issuer = world.listed.accounts.issuer;
    let role_grant = pda::role_grant(&issuer::ID, &issuer, &wallet.pubkey()).0;
    let accounts = GrantRole {
        payer: world.vm.payer.pubkey(),
        admin: admin.pubkey(),
        issuer,
        wallet: wallet.pubkey(),
        role_grant,
        announcement: None,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = GrantRoleArgs { roles, expires_at: START + YEAR };
    let grant = Call::new(accounts, instruction::GrantRole { args });
    grant.send(&mut world.vm, &[&admin]).unwrap();
    (wallet, role_grant)
}

#[test]
fn attest_reserves_records_what_the_custodian_holds() {
    let (mut world, _) = setup();
    let said = StatementArgs {
        as_of: START + 90,
        settled_shares_e8: 100 * SHARE_E8,
        receivable_shares_e8: u128::MAX - 1,
    };
    let receipt = attest_reserves(&mut world, said).send(&mut world).unwrap();
    let recorded = ReserveSnapshot {
        as_of: START + 90,
        settled: (100 * SHARE_E8).into(),
        receivable: (u128::MAX - 1).into(),
    };
    assert_eq!(world.ticker().reserves, recorded);
    assert_eq!((world.ticker().pauses, world.supply()), (0, 10 * SHARE));
    let event = event(&receipt);
    assert_eq!((event.sequence, event.mint, event.as_of), (2, world.mint(), START + 90));
    assert_eq!(event.settled_shares_e8, 100 * SHARE_E8);
    assert_eq!(event.receivable_shares_e8, u128::MAX - 1);
    // Of the receivable ones as many count as 5% of the settled.
    assert_eq!((event.counted_shares_e8, event.supply), (105 * SHARE_E8, 10 * SHARE));
    assert!(!event.short);
}

#[test]
fn attest_reserves_goes_forward_in_time_only() {
    let (mut world, _) = setup();
    for as_of in [START, START - 1, i64::MIN] {
        let outcome = attest(&mut world, as_of, 20 * SHARE_E8);
        assert_fails(outcome, IssuerError::StatementNotNewer);
    }
    let future = attest(&mut world, START + 161, 20 * SHARE_E8);
    assert_fails(future, IssuerError::StatementInFuture);
    attest(&mut world, START + 1, 20 * SHARE_E8).unwrap();
    // Attestors' clocks may be a minute ahead.
    attest(&mut world, START + 160, 30 * SHARE_E8).unwrap();
    assert_eq!(world.ticker().reserves.settled, (30 * SHARE_E8).into());
}

#[test]
fn attest_reserves_takes_an_old_statement_and_mints_rest_on_none_such() {
    let (mut world, alice) = setup();
    world.vm.set_time(START + 3 * DAY);
    attest(&mut world, START + DAY, 50 * SHARE_E8).unwrap();
    let mut mint = AttestMint::new(&mut world, &alice.pubkey(), SHARE);
    mint.args.statement = statement(START + DAY, 50 * SHARE_E8);
    assert_fails(mint.send(&mut world), IssuerError::StatementStale);
    AttestMint::new(&mut world, &alice.pubkey(), SHARE).send(&mut world).unwrap();
}

#[test]
fn two_mints_signed_in_one_minute_land_in_either_order() {
    for order in [[0usize, 1], [1, 0]] {
        let (mut world, alice) = setup();
        let mints = [90, 95].map(|second| {
            let mut mint = AttestMint::new(&mut world, &alice.pubkey(), 3 * SHARE);
            mint.args.statement = statement(START + second, 16 * SHARE_E8);
            mint
        });
        for place in order {
            mints[place].send(&mut world).unwrap();
        }
        assert_eq!(world.supply(), 16 * SHARE);
        assert_eq!(world.ticker().reserves.as_of, START + 95);
        // And both of them are counted against what is left.
        let mut third = AttestMint::new(&mut world, &alice.pubkey(), 1);
        third.args.statement = statement(START + 95, 16 * SHARE_E8);
        assert_fails(third.send(&mut world), IssuerError::ReservesInsufficient);
    }
}

#[test]
fn a_shortfall_pauses_minting_by_itself_at_the_first_missing_unit() {
    let (mut world, alice) = setup();
    let enough = attest(&mut world, START + 1, 10 * SHARE_E8).unwrap();
    assert_eq!((event(&enough).short, world.ticker().pauses), (false, 0));
    let short = attest(&mut world, START + 2, 10 * SHARE_E8 - 1).unwrap();
    assert_eq!((event(&short).short, world.ticker().pauses), (true, pause::MINT));

    // Neither a mint that brings enough nor a statement lifts it.
    let mint = AttestMint::new(&mut world, &alice.pubkey(), 1);
    assert_fails(mint.send(&mut world), IssuerError::MintingPaused);
    let covered = attest(&mut world, START + 3, 20 * SHARE_E8).unwrap();
    assert_eq!((event(&covered).short, world.ticker().pauses), (false, pause::MINT));
    assert_fails(mint.send(&mut world), IssuerError::MintingPaused);
}

#[test]
fn only_the_unpause_role_lifts_the_pause_of_a_shortfall() {
    let (mut world, alice) = setup();
    attest(&mut world, START + 1, SHARE_E8).unwrap();
    attest(&mut world, START + 2, 20 * SHARE_E8).unwrap();
    let lift = SetPauseArgs { pause: 0, unpause: pause::MINT };
    for (name, roles, lifts) in
        [("pauser", role::PAUSE | role::LIST, false), ("unpauser", role::UNPAUSE, true)]
    {
        let (wallet, role_grant) = operator(&mut world, name, roles);
        let mut call = ticker_pause(&world, &wallet.pubkey(), lift);
        assert_fails(call.send(&mut world.vm, &[&wallet]), IssuerError::PowerMissing);
        call.accounts.role_grant = Some(role_grant);
        let outcome = call.send(&mut world.vm, &[&wallet]);
        match lifts {
            true => drop(outcome.unwrap()),
            false => assert_fails(outcome, IssuerError::PowerMissing),
        }
        assert_eq!(world.ticker().pauses, if lifts { 0 } else { pause::MINT });
    }
    AttestMint::new(&mut world, &alice.pubkey(), SHARE).send(&mut world).unwrap();
}

#[test]
fn a_shortfall_is_judged_by_the_multiplier_now_and_next() {
    for (current, effective_in, next) in [(1.0, 1, 2.0), (2.0, 1, 1.0), (1.0, -1, 2.0)] {
        let (mut world, _) = setup();
        let now = world.vm.now();
        world.set_multipliers(current, now + effective_in, next);
        attest(&mut world, START + 1, 20 * SHARE_E8).unwrap();
        assert_eq!(world.ticker().pauses, 0);
        attest(&mut world, START + 2, 20 * SHARE_E8 - 1).unwrap();
        assert_eq!(world.ticker().pauses, pause::MINT);
    }
}

#[test]
fn receivable_shares_make_up_for_a_shortfall_up_to_their_limit() {
    for (receivable, short) in [(SHARE_E8 / 2, false), (SHARE_E8 / 2 - 1, true)] {
        let (mut world, _) = setup();
        world.edit_ticker(|ticker| ticker.max_receivable_bps = 1_000);
        let said = StatementArgs {
            as_of: START + 1,
            settled_shares_e8: 19 * SHARE_E8 / 2,
            receivable_shares_e8: receivable,
        };
        let receipt = attest_reserves(&mut world, said).send(&mut world).unwrap();
        assert_eq!(event(&receipt).short, short);
    }
    let (mut world, _) = setup();
    let said = StatementArgs {
        as_of: START + 1,
        settled_shares_e8: 9 * SHARE_E8,
        // Only 5% of the settled count.
        receivable_shares_e8: SHARE_E8,
    };
    let receipt = attest_reserves(&mut world, said).send(&mut world).unwrap();
    assert!(event(&receipt).short);
}

#[test]
fn exits_stay_open_when_the_custodian_is_short_or_silent() {
    let (mut world, alice) = setup();
    attest(&mut world, START + 1, 0).unwrap();
    world.vm.set_time(START + 10 * DAY);
    let requests = [0, 1, 2].map(|id| {
        let request = RequestRedemption::new(&world, &alice.pubkey(), id, SHARE);
        request.send(&mut world, &alice).unwrap();
        request
    });
    acknowledge(&mut world, &requests[0]).send(&mut world).unwrap();
    SettleRedemption::new(&mut world, &requests[0], SHARE).send(&mut world).unwrap();
    cancel(&world, &requests[1]).send(&mut world.vm, &[&alice]).unwrap();
    world.vm.set_time(START + 10 * DAY + i64::from(TERMS.redemption_secs));
    reclaim(&world, &requests[2]).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.supply()), (9 * SHARE, 9 * SHARE));
    assert_eq!(world.ticker().reserves.settled, 0.into());
}

#[test]
fn attest_reserves_is_stopped_by_no_pause() {
    let (mut world, _) = setup();
    pause_issuer(&mut world, pause::ALL);
    pause_ticker(&mut world, pause::ALL);
    attest(&mut world, START + 1, 20 * SHARE_E8).unwrap();
    assert_eq!(world.ticker().reserves.settled, (20 * SHARE_E8).into());
}

#[test]
fn attest_reserves_counts_once() {
    let (mut world, _) = setup();
    let call = attest_reserves(&mut world, statement(START + 1, SETTLED_E8));
    call.send(&mut world).unwrap();
    assert_fails(call.send(&mut world), IssuerError::NonceUsed);
}

#[test]
fn attest_reserves_rejects_a_message_about_anything_else() {
    mismatch(|body| body.header.genesis_hash = [8; 32]);
    mismatch(|body| body.header.subject = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.attestor_set = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.nonce += 1);
    mismatch(|body| body.action_sequence += 1);
    mismatch(|body| body.statement.as_of += 1);
    mismatch(|body| body.statement.settled_shares_e8 -= 1);
    mismatch(|body| body.statement.receivable_shares_e8 += 1);
}

#[test]
fn attest_reserves_needs_a_quorum_that_may() {
    refused(|call, _| call.signers = vec![0, 1], IssuerError::ThresholdNotReached);
    refused(
        |_, world| {
            let kinds = (Kind::ALL_BITS & !Kind::Reserve.bit()).to_le_bytes();
            let set = world.attestor_set;
            world.vm.edit(&set, |account| account.data[16..18].copy_from_slice(&kinds));
        },
        IssuerError::KindNotAllowed,
    );
    refused(
        |call, world| call.call.accounts.attestor_set = world.another_custodians_set(),
        IssuerError::WrongCustodian,
    );
}

#[test]
fn attest_reserves_rejects_accounts_of_another_ticker() {
    refused(
        |call, world| call.call.accounts.mint = world.list_another().accounts.mint,
        IssuerError::WrongMint,
    );
    refused(
        |call, world| call.call.accounts.nonces = world.list_another().accounts.nonces,
        IssuerError::WrongSubject,
    );
    refused(
        |call, world| call.call.accounts.issuer = world.another_issuer(),
        IssuerError::WrongIssuer,
    );
}

#[test]
fn attest_reserves_rejects_a_multiplier_it_cannot_count_with() {
    refused(|_, world| world.set_multipliers(1.0, 0, f64::NAN), IssuerError::MultiplierInvalid);
}
