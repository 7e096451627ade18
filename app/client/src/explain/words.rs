//! Values as people read them. A field's name says its unit: `_e8`, `_at`, `_secs`, `_bps`; the few that
//! have no such ending are listed.

use crate::amounts::format_e8;
use scrip_interface::issuer::Mode;
use serde_json::Value;
use std::time::{Duration, UNIX_EPOCH};

/// A field of an instruction's arguments or of an event, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// With those it is inside of, `terms.mint_limit.capacity`.
    pub name: String,
    pub text: String,
}

const TIMES: [&str; 9] = [
    "as_of",
    "deadline",
    "ex_date",
    "halted_until",
    "publish_time",
    "replaced_until",
    "time",
    "until",
    "valid_from",
];
/// Raw amounts of shares, of 8 decimals.
const RAW: [&str; 9] = [
    "amount",
    "amount_left",
    "capacity",
    "min_redemption",
    "minted",
    "moved",
    "redeemed",
    "supply",
    "seized",
];
const MULTIPLIERS: [&str; 4] =
    ["multiplier", "multiplier_bits", "new_multiplier", "old_multiplier"];
/// Where amounts are cash, of decimals that only the mint tells.
const CASH: [&str; 8] = [
    "CashDeskFunded",
    "CashDeskOpened",
    "CashWithdrawn",
    "DeskLimitChanged",
    "fund_cash_desk",
    "open_cash_desk",
    "set_desk_limit",
    "withdraw_cash",
];
const ROLES: [&str; 6] = ["LIST", "PAUSE", "UNPAUSE", "COMPLIANCE", "CORPORATE_ACTION", "CASH"];
const PAUSES: [&str; 4] = ["MINT", "REDEEM_REQUEST", "CASH", "TRANSFER"];
const KINDS: [&str; 9] = [
    "Mint",
    "Reserve",
    "Statement",
    "Acknowledge",
    "Settle",
    "Reject",
    "Quote",
    "Action",
    "Attestors",
];
/// The address of 32 zero bytes.
const NO_ADDRESS: &str = "11111111111111111111111111111111";

/// The fields of an instruction's arguments or of an event; `of` is its name.
pub fn fields(of: &str, value: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    collect(of, "", "", value, &mut found);
    found
}

fn collect(of: &str, path: &str, name: &str, value: &Value, found: &mut Vec<Field>) {
    let child = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                // What wraps the arguments says nothing.
                let inner = if key == "args" { path.to_owned() } else { child(key) };
                collect(of, &inner, key, value, found);
            }
        }
        Value::Null if path.is_empty() => {}
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                collect(of, &child(&index.to_string()), name, item, found);
            }
        }
        value => found.push(Field { name: path.to_owned(), text: text(of, name, value) }),
    }
}

fn text(of: &str, name: &str, value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::String(text) if text == NO_ADDRESS => "none".into(),
        Value::String(text) => wide(of, name, text).unwrap_or_else(|| text.clone()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text_of_item).collect();
            items.join(", ")
        }
        Value::Number(number) => match number.as_i128() {
            Some(number) => quantity(of, name, number),
            None => number.to_string(),
        },
        Value::Object(_) => value.to_string(),
    }
}

/// A number of 128 bits, which is text in JSON.
fn wide(of: &str, name: &str, text: &str) -> Option<String> {
    name.ends_with("_e8").then(|| Some(quantity(of, name, text.parse().ok()?)))?
}

fn text_of_item(item: &Value) -> String {
    item.as_str().map_or_else(|| item.to_string(), str::to_owned)
}

