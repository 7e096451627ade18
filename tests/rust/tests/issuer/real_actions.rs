//! Real corporate actions, from announcement to closing: multipliers to the last bit, and UI
//! amounts as Token-2022 itself tells them.

use issuer::{
    error::IssuerError,
    state::{ActionTermsArgs, CorporateAction},
};
use scrip_interface::{action::ActionKind, mint::TOKEN_2022};
use scrip_tests::{
    build::*,
    vm::assert_fails,
    world::{SHARE, World},
};
use serde_json::Value;
use spl_token_2022_interface::instruction::amount_to_ui_amount;
use std::{fs, path::Path};

const DAY: i64 = 86_400;
/// Which amounts a fixture's action tells: those of its second, or of all before.
const BEFORE: &str = "before";
const AFTER: &str = "after";

fn fixture() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/corporate_actions.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn bits(value: &Value) -> u64 {
    u64::from_str_radix(value.as_str().unwrap().trim_start_matches("0x"), 16).unwrap()
}

fn whole(value: &Value) -> u64 {
    value.as_str().unwrap().parse().unwrap()
}

fn terms(action: &Value) -> ActionTermsArgs {
    let kind = match action["kind"].as_str().unwrap() {
        "split" => ActionKind::Split,
        "reverse_split" => ActionKind::ReverseSplit,
        "stock_dividend" => ActionKind::StockDividend,
        "reinvested_dividend" => ActionKind::ReinvestedDividend,
        "spin_off" => ActionKind::SpinOff,
        "correction" => ActionKind::Correction,
        other => panic!("{other}"),
    };
    let figure = |name: &str| action[name].as_u64().unwrap_or(0);
    ActionTermsArgs {
        gross_e8: figure("gross_e8"),
        withholding_e8: figure("withholding_e8"),
        net_e8: figure("net_e8"),
        reinvestment_price_e8: figure("reinvestment_price_e8"),
        ..ratio_terms(kind, whole(&action["numerator"]), whole(&action["denominator"]))
    }
}

/// What Token-2022 shows for a raw amount now.
fn token_2022_shows(world: &mut World, raw: u64) -> String {
    let ask = amount_to_ui_amount(&TOKEN_2022, &world.mint(), raw).unwrap();
    let receipt = world.vm.send(&[ask], &[]).unwrap();
    String::from_utf8(receipt.meta.return_data.data).unwrap()
}

