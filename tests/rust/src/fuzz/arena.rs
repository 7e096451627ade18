//! The stage: a VM with an issuer that has nothing yet, wallets, money, and a thief with an issuer
//! of his own.

use super::{
    address::{associated, feed_pda, gate_pda, lender_pda, pda, token_account},
    attested::Signed,
    foreign::Foreign,
    model::{HOUR, Holding, IssuerState, MODE_FROZEN, Model, Multipliers},
    ops::gate::sas::Sas,
    plan::Plan,
    prologue::prologue,
};
use crate::{
    attest::attestors,
    build::CreateIssuer,
    gate::{make_mint, mint_config, place_config},
    vm::{Outcome, Vm, key, program_path},
};
use anchor_lang::solana_program::system_instruction;
use scrip_client::transaction::Call;
use scrip_interface::mint::{Mint, TOKEN_2022, extension};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::{
    address::get_associated_token_address_with_program_id,
    instruction::create_associated_token_account_idempotent,
};
use spl_token_2022_interface::instruction as token;
use std::collections::BTreeMap;

pub const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
pub const CASH_DECIMALS: u8 = 6;
/// What each wallet has of each stablecoin.
const CASH_EACH: u64 = 1_000_000_000_000;

pub struct Arena {
    pub vm: Vm,
    pub model: Model,
    /// Every key that anybody has, by address.
    pub keys: BTreeMap<Pubkey, Keypair>,
    pub admins: Vec<Pubkey>,
    pub operators: Vec<Pubkey>,
    /// Holders; the last one is the thief.
    pub users: Vec<Pubkey>,
    pub thief: Pubkey,
    /// Attestors, in rising order of their keys: the same for all custodians.
    pub attestors: Vec<Pubkey>,
    /// Stablecoins and their token programs.
    pub cash: Vec<(Pubkey, Pubkey)>,
    pub foreign: Foreign,
    /// Accounts of the first layout, to migrate.
    pub old_accounts: Vec<Pubkey>,
    /// Who signs for providers of investors.
    pub authorities: Vec<Pubkey>,
    pub sas: Sas,
    /// Without a ticker, under Token ACL; and who governs it there.
    pub foreign_mint: Pubkey,
    pub keepers: Vec<Pubkey>,
    pub keeper: Pubkey,
    /// Whose feeds they are.
    pub curator: Pubkey,
    /// What ran in the last step that landed.
    pub ran: Vec<Call>,
    /// Signed, and not landed yet.
    pub drawer: Vec<Signed>,
    /// Landed already: what a thief would land again.
    pub landed: Vec<Signed>,
}

