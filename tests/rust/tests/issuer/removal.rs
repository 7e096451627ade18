//! Removal of an attestor's key: at once, in every live set, for good.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::AttestorRemoved,
    state::{AttestorSet, Custodian, role},
};
use scrip_interface::attestation::{AttestorsBody, Decision};
use scrip_tests::{
    attest::attestors,
    build::{
        AttestMint, ByQuorum, CreateAttestorSet, Rival, TIMELOCK_SECS, activate_attestor_set,
        decide, grant_role, propose_set, remove_attestor, role_grant, send_decided,
    },
    vm::{Outcome, START, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_instruction::AccountMeta;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const READY_AT: i64 = START + TIMELOCK_SECS as i64;

/// The key of the world's attestor at this place, before any was removed.
fn attestor(place: usize) -> Pubkey {
    attestors("custodian", 5)[place].pubkey()
}

fn remove(world: &mut World, key: &Pubkey) -> Outcome {
    let admin = world.admin.insecure_clone();
    remove_attestor(world, key).send(&mut world.vm, &[&admin])
}

fn members(world: &World, set: &Pubkey) -> Vec<Pubkey> {
    world.vm.state::<AttestorSet>(set).members().to_vec()
}

/// Proposes a set, and activates it by the admin after the timelock.
fn rotate_in(world: &mut World, proposed: &CreateAttestorSet) {
    let admin = world.admin.insecure_clone();
    proposed.send(&mut world.vm, &[&admin]).unwrap();
    world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
    activate_attestor_set(world, proposed).send(&mut world.vm, &[&admin]).unwrap();
}

/// Beside the first set, 3 of 5, one in an overlap with it and one that is valid tomorrow only;
/// all of the same keys.
fn three_sets() -> (World, [Pubkey; 3]) {
    let mut world = World::new();
    let keys = attestors("custodian", 5);
    let mut second = propose_set(&world, 1, &keys, 2);
    second.args.replaces = world.attestor_set;
    second.args.overlap_secs = 20 * 24 * 60 * 60;
    rotate_in(&mut world, &second);
    let mut third = propose_set(&world, 2, &keys[1..], 1);
    third.args.valid_from = world.vm.now() + i64::from(TIMELOCK_SECS) + 24 * 60 * 60;
    rotate_in(&mut world, &third);
    let sets = [world.attestor_set, second.accounts.attestor_set, third.accounts.attestor_set];
    (world, sets)
}

/// What the world's attestors sign to remove a key.
fn decision(world: &mut World, key: &Pubkey) -> AttestorsBody {
    let custodian = world.custodian.accounts.custodian;
    decide(world, Decision::RemoveAttestor, custodian, key.to_bytes())
}

fn by_quorum(
    world: &mut World,
    key: &Pubkey,
    decision: &AttestorsBody,
    signers: &[usize],
) -> Outcome {
    let call = remove_attestor(world, key).by_quorum(decision);
    let keys = attestors("custodian", 5);
    let signers: Vec<_> = signers.iter().map(|&place| &keys[place]).collect();
    send_decided(world, &call, decision, &signers)
}

#[test]
fn remove_attestor_takes_the_key_out_of_every_live_set() {
    let (mut world, sets) = three_sets();
    let gone = attestor(2);
    let receipt = remove(&mut world, &gone).unwrap();
    let [event] = &receipt.events::<AttestorRemoved>()[..] else { panic!("one event") };
    assert_eq!((event.attestor, event.sets, event.by_quorum), (gone, 3, false));
    for (set, threshold, left) in [(sets[0], 3, 4), (sets[1], 2, 4), (sets[2], 1, 3)] {
        let set: AttestorSet = world.vm.state(&set);
        assert_eq!((set.threshold, usize::from(set.count)), (threshold, left));
        assert!(!set.attestors.contains(&gone));
        assert!(set.members().is_sorted());
        assert!(set.attestors[left..].iter().all(|slot| *slot == Pubkey::default()));
    }
    // A key that only some sets have.
    let receipt = remove(&mut world, &attestor(0)).unwrap();
    assert_eq!(receipt.events::<AttestorRemoved>()[0].sets, 2);
}

#[test]
fn a_signature_of_a_removed_key_never_counts_again() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    // Signed before the removal by 0, 1 and 2, landing after it.
    let signed = AttestMint::new(&mut world, &alice, SHARE);
    remove(&mut world, &attestor(1)).unwrap();
    assert_fails(signed.send(&mut world), IssuerError::AttestorUnknown);
    // Nor beside a quorum of those that remain.
    let mut signed = AttestMint::new(&mut world, &alice, SHARE);
    signed.signers = vec![0, 1, 2, 3];
    assert_fails(signed.send(&mut world), IssuerError::AttestorUnknown);
    signed.signers = vec![0, 2];
    assert_fails(signed.send(&mut world), IssuerError::ThresholdNotReached);
    assert_eq!(world.supply(), 0);
    signed.signers = vec![0, 2, 3];
    signed.send(&mut world).unwrap();

    // Nor about attestors.
    let about = decision(&mut world, &attestor(2));
    let outcome = by_quorum(&mut world, &attestor(2), &about, &[0, 1, 2]);
    assert_fails(outcome, IssuerError::AttestorUnknown);
}

#[test]
fn remove_attestor_works_by_the_pause_role_and_by_no_other() {
    for (roles, allowed) in
        [(role::PAUSE, true), (role::UNPAUSE, false), (role::LIST | role::UNPAUSE, false)]
    {
        let (mut world, wallet) = (World::new(), key("wallet"));
        let admin = world.admin.insecure_clone();
        grant_role(&world, &wallet.pubkey(), roles).send(&mut world.vm, &[&admin]).unwrap();
        let mut call = remove_attestor(&world, &attestor(0));
        call.accounts.operator = Some(wallet.pubkey());
        call.accounts.role_grant = Some(role_grant(&world, &wallet.pubkey()));
        let outcome = call.send(&mut world.vm, &[&wallet]);
        if allowed {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::PowerMissing);
            assert_eq!(members(&world, &world.attestor_set).len(), 5);
        }
    }
}

