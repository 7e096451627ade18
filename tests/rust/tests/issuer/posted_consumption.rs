//! A posted attestation in place of signatures in the transaction: it counts as they would, at the
//! time it is consumed.

use issuer::{
    accounts,
    error::IssuerError,
    event::SharesMinted,
    instruction,
    instructions::RemoveAttestorArgs,
    state::{Attestation, AttestorSet},
};
use scrip_interface::attestation::{AttestorsBody, Decision, Kind};
use scrip_tests::{
    build::{
        AttestMint, Call, INSTRUCTIONS_SYSVAR, LIFETIME, Posted, RequestRedemption,
        SettleRedemption, attestation_args, event_authority, header,
    },
    vm::{Outcome, START, assert_fails, key},
    world::{SHARE, World},
};
use solana_instruction::AccountMeta;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// What a transaction may have on the wire, and what setting limit and price of compute units adds.
const TRANSACTION_BYTES: usize = 1_232;
const COMPUTE_BUDGET_BYTES: usize = 32 + 2 * 3 + 5 + 9;

/// A mint of one share to Alice whose attestation was posted by these attestors.
fn setup(places: &[usize]) -> (World, Posted, AttestMint) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::complete(&mut world, &mint.body(), places);
    mint.accounts.signatures = posted.address();
    (world, posted, mint)
}

fn consume(mint: &AttestMint, world: &mut World) -> Outcome {
    world.vm.send(&[mint.instruction()], &[])
}

/// A quorum's mint with a change before it is consumed: nothing is minted.
#[track_caller]
fn refused(change: impl FnOnce(&mut AttestMint, &mut World), expected: IssuerError) {
    let (mut world, _, mut mint) = setup(&[0, 1, 2]);
    change(&mut mint, &mut world);
    assert_fails(consume(&mint, &mut world), expected);
    assert_eq!((world.supply(), world.ticker().minted), (0, 0));
}

type Removal = Call<accounts::RemoveAttestor, instruction::RemoveAttestor>;