impl Arena {
    pub fn new() -> Self {
        let Vm { svm, payer, events, ran } = Vm::new();
        let mut vm = Vm { svm: svm.with_transaction_history(0), payer, events, ran };
        for (id, name) in [(collateral::ID, "collateral"), (lender::ID, "lender")] {
            let path = program_path(name);
            vm.svm.add_program_from_file(id, &path).unwrap_or_else(|error| {
                panic!("{}: {error}. Build it first: cargo xtask build", path.display())
            });
        }
        let mut keys = BTreeMap::new();
        let mut cast = |names: &[&str]| -> Vec<Pubkey> {
            names
                .iter()
                .map(|name| {
                    let key = key(name);
                    let address = key.pubkey();
                    vm.svm.airdrop(&address, 1_000_000_000_000).expect("lamports");
                    keys.insert(address, key);
                    address
                })
                .collect()
        };
        let admins = cast(&["admin", "second admin", "third admin"]);
        let operators = cast(&["operator", "second operator", "third operator"]);
        let users = cast(&["alice", "bob", "carol", "dave", "thief"]);
        let thief = users[4];
        let authorities = cast(&["provider 0", "provider 1", "provider 2"]);
        let keepers = cast(&["keeper", "second keeper"]);
        keys.insert(vm.payer.pubkey(), vm.payer.insecure_clone());
        let mut pool = Vec::new();
        for attestor in attestors("fuzz", 48) {
            pool.push(attestor.pubkey());
            keys.insert(attestor.pubkey(), attestor);
        }

        let mut create = CreateIssuer::new(&vm.payer.pubkey(), &admins[0]);
        create.args.timelock_secs = HOUR as u32;
        // The fixture of the first layout is this creator's issuer 0.
        create.args.id = 1;
        create.accounts.issuer = pda::issuer(&issuer::ID, &vm.payer.pubkey(), 1).0;
        create.send(&mut vm, &[&keys[&admins[0]]]).expect("an issuer can be created");
        let issuer = IssuerState {
            address: create.accounts.issuer,
            admin: admins[0],
            timelock_secs: HOUR as u32,
            ..IssuerState::default()
        };
        let model = Model { now: vm.now(), issuer, other_issuers: 10, ..Model::default() };
        let foreign = Foreign::new(&mut vm, &keys[&thief]);
        let old_accounts = super::foreign::old_accounts(&mut vm);
        let foreign_mint = key("foreign mint").pubkey();
        make_mint(&mut vm, "foreign mint", &mint_config(&foreign_mint), false);
        place_config(&mut vm, &foreign_mint, &keepers[0]);
        let vm_payer = vm.payer.pubkey();
        let mut arena = Self {
            vm,
            model,
            keys,
            admins,
            operators,
            users,
            thief,
            attestors: pool,
            cash: vec![],
            foreign,
            old_accounts,
            sas: Sas::new(authorities[0]),
            authorities,
            foreign_mint,
            keeper: keepers[0],
            keepers,
            curator: scrip_interface::collateral::pda::curator(&collateral::ID, &vm_payer, 0).0,
            ran: vec![],
            drawer: vec![],
            landed: vec![],
        };
        arena.model.now = arena.vm.now();
        arena.cash = [("usd", TOKEN), ("eur", TOKEN_2022)]
            .map(|(n, p)| (arena.stablecoin(n, &p), p))
            .to_vec();
        prologue(&mut arena);
        arena
    }

    pub fn transact(&mut self, plan: &Plan) -> Outcome {
        let mut all = plan.before.clone();
        all.push(plan.call.clone());
        let mut keys: Vec<Keypair> = vec![];
        for meta in plan.call.accounts.iter().filter(|meta| meta.is_signer) {
            if keys.iter().all(|key| key.pubkey() != meta.pubkey) {
                keys.push(self.key(&meta.pubkey));
            }
        }
        let outcome = self.vm.send(&all, &keys.iter().collect::<Vec<_>>());
        if outcome.is_ok() {
            self.ran = self.vm.ran.pop().expect("it landed");
        }
        outcome
    }

    /// NYSE's.
    pub fn calendar(&self) -> Pubkey {
        let mic = &crate::collateral::MIC;
        feed_pda::calendar(&collateral::ID, &self.curator, mic).0
    }

    /// The lender's.
    pub fn market(&self) -> Pubkey {
        lender_pda::market(&lender::ID, &self.admins[2], 0).0
    }

    pub fn issuer(&self) -> Pubkey {
        self.model.issuer.address
    }

    pub fn payer(&self) -> Pubkey {
        self.vm.payer.pubkey()
    }

    /// The key of an address that signs: a wallet's, or a new mint's.
    pub fn key(&self, address: &Pubkey) -> Keypair {
        let wallet = self.keys.get(address).map(Keypair::insecure_clone);
        let mints = || (0..9).map(|place| key(&format!("fuzz mint {place}")));
        wallet.or_else(|| mints().find(|key| key.pubkey() == *address)).expect("a known signer")
    }

    pub fn is_cash(&self, mint: &Pubkey) -> bool {
        self.cash.iter().any(|(cash, _)| cash == mint)
    }