#[test]
fn remove_attestor_rejects_strangers_and_other_customers() {
    let mut world = World::new();
    let rival = Rival::new(&mut world);
    for other in [key("thief"), rival.admin.insecure_clone()] {
        let mut call = remove_attestor(&world, &attestor(0));
        call.accounts.operator = Some(other.pubkey());
        assert_fails(call.send(&mut world.vm, &[&other]), IssuerError::PowerMissing);
    }
    let mut call = remove_attestor(&world, &attestor(0));
    call.accounts.operator = None;
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::PowerMissing);
    // The rival's own issuer, then its own custodian too, with the victim's sets.
    let mut call = remove_attestor(&world, &attestor(0));
    call.accounts.operator = Some(rival.admin.pubkey());
    call.accounts.issuer = rival.issuer;
    assert_fails(call.send(&mut world.vm, &[&rival.admin]), IssuerError::WrongIssuer);
    call.accounts.custodian = rival.custodian.accounts.custodian;
    let outcome = call.send(&mut world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::AttestorSetsIncomplete);
    // By the rival's quorum.
    let mut decided = decision(&mut world, &attestor(0));
    decided.header.attestor_set = rival.attestor_set;
    let call = remove_attestor(&world, &attestor(0)).by_quorum(&decided);
    let signers: Vec<_> = rival.attestors.iter().collect();
    let outcome = send_decided(&mut world, &call, &decided, &signers);
    assert_fails(outcome, IssuerError::WrongCustodian);
    assert_eq!(members(&world, &world.attestor_set).len(), 5);
}

#[test]
fn remove_attestor_never_leaves_fewer_than_the_threshold() {
    let mut world = World::new();
    for place in [4, 0] {
        remove(&mut world, &attestor(place)).unwrap();
    }
    let before = members(&world, &world.attestor_set);
    assert_eq!(before.len(), 3);
    let outcome = remove(&mut world, &attestor(1));
    assert_fails(outcome, IssuerError::TooFewAttestorsRemain);
    assert_eq!(members(&world, &world.attestor_set), before);
    assert_eq!(world.vm.state::<AttestorSet>(&world.attestor_set).threshold, 3);
}

/// Where one set could not do without the key, none loses it.
#[test]
fn remove_attestor_removes_everywhere_or_nowhere() {
    let mut world = World::new();
    let keys = attestors("custodian", 5);
    let tight = propose_set(&world, 1, &keys[..2], 2);
    rotate_in(&mut world, &tight);
    let outcome = remove(&mut world, &attestor(0));
    assert_fails(outcome, IssuerError::TooFewAttestorsRemain);
    assert_eq!(members(&world, &world.attestor_set).len(), 5);
    let custodian: Custodian = world.vm.state(&world.custodian.accounts.custodian);
    assert_eq!(custodian.removed_count, 0);
    remove(&mut world, &attestor(4)).unwrap();
}

#[test]
fn remove_attestor_wants_all_live_sets_in_their_order_and_no_other() {
    let (mut world, sets) = three_sets();
    let admin = world.admin.insecure_clone();
    let rival = Rival::new(&mut world);
    let draft = propose_set(&world, 3, &attestors("draft", 2), 1);
    draft.send(&mut world.vm, &[&admin]).unwrap();
    let [a, b, c] = sets;
    for wrong in [
        vec![],
        vec![a],
        vec![a, b],
        vec![b, c],
        vec![a, c, b],
        vec![c, b, a],
        vec![a, a, b],
        vec![a, b, c, c],
        vec![a, b, c, rival.attestor_set],
        vec![a, b, c, draft.accounts.attestor_set],
        vec![a, b, rival.attestor_set],
    ] {
        let mut call = remove_attestor(&world, &attestor(2));
        call.remaining = wrong.iter().map(|set| AccountMeta::new(*set, false)).collect();
        let outcome = call.send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::AttestorSetsIncomplete);
    }
    let mut call = remove_attestor(&world, &attestor(2));
    call.remaining[1].is_writable = false;
    let outcome = call.send(&mut world.vm, &[&admin]);
    assert_fails_with(outcome, ErrorCode::AccountNotMutable.into());
    for set in sets {
        assert!(members(&world, &set).contains(&attestor(2)));
    }
    // A set that has expired is not asked for any more.
    world.vm.set_time(world.vm.state::<AttestorSet>(&a).expires_at);
    let mut call = remove_attestor(&world, &attestor(2));
    assert_eq!(call.remaining.len(), 2);
    call.send(&mut world.vm, &[&admin]).unwrap();
    call.remaining.insert(0, AccountMeta::new(a, false));
    let outcome = call.send(&mut world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::AttestorSetsIncomplete);
}

