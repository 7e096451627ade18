//! Opening, posting to and closing a posted attestation. What it is good for: `posted_consumption`.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    state::{Attestation, AttestorSet, Issuer},
};
use scrip_interface::attestation::{Body, Header, Kind, MintBody, SettleBody, message};
use scrip_tests::{
    attest::{sign, verification},
    build::{AttestMint, LIFETIME, Posted, YEAR, attestation_address},
    vm::{START, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A mint of one share to Alice, not opened yet.
fn setup() -> (World, MintBody, Posted) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let body = AttestMint::new(&mut world, &alice, SHARE).body();
    let posted = Posted::new(&world, &body);
    (world, body, posted)
}

fn opened() -> (World, Posted) {
    let (mut world, _, posted) = setup();
    posted.open(&mut world).unwrap();
    (world, posted)
}

fn signers(world: &World, posted: &Posted) -> Vec<Pubkey> {
    world.vm.state::<Attestation>(&posted.address()).signers().to_vec()
}

/// Opens with a change; the address follows from the arguments. Nothing is opened.
#[track_caller]
fn refused(change: impl FnOnce(&mut Posted, &mut World), expected: IssuerError) {
    let (mut world, _, mut posted) = setup();
    change(&mut posted, &mut world);
    let (accounts, args) = (&mut posted.open.accounts, &posted.open.data.args);
    accounts.attestation = attestation_address(&accounts.issuer, args.kind, &args.body);
    assert_fails(posted.open(&mut world), expected);
    assert!(world.vm.account(&posted.open.accounts.attestation).is_none());
}

/// Opens a body whose header was changed.
#[track_caller]
fn refused_header(change: impl FnOnce(&mut Header), expected: IssuerError) {
    let (mut world, mut body, _) = setup();
    change(&mut body.header);
    assert_fails(Posted::new(&world, &body).open(&mut world), expected);
}

/// Changes the world's attestor set behind the program's back.
fn edit_set(world: &mut World, edit: impl FnOnce(&mut AttestorSet)) {
    let address = world.attestor_set;
    let mut set: AttestorSet = world.vm.state(&address);
    edit(&mut set);
    let bytes = anchor_lang::__private::bytemuck::bytes_of(&set).to_vec();
    world.vm.edit(&address, |account| account.data[8..].copy_from_slice(&bytes));
}

#[test]
fn open_attestation_makes_an_empty_place() {
    let (world, posted) = opened();
    let attestation: Attestation = world.vm.state(&posted.address());
    assert_eq!((attestation.kind, attestation.count), (Kind::Mint as u8, 0));
    assert_eq!(attestation.issuer, world.listed.accounts.issuer);
    assert_eq!(attestation.attestor_set, world.attestor_set);
    assert_eq!(attestation.rent_payer, world.vm.payer.pubkey());
    assert_eq!(message(Kind::Mint, &attestation.digest), posted.message);
    assert_eq!(attestation.expires_at, START + LIFETIME);
}

#[test]
fn open_attestation_rejects_what_is_no_body_of_its_kind() {
    for kind in [Kind::Reserve as u8, Kind::Action as u8, Kind::Attestors as u8, 9, 255] {
        refused(|posted, _| posted.open.data.args.kind = kind, IssuerError::AttestationBodyInvalid);
    }
    refused(
        |posted, _| posted.open.data.args.body.truncate(MintBody::LEN - 1),
        IssuerError::AttestationBodyInvalid,
    );
    refused(|posted, _| posted.open.data.args.body.push(0), IssuerError::AttestationBodyInvalid);
    refused(|posted, _| posted.open.data.args.body.clear(), IssuerError::AttestationBodyInvalid);
}

#[test]
fn open_attestation_rejects_another_cluster_program_and_set() {
    refused_header(|header| header.genesis_hash[0] ^= 1, IssuerError::AttestationBodyInvalid);
    refused_header(
        |header| header.program_id = Pubkey::default(),
        IssuerError::AttestationBodyInvalid,
    );
    refused_header(
        |header| header.attestor_set = Pubkey::default(),
        IssuerError::AttestationBodyInvalid,
    );
    refused(
        |posted, world| posted.open.accounts.attestor_set = world.another_custodians_set(),
        IssuerError::AttestationBodyInvalid,
    );
    refused(
        |posted, world| {
            let other = world.another_issuer();
            let hash = 8 + std::mem::offset_of!(Issuer, genesis_hash);
            world.vm.edit(&other, |account| account.data[hash] ^= 1);
            posted.open.accounts.issuer = other;
        },
        IssuerError::AttestationBodyInvalid,
    );
}

#[test]
fn open_attestation_rejects_what_could_not_be_consumed_now() {
    refused_header(|header| header.expires_at = START, IssuerError::AttestationLifetimeInvalid);
    refused_header(
        |header| header.expires_at = START + 7 * 24 * 60 * 60 + 1,
        IssuerError::AttestationLifetimeInvalid,
    );
    refused_header(|header| header.issued_at = START + 61, IssuerError::AttestationNotYetIssued);
    refused(|_, world| world.vm.set_time(START + LIFETIME), IssuerError::AttestationExpired);
    refused(
        |_, world| edit_set(world, |set| set.kinds &= !Kind::Mint.bit()),
        IssuerError::KindNotAllowed,
    );
    refused(
        |_, world| edit_set(world, |set| set.valid_from = START + 1),
        IssuerError::AttestorSetNotYetValid,
    );
    refused(
        |_, world| edit_set(world, |set| set.expires_at = START),
        IssuerError::AttestorSetExpired,
    );
}

#[test]
fn open_attestation_works_once_at_its_own_address() {
    let (mut world, _, mut posted) = setup();
    let right = posted.address();
    posted.open.accounts.attestation = key("elsewhere").pubkey();
    let outcome = posted.open(&mut world);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
    posted.open.accounts.attestation = right;
    posted.open(&mut world).unwrap();
    // The System program's "already in use".
    assert_fails_with(posted.open(&mut world), 0);
}

#[test]
fn nobody_keeps_an_attestation_out_by_opening_or_funding_ahead() {
    let (mut world, body, posted) = setup();
    assert_eq!(MintBody::LEN, SettleBody::LEN);
    let mut as_settlement = Posted::new(&world, &body);
    let (accounts, args) = (&mut as_settlement.open.accounts, &mut as_settlement.open.data.args);
    args.kind = Kind::Settle as u8;
    accounts.attestation = attestation_address(&accounts.issuer, args.kind, &args.body);
    as_settlement.open(&mut world).unwrap();

    let mut of_another = Posted::new(&world, &body);
    let accounts = &mut of_another.open.accounts;
    accounts.issuer = world.another_issuer();
    let args = &of_another.open.data.args;
    accounts.attestation = attestation_address(&accounts.issuer, args.kind, &args.body);
    of_another.open(&mut world).unwrap();

    world.vm.svm.airdrop(&posted.address(), 1_000_000).unwrap();
    posted.open(&mut world).unwrap();
    posted.post(&mut world, &[0]).unwrap();
}

#[test]
fn post_attestation_gathers_signatures_in_any_order() {
    let (mut world, posted) = opened();
    posted.post(&mut world, &[3]).unwrap();
    posted.post(&mut world, &[4, 0]).unwrap();
    let [third, fourth, zeroth] = [3, 4, 0].map(|place: usize| world.attestors[place].pubkey());
    assert_eq!(signers(&world, &posted), [third, fourth, zeroth]);
}

#[test]
fn post_attestation_counts_a_signature_once() {
    let (mut world, posted) = opened();
    // Somebody else's transaction with one of them lands first: the others still go in.
    posted.post(&mut world, &[1]).unwrap();
    posted.post(&mut world, &[0, 1, 2]).unwrap();
    assert_eq!(signers(&world, &posted).len(), 3);
    assert_fails(posted.post(&mut world, &[2, 0]), IssuerError::NoNewSignature);
    assert_fails(posted.post(&mut world, &[3, 3]), IssuerError::AttestorRepeated);
    assert_eq!(signers(&world, &posted).len(), 3);
}

#[test]
fn post_attestation_rejects_strangers_even_beside_members() {
    let (mut world, posted) = opened();
    let (stranger, member) = (key("stranger"), world.attestors[0].insecure_clone());
    for keys in [vec![&stranger], vec![&member, &stranger]] {
        let signatures = sign(&posted.message, &keys);
        let outcome = world.vm.send(&[signatures, posted.post.instruction()], &[]);
        assert_fails(outcome, IssuerError::AttestorUnknown);
    }
    assert_eq!(signers(&world, &posted), []);
}

#[test]
fn post_attestation_rejects_signatures_of_anything_else() {
    let (mut world, posted) = opened();
    let digest = posted.message[16..].try_into().unwrap();
    for other in [message(Kind::Settle, &digest), message(Kind::Mint, &[0; 32])] {
        let signatures = sign(&other, &world.signers(&[0]));
        let outcome = world.vm.send(&[signatures, posted.post.instruction()], &[]);
        assert_fails(outcome, IssuerError::AttestationMismatch);
    }
    let signatures = sign(&posted.message, &world.signers(&[0]));
    let after = world.vm.send(&[posted.post.instruction(), signatures.clone()], &[]);
    assert_fails(after, IssuerError::Ed25519Missing);
    let mut longer = signatures.data;
    longer.push(0);
    let outcome = world.vm.send(&[verification(longer), posted.post.instruction()], &[]);
    assert_fails(outcome, IssuerError::Ed25519LayoutInvalid);
    assert_eq!(signers(&world, &posted), []);
}

#[test]
fn post_attestation_rejects_another_set_and_a_fake_sysvar() {
    let (mut world, mut posted) = opened();
    let set = posted.post.accounts.attestor_set;
    posted.post.accounts.attestor_set = world.another_custodians_set();
    assert_fails(posted.post(&mut world, &[0]), IssuerError::WrongCustodian);
    posted.post.accounts.attestor_set = set;
    posted.post.accounts.signatures = key("a sysvar, it says").pubkey();
    assert_fails_with(posted.post(&mut world, &[0]), ErrorCode::ConstraintAddress.into());
    assert_eq!(signers(&world, &posted), []);
}

#[test]
fn post_attestation_ends_with_the_sets_own_power() {
    let (mut world, posted) = opened();
    edit_set(&mut world, |set| set.kinds &= !Kind::Mint.bit());
    assert_fails(posted.post(&mut world, &[0]), IssuerError::KindNotAllowed);
    edit_set(&mut world, |set| set.kinds |= Kind::Mint.bit());
    world.vm.set_time(START + YEAR);
    assert_fails(posted.post(&mut world, &[0]), IssuerError::AttestorSetExpired);
}

#[test]
fn close_attestation_waits_for_the_expiry_and_returns_the_rent() {
    let (mut world, _, mut posted) = setup();
    let friend = key("friend");
    world.vm.svm.airdrop(&friend.pubkey(), 10_000_000).unwrap();
    posted.open.accounts.payer = friend.pubkey();
    posted.open.send(&mut world.vm, &[&friend]).unwrap();
    posted.post(&mut world, &[0, 1, 2]).unwrap();

    posted.close.accounts.rent_payer = friend.pubkey();
    world.vm.set_time(START + LIFETIME - 1);
    assert_fails(posted.close(&mut world), IssuerError::AttestationNotExpired);
    world.vm.set_time(START + LIFETIME);
    posted.close.accounts.rent_payer = world.vm.payer.pubkey();
    assert_fails(posted.close(&mut world), IssuerError::WrongRentPayer);
    posted.close.accounts.rent_payer = friend.pubkey();
    posted.close(&mut world).unwrap();
    assert_eq!(world.vm.account(&friend.pubkey()).unwrap().lamports, 10_000_000);
    assert!(world.vm.account(&posted.address()).is_none());

    // It cannot come back, nor can anything be posted to it.
    let again = posted.open.send(&mut world.vm, &[&friend]);
    assert_fails(again, IssuerError::AttestationExpired);
    let outcome = posted.post(&mut world, &[0]);
    assert_fails_with(outcome, ErrorCode::AccountOwnedByWrongProgram.into());
}
