//! Why an attested instruction must be refused.

use super::{Action, Carrier, Signed, Trade};
use crate::fuzz::address::token_account;
use crate::fuzz::{
    arena::Arena,
    model::*,
    plan::{Refusals, code},
};
use issuer::{error::IssuerError, state::ActionTermsArgs};
use scrip_interface::attestation::{Kind, ReserveStatement};
use solana_pubkey::Pubkey;

impl Signed {
    /// Of the attestation itself.
    pub fn attestation_refusals(&self, model: &Model, carrier: Carrier) -> Refusals {
        let mut refusals = Refusals::none();
        let (custodian, subject) = self.action.subject(model);
        let kind = self.action.kind();
        let known = |set: &&SetState| {
            model.custodians.contains_key(&custodian) || set.custodian == custodian
        };
        let Some(set) = model.sets.get(&self.set).filter(known) else {
            refusals.unless_code(false, code::NOT_INITIALIZED);
            return refusals;
        };
        refusals.unless(set.custodian == custodian, IssuerError::WrongCustodian);
        refusals.add(may_sign(set, kind, model.now));
        refusals.add(self.in_time(model.now));

        let wanted = self.action.body(model, self.header(subject));
        let same = |digest: [u8; 32]| digest == scrip_interface::sha256(&[&wanted]);
        match carrier {
            Carrier::Inline => {
                refusals.unless(same(self.digest()), IssuerError::AttestationMismatch);
                refusals.add(quorum(set, &self.signers));
            }
            Carrier::Posted(address) => match model.posted.get(&address) {
                None => refusals.unless(false, IssuerError::Ed25519Missing),
                Some(posted) => {
                    let ours = same(posted.digest) && posted.kind == kind as u8;
                    refusals.unless(ours, IssuerError::AttestationMismatch);
                    let count =
                        set.members.iter().filter(|key| posted.signers.contains(key)).count();
                    let enough = count >= usize::from(set.threshold);
                    refusals.unless(enough, IssuerError::ThresholdNotReached);
                }
            },
        }
        let nonces = if subject == custodian {
            &model.custodians[&custodian].nonces
        } else {
            &model.ticker(&subject).nonces
        };
        if let Some(error) = nonces.refusal(self.args.nonce) {
            refusals.unless(false, error);
        }
        refusals
    }

    pub fn in_time(&self, now: i64) -> Refusals {
        let mut refusals = Refusals::none();
        let lifetime = self.args.expires_at.saturating_sub(self.args.issued_at);
        let longest = if self.kind == Kind::Quote { 60 } else { 7 * DAY };
        let lives = (1..=longest).contains(&lifetime);
        refusals.unless(lives, IssuerError::AttestationLifetimeInvalid);
        refusals.unless(self.args.issued_at <= now + 60, IssuerError::AttestationNotYetIssued);
        refusals.unless(now < self.args.expires_at, IssuerError::AttestationExpired);
        refusals
    }

