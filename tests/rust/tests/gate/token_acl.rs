//! The gate of sRFC-37: what Token ACL asks before anyone thaws or freezes.

use crate::other_clients::now;
use gate::{constants::TOKEN_ACL, error::GateError, instruction::PausePolicy};
use scrip_interface::gate::Status;
use scrip_tests::{
    build::token_account,
    gate::{
        Foreign, USA, assert_refused, flag_address, govern_policy, other_token_account, place,
        policy_address, record, remove, terms, venue, wallet_address, with_venues,
    },
    vm::{Outcome, key},
};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;
use std::future::ready;
use token_acl_interface::offchain::{
    add_extra_account_metas_for_freeze, add_extra_account_metas_for_thaw,
};

const THAW: bool = false;
const FREEZE: bool = true;

/// A policy, its lists, and a registered owner with an account.
fn world() -> (Foreign, Pubkey) {
    let mut foreign = Foreign::with_policy(terms());
    let keeper = foreign.authority.insecure_clone();
    foreign.acl_lists().send(&mut foreign.vm, &[&keeper]).unwrap();
    let owner = key("alice").pubkey();
    open_account(&mut foreign, &owner);
    place(&mut foreign.vm, &record(&keeper.pubkey(), &owner));
    (foreign, owner)
}

fn open_account(foreign: &mut Foreign, owner: &Pubkey) {
    let payer = foreign.vm.payer.pubkey();
    let token_2022 = scrip_interface::mint::TOKEN_2022;
    let create =
        create_associated_token_account_idempotent(&payer, owner, &foreign.mint, &token_2022);
    foreign.vm.send(&[create], &[]).unwrap();
}

fn ask(foreign: &mut Foreign, freeze: bool, owner: &Pubkey) -> Outcome {
    let question = foreign.question(freeze, owner);
    foreign.vm.send(&[question], &[])
}

#[test]
fn who_may_hold_the_mint_is_thawed_and_not_frozen() {
    let (mut foreign, owner) = world();
    ask(&mut foreign, THAW, &owner).unwrap();
    assert_refused(ask(&mut foreign, FREEZE, &owner), GateError::MayHold);
}

#[test]
fn who_may_not_is_frozen_and_not_thawed() {
    let (mut foreign, owner) = world();
    let keeper = foreign.authority.pubkey();
    type Fault = fn(&mut gate::state::Wallet);
    let faults: [(Fault, GateError); 5] = [
        (|wallet| wallet.status = Status::Revoked as u8, GateError::Revoked),
        (|wallet| wallet.expires_at = scrip_tests::vm::START, GateError::Expired),
        (|wallet| wallet.country = USA, GateError::CountryNotAllowed),
        (|wallet| wallet.tier = 0, GateError::TierTooLow),
        (|wallet| wallet.provider = 1, GateError::ProviderNotAccepted),
    ];
    for (fault, error) in faults {
        let mut wallet = record(&keeper, &owner);
        fault(&mut wallet);
        place(&mut foreign.vm, &wallet);
        assert_refused(ask(&mut foreign, THAW, &owner), error);
        ask(&mut foreign, FREEZE, &owner).unwrap();
    }
    remove(&mut foreign.vm, &keeper, &owner);
    assert_refused(ask(&mut foreign, THAW, &owner), GateError::NotRegistered);
    ask(&mut foreign, FREEZE, &owner).unwrap();
}

#[test]
fn a_pause_thaws_nobody_and_freezes_nobody() {
    let (mut foreign, owner) = world();
    let keeper = foreign.authority.insecure_clone();
    let wallet = keeper.pubkey();
    govern_policy(&wallet, &wallet, None, &foreign.mint, PausePolicy {})
        .send(&mut foreign.vm, &[&keeper])
        .unwrap();
    assert_refused(ask(&mut foreign, THAW, &owner), GateError::PolicyPaused);
    assert_refused(ask(&mut foreign, FREEZE, &owner), GateError::MayHold);
}

#[test]
fn an_account_whose_owner_could_be_replaced_is_not_thawed() {
    let mut foreign = Foreign::with_policy(with_venues());
    let (mint, keeper) = (foreign.mint, foreign.authority.pubkey());
    let owner = key("alice").pubkey();
    let account = other_token_account(&mut foreign.vm, &mint, &owner, "replaceable", false);
    let mut question = foreign.question(THAW, &owner);
    question.accounts[1].pubkey = account;
    place(&mut foreign.vm, &record(&keeper, &owner));
    let outcome = foreign.vm.send(std::slice::from_ref(&question), &[]);
    assert_refused(outcome, GateError::OwnerNotImmutable);
    place(&mut foreign.vm, &venue(&keeper, &owner));
    foreign.vm.send(&[question], &[]).unwrap();
}