fn quantity(of: &str, name: &str, number: i128) -> String {
    let unsigned = number.unsigned_abs();
    if name.ends_with("_e8") && number >= 0 {
        return format_e8(unsigned);
    }
    if name.ends_with("_at") || TIMES.contains(&name) || name.ends_with("_as_of") {
        return time(number);
    }
    if name.ends_with("_secs") || name == "secs" {
        let secs = u64::try_from(number).unwrap_or(u64::MAX);
        return humantime::format_duration(Duration::from_secs(secs)).to_string();
    }
    if name.ends_with("_bps") {
        return format!("{}.{:02}%", unsigned / 100, unsigned % 100);
    }
    if MULTIPLIERS.contains(&name) {
        return u64::try_from(number)
            .map_or_else(|_| number.to_string(), |bits| f64::from_bits(bits).to_string());
    }
    if RAW.contains(&name) && !CASH.contains(&of) {
        return format!("{} ({number} raw)", format_e8(unsigned));
    }
    match name {
        "roles" => bits(unsigned, &ROLES),
        "pause" | "unpause" | "pauses" => bits(unsigned, &PAUSES),
        "kinds" => bits(unsigned, &KINDS),
        "mode" | "previous_mode" => mode(unsigned),
        _ => number.to_string(),
    }
}

/// UTC, to the second; 0 stands for none everywhere.
fn time(secs: i128) -> String {
    match u64::try_from(secs) {
        Ok(0) => "none".into(),
        // What humantime can write: until the year 9999.
        Ok(secs) if secs <= 253_402_300_799 => {
            humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(secs)).to_string()
        }
        Ok(secs) if i64::try_from(secs) == Ok(i64::MAX) => "never".into(),
        _ => secs.to_string(),
    }
}

fn bits(mask: u128, names: &[&str]) -> String {
    let known = names.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
    let mut set: Vec<String> = known.map(|(_, name)| (*name).to_owned()).collect();
    let rest = mask >> names.len();
    if rest != 0 {
        set.push(format!("unknown bits {:#x}", rest << names.len()));
    }
    if set.is_empty() { "none".into() } else { set.join(", ") }
}

fn mode(number: u128) -> String {
    let mode = u8::try_from(number).ok().and_then(Mode::from_byte);
    mode.map_or_else(|| format!("unknown ({number})"), |mode| mode.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(of: &str, value: Value) -> Vec<(String, String)> {
        fields(of, &value).into_iter().map(|field| (field.name, field.text)).collect()
    }

    #[track_caller]
    fn says(of: &str, value: Value, name: &str, text: &str) {
        assert_eq!(words(of, value), [(name.to_owned(), text.to_owned())]);
    }

    #[test]
    fn a_field_is_told_in_the_unit_of_its_name() {
        says("x", json!({ "settled_shares_e8": 125_000_000 }), "settled_shares_e8", "1.25");
        says(
            "x",
            json!({ "settled_after_e8": "20000000000000000000000" }),
            "settled_after_e8",
            "200000000000000",
        );
        says("x", json!({ "ready_at": 1_795_186_800 }), "ready_at", "2026-11-20T15:00:00Z");
        says("x", json!({ "as_of": 0 }), "as_of", "none");
        says("x", json!({ "deadline": i64::MAX }), "deadline", "never");
        says("x", json!({ "timelock_secs": 172_800 }), "timelock_secs", "2days");
        says("x", json!({ "max_receivable_bps": 505 }), "max_receivable_bps", "5.05%");
        says("x", json!({ "new_multiplier": 1.5f64.to_bits() }), "new_multiplier", "1.5");
        says("x", json!({ "roles": 9 }), "roles", "LIST, COMPLIANCE");
        says("x", json!({ "pauses": 0 }), "pauses", "none");
        says("x", json!({ "pauses": 17 }), "pauses", "MINT, unknown bits 0x10");
        says("x", json!({ "mode": 2 }), "mode", "hooked");
        says("x", json!({ "announcer": NO_ADDRESS }), "announcer", "none");
    }

    #[test]
    fn an_amount_is_of_shares_unless_the_instruction_moves_cash() {
        says("request_redemption", json!({ "amount": 5 }), "amount", "0.00000005 (5 raw)");
        says("fund_cash_desk", json!({ "amount": 5 }), "amount", "5");
    }

    #[test]
    fn what_is_inside_of_something_is_named_with_it() {
        let terms = json!({ "args": { "terms": { "mint_limit": { "window_secs": 60 } } } });
        says("list_ticker", terms, "terms.mint_limit.window_secs", "1m");
        assert_eq!(words("x", Value::Null), []);
    }
}
