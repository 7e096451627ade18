//! The hook fails closed: accounts left out, forged, of others, or called by somebody else.

use anchor_lang::Discriminator;
use gate::{
    error::GateError,
    state::{Policy, Wallet},
};
use scrip_interface::{
    gate::{Reasons, TransferReasons, pda},
    issuer::Mode,
};
use scrip_tests::{
    caller::Caller,
    gate::{
        Foreign, Gated, Transfer, assert_refused, can_transfer, direct, hook_list_address,
        initialize_hook_list, make_mint, other_token_account, place_at, policy_address, record,
        set_transferring, terms, wallet_address,
    },
    vm::{Outcome, assert_fails_with, key},
    world::SHARE,
};
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use spl_tlv_account_resolution::error::AccountResolutionError;

fn two() -> (Gated, Keypair, Transfer) {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", 2 * SHARE);
    let bob = gated.registered("bob").pubkey();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    (gated, alice, transfer)
}

/// The hook as called from outside, with both accounts flagged as in a transfer.
fn flagged() -> (Gated, Transfer) {
    let (mut gated, _, transfer) = two();
    for account in [transfer.source, transfer.destination] {
        set_transferring(&mut gated.vm, &account, true);
    }
    (gated, transfer)
}

fn call(gated: &mut Gated, transfer: &Transfer) -> Outcome {
    gated.vm.send(&[direct(transfer)], &[])
}

#[test]
fn a_call_outside_of_a_transfer_is_refused() {
    let (mut gated, _, transfer) = two();
    for (source, destination) in [(false, false), (true, false), (false, true)] {
        set_transferring(&mut gated.vm, &transfer.source, source);
        set_transferring(&mut gated.vm, &transfer.destination, destination);
        assert_refused(call(&mut gated, &transfer), GateError::NotTransferring);
    }
    set_transferring(&mut gated.vm, &transfer.source, true);
    call(&mut gated, &transfer).unwrap();
}

#[test]
fn no_account_can_be_left_out() {
    let (mut gated, alice, transfer) = two();
    let [policy, destination, source, _, list] = [0, 1, 2, 3, 4];
    // Without the list Token-2022 asks with four accounts. Ours must not take that for an answer.
    let mut without = transfer.clone();
    without.extra.remove(list);
    assert_refused(gated.send_transfer(&without, &alice), GateError::AccountsMissing);
    without.extra = vec![without.extra[3].clone()];
    assert_refused(gated.send_transfer(&without, &alice), GateError::AccountsMissing);
    // With the list Token-2022 itself misses the others.
    for left_out in [policy, destination, source] {
        let mut without = transfer.clone();
        without.extra.remove(left_out);
        let incorrect = AccountResolutionError::IncorrectAccount as u32;
        assert_fails_with(gated.send_transfer(&without, &alice), incorrect);
    }
    assert_eq!(gated.balance_of(&transfer.destination), 0);

    // Called by anyone, any number of accounts below all is too few.
    let (mut gated, transfer) = flagged();
    for count in 0..8 {
        let mut short = direct(&transfer);
        short.accounts.truncate(count);
        assert_refused(gated.vm.send(&[short], &[]), GateError::AccountsMissing);
    }
    call(&mut gated, &transfer).unwrap();
}

#[test]
fn a_forged_list_is_no_list() {
    let (mut gated, alice, mut transfer) = two();
    let real = gated.vm.account(&hook_list_address(&transfer.mint)).unwrap();
    let forged = key("forged list").pubkey();
    gated.vm.svm.set_account(forged, real).unwrap();
    transfer.extra[4].pubkey = forged;
    assert_refused(gated.send_transfer(&transfer, &alice), GateError::AccountsMissing);
    assert_eq!(gated.balance_of(&transfer.destination), 0);
}

#[test]
fn a_mint_whose_list_was_never_made_does_not_move() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    scrip_tests::gate::create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms())
        .send(&mut gated.vm, &[&admin])
        .unwrap();
    let alice = gated.shareholder("alice", SHARE);
    let bob = gated.registered("bob").pubkey();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    // Its address, where nothing is.
    let failure = gated.send_transfer(&transfer, &alice).unwrap_err();
    let expected = TransactionError::InstructionError(0, InstructionError::InvalidAccountData);
    assert_eq!(failure.error, expected, "{:#?}", failure.logs);
    let without = Transfer { extra: transfer.extra[3..4].to_vec(), ..transfer.clone() };
    assert_refused(gated.send_transfer(&without, &alice), GateError::AccountsMissing);

    // Nor does a stranger make it.
    let mallory = key("mallory");
    let list = initialize_hook_list(&gated.vm, &issuer, &mallory.pubkey(), &mint);
    assert_refused(list.send(&mut gated.vm, &[&mallory]), GateError::PowerMissing);
    let list = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
    list.send(&mut gated.vm, &[&admin]).unwrap();
    gated.send_transfer(&transfer, &alice).unwrap();
}

