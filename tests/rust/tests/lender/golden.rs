//! What the TypeScript client says once more, held against a file that its tests read as well: the
//! lender's instructions and accounts, the collateral program's rules, calendar, answers and
//! reasons, and the price accounts that a local validator is given.

use scrip_interface::{
    collateral::{self as valuing, Flags, Kind, Reasons, Valuation, ValueAccounts, encode, reason},
    lender::{
        self as ix, CallValue, CashAccounts, Collateral, CollateralAccounts, Holding,
        LenderAccount, MAX_HOLDINGS, Market, Position, Supplier,
    },
};
use scrip_math::{Bps, PriceE8, RawAmount, Timestamp, ValueE8};
use scrip_tests::collateral::{AAPL, MIC, NYSE_HOURS, Price, nyse_years, pyth, rules};
use scrip_tests::{
    golden::check_file,
    lender::{market_terms, terms},
};
use serde_json::{Value, json};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

const ID: Pubkey = lender::ID;

/// An address that is told from the others by its bytes.
const fn a(number: u8) -> Pubkey {
    Pubkey::new_from_array([number; 32])
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
    let [first, second] = holdings.map(|held| held.accounts);
    let amounts = [(first, RawAmount(1)), (second, RawAmount(u64::MAX))];
    told.push(self::told("value", &valuing::value(&collateral::ID, &amounts)));
    let status = valuing::status(&collateral::ID, first.feed, first.calendar, first.mint);
    told.push(self::told("status", &status));
    told.push(self::told("observe", &valuing::observe(&collateral::ID, &second)));
    told
}

fn bytes<T: LenderAccount>(account: &T) -> String {
    let mut data = vec![0; T::LEN];
    account.write(&mut data).unwrap();
    hex::encode(data)
}

fn market() -> Market {
    Market {
        bump: 1,
        owner: a(2),
        id: 3,
        cash_mint: a(4),
        cash_program: a(5),
        cash_vault: a(6),
        cash_decimals: 7,
        terms: market_terms(),
        accrued_at: 8,
        index: 9,
        debt_units: 10,
        cash: 11,
        shares: 12,
        bad_debt: 13,
        reserved: [0; 64],
    }
}

fn position(debt_units: u64) -> Position {
    let mut holdings = [Holding::default(); MAX_HOLDINGS];
    holdings[0] = Holding { collateral: a(4), raw: 5 };
    holdings[1] = Holding { collateral: a(6), raw: 7 };
    Position { bump: 1, market: a(2), owner: a(3), debt_units, holdings, reserved: [0; 32] }
}

/// Every field of every account is told from the others.
fn accounts() -> Value {
    let collateral = Collateral {
        bump: 1,
        market: a(2),
        mint: a(3),
        feed: a(4),
        vault: a(5),
        decimals: 6,
        terms: terms([7; 32]),
        deposited: 8,
        reserved: [0; 64],
    };
    let supplier = Supplier { bump: 1, market: a(2), owner: a(3), shares: 4, reserved: [0; 32] };
    json!({
        "market": bytes(&market()),
        "collateral": bytes(&collateral),
        "position": bytes(&position(11)),
        "supplier": bytes(&supplier),
    })
}

fn valuation() -> Valuation {
    Valuation {
        mint: a(1),
        config_hash: [2; 32],
        raw: RawAmount(3),
        floor_price: PriceE8(4),
        mid_price: PriceE8(5),
        ceiling_price: PriceE8(6),
        floor_value: ValueE8(u64::MAX - 7),
        mid_value: ValueE8(8),
        ceiling_value: ValueE8(9),
        confidence: PriceE8(10),
        publish_time: Timestamp(-11),
        multiplier_bits: 10.0f64.to_bits(),
        next_multiplier_bits: 1.25f64.to_bits(),
        next_effective_at: Timestamp(12),
        // A reason of a later release, too.
        reasons: Reasons(reason::ACTION_PENDING | 1 << 31),
        age_secs: 13,
        haircut: Bps(333),
        flags: Flags::ALL,
        session: 4,
        config_version: 0x0102_0304,
    }
}

fn answers() -> Value {
    // By what each is liquidated depends on the reason.
    let by = |reasons| Valuation { reasons: Reasons(reasons), ..valuation() };
    let entries = [
        valuation(),
        by(reason::SESSION_CLOSED),
        by(reason::ACTION_WINDOW),
        by(reason::ACTION_UNCONFIRMED),
    ];
    let judged = entries.map(|entry| {
        json!({
            "allowed": entry.allowed().0,
            "collateralValue": entry.collateral_value().0.to_string(),
            "liquidationValue": entry.liquidation_value().0.to_string(),
        })
    });
    json!({
        "value": hex::encode(encode(Kind::Value, &entries)),
        "status": hex::encode(encode(Kind::Status, &entries[..1])),
        "judged": judged,
    })
}

/// What positions owe after a while, at rates that do not divide evenly.
fn debts() -> Vec<Value> {
    let began = 1_795_186_800;
    let of = |secs: i64, cash: u64, debt_units: u64, index: u64| {
        let mut market = market();
        market.accrued_at = began;
        (market.cash, market.debt_units, market.index) = (cash, debt_units, index);
        let position = position(debt_units / 3);
        let before = bytes(&market);
        market.accrue(Timestamp(began + secs)).unwrap();
        let debt = market.debt_of(&position).unwrap();
        json!({
            "market": before,
            "position": bytes(&position),
            "now": (began + secs).to_string(),
            "index": market.index.to_string(),
            "debt": debt.0.to_string(),
            "debtValue": debt.debt_value(market.cash_decimals).unwrap().0.to_string(),
        })
    };
    let one = 1_000_000_000_000_000;
    vec![
        of(0, 0, 0, one),
        of(-5, 1_000, 2_000, one + 1),
        of(1, 7_000_000_001, 3_333_333_333, one),
        of(86_400 * 400, 10_000_000_000, 6_928_065_000, one + 123_456_789_012),
        of(31_536_000, 0, 1_000_000_007, 3 * one + 7),
    ]
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

fn reasons() -> Vec<Value> {
    let source = include_str!("../../../../programs/interface/src/collateral/reason.rs");
    let of = |line: &str| {
        let (name, _) = line.strip_prefix("pub const ")?.split_once(": u32 = ")?;
        (name != "KNOWN").then(|| name.to_owned())
    };
    let names: Vec<_> = source.lines().filter_map(of).collect();
    assert_eq!(names.len(), reason::KNOWN.count_ones() as usize);
    let leaves = |bit: usize| Reasons(1 << bit).leave(Flags::ALL).0;
    names.iter().enumerate().map(|(bit, name)| json!([name, leaves(bit)])).collect()
}

fn price() -> Value {
    let price =
        Price { confidence: 1, ema_price: -2, ..Price::dollars(AAPL, 335.6305, 1_789_666_422) };
    json!({ "owner": price.owner.to_string(), "data": hex::encode(price.data()) })
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn the_golden_file_says_what_the_programs_do() {
    let golden = json!({
        "instructions": instructions(),
        "accounts": accounts(),
        "debts": debts(),
        "answers": answers(),
        "curated": curated(),
        "reasons": reasons(),
        "price": price(),
    });
    check_file("lending_golden.json", golden);
}
