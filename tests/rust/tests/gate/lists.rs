//! The lists of extra accounts are what the published crates would write, and the policy's only.

use gate::{
    error::GateError,
    hook::EXECUTE,
    lists,
    token_acl::{CAN_FREEZE, CAN_THAW},
};
use scrip_interface::{
    gate::{ISSUER_OFFSET, pda},
    issuer::Mode,
};
use scrip_tests::{
    gate::{
        Foreign, Gated, assert_refused, hook_list_address, initialize_hook_list, policy_address,
        policy_state, terms, update_hook_list,
    },
    vm::{assert_fails_with, key},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_tlv_account_resolution::{
    account::ExtraAccountMeta, seeds::Seed, state::ExtraAccountMetaList,
};
use spl_transfer_hook_interface::instruction::ExecuteInstruction;
use token_acl_interface::instruction::{
    CanFreezePermissionlessInstruction, CanThawPermissionlessInstruction,
};

/// The record of an owner with the policy's issuer.
fn record(policy: u8, owner: Seed) -> ExtraAccountMeta {
    let name = Seed::Literal { bytes: b"wallet".to_vec() };
    let data_index = u8::try_from(ISSUER_OFFSET).unwrap();
    let issuer = Seed::AccountData { account_index: policy, data_index, length: 32 };
    ExtraAccountMeta::new_with_seeds(&[name, issuer, owner], false, false).unwrap()
}

fn owner_of(account_index: u8) -> Seed {
    Seed::AccountData { account_index, data_index: 32, length: 32 }
}

fn policy(address: &Pubkey) -> ExtraAccountMeta {
    let key = address.to_bytes().into();
    ExtraAccountMeta::new_with_pubkey(&key, false, false).unwrap()
}

macro_rules! written_by_the_crate {
    ($instruction:ty, $metas:expr, $len:expr) => {{
        let metas: &[ExtraAccountMeta] = $metas;
        let mut expected = vec![0; $len];
        ExtraAccountMetaList::init::<$instruction>(&mut expected, metas).unwrap();
        expected
    }};
}

#[test]
fn a_hooks_list_is_what_the_resolving_crate_writes() {
    let address = key("policy").pubkey();
    let all = [policy(&address), record(5, owner_of(2)), record(5, owner_of(0))];
    for (source_check, metas) in [(true, &all[..]), (false, &all[..2])] {
        let expected = written_by_the_crate!(ExecuteInstruction, metas, lists::HOOK_LIST_LEN);
        assert_eq!(lists::hook_list(&address, source_check), expected);
    }
}

#[test]
fn token_acls_lists_are_what_the_resolving_crate_writes() {
    let address = key("policy").pubkey();
    let metas = [policy(&address), record(6, Seed::AccountKey { index: 3 })];
    let len = lists::ACL_LIST_LEN;
    let expected = written_by_the_crate!(CanThawPermissionlessInstruction, &metas, len);
    assert_eq!(lists::thaw_list(&address), expected);
    let expected = written_by_the_crate!(CanFreezePermissionlessInstruction, &metas, len);
    assert_eq!(lists::freeze_list(&address), expected);
}

#[test]
fn the_interfaces_discriminators_are_ours() {
    use spl_transfer_hook_interface::instruction::TransferHookInstruction;
    let packed = TransferHookInstruction::Execute { amount: 7 }.pack();
    assert_eq!(packed[..8], EXECUTE);
    let first = |text: &str| scrip_interface::sha256(&[text.as_bytes()])[..8].to_vec();
    let label = "efficient-allow-block-list-standard";
    assert_eq!(first(&format!("{label}:can-thaw-permissionless")), CAN_THAW);
    assert_eq!(first(&format!("{label}:can-freeze-permissionless")), CAN_FREEZE);
    let seeds = [
        token_acl_interface::THAW_EXTRA_ACCOUNT_METAS_SEED,
        token_acl_interface::FREEZE_EXTRA_ACCOUNT_METAS_SEED,
    ];
    assert_eq!(seeds, [pda::THAW_METAS_SEED, pda::FREEZE_METAS_SEED]);
    let token_acl = token_acl_interface::TOKEN_ACL_ID.to_bytes();
    assert_eq!(token_acl, gate::constants::TOKEN_ACL.to_bytes());
}

#[test]
fn a_list_follows_its_policy_and_nobody_else() {
    let mut gated = Gated::hooked();
    let (mint, policy) = (gated.mint(), policy_address(&gated.mint()));
    let list = hook_list_address(&mint);
    let bytes = |gated: &Gated| gated.vm.account(&list).unwrap().data;
    assert_eq!(bytes(&gated), lists::hook_list(&policy, true));

    // A stranger who brings it in line finds nothing to do, and tells nothing.
    let sequence = policy_state(&gated.vm, &mint).stream.sequence;
    update_hook_list(&mint).send(&mut gated.vm, &[]).unwrap();
    assert_eq!(bytes(&gated), lists::hook_list(&policy, true));
    assert_eq!(policy_state(&gated.vm, &mint).stream.sequence, sequence);

    let mut unchecked = terms();
    unchecked.flags = 0;
    gated.set_policy(unchecked).unwrap();
    let pending_at = policy_state(&gated.vm, &mint).pending_at;
    gated.vm.set_time(pending_at);
    scrip_tests::gate::apply_policy(&mint).send(&mut gated.vm, &[]).unwrap();
    assert_eq!(bytes(&gated), lists::hook_list(&policy, true));
    update_hook_list(&mint).send(&mut gated.vm, &[]).unwrap();
    assert_eq!(bytes(&gated), lists::hook_list(&policy, false));
}

#[test]
fn a_list_is_of_its_mint_and_made_once() {
    let mut gated = Gated::hooked();
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    let again = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
    // The System program: the account is in use.
    assert_fails_with(again.send(&mut gated.vm, &[&admin]), 0);

    let other = key("other mint").pubkey();
    let mut update = update_hook_list(&mint);
    (update.accounts.mint, update.accounts.list) = (other, hook_list_address(&other));
    assert_refused(update.send(&mut gated.vm, &[]), GateError::WrongMint);
    (update.accounts.mint, update.accounts.list) = (mint, key("another list").pubkey());
    let seeds = anchor_lang::error::ErrorCode::ConstraintSeeds.into();
    assert_fails_with(update.send(&mut gated.vm, &[]), seeds);
    let mut call = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
    (call.accounts.mint, call.accounts.list) = (other, hook_list_address(&other));
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::WrongMint);
}

