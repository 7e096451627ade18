//! What becomes of the model when an attested instruction lands.

use super::{Action, Signed, Trade};
use crate::fuzz::address::{pda, token_account};
use crate::{fuzz::model::*, vm::Receipt};
use issuer::{event::ActionAnnounced, state::ActionTermsArgs};
use scrip_interface::attestation::ReserveStatement;
use solana_pubkey::Pubkey;

impl Signed {
    pub fn apply(&self, model: &mut Model, receipt: &Receipt) {
        self.use_nonce(model);
        let now = model.now;
        match &self.action {
            Action::Mint { mint, owner, amount, statement } => {
                create(model, mint, owner, *amount, statement);
            }
            Action::Reserves { mint, statement } => record_reserves(model, mint, statement),
            Action::Statement { custodian, as_of, root, book } => {
                custodian_mut(model, custodian).statement = (*as_of, *root);
                model.books.insert(*root, book.clone());
            }
            Action::Acknowledge { redemption, .. } => {
                let it = redemption_mut(model, redemption);
                it.status = Status::Acknowledged;
                it.deadline = now + i64::from(it.payout_secs);
            }
            Action::Settle { mint, redemption, amount, reference } => {
                let it = redemption_mut(model, redemption);
                it.left -= amount;
                it.reference = *reference;
                if it.left == 0 {
                    model.redemptions.remove(redemption);
                }
                let ticker = model.ticker_mut(mint);
                ticker.open -= amount;
                ticker.redeemed += amount;
                ticker.supply -= amount;
                model.debit(&escrow_account(mint), *amount);
            }
            Action::Reject { redemption, reason, .. } => {
                let it = redemption_mut(model, redemption);
                it.status = Status::Rejected;
                it.reason = *reason;
            }
            Action::Subscribe(trade, statement) => subscribe(model, trade, statement),
            Action::Redeem(trade) => redeem(model, trade),
            Action::Activate { set } => {
                let signing = model.sets[&self.set].ready_at;
                let let_in = model.sets.get_mut(set).expect("known");
                let_in.ready_at = let_in.ready_at.min(signing);
                model.make_live(*set);
            }
            Action::Remove { custodian, key } => remove_key(model, custodian, *key),
            Action::ChangeCustodian { mint, next } => change_custodian(model, mint, next),
            Action::Announce { mint, terms, payer } => {
                announce(model, mint, *terms, Pubkey::default(), *payer, receipt);
            }
            Action::Schedule { mint, after } => model.ticker_mut(mint).schedule(after, now),
            Action::Cancel { mint } => model.ticker_mut(mint).cancel(now),
        }
    }

    fn use_nonce(&self, model: &mut Model) {
        let (custodian, subject) = self.action.subject(model);
        let nonces = if subject == custodian {
            &mut custodian_mut(model, &custodian).nonces
        } else {
            &mut model.ticker_mut(&subject).nonces
        };
        nonces.used.insert(self.args.nonce);
    }
}

/// By a wallet, which waits for the timelock, or (zeros) by a quorum.
pub fn announce(
    model: &mut Model,
    mint: &Pubkey,
    terms: ActionTermsArgs,
    announcer: Pubkey,
    rent_payer: Pubkey,
    receipt: &Receipt,
) {
    let (now, timelock) = (model.now, i64::from(model.issuer.timelock_secs));
    let wait = if announcer == Pubkey::default() { 0 } else { timelock };
    let ticker = model.ticker_mut(mint);
    ticker.begin_history(now);
    ticker.action = Some(ActionState {
        sequence: ticker.action_sequence + 1,
        terms,
        request: receipt.events::<ActionAnnounced>()[0].sequence,
        announcer,
        rent_payer,
        ready_at: now + wait,
        scheduled: None,
    });
}

pub fn escrow_account(mint: &Pubkey) -> Pubkey {
    token_account(&pda::escrow(&issuer::ID, mint).0, mint)
}

/// A statement that comes without a mint pauses minting if it does not cover the supply.
pub fn record_reserves(model: &mut Model, mint: &Pubkey, statement: &ReserveStatement) {
    let now = model.now;
    let ticker = model.ticker_mut(mint);
    ticker.roll(now);
    ticker.reserves = *statement;
    if !ticker.covers(ticker.supply, now) {
        ticker.pauses |= PAUSE_MINT;
    }
}

