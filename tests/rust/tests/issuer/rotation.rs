//! Rotation of attestor sets: proposed by anybody, activated by the admin after the timelock or by
//! a quorum at once.

use anchor_lang::error::ErrorCode;
use issuer::{
    constants::{CHANGE_GRACE_SECS, MAX_OVERLAP_SECS},
    error::IssuerError,
    event::AttestorSetActivated,
    state::{AttestorSet, Custodian, SET_ACTIVE, SET_PROPOSED},
};
use scrip_interface::attestation::{AttestorsBody, Body, Decision};
use scrip_tests::{
    attest::{attestors, sign},
    build::{
        AttestMint, ByQuorum, CreateAttestorSet, CreateCustodian, Rival, TIMELOCK_SECS, YEAR,
        activate_attestor_set, decide, instruction, propose_set, send_decided,
    },
    vm::{Outcome, START, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub const READY_AT: i64 = START + TIMELOCK_SECS as i64;

/// A world in which the admin proposed a 2-of-3 set in the first one's place.
pub struct Setup {
    pub world: World,
    pub admin: Keypair,
    next: Vec<Keypair>,
    pub proposed: CreateAttestorSet,
}

impl Setup {
    pub fn new(overlap_secs: u32) -> Self {
        let world = World::new();
        let (admin, next) = (world.admin.insecure_clone(), attestors("next", 3));
        let mut proposed = propose_set(&world, 1, &next, 2);
        proposed.args.replaces = world.attestor_set;
        proposed.args.overlap_secs = overlap_secs;
        let mut setup = Self { world, admin, next, proposed };
        setup.propose();
        setup
    }

    pub fn propose(&mut self) {
        self.proposed.send(&mut self.world.vm, &[&self.admin]).unwrap();
    }

    fn set(&self) -> AttestorSet {
        self.world.vm.state(&self.proposed.accounts.attestor_set)
    }

    pub fn by_admin(&mut self) -> Outcome {
        let call = activate_attestor_set(&self.world, &self.proposed);
        call.send(&mut self.world.vm, &[&self.admin])
    }

    /// What the first set's attestors sign to activate the proposal.
    pub fn decision(&mut self) -> AttestorsBody {
        let (target, value) = (self.proposed.accounts.attestor_set, self.set().contents_hash());
        decide(&mut self.world, Decision::ActivateSet, target, value)
    }

    pub fn by_quorum(&mut self, decision: &AttestorsBody) -> Outcome {
        let call = activate_attestor_set(&self.world, &self.proposed).by_quorum(decision);
        let signers: Vec<_> = (0..3).map(|i| self.world.attestors[i].insecure_clone()).collect();
        let signers: Vec<_> = signers.iter().collect();
        send_decided(&mut self.world, &call, decision, &signers)
    }

    /// A mint signed by the old set, or by the new one.
    fn mint(&mut self, by_new: bool) -> Outcome {
        let alice = self.world.investor("alice");
        let mut mint = AttestMint::new(&mut self.world, &alice.pubkey(), SHARE);
        if !by_new {
            return mint.send(&mut self.world);
        }
        mint.accounts.attestor_set = self.proposed.accounts.attestor_set;
        let signers: Vec<_> = self.next[..2].iter().collect();
        let signed = mint.body().message();
        mint.send_with(&mut self.world, sign(&signed, &signers))
    }

    #[track_caller]
    pub fn still_proposed(&self) {
        assert_eq!(self.set().status, SET_PROPOSED);
        let custodian: Custodian = self.world.vm.state(&self.proposed.accounts.custodian);
        let live: Vec<_> =
            custodian.live_sets(self.world.vm.now()).map(|set| set.address).collect();
        assert_eq!(live, [self.world.attestor_set]);
        let first: AttestorSet = self.world.vm.state(&self.world.attestor_set);
        assert_eq!(first.expires_at, START + YEAR);
    }
}

#[test]
fn activate_attestor_set_waits_for_the_timelock_and_is_forgotten_after_fourteen_days() {
    let expires_at = READY_AT + i64::from(CHANGE_GRACE_SECS);
    for (now, expected) in [
        (START, Some(IssuerError::TimelockNotPassed)),
        (READY_AT - 1, Some(IssuerError::TimelockNotPassed)),
        (READY_AT, None),
        (expires_at - 1, None),
        (expires_at, Some(IssuerError::AnnouncementExpired)),
        (START + YEAR - 1, Some(IssuerError::AnnouncementExpired)),
    ] {
        let mut setup = Setup::new(0);
        setup.world.vm.set_time(now);
        let outcome = setup.by_admin();
        if let Some(error) = expected {
            assert_fails(outcome, error);
            setup.still_proposed();
            continue;
        }
        let receipt = outcome.unwrap();
        assert_eq!(setup.set().status, SET_ACTIVE);
        let [event] = &receipt.events::<AttestorSetActivated>()[..] else { panic!("one event") };
        assert_eq!(event.attestor_set, setup.proposed.accounts.attestor_set);
        assert_eq!((event.replaces, event.replaced_until), (setup.world.attestor_set, now));
        assert!(!event.by_quorum);
    }
}

#[test]
fn activate_attestor_set_counts_at_once_by_a_quorum_even_of_a_strangers_proposal() {
    for stranger in [false, true] {
        let mut setup = Setup::new(0);
        if stranger {
            let thief = key("stranger");
            setup.proposed.set_index(2);
            setup.proposed.accounts.proposer = thief.pubkey();
            setup.proposed.send(&mut setup.world.vm, &[&thief]).unwrap();
            // However long the admin waits.
            for now in [START, READY_AT, START + YEAR / 2] {
                setup.world.vm.set_time(now);
                assert_fails(setup.by_admin(), IssuerError::TimelockNotPassed);
            }
        }
        let decision = setup.decision();
        let receipt = setup.by_quorum(&decision).unwrap();
        assert!(receipt.events::<AttestorSetActivated>()[0].by_quorum);
        // To a desk it is as new as the set that let it in, which nobody had announced either.
        let first: AttestorSet = setup.world.vm.state(&setup.world.attestor_set);
        assert_eq!((first.ready_at, setup.set().ready_at), (READY_AT, READY_AT));
        assert_fails(setup.mint(false), IssuerError::AttestorSetExpired);
        setup.mint(true).unwrap();
    }
}

#[test]
fn a_set_that_a_quorum_let_in_takes_cash_as_soon_as_that_quorum_may() {
    let mut setup = Setup::new(0);
    let now = START + 3_600;
    setup.world.vm.set_time(now);
    setup.proposed.set_index(2);
    setup.propose();
    assert_eq!(setup.set().ready_at, now + i64::from(TIMELOCK_SECS));
    let decision = setup.decision();
    setup.by_quorum(&decision).unwrap();
    assert_eq!(setup.set().ready_at, READY_AT);
}

/// So a captured admin cannot stand in a quorum's way by withdrawing each proposal.
#[test]
fn a_quorum_proposes_and_activates_in_one_transaction() {
    let mut setup = Setup::new(0);
    // The contents are the same as the first proposal's.
    let value = setup.set().contents_hash();
    setup.proposed.set_index(2);
    setup.proposed.accounts.proposer = setup.world.vm.payer.pubkey();
    let data = issuer::instruction::CreateAttestorSet { args: setup.proposed.args.clone() };
    let create = instruction(&setup.proposed.accounts, &data);
    let target = setup.proposed.accounts.attestor_set;
    let decision = decide(&mut setup.world, Decision::ActivateSet, target, value);
    let activate = activate_attestor_set(&setup.world, &setup.proposed).by_quorum(&decision);
    let verify = sign(&decision.message(), &setup.world.signers(&[0, 1, 2]));
    setup.world.vm.send(&[create, verify, activate.instruction()], &[]).unwrap();
    assert_eq!(setup.set().status, SET_ACTIVE);
}

#[test]
fn an_overlap_of_none_ends_the_old_set_at_once() {
    let mut setup = Setup::new(0);
    setup.mint(false).unwrap();
    assert_fails(setup.mint(true), IssuerError::AttestorSetProposed);
    setup.world.vm.set_time(READY_AT);
    setup.by_admin().unwrap();
    assert_fails(setup.mint(false), IssuerError::AttestorSetExpired);
    setup.mint(true).unwrap();
}

#[test]
fn during_an_overlap_both_sets_count_and_then_only_the_new_one() {
    let mut setup = Setup::new(3_600);
    setup.world.vm.set_time(READY_AT);
    let receipt = setup.by_admin().unwrap();
    let until = READY_AT + 3_600;
    assert_eq!(receipt.events::<AttestorSetActivated>()[0].replaced_until, until);
    for now in [READY_AT, until - 1] {
        setup.world.vm.set_time(now);
        setup.mint(false).unwrap();
        setup.mint(true).unwrap();
    }
    setup.world.vm.set_time(until);
    assert_fails(setup.mint(false), IssuerError::AttestorSetExpired);
    setup.mint(true).unwrap();
}

#[test]
fn an_overlap_never_lengthens_the_old_sets_life() {
    let mut setup = Setup::new(MAX_OVERLAP_SECS);
    let end = START + YEAR;
    // Only a quorum may still decide about so old a proposal; it replaces a set near its end.
    setup.proposed.set_index(2);
    setup.proposed.args.expires_at = end + YEAR;
    setup.propose();
    setup.world.vm.set_time(end - 10);
    let decision = setup.decision();
    let receipt = setup.by_quorum(&decision).unwrap();
    assert_eq!(receipt.events::<AttestorSetActivated>()[0].replaced_until, end);
    let old: AttestorSet = setup.world.vm.state(&setup.world.attestor_set);
    assert_eq!(old.expires_at, end);
}

#[test]
fn create_attestor_set_rejects_an_overlap_above_its_limit() {
    let mut setup = Setup::new(MAX_OVERLAP_SECS);
    setup.proposed.set_index(2);
    setup.proposed.args.overlap_secs = MAX_OVERLAP_SECS + 1;
    let outcome = setup.proposed.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::OverlapInvalid);
}

#[test]
fn activate_attestor_set_works_once_and_never_on_an_active_set() {
    let mut setup = Setup::new(0);
    setup.world.vm.set_time(READY_AT);
    setup.by_admin().unwrap();
    assert_fails(setup.by_admin(), IssuerError::AttestorSetActive);
    // Nor on one that was active from the start.
    let first = propose_set(&setup.world, 0, &attestors("custodian", 5), 3);
    let call = activate_attestor_set(&setup.world, &first);
    let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::AttestorSetActive);
}

