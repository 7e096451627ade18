//! Events as the Rust client reads them, against a decoder that knows nothing but the IDL.

use crate::files::{fixture, from_hex};
use scrip_client::catalog::{PROGRAMS, Program};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, fs, path::Path, sync::LazyLock};

/// What each IDL says of its types, by name.
static TYPES: LazyLock<HashMap<&str, HashMap<String, Value>>> = LazyLock::new(|| {
    let of = |program: &str| {
        let path = format!("../../app/idl/{program}.json");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        let idl: Value =
            serde_json::from_str(&text.expect("the IDL is there")).expect("it is JSON");
        let types = idl["types"].as_array().expect("a list").iter();
        types
            .map(|one| (one["name"].as_str().expect("a name").to_owned(), one["type"].clone()))
            .collect()
    };
    ["issuer", "gate", "collateral"].into_iter().map(|program| (program, of(program))).collect()
});

/// Which program, then discriminator and body.
pub fn seeds() -> Vec<Vec<u8>> {
    let golden = fixture("events_golden.json");
    let streams = golden.as_object().expect("by program").values();
    let streams = streams.flat_map(|streams| streams.as_array().expect("a list"));
    // One of each kind is enough.
    let mut seeds = HashMap::new();
    for stream in streams {
        let name = stream["program"].as_str().expect("a name");
        let place = PROGRAMS.iter().position(|program| program.name == name).expect("known");
        for event in stream["events"].as_array().expect("a list") {
            let bytes = [vec![place as u8], from_hex(&event["bytes"])].concat();
            seeds.entry(event["name"].to_string()).or_insert(bytes);
        }
    }
    let mut seeds: Vec<_> = seeds.into_values().collect();
    seeds.sort();
    seeds
}

pub fn check(input: &[u8]) -> bool {
    let Some((place, data)) = input.split_first() else { return false };
    let Some(program) = PROGRAMS.get(usize::from(*place)) else { return false };
    let Some(event) = program.events.iter().find(|event| data.starts_with(event.discriminator))
    else {
        return false;
    };
    let body = &data[event.discriminator.len()..];
    let ours = (event.value)(body);
    let theirs = Decoder { types: types(program), rest: body }.defined(event.name);
    assert_eq!(ours.is_some(), theirs.is_some(), "{}", event.name);
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        assert_same(event.name, ours, theirs);
    }
    ours.is_some()
}

fn types(program: &Program) -> &'static HashMap<String, Value> {
    TYPES.get(program.name).expect("a program with events has an IDL")
}

/// Reads Borsh by a description of the types.
struct Decoder<'a> {
    types: &'static HashMap<String, Value>,
    rest: &'a [u8],
}

impl Decoder<'_> {
    fn bytes(&mut self, len: usize) -> Option<Vec<u8>> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken.to_vec())
    }

    fn unsigned(&mut self, len: usize) -> Option<u128> {
        let bytes = self.bytes(len)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)))
    }

    fn signed(&mut self, len: usize) -> Option<i128> {
        let above = 128 - 8 * u32::try_from(len).expect("a few");
        Some(((self.unsigned(len)? << above) as i128) >> above)
    }

    fn read(&mut self, kind: &Value) -> Option<Value> {
        if let Some(name) = kind.as_str() {
            return self.primitive(name);
        }
        if let Some(name) = kind["defined"]["name"].as_str() {
            return self.defined(name);
        }
        if let Some([element, length]) = kind["array"].as_array().map(Vec::as_slice) {
            let length = usize::try_from(length.as_u64().expect("a length")).expect("short");
            if element == "u8" {
                return self.bytes(length).map(|bytes| json!({ "bytes": bytes }));
            }
            return (0..length).map(|_| self.read(element)).collect();
        }
        if kind["vec"].is_string() {
            let length = self.unsigned(4)?;
            return (0..length).map(|_| self.read(&kind["vec"])).collect();
        }
        panic!("events have no {kind}")
    }

    fn primitive(&mut self, name: &str) -> Option<Value> {
        Some(match name {
            "bool" => match self.unsigned(1)? {
                0 => false.into(),
                1 => true.into(),
                _ => return None,
            },
            "pubkey" => {
                let key: [u8; 32] = self.bytes(32)?.try_into().expect("32 bytes");
                solana_pubkey::Pubkey::from(key).to_string().into()
            }
            "string" => {
                let length = usize::try_from(self.unsigned(4)?).expect("32 bits");
                String::from_utf8(self.bytes(length)?).ok()?.into()
            }
            "u8" | "u16" | "u32" | "u64" | "u128" => {
                self.unsigned(bits(name) / 8)?.to_string().into()
            }
            "i8" | "i16" | "i32" | "i64" | "i128" => {
                self.signed(bits(name) / 8)?.to_string().into()
            }
            other => panic!("events have no {other}"),
        })
    }

    fn defined(&mut self, name: &str) -> Option<Value> {
        let kind = self.types.get(name).expect("a type of the IDL");
        if kind["kind"] == "struct" {
            return self.fields(&kind["fields"]);
        }
        let number = usize::try_from(self.unsigned(1)?).expect("a byte");
        let variant = kind["variants"].as_array().expect("an enumeration").get(number)?;
        let name = variant["name"].as_str().expect("a name");
        match &variant["fields"] {
            Value::Null => Some(name.into()),
            fields => Some(json!({ name: self.fields(fields)? })),
        }
    }

    fn fields(&mut self, fields: &Value) -> Option<Value> {
        let mut read = Map::new();
        for field in fields.as_array().expect("a list") {
            let name = field["name"].as_str().expect("a name").to_owned();
            read.insert(name, self.read(&field["type"])?);
        }
        Some(read.into())
    }
}

fn bits(name: &str) -> usize {
    name[1..].parse().expect("a number")
}

/// The client shows bytes as hex or, where they are letters, as text without the zeros that pad it; numbers as numbers or,
/// where they are long, as text.
fn assert_same(what: &str, ours: &Value, theirs: &Value) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) if !theirs.contains_key("bytes") => {
            // What only pads a layout, the client leaves out.
            for (name, told) in theirs.iter().filter(|(name, _)| !name.contains("padding")) {
                let ours = ours.get(name).unwrap_or_else(|| panic!("{what}: no {name}"));
                assert_same(name, ours, told);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{what}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| assert_same(what, ours, theirs));
        }
        (Value::String(ours), Value::Object(theirs)) => {
            let bytes = theirs["bytes"].as_array().expect("bytes").iter();
            let bytes: Vec<u8> = bytes.map(|byte| byte.as_u64().expect("a byte") as u8).collect();
            let text = String::from_utf8_lossy(&bytes);
            let same = *ours == hex::encode(&bytes) || ours == text.trim_end_matches('\0');
            assert!(same, "{what}: {ours}, {bytes:02x?}");
        }
        (Value::Number(ours), Value::String(theirs)) => {
            assert_eq!(ours.to_string(), *theirs, "{what}")
        }
        (ours, theirs) => assert_eq!(ours, theirs, "{what}"),
    }
}
