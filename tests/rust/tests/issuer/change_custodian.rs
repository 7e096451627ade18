//! A ticker gets another custodian: by the admin once announced, or by a quorum of the current one.

use issuer::{
    constants::{CHANGE_GRACE_SECS, CLOCK_TOLERANCE_SECS},
    error::IssuerError,
    event::CustodianChanged,
    state::{Change, Custodian, ReserveSnapshot},
};
use scrip_interface::attestation::{AttestorsBody, Decision};
use scrip_tests::{
    attest::attestors,
    build::{
        AttestMint, ByQuorum, CreateAttestorSet, CreateCustodian, Rival, TIMELOCK_SECS,
        activate_attestor_set, announce_change, change_custodian, decide, send_decided,
    },
    vm::{Outcome, START, assert_fails, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A quorum signs once it has seen the next custodian's sets, whatever its clock.
const SEEN_AT: i64 = START + CLOCK_TOLERANCE_SECS as i64 + 1;
const READY_AT: i64 = SEEN_AT + TIMELOCK_SECS as i64;

/// A world with one share of Alice's, and a second custodian with a set of its own.
struct Setup {
    world: World,
    admin: Keypair,
    next: CreateCustodian,
    next_set: CreateAttestorSet,
}

impl Setup {
    fn new() -> Self {
        let mut world = World::new();
        world.holder("alice", SHARE);
        let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
        let next = CreateCustodian::new(&payer, &admin.pubkey(), &world.issuer(), 1);
        next.send(&mut world.vm, &[&admin]).unwrap();
        let keys = attestors("next", 3);
        let next_set = CreateAttestorSet::new(&payer, &next.accounts, &keys, 2, START);
        next_set.send(&mut world.vm, &[&admin]).unwrap();
        world.vm.set_time(SEEN_AT);
        Self { world, admin, next, next_set }
    }

    /// With the admin's announcement, number 0.
    fn announced() -> Self {
        let mut setup = Self::new();
        let (mint, custodian) = (setup.world.mint(), setup.next.accounts.custodian);
        let change = Change::ChangeCustodian { mint, custodian };
        let announce = announce_change(&setup.world, 0, change);
        announce.send(&mut setup.world.vm, &[&setup.admin]).unwrap();
        setup
    }

    fn by_admin(&mut self) -> Outcome {
        let call = change_custodian(&self.world, &self.next.accounts.custodian, 0);
        call.send(&mut self.world.vm, &[&self.admin])
    }

    fn decision(&mut self) -> AttestorsBody {
        let (mint, next) = (self.world.mint(), self.next.accounts.custodian);
        decide(&mut self.world, Decision::ChangeCustodian, mint, next.to_bytes())
    }

    fn by_quorum(&mut self, decision: &AttestorsBody) -> Outcome {
        let next = self.next.accounts.custodian;
        let mut call = change_custodian(&self.world, &next, 0).by_quorum(decision);
        call.accounts.announcement = None;
        let signers = attestors("custodian", 5);
        let signers: Vec<_> = signers[..3].iter().collect();
        send_decided(&mut self.world, &call, decision, &signers)
    }

    /// A captured key becomes a set of the next custodian, at once.
    fn add_captured_set(&mut self) {
        let payer = self.world.vm.payer.pubkey();
        let (keys, now) = (attestors("captured", 1), self.world.vm.now());
        let mut set = CreateAttestorSet::new(&payer, &self.next.accounts, &keys, 1, now);
        set.set_index(1);
        set.send(&mut self.world.vm, &[&self.admin]).unwrap();
    }

    fn tickers(&self, custodian: &Pubkey) -> u32 {
        self.world.vm.state::<Custodian>(custodian).tickers
    }

    /// A mint signed by the next custodian's attestors.
    fn mint_by_next(&mut self) -> Outcome {
        let alice = key("alice").pubkey();
        let mut mint = AttestMint::new(&mut self.world, &alice, SHARE);
        mint.accounts.attestor_set = self.next_set.accounts.attestor_set;
        let signed = scrip_interface::attestation::Body::message(&mint.body());
        let keys = attestors("next", 3);
        let signatures = scrip_tests::attest::sign(&signed, &[&keys[0], &keys[1]]);
        mint.send_with(&mut self.world, signatures)
    }

    #[track_caller]
    fn unchanged(&self) {
        let current = self.world.custodian.accounts.custodian;
        assert_eq!(self.world.ticker().custodian, current);
        assert_eq!((self.tickers(&current), self.tickers(&self.next.accounts.custodian)), (1, 0));
    }
}

#[test]
fn change_custodian_by_the_admin_waits_for_the_timelock_for_at_most_fourteen_days_more() {
    for (now, expected) in [
        (SEEN_AT, Some(IssuerError::TimelockNotPassed)),
        (READY_AT - 1, Some(IssuerError::TimelockNotPassed)),
        (READY_AT, None),
        (READY_AT + i64::from(CHANGE_GRACE_SECS) - 1, None),
        (READY_AT + i64::from(CHANGE_GRACE_SECS), Some(IssuerError::AnnouncementExpired)),
    ] {
        let mut setup = Setup::announced();
        setup.world.vm.set_time(now);
        let outcome = setup.by_admin();
        if let Some(error) = expected {
            assert_fails(outcome, error);
            setup.unchanged();
            continue;
        }
        let receipt = outcome.unwrap();
        let (from, to) = (setup.world.custodian.accounts.custodian, setup.next.accounts.custodian);
        let [event] = &receipt.events::<CustodianChanged>()[..] else { panic!("one event") };
        assert_eq!((event.mint, event.custodian), (setup.world.mint(), to));
        assert_eq!((event.previous, event.by_quorum), (from, false));
        assert_eq!(setup.world.ticker().custodian, to);
        assert_eq!((setup.tickers(&from), setup.tickers(&to)), (0, 1));
    }
}

#[test]
fn change_custodian_by_the_quorum_counts_at_once() {
    let mut setup = Setup::new();
    let decision = setup.decision();
    let receipt = setup.by_quorum(&decision).unwrap();
    assert!(receipt.events::<CustodianChanged>()[0].by_quorum);
    assert_eq!(setup.world.ticker().custodian, setup.next.accounts.custodian);
}

/// What the last custodian said is worth nothing, and what it signed lands no more.
#[test]
fn change_custodian_forgets_the_last_ones_word() {
    let mut setup = Setup::new();
    let alice = key("alice").pubkey();
    let signed_before = AttestMint::new(&mut setup.world, &alice, SHARE);
    let as_of = setup.world.ticker().reserves.as_of;
    let decision = setup.decision();
    setup.by_quorum(&decision).unwrap();
    let expected = ReserveSnapshot { as_of, ..Default::default() };
    assert_eq!(setup.world.ticker().reserves, expected);
    assert_fails(signed_before.send(&mut setup.world), IssuerError::WrongCustodian);
    setup.mint_by_next().unwrap();
    assert_eq!(setup.world.supply(), 2 * SHARE);
}

#[test]
fn change_custodian_takes_an_announcement_once_and_of_this_very_change() {
    let mut setup = Setup::announced();
    setup.world.vm.set_time(READY_AT);
    let call = change_custodian(&setup.world, &setup.next.accounts.custodian, 0);
    setup.by_admin().unwrap();

    // Back, by the next custodian's quorum; and then there again.
    let back = setup.world.custodian.accounts.custodian;
    let mint = setup.world.mint();
    let mut decision = decide(&mut setup.world, Decision::ChangeCustodian, mint, back.to_bytes());
    decision.header.subject = setup.next.accounts.custodian;
    decision.header.attestor_set = setup.next_set.accounts.attestor_set;
    let mut return_call = change_custodian(&setup.world, &back, 0).by_quorum(&decision);
    return_call.accounts.custodian = setup.next.accounts.custodian;
    return_call.accounts.announcement = None;
    let keys = attestors("next", 3);
    send_decided(&mut setup.world, &return_call, &decision, &[&keys[0], &keys[2]]).unwrap();
    setup.unchanged();
    let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::AnnouncementUsed);

    // Announced is this ticker's change, not another's.
    let other = setup.world.list_another();
    let mut call = call;
    call.accounts.ticker = other.accounts.ticker;
    let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::AnnouncementMismatch);
}

