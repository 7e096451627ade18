//! The accounts that calls fill in by themselves are where the programs expect them.

use crate::fixture;
use scrip_client::{Programs, catalog::Program, collateral, gate, issuer};
use solana_address::Address;
use solana_instruction::Instruction;
use std::collections::BTreeMap;

const fn a(number: u8) -> Address {
    Address::new_from_array([number; 32])
}

const ID: u64 = 0x0102_0304_0506_0708;
const NUMBER: u32 = 0x0a0b_0c0d;
const HASH: [u8; 32] = [9; 32];

/// The golden addresses of a program, by name.
fn golden(program: &str) -> BTreeMap<String, Address> {
    let file = fixture("addresses_golden.json");
    let rows = file["addresses"].as_array().unwrap().iter();
    rows.filter(|row| row["program"] == program)
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (text("name"), text("address").parse().unwrap())
        })
        .collect()
}

/// The account in an instruction's role.
#[track_caller]
fn role(program: &Program, instruction: &Instruction, name: &str) -> Address {
    let (entry, _) = program.instruction(&instruction.data).expect("an instruction of the program");
    let place = entry.accounts.iter().position(|account| account.name == name);
    instruction.accounts[place.expect("the instruction has such an account")].pubkey
}

#[test]
fn calls_of_the_issuer_find_the_golden_accounts() {
    let (golden, programs) = (golden("issuer"), Programs::default());
    let program = &issuer::catalog::PROGRAM;
    let list = issuer::calls::ListTicker {
        payer: a(1),
        operator: a(1),
        role_grant: true,
        issuer: a(2),
        custodian: a(3),
        mint: a(4),
        args: issuer::instructions::ListTickerInstructionArgs {
            symbol: *b"BRK.Bx\0\0\0\0\0\0\0\0\0\0",
            underlying: [0; 16],
            isin: [0; 12],
            mic: [0; 4],
            name: String::new(),
            uri: String::new(),
            terms: terms(),
            mode: 0,
            primary_kyc: false,
        },
    };
    let list = list.instruction(&programs);
    for (account, name) in [
        ("ticker", "ticker"),
        ("symbol_record", "symbol"),
        ("nonces", "nonceWindow"),
        ("authority", "authority"),
        ("delegate", "delegate"),
        ("escrow", "escrow"),
    ] {
        assert_eq!(role(program, &list, account), golden[name], "{name}");
    }

    let seizure = issuer::calls::ExecuteSeizure {
        operator: a(5),
        role_grant: true,
        issuer: a(2),
        mint: a(4),
        case_hash: HASH,
        from: a(6),
        to_owner: a(5),
        destination_grant: false,
        registered: true,
        from_record: false,
        from_owner: a(1),
    };
    let seizure = seizure.instruction(&programs);
    for (account, name) in [("seizure", "seizure"), ("hold", "hold"), ("role_grant", "roleGrant")] {
        assert_eq!(role(program, &seizure, account), golden[name], "{name}");
    }
    let gates = self::golden("gate");
    assert_eq!(role(program, &seizure, "policy"), gates["policy"]);
    assert_eq!(role(program, &seizure, "wallet_record"), gates["wallet"]);
    // Optional accounts that were not asked for: the program's own address.
    assert_eq!(role(program, &seizure, "destination_grant"), programs.issuer);
    let file = fixture("addresses_golden.json");
    let account = role(program, &seizure, "destination").to_string();
    assert_eq!(file["associated"][0]["token2022"], account);
}

#[test]
fn calls_with_numbers_among_the_seeds_find_the_golden_accounts() {
    let (golden, programs) = (golden("issuer"), Programs::default());
    let program = &issuer::catalog::PROGRAM;
    use issuer::instructions as args;
    let create = issuer::calls::CreateIssuer {
        creator: a(1),
        admin: a(1),
        args: args::CreateIssuerInstructionArgs { id: ID, genesis_hash: HASH, timelock_secs: 0 },
    };
    assert_eq!(role(program, &create.instruction(&programs), "issuer"), golden["issuer"]);
    let custodian = issuer::calls::CreateCustodian {
        payer: a(1),
        admin: a(1),
        issuer: a(2),
        args: args::CreateCustodianInstructionArgs { number: NUMBER, name_hash: HASH },
    };
    let custodian = custodian.instruction(&programs);
    assert_eq!(role(program, &custodian, "custodian"), golden["custodian"]);
    let cancel = issuer::calls::CancelRedemption {
        owner: a(5),
        issuer: a(2),
        mint: a(4),
        id: 7,
        rent_payer: a(5),
    };
    assert_eq!(role(program, &cancel.instruction(&programs), "redemption"), golden["redemption"]);
    let close =
        issuer::calls::CloseAnnouncement { operator: a(1), issuer: a(2), id: ID, rent_payer: a(1) };
    let close = close.instruction(&programs);
    assert_eq!(role(program, &close, "announcement"), golden["announcement"]);
    let close = issuer::calls::CloseAction { mint: a(4), sequence: NUMBER, rent_payer: a(1) };
    assert_eq!(role(program, &close.instruction(&programs), "action"), golden["corporateAction"]);
}

