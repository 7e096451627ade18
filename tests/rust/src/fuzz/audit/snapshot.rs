//! All accounts of our issuer, read from their bytes.

use crate::fuzz::{arena::Arena, attested::effect::escrow_account, model::Multipliers};
use anchor_lang::{Discriminator, ZeroCopy};
use collateral::state::{Curator, Feed};
use gate::state::{Investor, Policy, Provider, Registry, Wallet};
use issuer::state::{
    Announcement, Attestation, AttestorSet, CashDesk, CorporateAction, Custodian, Hold, Issuer,
    OwnerLimits, Redemption, RoleGrant, Seizure, ShareCount, Ticker,
};
use scrip_interface::mint::Mint;
use scrip_stream::Stream;
use solana_account::Account;
use solana_pubkey::Pubkey;
use std::collections::{BTreeMap, BTreeSet};

pub struct Snapshot {
    pub issuer: Issuer,
    /// Every issuer there is, ours and others.
    pub issuers: BTreeMap<Pubkey, Issuer>,
    pub tickers: BTreeMap<Pubkey, Ticker>,
    pub mints: BTreeMap<Pubkey, MintState>,
    pub redemptions: BTreeMap<Pubkey, Redemption>,
    /// By wallet.
    pub grants: BTreeMap<Pubkey, RoleGrant>,
    pub custodians: BTreeMap<Pubkey, Custodian>,
    pub sets: BTreeMap<Pubkey, AttestorSet>,
    pub desks: BTreeMap<Pubkey, CashDesk>,
    /// By desk.
    pub vaults: BTreeMap<Pubkey, u64>,
    /// By token account.
    pub holds: BTreeMap<Pubkey, Hold>,
    pub seizures: BTreeMap<Pubkey, Seizure>,
    pub posted: usize,
    pub owner_limits: usize,
    pub announcements: usize,
    pub actions: usize,
    /// The gate's, of whichever issuer.
    pub wallets: BTreeMap<Pubkey, Wallet>,
    pub investors: BTreeMap<Pubkey, Investor>,
    pub curators: BTreeSet<Pubkey>,
    /// Streams of the gate's and the collateral program's accounts.
    others: BTreeMap<Pubkey, Stream>,
    /// Of all bytes of all accounts of the four programs.
    fingerprint: [u8; 32],
}

#[derive(PartialEq)]
pub struct MintState {
    pub supply: u64,
    pub paused: bool,
    pub multipliers: Multipliers,
    pub escrow: u64,
    /// Of the known token accounts.
    pub balances: BTreeMap<Pubkey, u64>,
    /// Of the same, and of the escrow.
    pub frozen: BTreeMap<Pubkey, bool>,
}

pub fn count(shares: ShareCount) -> u128 {
    u128::from(shares.high) << 64 | u128::from(shares.low)
}

fn read<T: ZeroCopy + Discriminator>(account: &Account) -> Option<T> {
    let state = account.data.strip_prefix(T::DISCRIMINATOR)?;
    // One of the first layout may be shorter.
    (state.len() == size_of::<T>())
        .then(|| anchor_lang::__private::bytemuck::pod_read_unaligned(state))
}

fn balance(arena: &Arena, address: &Pubkey) -> u64 {
    let account = arena.vm.account(address).expect("a token account");
    u64::from_le_bytes(account.data[64..72].try_into().expect("eight bytes"))
}

fn is_frozen(arena: &Arena, address: &Pubkey) -> bool {
    arena.vm.account(address).expect("a token account").data[108] == 2
}

impl Snapshot {
    pub fn take(arena: &Arena) -> Self {
        let ours = arena.issuer();
        let mut all = arena.vm.svm.get_program_accounts(&issuer::ID);
        all.sort_by_key(|(address, _)| *address);
        let issuers: BTreeMap<_, _> =
            all.iter().filter_map(|(at, account)| Some((*at, read::<Issuer>(account)?))).collect();
        let mut now = Self {
            issuer: issuers[&ours],
            issuers,
            tickers: BTreeMap::new(),
            mints: BTreeMap::new(),
            redemptions: BTreeMap::new(),
            grants: BTreeMap::new(),
            custodians: BTreeMap::new(),
            sets: BTreeMap::new(),
            desks: BTreeMap::new(),
            vaults: BTreeMap::new(),
            holds: BTreeMap::new(),
            seizures: BTreeMap::new(),
            posted: 0,
            owner_limits: 0,
            announcements: 0,
            actions: 0,
            wallets: BTreeMap::new(),
            investors: BTreeMap::new(),
            curators: BTreeSet::new(),
            others: BTreeMap::new(),
            fingerprint: [0; 32],
        };
        for (address, account) in &all {
            now.sort(*address, account, &ours);
        }
        now.belongings(&all);
        for mint in now.tickers.keys() {
            now.mints.insert(*mint, mint_state(arena, mint));
        }
        for (address, desk) in &now.desks {
            now.vaults.insert(*address, balance(arena, &desk.vault));
        }
        for program in [gate::ID, collateral::ID, lender::ID] {
            let mut others = arena.vm.svm.get_program_accounts(&program);
            others.sort_by_key(|(address, _)| *address);
            for (address, account) in &others {
                now.sort_other(*address, account);
            }
            all.extend(others);
        }
        let bytes: Vec<&[u8]> = all.iter().map(|(_, account)| account.data.as_slice()).collect();
        now.fingerprint = scrip_interface::sha256(&bytes);
        now
    }

