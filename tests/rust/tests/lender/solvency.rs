//! Whatever people do, the books fit the vaults, and no rounding takes from the pool.

use proptest::prelude::*;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD},
};
use solana_keypair::Keypair;

#[derive(Clone, Copy, Debug)]
enum Step {
    Supply(u64),
    Redeem(u64),
    Deposit(usize, u64),
    Withdraw(usize, u64),
    Borrow(u64),
    Repay(u64),
    Liquidate(usize, u64),
    /// The clock goes on by seconds, and the shares cost so many cents.
    Trade(i64, u32, u32),
}

fn step() -> impl Strategy<Value = Step> {
    // Odd amounts and tiny ones: rounding shows there.
    let amount = prop_oneof![1u64..10, 1u64..3_000 * USD];
    let raw = prop_oneof![1u64..10, 1u64..30 * TOKEN];
    prop_oneof![
        amount.clone().prop_map(Step::Supply),
        amount.clone().prop_map(Step::Redeem),
        (0usize..2, raw.clone()).prop_map(|(stock, raw)| Step::Deposit(stock, raw)),
        (0usize..2, raw).prop_map(|(stock, raw)| Step::Withdraw(stock, raw)),
        amount.clone().prop_map(Step::Borrow),
        amount.clone().prop_map(Step::Repay),
        (0usize..2, amount).prop_map(|(stock, amount)| Step::Liquidate(stock, amount)),
        (0i64..50, 2_000u32..12_000, 2_000u32..12_000)
            .prop_map(|(secs, a, b)| Step::Trade(secs, a, b)),
    ]
}

struct Play {
    bank: Bank,
    stocks: [Stock; 2],
    people: [Keypair; 3],
    landed: usize,
}

impl Play {
    fn new() -> Self {
        let mut bank = Bank::new();
        let stocks = [bank.list("first", 100.0), bank.list("second", 37.0)];
        let people = ["ann", "ben", "cid"].map(|name| bank.person(name, 100_000));
        for person in &people {
            for stock in &stocks {
                bank.give(person, stock, 1_000 * TOKEN);
            }
        }
        bank.supply(&people[0], 5_000 * USD + 1).unwrap();
        // A debt that grows from the beginning.
        bank.deposit(&people[2], &stocks[0], 30 * TOKEN).unwrap();
        bank.borrow(&people[2], 1_333 * USD + 7, &stocks[..1]).unwrap();
        Self { bank, stocks, people, landed: 0 }
    }

    /// The holdings in their order, after a withdrawal if one is given.
    fn held(&self, person: &Keypair, withdrawn: Option<(usize, u64)>) -> Vec<Stock> {
        let position = self.bank.read(&self.bank.position_of(person));
        let Some(mut position): Option<scrip_interface::lender::Position> = position else {
            return vec![];
        };
        if let Some((stock, raw)) = withdrawn {
            let _ = position.take(&self.stocks[stock].of.collateral, raw);
        }
        let stock = |collateral| {
            *self.stocks.iter().find(|stock| stock.of.collateral == collateral).unwrap()
        };
        position.holdings().map(|held| stock(held.collateral)).collect()
    }

    fn step(&mut self, who: usize, step: Step) {
        let me = self.people[who].insecure_clone();
        let outcome = match step {
            Step::Supply(amount) => self.bank.supply(&me, amount),
            Step::Redeem(shares) => self.bank.redeem(&me, shares),
            Step::Deposit(stock, raw) => self.bank.deposit(&me, &self.stocks[stock], raw),
            Step::Withdraw(stock, raw) => {
                let left = self.held(&me, Some((stock, raw)));
                self.bank.withdraw(&me, &self.stocks[stock], raw, &left)
            }
            Step::Borrow(amount) => {
                let held = self.held(&me, None);
                self.bank.borrow(&me, amount, &held)
            }
            Step::Repay(amount) => {
                let debtor = self.people[(who + 1) % 3].insecure_clone();
                self.bank.repay(&me, &debtor, amount)
            }
            Step::Liquidate(stock, amount) => {
                let debtor = self.people[(who + 1) % 3].insecure_clone();
                let (held, stock) = (self.held(&debtor, None), self.stocks[stock]);
                let limits = (amount, 0);
                let liquidate =
                    self.bank.liquidate_instruction(&me, &debtor, &stock, limits, &held);
                self.bank.send(liquidate, &me)
            }
            Step::Trade(secs, first, second) => {
                let time = self.bank.now() + secs;
                for (stock, cents) in self.stocks.into_iter().zip([first, second]) {
                    self.bank.at(time, &stock, f64::from(cents) / 100.0);
                }
                return;
            }
        };
        self.landed += usize::from(outcome.is_ok());
        let people: Vec<_> = self.people.iter().collect();
        self.bank.audit(&people, &self.stocks);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_books_fit_the_vaults_whatever_people_do(
        steps in proptest::collection::vec((0usize..3, step()), 30..60)
    ) {
        let mut play = Play::new();
        for (who, step) in steps {
            play.step(who, step);
        }
        prop_assert!(play.landed > 0);
    }

    /// In and out again at once, with a debt that grows: nobody takes out more than was put in.
    #[test]
    fn in_and_out_again_is_never_a_profit(
        supplied in 1u64..1_000 * USD, borrowed in 100 * USD..2_000 * USD, secs in 0i64..10_000_000
    ) {
        let mut play = Play::new();
        let [_, ben, _] = play.people.each_ref().map(Keypair::insecure_clone);
        let stock = play.stocks[0];
        let time = play.bank.now() + secs;
        play.bank.feeds.vm.set_time(time);
        let before = play.bank.balance(&play.bank.cash_of(&ben));
        play.bank.supply(&ben, supplied).ok();
        if let Some(record) = play.bank.read::<scrip_interface::lender::Supplier>(&play.bank.supplier_of(&ben)) {
            play.bank.redeem(&ben, record.shares).unwrap();
        }
        prop_assert!(play.bank.balance(&play.bank.cash_of(&ben)) <= before);

        play.bank.deposit(&ben, &stock, 100 * TOKEN).unwrap();
        play.bank.price(&stock, 100.0);
        // Whether it may is the session's to say.
        if play.bank.borrow(&ben, borrowed, &[stock]).is_ok() {
            prop_assert!(play.bank.debt(&ben) >= borrowed);
            play.bank.repay(&ben, &ben, u64::MAX).unwrap();
        }
        prop_assert!(play.bank.balance(&play.bank.cash_of(&ben)) <= before);
    }
}
