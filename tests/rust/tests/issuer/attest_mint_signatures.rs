//! Every way in which signatures can be wrong, missing, elsewhere or about something else.

use issuer::{error::IssuerError, state::AttestorSet};
use scrip_interface::attestation::{Body, Kind, MintBody, SettleBody};
use scrip_tests::{
    attest::{self, verification},
    build::AttestMint,
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;

fn setup() -> (World, AttestMint) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, SHARE);
    (world, mint)
}

/// What was signed differs from what the arguments and accounts say.
#[track_caller]
fn mismatch(change: impl FnOnce(&mut MintBody)) {
    let (mut world, mut mint) = setup();
    let mut body = mint.body();
    change(&mut body);
    mint.body = Some(body);
    assert_fails(mint.send(&mut world), IssuerError::AttestationMismatch);
    assert_eq!(world.supply(), 0);
}

/// The Ed25519 instruction's data is another than the one layout.
#[track_caller]
fn bad_layout(change: impl FnOnce(&mut Vec<u8>)) {
    let (mut world, mint) = setup();
    let mut verification = mint.signatures(&world);
    change(&mut verification.data);
    let outcome = mint.send_with(&mut world, verification);
    assert_fails(outcome, IssuerError::Ed25519LayoutInvalid);
    assert_eq!(world.supply(), 0);
}

#[test]
fn attest_mint_rejects_a_message_about_anything_else() {
    mismatch(|body| body.header.genesis_hash = [8; 32]);
    mismatch(|body| body.header.program_id = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.subject = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.attestor_set = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.nonce += 1);
    mismatch(|body| body.header.issued_at -= 1);
    mismatch(|body| body.header.expires_at += 1);
    mismatch(|body| body.action_sequence += 1);
    mismatch(|body| body.owner = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.amount -= 1);
    mismatch(|body| body.statement.as_of -= 1);
    mismatch(|body| body.statement.settled_shares_e8 += 1);
    mismatch(|body| body.statement.receivable_shares_e8 += 1);
}

#[test]
fn attest_mint_rejects_a_message_of_another_kind() {
    let (mut world, mint) = setup();
    let body = mint.body();
    let settle = SettleBody {
        header: body.header,
        action_sequence: 0,
        request: 1,
        redemption: body.owner,
        amount: body.amount,
        payout_reference: [0; 32],
    };
    let mut other_kind = body.message();
    other_kind[15] = Kind::Settle as u8;
    for message in [settle.message(), other_kind] {
        let verification = attest::sign(&message, &world.signers(&[0, 1, 2]));
        let outcome = mint.send_with(&mut world, verification);
        assert_fails(outcome, IssuerError::AttestationMismatch);
    }
}

#[test]
fn attest_mint_rejects_what_was_signed_before_a_corporate_action() {
    let (mut world, mint) = setup();
    world.edit_ticker(|ticker| ticker.action_sequence += 1);
    assert_fails(mint.send(&mut world), IssuerError::AttestationMismatch);
}

#[test]
fn attest_mint_rejects_too_few_signatures() {
    let (mut world, mut mint) = setup();
    mint.signers = vec![1, 4];
    assert_fails(mint.send(&mut world), IssuerError::ThresholdNotReached);
}

#[test]
fn attest_mint_rejects_one_attestor_twice() {
    let (mut world, mut mint) = setup();
    mint.signers = vec![0, 1, 1];
    assert_fails(mint.send(&mut world), IssuerError::AttestorRepeated);
}

#[test]
fn attest_mint_rejects_a_stranger_even_beside_a_quorum() {
    let (mut world, mint) = setup();
    let forger = key("forger");
    for members in [&[0, 1][..], &[0, 1, 2]] {
        let mut signers = world.signers(members);
        signers.push(&forger);
        let verification = attest::sign(&mint.body().message(), &signers);
        let outcome = mint.send_with(&mut world, verification);
        assert_fails(outcome, IssuerError::AttestorUnknown);
    }
}

#[test]
fn attest_mint_rejects_a_key_of_an_unused_slot() {
    // The set's free slots hold zeros: no signature of that "key" may count.
    let (mut world, mint) = setup();
    let set = world.attestor_set;
    world.vm.edit(&set, |account| account.data[8 + 2] = 1);
    let mut verification = attest::sign(&mint.body().message(), &world.signers(&[0]));
    verification.data[16..48].fill(0);
    let failure = mint.send_with(&mut world, verification).unwrap_err();
    // The precompile refuses it first; were it ever to pass, it is still not a member.
    assert!(matches!(failure.error, TransactionError::InstructionError(0, _)));
}

#[test]
fn attest_mint_needs_the_verification_just_before_it() {
    let (mut world, mint) = setup();
    let (ours, verification) = (mint.instruction(), mint.signatures(&world));
    let other =
        solana_compute_budget_interface::ComputeBudgetInstruction::set_compute_unit_price(1);
    let orders: [&[Instruction]; 4] = [
        std::slice::from_ref(&ours),
        &[ours.clone(), verification.clone()],
        &[verification.clone(), other.clone(), ours.clone()],
        &[other, ours.clone()],
    ];
    for order in orders {
        assert_fails(world.vm.send(order, &[]), IssuerError::Ed25519Missing);
    }
}