#[test]
fn remove_attestor_rejects_a_key_that_no_live_set_has() {
    let mut world = World::new();
    let unknown = key("unknown").pubkey();
    assert_fails(remove(&mut world, &unknown), IssuerError::AttestorNotFound);
    assert_fails(remove(&mut world, &Pubkey::default()), IssuerError::AttestorNotFound);
    remove(&mut world, &attestor(0)).unwrap();
    assert_fails(remove(&mut world, &attestor(0)), IssuerError::AttestorNotFound);
}

#[test]
fn remove_attestor_by_a_quorum_counts_each_decision_once() {
    let mut world = World::new();
    let gone = attestor(4);
    let decided = decision(&mut world, &gone);
    let outcome = by_quorum(&mut world, &gone, &decided, &[0, 1]);
    assert_fails(outcome, IssuerError::ThresholdNotReached);
    let receipt = by_quorum(&mut world, &gone, &decided, &[0, 1, 2]).unwrap();
    assert!(receipt.events::<AttestorRemoved>()[0].by_quorum);
    let outcome = by_quorum(&mut world, &gone, &decided, &[0, 1, 2]);
    assert_fails(outcome, IssuerError::NonceUsed);
    // Signed about one key, it removes no other.
    let decided = decision(&mut world, &attestor(3));
    let outcome = by_quorum(&mut world, &attestor(0), &decided, &[0, 1, 2]);
    assert_fails(outcome, IssuerError::AttestationMismatch);
    assert_eq!(members(&world, &world.attestor_set).len(), 4);
}

#[test]
fn a_removed_key_comes_back_by_no_proposal_made_before_or_after() {
    let mut world = World::new();
    let (admin, gone) = (world.admin.insecure_clone(), attestor(0));
    let mut keys: Vec<Keypair> = attestors("next", 2);
    keys.push(attestors("custodian", 5).remove(0));
    keys.sort_by_key(|key| key.pubkey().to_bytes());
    let before = propose_set(&world, 1, &keys, 2);
    before.send(&mut world.vm, &[&admin]).unwrap();
    remove(&mut world, &gone).unwrap();

    // By nobody: neither the admin nor a stranger proposes it again.
    for proposer in [&admin, &key("stranger")] {
        let mut after = propose_set(&world, 2, &keys, 2);
        after.accounts.proposer = proposer.pubkey();
        let outcome = after.send(&mut world.vm, &[proposer]);
        assert_fails(outcome, IssuerError::AttestorRemoved);
    }
    // Neither the admin nor a quorum activates what was proposed before.
    world.vm.set_time(READY_AT);
    let activate = activate_attestor_set(&world, &before);
    let outcome = activate.send(&mut world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::AttestorRemoved);
    let target = before.accounts.attestor_set;
    let value = world.vm.state::<AttestorSet>(&target).contents_hash();
    let decided = decide(&mut world, Decision::ActivateSet, target, value);
    let signers = attestors("custodian", 5);
    let signers: Vec<_> = signers[1..4].iter().collect();
    let call = activate.by_quorum(&decided);
    let outcome = send_decided(&mut world, &call, &decided, &signers);
    assert_fails(outcome, IssuerError::AttestorRemoved);
}

/// However many are removed after it: here fifteen at a time, thrice.
#[test]
fn a_removed_key_is_never_forgotten() {
    let mut world = World::new();
    let (admin, gone) = (world.admin.insecure_clone(), attestor(0));
    remove(&mut world, &gone).unwrap();
    for round in 1..=3 {
        let mut keys = attestors(&format!("many {round}"), 16);
        let many = propose_set(&world, round, &keys, 1);
        rotate_in(&mut world, &many);
        let last = keys.pop().unwrap();
        for key in keys {
            remove(&mut world, &key.pubkey()).unwrap();
        }
        assert_fails(remove(&mut world, &last.pubkey()), IssuerError::TooFewAttestorsRemain);
    }
    let again = propose_set(&world, 9, &attestors("custodian", 5)[..1], 1);
    let outcome = again.send(&mut world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::AttestorRemoved);
    let custodian: Custodian = world.vm.state(&world.custodian.accounts.custodian);
    assert_eq!(custodian.removed_count, 46);
}
