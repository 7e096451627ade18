//! Random instructions about records, right and wrong ones, by providers, an officer, owners, a
//! stranger with a registry of his own and whoever holds an attestation: what may land does, and
//! after each the records fit together.

use crate::sequence_rules::Word;
use gate::state::{Claim, Investor, Wallet};
use scrip_interface::gate::{Kind, pda};
use scrip_tests::{
    fuzz::rng::Rng,
    records::{
        Office, Registrar, Sas, bar_investor, claim, close_investor, create_provider,
        create_registry, drop_venue, id_hash, link_wallet, register_from_sas, register_investor,
        revoke_investor, sas_investor, set_venue, sync_from_sas, unbar_investor, unlink_record,
        update_investor,
    },
    vm::key,
};
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::collections::BTreeMap;

const WORLDS: u64 = 30;
const STEPS: usize = 250;
const NAMES: [&str; 13] = [
    "register_investor",
    "link_wallet",
    "unlink_wallet",
    "update_investor",
    "revoke_investor",
    "bar_investor",
    "unbar_investor",
    "close_investor",
    "register_from_sas",
    "sync_from_sas",
    "set_venue",
    "drop_venue",
    "attestations come and go",
];

pub struct Arena {
    pub office: Office,
    pub sas: Sas,
    /// Two of the issuer's, and one of the stranger's own registry.
    providers: Vec<Registrar>,
    stranger: Keypair,
    owners: Vec<Keypair>,
    pub words: BTreeMap<Pubkey, Word>,
}

/// All accounts of one kind.
pub fn all<T: anchor_lang::ZeroCopy + anchor_lang::Discriminator>(
    office: &Office,
) -> Vec<(Pubkey, T)> {
    let of_kind = |(_, account): &(Pubkey, Account)| account.data.starts_with(T::DISCRIMINATOR);
    let everything = office.everything().into_iter().filter(of_kind);
    everything.map(|(address, _)| (address, office.world.vm.state(&address))).collect()
}

impl Arena {
    fn new() -> Self {
        let mut office = Office::new();
        let sas = Sas::new(&mut office);
        let stranger = key("stranger");
        let (payer, own) = (office.world.vm.payer.pubkey(), stranger.pubkey());
        let registry = create_registry(payer, own, None, own);
        registry.send(&mut office.world.vm, &[&stranger]).unwrap();
        let mut theirs = create_provider(&office, 0, own);
        theirs.accounts.operator = own;
        theirs.accounts.role_grant = None;
        theirs.accounts.issuer = own;
        theirs.accounts.registry = registry.accounts.registry;
        theirs.accounts.provider = pda::provider(&gate::ID, &own, 0).0;
        theirs.send(&mut office.world.vm, &[&stranger]).unwrap();
        let theirs = Registrar {
            issuer: own,
            address: theirs.accounts.provider,
            authority: stranger.insecure_clone(),
            number: 0,
        };
        let providers = vec![office.provider.clone(), office.another_provider(), theirs];
        let owners = (0..12).map(|n| key(&format!("owner {n}"))).collect();
        Self { office, sas, providers, stranger, owners, words: BTreeMap::new() }
    }

    pub fn investors(&self) -> Vec<(Pubkey, Investor)> {
        all(&self.office)
    }

    fn registrar(&self, investor: &Investor) -> Option<&Registrar> {
        let of = |it: &&Registrar| it.issuer == investor.issuer && it.number == investor.provider;
        self.providers.iter().find(of)
    }

    /// One that would be right, where there is something to do.
    fn plan(&self, name: &str, rng: &mut Rng) -> Option<Instruction> {
        let office = &self.office;
        let owner = rng.pick(&self.owners)?.pubkey();
        let investor = rng.one(self.investors().into_iter());
        let registrar = investor.as_ref().and_then(|(_, it)| self.registrar(it));
        let signed = || Some((investor.as_ref()?.0, registrar?));
        Some(match name {
            "register_investor" => {
                let provider = rng.pick(&self.providers)?;
                let id = id_hash(&format!("{}", rng.below(4)));
                register_investor(office, provider, id).instruction()
            }
            "link_wallet" => {
                let (investor, provider) = signed()?;
                link_wallet(office, provider, &investor, &owner).instruction()
            }
            "unlink_wallet" => {
                let records = all::<Wallet>(office).into_iter();
                let linked = records.filter(|(_, it)| it.kind == Kind::Investor as u8);
                let mut call = unlink_record(office, &rng.one(linked)?.0);
                if let Some((_, provider)) = signed().filter(|_| rng.percent(30)) {
                    call.accounts.operator = provider.authority.pubkey();
                }
                call.instruction()
            }
            "update_investor" => {
                let (investor, provider) = signed()?;
                let valid = claim(&office.world.vm);
                let claim = Claim {
                    country: *rng.pick(&[276, 702, 756])?,
                    tier: u8::try_from(rng.below(5)).ok()?,
                    expires_at: valid.expires_at + rng.within(0, 86_400),
                };
                update_investor(office, provider, &investor, claim).instruction()
            }
            "revoke_investor" => {
                let (investor, provider) = signed()?;
                revoke_investor(office, provider, &investor).instruction()
            }
            "bar_investor" | "unbar_investor" => {
                let (address, state) = investor?;
                let mut call = bar_investor(office, &address);
                if state.issuer == self.stranger.pubkey() {
                    call.accounts.operator = state.issuer;
                    call.accounts.role_grant = None;
                }
                if name == "bar_investor" {
                    call.instruction()
                } else {
                    let mut lift = unbar_investor(office, &address);
                    lift.accounts = call.accounts;
                    lift.instruction()
                }
            }
            "close_investor" => {
                let (investor, provider) = signed()?;
                close_investor(office, provider, &investor).instruction()
            }
            "register_from_sas" => register_from_sas(office, &self.sas, &owner).instruction(),
            "sync_from_sas" => {
                let attestation = self.sas.attestation_address(&owner);
                let investor = sas_investor(&office.issuer(), &attestation);
                office.world.vm.account(&investor)?;
                sync_from_sas(office, &self.sas, &owner).instruction()
            }
            "set_venue" => set_venue(office, &owner).instruction(),
            "drop_venue" => {
                let records = all::<Wallet>(office).into_iter();
                let (_, venue) = rng.one(records.filter(|(_, it)| it.kind == Kind::Venue as u8))?;
                drop_venue(office, &venue.owner).instruction()
            }
            _ => return None,
        })
    }

