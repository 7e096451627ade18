//! Attestor sets and their custodians; what is posted of their signatures.

use super::{OURS, Valid, by_admin, by_official, of, signed_by};
use issuer::{
    constants::CLOCK_TOLERANCE_SECS,
    instruction as data,
    state::{AttestorSet, Change},
};
use scrip_interface::attestation::{AttestorsBody, Decision};
use scrip_tests::{
    attest::{self, attestors},
    build::{
        AttestMint, ByQuorum, CreateAttestorSet, CreateCustodian, LIFETIME, Posted, TIMELOCK_SECS,
        activate_attestor_set, announce_change, change_custodian, decide, propose_set,
        remove_attestor, withdraw_attestor_set,
    },
    world::{SHARE, World},
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("create_attestor_set", || {
        let world = World::new();
        let create = propose_set(&world, 1, &attestors("next", 3), 2);
        by_admin(world, of(create.accounts, data::CreateAttestorSet { args: create.args }))
    }),
    ("activate_attestor_set", || {
        let (mut world, set) = proposed(true);
        world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
        let activate = activate_attestor_set(&world, &set).instruction();
        by_admin(world, activate)
    }),
    ("activate_attestor_set/quorum", || {
        let (mut world, set) = proposed(false);
        let target = set.accounts.attestor_set;
        let value = world.vm.state::<AttestorSet>(&target).contents_hash();
        let decision = decide(&mut world, Decision::ActivateSet, target, value);
        let activate = activate_attestor_set(&world, &set).by_quorum(&decision);
        by_quorum(world, activate.instruction(), &decision)
    }),
    ("withdraw_attestor_set", || {
        let (world, set) = proposed(false);
        let withdraw = withdraw_attestor_set(&world, &set).instruction();
        by_admin(world, withdraw)
    }),
    ("remove_attestor", || {
        let mut world = World::new();
        let attestor = world.attestors[4].pubkey();
        by_official!(world, remove_attestor(&world, &attestor)).with_rest(&["live_set"])
    }),
    ("remove_attestor/quorum", || {
        let mut world = World::new();
        let (attestor, custodian) =
            (world.attestors[4].pubkey(), world.custodian.accounts.custodian);
        let value = attestor.to_bytes();
        let decision = decide(&mut world, Decision::RemoveAttestor, custodian, value);
        let remove = remove_attestor(&world, &attestor).by_quorum(&decision);
        by_quorum(world, remove.instruction(), &decision).with_rest(&["live_set"])
    }),
    ("change_custodian", || {
        let (mut world, next) = with_next_custodian();
        let change = Change::ChangeCustodian { mint: world.mint(), custodian: next };
        let admin = world.admin.insecure_clone();
        announce_change(&world, 0, change).send(&mut world.vm, &[&admin]).expect(OURS);
        world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
        let call = change_custodian(&world, &next, 0).instruction();
        by_admin(world, call)
    }),
    ("change_custodian/quorum", || {
        let (mut world, next) = with_next_custodian();
        let mint = world.mint();
        let decision = decide(&mut world, Decision::ChangeCustodian, mint, next.to_bytes());
        let mut call = change_custodian(&world, &next, 0).by_quorum(&decision);
        call.accounts.announcement = None;
        by_quorum(world, call.instruction(), &decision)
    }),
    ("open_attestation", || {
        let (world, posted) = posted();
        let open = posted.open.instruction();
        Valid::of(world.vm, open, &[])
    }),
    ("post_attestation", || {
        let (mut world, posted) = posted();
        posted.open(&mut world).expect(OURS);
        let signatures = attest::sign(&posted.message, &world.signers(&[0, 1]));
        Valid::of(world.vm, posted.post.instruction(), &[]).after(signatures)
    }),
    ("close_attestation", || {
        let (mut world, posted) = posted();
        posted.open(&mut world).expect(OURS);
        world.vm.set_time(world.vm.now() + LIFETIME);
        Valid::of(world.vm, posted.close.instruction(), &[])
    }),
];

fn by_quorum(world: World, instruction: Instruction, decision: &AttestorsBody) -> Valid {
    signed_by(world, instruction, decision, &[0, 1, 2], &[])
}

/// By the admin; in the place of the world's set, or beside it.
fn proposed(replaces: bool) -> (World, CreateAttestorSet) {
    let mut world = World::new();
    let mut set = propose_set(&world, 1, &attestors("next", 3), 2);
    if replaces {
        set.args.replaces = world.attestor_set;
    }
    let admin = world.admin.insecure_clone();
    set.send(&mut world.vm, &[&admin]).expect(OURS);
    (world, set)
}

/// A second custodian with a set that everybody has seen.
fn with_next_custodian() -> (World, Pubkey) {
    let mut world = World::new();
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let next = CreateCustodian::new(&payer, &admin.pubkey(), &world.issuer(), 1);
    next.send(&mut world.vm, &[&admin]).expect(OURS);
    let now = world.vm.now();
    let set = CreateAttestorSet::new(&payer, &next.accounts, &attestors("next", 3), 2, now);
    set.send(&mut world.vm, &[&admin]).expect(OURS);
    world.vm.set_time(now + i64::from(CLOCK_TOLERANCE_SECS) + 1);
    (world, next.accounts.custodian)
}

/// Of a mint to Alice; not opened yet.
fn posted() -> (World, Posted) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::new(&world, &mint.body());
    (world, posted)
}
