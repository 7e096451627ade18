//! A curator with NYSE's calendar, and feeds of whatever mint.

use super::{CreateCalendar, CreateCurator, CreateFeed, Price, real_mint, set_multipliers};
use crate::vm::{Outcome, Vm, key, program_path};
use collateral::state::{Calendar, Feed, FeedConfig};
use scrip_interface::collateral::{
    Expected, Kind, Valuation, ValueAccounts, observe, read, status, value,
};
use scrip_math::RawAmount;
use solana_account::Account;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// One token of the mints here: 8 decimals.
pub const TOKEN: u64 = 100_000_000;

pub struct Market {
    pub vm: Vm,
    pub admin: Keypair,
    pub curator: Pubkey,
    pub calendar: Pubkey,
}

/// A mint with its feed.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    pub feed: Pubkey,
    pub mint: Pubkey,
    pub config: FeedConfig,
    pub accounts: ValueAccounts,
}

impl Market {
    pub fn new() -> Self {
        Self::on(Vm::new())
    }

    /// In a VM that has other things too.
    pub fn on(mut vm: Vm) -> Self {
        let path = program_path("collateral");
        vm.svm.add_program_from_file(collateral::ID, &path).unwrap_or_else(|error| {
            panic!("{}: {error}. Build it first: cargo xtask build", path.display())
        });
        let (payer, admin) = (vm.payer.pubkey(), key("curator admin"));
        let curator = CreateCurator::new(payer, admin.pubkey());
        vm.send(&[curator.instruction()], &[]).expect("a curator can be created");
        let curator = curator.accounts.curator;
        let calendar = CreateCalendar::new(payer, admin.pubkey(), curator);
        vm.send(&[calendar.instruction()], &[&admin]).expect("a calendar can be created");
        Self { vm, admin, curator, calendar: calendar.accounts.calendar }
    }

    /// Places a real mint at its address.
    pub fn place_real_mint(&mut self, symbol: &str) -> Pubkey {
        let (address, account) = real_mint(symbol);
        self.place(address, account);
        address
    }

    /// A mint like AAPLx at an address of its own, with multiplier 1 for ever.
    pub fn place_mint(&mut self, name: &str) -> Pubkey {
        let (_, mut account) = real_mint("AAPLx");
        set_multipliers(&mut account, 1.0, 0, 1.0);
        let address = key(name).pubkey();
        self.place(address, account);
        address
    }

    pub fn set_multipliers(&mut self, mint: &Pubkey, current: f64, effective_at: i64, new: f64) {
        self.vm.edit(mint, |account| set_multipliers(account, current, effective_at, new));
    }

    pub fn place(&mut self, address: Pubkey, account: Account) {
        self.vm.svm.set_account(address, account).expect("an account can be set");
    }

    /// Writes a price where the listing's price account is.
    pub fn price(&mut self, listing: &Listing, price: &Price) {
        self.place(listing.accounts.price, price.account());
    }

    pub fn token_price(&mut self, listing: &Listing, price: &Price) {
        let address = listing.accounts.token_price.expect("a feed with a token source");
        self.place(address, price.account());
    }

    /// Creates a mint's feed. Its price accounts are empty yet.
    pub fn list(&mut self, mint: Pubkey, config: FeedConfig) -> Listing {
        let (payer, admin) = (self.vm.payer.pubkey(), self.admin.insecure_clone());
        let create = CreateFeed::new(payer, admin.pubkey(), self.curator, mint, config);
        self.vm.send(&[create.instruction()], &[&admin]).expect("a feed can be created");
        let of = |what: &str| key(&format!("{what} of {mint}")).pubkey();
        let feed = create.accounts.feed;
        let token_price = config.has_token_source().then(|| of("token price"));
        let accounts =
            ValueAccounts { feed, calendar: self.calendar, mint, price: of("price"), token_price };
        Listing { feed, mint, config, accounts }
    }

    /// Values amounts and reads the answer as a protocol would, expecting the listing's rules.
    pub fn values(&mut self, amounts: &[(Listing, u64)]) -> Vec<Valuation> {
        let asked: Vec<_> =
            amounts.iter().map(|(listing, raw)| (listing.accounts, RawAmount(*raw))).collect();
        let receipt = self.send(&[value(&collateral::ID, &asked)]).expect("a value is answered");
        let expected: Vec<_> = amounts
            .iter()
            .map(|(listing, raw)| Expected {
                mint: listing.mint,
                raw: RawAmount(*raw),
                config_hash: listing.config.hash(&self.curator, &listing.mint),
            })
            .collect();
        let returned = receipt.meta.return_data;
        let returned = (returned.program_id, returned.data);
        read(&collateral::ID, Kind::Value, &returned, &expected).expect("the answer is readable")
    }

    pub fn value(&mut self, listing: &Listing, raw: u64) -> Valuation {
        self.values(&[(*listing, raw)])[0]
    }

    pub fn try_value(&mut self, accounts: &ValueAccounts, raw: u64) -> Outcome {
        self.send(&[value(&collateral::ID, &[(*accounts, RawAmount(raw))])])
    }

    pub fn status(&mut self, listing: &Listing) -> Valuation {
        let ValueAccounts { feed, calendar, mint, .. } = listing.accounts;
        let receipt = self.send(&[status(&collateral::ID, feed, calendar, mint)]);
        let returned = receipt.expect("a status is answered").meta.return_data;
        let expected = Expected {
            mint,
            raw: RawAmount(0),
            config_hash: listing.config.hash(&self.curator, &mint),
        };
        let returned = (returned.program_id, returned.data);
        read(&collateral::ID, Kind::Status, &returned, &[expected]).expect("it is readable")[0]
    }

    pub fn observe(&mut self, listing: &Listing) -> Outcome {
        self.send(&[observe(&collateral::ID, &listing.accounts)])
    }

    pub fn feed(&self, listing: &Listing) -> Feed {
        self.vm.state(&listing.feed)
    }

    pub fn calendar(&self) -> Calendar {
        self.vm.state(&self.calendar)
    }

    pub fn send(&mut self, instructions: &[solana_instruction::Instruction]) -> Outcome {
        self.vm.send(instructions, &[])
    }

    /// Sends what the admin signs.
    pub fn manage(&mut self, instruction: solana_instruction::Instruction) -> Outcome {
        let admin = self.admin.insecure_clone();
        self.vm.send(&[instruction], &[&admin])
    }
}

impl Default for Market {
    fn default() -> Self {
        Self::new()
    }
}
