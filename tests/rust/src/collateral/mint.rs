//! Mints: dumps of real ones, and copies of them with other multipliers.

use super::account;
use base64::{Engine, prelude::BASE64_STANDARD};
use scrip_interface::mint::{Mint, TOKEN_2022, extension};
use solana_account::Account;
use solana_pubkey::Pubkey;
use std::{fs, path::PathBuf, str::FromStr};

pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures")).join(name)
}

/// The address of a dumped account and what it held.
fn dumped(dump: &serde_json::Value) -> (Pubkey, Account) {
    let text = |field: &str| dump[field].as_str().unwrap_or_else(|| panic!("no {field}"));
    let key = |field: &str| Pubkey::from_str(text(field)).expect("an address");
    let data = BASE64_STANDARD.decode(text("data_base64")).expect("base64");
    (key("address"), account(key("owner"), data))
}

fn json(name: &str) -> serde_json::Value {
    let text = fs::read_to_string(fixture(name)).expect("the fixture is there");
    serde_json::from_str(&text).expect("a fixture is JSON")
}

/// Real price accounts of a kind, `PriceUpdateV2` or `legacy`: name and account.
pub fn real_prices(kind: &str) -> Vec<(String, Account)> {
    let dumps = json("pyth_price_accounts.json");
    let dumps = dumps.as_array().expect("a list").iter().filter(|dump| dump["kind"] == kind);
    dumps
        .map(|dump| {
            let mut dump = dump.clone();
            // Some were published without their address: it does not matter to their bytes.
            if dump["address"].is_null() {
                dump["address"] = Pubkey::default().to_string().into();
            }
            (dump["name"].as_str().expect("a name").to_owned(), dumped(&dump).1)
        })
        .collect()
}

/// The first real `PriceUpdateV2` of a name.
pub fn real_price(name: &str) -> Account {
    let found = real_prices("PriceUpdateV2").into_iter().find(|(found, _)| found == name);
    found.expect("a sample of that name").1
}

/// A real mint, as it was on mainnet on 2026-09-21.
pub fn real_mint(symbol: &str) -> (Pubkey, Account) {
    let (address, account) = dumped(&json(&format!("mint_{symbol}.json")));
    assert_eq!(account.owner, TOKEN_2022);
    (address, account)
}

/// Writes a mint's multipliers as Token-2022 stores them.
pub fn set_multipliers(mint: &mut Account, current: f64, effective_at: i64, new: f64) {
    let at = {
        let parsed = Mint::parse(&mint.data).expect("a mint");
        let value = parsed.extension(extension::SCALED_UI_AMOUNT).expect("a scaled mint");
        value.as_ptr().addr() - mint.data.as_ptr().addr()
    };
    mint.data[at + 32..at + 40].copy_from_slice(&current.to_le_bytes());
    mint.data[at + 40..at + 48].copy_from_slice(&effective_at.to_le_bytes());
    mint.data[at + 48..at + 56].copy_from_slice(&new.to_le_bytes());
}
