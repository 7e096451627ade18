//! What must be true whatever the model thinks: seen in the accounts' bytes and the transactions
//! alone, as an auditor would.

mod books;
mod gate;
mod holders;
mod lender;
mod seizures;
mod snapshot;
mod streams;

use super::{arena::Arena, attested::Taken, ops};
use crate::vm::Receipt;
use books::{backed, counts, escrows};
use gate::Holders;
use issuer::{
    event::{AttestorRemoved, ChangeAnnounced},
    state::Change,
};
use seizures::Seizures;
use snapshot::Snapshot;
use solana_message::Message;
use solana_pubkey::Pubkey;
use solana_transaction::Transaction;
use std::collections::{BTreeMap, BTreeSet};
use streams::Streams;

const MINT: u8 = 1;
const REQUEST: u8 = 2;
const CASH: u8 = 4;
const TRANSFER: u8 = 8;
const TIMELOCKED: u16 = 8 | 16 | 32;

type Checked = Result<(), String>;

/// What the audit must know of the instruction that was just sent.
pub struct Sent<'a> {
    pub name: &'a str,
    pub receipt: Option<&'a Receipt>,
    pub taken: Option<&'a Taken>,
    pub burned: Option<(Pubkey, u64)>,
    pub signers: Vec<Pubkey>,
}

pub struct Audit {
    before: Snapshot,
    hooked: Holders,
    streams: Streams,
    /// Subject and nonce of everything that counted.
    used: BTreeSet<(Pubkey, u64)>,
    /// What holders burned on their own.
    burned: BTreeMap<Pubkey, u64>,
    /// Changes, and from when on they may be made: the timelock after they were announced.
    announced: Vec<(Change, i64)>,
    /// What left each desk by redemptions: when, how much; and the capacities it had since.
    payouts: BTreeMap<Pubkey, Vec<(i64, u64)>>,
    capacities: BTreeMap<Pubkey, Vec<(i64, u64)>>,
    /// Custodians and keys, for ever.
    removed: BTreeSet<(Pubkey, Pubkey)>,
    seizures: Seizures,
    turn: usize,
}

fn rule(holds: bool, broken: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(broken()) }
}

impl Audit {
    pub fn new(arena: &Arena) -> Self {
        let before = Snapshot::take(arena);
        Self {
            streams: Streams::new(&before),
            hooked: gate::hooked_holders(arena, &before),
            before,
            used: BTreeSet::new(),
            burned: BTreeMap::new(),
            announced: vec![],
            payouts: BTreeMap::new(),
            capacities: BTreeMap::new(),
            removed: BTreeSet::new(),
            seizures: Seizures::default(),
            turn: 0,
        }
    }

    /// Something happened around the program: from now on that is how things are.
    pub fn look_again(&mut self, arena: &Arena) {
        self.before = Snapshot::take(arena);
        self.hooked = gate::hooked_holders(arena, &self.before);
    }

    pub fn check(&mut self, arena: &Arena, sent: &Sent) -> Checked {
        let now = Snapshot::take(arena);
        if let Some(receipt) = sent.receipt {
            self.streams.add(arena, &now)?;
            holders::primary(receipt, &self.before, arena)?;
            self.seizures.check(receipt, sent, [&self.before, &now], arena)?;
            if let Some(taken) = sent.taken {
                self.nonce_counts_once(taken)?;
                self.no_removed_key_counted(taken)?;
                backed(sent.name, taken, &now, arena)?;
            }
            self.remember(receipt, sent, arena);
        } else {
            rule(now.same_as(&self.before), || "a refused instruction changed an account".into())?;
        }
        self.streams.agree(&now)?;
        self.supplies(&now)?;
        escrows(&now)?;
        self.pauses(sent.name, &now)?;
        self.statements(&now)?;
        self.multipliers(sent.name, &now, arena)?;
        holders::standing(sent.name, &self.before, &now, arena)?;
        holders::modes(sent.name, &self.before, &now)?;
        self.loosened(sent.name, &now, arena)?;
        self.vaults(sent.name, &now, arena)?;
        self.roles(&now, arena)?;
        self.overdue(arena, &now)?;
        counts(arena, &now)?;
        gate::records(&now)?;
        lender::books(arena)?;
        let holders = gate::hooked_holders(arena, &now);
        gate::hooked(sent.name, &self.hooked, &holders, arena)?;
        self.hooked = holders;
        self.before = now;
        Ok(())
    }

