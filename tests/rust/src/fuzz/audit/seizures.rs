//! Whose hand moves a holder's shares: the holder's own, or a seizure's that was announced.

use super::{Checked, Sent, rule, snapshot::Snapshot};
use crate::{fuzz::arena::Arena, vm::Receipt};
use issuer::event::{SeizureAnnounced, SeizureCancelled, SeizureContested, SeizureExecuted};
use solana_pubkey::Pubkey;
use std::collections::BTreeMap;

/// What was announced, as its events told it.
struct Notice {
    from: Pubkey,
    to_owner: Pubkey,
    amount: u64,
    timelock: i64,
    /// The timelock after the announcement, and another one if it was contested.
    ready_at: i64,
}

#[derive(Default)]
pub struct Seizures {
    open: BTreeMap<Pubkey, Notice>,
    /// What was confiscated, by mint.
    total: BTreeMap<Pubkey, u64>,
}

impl Seizures {
    pub fn check(
        &mut self,
        receipt: &Receipt,
        sent: &Sent,
        [before, now]: [&Snapshot; 2],
        arena: &Arena,
    ) -> Checked {
        let executed = receipt.events::<SeizureExecuted>();
        for (mint, is) in &now.mints {
            let Some(was) = before.mints.get(mint) else { continue };
            for (account, amount) in &was.balances {
                let left = amount.saturating_sub(*is.balances.get(account).unwrap_or(&0));
                let seized = executed.iter().find(|it| it.from == *account && it.mint == *mint);
                let by_owner = || {
                    let mut owners = arena.users.iter();
                    let owner = owners
                        .find(|user| crate::fuzz::address::token_account(user, mint) == *account);
                    owner.is_some_and(|owner| sent.signers.contains(owner))
                };
                let fine = match seized {
                    Some(it) => sent.name == "execute_seizure" && it.moved == left,
                    None => left == 0 || by_owner(),
                };
                rule(fine, || format!("{} took {left} out of {account}", sent.name))?;
            }
        }
        for it in &executed {
            self.execute(it, arena)?;
        }
        self.remember(receipt, before, arena);
        for (mint, ticker) in &now.tickers {
            let total = self.total.get(mint).copied().unwrap_or(0);
            rule(ticker.seized == total, || {
                format!("{mint} counts {} seized, {total} were", ticker.seized)
            })?;
        }
        Ok(())
    }

    /// Once, in time, no more than announced, and to whom it was announced.
    fn execute(&mut self, it: &SeizureExecuted, arena: &Arena) -> Checked {
        let Some(notice) = self.open.remove(&it.seizure) else {
            return Err(format!("{} was executed and not announced", it.seizure));
        };
        let fits = notice.from == it.from && notice.to_owner == it.to_owner;
        let moved = it.moved > 0 && it.moved <= notice.amount;
        rule(fits && moved, || format!("{} is not what was announced", it.seizure))?;
        let waited = arena.vm.now() >= notice.ready_at;
        rule(waited, || format!("{} did not wait for the timelock", it.seizure))?;
        if it.kind == issuer::state::SeizureKind::Seizure {
            *self.total.entry(it.mint).or_default() += it.moved;
        }
        Ok(())
    }

    fn remember(&mut self, receipt: &Receipt, before: &Snapshot, arena: &Arena) {
        let timelock = i64::from(before.issuer.timelock_secs);
        for it in receipt.events::<SeizureAnnounced>() {
            let ready_at = arena.vm.now() + timelock;
            let SeizureAnnounced { from, to_owner, amount, .. } = it;
            self.open.insert(it.seizure, Notice { from, to_owner, amount, timelock, ready_at });
        }
        for it in receipt.events::<SeizureContested>() {
            if let Some(notice) = self.open.get_mut(&it.seizure) {
                notice.ready_at += notice.timelock;
            }
        }
        for it in receipt.events::<SeizureCancelled>() {
            self.open.remove(&it.seizure);
        }
    }
}
