//! `mint --batch`

use crate::desk::{ATTESTORS, Desk, raw};
use std::{thread, time::Duration};

fn table(desk: &Desk, rows: usize) -> Vec<(String, u64)> {
    let owners: Vec<(String, u64)> = (0..rows)
        .map(|row| (solana_pubkey::Pubkey::new_unique().to_string(), 100_000_000 + row as u64))
        .collect();
    let lines: String =
        owners.iter().map(|(owner, amount)| format!("{owner},{amount}raw\n")).collect();
    desk.write("owners.csv", &format!("owner,amount\n{lines}"));
    owners
}

#[test]
fn a_batch_that_was_killed_goes_on_and_mints_every_row_once() {
    let desk = Desk::of_ticker("killed");
    let owners = table(&desk, 20);
    let line = format!("mint AAPLx --batch owners.csv --settled 1000 {ATTESTORS}");
    let mut child = desk.start(&line);
    let done = || {
        let progress = std::fs::read_to_string(desk.folder.join("owners.csv.progress"));
        progress.map_or(0, |text| text.matches("done").count())
    };
    while done() < 5 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = done();
    assert!(before < owners.len(), "it was too quick to be killed");

    let second = desk.ok(&line);
    assert_eq!(second["minted_before"], before);
    assert_eq!(second["minted_now"], owners.len() - before);
    let total: u64 = owners.iter().map(|(_, amount)| amount).sum();
    assert_eq!(raw(&desk.ok("ticker show AAPLx")["supply"]), total);
    for (owner, amount) in &owners {
        assert_eq!(desk.balance("AAPLx", owner), *amount, "{owner}");
    }

    let third = desk.ok(&line);
    assert_eq!((&third["minted_before"], &third["minted_now"]), (&20.into(), &0.into()));
    assert_eq!(raw(&desk.ok("ticker show AAPLx")["supply"]), total);

    // Another table must not be taken for what is left of this one.
    table(&desk, 3);
    let failure = desk.refused(&line, 3);
    assert!(failure["message"].as_str().unwrap().ends_with("another table, ticker or chain"));
}

#[test]
fn a_row_that_cannot_be_read_stops_the_batch_before_anything_is_minted() {
    let desk = Desk::of_ticker("bad-row");
    let owner = desk.address("alice");
    desk.write("owners.csv", &format!("owner,amount\n{owner},1\nnobody,2\n"));
    let failure =
        desk.refused(&format!("mint AAPLx --batch owners.csv --settled 10 {ATTESTORS}"), 3);
    assert!(
        failure["message"].as_str().unwrap().starts_with("owners.csv, row 2: \"nobody\""),
        "{failure:#}"
    );
    assert_eq!(raw(&desk.ok("ticker show AAPLx")["supply"]), 0);
}

#[test]
fn a_row_that_the_chain_refuses_is_named_and_the_rows_before_it_stay() {
    let desk = Desk::of_ticker("short");
    let (alice, bob) = (desk.address("alice"), desk.key("bob"));
    desk.write("owners.csv", &format!("owner,amount\n{alice},6\n{bob},5\n"));
    let failure =
        desk.refused(&format!("mint AAPLx --batch owners.csv --settled 10 {ATTESTORS}"), 5);
    let message = failure["message"].as_str().unwrap();
    assert!(
        message.starts_with("row 2") && message.contains("ReservesInsufficient"),
        "{failure:#}"
    );
    assert!(message.ends_with("(1 of 2 rows are minted)"), "{failure:#}");
    // With more in custody, counted later, the same command goes on.
    desk.pass(2);
    let done = desk.ok(&format!("mint AAPLx --batch owners.csv --settled 11 {ATTESTORS}"));
    assert_eq!((&done["minted_before"], &done["minted_now"]), (&1.into(), &1.into()));
}

#[test]
fn a_row_that_landed_before_that_was_written_down_is_not_minted_again() {
    let desk = Desk::of_ticker("landed");
    let owners = table(&desk, 3);
    let line = format!("mint AAPLx --batch owners.csv --settled 1000 {ATTESTORS}");
    desk.ok(&line);
    // Killed between the last row's landing and its note.
    let progress = desk.read("owners.csv.progress");
    let notes: Vec<&str> = progress.lines().collect();
    assert!(notes[notes.len() - 1].contains("done") && notes[notes.len() - 2].contains("trying"));
    desk.write("owners.csv.progress", &format!("{}\n", notes[..notes.len() - 1].join("\n")));

    let again = desk.ok(&line);
    assert_eq!((&again["minted_before"], &again["minted_now"]), (&2.into(), &1.into()));
    assert_eq!(again["transactions"], serde_json::Value::Null, "nothing was sent");
    let total: u64 = owners.iter().map(|(_, amount)| amount).sum();
    assert_eq!(raw(&desk.ok("ticker show AAPLx")["supply"]), total);
}
