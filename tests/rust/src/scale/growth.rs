//! Tickers and wallets by the thousand, each made by the programs themselves; and what the next operation costs among them.
//!
//! An address that a program derives costs 1,500 CU for each bump that is tried. How many that are is chance, and says
//! nothing of growth: what is measured uses keys whose addresses are all found at the first try.

use crate::{
    build::{
        AttestMint, ListTicker, RequestRedemption, SettleRedemption, padded, thaw, token_account,
    },
    collateral::{Listing, Market, Price, pyth, rules},
    gate::{create_policy, terms},
    records::{Office, id_hash, link_wallet, register_investor},
    vm::{Cost, Outcome, Receipt, key},
    world::World,
};
use anchor_lang::Discriminator;
use collateral::state::unit;
use gate::state::Wallet;
use scrip_interface::{
    collateral::value, gate::pda as gate_pda, issuer::Mode, mint::TOKEN_2022, pda,
    token_account::ASSOCIATED_TOKEN,
};
use scrip_math::{RawAmount, units::DECIMALS};
use solana_account::{AccountSharedData, ReadableAccount};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;
use spl_token_2022_interface::instruction::transfer_checked;
use std::mem::{swap, take};

/// Raw units that each wallet is minted.
const AMOUNT: u64 = 1_000;

/// What an operation costs, and what it leaves on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    pub compute_units: u64,
    pub transaction_bytes: usize,
    /// Of the accounts that it made.
    pub accounts: usize,
    pub account_bytes: usize,
    pub rent_lamports: u64,
}