/// Takes an attestor's key out of the world's only set, by the admin.
fn removal(world: &World, attestor: Pubkey) -> Removal {
    let accounts = accounts::RemoveAttestor {
        operator: Some(world.admin.pubkey()),
        role_grant: None,
        issuer: world.listed.accounts.issuer,
        custodian: world.custodian.accounts.custodian,
        signing_set: None,
        signatures: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = RemoveAttestorArgs { attestor, attestation: None };
    let mut call = Call::new(accounts, instruction::RemoveAttestor { args });
    call.remaining = vec![AccountMeta::new(world.attestor_set, false)];
    call
}

fn remove(world: &mut World, place: usize) {
    let attestor = world.attestors[place].pubkey();
    let admin = world.admin.insecure_clone();
    removal(world, attestor).send(&mut world.vm, &[&admin]).unwrap();
}

#[test]
fn attest_mint_consumes_a_posted_attestation_once() {
    let (mut world, _, mint) = setup(&[4, 0, 2]);
    let receipt = consume(&mint, &mut world).unwrap();
    assert_eq!(world.balance(&mint.args.owner), SHARE);
    let [event] = &receipt.events::<SharesMinted>()[..] else { panic!("one event") };
    // By their places in the set, not in the order of posting.
    assert_eq!((event.signers, event.nonce), (0b10101, mint.args.attestation.nonce));
    assert_fails(consume(&mint, &mut world), IssuerError::NonceUsed);
    assert_eq!(world.supply(), SHARE);
}

#[test]
fn the_same_attestation_counts_once_whichever_way_it_comes() {
    let (mut world, posted, mut mint) = setup(&[0, 1, 2]);
    mint.accounts.signatures = INSTRUCTIONS_SYSVAR;
    mint.send(&mut world).unwrap();
    mint.accounts.signatures = posted.address();
    assert_fails(consume(&mint, &mut world), IssuerError::NonceUsed);

    let (mut world, _, mut mint) = setup(&[0, 1, 2]);
    consume(&mint, &mut world).unwrap();
    mint.accounts.signatures = INSTRUCTIONS_SYSVAR;
    assert_fails(mint.send(&mut world), IssuerError::NonceUsed);
    assert_eq!(world.supply(), SHARE);
}

#[test]
fn a_posted_attestation_counts_once_it_is_complete() {
    let (mut world, posted, mint) = setup(&[0, 1]);
    assert_fails(consume(&mint, &mut world), IssuerError::ThresholdNotReached);
    // The same one again does not make three.
    assert_fails(posted.post(&mut world, &[1]), IssuerError::NoNewSignature);
    assert_fails(consume(&mint, &mut world), IssuerError::ThresholdNotReached);
    posted.post(&mut world, &[3]).unwrap();
    consume(&mint, &mut world).unwrap();
    assert_eq!(world.supply(), SHARE);
}

#[test]
fn ten_of_sixteen_attestors_mint_by_posting() {
    let mut world = World::with_quorum(10, 16);
    let alice = world.investor("alice").pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::new(&world, &mint.body());
    mint.accounts.signatures = posted.address();
    let mut costs = vec![posted.open(&mut world).unwrap().cost];
    for places in [[15, 3, 7, 1], [0, 2, 4, 6], [8, 9, 10, 11]] {
        assert_fails(consume(&mint, &mut world), IssuerError::ThresholdNotReached);
        costs.push(posted.post(&mut world, &places).unwrap().cost);
    }
    let receipt = consume(&mint, &mut world).unwrap();
    costs.push(receipt.cost);
    assert!(costs.iter().all(|cost| cost.bytes + COMPUTE_BUDGET_BYTES <= TRANSACTION_BYTES));
    assert_eq!(receipt.events::<SharesMinted>()[0].signers, 0b1000_1111_1101_1111);
    assert_eq!(world.balance(&alice), SHARE);
}

#[test]
fn a_member_removed_after_posting_does_not_count() {
    let (mut world, posted, mint) = setup(&[0, 1, 2]);
    remove(&mut world, 1);
    assert_fails(consume(&mint, &mut world), IssuerError::ThresholdNotReached);
    assert_fails(posted.post(&mut world, &[1]), IssuerError::AttestorUnknown);
    posted.post(&mut world, &[4]).unwrap();
    let receipt = consume(&mint, &mut world).unwrap();
    // Of the four who are left: 0, 2, 3, 4.
    assert_eq!(receipt.events::<SharesMinted>()[0].signers, 0b1011);
}

#[test]
fn a_removed_member_does_not_count_however_many_places_its_signature_takes() {
    // Full: three are needed, all five posted, two removed, three left.
    let (mut world, _, mint) = setup(&[0, 1, 2, 3, 4]);
    remove(&mut world, 4);
    remove(&mut world, 0);
    let receipt = consume(&mint, &mut world).unwrap();
    assert_eq!(receipt.events::<SharesMinted>()[0].signers, 0b111);
}

#[test]
fn a_posted_attestation_expires() {
    let (mut world, _, mint) = setup(&[0, 1, 2]);
    world.vm.set_time(START + LIFETIME - 1);
    consume(&mint, &mut world).unwrap();
    refused(|_, world| world.vm.set_time(START + LIFETIME), IssuerError::AttestationExpired);
}

#[test]
fn a_posted_attestation_counts_for_what_it_says_only() {
    refused(|mint, _| mint.args.amount += 1, IssuerError::AttestationMismatch);
    refused(|mint, _| mint.args.statement.settled_shares_e8 += 1, IssuerError::AttestationMismatch);
    refused(|mint, _| mint.args.attestation.nonce += 1, IssuerError::AttestationMismatch);
    refused(|mint, _| mint.args.attestation.expires_at += 1, IssuerError::AttestationMismatch);
    refused(
        |mint, world| {
            let thief = world.investor("thief").pubkey();
            mint.args.owner = thief;
            mint.accounts.destination = world.token_account_of(&thief, &mint.accounts.mint);
        },
        IssuerError::AttestationMismatch,
    );
    refused(
        |_, world| world.edit_ticker(|ticker| ticker.action_sequence += 1),
        IssuerError::AttestationMismatch,
    );
    refused(
        |mint, world| mint.accounts.attestor_set = world.another_custodians_set(),
        IssuerError::WrongCustodian,
    );
}

#[test]
fn a_posted_attestation_counts_for_its_kind_only() {
    let (mut world, posted, mint) = setup(&[0, 1, 2]);
    // The digest with another kind's number, as nothing on the chain can write it.
    world.vm.edit(&posted.address(), |account| account.data[8 + 2] = Kind::Settle as u8);
    assert_fails(consume(&mint, &mut world), IssuerError::AttestationMismatch);
    world.vm.edit(&posted.address(), |account| account.data[8 + 2] = 9);
    assert_fails(consume(&mint, &mut world), IssuerError::AttestationBodyInvalid);
}

#[test]
fn only_an_attestation_of_this_program_counts() {
    let look_alike = |mint: &mut AttestMint, world: &mut World| {
        let mut account = world.vm.account(&mint.accounts.signatures).unwrap();
        account.owner = key("another program").pubkey();
        mint.accounts.signatures = key("look-alike").pubkey();
        world.vm.svm.set_account(mint.accounts.signatures, account).unwrap();
    };
    refused(look_alike, IssuerError::Ed25519Missing);
    let nothing = |mint: &mut AttestMint, _: &mut World| {
        mint.accounts.signatures = key("nothing").pubkey();
    };
    refused(nothing, IssuerError::Ed25519Missing);
    // Accounts of this program of every other kind that a mint has at hand.
    refused(
        |mint, _| mint.accounts.signatures = mint.accounts.attestor_set,
        IssuerError::Ed25519Missing,
    );
    refused(|mint, _| mint.accounts.signatures = mint.accounts.issuer, IssuerError::Ed25519Missing);
    let of_another_kind = |mint: &mut AttestMint, world: &mut World| {
        world.vm.edit(&mint.accounts.signatures, |account| account.data[0] ^= 1);
    };
    refused(of_another_kind, IssuerError::Ed25519Missing);
    let short = |mint: &mut AttestMint, world: &mut World| {
        world.vm.edit(&mint.accounts.signatures, |account| account.data.truncate(7));
    };
    refused(short, IssuerError::Ed25519Missing);
    let cut = |mint: &mut AttestMint, world: &mut World| {
        let len = Attestation::SPACE - 1;
        world.vm.edit(&mint.accounts.signatures, |account| account.data.truncate(len));
    };
    refused(cut, IssuerError::Ed25519Missing);
}

#[test]
fn a_posted_attestation_ends_with_its_set() {
    let change = |edit: fn(&mut AttestorSet)| {
        move |_: &mut AttestMint, world: &mut World| {
            let address = world.attestor_set;
            let mut set: AttestorSet = world.vm.state(&address);
            edit(&mut set);
            let bytes = anchor_lang::__private::bytemuck::bytes_of(&set).to_vec();
            world.vm.edit(&address, |account| account.data[8..].copy_from_slice(&bytes));
        }
    };
    refused(change(|set| set.expires_at = START), IssuerError::AttestorSetExpired);
    refused(change(|set| set.kinds = Kind::Settle.bit()), IssuerError::KindNotAllowed);
}

#[test]
fn settle_redemption_consumes_a_posted_attestation() {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    let mut settle = SettleRedemption::new(&mut world, &request, SHARE);
    let posted = Posted::complete(&mut world, &settle.body(), &[1, 2, 3]);
    settle.accounts.signatures = posted.address();
    world.vm.send(&[settle.instruction()], &[]).unwrap();
    assert_eq!((world.supply(), world.escrow_balance()), (2 * SHARE, SHARE));
    let again = world.vm.send(&[settle.instruction()], &[]);
    assert_fails(again, IssuerError::NonceUsed);
}

#[test]
fn a_decision_about_attestors_consumes_a_posted_attestation() {
    let mut world = World::new();
    let captured = world.attestors[0].pubkey();
    let custodian = world.custodian.accounts.custodian;
    let attestation = attestation_args(&mut world);
    let body = AttestorsBody {
        header: header(&attestation, custodian, world.attestor_set),
        decision: Decision::RemoveAttestor as u8,
        target: custodian,
        value: captured.to_bytes(),
    };
    let posted = Posted::complete(&mut world, &body, &[2, 3, 4]);
    let mut call = removal(&world, captured);
    call.data.args.attestation = Some(attestation);
    call.accounts.operator = None;
    call.accounts.signing_set = Some(world.attestor_set);
    call.accounts.signatures = Some(posted.address());

    call.data.args.attestor = world.attestors[1].pubkey();
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::AttestationMismatch);
    call.data.args.attestor = captured;
    call.send(&mut world.vm, &[]).unwrap();
    let set: AttestorSet = world.vm.state(&world.attestor_set);
    assert_eq!((set.count, set.members().contains(&captured)), (4, false));
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::NonceUsed);
}