#[test]
fn the_extra_accounts_may_come_in_any_order() {
    let (mut gated, alice, mut transfer) = two();
    transfer.extra.reverse();
    gated.send_transfer(&transfer, &alice).unwrap();
    transfer.extra.rotate_left(2);
    gated.send_transfer(&transfer, &alice).unwrap();
    assert_eq!(gated.balance_of(&transfer.destination), 2 * SHARE);
}

#[test]
fn records_in_each_others_place_count_as_none() {
    let (mut gated, mut transfer) = flagged();
    transfer.extra.swap(1, 2);
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
    transfer.extra.swap(1, 2);
    // Good for its own owner, not for this one.
    transfer.extra[1] = transfer.extra[2].clone();
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
}

#[test]
fn a_record_of_another_issuer_counts_as_none() {
    let (mut gated, mut transfer) = flagged();
    let (other, bob) = (key("other issuer").pubkey(), key("bob").pubkey());
    let theirs = wallet_address(&other, &bob);
    place_at(&mut gated.vm, &theirs, &record(&other, &bob));
    transfer.extra[1].pubkey = theirs;
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
}

#[test]
fn a_look_alike_of_a_record_counts_as_none() {
    let (mut gated, transfer) = flagged();
    let address = transfer.extra[1].pubkey;
    gated.vm.edit(&address, |account| account.owner = key("attacker's program").pubkey());
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
    gated.vm.edit(&address, |account| {
        account.owner = gate::ID;
        // Another type of ours, and a layout of another release.
        account.data[..8].copy_from_slice(Policy::DISCRIMINATOR);
    });
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
    gated.vm.edit(&address, |account| {
        account.data[..8].copy_from_slice(Wallet::DISCRIMINATOR);
        account.data[8] = 2;
    });
    assert_refused(call(&mut gated, &transfer), GateError::NotRegistered);
    gated.vm.edit(&address, |account| account.data[8] = 1);
    call(&mut gated, &transfer).unwrap();
}

#[test]
fn only_the_mints_own_policy_counts() {
    let (mut gated, mut transfer) = flagged();
    let policy = transfer.extra[0].pubkey;
    let not_it = [
        transfer.extra[1].pubkey,
        pda::registry(&gate::ID, &gated.issuer()).0,
        key("nothing").pubkey(),
        transfer.mint,
    ];
    for other in not_it {
        transfer.extra[0].pubkey = other;
        assert_refused(call(&mut gated, &transfer), GateError::WrongPolicy);
    }
    transfer.extra[0].pubkey = policy;
    gated.vm.edit(&policy, |account| account.owner = key("attacker's program").pubkey());
    assert_refused(call(&mut gated, &transfer), GateError::WrongPolicy);
    // One of another mint.
    let mint_at = 8 + std::mem::offset_of!(Policy, mint);
    gated.vm.edit(&policy, |account| {
        account.owner = gate::ID;
        account.data[mint_at] ^= 1;
    });
    assert_refused(call(&mut gated, &transfer), GateError::WrongPolicy);
}

#[test]
fn both_token_accounts_are_token_2022s_and_of_the_mint() {
    let (mut gated, transfer) = flagged();
    for account in [transfer.source, transfer.destination] {
        let before = gated.vm.account(&account).unwrap();
        gated.vm.edit(&account, |account| account.owner = key("attacker's program").pubkey());
        assert_refused(call(&mut gated, &transfer), GateError::TokenAccountInvalid);
        gated.vm.svm.set_account(account, before.clone()).unwrap();
        // Of another mint.
        gated.vm.edit(&account, |account| account.data[0] ^= 1);
        assert_refused(call(&mut gated, &transfer), GateError::TokenAccountInvalid);
        gated.vm.svm.set_account(account, before).unwrap();
    }
    let mut mint_for_account = transfer.clone();
    mint_for_account.destination = transfer.mint;
    assert_refused(call(&mut gated, &mint_for_account), GateError::TokenAccountInvalid);
    call(&mut gated, &transfer).unwrap();
}