    /// Of what the attestation is about.
    pub fn action_refusals(&self, arena: &Arena) -> Refusals {
        let model = &arena.model;
        let mut refusals = Refusals::none();
        match &self.action {
            Action::Mint { mint, owner, amount, statement } => {
                refusals.add(minting(model, mint, owner, *amount, statement));
                refusals.add(model.not_paused(mint, PAUSE_MINT | PAUSE_TRANSFER));
                refusals.add(model.may_trade(mint, owner));
            }
            Action::Reserves { mint, statement } => {
                let ticker = model.ticker(mint);
                refusals.add(ticker.of_this_side(statement.as_of, model.now));
                let newer = statement.as_of > ticker.held(model.now).as_of;
                refusals.unless(newer, IssuerError::StatementNotNewer);
                refusals.unless(statement.as_of <= model.now + 60, IssuerError::StatementInFuture);
            }
            Action::Statement { custodian, as_of, .. } => {
                let newer = *as_of > model.custodians[custodian].statement.0;
                refusals.unless(newer, IssuerError::StatementNotNewer);
                refusals.unless(*as_of <= model.now + 60, IssuerError::StatementInFuture);
            }
            Action::Acknowledge { redemption, .. } => {
                refusals.add(open(model, redemption));
                if let Some(it) = model.redemptions.get(redemption) {
                    let fresh = it.status == Status::Requested;
                    refusals.unless(fresh, IssuerError::RedemptionAcknowledged);
                    refusals.unless(model.now < it.deadline, IssuerError::RedemptionOverdue);
                }
            }
            Action::Settle { redemption, amount, .. } => {
                refusals.unless(*amount > 0, IssuerError::AmountZero);
                refusals.add(open(model, redemption));
                if let Some(it) = model.redemptions.get(redemption) {
                    refusals.unless(*amount <= it.left, IssuerError::AmountAboveRedemption);
                }
            }
            Action::Reject { redemption, .. } => refusals.add(open(model, redemption)),
            Action::Subscribe(trade, statement) => {
                refusals.add(subscribing(arena, trade, statement));
            }
            Action::Redeem(trade) => {
                refusals.add(redeeming(arena, trade));
                let seen = model.sets.get(&self.set).is_none_or(|it| it.ready_at <= model.now);
                refusals.unless(seen, IssuerError::TimelockNotPassed);
            }
            Action::Activate { set } => match model.sets.get(set) {
                None => refusals.unless_code(false, code::NOT_INITIALIZED),
                Some(set) => {
                    refusals.unless(!set.active, IssuerError::AttestorSetActive);
                    refusals.unless(set.expires_at > model.now, IssuerError::ValidityInvalid);
                    refusals.add(model.may_become_live(set));
                }
            },
            Action::Remove { custodian, key } => refusals.add(removing(model, custodian, key)),
            Action::ChangeCustodian { mint, next } => {
                refusals.add(changing(model, mint, next));
                // Who signed has seen the next custodian's sets, clocks being a minute apart.
                let seen = self.args.issued_at > model.custodians[next].unannounced_at + 60;
                refusals.unless(seen, IssuerError::CustodianInvalid);
            }
            Action::Announce { mint, terms, .. } => {
                refusals.add(announcing(model, mint, terms, true));
            }
            Action::Schedule { mint, after } => refusals.add(scheduling(model, mint, after)),
            Action::Cancel { mint } => refusals.add(cancelling(model, mint)),
        }
        refusals
    }
}

pub fn may_sign(set: &SetState, kind: Kind, now: i64) -> Refusals {
    let mut refusals = Refusals::none();
    refusals.unless(set.active, IssuerError::AttestorSetProposed);
    refusals.unless(set.kinds >> (kind as u16) & 1 == 1, IssuerError::KindNotAllowed);
    refusals.unless(now >= set.valid_from, IssuerError::AttestorSetNotYetValid);
    refusals.unless(now < set.expires_at, IssuerError::AttestorSetExpired);
    refusals
}

fn quorum(set: &SetState, signers: &[Pubkey]) -> Refusals {
    let mut refusals = members(set, signers);
    let enough = signers.len() >= usize::from(set.threshold);
    refusals.unless(enough, IssuerError::ThresholdNotReached);
    refusals
}

pub fn members(set: &SetState, signers: &[Pubkey]) -> Refusals {
    let mut refusals = Refusals::none();
    let known = signers.iter().all(|key| set.members.contains(key));
    refusals.unless(known, IssuerError::AttestorUnknown);
    let repeated = signers.iter().enumerate().any(|(place, key)| signers[..place].contains(key));
    refusals.unless(!repeated, IssuerError::AttestorRepeated);
    refusals
}

/// A redemption that the custodian may still answer or settle.
fn open(model: &Model, redemption: &Pubkey) -> Refusals {
    let mut refusals = Refusals::none();
    match model.redemptions.get(redemption) {
        None => refusals.unless_code(false, code::NOT_INITIALIZED),
        Some(it) => refusals.unless(it.status != Status::Rejected, IssuerError::RedemptionRejected),
    }
    refusals
}

