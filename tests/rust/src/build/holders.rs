//! Builders of freezes, thaws and holds, of modes, and of KYC at the primary.

use super::{Call, event_authority, token_account};
use crate::{
    vm::{Outcome, key},
    world::World,
};
use issuer::{
    accounts, instruction as data,
    instructions::PlaceHoldArgs,
    state::{Change, role},
};
use scrip_interface::{gate::pda as gate_pda, mint::TOKEN_2022, pda, token_account::TokenAccount};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Who has the COMPLIANCE role.
#[derive(Debug)]
pub struct Officer {
    pub wallet: Keypair,
    pub role_grant: Pubkey,
}

impl World {
    /// Grants it; passes the timelock.
    pub fn officer(&mut self) -> Officer {
        let wallet = key("compliance officer");
        let role_grant = self.grant(&wallet.pubkey(), role::COMPLIANCE);
        Officer { wallet, role_grant }
    }

    pub fn is_frozen(&self, account: &Pubkey) -> bool {
        let account = self.vm.account(account).expect("the token account exists");
        TokenAccount::parse(&account.data).expect("a token account").is_frozen()
    }

    /// Makes the ticker open by the officer, with the timelock that it takes.
    pub fn open_ticker(&mut self, officer: &Officer) -> Outcome {
        let change = Change::OpenMode { mint: self.mint() };
        let announced = self.announce_by(&officer.wallet, Some(officer.role_grant), change);
        self.ripen(&announced);
        let mut call = open_ticker(self, officer);
        call.accounts.announcement = Some(announced);
        call.send(&mut self.vm, &[&officer.wallet])
    }
}

/// Of any account of the world's mint, judged by its owner's record.
fn set_frozen(world: &World, token_account: &Pubkey, owner: &Pubkey) -> accounts::SetFrozen {
    let listed = &world.listed.accounts;
    accounts::SetFrozen {
        ticker: listed.ticker,
        mint: listed.mint,
        token_account: *token_account,
        authority: listed.authority,
        hold: pda::hold(&issuer::ID, &listed.mint, token_account).0,
        policy: Some(gate_pda::policy(&gate::ID, &listed.mint).0),
        wallet_record: Some(world.record_of(owner)),
        token_program: TOKEN_2022,
    }
}

/// Of the owner's associated token account.
pub fn thaw(world: &World, owner: &Pubkey) -> Call<accounts::SetFrozen, data::Thaw> {
    thaw_account(world, &token_account(owner, &world.mint()), owner)
}

pub fn thaw_account(
    world: &World,
    token_account: &Pubkey,
    owner: &Pubkey,
) -> Call<accounts::SetFrozen, data::Thaw> {
    Call::new(set_frozen(world, token_account, owner), data::Thaw {})
}

pub fn freeze(world: &World, owner: &Pubkey) -> Call<accounts::SetFrozen, data::Freeze> {
    freeze_account(world, &token_account(owner, &world.mint()), owner)
}

pub fn freeze_account(
    world: &World,
    token_account: &Pubkey,
    owner: &Pubkey,
) -> Call<accounts::SetFrozen, data::Freeze> {
    Call::new(set_frozen(world, token_account, owner), data::Freeze {})
}

/// On the owner's associated token account.
pub fn place_hold(
    world: &World,
    officer: &Officer,
    owner: &Pubkey,
) -> Call<accounts::PlaceHold, data::PlaceHold> {
    let listed = &world.listed.accounts;
    let token_account = token_account(owner, &listed.mint);
    let accounts = accounts::PlaceHold {
        payer: world.vm.payer.pubkey(),
        operator: officer.wallet.pubkey(),
        role_grant: Some(officer.role_grant),
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        token_account,
        authority: listed.authority,
        hold: pda::hold(&issuer::ID, &listed.mint, &token_account).0,
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = PlaceHoldArgs { reason: 7, case_hash: [9; 32] };
    Call::new(accounts, data::PlaceHold { args })
}

pub fn lift_hold(
    world: &World,
    officer: &Officer,
    owner: &Pubkey,
) -> Call<accounts::LiftHold, data::LiftHold> {
    let listed = &world.listed.accounts;
    let token_account = token_account(owner, &listed.mint);
    let accounts = accounts::LiftHold {
        operator: officer.wallet.pubkey(),
        role_grant: Some(officer.role_grant),
        issuer: listed.issuer,
        ticker: listed.ticker,
        hold: pda::hold(&issuer::ID, &listed.mint, &token_account).0,
        rent_payer: world.vm.payer.pubkey(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::LiftHold {})
}

/// Without an announcement.
pub fn open_ticker(
    world: &World,
    officer: &Officer,
) -> Call<accounts::OpenTicker, data::OpenTicker> {
    let listed = &world.listed.accounts;
    let accounts = accounts::OpenTicker {
        operator: officer.wallet.pubkey(),
        role_grant: Some(officer.role_grant),
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        authority: listed.authority,
        announcement: None,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::OpenTicker {})
}

/// Without an announcement.
pub fn set_primary_kyc(
    world: &World,
    officer: &Officer,
    required: bool,
) -> Call<accounts::SetPrimaryKyc, data::SetPrimaryKyc> {
    let listed = &world.listed.accounts;
    let accounts = accounts::SetPrimaryKyc {
        operator: officer.wallet.pubkey(),
        role_grant: Some(officer.role_grant),
        issuer: listed.issuer,
        ticker: listed.ticker,
        announcement: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::SetPrimaryKyc { required })
}