#[test]
fn a_list_that_was_never_made_cannot_be_updated() {
    let mut gated = Gated::new(Mode::Frozen);
    let mint = gated.mint();
    let update = update_hook_list(&mint);
    let owner = anchor_lang::error::ErrorCode::ConstraintOwner.into();
    assert_fails_with(update.send(&mut gated.vm, &[]), owner);
}

#[test]
fn lamports_sent_ahead_do_not_stop_a_list() {
    let mut gated = Gated::new(Mode::Frozen);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    gated.vm.svm.airdrop(&hook_list_address(&mint), 1_000_000).unwrap();
    let call = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
    call.send(&mut gated.vm, &[&admin]).unwrap();
    let list = gated.vm.account(&hook_list_address(&mint)).unwrap();
    assert_eq!(list.data, lists::hook_list(&policy_address(&mint), true));
}

#[test]
fn token_acls_lists_are_made_by_the_keeper_only() {
    let mut foreign = Foreign::with_policy(terms());
    let (policy, keeper) = (policy_address(&foreign.mint), foreign.authority.insecure_clone());
    let mallory = key("mallory");
    let mut call = foreign.acl_lists();
    call.accounts.operator = mallory.pubkey();
    assert_refused(call.send(&mut foreign.vm, &[&mallory]), GateError::WrongIssuer);
    call.accounts.issuer = mallory.pubkey();
    assert_refused(call.send(&mut foreign.vm, &[&mallory]), GateError::WrongIssuer);

    let call = foreign.acl_lists();
    call.send(&mut foreign.vm, &[&keeper]).unwrap();
    let bytes = |address| foreign.vm.account(&address).unwrap().data;
    assert_eq!(bytes(call.accounts.thaw_list), lists::thaw_list(&policy));
    assert_eq!(bytes(call.accounts.freeze_list), lists::freeze_list(&policy));
}
