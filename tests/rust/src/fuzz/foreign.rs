//! What the thief has of his own: an issuer with everything, where he is the admin. Each of its
//! accounts is genuine, and none of them may count for ours.

use crate::{
    attest::attestors,
    build::{
        CreateAttestorSet, CreateCustodian, CreateIssuer, ListTicker, gate_records, instruction,
        padded,
    },
    vm::{Vm, key},
};
use anchor_lang::solana_program::system_instruction;
use base64::{Engine, prelude::BASE64_STANDARD};
use issuer::{
    instructions::{AnnounceChangeArgs, GrantRoleArgs, ListTickerArgs},
    state::{Change, Limit},
};
use scrip_interface::{mint::TOKEN_2022, pda};
use serde_json::Value;
use solana_account::Account;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::address::get_associated_token_address_with_program_id;
use std::{collections::BTreeMap, str::FromStr};

pub struct Foreign {
    pub issuer: Pubkey,
    /// By the IDL's name of an account: one of that kind.
    pub accounts: BTreeMap<&'static str, Pubkey>,
}

const OURS: &str = "the thief's own issuer is valid";

impl Foreign {
    pub fn new(vm: &mut Vm, thief: &Keypair) -> Self {
        let admin = thief.pubkey();
        let mut create = CreateIssuer::new(&admin, &admin);
        create.args.timelock_secs = 3_600;
        create.send(vm, &[thief]).expect(OURS);
        let issuer = create.accounts.issuer;
        let custodian = CreateCustodian::new(&admin, &admin, &issuer, 0);
        custodian.send(vm, &[thief]).expect(OURS);
        let keys = attestors("thief", 1);
        let set = CreateAttestorSet::new(&admin, &custodian.accounts, &keys, 1, vm.now());
        set.send(vm, &[thief]).expect(OURS);
        let listed = ListTicker::new(&admin, &custodian.accounts, key("the thief's mint"));
        let ListTickerArgs { symbol, .. } = listed.args;
        listed.send(vm, thief).expect(OURS);
        let of = &listed.accounts;
        let mut accounts = BTreeMap::from([
            ("issuer", issuer),
            ("custodian", of.custodian),
            ("next_custodian", of.custodian),
            ("attestor_set", set.accounts.attestor_set),
            ("signing_set", set.accounts.attestor_set),
            ("replaced", set.accounts.attestor_set),
            ("ticker", of.ticker),
            ("mint", of.mint),
            ("symbol_record", pda::symbol(&issuer::ID, &issuer, &symbol).0),
            ("nonces", of.nonces),
            ("authority", of.authority),
            ("delegate", of.delegate),
            ("escrow", of.escrow),
            ("escrow_account", of.escrow_account),
        ]);
        let grant = pda::role_grant(&issuer::ID, &issuer, &admin).0;
        accounts.insert("role_grant", grant);
        accounts.insert("announcement", pda::announcement(&issuer::ID, &issuer, 0).0);
        let policy = gate_records::policy(&of.mint, &issuer);
        accounts.insert("policy", gate_records::place_policy(vm, &policy));
        let record = gate_records::wallet(&issuer, &admin, vm.now());
        accounts.insert("wallet_record", gate_records::place_wallet(vm, &record));
        desk(vm, thief, issuer, &mut accounts);
        let expires_at = vm.now() + 10 * 365 * 86_400;
        grant_roles(vm, thief, issuer, admin, 63, expires_at);
        registry(vm, thief, issuer, grant, &mut accounts);
        Self { issuer, accounts }
    }
}

