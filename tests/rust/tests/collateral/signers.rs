//! For every instruction of the IDL: without a signature, or with an account read-only that it
//! writes, it is refused, and nothing has moved.

use anchor_lang::error::ErrorCode;
use collateral::{
    instruction::{
        AcceptAdmin, CancelFeed, CancelYear, HaltTicker, HaltVenue, ProposeAdmin, ResumeTicker,
        ResumeVenue, SetRole, SetTimelock,
    },
    state::unit,
};
use scrip_interface::collateral::{observe, pda, status, value};
use scrip_math::RawAmount;
use scrip_tests::{
    collateral::{
        AAPL, CreateCalendar, CreateCurator, CreateFeed, Listing, Market, Price, administer,
        collateral_instruction, event_authority, manage_calendar, manage_feed, pyth, rules,
        set_feed, set_year, year,
    },
    vm::{assert_fails_with, key},
};
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use std::{collections::BTreeMap, fs, path::Path};

/// Everything an instruction may need: halts to end, changes to cancel, a proposal to accept.
fn world() -> (Market, Listing, Keypair) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    market.price(&listing, &Price::dollars(AAPL, 200.0, market.vm.now()));
    let next = key("next admin");
    let (admin, curator, calendar) = (market.admin.pubkey(), market.curator, market.calendar);
    let mut looser = listing.config;
    looser.max_depeg_bps += 1;
    let until = i64::MAX;
    for instruction in [
        administer(admin, curator, &ProposeAdmin { pending_admin: next.pubkey() }),
        set_feed(admin, curator, listing.feed, looser),
        set_year(admin, curator, calendar, year(2028, &[], &[])),
        manage_feed(admin, curator, listing.feed, &HaltTicker { until }),
        manage_calendar(admin, curator, calendar, &HaltVenue { until }),
    ] {
        market.manage(instruction).unwrap();
    }
    (market, listing, next)
}

/// One valid instruction of every name.
fn instructions(market: &mut Market, listing: &Listing) -> BTreeMap<&'static str, Instruction> {
    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let (curator, calendar, feed) = (market.curator, market.calendar, listing.feed);
    let accounts = listing.accounts;
    let mut create_curator = CreateCurator::new(admin, admin);
    create_curator.args.id = 7;
    create_curator.accounts.curator = pda::curator(&collateral::ID, &admin, 7).0;
    let mut create_calendar = CreateCalendar::new(payer, admin, curator);
    create_calendar.set_mic(*b"XNAS");
    let mint = market.place_mint("another mint");
    let create_feed = CreateFeed::new(payer, admin, curator, mint, listing.config);
    let accept = collateral::accounts::AcceptAdmin {
        pending_admin: key("next admin").pubkey(),
        curator,
        event_authority: event_authority(),
        program: collateral::ID,
    };
    let until = i64::MAX;
    BTreeMap::from([
        ("value", value(&collateral::ID, &[(accounts, RawAmount(1))])),
        ("status", status(&collateral::ID, feed, calendar, listing.mint)),
        ("observe", observe(&collateral::ID, &accounts)),
        ("create_curator", create_curator.instruction()),
        ("propose_admin", administer(admin, curator, &ProposeAdmin { pending_admin: admin })),
        ("accept_admin", collateral_instruction(&accept, &AcceptAdmin {})),
        ("set_role", administer(admin, curator, &SetRole { wallet: admin, mask: 1 })),
        ("set_timelock", administer(admin, curator, &SetTimelock { timelock_secs: 3_600 })),
        ("create_calendar", create_calendar.instruction()),
        ("set_year", set_year(admin, curator, calendar, year(2028, &[], &[]))),
        ("cancel_year", manage_calendar(admin, curator, calendar, &CancelYear {})),
        ("halt_venue", manage_calendar(admin, curator, calendar, &HaltVenue { until })),
        ("resume_venue", manage_calendar(admin, curator, calendar, &ResumeVenue {})),
        ("create_feed", create_feed.instruction()),
        ("set_feed", set_feed(admin, curator, feed, listing.config)),
        ("cancel_feed", manage_feed(admin, curator, feed, &CancelFeed {})),
        ("halt_ticker", manage_feed(admin, curator, feed, &HaltTicker { until })),
        ("resume_ticker", manage_feed(admin, curator, feed, &ResumeTicker {})),
    ])
}

