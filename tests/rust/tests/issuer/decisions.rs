//! A quorum's decisions about attestors: by a live set that may decide, about exactly this, once.

use issuer::{
    error::IssuerError,
    state::{AttestorSet, SET_ACTIVE, SET_PROPOSED},
};
use scrip_interface::attestation::{AttestorsBody, Decision, Kind};
use scrip_tests::{
    attest::attestors,
    build::{
        ByQuorum, CreateAttestorSet, LIFETIME, Rival, TIMELOCK_SECS, activate_attestor_set,
        change_custodian, decide, propose_set, remove_attestor, send_decided,
        withdraw_attestor_set,
    },
    vm::{Outcome, START, assert_fails, key},
    world::World,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A world with a proposed set, and what the first set's quorum signs to activate it.
fn setup() -> (World, CreateAttestorSet, AttestorsBody) {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let proposed = propose_set(&world, 1, &attestors("next", 3), 2);
    proposed.send(&mut world.vm, &[&admin]).unwrap();
    let decision = about(&mut world, &proposed);
    (world, proposed, decision)
}

fn about(world: &mut World, proposed: &CreateAttestorSet) -> AttestorsBody {
    let target = proposed.accounts.attestor_set;
    let value = world.vm.state::<AttestorSet>(&target).contents_hash();
    decide(world, Decision::ActivateSet, target, value)
}

fn activate(
    world: &mut World,
    proposed: &CreateAttestorSet,
    decision: &AttestorsBody,
    signers: &[Keypair],
) -> Outcome {
    let call = activate_attestor_set(world, proposed).by_quorum(decision);
    send_decided(world, &call, decision, &signers.iter().collect::<Vec<_>>())
}

fn quorum() -> Vec<Keypair> {
    attestors("custodian", 5).into_iter().take(3).collect()
}

fn status(world: &World, proposed: &CreateAttestorSet) -> u8 {
    world.vm.state::<AttestorSet>(&proposed.accounts.attestor_set).status
}

/// Fails with `expected` after a change of what is signed and of the world.
#[track_caller]
fn rejected(change: impl FnOnce(&mut World, &mut AttestorsBody), expected: IssuerError) {
    let (mut world, proposed, mut decision) = setup();
    change(&mut world, &mut decision);
    assert_fails(activate(&mut world, &proposed, &decision, &quorum()), expected);
    assert_eq!(status(&world, &proposed), SET_PROPOSED);
}

/// Activates a set of the same keys, with these kinds and this validity, beside the first one.
fn beside(world: &mut World, index: u32, change: impl FnOnce(&mut CreateAttestorSet)) -> Pubkey {
    let mut other = propose_set(world, index, &attestors("custodian", 5), 3);
    change(&mut other);
    let admin = world.admin.insecure_clone();
    other.send(&mut world.vm, &[&admin]).unwrap();
    let decision = about(world, &other);
    activate(world, &other, &decision, &quorum()).unwrap();
    other.accounts.attestor_set
}

#[test]
fn a_decision_counts_for_its_very_target_contents_custodian_and_cluster() {
    let mismatch = IssuerError::AttestationMismatch;
    rejected(|_, body| body.target = Pubkey::new_from_array([1; 32]), mismatch);
    rejected(|_, body| body.value[31] ^= 1, IssuerError::AttestationMismatch);
    rejected(
        |_, body| body.decision = Decision::RemoveAttestor as u8,
        IssuerError::AttestationMismatch,
    );
    rejected(|world, body| body.header.subject = world.mint(), IssuerError::AttestationMismatch);
    rejected(|_, body| body.header.genesis_hash = [8; 32], IssuerError::AttestationMismatch);
    rejected(
        |_, body| body.header.program_id = Pubkey::new_from_array([1; 32]),
        IssuerError::AttestationMismatch,
    );
}

/// Everything that a set says is under the quorum's signatures.
#[test]
fn a_decision_covers_all_contents_of_the_set() {
    let changes: [fn(&mut CreateAttestorSet); 8] = [
        |set| set.args.threshold = 1,
        |set| set.args.kinds = Kind::Mint.bit(),
        |set| set.args.valid_from += 1,
        |set| set.args.expires_at += 1,
        |set| set.args.overlap_secs = 1,
        |set| {
            let custodian = &set.accounts.custodian;
            set.args.replaces = scrip_interface::pda::attestor_set(&issuer::ID, custodian, 0).0;
        },
        |set| {
            set.args.attestors.pop();
        },
        |set| set.args.attestors[0] = Pubkey::new_from_array([1; 32]),
    ];
    for change in changes {
        let (mut world, mut proposed, decision) = setup();
        let admin = world.admin.insecure_clone();
        withdraw_attestor_set(&world, &proposed).send(&mut world.vm, &[&admin]).unwrap();
        change(&mut proposed);
        proposed.args.attestors.sort();
        proposed.send(&mut world.vm, &[&admin]).unwrap();
        let outcome = activate(&mut world, &proposed, &decision, &quorum());
        assert_fails(outcome, IssuerError::AttestationMismatch);
    }
}

#[test]
fn a_decision_needs_a_threshold_of_distinct_members() {
    let (mut world, proposed, decision) = setup();
    let five = attestors("custodian", 5);
    let outcome = activate(&mut world, &proposed, &decision, &five[..2]);
    assert_fails(outcome, IssuerError::ThresholdNotReached);
    let twice = [&five[0], &five[1], &five[1]].map(Keypair::insecure_clone);
    let outcome = activate(&mut world, &proposed, &decision, &twice);
    assert_fails(outcome, IssuerError::AttestorRepeated);
    let stranger = [&five[0], &five[1], &key("stranger")].map(Keypair::insecure_clone);
    let outcome = activate(&mut world, &proposed, &decision, &stranger);
    assert_fails(outcome, IssuerError::AttestorUnknown);
    activate(&mut world, &proposed, &decision, &five).unwrap();
    assert_eq!(status(&world, &proposed), SET_ACTIVE);
}

#[test]
fn a_hot_set_decides_nothing_about_attestors() {
    let (mut world, proposed, _) = setup();
    let hot = Kind::ALL_BITS & !Kind::Attestors.bit();
    world.attestor_set = beside(&mut world, 2, |set| set.args.kinds = hot);
    let decision = about(&mut world, &proposed);
    let outcome = activate(&mut world, &proposed, &decision, &quorum());
    assert_fails(outcome, IssuerError::KindNotAllowed);

    let gone = attestors("custodian", 5)[4].pubkey();
    let custodian = world.custodian.accounts.custodian;
    let decision = decide(&mut world, Decision::RemoveAttestor, custodian, gone.to_bytes());
    let call = remove_attestor(&world, &gone).by_quorum(&decision);
    let signers = quorum();
    let signers: Vec<_> = signers.iter().collect();
    let outcome = send_decided(&mut world, &call, &decision, &signers);
    assert_fails(outcome, IssuerError::KindNotAllowed);
    assert_eq!(status(&world, &proposed), SET_PROPOSED);
}

#[test]
fn a_set_that_is_expired_not_yet_valid_or_only_proposed_decides_nothing() {
    let (mut world, proposed, _) = setup();
    let ends = |set: &mut CreateAttestorSet| set.args.expires_at = START + 100;
    let begins = |set: &mut CreateAttestorSet| set.args.valid_from = START + 200;
    let (early, late) = (beside(&mut world, 2, ends), beside(&mut world, 3, begins));
    for (set, now, expected) in [
        (early, START + 100, IssuerError::AttestorSetExpired),
        (late, START + 199, IssuerError::AttestorSetNotYetValid),
    ] {
        world.vm.set_time(now);
        world.attestor_set = set;
        let decision = about(&mut world, &proposed);
        let outcome = activate(&mut world, &proposed, &decision, &quorum());
        assert_fails(outcome, expected);
    }
    // The proposal's own attestors do not let themselves in.
    world.attestor_set = proposed.accounts.attestor_set;
    let decision = about(&mut world, &proposed);
    let outcome = activate(&mut world, &proposed, &decision, &attestors("next", 3));
    assert_fails(outcome, IssuerError::AttestorSetProposed);
    // From its first second on, the later set decides.
    world.vm.set_time(START + 200);
    world.attestor_set = late;
    let decision = about(&mut world, &proposed);
    activate(&mut world, &proposed, &decision, &quorum()).unwrap();
}

#[test]
fn a_decision_counts_within_its_time() {
    rejected(
        |world, body| world.vm.set_time(body.header.expires_at),
        IssuerError::AttestationExpired,
    );
    rejected(|_, body| body.header.issued_at = START + 61, IssuerError::AttestationNotYetIssued);
    rejected(
        |_, body| body.header.expires_at = body.header.issued_at + 7 * 24 * 60 * 60 + 1,
        IssuerError::AttestationLifetimeInvalid,
    );
    let (mut world, proposed, decision) = setup();
    world.vm.set_time(START + LIFETIME - 1);
    activate(&mut world, &proposed, &decision, &quorum()).unwrap();
}

#[test]
fn a_decisions_nonce_is_used_once_per_custodian_across_sets_and_decisions() {
    let (mut world, proposed, decision) = setup();
    activate(&mut world, &proposed, &decision, &quorum()).unwrap();
    // The same nonce, signed again about something else and by another set.
    let gone = attestors("custodian", 5)[4].pubkey();
    let custodian = world.custodian.accounts.custodian;
    let mut other = decide(&mut world, Decision::RemoveAttestor, custodian, gone.to_bytes());
    other.header.nonce = decision.header.nonce;
    other.header.attestor_set = proposed.accounts.attestor_set;
    let call = remove_attestor(&world, &gone).by_quorum(&other);
    let next = attestors("next", 3);
    let outcome = send_decided(&mut world, &call, &other, &[&next[0], &next[1]]);
    assert_fails(outcome, IssuerError::NonceUsed);
    // One far ahead would burn all others: refused.
    other.header.nonce = 1 << 40;
    let call = remove_attestor(&world, &gone).by_quorum(&other);
    let outcome = send_decided(&mut world, &call, &other, &[&next[0], &next[1]]);
    assert_fails(outcome, IssuerError::NonceTooFarAhead);
}

#[test]
fn a_decision_wants_its_signing_set_and_signatures() {
    let (mut world, proposed, decision) = setup();
    let signers = quorum();
    let signers: Vec<_> = signers.iter().collect();
    let made = || activate_attestor_set(&World::new(), &proposed).by_quorum(&decision);
    let mut call = made();
    call.accounts.signing_set = None;
    let outcome = send_decided(&mut world, &call, &decision, &signers);
    assert_fails(outcome, IssuerError::Ed25519Missing);
    let mut call = made();
    call.accounts.signatures = None;
    let outcome = send_decided(&mut world, &call, &decision, &signers);
    assert_fails(outcome, IssuerError::Ed25519Missing);
    let mut call = made();
    call.accounts.signatures = Some(world.vm.payer.pubkey());
    let outcome = send_decided(&mut world, &call, &decision, &signers);
    assert_fails(outcome, IssuerError::Ed25519Missing);
    // Nothing was verified in this transaction.
    let outcome = made().send(&mut world.vm, &[]);
    assert_fails(outcome, IssuerError::Ed25519Missing);
    assert_eq!(status(&world, &proposed), SET_PROPOSED);
}

/// A quorum that fails is not made good by an admin who may not yet.
#[test]
fn a_decision_that_fails_leaves_nothing_to_the_operator() {
    let (mut world, proposed, decision) = setup();
    world.vm.set_time(START + i64::from(TIMELOCK_SECS));
    let admin = world.admin.insecure_clone();
    let mut call = activate_attestor_set(&world, &proposed).by_quorum(&decision);
    call.accounts.operator = Some(admin.pubkey());
    assert_fails(call.send(&mut world.vm, &[&admin]), IssuerError::AttestationExpired);
    assert_eq!(status(&world, &proposed), SET_PROPOSED);
}

#[test]
fn another_customers_quorum_decides_nothing() {
    let (mut world, proposed, mut decision) = setup();
    let rival = Rival::new(&mut world);
    decision.header.attestor_set = rival.attestor_set;
    let outcome = activate(&mut world, &proposed, &decision, &rival.attestors);
    assert_fails(outcome, IssuerError::WrongCustodian);
    // With the rival's custodian beside the victim's set.
    decision.header.subject = rival.custodian.accounts.custodian;
    let mut call = activate_attestor_set(&world, &proposed).by_quorum(&decision);
    call.accounts.issuer = rival.issuer;
    call.accounts.custodian = rival.custodian.accounts.custodian;
    let signers: Vec<_> = rival.attestors.iter().collect();
    let outcome = send_decided(&mut world, &call, &decision, &signers);
    assert_fails(outcome, IssuerError::WrongCustodian);
    assert_eq!(status(&world, &proposed), SET_PROPOSED);
}

/// A custodian of the first layout is too short for what these instructions keep in it.
#[test]
fn a_custodian_of_the_first_layout_must_be_migrated_before_its_attestors_change() {
    let (mut world, proposed, decision) = setup();
    let admin = world.admin.insecure_clone();
    let custodian = world.custodian.accounts.custodian;
    let remove = remove_attestor(&world, &attestors("custodian", 5)[0].pubkey());
    let withdraw = withdraw_attestor_set(&world, &proposed);
    let mut change = change_custodian(&world, &custodian, 0);
    change.accounts.announcement = None;
    let mut another = propose_set(&world, 2, &attestors("next", 3), 2);
    world.vm.edit(&custodian, |account| account.data.truncate(issuer::state::SPACE_V1));

    let outcomes = [
        activate(&mut world, &proposed, &decision, &quorum()),
        remove.send(&mut world.vm, &[&admin]),
        withdraw.send(&mut world.vm, &[&admin]),
        change.send(&mut world.vm, &[&admin]),
        another.send(&mut world.vm, &[&admin]),
    ];
    for outcome in outcomes {
        assert_fails(outcome, IssuerError::LayoutOutdated);
    }
    another.accounts.proposer = key("stranger").pubkey();
    let outcome = another.send(&mut world.vm, &[&key("stranger")]);
    assert_fails(outcome, IssuerError::LayoutOutdated);
}
