//! Every event that the programs' own story told, out of calls as a cluster tells them, and its stream.

use crate::{bytes, fixture, plain};
use scrip_client::{
    Programs,
    catalog::{PROGRAMS, Program},
    events::{Position, StreamError, TAG, check_stream, events},
    programs::event_authority,
    transaction::Call,
};
use serde_json::Value;
use solana_address::Address;
use std::collections::BTreeSet;

fn streams() -> Vec<Value> {
    let file = fixture("events_golden.json");
    let parts = file.as_object().unwrap().values();
    parts.flat_map(|part| part.as_array().unwrap().clone()).collect()
}

fn program_of(stream: &Value) -> &'static Program {
    PROGRAMS.into_iter().find(|program| stream["program"] == program.name).unwrap()
}

/// A call that publishes an event, as the cluster tells it: the program calls itself.
fn calls(program: &Program, authority: Address, event: &[u8]) -> [Call; 2] {
    let outer = Call { program: program.id, accounts: vec![], data: vec![0; 8], depth: 1 };
    let data = [&TAG, event].concat();
    [outer, Call { program: program.id, accounts: vec![authority], data, depth: 2 }]
}

#[test]
fn every_event_is_read_from_its_golden_bytes() {
    let programs = Programs::default();
    let mut told = BTreeSet::new();
    for stream in streams() {
        let program = program_of(&stream);
        let authority = event_authority(&program.id);
        for golden in stream["events"].as_array().unwrap() {
            let found = events(&calls(program, authority, &bytes(&golden["bytes"])), &programs);
            let [event] = &found[..] else { panic!("one event, not {}", found.len()) };
            assert_eq!(golden["name"], event.name());
            assert_eq!(golden["fields"], plain(&event.value().unwrap()));
            assert_eq!(golden["fields"]["sequence"], event.sequence.to_string());
            told.insert((program.name, event.name()));
        }
    }
    let all = PROGRAMS.iter().flat_map(|it| it.events.iter().map(|event| (it.name, event.name)));
    let untold: Vec<_> = all.filter(|event| !told.contains(event)).collect();
    assert!(untold.is_empty(), "in no golden file: {untold:?}");
}

#[test]
fn what_another_signs_for_is_no_event() {
    let stream = &streams()[0];
    let program = program_of(stream);
    let event = bytes(&stream["events"][0]["bytes"]);
    let forged = calls(program, Address::new_from_array([1; 32]), &event);
    assert!(events(&forged, &Programs::default()).is_empty());
}

#[test]
fn every_stream_leads_to_its_golden_hash_and_to_no_other() {
    for stream in streams() {
        let number = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
        let kept = Position {
            sequence: number(&stream["sequence"]),
            hash: bytes(&stream["hash"]).try_into().unwrap(),
        };
        let told = stream["events"].as_array().unwrap().iter();
        let told: Vec<(u64, Vec<u8>)> = told
            .map(|event| (number(&event["fields"]["sequence"]), bytes(&event["bytes"])))
            .collect();
        let check = |told: &[(u64, Vec<u8>)]| {
            let told = told.iter().map(|(sequence, bytes)| (*sequence, bytes.as_slice()));
            check_stream(Position::default(), told, kept)
        };
        assert_eq!(check(&told), Ok(()));
        let without_first = check(&told[1..]);
        let missing = if told.len() == 1 {
            StreamError::MissingLast { known: 0, kept: 1 }
        } else {
            StreamError::Missing(1)
        };
        assert_eq!(without_first, Err(missing));
        let mut altered = told.clone();
        *altered[0].1.last_mut().unwrap() ^= 1;
        assert_eq!(check(&altered), Err(StreamError::Altered(kept.sequence)));
    }
}