#[test]
fn attest_mint_rejects_a_verification_of_nothing() {
    let (mut world, mint) = setup();
    // The precompile itself is content with zero signatures.
    world.vm.send(&[verification(vec![0, 0])], &[]).unwrap();
    let outcome = mint.send_with(&mut world, verification(vec![0, 0]));
    assert_fails(outcome, IssuerError::Ed25519LayoutInvalid);
}

#[test]
fn attest_mint_rejects_each_instruction_index_but_this() {
    // Index 0 is the Ed25519 instruction itself, so the precompile is content with it.
    for signer in 0..3 {
        for index in [4, 8, 14] {
            let at = 2 + 14 * signer + index - 2;
            bad_layout(|data| data[at..at + 2].fill(0));
        }
    }
}

#[test]
fn attest_mint_rejects_trailing_bytes_padding_and_copies() {
    bad_layout(|data| data.push(0));
    bad_layout(|data| data[1] = 1);
    // The message once more at the end, and one signature over the copy.
    bad_layout(|data| {
        let message = data[data.len() - 48..].to_vec();
        let copy = u16::try_from(data.len()).unwrap();
        data.extend_from_slice(&message);
        data[2 + 8..2 + 10].copy_from_slice(&copy.to_le_bytes());
    });
}

#[test]
fn attest_mint_rejects_signatures_over_more_or_less_than_the_message() {
    let (mut world, mint) = setup();
    let message = mint.body().message();
    for (from, to) in [(0, 47), (1, 48)] {
        // One attestor signs a part of the message; the record says so.
        let signer = &world.attestors[0];
        let signature: [u8; 64] = signer.sign_message(&message[from..to]).into();
        let mut data = attest::sign(&message, &world.signers(&[0, 1, 2])).data;
        let start = data.len() - 48 + from;
        let signer_at = 2 + 3 * 14;
        data[signer_at + 32..signer_at + 96].copy_from_slice(&signature);
        data[2 + 8..2 + 10].copy_from_slice(&u16::try_from(start).unwrap().to_le_bytes());
        data[2 + 10..2 + 12].copy_from_slice(&u16::try_from(to - from).unwrap().to_le_bytes());
        let outcome = mint.send_with(&mut world, verification(data));
        assert_fails(outcome, IssuerError::Ed25519LayoutInvalid);
    }
}

#[test]
fn attest_mint_never_runs_beside_a_wrong_signature() {
    let (mut world, mint) = setup();
    let mut verification = mint.signatures(&world);
    let last = verification.data.len() - 1;
    verification.data[last] ^= 1;
    let failure = mint.send_with(&mut world, verification).unwrap_err();
    // The precompile's own "invalid signature".
    assert_eq!(failure.error, TransactionError::InstructionError(0, InstructionError::Custom(2)));
}

#[test]
fn attest_mint_rejects_a_set_outside_its_kinds() {
    let (mut world, mint) = setup();
    let set = world.attestor_set;
    let kinds = Kind::ALL_BITS & !Kind::Mint.bit();
    world.vm.edit(&set, |account| account.data[16..18].copy_from_slice(&kinds.to_le_bytes()));
    assert_fails(mint.send(&mut world), IssuerError::KindNotAllowed);
}

#[test]
fn attest_mint_rejects_a_set_before_and_after_its_time() {
    let mint_at = |time: fn(&AttestorSet) -> i64| {
        let (mut world, _) = setup();
        let set: AttestorSet = world.vm.state(&world.attestor_set);
        world.vm.set_time(time(&set));
        let alice = world.investor("alice").pubkey();
        AttestMint::new(&mut world, &alice, SHARE).send(&mut world)
    };
    assert_fails(mint_at(|set| set.valid_from - 1), IssuerError::AttestorSetNotYetValid);
    mint_at(|set| set.valid_from).unwrap();
    mint_at(|set| set.expires_at - 1).unwrap();
    assert_fails(mint_at(|set| set.expires_at), IssuerError::AttestorSetExpired);
}

#[test]
fn attest_mint_rejects_an_attestation_out_of_its_time() {
    let late = |seconds| {
        let (mut world, mint) = setup();
        world.vm.set_time(mint.args.attestation.expires_at + seconds);
        mint.send(&mut world)
    };
    late(-1).unwrap();
    assert_fails(late(0), IssuerError::AttestationExpired);

    let ahead = |seconds| {
        let (mut world, mut mint) = setup();
        mint.args.attestation.issued_at += seconds;
        mint.send(&mut world)
    };
    ahead(60).unwrap();
    assert_fails(ahead(61), IssuerError::AttestationNotYetIssued);
}

#[test]
fn attest_mint_rejects_a_lifetime_of_nothing_less_or_too_much() {
    let lifetime = |issued_at: i64, expires_at: i64| {
        let (mut world, mut mint) = setup();
        mint.args.attestation.issued_at = issued_at;
        mint.args.attestation.expires_at = expires_at;
        mint.send(&mut world)
    };
    let now = scrip_tests::vm::START;
    let week = 7 * 24 * 60 * 60;
    lifetime(now, now + week).unwrap();
    for (issued_at, expires_at) in
        [(now, now), (now + 10, now + 5), (now, now + week + 1), (i64::MIN, i64::MAX), (-1, -2)]
    {
        let outcome = lifetime(issued_at, expires_at);
        assert_fails(outcome, IssuerError::AttestationLifetimeInvalid);
    }
    assert_fails(lifetime(-20, -10), IssuerError::AttestationExpired);
    assert_fails(lifetime(i64::MAX - 1, i64::MAX), IssuerError::AttestationNotYetIssued);
}