/// An operation's name and footprint, in the order in which they were done.
pub type Footprints = Vec<(&'static str, Footprint)>;

/// A ticker of the office's issuer, with its policy and its feed.
struct Listed {
    ticker: ListTicker,
    feed: Listing,
    nonce: u64,
}

/// An issuer whose tickers all start frozen, with a provider that registers wallets, and a curator with a feed for each
/// ticker.
pub struct Crowd {
    office: Office,
    /// Its VM is the office's while it is at work.
    market: Market,
    tickers: Vec<Listed>,
    wallets: usize,
}

impl Default for Crowd {
    fn default() -> Self {
        Self::new()
    }
}

impl Crowd {
    pub fn new() -> Self {
        let mut office = Office::new();
        let mut market = Market::on(take(&mut office.world.vm));
        swap(&mut office.world.vm, &mut market.vm);
        Self { office, market, tickers: vec![], wallets: 0 }
    }

    /// Makes it so many of each.
    pub fn grow(&mut self, tickers: usize, wallets: usize) {
        while self.tickers.len() < tickers {
            let number = self.tickers.len();
            self.list(key(&format!("mint of {number}")), &symbol(number))
                .1
                .expect("a ticker can be listed");
        }
        while self.wallets < wallets {
            let number = self.wallets;
            let (owner, ticker) = (key(&format!("wallet {number}")), number % self.tickers.len());
            self.register(&owner, id_hash(&format!("person {number}")))
                .expect("it can be registered");
            self.open(&owner, ticker).expect("a token account can be opened");
            self.thaw(&owner, ticker).expect("it can be thawed");
            self.mint(&owner, ticker).expect("it can be minted to");
            self.wallets += 1;
            // An auditor's record of all that ran: nobody audits here.
            self.world().vm.events.clear();
            self.world().vm.ran.clear();
        }
    }

    /// Does every operation once more, with people and a mint that were not there, and measures it.
    pub fn measure(&mut self) -> Footprints {
        let round = self.wallets;
        let [first, second] =
            ["first", "second"].map(|who| self.frugal_owner(&format!("{who} of {round}")));
        let mint = frugal_mint(&format!("measured mint {round}"));
        let mut done = Footprints::new();

        let (name, id) = (self.frugal_symbol(round), self.frugal_id(round));
        assert!(self.records() >= self.wallets, "the crowd is on the chain");
        let (_, listed) = self.list(mint, &name);
        done.push(("list a ticker", self.footprint(listed)));
        let registered = self.register(&first, id);
        done.push(("register a wallet", self.footprint(registered)));
        self.register(&second, id_hash(&format!("second {round}"))).expect("it can be registered");
        let opened = self.open(&first, 0);
        done.push(("open a token account", self.footprint(opened)));
        self.open(&second, 0).expect("a token account can be opened");
        let thawed = self.thaw(&first, 0);
        done.push(("thaw it", self.footprint(thawed)));
        self.thaw(&second, 0).expect("it can be thawed");
        let minted = self.mint(&first, 0);
        done.push(("mint by attestation, 3 of 5", self.footprint(minted)));
        let moved = self.transfer(&first, &second);
        done.push(("transfer", self.footprint(moved)));
        let (request, requested) = self.request(&second);
        done.push(("request a redemption", self.footprint(requested)));
        let settled = self.settle(&request);
        done.push(("settle it, 3 of 5", self.footprint(settled)));
        let valued = self.value();
        done.push(("value", self.footprint(valued)));
        // The ticker that was listed to measure it is none of the crowd's.
        self.tickers.pop();
        done
    }

    /// How many wallets the gate knows.
    fn records(&mut self) -> usize {
        let accounts = self.world().vm.svm.accounts_db().inner.values();
        let is_record = |account: &&AccountSharedData| {
            *account.owner() == gate::ID && account.data().starts_with(Wallet::DISCRIMINATOR)
        };
        accounts.filter(is_record).count()
    }

    fn world(&mut self) -> &mut World {
        &mut self.office.world
    }

    /// Lists a ticker with its policy and its feed; the outcome is of the listing.
    fn list(&mut self, mint: Keypair, symbol: &str) -> (Pubkey, Outcome) {
        let world = &mut self.office.world;
        let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
        let mut ticker = ListTicker::new(&payer, &world.custodian.accounts, mint);
        ticker.set_symbol(padded(symbol));
        ticker.args.mode = Mode::Frozen as u8;
        let outcome = ticker.send(&mut world.vm, &admin);
        let (issuer, mint) = (world.issuer(), ticker.accounts.mint);
        let policy = create_policy(&world.vm, &issuer, &admin.pubkey(), &mint, terms());
        policy.send(&mut world.vm, &[&admin]).expect("a policy can be created");
        let feed = self.with_market(|market| {
            let feed_id = mint.to_bytes();
            let feed = market.list(mint, rules(market.calendar, pyth(feed_id, unit::PER_SHARE)));
            market.price(&feed, &Price::dollars(feed_id, 200.0, market.vm.now()));
            feed
        });
        self.tickers.push(Listed { ticker, feed, nonce: 0 });
        (mint, outcome)
    }

    fn with_market<T>(&mut self, act: impl FnOnce(&mut Market) -> T) -> T {
        swap(&mut self.office.world.vm, &mut self.market.vm);
        let done = act(&mut self.market);
        swap(&mut self.office.world.vm, &mut self.market.vm);
        done
    }

    /// With the world's builders on one of the tickers.
    fn at<T>(&mut self, ticker: usize, act: impl FnOnce(&mut World, &mut u64) -> T) -> T {
        let Listed { ticker, nonce, .. } = &mut self.tickers[ticker];
        swap(&mut self.office.world.listed, ticker);
        let done = act(&mut self.office.world, nonce);
        swap(&mut self.office.world.listed, ticker);
        done
    }

    /// A person with one wallet.
    fn register(&mut self, owner: &Keypair, id: [u8; 32]) -> Outcome {
        let provider = self.office.provider.clone();
        let register = register_investor(&self.office, &provider, id);
        let investor = register.accounts.investor;
        let link = link_wallet(&self.office, &provider, &investor, &owner.pubkey());
        let both = [register.instruction(), link.instruction()];
        self.world().vm.send(&both, &[&provider.authority, owner])
    }

    fn open(&mut self, owner: &Keypair, ticker: usize) -> Outcome {
        let mint = self.tickers[ticker].ticker.accounts.mint;
        let payer = self.world().vm.payer.pubkey();
        let open =
            create_associated_token_account_idempotent(&payer, &owner.pubkey(), &mint, &TOKEN_2022);
        self.world().vm.send(&[open], &[])
    }

    fn thaw(&mut self, owner: &Keypair, ticker: usize) -> Outcome {
        self.at(ticker, |world, _| thaw(world, &owner.pubkey()).send(&mut world.vm, &[]))
    }

    fn mint(&mut self, owner: &Keypair, ticker: usize) -> Outcome {
        self.at(ticker, |world, nonce| {
            let mut mint = AttestMint::new(world, &owner.pubkey(), AMOUNT);
            *nonce += 1;
            mint.args.attestation.nonce = *nonce;
            mint.send(world)
        })
    }

    fn transfer(&mut self, from: &Keypair, to: &Keypair) -> Outcome {
        self.at(0, |world, _| {
            let (mint, [from_key, to_key]) = (world.mint(), [from, to].map(Signer::pubkey));
            let [source, destination] =
                [from_key, to_key].map(|owner| token_account(&owner, &mint));
            let transfer = transfer_checked(
                &TOKEN_2022,
                &source,
                &mint,
                &destination,
                &from_key,
                &[],
                AMOUNT,
                DECIMALS,
            );
            world.vm.send(&[transfer.expect("an instruction of Token-2022")], &[from])
        })
    }

    fn request(&mut self, owner: &Keypair) -> (RequestRedemption, Outcome) {
        self.at(0, |world, _| {
            let request = RequestRedemption::new(world, &owner.pubkey(), 0, AMOUNT);
            let outcome = request.send(world, owner);
            (request, outcome)
        })
    }

    fn settle(&mut self, request: &RequestRedemption) -> Outcome {
        self.at(0, |world, nonce| {
            let mut settle = SettleRedemption::new(world, request, AMOUNT);
            *nonce += 1;
            settle.args.attestation.nonce = *nonce;
            settle.send(world)
        })
    }

    fn value(&mut self) -> Outcome {
        let accounts = self.tickers[0].feed.accounts;
        self.with_market(|market| {
            market.send(&[value(&collateral::ID, &[(accounts, RawAmount(AMOUNT))])])
        })
    }

    /// Of what has just landed. Nothing here makes an account of another.
    fn footprint(&mut self, outcome: Outcome) -> Footprint {
        let Receipt { cost, sent, .. } = outcome.expect("what is measured lands");
        let Cost { compute_units, bytes: transaction_bytes, .. } = cost;
        let mut footprint = Footprint {
            compute_units,
            transaction_bytes,
            accounts: 0,
            account_bytes: 0,
            rent_lamports: 0,
        };
        for address in &sent.absent {
            if let Some(account) = self.world().vm.account(address) {
                footprint.accounts += 1;
                footprint.account_bytes += account.data.len();
                footprint.rent_lamports += account.lamports;
            }
        }
        footprint
    }

    /// Of a wallet whose record, token account and redemption are found at the first try.
    fn frugal_owner(&mut self, name: &str) -> Keypair {
        let (issuer, mint) = (self.office.issuer(), self.tickers[0].ticker.accounts.mint);
        frugal(name, |key| {
            let owner = key.pubkey();
            let seeds = [owner.as_ref(), TOKEN_2022.as_ref(), mint.as_ref()];
            gate_pda::wallet(&gate::ID, &issuer, &owner).1 == u8::MAX
                && Pubkey::find_program_address(&seeds, &ASSOCIATED_TOKEN).1 == u8::MAX
                && pda::redemption(&issuer::ID, &mint, &owner, 0).1 == u8::MAX
        })
    }

    fn frugal_symbol(&self, round: usize) -> String {
        let issuer = self.office.issuer();
        let mut symbols = (0..).map(|number| format!("M{round:07}{number:04}"));
        let found =
            symbols.find(|name| pda::symbol(&issuer::ID, &issuer, &padded(name)).1 == u8::MAX);
        found.expect("every second one is")
    }

    fn frugal_id(&self, round: usize) -> [u8; 32] {
        let issuer = self.office.issuer();
        let mut ids = (0..).map(|number| id_hash(&format!("first {round} {number}")));
        ids.find(|id| gate_pda::investor(&gate::ID, &issuer, id).1 == u8::MAX)
            .expect("every second one is")
    }
}

fn symbol(number: usize) -> String {
    format!("T{number:07}")
}

/// Of a mint all of whose addresses are found at the first try.
fn frugal_mint(name: &str) -> Keypair {
    frugal(name, |key| {
        let (id, mint) = (&issuer::ID, key.pubkey());
        let (escrow, bump) = pda::escrow(id, &mint);
        let seeds = [escrow.as_ref(), TOKEN_2022.as_ref(), mint.as_ref()];
        let bumps = [
            pda::ticker(id, &mint).1,
            pda::nonce_window(id, &mint).1,
            pda::authority(id, &mint).1,
            pda::delegate(id, &mint).1,
            bump,
        ];
        bumps == [u8::MAX; 5]
            && Pubkey::find_program_address(&seeds, &ASSOCIATED_TOKEN).1 == u8::MAX
    })
}

fn frugal(name: &str, is_frugal: impl Fn(&Keypair) -> bool) -> Keypair {
    let mut keys = (0..).map(|number| key(&format!("{name}, {number}")));
    keys.find(is_frugal).expect("there are enough keys")
}