    /// Whether nothing has changed: neither ours, nor any supply, balance or vault.
    pub fn same_as(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
            && self.mints == other.mints
            && self.vaults == other.vaults
    }

    /// Every stream there is, by the key that its events name.
    pub fn streams(&self) -> BTreeMap<Pubkey, Stream> {
        let issuers = self.issuers.iter().map(|(address, issuer)| (*address, issuer.stream));
        let tickers = self.tickers.iter().map(|(mint, ticker)| (*mint, ticker.stream));
        let others = self.others.iter().map(|(address, stream)| (*address, *stream));
        issuers.chain(tickers).chain(others).collect()
    }

    /// Accounts of the gate and of the collateral program.
    fn sort_other(&mut self, address: Pubkey, account: &Account) {
        let stream = read::<Registry>(account)
            .map(|it| it.stream)
            .or_else(|| read::<Provider>(account).map(|it| it.stream))
            .or_else(|| read::<Policy>(account).map(|it| it.stream))
            .or_else(|| read::<Curator>(account).map(|it| it.stream))
            .or_else(|| read::<Feed>(account).map(|it| it.stream));
        if account.data.starts_with(Curator::DISCRIMINATOR) {
            self.curators.insert(address);
        }
        if let Some(stream) = stream {
            self.others.insert(address, stream);
        } else if let Some(wallet) = read::<Wallet>(account) {
            self.wallets.insert(address, wallet);
        } else if let Some(investor) = read::<Investor>(account) {
            self.investors.insert(address, investor);
        }
    }

    /// Accounts that name their issuer.
    fn sort(&mut self, address: Pubkey, account: &Account, ours: &Pubkey) {
        if let Some(ticker) = read::<Ticker>(account).filter(|it| it.issuer == *ours) {
            self.tickers.insert(ticker.mint, ticker);
        } else if let Some(grant) = read::<RoleGrant>(account).filter(|it| it.issuer == *ours) {
            self.grants.insert(grant.wallet, grant);
        } else if let Some(custodian) = read::<Custodian>(account).filter(|it| it.issuer == *ours) {
            self.custodians.insert(address, custodian);
        } else if let Some(desk) = read::<CashDesk>(account).filter(|it| it.issuer == *ours) {
            self.desks.insert(address, desk);
        } else if let Some(hold) = read::<Hold>(account).filter(|it| it.issuer == *ours) {
            self.holds.insert(hold.token_account, hold);
        } else if let Some(seizure) = read::<Seizure>(account).filter(|it| it.issuer == *ours) {
            self.seizures.insert(address, seizure);
        } else if read::<Attestation>(account).is_some_and(|it| it.issuer == *ours) {
            self.posted += 1;
        } else if account.data.starts_with(Announcement::DISCRIMINATOR) {
            // Discriminator, version, bump, then the issuer.
            self.announcements += usize::from(account.data[10..42] == ours.to_bytes());
        }
    }

    /// Accounts that name what belongs to the issuer.
    fn belongings(&mut self, all: &[(Pubkey, Account)]) {
        for (address, account) in all {
            if let Some(set) = read::<AttestorSet>(account) {
                if self.custodians.contains_key(&set.custodian) {
                    self.sets.insert(*address, set);
                }
            } else if let Some(redemption) = read::<Redemption>(account) {
                if self.tickers.contains_key(&redemption.mint) {
                    self.redemptions.insert(*address, redemption);
                }
            } else if let Some(action) = read::<CorporateAction>(account) {
                self.actions += usize::from(self.tickers.contains_key(&action.mint));
            } else if let Some(limits) = read::<OwnerLimits>(account) {
                self.owner_limits += usize::from(self.tickers.contains_key(&limits.mint));
            }
        }
    }
}

fn mint_state(arena: &Arena, mint: &Pubkey) -> MintState {
    let account = arena.vm.account(mint).expect("a listed mint");
    let token = Mint::parse(&account.data).expect("a mint");
    let scaled = token.scaled_ui().expect("a scaled mint");
    let known = arena.users.iter().map(|user| crate::fuzz::address::token_account(user, mint));
    let known: Vec<_> = known.filter(|at| arena.vm.account(at).is_some()).collect();
    let both = known.iter().copied().chain([escrow_account(mint)]);
    MintState {
        frozen: both.map(|at| (at, is_frozen(arena, &at))).collect(),
        supply: token.supply().0,
        paused: token.is_paused(),
        multipliers: Multipliers {
            first: f64::from_bits(scaled.multiplier_bits),
            effective_at: scaled.effective_at.0,
            second: f64::from_bits(scaled.new_multiplier_bits),
        },
        escrow: balance(arena, &escrow_account(mint)),
        balances: known.iter().map(|at| (*at, balance(arena, at))).collect(),
    }
}
