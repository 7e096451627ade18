//! From the first layout to this one.

use super::Call;
use crate::{vm::Vm, world::World};
use base64::{Engine, prelude::BASE64_STANDARD};
use solana_account::Account;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::fs;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/layout_v1.json");

pub type Migrate = Call<issuer::accounts::Migrate, issuer::instruction::Migrate>;

/// By the VM's payer: anybody may.
pub fn migrate(vm: &Vm, account: &Pubkey, custodian: Option<Pubkey>) -> Migrate {
    let accounts = issuer::accounts::Migrate {
        payer: vm.payer.pubkey(),
        account: *account,
        custodian,
        system_program: Pubkey::default(),
    };
    Call::new(accounts, issuer::instruction::Migrate {})
}

/// The world as the first layout's program left it. Its addresses are those of a new one.
pub fn first_layout() -> World {
    let (mut world, whole) = (World::new(), "the fixture is whole");
    let fixture = fs::read_to_string(FIXTURE).expect("the fixture is there");
    let fixture: serde_json::Value = serde_json::from_str(&fixture).expect(whole);
    for account in fixture.as_object().expect(whole).values() {
        let text = |field: &str| account[field].as_str().expect(whole);
        let address: Pubkey = text("address").parse().expect(whole);
        let account = Account {
            lamports: account["lamports"].as_u64().expect(whole),
            data: BASE64_STANDARD.decode(text("data")).expect(whole),
            owner: text("owner").parse().expect(whole),
            ..Account::default()
        };
        world.vm.svm.set_account(address, account).expect("the account can be set");
    }
    // The first mint used it.
    assert_eq!(world.next_nonce(), 1);
    world
}
