//! Who keeps records: an issuer's compliance officer, and providers.

use super::{create_provider, create_registry, link_wallet, register_investor, wallet_address};
use crate::{
    build::YEAR,
    vm::{Outcome, Vm, key},
    world::World,
};
use gate::state::{Claim, Investor, Provider, Registry, Wallet};
use scrip_interface::{gate::pda, issuer::role, sha256};
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Codes of ISO 3166-1.
pub const GERMANY: u16 = 276;
pub const SINGAPORE: u16 = 702;
pub const SWITZERLAND: u16 = 756;
pub const UNITED_STATES: u16 = 840;
/// Of the providers here.
pub const MAX_TIER: u8 = 3;

/// A registry of the world's issuer, an officer with the COMPLIANCE role, and one provider.
pub struct Office {
    pub world: World,
    pub officer: Keypair,
    pub role_grant: Pubkey,
    pub registry: Pubkey,
    pub provider: Registrar,
}

/// A provider that signs.
#[derive(Debug)]
pub struct Registrar {
    /// Whose records it keeps.
    pub issuer: Pubkey,
    pub address: Pubkey,
    pub authority: Keypair,
    pub number: u8,
}

impl Clone for Registrar {
    fn clone(&self) -> Self {
        Self { authority: self.authority.insecure_clone(), ..*self }
    }
}

/// A German of tier 2, for half a year.
pub fn claim(vm: &Vm) -> Claim {
    Claim { country: GERMANY, tier: 2, expires_at: vm.now() + YEAR / 2 }
}

impl Office {
    pub fn new() -> Self {
        let mut world = World::new();
        let officer = key("officer");
        let role_grant = world.grant(&officer.pubkey(), role::COMPLIANCE);
        let (issuer, payer) = (world.issuer(), world.vm.payer.pubkey());
        let create = create_registry(payer, officer.pubkey(), Some(role_grant), issuer);
        create.send(&mut world.vm, &[&officer]).expect("a registry can be created");
        let registry = create.accounts.registry;
        let authority = key("provider 0");
        let address = pda::provider(&gate::ID, &issuer, 0).0;
        let provider = Registrar { issuer, address, authority, number: 0 };
        let mut office = Self { world, officer, role_grant, registry, provider };
        office.add(0);
        office
    }

    /// One more provider that signs, of the same limits.
    pub fn another_provider(&mut self) -> Registrar {
        let number = self.registry().providers;
        self.add(number)
    }

    fn add(&mut self, number: u8) -> Registrar {
        let authority = key(&format!("provider {number}"));
        let create = create_provider(self, number, authority.pubkey());
        self.manage(create.instruction()).expect("a provider can be created");
        Registrar { issuer: self.issuer(), address: create.accounts.provider, authority, number }
    }

    /// Sends what the officer signs.
    pub fn manage(&mut self, instruction: Instruction) -> Outcome {
        let officer = self.officer.insecure_clone();
        self.world.vm.send(&[instruction], &[&officer])
    }

    /// Sends what the first provider's authority signs, and whoever else.
    pub fn provide(&mut self, instruction: Instruction, signers: &[&Keypair]) -> Outcome {
        let authority = self.provider.authority.insecure_clone();
        self.world.vm.send(&[instruction], &[&[&authority], signers].concat())
    }

    /// An investor of the first provider's, without wallets. Returns where it is.
    pub fn investor(&mut self, name: &str) -> Pubkey {
        let provider = self.provider.clone();
        self.investor_of(&provider, name)
    }

    pub fn investor_of(&mut self, provider: &Registrar, name: &str) -> Pubkey {
        let register = register_investor(self, provider, id_hash(name));
        register
            .send(&mut self.world.vm, &[&provider.authority])
            .expect("an investor can be registered");
        register.accounts.investor
    }

    /// An investor of the first provider's, with a wallet.
    pub fn person(&mut self, name: &str) -> (Pubkey, Keypair) {
        let (investor, owner) = (self.investor(name), key(name));
        self.link(&investor, &owner);
        (investor, owner)
    }

    /// An investor of the first provider's, with as many wallets.
    pub fn person_with(&mut self, name: &str, wallets: usize) -> (Pubkey, Vec<Keypair>) {
        let investor = self.investor(name);
        let owners: Vec<_> = (0..wallets).map(|n| key(&format!("{name}'s {n}"))).collect();
        for owner in &owners {
            self.link(&investor, owner);
        }
        (investor, owners)
    }

    pub fn link(&mut self, investor: &Pubkey, owner: &Keypair) {
        let provider = self.provider.clone();
        let link = link_wallet(self, &provider, investor, &owner.pubkey());
        self.provide(link.instruction(), &[owner]).expect("a wallet can be linked");
    }

    /// The records of an investor's wallets, as a change of it wants them.
    pub fn records_of(&self, investor: &Pubkey) -> Vec<AccountMeta> {
        let state: Investor = self.world.vm.state(investor);
        let owners = state.wallets().iter();
        owners.map(|owner| AccountMeta::new(wallet_address(&state.issuer, owner), false)).collect()
    }

    pub fn issuer(&self) -> Pubkey {
        self.world.issuer()
    }

    pub fn registry(&self) -> Registry {
        self.world.vm.state(&self.registry)
    }

    pub fn provider(&self) -> Provider {
        self.world.vm.state(&self.provider.address)
    }

    pub fn wallet_address(&self, owner: &Pubkey) -> Pubkey {
        wallet_address(&self.issuer(), owner)
    }

    pub fn wallet(&self, owner: &Pubkey) -> Wallet {
        self.world.vm.state(&self.wallet_address(owner))
    }

    pub fn has_record(&self, owner: &Pubkey) -> bool {
        self.world.vm.account(&self.wallet_address(owner)).is_some()
    }

    /// Everything that the gate keeps.
    pub fn everything(&self) -> Vec<(Pubkey, Account)> {
        let mut all = self.world.vm.svm.get_program_accounts(&gate::ID);
        all.retain(|(_, account)| account.lamports > 0);
        all.sort_by_key(|(address, _)| *address);
        all
    }

    /// Sends what must fail. Whatever is refused has changed nothing of what the gate keeps.
    pub fn refused(&mut self, instruction: Instruction, signers: &[&Keypair]) -> Outcome {
        let before = self.everything();
        let outcome = self.world.vm.send(&[instruction], signers);
        assert!(outcome.is_err(), "it landed");
        assert_eq!(before, self.everything());
        outcome
    }

    /// Sends what must fail although the officer signs.
    pub fn officer_refused(&mut self, instruction: Instruction) -> Outcome {
        let officer = self.officer.insecure_clone();
        self.refused(instruction, &[&officer])
    }

    /// Sends what must fail although the first provider's authority signs.
    pub fn provider_refused(&mut self, instruction: Instruction, signers: &[&Keypair]) -> Outcome {
        let authority = self.provider.authority.insecure_clone();
        self.refused(instruction, &[&[&authority], signers].concat())
    }
}

impl Default for Office {
    fn default() -> Self {
        Self::new()
    }
}

/// A salted hash of who it is.
pub fn id_hash(name: &str) -> [u8; 32] {
    sha256(&[b"salt", name.as_bytes()])
}
