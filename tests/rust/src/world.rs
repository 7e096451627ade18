//! An issuer that stands: one custodian, one attestor set, one listed ticker.

use crate::{
    attest::attestors,
    build::{
        self, AttestMint, CreateAttestorSet, CreateCustodian, CreateIssuer, ListTicker, padded,
        token_account,
    },
    vm::{Vm, key},
};
use anchor_lang::__private::bytemuck::bytes_of;
use issuer::state::{Redemption, Ticker};
use scrip_interface::{
    issuer::Mode,
    mint::{Mint, TOKEN_2022, extension},
    pda,
    token_account::TokenAccount,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;

/// One share, in raw units at multiplier 1.
pub const SHARE: u64 = 100_000_000;

pub struct World {
    pub vm: Vm,
    pub admin: Keypair,
    pub attestors: Vec<Keypair>,
    pub threshold: u8,
    pub custodian: CreateCustodian,
    pub attestor_set: Pubkey,
    pub listed: ListTicker,
    nonce: u64,
}

impl World {
    /// 3 of 5.
    pub fn new() -> Self {
        Self::with_quorum(3, 5)
    }

    pub fn with_quorum(threshold: u8, count: usize) -> Self {
        Self::made(threshold, count, Mode::Open)
    }

    /// Its ticker listed in this mode, by a 3 of 5.
    pub fn in_mode(mode: Mode) -> Self {
        Self::made(3, 5, mode)
    }

    fn made(threshold: u8, count: usize, mode: Mode) -> Self {
        let mut vm = Vm::new();
        let payer = vm.payer.insecure_clone();
        let admin = key("admin");
        let ours = "the world is valid as made";

        let issuer = CreateIssuer::new(&payer.pubkey(), &admin.pubkey());
        issuer.send(&mut vm, &[&admin]).expect(ours);
        let custodian =
            CreateCustodian::new(&payer.pubkey(), &admin.pubkey(), &issuer.accounts.issuer, 0);
        custodian.send(&mut vm, &[&admin]).expect(ours);
        let attestors = attestors("custodian", count);
        let now = vm.now();
        let set = CreateAttestorSet::new(
            &payer.pubkey(),
            &custodian.accounts,
            &attestors,
            threshold,
            now,
        );
        set.send(&mut vm, &[&admin]).expect(ours);
        let mut listed = ListTicker::new(&payer.pubkey(), &custodian.accounts, key("mint"));
        listed.args.mode = mode as u8;
        listed.send(&mut vm, &admin).expect(ours);

        let attestor_set = set.accounts.attestor_set;
        Self { vm, admin, attestors, threshold, custodian, attestor_set, listed, nonce: 0 }
    }

    /// A wallet with a token account.
    pub fn investor(&mut self, name: &str) -> Keypair {
        let investor = key(name);
        let mint = self.mint();
        self.token_account_of(&investor.pubkey(), &mint);
        investor
    }

    /// A wallet's token account of any mint, created if it is not there.
    pub fn token_account_of(&mut self, owner: &Pubkey, mint: &Pubkey) -> Pubkey {
        let payer = self.vm.payer.pubkey();
        let create = create_associated_token_account_idempotent(&payer, owner, mint, &TOKEN_2022);
        self.vm.send(&[create], &[]).expect("a token account can be created");
        token_account(owner, mint)
    }

    /// A wallet that was minted `amount`; registered and thawed where that is needed.
    pub fn holder(&mut self, name: &str, amount: u64) -> Keypair {
        let holder = self.investor(name);
        if self.ticker().asks_registration() {
            self.register(&holder.pubkey());
            let thaw = build::thaw(self, &holder.pubkey());
            thaw.send(&mut self.vm, &[]).expect("a registered owner's account can be thawed");
        }
        let mint = AttestMint::new(self, &holder.pubkey(), amount);
        mint.send(self).expect("a mint within the reserves lands");
        holder
    }

    pub fn next_nonce(&mut self) -> u64 {
        self.nonce += 1;
        self.nonce
    }

    pub fn signers(&self, places: &[usize]) -> Vec<&Keypair> {
        places.iter().map(|&place| &self.attestors[place]).collect()
    }

    /// The number that attestations about a redemption name it by.
    pub fn request_number(&self, redemption: &Pubkey) -> u64 {
        self.vm.state::<Redemption>(redemption).request
    }

    pub fn issuer(&self) -> Pubkey {
        self.custodian.accounts.issuer
    }

    pub fn mint(&self) -> Pubkey {
        self.listed.accounts.mint
    }

    pub fn ticker(&self) -> Ticker {
        self.vm.state(&self.listed.accounts.ticker)
    }

    /// Changes the ticker's record behind the program's back.
    pub fn edit_ticker(&mut self, edit: impl FnOnce(&mut Ticker)) {
        let mut ticker = self.ticker();
        edit(&mut ticker);
        let address = self.listed.accounts.ticker;
        self.vm.edit(&address, |account| account.data[8..].copy_from_slice(bytes_of(&ticker)));
    }

    /// Changes the mint's multipliers behind everyone's back, as a corporate action would.
    pub fn set_multipliers(&mut self, current: f64, effective_at: i64, new: f64) {
        let mint = self.mint();
        self.vm.edit(&mint, |account| {
            let at = scaled_ui_offset(&account.data);
            account.data[at + 32..at + 40].copy_from_slice(&current.to_le_bytes());
            account.data[at + 40..at + 48].copy_from_slice(&effective_at.to_le_bytes());
            account.data[at + 48..at + 56].copy_from_slice(&new.to_le_bytes());
        });
    }

    /// A second ticker of the same issuer and custodian.
    pub fn list_another(&mut self) -> ListTicker {
        let payer = self.vm.payer.pubkey();
        let mut listed = ListTicker::new(&payer, &self.custodian.accounts, key("mint 2"));
        listed.set_symbol(padded("NVDAx"));
        let admin = self.admin.insecure_clone();
        listed.send(&mut self.vm, &admin).expect("a second ticker can be listed");
        listed
    }

    /// Another issuer of the same creator.
    pub fn another_issuer(&mut self) -> Pubkey {
        let payer = self.vm.payer.pubkey();
        let mut other = CreateIssuer::new(&payer, &self.admin.pubkey());
        other.args.id = 1;
        other.accounts.issuer = pda::issuer(&issuer::ID, &payer, 1).0;
        let admin = self.admin.insecure_clone();
        other.send(&mut self.vm, &[&admin]).expect("a second issuer can be created");
        other.accounts.issuer
    }

    /// A set of the same attestors, for another custodian of the same issuer.
    pub fn another_custodians_set(&mut self) -> Pubkey {
        let (payer, admin) = (self.vm.payer.pubkey(), self.admin.insecure_clone());
        let ours = "a second custodian can be created";
        let issuer = self.custodian.accounts.issuer;
        let other = CreateCustodian::new(&payer, &admin.pubkey(), &issuer, 1);
        other.send(&mut self.vm, &[&admin]).expect(ours);
        let now = self.vm.now();
        let set =
            CreateAttestorSet::new(&payer, &other.accounts, &self.attestors, self.threshold, now);
        set.send(&mut self.vm, &[&admin]).expect(ours);
        set.accounts.attestor_set
    }

    pub fn supply(&self) -> u64 {
        let mint = self.vm.account(&self.mint()).expect("the mint exists");
        Mint::parse(&mint.data).expect("a mint").supply().0
    }

    pub fn balance(&self, owner: &Pubkey) -> u64 {
        self.balance_of(&token_account(owner, &self.mint()))
    }

    pub fn balance_of(&self, account: &Pubkey) -> u64 {
        self.vm.account(account).map_or(0, |account| {
            let account = TokenAccount::parse(&account.data).expect("a token account");
            account.amount().expect("a token account").0
        })
    }

    pub fn mint_is_paused(&self) -> bool {
        let mint = self.vm.account(&self.mint()).expect("the mint exists");
        Mint::parse(&mint.data).expect("a mint").is_paused()
    }

    pub fn escrow_balance(&self) -> u64 {
        self.balance_of(&self.listed.accounts.escrow_account)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

fn scaled_ui_offset(mint: &[u8]) -> usize {
    let value = Mint::parse(mint).and_then(|mint| mint.extension(extension::SCALED_UI_AMOUNT));
    value.expect("a scaled mint").as_ptr().addr() - mint.as_ptr().addr()
}