    fn remember(&mut self, receipt: &Receipt, sent: &Sent, arena: &Arena) {
        for ChangeAnnounced { change, .. } in receipt.events::<ChangeAnnounced>() {
            let timelock = i64::from(self.before.issuer.timelock_secs);
            self.announced.push((change, arena.vm.now() + timelock));
        }
        for AttestorRemoved { custodian, attestor, .. } in receipt.events::<AttestorRemoved>() {
            self.removed.insert((custodian, attestor));
        }
        if let Some((mint, amount)) = sent.burned {
            *self.burned.entry(mint).or_default() += amount;
        }
    }

    fn was_announced(&self, change: &Change, now: i64) -> bool {
        self.announced.iter().any(|(announced, ready)| announced == change && *ready <= now)
    }

    fn nonce_counts_once(&mut self, taken: &Taken) -> Checked {
        let nonce = taken.signed.args.nonce;
        let fresh = self.used.insert((taken.subject, nonce));
        rule(fresh, || format!("nonce {nonce} of {} counted twice", taken.subject))
    }

    /// As the set was when it landed.
    fn no_removed_key_counted(&self, taken: &Taken) -> Checked {
        let set = &self.before.sets[&taken.signed.set];
        let counts = |key: &&Pubkey| {
            taken.keys.contains(key) && !self.removed.contains(&(taken.custodian, **key))
        };
        let count = set.members().iter().filter(counts).count();
        rule(set.custodian == taken.custodian, || "another custodian's set counted".into())?;
        rule(count >= usize::from(set.threshold), || "a removed key's signature counted".into())
    }

    /// Supply is what was minted, less what was redeemed, less what holders burned themselves.
    fn supplies(&self, now: &Snapshot) -> Checked {
        for (mint, ticker) in &now.tickers {
            let burned = self.burned.get(mint).copied().unwrap_or(0);
            let left = i128::from(ticker.minted) - i128::from(ticker.redeemed) - i128::from(burned);
            let supply = now.mints[mint].supply;
            rule(left == i128::from(supply), || {
                format!("supply of {mint} is {supply}, but minted - redeemed - burned is {left}")
            })?;
        }
        Ok(())
    }

    fn pauses(&self, name: &str, now: &Snapshot) -> Checked {
        let before = &self.before;
        for (mint, ticker) in &before.tickers {
            let (pauses, paused) =
                (before.issuer.pauses | ticker.pauses, before.mints[mint].paused);
            let grew = now.mints[mint].supply > before.mints[mint].supply;
            rule(!grew || pauses & (MINT | TRANSFER) == 0 && !paused, || {
                format!("{name} minted {mint} while that was paused")
            })?;
            let numbers = |of: &Snapshot| -> BTreeSet<u64> {
                of.redemptions.values().filter(|it| it.mint == *mint).map(|it| it.request).collect()
            };
            let requested = !numbers(now).is_subset(&numbers(before));
            rule(!requested || pauses & (REQUEST | TRANSFER) == 0 && !paused, || {
                format!("{name} requested a redemption of {mint} while that was paused")
            })?;
            // A pause that is lifted lasts in the mint until somebody brings it in line.
            let lifted = name == "cancel_redemption" && pauses & TRANSFER == 0;
            let exit =
                matches!(name, "settle_redemption" | "claim_redemption" | "reclaim_redemption")
                    || name == "execute_seizure";
            let moved = now.mints[mint].balances != before.mints[mint].balances;
            rule(!moved || exit || lifted || !paused, || {
                format!("{name} moved {mint} while it was paused")
            })?;
        }
        Ok(())
    }

    fn statements(&self, now: &Snapshot) -> Checked {
        for (mint, ticker) in &self.before.tickers {
            let (was, is) = (ticker.reserves.as_of, now.tickers[mint].reserves.as_of);
            rule(is >= was, || format!("the snapshot of {mint} went back from {was} to {is}"))?;
        }
        Ok(())
    }

    /// Nothing changes the multiplier that counts at this second, and only an action one to come.
    fn multipliers(&self, name: &str, now: &Snapshot, arena: &Arena) -> Checked {
        let time = arena.vm.now();
        for (mint, was) in &self.before.mints {
            let (was, is) = (was.multipliers, now.mints[mint].multipliers);
            rule(was.now(time) == is.now(time), || {
                format!("{name} changed the multiplier of {mint}")
            })?;
            let action = matches!(name, "schedule_action" | "cancel_action");
            rule(action || was == is, || format!("{name} changed the next multiplier of {mint}"))?;
        }
        Ok(())
    }

