//! Prints what every operation costs, as the markdown of `tests/COMPUTE_UNITS.md`.

use scrip_tests::{
    flows::{Flows, Measured, measure},
    parts::Parts,
    vm::{Cost, Vm, key, program_path},
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{error::Error, fs};

const PROGRAMS: [&str; 4] = ["collateral", "gate", "issuer", "lender"];
const TOOLCHAIN_PROGRAM: &str = "scrip_toolchain_test";

/// What an operation is to cost, and what it would at best. Those in which none of our code runs are
/// as dear as Token-2022 makes them.
const TARGETS: [(&str, u64, u64); 6] = [
    ("issuer/attest_mint/3-of-5", 12_000, 7_000),
    ("issuer/settle_redemption/3-of-5", 10_000, 6_000),
    ("token/transfer_checked/hooked", 24_000, 18_500),
    ("token/transfer_checked/frozen-mode", 3_200, 3_200),
    ("issuer/thaw", 6_000, 3_500),
    ("collateral/value/pyth/1", 3_000, 1_000),
];

const TARGETS_EXPLAINED: &str = "\
Against the targets. `scrip` is what our programs use themselves: about 80 CU for each account to be
read, and again for what it must be; 946 for each of their `calls`; signatures found and compared, a
hash of what was signed and one of the event; clock, limits, reserves. `events` are their calls to
themselves. `others` is Token-2022: a transfer that is not hooked is all its own, and no program of
ours can lower that.
";

fn main() -> Result<(), Box<dyn Error>> {
    let Measured { flows, hook_cu } = measure();
    println!("# What every operation costs\n");
    println!(
        "Made by `cargo xtask bench`. CU is what the whole transaction uses, without compute-budget"
    );
    println!(
        "instructions (150 CU and about 50 bytes each); bytes are those on the wire, signatures included;"
    );
    println!("accounts and writable count the transaction's, fee payer and programs included.\n");
    println!("| operation | CU | transaction bytes | accounts | writable |");
    println!("|---|---:|---:|---:|---:|");
    let mut lines: Vec<_> = flows.iter().map(|(name, receipt)| row(name, &receipt.cost)).collect();
    lines.extend(divisions()?);
    lines.push(format!("| `gate/execute/own-cu` | {hook_cu} | | | |"));
    lines.sort();
    println!("{}\n", lines.join("\n"));
    print_targets(&flows, hook_cu);
    println!("A program's bytes are paid for, as rent, when it is deployed.\n");
    println!("| program | bytes |");
    println!("|---|---:|");
    for program in PROGRAMS {
        println!("| `{program}.so` | {} |", fs::metadata(program_path(program))?.len());
    }
    Ok(())
}

fn row(name: &str, cost: &Cost) -> String {
    let Cost { compute_units, bytes, accounts, writable, .. } = cost;
    format!("| `{name}` | {compute_units} | {bytes} | {accounts} | {writable} |")
}

/// What each operation of [`TARGETS`] cost, against its target, and where that goes.
fn print_targets(flows: &Flows, hook: u64) {
    println!("{TARGETS_EXPLAINED}");
    println!("| operation | CU | target | ideal | scrip | calls | events | others |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (name, target, ideal) in TARGETS {
        let Cost { compute_units, parts, .. } = &flows[name].cost;
        let Parts { scrip, calls, events, others } = parts;
        let verdict = if *compute_units <= target { "" } else { " (missed)" };
        println!(
            "| `{name}` | {compute_units} | {target}{verdict} | {ideal} | {scrip} | {calls} | {events} | {others} |"
        );
    }
    println!("| `gate/execute/own-cu` | {hook} | 1500 | 1500 | {hook} | 0 | 0 | 0 |\n");
}

/// One division each, without the transaction around it.
fn divisions() -> Result<Vec<String>, Box<dyn Error>> {
    let mut vm = Vm::new();
    let program_id: Pubkey = key("toolchain program").pubkey();
    let path = program_path(TOOLCHAIN_PROGRAM);
    vm.svm.add_program_from_file(program_id, &path).map_err(|error| {
        format!("{}: {error}. Build it first: cargo xtask bench does", path.display())
    })?;
    let units = scrip_toolchain_test::cost::division_cu(|data| {
        let instruction = Instruction { program_id, accounts: vec![], data: data.to_vec() };
        vm.send(&[instruction], &[]).expect("divides").cost.compute_units
    });
    Ok(units.map(|(name, units)| format!("| `{name}` | {units} | | | |")).to_vec())
}