pub fn remove_key(model: &mut Model, custodian: &Pubkey, key: Pubkey) {
    let now = model.now;
    let record = custodian_mut(model, custodian);
    record.removed.insert(key);
    for set in record.live_sets(now) {
        let set = model.sets.get_mut(&set).expect("a known set");
        set.members.retain(|member| *member != key);
    }
}

pub fn change_custodian(model: &mut Model, mint: &Pubkey, next: &Pubkey) {
    let previous = model.ticker(mint).custodian;
    custodian_mut(model, &previous).tickers -= 1;
    custodian_mut(model, next).tickers += 1;
    let ticker = model.ticker_mut(mint);
    ticker.custodian = *next;
    let as_of = ticker.reserves.as_of;
    ticker.reserves = ReserveStatement { as_of, ..ReserveStatement::default() };
    ticker.next = ticker
        .next
        .map(|next| ReserveStatement { as_of: next.as_of, ..ReserveStatement::default() });
}

fn custodian_mut<'m>(model: &'m mut Model, address: &Pubkey) -> &'m mut CustodianState {
    model.custodians.get_mut(address).expect("a known custodian")
}

fn redemption_mut<'m>(model: &'m mut Model, address: &Pubkey) -> &'m mut RedemptionState {
    model.redemptions.get_mut(address).expect("an open redemption")
}

fn create(
    model: &mut Model,
    mint: &Pubkey,
    owner: &Pubkey,
    amount: u64,
    statement: &ReserveStatement,
) {
    let now = model.now;
    let ticker = model.ticker_mut(mint);
    ticker.roll(now);
    if statement.as_of > ticker.reserves.as_of {
        ticker.reserves = *statement;
    }
    ticker.minted += amount;
    ticker.supply += amount;
    let (limit, own_limit) = (ticker.terms.mint_limit, ticker.terms.owner_mint_limit);
    ticker.mint_level = ticker.mint_level.after(amount, limit, now).expect("within the limit");
    if let Some(record) = model.owner_limits.get_mut(&(*mint, *owner)) {
        record.mint_level =
            record.mint_level.after(amount, own_limit, now).expect("within the limit");
    }
    model.credit(&token_account(owner, mint), amount);
}

/// The account of a wallet for a stablecoin of either program.
fn cash_account(model: &Model, owner: &Pubkey, cash_mint: &Pubkey) -> Pubkey {
    let of = |holding: &Holding| holding.mint == *cash_mint && holding.owner == *owner;
    *model.holdings.iter().find(|(_, holding)| of(holding)).expect("a cash account").0
}

fn subscribe(model: &mut Model, trade: &Trade, statement: &ReserveStatement) {
    create(model, &trade.mint, &trade.owner, trade.amount, statement);
    let purse = cash_account(model, &trade.owner, &trade.cash_mint);
    let vault = model.desks[&trade.cash_mint].vault;
    model.debit(&purse, trade.cash_amount);
    model.credit(&vault, trade.cash_amount);
}

fn redeem(model: &mut Model, trade: &Trade) {
    let now = model.now;
    let ticker = model.ticker_mut(&trade.mint);
    ticker.redeemed += trade.amount;
    ticker.supply -= trade.amount;
    let (limit, own_limit) = (ticker.terms.cash_limit, ticker.terms.owner_cash_limit);
    ticker.cash_level =
        ticker.cash_level.after(trade.amount, limit, now).expect("within the limit");
    if let Some(record) = model.owner_limits.get_mut(&(trade.mint, trade.owner)) {
        let level = record.cash_level.after(trade.amount, own_limit, now);
        record.cash_level = level.expect("within the limit");
    }
    let desk = model.desks.get_mut(&trade.cash_mint).expect("an open desk");
    desk.level = desk.level.after(trade.cash_amount, desk.outflow, now).expect("within the limit");
    let vault = desk.vault;
    let purse = cash_account(model, &trade.owner, &trade.cash_mint);
    model.debit(&token_account(&trade.owner, &trade.mint), trade.amount);
    model.debit(&vault, trade.cash_amount);
    model.credit(&purse, trade.cash_amount);
}