#[test]
fn change_custodian_without_announcement_or_quorum_is_refused() {
    let mut setup = Setup::announced();
    setup.world.vm.set_time(READY_AT);
    let next = setup.next.accounts.custodian;
    let mut call = change_custodian(&setup.world, &next, 0);
    call.accounts.announcement = None;
    let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::AnnouncementMissing);
    let rival = Rival::new(&mut setup.world);
    for other in [key("thief"), rival.admin.insecure_clone()] {
        let mut call = change_custodian(&setup.world, &next, 0);
        call.accounts.operator = Some(other.pubkey());
        assert_fails(call.send(&mut setup.world.vm, &[&other]), IssuerError::NotAdmin);
    }
    let mut call = change_custodian(&setup.world, &next, 0);
    call.accounts.operator = None;
    assert_fails(call.send(&mut setup.world.vm, &[]), IssuerError::NotAdmin);
    setup.unchanged();
}

/// A decision taken back and forth: signed once, it lands once.
#[test]
fn change_custodian_takes_a_quorums_decision_once() {
    let mut setup = Setup::new();
    let decision = setup.decision();
    setup.by_quorum(&decision).unwrap();
    let current = setup.world.custodian.accounts.custodian;
    setup.world.edit_ticker(|ticker| ticker.custodian = current);
    assert_fails(setup.by_quorum(&decision), IssuerError::NonceUsed);
    assert_eq!(setup.world.ticker().custodian, current);
}

