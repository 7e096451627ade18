//! The market, its collaterals and its people.

use crate::{
    collateral::{Listing, Market as Feeds, Price, TOKEN, pyth, rules},
    vm::{Outcome, key, program_path},
};
use collateral::state::{FeedConfig, unit};
use scrip_interface::{
    lender::{
        self as ix, CallValue, CashAccounts, Collateral, CollateralAccounts, CollateralTerms,
        LenderAccount, Market, MarketTerms, Position, Supplier, pda,
    },
    mint::TOKEN_2022,
    token_account::associated,
};
use scrip_math::lending::PoolShares;
use solana_account::Account;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;

const ID: Pubkey = lender::ID;
pub const TOKEN_PROGRAM: Pubkey =
    Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
/// One unit of the stablecoin.
pub const USD: u64 = 1_000_000;

pub struct Bank {
    pub feeds: Feeds,
    pub owner: Keypair,
    pub cash: CashAccounts,
}

/// A collateral with its feed.
#[derive(Clone, Copy, Debug)]
pub struct Stock {
    pub listing: Listing,
    pub of: CollateralAccounts,
    pub terms: CollateralTerms,
    pub feed_id: [u8; 32],
}

pub fn market_terms() -> MarketTerms {
    MarketTerms {
        base_rate_bps: 200,
        slope_bps: 1_000,
        close_factor_bps: 5_000,
        min_debt: 100 * USD,
    }
}

/// As lenders take SPYx: 73% lent, liquidated at 75%.
pub fn terms(config_hash: [u8; 32]) -> CollateralTerms {
    CollateralTerms {
        config_hash,
        ltv_bps: 7_300,
        liquidation_bps: 7_500,
        bonus_bps: 500,
        max_raw: 1_000_000 * TOKEN,
    }
}

/// A classic mint with 6 decimals, whose authority nobody is.
fn cash_mint() -> Account {
    let mut data = vec![0; 82];
    data[44] = 6;
    data[45] = 1;
    crate::collateral::account(TOKEN_PROGRAM, data)
}

impl Stock {
    pub fn call(&self) -> CallValue {
        CallValue { collateral: self.of.collateral, accounts: self.listing.accounts }
    }
}

pub fn calls(stocks: &[Stock]) -> Vec<CallValue> {
    stocks.iter().map(Stock::call).collect()
}

impl Bank {
    pub fn new() -> Self {
        Self::with_terms(market_terms())
    }

    pub fn with_terms(terms: MarketTerms) -> Self {
        let mut feeds = Feeds::new();
        let path = program_path("lender");
        feeds.vm.svm.add_program_from_file(ID, &path).unwrap_or_else(|error| {
            panic!("{}: {error}. Build it first: cargo xtask build", path.display())
        });
        let (owner, mint) = (key("market owner"), key("stablecoin").pubkey());
        feeds.vm.svm.airdrop(&owner.pubkey(), 1_000_000_000_000).expect("lamports");
        feeds.place(mint, cash_mint());
        let market = pda::market(&ID, &owner.pubkey(), 0).0;
        let cash = CashAccounts::new(market, mint, TOKEN_PROGRAM);
        let mut bank = Self { feeds, owner, cash };
        bank.create(0, terms);
        bank
    }

    /// Another market of the same owner; this one's stays as it is.
    pub fn another_market(&mut self) -> CashAccounts {
        let market = pda::market(&ID, &self.owner.pubkey(), 1).0;
        let other = CashAccounts::new(market, self.cash.mint, self.cash.program);
        let this = std::mem::replace(&mut self.cash, other);
        self.create(1, market_terms());
        self.cash = this;
        other
    }

    fn create(&mut self, id: u64, terms: MarketTerms) {
        self.token_account(self.cash.market, self.cash.mint, TOKEN_PROGRAM);
        let owner = self.owner.insecure_clone();
        let create = ix::create_market(&ID, owner.pubkey(), &self.cash, id, terms);
        self.send(create, &owner).expect("a market can be created");
    }

    /// Creates an associated token account.
    pub fn token_account(&mut self, owner: Pubkey, mint: Pubkey, program: Pubkey) -> Pubkey {
        let payer = self.feeds.vm.payer.pubkey();
        let create = create_associated_token_account_idempotent(&payer, &owner, &mint, &program);
        self.feeds.send(&[create]).expect("a token account can be created");
        associated(&owner, &program, &mint)
    }

    pub fn send(&mut self, instruction: Instruction, signer: &Keypair) -> Outcome {
        self.feeds.vm.send(&[instruction], &[signer])
    }