#[test]
fn a_foreign_mint_that_names_our_hook_gains_nothing() {
    let (mut gated, transfer) = flagged();
    let mallory = key("mallory").pubkey();
    let mint = make_mint(&mut gated.vm, "their mint", &mallory, false);
    let [source, destination] = ["theirs 1", "theirs 2"].map(|name| {
        let account = other_token_account(&mut gated.vm, &mint, &mallory, name, true);
        set_transferring(&mut gated.vm, &account, true);
        account
    });
    let theirs = Transfer { mint, source, destination, ..transfer.clone() };
    // Our policy is not theirs, and they have none.
    assert_refused(call(&mut gated, &theirs), GateError::WrongPolicy);
    let mut without = theirs.clone();
    without.extra[0].pubkey = policy_address(&mint);
    assert_refused(call(&mut gated, &without), GateError::WrongPolicy);
    // Accounts of theirs beside our mint.
    let beside = Transfer { mint: transfer.mint, ..theirs };
    assert_refused(call(&mut gated, &beside), GateError::TokenAccountInvalid);
}

/// Zeros stand for "no escrow" in a policy, and are the System program's address.
#[test]
fn an_account_of_the_system_program_is_no_escrow() {
    let mut foreign = Foreign::with_policy(terms());
    let (mint, keeper) = (foreign.mint, foreign.authority.pubkey());
    let nobody = Pubkey::default();
    let alice = key("alice").pubkey();
    let [source, destination] =
        [(alice, "source"), (nobody, "destination")].map(|(owner, name)| {
            let account = other_token_account(&mut foreign.vm, &mint, &owner, name, true);
            set_transferring(&mut foreign.vm, &account, true);
            account
        });
    let wallet = record(&keeper, &alice);
    let address = scrip_tests::gate::place(&mut foreign.vm, &wallet);
    let keys = [policy_address(&mint), wallet_address(&keeper, &nobody), address, gate::ID, nobody];
    let extra = keys.map(|key| solana_instruction::AccountMeta::new_readonly(key, false)).to_vec();
    // What would be said beforehand is no other.
    let forecast = |from: [Pubkey; 2], to: [Pubkey; 2]| {
        let question = can_transfer(&keeper, &mint, [from[0], to[0]], [from[1], to[1]], 1);
        let answer: [u8; TransferReasons::LEN] = question.answer(&foreign.vm);
        TransferReasons::parse(&answer).unwrap()
    };
    let (there, back) = ([source, alice], [destination, nobody]);
    assert!(forecast(there, back).destination.has(Reasons::NOT_REGISTERED));
    assert!(forecast(back, there).source.has(Reasons::NOT_REGISTERED));
    let mut transfer = Transfer { source, mint, destination, authority: alice, amount: 1, extra };
    let outcome = foreign.vm.send(&[direct(&transfer)], &[]);
    assert_refused(outcome, GateError::NotRegistered);
    // As the source, and as the authority.
    (transfer.source, transfer.destination) = (destination, source);
    transfer.authority = nobody;
    transfer.extra.swap(1, 2);
    let outcome = foreign.vm.send(&[direct(&transfer)], &[]);
    assert_refused(outcome, GateError::NotRegistered);
}

/// Token-2022 at depth 2, 3 and 4: the hook runs at up to depth 5, and no deeper is there anything.
#[test]
fn the_hook_runs_as_deep_as_calls_go() {
    let (mut gated, alice, transfer) = two();
    let caller = Caller::deploy(&mut gated.vm);
    let mut nested = transfer.instruction();
    for amount in 1..=3 {
        nested = caller.forward(nested);
        let one = Transfer { amount, ..transfer.clone() };
        nested.data = one.instruction().data;
        gated.vm.send(&[nested.clone()], &[&alice]).unwrap();
    }
    assert_eq!(gated.balance_of(&transfer.destination), 1 + 2 + 3);
    nested = caller.forward(nested);
    let failure = gated.vm.send(&[nested], &[&alice]).unwrap_err();
    let expected = TransactionError::InstructionError(0, InstructionError::CallDepth);
    assert_eq!(failure.error, expected, "{:#?}", failure.logs);
    assert_eq!(gated.balance(&alice.pubkey()), 2 * SHARE - 6);
}