#[test]
fn change_custodian_rejects_a_decision_about_anything_else() {
    let changes: [fn(&mut AttestorsBody); 5] = [
        |body| body.decision = Decision::ActivateSet as u8,
        |body| body.decision = Decision::RemoveAttestor as u8,
        |body| body.target = Pubkey::new_from_array([1; 32]),
        |body| body.value[0] ^= 1,
        |body| body.header.subject = Pubkey::new_from_array([1; 32]),
    ];
    for change in changes {
        let mut setup = Setup::new();
        let mut decision = setup.decision();
        change(&mut decision);
        assert_fails(setup.by_quorum(&decision), IssuerError::AttestationMismatch);
        setup.unchanged();
    }
}

#[test]
fn change_custodian_hears_the_current_custodians_quorum_only() {
    let mut setup = Setup::new();
    let mut decision = setup.decision();
    decision.header.attestor_set = setup.next_set.accounts.attestor_set;
    let next = setup.next.accounts.custodian;
    let mut call = change_custodian(&setup.world, &next, 0).by_quorum(&decision);
    call.accounts.announcement = None;
    let keys = attestors("next", 3);
    let outcome = send_decided(&mut setup.world, &call, &decision, &[&keys[0], &keys[1]]);
    assert_fails(outcome, IssuerError::WrongCustodian);
    setup.unchanged();
}

