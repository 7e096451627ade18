//! Prints what every operation costs, as the markdown of `tests/COMPUTE_UNITS.md`.

use scrip_tests::{
    flows::{Measured, measure},
    vm::{Cost, Vm, key, program_path},
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{error::Error, fs};

const PROGRAMS: [&str; 4] = ["collateral", "gate", "issuer", "lender"];
const TOOLCHAIN_PROGRAM: &str = "scrip_toolchain_test";

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
    lines.push(format!("| `gate/execute/own-cu` | {} | | | |", hook_cu));
    lines.sort();
    println!("{}\n", lines.join("\n"));
    println!("A program's bytes are paid for, as rent, when it is deployed.\n");
    println!("| program | bytes |");
    println!("|---|---:|");
    for program in PROGRAMS {
        println!("| `{program}.so` | {} |", fs::metadata(program_path(program))?.len());
    }
    Ok(())
}

fn row(name: &str, cost: &Cost) -> String {
    let Cost { compute_units, bytes, accounts, writable } = cost;
    format!("| `{name}` | {compute_units} | {bytes} | {accounts} | {writable} |")
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