/// Gives a wallet roles in an issuer with a timelock of an hour, which passes.
pub fn grant_roles(
    vm: &mut Vm,
    admin: &Keypair,
    issuer: Pubkey,
    wallet: Pubkey,
    roles: u16,
    expires_at: i64,
) {
    let change = Change::GrantRole { wallet, roles, expires_at };
    let announcement = announce(vm, admin, issuer, 0, change);
    let later = vm.now() + 3_600;
    vm.set_time(later);
    let accounts = issuer::accounts::GrantRole {
        payer: admin.pubkey(),
        admin: admin.pubkey(),
        issuer,
        wallet,
        role_grant: pda::role_grant(&issuer::ID, &issuer, &wallet).0,
        announcement: Some(announcement),
        system_program: Pubkey::default(),
        event_authority: crate::build::event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::GrantRole { args: GrantRoleArgs { roles, expires_at } };
    vm.send(&[instruction(&accounts, &data)], &[admin]).expect(OURS);
}

/// The thief's own records.
fn registry(
    vm: &mut Vm,
    thief: &Keypair,
    issuer: Pubkey,
    grant: Pubkey,
    accounts: &mut BTreeMap<&'static str, Pubkey>,
) {
    let wallet = thief.pubkey();
    let create = crate::records::create_registry(wallet, wallet, Some(grant), issuer);
    create.send(vm, &[thief]).expect(OURS);
    accounts.insert("registry", create.accounts.registry);
}

/// Announces a change of an issuer.
pub fn announce(vm: &mut Vm, thief: &Keypair, issuer: Pubkey, id: u64, change: Change) -> Pubkey {
    let announcement = pda::announcement(&issuer::ID, &issuer, id).0;
    let accounts = issuer::accounts::AnnounceChange {
        payer: thief.pubkey(),
        operator: thief.pubkey(),
        role_grant: None,
        issuer,
        announcement,
        system_program: Pubkey::default(),
        event_authority: crate::build::event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::AnnounceChange { args: AnnounceChangeArgs { id, change } };
    vm.send(&[instruction(&accounts, &data)], &[thief]).expect(OURS);
    announcement
}

fn desk(
    vm: &mut Vm,
    thief: &Keypair,
    issuer: Pubkey,
    accounts: &mut BTreeMap<&'static str, Pubkey>,
) {
    let (payer, coin) = (thief.pubkey(), key("the thief's coin"));
    let cash_mint = coin.pubkey();
    let rent = vm.svm.minimum_balance_for_rent_exemption(82);
    let create = [
        system_instruction::create_account(&payer, &cash_mint, rent, 82, &TOKEN_2022),
        spl_token_2022_interface::instruction::initialize_mint2(
            &TOKEN_2022,
            &cash_mint,
            &payer,
            None,
            6,
        )
        .expect(OURS),
    ];
    vm.send(&create, &[thief, &coin]).expect(OURS);
    let desk = pda::cash_desk(&issuer::ID, &issuer, &cash_mint).0;
    let vault = get_associated_token_address_with_program_id(&desk, &cash_mint, &TOKEN_2022);
    let open = issuer::accounts::OpenCashDesk {
        payer,
        admin: payer,
        issuer,
        cash_mint,
        desk,
        vault,
        cash_token_program: TOKEN_2022,
        associated_token_program: spl_associated_token_account_interface::program::ID,
        system_program: Pubkey::default(),
        event_authority: crate::build::event_authority(),
        program: issuer::ID,
    };
    let outflow = Limit { capacity: u64::MAX, window_secs: 1 };
    let data = issuer::instruction::OpenCashDesk { outflow };
    vm.send(&[instruction(&open, &data)], &[thief]).expect(OURS);
    accounts.extend([("cash_mint", cash_mint), ("desk", desk), ("vault", vault)]);
}

/// The accounts of the first layout that are committed as a fixture: a custodian before its set.
pub fn old_accounts(vm: &mut Vm) -> Vec<Pubkey> {
    let fixture = include_str!("../../../fixtures/layout_v1.json");
    let fixture: Value = serde_json::from_str(fixture).expect("JSON");
    let names = ["issuer", "custodian", "attestor_set", "ticker", "nonces", "symbol", "redemption"];
    names
        .map(|name| {
            let of = &fixture[name];
            let text = |field: &str| of[field].as_str().expect("text");
            let address = Pubkey::from_str(text("address")).expect("an address");
            let account = Account {
                lamports: of["lamports"].as_u64().expect("lamports"),
                data: BASE64_STANDARD.decode(text("data")).expect("base64"),
                owner: issuer::ID,
                executable: false,
                rent_epoch: u64::MAX,
            };
            vm.svm.set_account(address, account).expect("the account can be set");
            address
        })
        .to_vec()
}

/// A symbol that nobody has.
pub fn symbol(number: usize) -> [u8; 16] {
    padded(&format!("FUZZ{number}"))
}
