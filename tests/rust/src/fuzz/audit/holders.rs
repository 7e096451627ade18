//! Who may hold and move, read from the accounts of both programs.

use super::{Checked, rule, snapshot::Snapshot};
use crate::fuzz::address::gate_pda as pda;
use crate::{
    fuzz::{arena::Arena, attested::effect::escrow_account},
    vm::Receipt,
};
use issuer::event::{RedemptionRequested, SharesMinted, SharesRedeemed, SharesSubscribed};
use scrip_interface::{
    gate::{Policy, Wallet, judge},
    token_account::TokenAccount,
};
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

/// What the gate's own accounts say of an owner.
pub fn is_registered(arena: &Arena, mint: &Pubkey, owner: &Pubkey) -> bool {
    let data = |address: &Pubkey| {
        let account = arena.vm.account(address).filter(|it| it.owner == gate::ID);
        account.map_or_else(Vec::new, |it| it.data)
    };
    let policy = data(&pda::policy(&gate::ID, mint).0);
    let record = data(&pda::wallet(&gate::ID, &arena.issuer(), owner).0);
    let Some(policy) = Policy::parse(&policy) else { return false };
    let record = Wallet::parse(&record);
    judge(&policy, record.as_ref(), Timestamp(arena.vm.now())).is_empty()
}

/// Nobody trades at the primary without a record where the ticker asks for one.
pub fn primary(receipt: &Receipt, before: &Snapshot, arena: &Arena) -> Checked {
    let minted = receipt.events::<SharesMinted>().into_iter().map(|it| (it.mint, it.owner));
    let bought = receipt.events::<SharesSubscribed>().into_iter().map(|it| (it.mint, it.owner));
    let sold = receipt.events::<SharesRedeemed>().into_iter().map(|it| (it.mint, it.owner));
    let asked = receipt.events::<RedemptionRequested>().into_iter().map(|it| (it.mint, it.owner));
    for (mint, owner) in minted.chain(bought).chain(sold).chain(asked) {
        let ticker = &before.tickers[&mint];
        let free = ticker.mode == 0 && ticker.primary_kyc == 0;
        let fine = free || is_registered(arena, &mint, &owner);
        rule(fine, || format!("{owner} traded {mint} without a record that allows it"))?;
    }
    Ok(())
}

/// What is held is frozen and counted, the escrow is neither, and accounts are thawed and frozen for
/// their reasons only.
pub fn standing(name: &str, before: &Snapshot, now: &Snapshot, arena: &Arena) -> Checked {
    for (mint, ticker) in &now.tickers {
        let held = now.holds.values().filter(|hold| hold.mint == *mint).count() as u64;
        rule(held == ticker.holds, || format!("{mint} counts {} of {held} holds", ticker.holds))?;
        let (frozen, escrow) = (&now.mints[mint].frozen, escrow_account(mint));
        rule(!frozen[&escrow], || format!("the escrow of {mint} is frozen"))?;
        let Some(was) = before.mints.get(mint).map(|it| &it.frozen) else { continue };
        for (account, is) in frozen {
            let held = now.holds.contains_key(account);
            rule(*is || !held, || format!("{account} is held and not frozen"))?;
            let Some(was) = was.get(account).filter(|was| *was != is) else { continue };
            let data = arena.vm.account(account).expect("a token account").data;
            let owner = TokenAccount::parse(&data).and_then(|it| it.owner()).expect("an owner");
            let registered = is_registered(arena, mint, &owner);
            let in_order = match (name, was) {
                ("thaw", true) => ticker.mode != 1 || registered,
                ("freeze", false) => held || ticker.mode == 1 && !registered,
                ("place_hold" | "announce_seizure", false) => held,
                _ => false,
            };
            rule(in_order, || format!("{name} must not have changed {account} of {mint}"))?;
        }
    }
    Ok(())
}

/// A mode only ever becomes open.
pub fn modes(name: &str, before: &Snapshot, now: &Snapshot) -> Checked {
    for (mint, ticker) in &before.tickers {
        let is = now.tickers[mint].mode;
        let opened = name == "open_ticker" && is == 0;
        rule(is == ticker.mode || opened, || format!("{name} changed the mode of {mint}"))?;
    }
    Ok(())
}
