//! Programs placed at their addresses before the first slot.

use std::path::PathBuf;

use solana_pubkey::Pubkey;
use surfpool_core::surfnet::locker::SurfnetSvmLocker;

pub struct Program {
    address: Pubkey,
    file: PathBuf,
    elf: Vec<u8>,
}

/// Reads the files. The error is one sentence for the user.
pub fn read(programs: &[(Pubkey, PathBuf)]) -> Result<Vec<Program>, String> {
    programs
        .iter()
        .map(|(address, file)| {
            let elf = std::fs::read(file).map_err(|error| {
                format!("cannot read the program {} ({error}): build it first", file.display())
            })?;
            Ok(Program { address: *address, file: file.clone(), elf })
        })
        .collect()
}

/// Writes the program's two accounts as the upgradeable loader would, and has the virtual machine
/// verify and compile it.
pub async fn place(locker: &SurfnetSvmLocker, program: &Program) -> Result<(), String> {
    let refused = || {
        format!(
            "{} is not a program that this validator can run: give the .so file that a build made",
            program.file.display()
        )
    };
    locker
        .write_program(program.address, None, 0, &program.elf, &None)
        .await
        .map_err(|_| refused())?;
    // write_program keeps an ELF that does not verify to itself: set the account once more and ask.
    let address = program.address;
    locker
        .with_svm_writer(move |svm| {
            let account = svm.get_account(&address)?;
            account.map_or(Ok(()), |account| svm.set_account(&address, account))
        })
        .map_err(|_| refused())
}
