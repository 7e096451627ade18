//! The instructions of the lender and of the collateral program: data, and each account with what it is for, held against
//! a file that the TypeScript tests read as well.

use crate::{a, golden::check};
use scrip_interface::{
    collateral::{ValueAccounts, observe, status, value},
    ids,
    lender::{
        self as ix, CallValue, CashAccounts, CollateralAccounts, CollateralTerms, MarketTerms,
    },
    math::RawAmount,
};
use serde_json::{Value, json};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

const ID: Pubkey = ids::LENDER;

pub const fn market_terms() -> MarketTerms {
    MarketTerms {
        base_rate_bps: 200,
        slope_bps: 1_000,
        close_factor_bps: 5_000,
        min_debt: 100_000_000,
    }
}

pub const fn terms(config_hash: [u8; 32]) -> CollateralTerms {
    CollateralTerms {
        config_hash,
        ltv_bps: 7_300,
        liquidation_bps: 7_500,
        bonus_bps: 500,
        max_raw: 100_000_000_000_000,
    }
}

fn told(name: &str, instruction: &Instruction) -> Value {
    let metas = instruction.accounts.iter().map(|meta| {
        let write = if meta.is_writable { "w" } else { "" };
        let sign = if meta.is_signer { "s" } else { "" };
        json!([meta.pubkey.to_string(), format!("{write}{sign}")])
    });
    json!({
        "name": name,
        "program": instruction.program_id.to_string(),
        "data": hex::encode(&instruction.data),
        "accounts": metas.collect::<Vec<_>>(),
    })
}

fn call(number: u8, token_price: Option<Pubkey>) -> CallValue {
    let accounts = ValueAccounts {
        feed: a(number),
        calendar: a(number + 1),
        mint: a(number + 2),
        price: a(number + 3),
        token_price,
    };
    CallValue { collateral: a(number + 4), accounts }
}

fn instructions() -> Vec<Value> {
    let cash = CashAccounts::new(a(1), a(2), a(3));
    let of = CollateralAccounts::new(&ID, &a(1), a(4));
    let holdings = [call(10, None), call(20, Some(a(29)))];
    let (owner, there) = (a(5), a(6));
    let all = [
        ("createMarket", ix::create_market(&ID, owner, &cash, 7, market_terms())),
        ("addCollateral", ix::add_collateral(&ID, owner, a(1), &of, a(8), a(9), terms([7; 32]))),
        ("setCollateral", ix::set_collateral(&ID, owner, a(1), of.collateral, terms([8; 32]))),
        ("supply", ix::supply(&ID, owner, &cash, there, 1_000_001)),
        ("redeem", ix::redeem(&ID, owner, &cash, there, 1_000_002)),
        ("deposit", ix::deposit(&ID, owner, a(1), &of, there, 1_000_003)),
        ("withdraw", ix::withdraw(&ID, owner, a(1), &of, there, 1_000_004, &holdings)),
        ("borrow", ix::borrow(&ID, owner, &cash, there, 1_000_005, &holdings)),
        ("repay", ix::repay(&ID, owner, &cash, a(7), there, u64::MAX)),
        ("liquidate", ix::liquidate(&ID, owner, &cash, a(7), there, &of, a(8), (9, 10), &holdings)),
    ];
    let mut told: Vec<_> = all.iter().map(|(name, ix)| told(name, ix)).collect();
    let program = &ids::COLLATERAL;
    let [first, second] = holdings.map(|held| held.accounts);
    let amounts = [(first, RawAmount(1)), (second, RawAmount(u64::MAX))];
    told.push(self::told("value", &value(program, &amounts)));
    let of_first = status(program, first.feed, first.calendar, first.mint);
    told.push(self::told("status", &of_first));
    told.push(self::told("observe", &observe(program, &second)));
    told
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn instructions_are_the_golden_ones() {
    check("lending_golden.json", "instructions", instructions().into());
}

#[test]
fn a_withdrawal_without_debt_asks_nobody() {
    let of = CollateralAccounts::new(&ID, &a(1), a(4));
    let alone = ix::withdraw(&ID, a(5), a(1), &of, a(6), 7, &[]);
    let asking = ix::withdraw(&ID, a(5), a(1), &of, a(6), 7, &[call(10, None)]);
    assert_eq!(alone.accounts, asking.accounts[..8]);
    assert_eq!(asking.accounts[8].pubkey, ids::COLLATERAL);
}