#[test]
fn change_custodian_rejects_the_same_one_one_without_attestors_and_another_issuers() {
    let mut setup = Setup::announced();
    let (payer, admin) = (setup.world.vm.payer.pubkey(), setup.admin.insecure_clone());
    let empty = CreateCustodian::new(&payer, &admin.pubkey(), &setup.world.issuer(), 2);
    empty.send(&mut setup.world.vm, &[&admin]).unwrap();
    let current = setup.world.custodian.accounts.custodian;
    for invalid in [current, empty.accounts.custodian] {
        let call = change_custodian(&setup.world, &invalid, 0);
        let outcome = call.send(&mut setup.world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::CustodianInvalid);
    }
    // Its only set has expired.
    let next = setup.next.accounts.custodian;
    setup.world.vm.set_time(setup.next_set.args.expires_at);
    let outcome = change_custodian(&setup.world, &next, 0).send(&mut setup.world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::CustodianInvalid);

    let rival = Rival::new(&mut setup.world);
    let call = change_custodian(&setup.world, &rival.custodian.accounts.custodian, 0);
    let outcome = call.send(&mut setup.world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::WrongIssuer);
    // The rival takes the ticker over to its own custodian.
    let mut call = change_custodian(&setup.world, &rival.custodian.accounts.custodian, 0);
    call.accounts.operator = Some(rival.admin.pubkey());
    call.accounts.issuer = rival.issuer;
    let outcome = call.send(&mut setup.world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::WrongIssuer);
    // Or names its own custodian as the current one.
    let mut call = change_custodian(&setup.world, &next, 0);
    call.accounts.custodian = rival.custodian.accounts.custodian;
    let outcome = call.send(&mut setup.world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::WrongCustodian);
    setup.unchanged();
}

/// No way around the timelock: no ticker rests on the next custodian, so the admin may still give
/// it attestors at once, even after the change was announced for all to see.
#[test]
fn change_custodian_waits_for_attestors_that_came_after_the_announcement() {
    let mut setup = Setup::announced();
    setup.world.vm.set_time(READY_AT - 1);
    setup.add_captured_set();
    let known = READY_AT - 1 + i64::from(TIMELOCK_SECS);
    for now in [READY_AT, known - 1] {
        setup.world.vm.set_time(now);
        assert_fails(setup.by_admin(), IssuerError::TimelockNotPassed);
        setup.unchanged();
    }
    setup.world.vm.set_time(known);
    setup.by_admin().unwrap();
}

#[test]
fn change_custodian_takes_no_decision_signed_before_the_next_ones_attestors_came() {
    let mut setup = Setup::new();
    let before = setup.decision();
    setup.add_captured_set();
    assert_fails(setup.by_quorum(&before), IssuerError::CustodianInvalid);
    // Not even by attestors whose clock is ahead.
    let tolerance = i64::from(CLOCK_TOLERANCE_SECS);
    let mut ahead = setup.decision();
    ahead.header.issued_at += tolerance;
    assert_fails(setup.by_quorum(&ahead), IssuerError::CustodianInvalid);
    setup.unchanged();
    setup.world.vm.set_time(SEEN_AT + tolerance + 1);
    let after = setup.decision();
    setup.by_quorum(&after).unwrap();
}

/// The next custodian's own quorum is trusted with its attestors, as everywhere.
#[test]
fn change_custodian_does_not_wait_for_attestors_that_a_quorum_let_in() {
    let mut setup = Setup::announced();
    setup.world.vm.set_time(READY_AT);
    let (payer, stranger) = (setup.world.vm.payer.pubkey(), key("stranger"));
    let keys = attestors("third", 2);
    let mut third = CreateAttestorSet::new(&payer, &setup.next.accounts, &keys, 1, READY_AT);
    third.set_index(1);
    third.accounts.proposer = stranger.pubkey();
    third.send(&mut setup.world.vm, &[&stranger]).unwrap();
    let target = third.accounts.attestor_set;
    let value = setup.world.vm.state::<issuer::state::AttestorSet>(&target).contents_hash();
    let mut decision = decide(&mut setup.world, Decision::ActivateSet, target, value);
    decision.header.subject = setup.next.accounts.custodian;
    decision.header.attestor_set = setup.next_set.accounts.attestor_set;
    let activate = activate_attestor_set(&setup.world, &third).by_quorum(&decision);
    let keys = attestors("next", 3);
    send_decided(&mut setup.world, &activate, &decision, &[&keys[1], &keys[2]]).unwrap();
    setup.by_admin().unwrap();
}