/// Shares that come into being: fresh reserves that cover them, limits, a place to go.
fn minting(
    model: &Model,
    mint: &Pubkey,
    owner: &Pubkey,
    amount: u64,
    statement: &ReserveStatement,
) -> Refusals {
    let (now, ticker) = (model.now, model.ticker(mint));
    let mut refusals = Refusals::none();
    refusals.unless(amount > 0, IssuerError::AmountZero);
    refusals.unless(statement.as_of <= now + 60, IssuerError::StatementInFuture);
    refusals.unless(!ticker.stale(statement.as_of, now), IssuerError::StatementStale);
    let account = token_account(owner, mint);
    refusals.unless_code(!model.is_frozen(&account), code::ACCOUNT_FROZEN);
    refusals.unless_code(!ticker.mint_paused, code::MINT_PAUSED);

    let within = ticker.mint_level.after(amount, ticker.terms.mint_limit, now).is_some();
    refusals.unless(within, IssuerError::TickerLimitExceeded);
    refusals.add(owner_limit(model, mint, owner, amount, true));
    refusals.unless(ticker.minted.checked_add(amount).is_some(), IssuerError::AmountOverflow);
    refusals.add(ticker.open_for_action(now));
    refusals.add(ticker.of_this_side(statement.as_of, now));
    let Some(supply) = ticker.supply.checked_add(amount) else {
        refusals.unless_code(false, code::OVERFLOW);
        return refusals;
    };
    let mut after = ticker.clone();
    after.roll(now);
    if statement.as_of > after.reserves.as_of {
        after.reserves = *statement;
    }
    refusals.unless(after.covers(supply, now), IssuerError::ReservesInsufficient);
    refusals
}

/// An owner's own limit; the record is given where there is one.
fn owner_limit(
    model: &Model,
    mint: &Pubkey,
    owner: &Pubkey,
    amount: u64,
    minting: bool,
) -> Refusals {
    let mut refusals = Refusals::none();
    let terms = &model.ticker(mint).terms;
    let limit = if minting { terms.owner_mint_limit } else { terms.owner_cash_limit };
    if limit.window_secs == 0 {
        return refusals;
    }
    match model.owner_limits.get(&(*mint, *owner)) {
        None => refusals.unless(false, IssuerError::OwnerLimitsMissing),
        Some(record) => {
            let level = if minting { record.mint_level } else { record.cash_level };
            let within = level.after(amount, limit, model.now).is_some();
            refusals.unless(within, IssuerError::OwnerLimitExceeded);
        }
    }
    refusals
}

fn trading(model: &Model, trade: &Trade) -> Refusals {
    let mut refusals = Refusals::none();
    let Trade { mint, amount, cash_amount, .. } = trade;
    refusals.unless(*amount > 0 && *cash_amount > 0, IssuerError::AmountZero);
    refusals.unless(model.now <= trade.deadline, IssuerError::DeadlinePassed);
    refusals.add(model.may_trade(mint, &trade.owner));
    let decimals = model.desks[&trade.cash_mint].decimals;
    let in_band = model.ticker(mint).in_band(*amount, *cash_amount, decimals, model.now);
    refusals.unless(in_band, IssuerError::PriceOutsideBand);
    refusals
}

fn subscribing(arena: &Arena, trade: &Trade, statement: &ReserveStatement) -> Refusals {
    let model = &arena.model;
    let mut refusals = trading(model, trade);
    refusals.add(model.not_paused(&trade.mint, PAUSE_MINT | PAUSE_CASH | PAUSE_TRANSFER));
    refusals.add(minting(model, &trade.mint, &trade.owner, trade.amount, statement));
    refusals.unless(trade.cash_amount <= trade.cash_limit, IssuerError::CashTermsNotMet);
    let purse = model.amount(&arena.cash_account(&trade.owner, &trade.cash_mint));
    refusals.unless_code(purse >= trade.cash_amount, code::INSUFFICIENT_FUNDS);
    refusals
}

fn redeeming(arena: &Arena, trade: &Trade) -> Refusals {
    let model = &arena.model;
    let (now, ticker) = (model.now, model.ticker(&trade.mint));
    let mut refusals = trading(model, trade);
    refusals.add(ticker.open_for_action(now));
    refusals.add(model.not_paused(&trade.mint, PAUSE_CASH | PAUSE_TRANSFER));
    refusals.unless(trade.cash_amount >= trade.cash_limit, IssuerError::CashTermsNotMet);
    let desk = &model.desks[&trade.cash_mint];
    refusals.unless(model.amount(&desk.vault) >= trade.cash_amount, IssuerError::CashInsufficient);
    let flows = desk.level.after(trade.cash_amount, desk.outflow, now).is_some();
    refusals.unless(flows, IssuerError::DeskLimitExceeded);
    let within = ticker.cash_level.after(trade.amount, ticker.terms.cash_limit, now).is_some();
    refusals.unless(within, IssuerError::TickerLimitExceeded);
    refusals.add(owner_limit(model, &trade.mint, &trade.owner, trade.amount, false));
    let account = token_account(&trade.owner, &trade.mint);
    let enough = model.amount(&account) >= trade.amount;
    refusals.unless_code(enough, code::INSUFFICIENT_FUNDS);
    refusals.unless_code(!model.is_frozen(&account), code::ACCOUNT_FROZEN);
    refusals.unless_code(!ticker.mint_paused, code::MINT_PAUSED);
    let redeemed = ticker.redeemed.checked_add(trade.amount);
    refusals.unless(redeemed.is_some(), IssuerError::AmountOverflow);
    refusals
}

