//! What the gate knows of wallets, placed in the VM as the gate keeps it.

use crate::vm::{START, Vm};
use anchor_lang::{
    __private::bytemuck::{Zeroable, bytes_of},
    Discriminator,
};
use gate::{constants::LAYOUT_VERSION, state::Wallet};
use scrip_interface::gate::{Kind, Status, pda};
use solana_account::Account;
use solana_pubkey::Pubkey;

pub const GERMANY: u16 = 276;
pub const SWITZERLAND: u16 = 756;
pub const USA: u16 = 840;

/// Until when a default record counts.
pub const RECORD_EXPIRES_AT: i64 = START + 365 * 24 * 60 * 60;

pub fn wallet_address(issuer: &Pubkey, owner: &Pubkey) -> Pubkey {
    pda::wallet(&gate::ID, issuer, owner).0
}

/// A German's of tier 1, registered by the issuer's first provider.
pub fn record(issuer: &Pubkey, owner: &Pubkey) -> Wallet {
    let mut wallet = Wallet::zeroed();
    wallet.version = LAYOUT_VERSION;
    wallet.bump = pda::wallet(&gate::ID, issuer, owner).1;
    wallet.kind = Kind::Investor as u8;
    wallet.status = Status::Active as u8;
    wallet.country = GERMANY;
    wallet.tier = 1;
    wallet.expires_at = RECORD_EXPIRES_AT;
    wallet.issuer = *issuer;
    wallet.owner = *owner;
    wallet
}

/// A protocol's vault authority.
pub fn venue(issuer: &Pubkey, owner: &Pubkey) -> Wallet {
    let mut wallet = record(issuer, owner);
    wallet.kind = Kind::Venue as u8;
    (wallet.country, wallet.tier) = (0, 0);
    wallet
}

/// Places a record at its own address.
pub fn place(vm: &mut Vm, wallet: &Wallet) -> Pubkey {
    let address = wallet_address(&wallet.issuer, &wallet.owner);
    place_at(vm, &address, wallet);
    address
}

pub fn place_at(vm: &mut Vm, address: &Pubkey, wallet: &Wallet) {
    let data = [Wallet::DISCRIMINATOR, bytes_of(wallet)].concat();
    let lamports = vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: gate::ID, ..Account::default() };
    vm.svm.set_account(*address, account).expect("the account can be set");
}

/// As the gate leaves a record that was closed: nothing.
pub fn remove(vm: &mut Vm, issuer: &Pubkey, owner: &Pubkey) {
    let address = wallet_address(issuer, owner);
    vm.svm.set_account(address, Account::default()).expect("the account can be set");
}
