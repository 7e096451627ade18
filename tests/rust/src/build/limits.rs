//! Builders of what waits for the timelock, of terms, and of owners' limits.

use super::{Call, announce_change, event_authority, grant_role};
use crate::{vm::Vm, world::World};
use anchor_lang::AccountDeserialize;
use issuer::state::{Announcement, Change, Limit, TickerTerms, role};
use scrip_interface::pda;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub type SetTerms = Call<issuer::accounts::SetTerms, issuer::instruction::SetTerms>;
pub type OpenOwnerLimits =
    Call<issuer::accounts::OpenOwnerLimits, issuer::instruction::OpenOwnerLimits>;
pub type CloseOwnerLimits =
    Call<issuer::accounts::CloseOwnerLimits, issuer::instruction::CloseOwnerLimits>;

/// A limit of so much an hour.
pub const fn hourly(capacity: u64) -> Limit {
    Limit { capacity, window_secs: 3_600 }
}

impl World {
    /// Announces a change by the admin. Returns where; it is not ripe yet.
    pub fn announce(&mut self, change: Change) -> Pubkey {
        let admin = self.admin.insecure_clone();
        self.announce_by(&admin, None, change)
    }

    /// The same by another operator, with a role grant.
    pub fn announce_by(
        &mut self,
        operator: &Keypair,
        role_grant: Option<Pubkey>,
        change: Change,
    ) -> Pubkey {
        let id = self.next_nonce();
        let mut call = announce_change(self, id, change);
        (call.accounts.operator, call.accounts.role_grant) = (operator.pubkey(), role_grant);
        call.send(&mut self.vm, &[operator]).expect("a change can be announced");
        call.accounts.announcement
    }

    /// Lets the timelock of an announcement pass.
    pub fn ripen(&mut self, announcement: &Pubkey) {
        let ready_at = self.announcement(announcement).ready_at;
        self.vm.set_time(ready_at);
    }

    pub fn announcement(&self, address: &Pubkey) -> Announcement {
        let account = self.vm.account(address).expect("the announcement exists");
        Announcement::try_deserialize(&mut &account.data[..]).expect("an announcement")
    }

    /// Grants roles to a wallet for a year; lets the timelock pass where one applies. Returns the
    /// grant.
    pub fn grant(&mut self, wallet: &Pubkey, roles: u16) -> Pubkey {
        let mut call = grant_role(self, wallet, roles);
        if roles & role::TIMELOCKED != 0 {
            let expires_at = call.data.args.expires_at;
            let change = Change::GrantRole { wallet: *wallet, roles, expires_at };
            let announced = self.announce(change);
            self.ripen(&announced);
            call.accounts.announcement = Some(announced);
        }
        let admin = self.admin.insecure_clone();
        call.send(&mut self.vm, &[&admin]).expect("a role can be granted");
        call.accounts.role_grant
    }

    /// Terms other than the world's, by a change of them; announced and ripe where that is needed.
    pub fn change_terms(&mut self, change: impl FnOnce(&mut TickerTerms)) {
        let mut terms = self.ticker().terms();
        change(&mut terms);
        let mut call = set_terms(self, terms);
        if terms.is_looser_than(&self.ticker().terms()) {
            let change = Change::SetTerms { mint: self.mint(), terms };
            let announcement = self.announce(change);
            self.ripen(&announcement);
            call.accounts.announcement = Some(announcement);
        }
        let admin = self.admin.insecure_clone();
        call.send(&mut self.vm, &[&admin]).expect("terms can be changed");
    }

    /// Opens the record of an owner's limits. Returns where it is.
    pub fn open_limits(&mut self, owner: &Pubkey) -> Pubkey {
        let call = open_owner_limits(self, owner);
        call.send(&mut self.vm, &[]).expect("owner limits can be opened");
        call.accounts.owner_limits
    }
}

/// By the admin, without an announcement.
pub fn set_terms(world: &World, terms: TickerTerms) -> SetTerms {
    let accounts = issuer::accounts::SetTerms {
        admin: world.admin.pubkey(),
        issuer: world.listed.accounts.issuer,
        ticker: world.listed.accounts.ticker,
        announcement: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::SetTerms { terms })
}

/// Paid by the VM's payer.
pub fn open_owner_limits(world: &World, owner: &Pubkey) -> OpenOwnerLimits {
    let accounts = issuer::accounts::OpenOwnerLimits {
        payer: world.vm.payer.pubkey(),
        owner: *owner,
        mint: world.mint(),
        ticker: world.listed.accounts.ticker,
        owner_limits: pda::owner_limits(&issuer::ID, &world.mint(), owner).0,
        system_program: Pubkey::default(),
    };
    Call::new(accounts, issuer::instruction::OpenOwnerLimits {})
}

pub fn close_owner_limits(world: &World, owner: &Pubkey) -> CloseOwnerLimits {
    let accounts = issuer::accounts::CloseOwnerLimits {
        ticker: world.listed.accounts.ticker,
        owner_limits: pda::owner_limits(&issuer::ID, &world.mint(), owner).0,
        rent_payer: world.vm.payer.pubkey(),
    };
    Call::new(accounts, issuer::instruction::CloseOwnerLimits {})
}

/// What an account holds, byte by byte: for tests that say that nothing moved.
pub fn bytes_of_all(vm: &Vm, addresses: &[Pubkey]) -> Vec<Option<Vec<u8>>> {
    addresses.iter().map(|address| vm.account(address).map(|account| account.data)).collect()
}
