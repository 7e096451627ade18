//! The gate's records, placed as the gate's own accounts: what the issuer reads of them.

use crate::{vm::Vm, world::World};
use anchor_lang::{
    __private::bytemuck::{Zeroable, bytes_of},
    Discriminator, ZeroCopy,
};
use gate::state::{Policy, Wallet};
use scrip_interface::{
    gate::{Kind, Status, flag, pda as gate_pda},
    pda,
};
use solana_account::Account;
use solana_pubkey::Pubkey;

/// Germany, in ISO 3166-1.
pub const COUNTRY: u16 = 276;
pub const PROVIDER: u8 = 3;
pub const TIER: u8 = 2;
/// A record lasts this long by default.
pub const VALIDITY: i64 = 2 * super::YEAR;

/// For investors of [`COUNTRY`] and [`TIER`] that [`PROVIDER`] registered, and for venues.
pub fn policy(mint: &Pubkey, issuer: &Pubkey) -> Policy {
    let mut policy: Policy = zeroed();
    (policy.version, policy.flags, policy.min_tier) = (1, flag::ALL, TIER);
    (policy.mint, policy.issuer) = (*mint, *issuer);
    policy.escrow = pda::escrow(&issuer::ID, mint).0;
    policy.delegate = pda::delegate(&issuer::ID, mint).0;
    policy.providers = 1 << PROVIDER;
    policy.countries[usize::from(COUNTRY / 8)] = 1 << (COUNTRY % 8);
    (_, policy.bump) = gate_pda::policy(&gate::ID, mint);
    policy
}

/// An investor's that such a policy takes.
pub fn wallet(issuer: &Pubkey, owner: &Pubkey, now: i64) -> Wallet {
    let mut wallet: Wallet = zeroed();
    (wallet.version, wallet.kind, wallet.status) = (1, Kind::Investor as u8, Status::Active as u8);
    (wallet.country, wallet.tier, wallet.provider) = (COUNTRY, TIER, PROVIDER);
    (wallet.issuer, wallet.owner) = (*issuer, *owner);
    (_, wallet.bump) = gate_pda::wallet(&gate::ID, issuer, owner);
    wallet.expires_at = now + VALIDITY;
    wallet
}

pub fn place_policy(vm: &mut Vm, policy: &Policy) -> Pubkey {
    let address = gate_pda::policy(&gate::ID, &policy.mint).0;
    place(vm, &address, policy);
    address
}

pub fn place_wallet(vm: &mut Vm, wallet: &Wallet) -> Pubkey {
    let address = gate_pda::wallet(&gate::ID, &wallet.issuer, &wallet.owner).0;
    place(vm, &address, wallet);
    address
}

/// The account is gone, as when it is closed.
pub fn remove(vm: &mut Vm, address: &Pubkey) {
    vm.svm.set_account(*address, Account::default()).expect("the account can be removed");
}

fn place<T: ZeroCopy + Discriminator>(vm: &mut Vm, address: &Pubkey, state: &T) {
    let data = [T::DISCRIMINATOR, bytes_of(state)].concat();
    let lamports = vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: gate::ID, ..Account::default() };
    vm.svm.set_account(*address, account).expect("the account can be set");
}

fn zeroed<T: ZeroCopy>() -> T {
    Zeroable::zeroed()
}

impl World {
    /// The mint's policy, made by default if there is none.
    pub fn policy(&mut self) -> Pubkey {
        let (mint, issuer) = (self.mint(), self.issuer());
        let address = gate_pda::policy(&gate::ID, &mint).0;
        if self.vm.account(&address).is_none() {
            place_policy(&mut self.vm, &policy(&mint, &issuer));
        }
        address
    }

    pub fn edit_policy(&mut self, edit: impl FnOnce(&mut Policy)) {
        let address = self.policy();
        let mut policy: Policy = self.vm.state(&address);
        edit(&mut policy);
        place(&mut self.vm, &address, &policy);
    }

    /// Where the gate keeps the record of an owner.
    pub fn record_of(&self, owner: &Pubkey) -> Pubkey {
        gate_pda::wallet(&gate::ID, &self.issuer(), owner).0
    }

    /// Policy and record that make the owner one who may hold the mint.
    pub fn register(&mut self, owner: &Pubkey) {
        self.policy();
        let record = wallet(&self.issuer(), owner, self.vm.now());
        place_wallet(&mut self.vm, &record);
    }

    pub fn edit_record(&mut self, owner: &Pubkey, edit: impl FnOnce(&mut Wallet)) {
        let address = self.record_of(owner);
        let mut wallet: Wallet = self.vm.state(&address);
        edit(&mut wallet);
        place(&mut self.vm, &address, &wallet);
    }

    /// Where the gate's accounts about the owner are, if the ticker asks for them.
    pub fn registration_of(&self, owner: &Pubkey) -> (Option<Pubkey>, Option<Pubkey>) {
        if !self.ticker().asks_registration() {
            return (None, None);
        }
        let policy = gate_pda::policy(&gate::ID, &self.mint()).0;
        (Some(policy), Some(self.record_of(owner)))
    }
}
