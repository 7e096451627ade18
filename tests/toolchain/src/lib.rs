//! A program whose every instruction runs one [`Operation`] on the operands in its data and returns the results.
//! `tests/vm.rs` runs the same code on the host and compares: a difference is a miscompile.
//!
//! Instruction data: operation number (u16, little endian), then any number of cases, each of the operation's
//! operands one after the other. Return data: the results of all cases, one after the other. Anything else is refused
//! with `InvalidInstructionData`.

pub mod cost;
pub mod operation;
pub mod operations;

pub use operation::{Kind, Operation};

use solana_program_error::ProgramError;

/// Runs all cases of one instruction.
pub fn execute(data: &[u8]) -> Result<Vec<u8>, ProgramError> {
    let (number, mut operands) =
        data.split_first_chunk::<2>().ok_or(ProgramError::InvalidInstructionData)?;
    let operation = operations::by_number(u16::from_le_bytes(*number))
        .ok_or(ProgramError::InvalidInstructionData)?;
    if operands.is_empty() || operands.len() % operation.case_size() != 0 {
        return Err(ProgramError::InvalidInstructionData);
    }
    let mut results = Vec::with_capacity(1024);
    while !operands.is_empty() {
        (operation.run)(&mut operands, &mut results);
    }
    Ok(results)
}

/// Behind the target, not a feature: on the host, where this library is linked with others, there is no entrypoint.
#[cfg(target_os = "solana")]
mod entrypoint {
    use core::panic::PanicInfo;

    use solana_define_syscall::definitions::{sol_log_, sol_panic_, sol_set_return_data};
    use solana_program_entrypoint::{SUCCESS, custom_heap_default, deserialize};

    custom_heap_default!();

    /// # Safety
    /// `input` is what the loader passes.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
        // SAFETY: the caller's promise.
        let (_, _, data) = unsafe { deserialize(input) };
        match super::execute(data) {
            Ok(results) => {
                // SAFETY: the length is that of the buffer.
                unsafe { sol_set_return_data(results.as_ptr(), results.len() as u64) };
                SUCCESS
            }
            Err(error) => error.into(),
        }
    }

    /// Called by the standard library of either toolchain before it aborts. Unlike the usual one it logs formatted
    /// messages too: that formatting works in a panic is under test.
    #[unsafe(no_mangle)]
    fn custom_panic(info: &PanicInfo<'_>) {
        let message = info.message().to_string();
        // SAFETY: the length is that of the text.
        unsafe { sol_log_(message.as_ptr(), message.len() as u64) };
        if let Some(at) = info.location() {
            let file = at.file();
            // SAFETY: as above.
            unsafe {
                sol_panic_(file.as_ptr(), file.len() as u64, at.line().into(), at.column().into())
            };
        }
    }
}