/// A key leaves all live sets, each of which keeps a quorum.
pub fn removing(model: &Model, custodian: &Pubkey, key: &Pubkey) -> Refusals {
    let mut refusals = Refusals::none();
    let live = model.custodians[custodian].live_sets(model.now);
    let with_it =
        || live.iter().map(|set| &model.sets[set]).filter(|set| set.members.contains(key));
    refusals.unless(with_it().next().is_some(), IssuerError::AttestorNotFound);
    let spare = with_it().all(|set| set.members.len() > usize::from(set.threshold));
    refusals.unless(spare, IssuerError::TooFewAttestorsRemain);
    refusals
}

pub fn announcing(
    model: &Model,
    mint: &Pubkey,
    terms: &ActionTermsArgs,
    by_quorum: bool,
) -> Refusals {
    let (now, ticker) = (model.now, model.ticker(mint));
    let mut refusals = Refusals::none();
    refusals.unless(sound_action(terms), IssuerError::ActionTermsInvalid);
    refusals.unless(bounded_action(terms, by_quorum), IssuerError::ActionTooLarge);
    let pending = now < ticker.multipliers.effective_at;
    let begins = ticker.history.is_empty();
    refusals.unless(!(begins && pending), IssuerError::MultiplierPending);
    if let Some(action) = &ticker.action {
        refusals.unless(false, IssuerError::ActionOpen);
        // Once it is scheduled the next one has another address.
        refusals.unless_code(action.scheduled.is_some(), code::ALREADY_IN_USE);
    }
    refusals
}

fn scheduling(model: &Model, mint: &Pubkey, after: &ReserveStatement) -> Refusals {
    let (now, ticker) = (model.now, model.ticker(mint));
    let mut refusals = Refusals::none();
    let Some(action) = &ticker.action else {
        refusals.unless_code(false, code::NOT_INITIALIZED);
        return refusals;
    };
    refusals.unless(action.scheduled.is_none(), IssuerError::ActionScheduled);
    refusals.unless(now >= action.ready_at, IssuerError::TimelockNotPassed);
    let settled = now >= ticker.multipliers.effective_at;
    refusals.unless(settled, IssuerError::MultiplierPending);
    let times = now + ticker.window.0..=now + 30 * DAY;
    let in_time = times.contains(&after.as_of) && ticker.reserves.as_of < after.as_of;
    refusals.unless(in_time, IssuerError::ActionTimeInvalid);
    let today = ticker.schedules.0 == now / DAY;
    refusals.unless(!today || ticker.schedules.1 < 4, IssuerError::TooManyActions);
    if refusals.is_empty() {
        let mut scheduled = ticker.clone();
        scheduled.schedule(after, now);
        let split = action.terms.kind < 2;
        let rises = action.terms.numerator > action.terms.denominator;
        let covered = scheduled.covers(scheduled.supply, now);
        refusals.unless(covered || split || !rises, IssuerError::ReservesInsufficient);
    }
    refusals
}

pub fn cancelling(model: &Model, mint: &Pubkey) -> Refusals {
    let mut refusals = Refusals::none();
    match &model.ticker(mint).action {
        None => refusals.unless_code(false, code::NOT_INITIALIZED),
        Some(action) => {
            let ahead = action.scheduled.is_none_or(|it| model.now < it.effective_at);
            refusals.unless(ahead, IssuerError::ActionEffective);
        }
    }
    refusals
}

pub fn changing(model: &Model, mint: &Pubkey, next: &Pubkey) -> Refusals {
    let mut refusals = Refusals::none();
    let another = model.ticker(mint).custodian != *next;
    let live = !model.custodians[next].live_sets(model.now).is_empty();
    refusals.unless(another && live, IssuerError::CustodianInvalid);
    refusals
}