/// Name, and for each account whether it is written and whether it signs.
fn idl() -> Vec<(String, Vec<(bool, bool)>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/collateral.json");
    let idl: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let flag = |account: &serde_json::Value, name: &str| account[name].as_bool().unwrap_or(false);
    let instructions = idl["instructions"].as_array().unwrap().iter();
    instructions
        .map(|instruction| {
            let accounts = instruction["accounts"].as_array().unwrap().iter();
            let accounts = accounts.map(|a| (flag(a, "writable"), flag(a, "signer"))).collect();
            (instruction["name"].as_str().unwrap().to_owned(), accounts)
        })
        .collect()
}

/// Sends with those of the known wallets that the instruction says sign.
fn send(market: &mut Market, next: &Keypair, instruction: Instruction) -> scrip_tests::vm::Outcome {
    let admin = market.admin.insecure_clone();
    let signs = |wallet: &Pubkey| {
        instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == *wallet)
    };
    let signers: Vec<&Keypair> =
        [&admin, next].into_iter().filter(|wallet| signs(&wallet.pubkey())).collect();
    market.vm.send(&[instruction], &signers)
}

#[test]
fn each_instruction_is_valid_as_made_and_known_to_the_idl() {
    let mut names: Vec<_> = idl().into_iter().map(|(name, _)| name).collect();
    names.sort();
    let (mut market, listing, _) = world();
    let known = instructions(&mut market, &listing);
    assert_eq!(names, known.keys().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    for (name, instruction) in known {
        let (mut market, listing, next) = world();
        instructions(&mut market, &listing);
        market.vm.svm.airdrop(&market.admin.pubkey(), 1_000_000_000).unwrap();
        send(&mut market, &next, instruction)
            .unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    }
}

#[test]
fn each_instruction_wants_its_signers() {
    let not_signed = u32::from(ErrorCode::AccountNotSigner);
    let mut tried = 0;
    for (name, accounts) in idl() {
        for (place, _) in accounts.iter().enumerate().filter(|(_, (_, signer))| *signer) {
            let (mut market, listing, next) = world();
            let mut instruction = instructions(&mut market, &listing)[&*name].clone();
            market.vm.svm.airdrop(&market.admin.pubkey(), 1_000_000_000).unwrap();
            if instruction.accounts[place].pubkey == market.vm.payer.pubkey() {
                // It signs the transaction in any case.
                instruction.accounts[place].pubkey = key("not signing").pubkey();
            }
            instruction.accounts[place].is_signer = false;
            println!("{name}, account {place}");
            assert_fails_with(send(&mut market, &next, instruction), not_signed);
            tried += 1;
        }
    }
    assert_eq!(tried, 17);
}

#[test]
fn each_instruction_wants_to_write_what_it_writes() {
    let not_writable = InstructionError::Custom(ErrorCode::ConstraintMut.into());
    let mut tried = 0;
    for (name, accounts) in idl() {
        for (place, _) in accounts.iter().enumerate().filter(|(_, (writable, _))| *writable) {
            let (mut market, listing, next) = world();
            let mut instruction = instructions(&mut market, &listing)[&*name].clone();
            market.vm.svm.airdrop(&market.admin.pubkey(), 1_000_000_000).unwrap();
            if instruction.accounts[place].pubkey == market.vm.payer.pubkey() {
                // It is written in any case: it pays for the transaction.
                continue;
            }
            instruction.accounts[place].is_writable = false;
            // Payer and new account are first asked for by the System program, which may not have
            // what its caller has not.
            let new = market.vm.account(&instruction.accounts[place].pubkey).is_none();
            let pays = name == "create_curator" && place == 0;
            let expected = if new || pays {
                InstructionError::PrivilegeEscalation
            } else {
                not_writable.clone()
            };
            let failure = send(&mut market, &next, instruction).unwrap_err();
            let expected = TransactionError::InstructionError(0, expected);
            assert_eq!(failure.error, expected, "{name}, account {place}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}
