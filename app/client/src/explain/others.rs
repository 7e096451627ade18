//! What of other programs stands in Scrip's transactions.

use super::{Explained, Field};
use crate::{amounts::format_e8, programs::SYSTEM, transaction::Call};
use scrip_interface::{
    attestation::DOMAIN, ed25519, mint::TOKEN_2022, token_account::ASSOCIATED_TOKEN,
};
use solana_address::Address;

const TOKEN: Address = Address::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const COMPUTE_BUDGET: Address =
    Address::from_str_const("ComputeBudget111111111111111111111111111111");
const LOOKUP_TABLE: Address =
    Address::from_str_const("AddressLookupTab1e1111111111111111111111111");

/// Of the token programs' instructions: the tag, the name, the roles of the accounts. Source: `TokenInstruction`.
const TOKEN_INSTRUCTIONS: [(u8, &str, &[&str]); 16] = [
    (3, "transfer", &["source", "destination", "authority"]),
    (4, "approve", &["source", "delegate", "owner"]),
    (5, "revoke", &["source", "owner"]),
    (6, "set_authority", &["account", "authority"]),
    (7, "mint_to", &["mint", "destination", "authority"]),
    (8, "burn", &["source", "mint", "authority"]),
    (9, "close_account", &["account", "destination", "owner"]),
    (10, "freeze_account", &["account", "mint", "authority"]),
    (11, "thaw_account", &["account", "mint", "authority"]),
    (12, "transfer_checked", &["source", "mint", "destination", "authority"]),
    (14, "mint_to_checked", &["mint", "destination", "authority"]),
    (15, "burn_checked", &["source", "mint", "authority"]),
    (18, "initialize_account", &["account", "mint"]),
    (20, "initialize_mint", &["mint"]),
    (22, "initialize_immutable_owner", &["account"]),
    (28, "initialize_default_account_state", &["mint"]),
];
/// Those of them that carry an amount behind the tag.
const WITH_AMOUNT: [u8; 8] = [3, 4, 7, 8, 12, 13, 14, 15];
/// The scaled-UI extension's tag; its second byte 1 sets the multiplier.
const SCALED_UI: u8 = 43;

pub fn explain(call: &Call) -> Explained {
    let (program, name, roles, arguments) = read(call);
    let mut roles = roles.iter();
    Explained {
        program,
        name: name.into(),
        summary: String::new(),
        accounts: call.accounts.iter().map(|address| (roles.next().copied(), *address)).collect(),
        arguments,
        depth: call.depth,
        events: vec![],
    }
}

type Read = (String, &'static str, &'static [&'static str], Vec<Field>);

fn read(call: &Call) -> Read {
    let plain = |program: &str, name| (program.to_owned(), name, [].as_slice(), vec![]);
    let first = call.data.first().copied();
    match call.program {
        TOKEN_2022 => token("Token-2022", call),
        TOKEN => token("Token", call),
        ASSOCIATED_TOKEN => {
            let roles = &["payer", "account", "owner", "mint", "system_program", "token_program"];
            let name = if first == Some(1) { "create_idempotent" } else { "create" };
            ("Associated Token".into(), name, roles.as_slice(), vec![])
        }
        ed25519::PROGRAM_ID => ("Ed25519".into(), "verify", [].as_slice(), signatures(&call.data)),
        COMPUTE_BUDGET => budget(call),
        SYSTEM => plain("System", system_name(first)),
        LOOKUP_TABLE => plain("Address Lookup Table", "table"),
        other => (other.to_string(), "unknown", [].as_slice(), vec![]),
    }
}

fn token(program: &str, call: &Call) -> Read {
    let tag = call.data.first().copied().unwrap_or(u8::MAX);
    if tag == SCALED_UI && call.data.get(1) == Some(&1) {
        return (program.into(), "update_multiplier", ["mint", "authority"].as_slice(), vec![]);
    }
    let found = TOKEN_INSTRUCTIONS.iter().find(|(known, ..)| *known == tag);
    let Some((_, name, roles)) = found else {
        return (program.into(), "other", [].as_slice(), vec![]);
    };
    let amount = call.data.get(1..).and_then(|rest| rest.first_chunk());
    let amount =
        amount.filter(|_| WITH_AMOUNT.contains(&tag)).map(|bytes| u64::from_le_bytes(*bytes));
    // Classic tokens here are cash, of decimals that only the mint tells.
    let text = |amount: u64| match call.program {
        TOKEN_2022 => format!("{} ({amount} raw)", format_e8(amount.into())),
        _ => amount.to_string(),
    };
    let arguments = amount.map(|amount| Field { name: "amount".into(), text: text(amount) });
    (program.into(), name, roles, arguments.into_iter().collect())
}

/// Who signed which attestation.
fn signatures(data: &[u8]) -> Vec<Field> {
    let Some(verified) = ed25519::decode(data) else { return vec![] };
    let keys: Vec<String> =
        verified.keys().map(|key| Address::new_from_array(*key).to_string()).collect();
    let mut fields = vec![Field { name: "attestors".into(), text: keys.join(", ") }];
    let said = verified.message.strip_prefix(&DOMAIN).and_then(<[u8]>::split_first);
    if let Some((kind, digest)) = said {
        let kind = scrip_interface::attestation::Kind::from_number(*kind);
        let kind = kind.map_or_else(|| "unknown".into(), |kind| format!("{kind:?}"));
        fields.push(Field { name: "kind".into(), text: kind });
        let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        fields.push(Field { name: "body_sha256".into(), text: digest });
    }
    fields
}

fn budget(call: &Call) -> Read {
    let Some((tag, rest)) = call.data.split_first() else {
        return ("Compute Budget".into(), "unknown", &[], vec![]);
    };
    let number = match rest {
        bytes if bytes.len() == 4 => bytes.first_chunk().map(|b| u64::from(u32::from_le_bytes(*b))),
        bytes => bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)),
    };
    let (name, what) = match tag {
        1 => ("request_heap_frame", "bytes"),
        2 => ("set_compute_unit_limit", "units"),
        3 => ("set_compute_unit_price", "micro_lamports"),
        4 => ("set_loaded_accounts_data_size_limit", "bytes"),
        _ => ("unknown", "number"),
    };
    let argument = number.map(|number| Field { name: what.into(), text: number.to_string() });
    ("Compute Budget".into(), name, &[], argument.into_iter().collect())
}

/// Of the system program's instructions. Source: `SystemInstruction`.
const fn system_name(tag: Option<u8>) -> &'static str {
    match tag {
        Some(0) => "create_account",
        Some(1) => "assign",
        Some(2) => "transfer",
        Some(8) => "allocate",
        _ => "other",
    }
}