    pub fn cash_program(&self, mint: &Pubkey) -> Pubkey {
        self.cash.iter().find(|(cash, _)| cash == mint).expect("a stablecoin").1
    }

    pub fn cash_account(&self, owner: &Pubkey, mint: &Pubkey) -> Pubkey {
        associated(owner, mint, &self.cash_program(mint))
    }

    /// A stablecoin with money for every user.
    fn stablecoin(&mut self, name: &str, program: &Pubkey) -> Pubkey {
        let payer = self.payer();
        let mint = key(name);
        let rent = self.vm.svm.minimum_balance_for_rent_exemption(82);
        let ours = "the stage can be set";
        let create = [
            system_instruction::create_account(&payer, &mint.pubkey(), rent, 82, program),
            token::initialize_mint2(program, &mint.pubkey(), &payer, None, CASH_DECIMALS)
                .expect(ours),
        ];
        self.vm.send(&create, &[&mint]).expect(ours);
        let mint = mint.pubkey();
        for owner in self.users.clone() {
            let account = get_associated_token_address_with_program_id(&owner, &mint, program);
            let fund = [
                create_associated_token_account_idempotent(&payer, &owner, &mint, program),
                token::mint_to(program, &mint, &account, &payer, &[], CASH_EACH).expect(ours),
            ];
            self.vm.send(&fund, &[]).expect(ours);
            let holding = Holding { mint, owner, amount: CASH_EACH, frozen: false };
            self.model.holdings.insert(account, holding);
        }
        mint
    }

    /// Gives each user an account for each ticker that is new.
    pub fn open_token_accounts(&mut self) {
        let payer = self.payer();
        for mint in self.model.tickers.keys().copied().collect::<Vec<_>>() {
            for owner in self.users.clone() {
                let account = token_account(&owner, &mint);
                if self.model.holdings.contains_key(&account) {
                    continue;
                }
                let create =
                    create_associated_token_account_idempotent(&payer, &owner, &mint, &TOKEN_2022);
                self.vm.send(&[create], &[]).expect("a token account can be created");
                let frozen = self.model.ticker(&mint).mode == MODE_FROZEN;
                let holding = Holding { mint, owner, amount: 0, frozen };
                self.model.holdings.insert(account, holding);
            }
        }
    }

    /// Changes a mint's multipliers, as a corporate action would.
    pub fn set_multipliers(&mut self, mint: &Pubkey, multipliers: Multipliers) {
        let Multipliers { first, effective_at, second } = multipliers;
        self.vm.edit(mint, |account| {
            let value = Mint::parse(&account.data)
                .and_then(|mint| mint.extension(extension::SCALED_UI_AMOUNT))
                .expect("a scaled mint");
            let at = value.as_ptr().addr() - account.data.as_ptr().addr();
            account.data[at + 32..at + 40].copy_from_slice(&first.to_le_bytes());
            account.data[at + 40..at + 48].copy_from_slice(&effective_at.to_le_bytes());
            account.data[at + 48..at + 56].copy_from_slice(&second.to_le_bytes());
        });
        self.model.ticker_mut(mint).multipliers = multipliers;
    }

    /// Where the gate's accounts about an owner are.
    pub fn gate_accounts(&self, mint: &Pubkey, owner: &Pubkey) -> (Option<Pubkey>, Option<Pubkey>) {
        let policy = gate_pda::policy(&gate::ID, mint).0;
        (Some(policy), Some(gate_pda::wallet(&gate::ID, &self.issuer(), owner).0))
    }

    /// The same where a ticker reads them at the primary.
    pub fn registration(&self, mint: &Pubkey, owner: &Pubkey) -> (Option<Pubkey>, Option<Pubkey>) {
        let asked = self.model.asks_registration(mint);
        if asked { self.gate_accounts(mint, owner) } else { (None, None) }
    }
}

impl Default for Arena {
    fn default() -> Self {
        Self::new()
    }
}
