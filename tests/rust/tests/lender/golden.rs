//! What the TypeScript client says once more of the collateral program's rules, and the price accounts that a local
//! validator is given, held against a file that its tests read as well. The interface's own tests make the rest of it.

use scrip_tests::{
    collateral::{AAPL, MIC, NYSE_HOURS, Price, nyse_years, pyth, rules},
    golden::check,
};
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

/// An address that is told from the others by its bytes.
const fn a(number: u8) -> Pubkey {
    Pubkey::new_from_array([number; 32])
}

/// The rules, hours and days that the tests of solvency rest on.
fn curated() -> Value {
    let config = rules(a(1), pyth(AAPL, collateral::state::unit::PER_SHARE));
    json!({
        "config": hex::encode(bytemuck::bytes_of(&config)),
        "hash": hex::encode(config.hash(&a(2), &a(3))),
        "mic": std::str::from_utf8(&MIC).unwrap(),
        "hours": hex::encode(bytemuck::bytes_of(&NYSE_HOURS)),
        "years": nyse_years().iter().map(|year| hex::encode(bytemuck::bytes_of(year)))
            .collect::<Vec<_>>(),
    })
}

fn price() -> Value {
    let price =
        Price { confidence: 1, ema_price: -2, ..Price::dollars(AAPL, 335.6305, 1_789_666_422) };
    json!({ "owner": price.owner.to_string(), "data": hex::encode(price.data()) })
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn the_golden_file_says_what_the_program_does() {
    check("lending_golden.json", "curated", curated());
    check("lending_golden.json", "price", price());
}