#[test]
fn activate_attestor_set_rejects_everybody_but_admin_and_quorum() {
    let mut setup = Setup::new(0);
    setup.world.vm.set_time(READY_AT);
    let rival = Rival::new(&mut setup.world);
    for other in [&key("thief"), &rival.admin] {
        let mut call = activate_attestor_set(&setup.world, &setup.proposed);
        call.accounts.operator = Some(other.pubkey());
        assert_fails(call.send(&mut setup.world.vm, &[other]), IssuerError::NotAdmin);
    }
    let mut call = activate_attestor_set(&setup.world, &setup.proposed);
    call.accounts.operator = None;
    assert_fails(call.send(&mut setup.world.vm, &[]), IssuerError::NotAdmin);
    let mut unsigned = activate_attestor_set(&setup.world, &setup.proposed).instruction();
    unsigned.accounts[0].is_signer = false;
    let outcome = setup.world.vm.send(&[unsigned], &[]);
    assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
    setup.still_proposed();
}

#[test]
fn activate_attestor_set_rejects_another_issuers_accounts() {
    let mut setup = Setup::new(0);
    setup.world.vm.set_time(READY_AT);
    let rival = Rival::new(&mut setup.world);
    let mut call = activate_attestor_set(&setup.world, &setup.proposed);
    call.accounts.operator = Some(rival.admin.pubkey());
    call.accounts.issuer = rival.issuer;
    let outcome = call.send(&mut setup.world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::WrongIssuer);
    call.accounts.custodian = rival.custodian.accounts.custodian;
    let outcome = call.send(&mut setup.world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::WrongCustodian);
    setup.still_proposed();
}