    pub fn now(&self) -> i64 {
        self.feeds.vm.now()
    }

    /// A share like AAPLx with a feed under the default rules, taken as collateral, at a price.
    pub fn list(&mut self, name: &str, dollars: f64) -> Stock {
        let feed_id = scrip_interface::sha256(&[name.as_bytes()]);
        let config = rules(self.feeds.calendar, pyth(feed_id, unit::PER_SHARE));
        let mint = self.feeds.place_mint(name);
        let stock = self.list_mint(mint, feed_id, config);
        self.price(&stock, dollars);
        stock
    }

    pub fn list_mint(&mut self, mint: Pubkey, feed_id: [u8; 32], config: FeedConfig) -> Stock {
        let listing = self.feeds.list(mint, config);
        let of = CollateralAccounts::new(&ID, &self.cash.market, mint);
        let terms = terms(config.hash(&self.feeds.curator, &mint));
        self.token_account(self.cash.market, mint, TOKEN_2022);
        let stock = Stock { listing, of, terms, feed_id };
        self.add(&stock).expect("a collateral can be added");
        stock
    }

    pub fn add_instruction(&self, stock: &Stock) -> Instruction {
        let (owner, accounts) = (self.owner.pubkey(), stock.listing.accounts);
        let (feed, calendar) = (accounts.feed, accounts.calendar);
        ix::add_collateral(&ID, owner, self.cash.market, &stock.of, feed, calendar, stock.terms)
    }

    pub fn add(&mut self, stock: &Stock) -> Outcome {
        let (add, owner) = (self.add_instruction(stock), self.owner.insecure_clone());
        self.send(add, &owner)
    }

    pub fn set_terms(&mut self, stock: &Stock, terms: CollateralTerms) -> Outcome {
        let owner = self.owner.insecure_clone();
        let (market, collateral) = (self.cash.market, stock.of.collateral);
        self.send(ix::set_collateral(&ID, owner.pubkey(), market, collateral, terms), &owner)
    }

    /// Posts a price of now.
    pub fn price(&mut self, stock: &Stock, dollars: f64) {
        let price = Price::dollars(stock.feed_id, dollars, self.now());
        self.feeds.price(&stock.listing, &price);
    }

    /// Moves the clock, and posts a price of that moment.
    pub fn at(&mut self, time: i64, stock: &Stock, dollars: f64) {
        self.feeds.vm.set_time(time);
        self.price(stock, dollars);
    }

    /// A wallet with stablecoins.
    pub fn person(&mut self, name: &str, dollars: u64) -> Keypair {
        let person = key(name);
        self.feeds.vm.svm.airdrop(&person.pubkey(), 1_000_000_000_000).expect("lamports");
        let account = self.token_account(person.pubkey(), self.cash.mint, TOKEN_PROGRAM);
        self.put(&account, dollars * USD);
        person
    }

    /// A wallet with stablecoins and shares.
    pub fn holder(&mut self, name: &str, stock: &Stock, raw: u64) -> Keypair {
        let person = self.person(name, 0);
        self.give(&person, stock, raw);
        person
    }

    pub fn give(&mut self, person: &Keypair, stock: &Stock, raw: u64) {
        let account = self.token_account(person.pubkey(), stock.of.mint, TOKEN_2022);
        self.put(&account, raw);
    }

    /// Who can mint real tokens is not here: their amount is written.
    fn put(&mut self, account: &Pubkey, amount: u64) {
        self.feeds.vm.edit(account, |account| {
            account.data[64..72].copy_from_slice(&amount.to_le_bytes());
        });
    }

    pub fn shares_of(&self, person: &Keypair, stock: &Stock) -> Pubkey {
        associated(&person.pubkey(), &TOKEN_2022, &stock.of.mint)
    }

    pub fn cash_of(&self, person: &Keypair) -> Pubkey {
        associated(&person.pubkey(), &self.cash.program, &self.cash.mint)
    }

    pub fn balance(&self, account: &Pubkey) -> u64 {
        let data = self.feeds.vm.account(account).expect("a token account").data;
        u64::from_le_bytes(data[64..72].try_into().expect("eight bytes"))
    }

    pub fn supply(&mut self, person: &Keypair, amount: u64) -> Outcome {
        let source = self.cash_of(person);
        self.send(ix::supply(&ID, person.pubkey(), &self.cash, source, amount), person)
    }

    pub fn redeem(&mut self, person: &Keypair, shares: u64) -> Outcome {
        let to = self.cash_of(person);
        self.send(ix::redeem(&ID, person.pubkey(), &self.cash, to, shares), person)
    }

