//! An issuer with a ticker under a policy of the gate.

use super::{
    Transfer, create_policy, create_registry, govern_policy, hook_list_address,
    initialize_hook_list, place, policy_address, record, set_policy, terms, wallet_address,
};
use crate::{
    build::{AttestMint, ListTicker, padded, token_account},
    vm::{Outcome, key},
    world::World,
};
use gate::state::{PolicyTerms, Registry, Wallet};
use scrip_interface::{
    gate::{flag, pda},
    issuer::{Mode, role},
};
use solana_instruction::AccountMeta;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::ops::{Deref, DerefMut};

/// A world whose ticker was listed in one of the three modes, with a registry of two providers and a
/// policy.
pub struct Gated {
    pub world: World,
    /// Has the COMPLIANCE role, and nothing else.
    pub officer: Keypair,
    pub officer_grant: Pubkey,
}

impl Deref for Gated {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Gated {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

/// A ticker of the world's issuer in a mode, in place of the one that was.
pub fn list_in_mode(world: &mut World, mode: Mode, name: &str) {
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let mint = frugal_mint(name);
    let mut listed = ListTicker::new(&payer, &world.custodian.accounts, mint);
    listed.set_symbol(padded(&name.to_uppercase()));
    listed.args.mode = mode as u8;
    listed.send(&mut world.vm, &admin).expect("a ticker can be listed in every mode");
    world.listed = listed;
}

/// A fresh key for a mint whose list Token-2022 finds with the first bump that it tries: 1,500 CU less
/// for each transfer there will ever be. An issuer does well to look for one before it lists.
fn frugal_mint(name: &str) -> Keypair {
    let mut keys = (0..).map(|number| key(&format!("{name} {number}")));
    let frugal = |key: &Keypair| pda::hook_metas(&gate::ID, &key.pubkey()).1 == u8::MAX;
    keys.find(frugal).expect("every second key is one")
}

impl Gated {
    pub fn new(mode: Mode) -> Self {
        Self::with_terms(mode, terms())
    }

    pub fn hooked() -> Self {
        Self::new(Mode::Hooked)
    }

    pub fn with_terms(mode: Mode, terms: PolicyTerms) -> Self {
        let mut gated = Self::without_policy(mode);
        let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
        let policy = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms);
        policy.send(&mut gated.vm, &[&admin]).expect("a policy can be created");
        if mode == Mode::Hooked {
            let list = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
            list.send(&mut gated.vm, &[&admin]).expect("a list can be made");
        }
        gated
    }

    /// With the registry only.
    pub fn without_policy(mode: Mode) -> Self {
        let mut world = World::new();
        let officer = key("officer");
        let officer_grant = world.grant(&officer.pubkey(), role::COMPLIANCE);
        list_in_mode(&mut world, mode, mode.name());
        let issuer = world.issuer();
        let registry = create_registry(&world.vm, &issuer, &officer.pubkey(), Some(officer_grant));
        registry.send(&mut world.vm, &[&officer]).expect("a registry can be created");
        set_providers(&mut world, &issuer, 2);
        Self { world, officer, officer_grant }
    }

    /// A wallet with a token account and a record.
    pub fn registered(&mut self, name: &str) -> Keypair {
        let investor = self.investor(name);
        self.register(&investor.pubkey(), |_| {});
        investor
    }

    /// A registered wallet that was minted `amount`.
    pub fn shareholder(&mut self, name: &str, amount: u64) -> Keypair {
        let holder = self.registered(name);
        let mint = AttestMint::new(self, &holder.pubkey(), amount);
        mint.send(self).expect("a mint within the reserves lands");
        holder
    }

    /// Places a record that differs from the default one by `edit`.
    pub fn register(&mut self, owner: &Pubkey, edit: impl FnOnce(&mut Wallet)) {
        let mut wallet = record(&self.issuer(), owner);
        edit(&mut wallet);
        place(&mut self.world.vm, &wallet);
    }

    /// Between the associated accounts of two wallets, with all that a hook of this policy needs.
    pub fn transfer(&self, from: &Pubkey, to: &Pubkey, amount: u64) -> Transfer {
        let mint = self.mint();
        Transfer {
            source: token_account(from, &mint),
            mint,
            destination: token_account(to, &mint),
            authority: *from,
            amount,
            extra: self.extra(from, to),
        }
    }

    /// The hook's accounts for two owners: the policy, their records, the program and the list.
    pub fn extra(&self, from: &Pubkey, to: &Pubkey) -> Vec<AccountMeta> {
        let (issuer, mint) = (self.issuer(), self.mint());
        let keys = [
            policy_address(&mint),
            wallet_address(&issuer, to),
            wallet_address(&issuer, from),
            gate::ID,
            hook_list_address(&mint),
        ];
        keys.map(|key| AccountMeta::new_readonly(key, false)).to_vec()
    }

    pub fn send_transfer(&mut self, transfer: &Transfer, signer: &Keypair) -> Outcome {
        self.vm.send(&[transfer.instruction()], &[signer])
    }

    /// Sends a share between two wallets' associated accounts.
    pub fn pass(&mut self, from: &Keypair, to: &Pubkey, amount: u64) -> Outcome {
        let transfer = self.transfer(&from.pubkey(), to, amount);
        self.send_transfer(&transfer, from)
    }

    /// By the compliance officer.
    pub fn set_policy(&mut self, terms: PolicyTerms) -> Outcome {
        let (issuer, mint, officer) = (self.issuer(), self.mint(), self.officer.insecure_clone());
        let grant = Some(self.officer_grant);
        set_policy(&issuer, &officer.pubkey(), grant, &mint, terms).send(&mut self.vm, &[&officer])
    }

    /// By the admin, who may pause and lift pauses.
    pub fn set_pause(&mut self, paused: bool) -> Outcome {
        let (issuer, mint, admin) = (self.issuer(), self.mint(), self.admin.insecure_clone());
        let operator = &admin.pubkey();
        if paused {
            let data = gate::instruction::PausePolicy {};
            govern_policy(&issuer, operator, None, &mint, data).send(&mut self.vm, &[&admin])
        } else {
            let data = gate::instruction::UnpausePolicy {};
            govern_policy(&issuer, operator, None, &mint, data).send(&mut self.vm, &[&admin])
        }
    }
}

/// Terms that take venues too.
pub fn with_venues() -> PolicyTerms {
    let mut terms = terms();
    terms.flags |= flag::VENUES;
    terms
}

/// How many providers a registry has, behind the gate's back.
pub fn set_providers(world: &mut World, issuer: &Pubkey, providers: u8) {
    let registry = pda::registry(&gate::ID, issuer).0;
    let at = 8 + std::mem::offset_of!(Registry, providers);
    world.vm.edit(&registry, |account| account.data[at] = providers);
}