#[test]
fn activate_attestor_set_replaces_the_very_set_that_the_proposal_names() {
    let mut setup = Setup::new(0);
    let rival = Rival::new(&mut setup.world);
    setup.world.vm.set_time(READY_AT);
    for replaced in [None, Some(rival.attestor_set)] {
        let mut call = activate_attestor_set(&setup.world, &setup.proposed);
        call.accounts.replaced = replaced;
        let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
        assert_fails(outcome, IssuerError::WrongReplacedSet);
    }
    setup.still_proposed();
    let foreign: AttestorSet = setup.world.vm.state(&rival.attestor_set);
    assert_eq!(foreign.expires_at, START + YEAR);
}

#[test]
fn activate_attestor_set_rejects_a_replaced_set_where_none_is_named_or_it_is_not_the_custodians() {
    let mut setup = Setup::new(0);
    let (rival, now) = (Rival::new(&mut setup.world), setup.world.vm.now());
    for (index, named, given) in [
        (2, Pubkey::default(), setup.world.attestor_set),
        (3, rival.attestor_set, rival.attestor_set),
    ] {
        setup.proposed.set_index(index);
        setup.proposed.args.replaces = named;
        setup.propose();
        let mut call = activate_attestor_set(&setup.world, &setup.proposed);
        call.accounts.replaced = Some(given);
        setup.world.vm.set_time(READY_AT);
        let outcome = call.send(&mut setup.world.vm, &[&setup.admin]);
        assert_fails(outcome, IssuerError::WrongReplacedSet);
        setup.still_proposed();
        setup.world.vm.set_time(now);
    }
    let foreign: AttestorSet = setup.world.vm.state(&rival.attestor_set);
    assert_eq!(foreign.expires_at, START + YEAR);
}