/// The flag is Token ACL's, and set: either alone is not enough.
#[test]
fn only_token_acl_is_answered() {
    let (mut foreign, owner) = world();
    let flag = flag_address(&token_account(&owner, &foreign.mint));
    for freeze in [THAW, FREEZE] {
        let question = foreign.question(freeze, &owner);
        let real = foreign.vm.account(&flag).unwrap();
        type Edit = fn(&mut solana_account::Account);
        let edits: [Edit; 5] = [
            |account| account.owner = key("attacker's program").pubkey(),
            |account| account.data = vec![0],
            |account| account.data = vec![],
            |account| account.data = vec![1, 1],
            |account| *account = solana_account::Account::default(),
        ];
        for edit in edits {
            let mut account = real.clone();
            edit(&mut account);
            foreign.vm.svm.set_account(flag, account).unwrap();
            let outcome = foreign.vm.send(std::slice::from_ref(&question), &[]);
            assert_refused(outcome, GateError::NotTokenAcl);
        }
        // Another account of Token ACL's.
        let mut other = question.clone();
        other.accounts[4].pubkey = scrip_tests::gate::mint_config(&foreign.mint);
        assert_refused(foreign.vm.send(&[other], &[]), GateError::NotTokenAcl);
    }
}

#[test]
fn accounts_left_out_or_of_others_are_refused() {
    let (mut foreign, owner) = world();
    let keeper = foreign.authority.pubkey();
    for freeze in [THAW, FREEZE] {
        let question = foreign.question(freeze, &owner);
        for count in 0..question.accounts.len() {
            let mut short = question.clone();
            short.accounts.truncate(count);
            assert_refused(foreign.vm.send(&[short], &[]), GateError::AccountsMissing);
        }
        let mut swapped = |place: usize, with: Pubkey| {
            let mut question = question.clone();
            question.accounts[place].pubkey = with;
            foreign.vm.send(&[question], &[])
        };
        let bob = key("bob").pubkey();
        assert_refused(swapped(1, foreign.mint), GateError::TokenAccountInvalid);
        assert_refused(swapped(3, bob), GateError::TokenAccountInvalid);
        assert_refused(swapped(2, bob), GateError::WrongPolicy);
        assert_refused(swapped(6, wallet_address(&keeper, &owner)), GateError::WrongPolicy);
    }
    // A good record, but another's.
    place(&mut foreign.vm, &record(&keeper, &key("bob").pubkey()));
    let mut question = foreign.question(THAW, &owner);
    question.accounts[7].pubkey = wallet_address(&keeper, &key("bob").pubkey());
    assert_refused(foreign.vm.send(&[question], &[]), GateError::NotRegistered);
}

/// What a client adds to Token ACL's instruction, by the crate that it and Token ACL use, from the
/// chain alone.
fn found_by_the_crate(foreign: &Foreign, freeze: bool, owner: &Pubkey) -> Vec<AccountMeta> {
    let (caller, account) = (foreign.authority.pubkey(), token_account(owner, &foreign.mint));
    let flag = flag_address(&account);
    let named = [caller, foreign.mint, account, flag, *owner, gate::ID];
    let accounts = named.map(|key| AccountMeta::new_readonly(key, false)).to_vec();
    let mut instruction = Instruction { program_id: TOKEN_ACL, accounts, data: vec![] };
    let fetch = |address| ready(Ok(foreign.vm.account(&address).map(|account| account.data)));
    let (gate, mint, change) = (&gate::ID, &foreign.mint, &mut instruction);
    let added = if freeze {
        now(add_extra_account_metas_for_freeze(
            change, gate, &caller, &account, mint, owner, &flag, fetch,
        ))
    } else {
        now(add_extra_account_metas_for_thaw(
            change, gate, &caller, &account, mint, owner, &flag, fetch,
        ))
    };
    added.unwrap();
    instruction.accounts.split_off(named.len())
}

#[test]
fn the_published_crate_finds_the_accounts() {
    let (mut foreign, owner) = world();
    for freeze in [THAW, FREEZE] {
        let asked = foreign.question(freeze, &owner);
        assert_eq!(found_by_the_crate(&foreign, freeze, &owner), asked.accounts[5..]);
    }
    // For an account that is not there yet, too.
    let carol = key("carol").pubkey();
    let found = found_by_the_crate(&foreign, THAW, &carol);
    assert_eq!(found[1].pubkey, policy_address(&foreign.mint));
    assert_eq!(found[2].pubkey, wallet_address(&foreign.authority.pubkey(), &carol));
}
