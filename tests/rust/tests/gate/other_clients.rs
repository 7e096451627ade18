//! Other people's clients, which know nothing of Scrip, move a hooked token: they find the accounts
//! from the chain.

use gate::error::GateError;
use scrip_interface::{gate::flag, issuer::Mode, mint::TOKEN_2022};
use scrip_math::units::DECIMALS;
use scrip_tests::{
    build::token_account,
    gate::{Gated, assert_refused, remove, terms},
    vm::key,
    world::SHARE,
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022::offchain::create_transfer_checked_instruction_with_extra_metas;
use std::{
    future::{Future, ready},
    pin::pin,
    task::{Context, Poll, Waker},
};

/// Runs what only asks the VM, which answers at once.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the VM answers at once"),
    }
}

/// By the helper of the token program's own crate.
fn transfer(gated: &Gated, from: &Pubkey, to: &Pubkey, authority: &Pubkey) -> Instruction {
    let mint = gated.mint();
    let fetch = |address| ready(Ok(gated.vm.account(&address).map(|account| account.data)));
    now(create_transfer_checked_instruction_with_extra_metas(
        &TOKEN_2022,
        &token_account(from, &mint),
        &mint,
        &token_account(to, &mint),
        authority,
        &[],
        SHARE,
        DECIMALS,
        fetch,
    ))
    .unwrap()
}

#[test]
fn the_token_programs_crate_moves_a_hooked_token() {
    let mut unchecked = terms();
    unchecked.flags &= !flag::SOURCE_CHECK;
    // Token, mint and authority accounts, then the list's, the program and the list.
    for (terms, accounts) in [(terms(), 4 + 3 + 2), (unchecked, 4 + 2 + 2)] {
        let mut gated = Gated::with_terms(Mode::Hooked, terms);
        let alice = gated.shareholder("alice", SHARE);
        let bob = gated.registered("bob").pubkey();
        let instruction = transfer(&gated, &alice.pubkey(), &bob, &alice.pubkey());
        assert_eq!(instruction.accounts.len(), accounts);
        gated.vm.send(&[instruction], &[&alice]).unwrap();
        assert_eq!(gated.balance(&bob), SHARE);
    }
}

#[test]
fn it_finds_the_owners_records_for_a_delegate_too() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", SHARE);
    let (owner, broker) = (alice.pubkey(), key("broker"));
    let bob = gated.registered("bob").pubkey();
    let source = token_account(&owner, &gated.mint());
    let approval = spl_token_2022_interface::instruction::approve(
        &TOKEN_2022,
        &source,
        &broker.pubkey(),
        &owner,
        &[],
        SHARE,
    );
    gated.vm.send(&[approval.unwrap()], &[&alice]).unwrap();
    let instruction = transfer(&gated, &owner, &bob, &broker.pubkey());
    let issuer = gated.issuer();
    remove(&mut gated.vm, &issuer, &bob);
    let outcome = gated.vm.send(std::slice::from_ref(&instruction), &[&broker]);
    assert_refused(outcome, GateError::NotRegistered);
    gated.register(&bob, |_| {});
    gated.vm.send(&[instruction], &[&broker]).unwrap();
    assert_eq!(gated.balance(&bob), SHARE);
}