/// Units of 10^-8 as a decimal text.
fn decimal(units: u128) -> String {
    let text = format!("{}.{:08}", units / u128::from(SHARE), units % u128::from(SHARE));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn texts(values: &Value) -> impl Iterator<Item = &str> {
    values.as_array().unwrap().iter().map(|it| it.as_str().unwrap())
}

/// Ours are exact and rounded down; Token-2022 multiplies doubles. What both must say was computed
/// elsewhere.
fn amounts_are(world: &mut World, action: &Value, when: &str) {
    let now = world.vm.now();
    let (shares, shown) = (texts(&action["shares"][when]), texts(&action["shown"][when]));
    let mut asked = 0;
    for ((raw, shares), shown) in texts(&fixture()["raw"]).zip(shares).zip(shown) {
        let raw = raw.parse().unwrap();
        assert_eq!(decimal(world.shares_at(raw, now).shares_e8), shares, "{raw} {when}: {action}");
        assert_eq!(token_2022_shows(world, raw), shown, "{raw} {when}: {action}");
        asked += 1;
    }
    assert_eq!(asked, 5);
}

/// From announcement to closing, or cancelled in its last second where it was.
fn run(world: &mut World, action: &Value) {
    let at = world.vm.now() + DAY;
    let announced = announce_action(world, terms(action)).send(world);
    announced.unwrap_or_else(|error| panic!("{action}: {error:?}"));
    schedule_action(world, at).send(world).unwrap();
    let state: CorporateAction = world.vm.state(&action_address(world));
    assert_eq!(state.old_multiplier, old_bits(action), "{action}");
    assert_eq!(state.new_multiplier, bits(&action["new_bits"]), "{action}");
    world.vm.set_time(at - 1);
    amounts_are(world, action, BEFORE);
    if action["cancelled"] == true {
        cancel_action(world).send(world).unwrap();
        world.vm.set_time(at);
        amounts_are(world, action, BEFORE);
        return;
    }
    world.vm.set_time(at);
    amounts_are(world, action, AFTER);
    world.complete_action().unwrap();
    amounts_are(world, action, AFTER);
}

/// Of a fresh mint, where an action names none.
fn old_bits(action: &Value) -> u64 {
    if action["old_bits"].is_null() { 1f64.to_bits() } else { bits(&action["old_bits"]) }
}

/// With the multiplier that an action starts from.
fn world_before(action: &Value) -> World {
    let mut world = World::new();
    let first = f64::from_bits(old_bits(action));
    world.set_multipliers(first, 0, first);
    world
}

#[test]
fn real_histories_come_out_to_the_last_bit() {
    let fixture = fixture();
    let histories = fixture["histories"].as_array().unwrap();
    assert_eq!(histories.len(), 11);
    for history in histories {
        let actions = history["actions"].as_array().unwrap();
        let mut world = world_before(&actions[0]);
        for action in actions {
            run(&mut world, action);
        }
    }
}

#[test]
fn a_slip_in_a_real_dividends_ratio_is_refused() {
    let fixture = fixture();
    // NVDAx, April 2026: cancelled for a typing error in the factor, and issued again.
    let find = |cancelled: bool| {
        let histories = fixture["histories"].as_array().unwrap();
        let nvda = histories.iter().find(|it| it["token"] == "NVDAx").unwrap();
        let actions = nvda["actions"].as_array().unwrap();
        let wrong = actions.iter().position(|it| it["cancelled"] == true).unwrap();
        terms(&actions[wrong + usize::from(!cancelled)])
    };
    let (wrong, right) = (find(true), find(false));
    let mut world = World::new();
    let slip = ActionTermsArgs { reinvestment_price_e8: right.reinvestment_price_e8, ..wrong };
    let outcome = announce_action(&mut world, slip).send(&mut world);
    assert_fails(outcome, IssuerError::ActionTermsInvalid);
    announce_action(&mut world, right).send(&mut world).unwrap();
}

#[test]
fn real_splits_keep_every_holders_part() {
    let fixture = fixture();
    let splits = fixture["splits"].as_array().unwrap();
    assert_eq!(splits.len(), 23);
    for action in splits {
        let mut world = world_before(action);
        run(&mut world, action);
        let (numerator, denominator) = (whole(&action["numerator"]), whole(&action["denominator"]));
        for raw in texts(&fixture["raw"]).map(|raw| raw.parse::<u64>().unwrap()) {
            let exact = u128::from(raw) * u128::from(numerator) / u128::from(denominator);
            let shares = world.shares_at(raw, world.vm.now()).shares_e8;
            assert!(shares.abs_diff(exact) <= 1, "{action}: {raw} become {shares}");
        }
    }
}

#[test]
fn a_real_slip_that_took_effect_would_be_corrected_to_the_last_bit() {
    let fixture = fixture();
    let corrections = fixture["corrections"].as_array().unwrap();
    let rises = |it: &&Value| bits(&it["new_bits"]) > old_bits(it);
    assert_eq!((corrections.len(), corrections.iter().filter(rises).count()), (2, 1));
    for action in corrections {
        run(&mut world_before(action), action);
    }
}

#[test]
fn a_correction_brings_an_effective_action_right_in_either_direction() {
    let mut world = World::new();
    for (numerator, denominator, correct) in [(1_010, 1_000, 1.001), (1_000, 1_010, 1.0005)] {
        let wrong = ratio_terms(ActionKind::Correction, numerator, denominator);
        let at = world.vm.now() + DAY;
        world.schedule(wrong, at);
        world.complete_action().unwrap();
        let now = f64::from_bits(world.shares_at(1, at).multiplier);
        // From what counts to what is right, by the doubles themselves.
        let (to, from): (f64, f64) = (correct, now);
        let scale = |value: f64| (value * (1u64 << 53) as f64) as u64;
        let at = world.vm.now() + DAY;
        world.schedule(ratio_terms(ActionKind::Correction, scale(to), scale(from)), at);
        world.complete_action().unwrap();
        assert_eq!(world.shares_at(1, at).multiplier, correct.to_bits());
    }
}
