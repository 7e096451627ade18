//! Whatever people do, and in whatever order: a hooked token reaches no wallet that may not hold it,
//! except back from escrow; nor does one of frozen mode, once anyone has frozen whom he may.

use gate::{instruction::CancelPolicy, state::PolicyTerms};
use proptest::{prelude::*, test_runner::TestRunner};
use scrip_interface::{
    gate::{Status, flag},
    issuer::Mode,
    mint::TOKEN_2022,
    token_account::TokenAccount,
};
use scrip_tests::{
    build::{
        AttestMint, RequestRedemption, TIMELOCK_SECS, cancel, freeze_account, thaw, thaw_account,
        token_account,
    },
    gate::{
        GERMANY, Gated, RECORD_EXPIRES_AT, SWITZERLAND, Transfer, USA, apply_policy, countries,
        govern_policy, policy_state, remove, terms, update_hook_list, vault,
    },
    vm::{Outcome, key},
    world::SHARE,
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;
use spl_token_2022_interface::instruction as token;
use std::{cell::Cell, collections::BTreeMap};

const WALLETS: usize = 4;
/// An associated account of each, and one whose owner can be replaced.
const ACCOUNTS: usize = 2 * WALLETS;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// `left_out`: one of the hook's accounts; 5 for none of them.
    Transfer {
        from: usize,
        to: usize,
        by: usize,
        amount: u64,
        left_out: usize,
    },
    Burn {
        account: usize,
        by: usize,
        amount: u64,
    },
    GiveAway {
        account: usize,
        by: usize,
        to: usize,
    },
    Approve {
        account: usize,
        by: usize,
        delegate: usize,
    },
    Close {
        account: usize,
        by: usize,
    },
    Reopen {
        wallet: usize,
    },
    /// By anyone.
    Thaw {
        account: usize,
    },
    Record {
        wallet: usize,
        kind: u8,
    },
    Terms {
        kind: u8,
    },
    Apply,
    Cancel,
    Pause(bool),
    Wait(i64),
    Request {
        wallet: usize,
        id: u64,
    },
    Return {
        wallet: usize,
        id: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let (wallet, account) = (|| 0..WALLETS, || 0..ACCOUNTS);
    let amount = || prop_oneof![Just(0u64), Just(1), 1..SHARE, Just(SHARE)];
    let left_out = prop_oneof![6 => Just(5usize), 1 => 0usize..5];
    prop_oneof![
        12 => (account(), account(), wallet(), amount(), left_out).prop_map(
            |(from, to, by, amount, left_out)| Step::Transfer { from, to, by, amount, left_out }
        ),
        // By the owner of an associated account, to another one.
        12 => (wallet(), wallet(), amount()).prop_map(
            |(from, to, amount)| Step::Transfer { from, to, by: from, amount, left_out: 5 }
        ),
        1 => (account(), wallet(), amount())
            .prop_map(|(account, by, amount)| Step::Burn { account, by, amount }),
        2 => (account(), wallet(), wallet())
            .prop_map(|(account, by, to)| Step::GiveAway { account, by, to }),
        2 => (account(), wallet(), wallet())
            .prop_map(|(account, by, delegate)| Step::Approve { account, by, delegate }),
        1 => (account(), wallet()).prop_map(|(account, by)| Step::Close { account, by }),
        1 => wallet().prop_map(|wallet| Step::Reopen { wallet }),
        4 => account().prop_map(|account| Step::Thaw { account }),
        5 => (wallet(), 0u8..8).prop_map(|(wallet, kind)| Step::Record { wallet, kind }),
        2 => (0u8..5).prop_map(|kind| Step::Terms { kind }),
        1 => Just(Step::Apply),
        1 => Just(Step::Cancel),
        1 => any::<bool>().prop_map(Step::Pause),
        1 => prop_oneof![1i64..60, Just(i64::from(TIMELOCK_SECS))].prop_map(Step::Wait),
        2 => (wallet(), 0u64..3).prop_map(|(wallet, id)| Step::Request { wallet, id }),
        2 => (wallet(), 0u64..3).prop_map(|(wallet, id)| Step::Return { wallet, id }),
    ]
}

/// What the test itself knows of a wallet's record.
#[derive(Clone, Copy, Debug)]
struct Known {
    active: bool,
    country: u16,
    tier: u8,
    expires_at: i64,
}

struct Play {
    mode: Mode,
    gated: Gated,
    wallets: Vec<Keypair>,
    accounts: Vec<Pubkey>,
    known: BTreeMap<Pubkey, Known>,
    moved: usize,
    refused: usize,
}

/// Owner and balance of each account of the mint that there is.
type Holdings = BTreeMap<Pubkey, (Pubkey, u64)>;

impl Play {
    fn new(mode: Mode) -> Self {
        let mut gated = Gated::with_terms(mode, terms());
        let wallets: Vec<_> = ["ann", "ben", "cid", "thief"].map(key).into();
        let mut accounts = vec![];
        for wallet in &wallets {
            let mint = gated.mint();
            accounts.push(gated.token_account_of(&wallet.pubkey(), &mint));
        }
        for (place, wallet) in wallets.iter().enumerate() {
            let name = format!("replaceable {place}");
            accounts.push(vault(&mut gated, &wallet.pubkey(), &name));
        }
        let known = BTreeMap::new();
        let mut play = Self { mode, gated, wallets, accounts, known, moved: 0, refused: 0 };
        for place in 0..3 {
            play.set_record(place, 0);
            let owner = play.wallets[place].pubkey();
            thaw(&play.gated, &owner).send(&mut play.gated.vm, &[]).unwrap();
            let mint = AttestMint::new(&mut play.gated, &owner, 10 * SHARE);
            mint.send(&mut play.gated).unwrap();
        }
        play
    }

    /// Of the kinds 0 and 1 a good one; 6 and 7: none.
    fn set_record(&mut self, place: usize, kind: u8) {
        let owner = self.wallets[place].pubkey();
        let now = self.gated.vm.now();
        let good = Known { active: true, country: GERMANY, tier: 1, expires_at: RECORD_EXPIRES_AT };
        let known = match kind {
            0 => good,
            1 => Known { country: SWITZERLAND, tier: 2, ..good },
            2 => Known { active: false, ..good },
            3 => Known { country: USA, ..good },
            4 => Known { expires_at: now + 30, ..good },
            5 => Known { tier: 0, ..good },
            _ => {
                let issuer = self.gated.issuer();
                remove(&mut self.gated.world.vm, &issuer, &owner);
                self.known.remove(&owner);
                return;
            }
        };
        self.gated.register(&owner, |wallet| {
            wallet.status = if known.active { Status::Active } else { Status::Revoked } as u8;
            (wallet.country, wallet.tier) = (known.country, known.tier);
            wallet.expires_at = known.expires_at;
        });
        self.known.insert(owner, known);
    }

    /// The rule, once more and in other words.
    fn may_hold(&self, owner: &Pubkey, pause_counts: bool) -> bool {
        let policy = policy_state(&self.gated.vm, &self.gated.mint());
        let Some(known) = self.known.get(owner) else { return false };
        let bit = policy.countries[usize::from(known.country) / 8] >> (known.country % 8) & 1;
        let in_time = self.gated.vm.now() < known.expires_at;
        let accepted = policy.providers & 1 == 1 && known.tier >= policy.min_tier;
        let paused = pause_counts && policy.paused != 0;
        !paused && known.active && in_time && accepted && bit == 1
    }

    fn holdings(&self) -> Holdings {
        let escrow = self.gated.listed.accounts.escrow_account;
        let all = self.accounts.iter().chain([&escrow]);
        all.filter_map(|address| {
            let account = self.gated.vm.account(address)?;
            let token = TokenAccount::parse(&account.data)?;
            Some((*address, (token.owner()?, token.amount()?.0)))
        })
        .collect()
    }

    fn owner_of(&self, account: usize) -> Pubkey {
        let account = self.gated.vm.account(&self.accounts[account]);
        let owner = account.and_then(|account| TokenAccount::parse(&account.data)?.owner());
        owner.unwrap_or_default()
    }

    fn send(&mut self, instruction: Instruction, by: usize) -> Outcome {
        let signer = self.wallets[by].insecure_clone();
        self.gated.vm.send(&[instruction], &[&signer])
    }

    fn take(&mut self, step: Step) -> Outcome {
        let wallet = |place: usize| self.wallets[place].pubkey();
        let mint = self.gated.mint();
        let (token, escrow) = (&TOKEN_2022, self.gated.listed.accounts.escrow);
        let made = match step {
            Step::Transfer { from, to, by, amount, left_out } => {
                let mut extra = self.gated.extra(&self.owner_of(from), &self.owner_of(to));
                if left_out < extra.len() {
                    extra.remove(left_out);
                }
                let (source, destination) = (self.accounts[from], self.accounts[to]);
                let authority = wallet(by);
                let made = Transfer { source, mint, destination, authority, amount, extra };
                (Ok(made.instruction()), by)
            }
            Step::Burn { account, by, amount } => {
                let account = &self.accounts[account];
                (token::burn(token, account, &mint, &wallet(by), &[], amount), by)
            }
            Step::GiveAway { account, by, to } => {
                let (account, new_owner) = (&self.accounts[account], wallet(to));
                let kind = token::AuthorityType::AccountOwner;
                let made =
                    token::set_authority(token, account, Some(&new_owner), kind, &wallet(by), &[]);
                (made, by)
            }
            Step::Approve { account, by, delegate } => {
                let account = &self.accounts[account];
                let made =
                    token::approve(token, account, &wallet(delegate), &wallet(by), &[], 3 * SHARE);
                (made, by)
            }
            Step::Close { account, by } => {
                let account = &self.accounts[account];
                (token::close_account(token, account, &wallet(by), &wallet(by), &[]), by)
            }
            Step::Reopen { wallet: place } => {
                let payer = self.gated.vm.payer.pubkey();
                let made = create_associated_token_account_idempotent(
                    &payer,
                    &wallet(place),
                    &mint,
                    token,
                );
                return self.gated.vm.send(&[made], &[]);
            }
            Step::Thaw { account } => {
                let owner = self.owner_of(account);
                let thaw = thaw_account(&self.gated, &self.accounts[account], &owner);
                return thaw.send(&mut self.gated.vm, &[]);
            }
            Step::Request { wallet: place, id } => {
                let owner = wallet(place);
                let mut made = RequestRedemption::new(&self.gated, &owner, id, SHARE);
                made.remaining = self.gated.extra(&owner, &escrow);
                (Ok(made.instruction()), place)
            }
            Step::Return { wallet: place, id } => {
                let owner = wallet(place);
                let request = RequestRedemption::new(&self.gated, &owner, id, SHARE);
                let mut made = cancel(&self.gated, &request);
                made.remaining = self.gated.extra(&escrow, &owner);
                (Ok(made.instruction()), place)
            }
            other => return self.govern(other),
        };
        let (instruction, by) = made;
        self.send(instruction.unwrap(), by)
    }

    /// What the issuer, its provider and time do.
    fn govern(&mut self, step: Step) -> Outcome {
        let mint = self.gated.mint();
        match step {
            Step::Record { wallet, kind } => self.set_record(wallet, kind),
            Step::Wait(secs) => {
                let now = self.gated.vm.now();
                self.gated.vm.set_time(now + secs);
            }
            Step::Terms { kind } => return self.gated.set_policy(terms_of(kind)),
            Step::Pause(paused) => return self.gated.set_pause(paused),
            Step::Cancel => {
                let (issuer, officer) = (self.gated.issuer(), self.gated.officer.insecure_clone());
                let (by, grant) = (officer.pubkey(), Some(self.gated.officer_grant));
                let made = govern_policy(&issuer, &by, grant, &mint, CancelPolicy {});
                return made.send(&mut self.gated.vm, &[&officer]);
            }
            _ => {
                apply_policy(&mint).send(&mut self.gated.vm, &[])?;
            }
        }
        // Anyone's to do, and of no effect where there is nothing to do.
        update_hook_list(&mint).send(&mut self.gated.vm, &[])
    }

    /// Anyone thaws and freezes all that he may.
    fn bring_in_line(&mut self) {
        for place in 0..ACCOUNTS {
            let owner = self.owner_of(place);
            let thaw = thaw_account(&self.gated, &self.accounts[place], &owner);
            let freeze = freeze_account(&self.gated, &self.accounts[place], &owner);
            // There may be nothing to do, or no reason to.
            let _ = thaw.send(&mut self.gated.vm, &[]);
            let _ = freeze.send(&mut self.gated.vm, &[]);
        }
    }

    /// What may be received just now: in frozen mode a pause stops no transfer, only thaws.
    fn may_receive(&self, owner: &Pubkey) -> bool {
        self.may_hold(owner, self.mode == Mode::Hooked)
    }

    fn check(&mut self, step: Step) {
        if self.mode == Mode::Frozen {
            self.bring_in_line();
        }
        let before = self.holdings();
        let landed = self.take(step).is_ok();
        if matches!(step, Step::Transfer { .. }) {
            *(if landed { &mut self.moved } else { &mut self.refused }) += 1;
        }
        let returned = matches!(step, Step::Return { .. });
        let escrow = self.gated.listed.accounts.escrow;
        for (account, (owner, amount)) in self.holdings() {
            let (old_owner, old_amount) = before.get(&account).copied().unwrap_or((owner, 0));
            let received = amount > old_amount || owner != old_owner && amount > 0;
            let fine = self.may_receive(&owner) || owner == escrow || returned;
            assert!(!received || fine, "{step:?}: {owner} received {amount} in {account}");
            // Where the owner can be replaced, nothing is.
            let associated = token_account(&owner, &self.gated.mint()) == account;
            assert!(associated || amount == 0, "{step:?}: {amount} in {account}");
        }
    }
}

fn terms_of(kind: u8) -> PolicyTerms {
    match kind {
        0 => terms(),
        1 => PolicyTerms { countries: countries(&[SWITZERLAND]), ..terms() },
        2 => PolicyTerms { min_tier: 2, ..terms() },
        3 => PolicyTerms { providers: 0, ..terms() },
        _ => PolicyTerms { flags: terms().flags & !flag::SOURCE_CHECK, ..terms() },
    }
}

/// 24 plays of 150 steps.
fn play(mode: Mode) {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    let (moved, refused) = (Cell::new(0), Cell::new(0));
    let steps = prop::collection::vec(step(), 150);
    let outcome = TestRunner::new(config).run(&steps, |steps| {
        let mut play = Play::new(mode);
        steps.into_iter().for_each(|step| play.check(step));
        moved.set(moved.get() + play.moved);
        refused.set(refused.get() + play.refused);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(moved.get() > 20 && refused.get() > 100, "{moved:?} moved, {refused:?} refused");
}

#[test]
fn no_wallet_receives_that_may_not_hold() {
    play(Mode::Hooked);
}

#[test]
fn no_frozen_wallet_receives_that_may_not_hold() {
    play(Mode::Frozen);
}
