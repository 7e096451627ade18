use issuer::{
    error::IssuerError,
    event::AttestorSetCreated,
    state::{AttestorSet, NEVER_READY, SET_PROPOSED},
};
use scrip_interface::attestation::Kind;
use scrip_tests::{
    attest::{attestors, pubkeys},
    build::{AttestMint, CreateAttestorSet, CreateCustodian, CreateIssuer, TIMELOCK_SECS},
    vm::{Vm, assert_fails, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn setup() -> (Vm, CreateAttestorSet) {
    let mut vm = Vm::new();
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let issuer = CreateIssuer::new(&payer, &admin.pubkey());
    issuer.send(&mut vm, &[&admin]).unwrap();
    let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &issuer.accounts.issuer, 0);
    custodian.send(&mut vm, &[&admin]).unwrap();
    let attestors = attestors("custodian", 5);
    let now = vm.now();
    let create = CreateAttestorSet::new(&payer, &custodian.accounts, &attestors, 3, now);
    (vm, create)
}

/// Fails with `expected` after a change of the arguments.
#[track_caller]
fn rejected(change: impl FnOnce(&mut CreateAttestorSet), expected: IssuerError) {
    let (mut vm, mut create) = setup();
    change(&mut create);
    assert_fails(create.send(&mut vm, &[&key("admin")]), expected);
    assert!(vm.account(&create.accounts.attestor_set).is_none());
}

#[test]
fn create_attestor_set_records_members_and_powers() {
    let (mut vm, create) = setup();
    let receipt = create.send(&mut vm, &[&key("admin")]).unwrap();

    let set: AttestorSet = vm.state(&create.accounts.attestor_set);
    assert_eq!(set.members(), create.args.attestors);
    assert_eq!((set.threshold, set.count, set.kinds), (3, 5, Kind::ALL_BITS));
    assert_eq!(set.custodian, create.accounts.custodian);
    let [event] = &receipt.events::<AttestorSetCreated>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, &event.attestors), (3, &create.args.attestors));
}

#[test]
fn create_attestor_set_takes_one_to_sixteen_members() {
    for (count, threshold) in [(1, 1), (16, 16)] {
        let (mut vm, mut create) = setup();
        create.args.attestors = pubkeys(&attestors("some", count));
        create.args.threshold = threshold;
        create.send(&mut vm, &[&key("admin")]).unwrap();
    }
    rejected(|create| create.args.attestors.clear(), IssuerError::AttestorsInvalid);
    let seventeen = pubkeys(&attestors("some", 17));
    rejected(|create| create.args.attestors = seventeen, IssuerError::AttestorsInvalid);
}

#[test]
fn create_attestor_set_rejects_members_out_of_order_twice_or_of_zeros() {
    rejected(|create| create.args.attestors.swap(0, 1), IssuerError::AttestorsInvalid);
    let twice =
        |create: &mut CreateAttestorSet| create.args.attestors[1] = create.args.attestors[0];
    rejected(twice, IssuerError::AttestorsInvalid);
    let zeros = |create: &mut CreateAttestorSet| create.args.attestors[0] = Pubkey::default();
    rejected(zeros, IssuerError::AttestorsInvalid);
}

#[test]
fn create_attestor_set_rejects_a_threshold_of_none_or_beyond_all() {
    rejected(|create| create.args.threshold = 0, IssuerError::ThresholdInvalid);
    rejected(|create| create.args.threshold = 6, IssuerError::ThresholdInvalid);
}

#[test]
fn create_attestor_set_rejects_a_mask_of_no_or_unknown_kinds() {
    rejected(|create| create.args.kinds = 0, IssuerError::KindsInvalid);
    rejected(|create| create.args.kinds = Kind::ALL_BITS + 1, IssuerError::KindsInvalid);
}

#[test]
fn create_attestor_set_rejects_a_set_that_could_never_sign() {
    let now = scrip_tests::vm::START;
    rejected(|create| create.args.expires_at = now, IssuerError::ValidityInvalid);
    let later = |create: &mut CreateAttestorSet| create.args.valid_from = create.args.expires_at;
    rejected(later, IssuerError::ValidityInvalid);
}

#[test]
fn create_attestor_set_of_a_stranger_is_only_proposed_and_never_the_admins_to_activate() {
    let (mut vm, mut create) = setup();
    let stranger = key("stranger");
    create.accounts.proposer = stranger.pubkey();
    create.send(&mut vm, &[&stranger]).unwrap();
    let set: AttestorSet = vm.state(&create.accounts.attestor_set);
    assert_eq!((set.status, set.ready_at), (SET_PROPOSED, NEVER_READY));
}

#[test]
fn create_attestor_set_rejects_a_custodian_of_another_issuer() {
    let (mut vm, mut create) = setup();
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let mut other = CreateIssuer::new(&payer, &admin.pubkey());
    other.args.id = 1;
    other.accounts.issuer = scrip_interface::pda::issuer(&issuer::ID, &payer, 1).0;
    other.send(&mut vm, &[&admin]).unwrap();
    create.accounts.issuer = other.accounts.issuer;
    assert_fails(create.send(&mut vm, &[&admin]), IssuerError::WrongIssuer);
}

#[test]
fn create_attestor_set_is_only_proposed_once_tickers_rest_on_the_custodian() {
    let mut world = World::new();
    let payer = world.vm.payer.pubkey();
    let captured = attestors("captured", 1);
    let now = world.vm.now();
    let mut create = CreateAttestorSet::new(&payer, &world.custodian.accounts, &captured, 1, now);
    create.set_index(1);
    let admin = world.admin.insecure_clone();
    create.send(&mut world.vm, &[&admin]).unwrap();
    let set: AttestorSet = world.vm.state(&create.accounts.attestor_set);
    assert_eq!((set.status, set.ready_at), (SET_PROPOSED, now + i64::from(TIMELOCK_SECS)));

    // What it signs is worth nothing.
    let alice = world.investor("alice");
    world.attestor_set = create.accounts.attestor_set;
    world.attestors = captured;
    let mut mint = AttestMint::new(&mut world, &alice.pubkey(), SHARE);
    mint.signers = vec![0];
    assert_fails(mint.send(&mut world), IssuerError::AttestorSetProposed);
}