    pub fn deposit(&mut self, person: &Keypair, stock: &Stock, raw: u64) -> Outcome {
        let (market, source) = (self.cash.market, self.shares_of(person, stock));
        self.send(ix::deposit(&ID, person.pubkey(), market, &stock.of, source, raw), person)
    }

    pub fn withdraw_instruction(
        &self,
        person: &Keypair,
        stock: &Stock,
        raw: u64,
        left: &[Stock],
    ) -> Instruction {
        let (market, to) = (self.cash.market, self.shares_of(person, stock));
        ix::withdraw(&ID, person.pubkey(), market, &stock.of, to, raw, &calls(left))
    }

    pub fn withdraw(
        &mut self,
        person: &Keypair,
        stock: &Stock,
        raw: u64,
        left: &[Stock],
    ) -> Outcome {
        self.send(self.withdraw_instruction(person, stock, raw, left), person)
    }

    pub fn borrow_instruction(
        &self,
        person: &Keypair,
        amount: u64,
        holdings: &[Stock],
    ) -> Instruction {
        let to = self.cash_of(person);
        ix::borrow(&ID, person.pubkey(), &self.cash, to, amount, &calls(holdings))
    }

    pub fn borrow(&mut self, person: &Keypair, amount: u64, holdings: &[Stock]) -> Outcome {
        self.send(self.borrow_instruction(person, amount, holdings), person)
    }

    pub fn repay(&mut self, payer: &Keypair, debtor: &Keypair, max_amount: u64) -> Outcome {
        let (position, source) = (self.position_of(debtor), self.cash_of(payer));
        let repay = ix::repay(&ID, payer.pubkey(), &self.cash, position, source, max_amount);
        self.send(repay, payer)
    }

    pub fn liquidate_instruction(
        &self,
        liquidator: &Keypair,
        debtor: &Keypair,
        stock: &Stock,
        limits: (u64, u64),
        holdings: &[Stock],
    ) -> Instruction {
        let (position, source) = (self.position_of(debtor), self.cash_of(liquidator));
        let to = self.shares_of(liquidator, stock);
        let (who, values) = (liquidator.pubkey(), calls(holdings));
        ix::liquidate(&ID, who, &self.cash, position, source, &stock.of, to, limits, &values)
    }

    /// Repays as much as is allowed.
    pub fn liquidate(
        &mut self,
        liquidator: &Keypair,
        debtor: &Keypair,
        stock: &Stock,
        holdings: &[Stock],
    ) -> Outcome {
        let limits = (u64::MAX, 0);
        let liquidate = self.liquidate_instruction(liquidator, debtor, stock, limits, holdings);
        self.send(liquidate, liquidator)
    }

    pub fn position_of(&self, person: &Keypair) -> Pubkey {
        pda::position(&ID, &self.cash.market, &person.pubkey()).0
    }

    pub fn supplier_of(&self, person: &Keypair) -> Pubkey {
        pda::supplier(&ID, &self.cash.market, &person.pubkey()).0
    }

    pub fn read<T: LenderAccount>(&self, address: &Pubkey) -> Option<T> {
        let account = self.feeds.vm.account(address).filter(|account| account.owner == ID)?;
        Some(T::read(&account.data).expect("an account of that kind"))
    }

    /// As it is stored: without the interest since.
    pub fn market(&self) -> Market {
        self.read(&self.cash.market).expect("the market")
    }

    pub fn collateral(&self, stock: &Stock) -> Collateral {
        self.read(&stock.of.collateral).expect("the collateral")
    }

    pub fn position(&self, person: &Keypair) -> Position {
        self.read(&self.position_of(person)).expect("a position")
    }

    pub fn supplier(&self, person: &Keypair) -> Supplier {
        self.read(&self.supplier_of(person)).expect("a supplier")
    }

    /// What a debtor owes by now.
    pub fn debt(&self, person: &Keypair) -> u64 {
        let mut market = self.market();
        market.accrue(scrip_math::Timestamp(self.now())).expect("it fits");
        market.debt_of(&self.position(person)).expect("it fits").0
    }

    /// What a supplier could redeem by now, were it not lent.
    pub fn worth(&self, person: &Keypair) -> u64 {
        let mut market = self.market();
        market.accrue(scrip_math::Timestamp(self.now())).expect("it fits");
        market.worth(PoolShares(self.supplier(person).shares)).expect("it fits").0
    }
}

impl Default for Bank {
    fn default() -> Self {
        Self::new()
    }
}