#[test]
fn activate_attestor_set_replaces_a_set_once() {
    let mut setup = Setup::new(0);
    setup.proposed.set_index(2);
    setup.propose();
    setup.world.vm.set_time(READY_AT);
    setup.by_admin().unwrap();
    setup.proposed.set_index(1);
    assert_fails(setup.by_admin(), IssuerError::WrongReplacedSet);
    assert_eq!(setup.set().status, SET_PROPOSED);
}

#[test]
fn activate_attestor_set_rejects_a_set_that_has_expired_while_proposed() {
    let mut setup = Setup::new(0);
    setup.proposed.set_index(2);
    setup.proposed.args.expires_at = READY_AT;
    setup.propose();
    setup.world.vm.set_time(READY_AT);
    assert_fails(setup.by_admin(), IssuerError::ValidityInvalid);
    setup.still_proposed();
}

#[test]
fn eight_sets_are_live_at_most() {
    let mut setup = Setup::new(0);
    // One is live and shall be replaced at once. Beside it, seven more, and one that would take
    // its place after an overlap only.
    setup.proposed.args.replaces = Pubkey::default();
    for index in 2..9 {
        setup.proposed.set_index(index);
        setup.propose();
    }
    let first = setup.world.attestor_set;
    setup.proposed.set_index(9);
    setup.proposed.args.replaces = first;
    setup.proposed.args.overlap_secs = 60;
    setup.propose();

    setup.world.vm.set_time(READY_AT);
    setup.proposed.args.replaces = Pubkey::default();
    for index in 2..9 {
        setup.proposed.set_index(index);
        setup.by_admin().unwrap();
    }
    setup.proposed.args.replaces = first;
    setup.proposed.set_index(9);
    assert_fails(setup.by_admin(), IssuerError::TooManyAttestorSets);
    setup.proposed.set_index(1);
    setup.by_admin().unwrap();
    let custodian: Custodian = setup.world.vm.state(&setup.proposed.accounts.custodian);
    assert_eq!(custodian.live_sets(READY_AT).count(), 8);
}

#[test]
fn a_set_that_has_expired_makes_room_for_another() {
    let mut vm = World::new().vm;
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let issuer = scrip_interface::pda::issuer(&issuer::ID, &payer, 0).0;
    let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &issuer, 5);
    custodian.send(&mut vm, &[&admin]).unwrap();
    let create = |index: u32| {
        let keys = attestors("some", 2);
        let mut create = CreateAttestorSet::new(&payer, &custodian.accounts, &keys, 1, START);
        create.set_index(index);
        create.args.expires_at = START + 100 + i64::from(index);
        create
    };
    for index in 0..8 {
        create(index).send(&mut vm, &[&admin]).unwrap();
    }
    for (now, fits) in [(START, false), (START + 99, false), (START + 100, true)] {
        vm.set_time(now);
        let outcome = create(8).send(&mut vm, &[&admin]);
        if fits {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::TooManyAttestorSets);
        }
    }
    let custodian: Custodian = vm.state(&custodian.accounts.custodian);
    assert_eq!(custodian.live_sets(START + 100).count(), 8);
}