    /// Neither a mode nor KYC at the primary goes without the timelock.
    fn loosened(&self, name: &str, now: &Snapshot, arena: &Arena) -> Checked {
        for (mint, was) in &self.before.tickers {
            let is = &now.tickers[mint];
            for (loosened, change) in [
                (is.mode != was.mode, Change::OpenMode { mint: *mint }),
                (is.primary_kyc < was.primary_kyc, Change::EndPrimaryKyc { mint: *mint }),
            ] {
                let waited = !loosened || self.was_announced(&change, arena.vm.now());
                rule(waited, || format!("{name} loosened {mint} without the timelock"))?;
            }
        }
        Ok(())
    }

    /// Cash leaves a vault by a trade within the desk's limit, or by an announced withdrawal.
    fn vaults(&mut self, name: &str, now: &Snapshot, arena: &Arena) -> Checked {
        let time = arena.vm.now();
        for (address, desk) in &now.desks {
            let capacities = self.capacities.entry(*address).or_default();
            if capacities.last().is_none_or(|(_, capacity)| *capacity != desk.outflow.capacity) {
                capacities.push((time, desk.outflow.capacity));
            }
            let Some(was) = self.before.vaults.get(address) else { continue };
            let is = now.vaults[address];
            if is == *was {
                continue;
            }
            let trade = matches!(name, "redeem_for_cash" | "subscribe_for_cash");
            rule(!trade || self.before.issuer.pauses & CASH == 0, || {
                format!("{name} while trades for cash were paused")
            })?;
            if is > *was {
                continue;
            }
            let left = was - is;
            match name {
                "redeem_for_cash" => self.outflow(address, left, now, time)?,
                "withdraw_cash" => {
                    let fits = |change: &Change, ready: i64| match change {
                        Change::WithdrawCash { desk, amount, .. } => {
                            desk == address && *amount == left && ready <= time
                        }
                        _ => false,
                    };
                    let waited = self.announced.iter().any(|(change, ready)| fits(change, *ready));
                    rule(waited, || format!("{left} withdrawn without the timelock"))?;
                }
                _ => return Err(format!("{name} took {left} out of a vault")),
            }
        }
        Ok(())
    }

    /// In any window at most twice the capacity: what the bucket holds, and what drains meanwhile.
    fn outflow(&mut self, desk: &Pubkey, left: u64, now: &Snapshot, time: i64) -> Checked {
        let payouts = self.payouts.entry(*desk).or_default();
        payouts.push((time, left));
        let from = time - i64::from(now.desks[desk].outflow.window_secs);
        let in_window: u64 =
            payouts.iter().filter(|(at, _)| *at > from).map(|(_, left)| left).sum();
        let capacities = &self.capacities[desk];
        // Those that counted since, and the one that counted when the window began.
        let since = capacities.iter().rposition(|(at, _)| *at <= from).unwrap_or(0);
        let most = capacities[since..].iter().map(|(_, capacity)| *capacity).max().unwrap_or(0);
        rule(in_window <= 2 * most, || {
            format!("{in_window} left a vault in one window, of {most}")
        })?;
        rule(left <= most, || format!("{left} left a vault at once, of {most}"))
    }

    /// Dangerous roles never appear without the timelock.
    fn roles(&self, now: &Snapshot, arena: &Arena) -> Checked {
        for (wallet, grant) in &now.grants {
            let known = self.before.grants.get(wallet);
            let same = known
                .is_some_and(|was| was.roles == grant.roles && was.expires_at == grant.expires_at);
            if same || grant.roles & TIMELOCKED == 0 {
                continue;
            }
            let change = Change::GrantRole {
                wallet: *wallet,
                roles: grant.roles,
                expires_at: grant.expires_at,
            };
            let waited = self.was_announced(&change, arena.vm.now());
            rule(waited, || format!("{wallet} got roles {} without the timelock", grant.roles))?;
        }
        Ok(())
    }

    /// An overdue redemption can always be reclaimed, whatever is paused or frozen: tried with one
    /// of them, in turn.
    fn overdue(&mut self, arena: &Arena, now: &Snapshot) -> Checked {
        let time = arena.vm.now();
        let due: Vec<_> = now.redemptions.iter().filter(|(_, it)| it.deadline <= time).collect();
        if due.is_empty() {
            return Ok(());
        }
        self.turn += 1;
        let (address, redemption) = due[self.turn % due.len()];
        let call = ops::redemption::reclaim_instruction(arena, address);
        let (payer, owner) = (&arena.vm.payer, &arena.keys[&redemption.owner]);
        let message = Message::new(&[call], Some(&arena.payer()));
        let transaction =
            Transaction::new(&[payer, owner], message, arena.vm.svm.latest_blockhash());
        match arena.vm.svm.simulate_transaction(transaction) {
            Ok(_) => Ok(()),
            Err(failed) => {
                Err(format!("an overdue redemption could not be reclaimed: {:?}", failed.err))
            }
        }
    }
}