    /// Puts something wrong into about every third.
    fn spoil(&self, instruction: &mut Instruction, rng: &mut Rng) {
        let accounts = &mut instruction.accounts;
        let place = rng.below(accounts.len() as u64) as usize;
        match rng.below(15) {
            0 | 1 => {
                let kept = self.office.everything().into_iter().map(|(address, _)| address);
                let wallets = self.owners.iter().chain([&self.stranger, &self.office.officer]);
                let signing = self.providers.iter().map(|provider| &provider.authority);
                let known = wallets.chain(signing).map(|wallet| wallet.pubkey());
                let others: Vec<_> = kept.chain(known).collect();
                accounts[place].pubkey = *rng.pick(&others).unwrap();
            }
            2 => drop(accounts.pop()),
            3 => accounts.push(accounts[place].clone()),
            4 => accounts.swap(place, place.saturating_sub(1)),
            _ => {}
        }
    }

    /// All wallets' keys are at hand: whose signature counts is what is tested.
    fn send(&mut self, instruction: Instruction) -> bool {
        let mut keys = vec![&self.stranger, &self.office.officer];
        keys.extend(self.owners.iter().chain(self.providers.iter().map(|it| &it.authority)));
        let signs = |wallet: &Pubkey| {
            let of = |meta: &AccountMeta| meta.is_signer && meta.pubkey == *wallet;
            instruction.accounts.iter().any(of)
        };
        let payer = self.office.world.vm.payer.pubkey();
        let signers: Vec<Keypair> = keys
            .into_iter()
            .filter(|wallet| signs(&wallet.pubkey()))
            .map(Keypair::insecure_clone)
            .collect();
        let known = |meta: &AccountMeta| {
            meta.pubkey == payer || signers.iter().any(|wallet| wallet.pubkey() == meta.pubkey)
        };
        if !instruction.accounts.iter().filter(|meta| meta.is_signer).all(known) {
            return false;
        }
        let signers: Vec<&Keypair> = signers.iter().collect();
        let before = self.office.everything();
        let landed = self.office.world.vm.send(&[instruction], &signers).is_ok();
        assert!(landed || before == self.office.everything());
        landed
    }

    pub fn attested(&self, owner: &Pubkey) -> bool {
        self.office.world.vm.account(&self.sas.attestation_address(owner)).is_some()
    }

    /// An attestation is written, or closed.
    fn attest(&mut self, rng: &mut Rng) {
        let owner = rng.pick(&self.owners).unwrap().pubkey();
        if self.attested(&owner) {
            let address = self.sas.attestation_address(&owner);
            self.office.world.vm.svm.set_account(address, Account::default()).unwrap();
        } else {
            self.sas.attestation(&owner, 0).place(&mut self.office);
        }
    }
}

/// Returns what landed, how often.
fn explore(seed: u64) -> BTreeMap<&'static str, u32> {
    let (mut arena, mut rng) = (Arena::new(), Rng::new(seed));
    let mut landed = BTreeMap::new();
    for step in 0..STEPS {
        let name = *rng.pick(&NAMES).unwrap();
        if name == NAMES[12] {
            arena.attest(&mut rng);
            continue;
        }
        let Some(mut instruction) = arena.plan(name, &mut rng) else { continue };
        arena.spoil(&mut instruction, &mut rng);
        println!("world {seed}, step {step}: {name}");
        let accounts = instruction.accounts.clone();
        let may = arena.may(name, &accounts);
        if !arena.send(instruction) {
            continue;
        }
        assert_eq!(may, Some(true), "by whom it was not to be decided: {accounts:?}");
        arena.note(name, &accounts);
        arena.audit();
        *landed.entry(name).or_default() += 1;
    }
    landed
}

#[test]
fn records_fit_together_after_any_sequence() {
    let mut landed = BTreeMap::<&str, u32>::new();
    for seed in 0..WORLDS {
        for (name, count) in explore(seed) {
            *landed.entry(name).or_default() += count;
        }
    }
    println!("{landed:?}");
    for name in &NAMES[..12] {
        assert!(landed.get(name).is_some_and(|count| *count >= 20), "{name}: {landed:?}");
    }
}