#[test]
fn calls_of_gate_and_collateral_find_the_golden_accounts() {
    let programs = Programs::default();
    let records = golden("gate");
    let venue = gate::calls::SetVenue {
        payer: a(1),
        operator: a(1),
        role_grant: false,
        issuer: a(2),
        owner: a(5),
        args: gate::instructions::SetVenueInstructionArgs { expires_at: 0 },
    };
    let venue = venue.instruction(&programs);
    let program = &gate::catalog::PROGRAM;
    assert_eq!(role(program, &venue, "registry"), records["registry"]);
    assert_eq!(role(program, &venue, "wallet"), records["wallet"]);
    let lists = gate::calls::InitializeTokenAclMetas {
        payer: a(1),
        operator: a(1),
        role_grant: false,
        issuer: a(2),
        mint: a(4),
    };
    let lists = lists.instruction(&programs);
    for (account, name) in
        [("policy", "policy"), ("thaw_list", "thawMetas"), ("freeze_list", "freezeMetas")]
    {
        assert_eq!(role(program, &lists, account), records[name], "{name}");
    }
    let halt = collateral::calls::HaltTicker {
        authority: a(1),
        curator: a(2),
        mint: a(4),
        args: collateral::instructions::HaltTickerInstructionArgs { until: 0 },
    };
    let halt = halt.instruction(&programs);
    let program = &collateral::catalog::PROGRAM;
    assert_eq!(role(program, &halt, "feed"), golden("collateral")["feed"]);
}

/// The seeds and addresses that no call derives are the programs' own functions, re-exported.
#[test]
fn every_golden_address_is_found_by_its_function() {
    use scrip_client::interface::{collateral, gate, ids, lender, pda};
    let found = [
        ("issuer", "attestorSet", pda::attestor_set(&ids::ISSUER, &a(3), NUMBER).0),
        ("issuer", "attestationOfQuote", pda::attestation(&ids::ISSUER, &a(2), 6, &HASH).0),
        ("issuer", "ownerLimits", pda::owner_limits(&ids::ISSUER, &a(4), &a(5)).0),
        ("issuer", "history", pda::history(&ids::ISSUER, &a(4)).0),
        ("issuer", "cashDesk", pda::cash_desk(&ids::ISSUER, &a(2), &a(7)).0),
        ("gate", "provider", gate::pda::provider(&ids::GATE, &a(2), 200).0),
        ("gate", "investor", gate::pda::investor(&ids::GATE, &a(2), &HASH).0),
        ("gate", "hookMetas", gate::pda::hook_metas(&ids::GATE, &a(4)).0),
        ("collateral", "curator", collateral::pda::curator(&ids::COLLATERAL, &a(1), ID).0),
        ("collateral", "calendar", collateral::pda::calendar(&ids::COLLATERAL, &a(2), b"XNYS").0),
        ("lender", "market", lender::pda::market(&ids::LENDER, &a(1), ID).0),
        ("lender", "position", lender::pda::position(&ids::LENDER, &a(2), &a(5)).0),
    ];
    for (program, name, address) in found {
        assert_eq!(golden(program)[name], address, "{program} {name}");
    }
}

fn terms() -> issuer::types::TickerTerms {
    let none = || issuer::types::Limit { capacity: 0, window_secs: 0 };
    issuer::types::TickerTerms {
        max_statement_age_secs: 1,
        max_receivable_bps: 0,
        redemption_secs: 1,
        payout_secs: 1,
        min_redemption: 0,
        mint_limit: none(),
        owner_mint_limit: none(),
        cash_limit: none(),
        owner_cash_limit: none(),
    }
}
