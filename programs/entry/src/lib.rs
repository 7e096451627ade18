//! Where the VM enters a program.
//!
//! Solana's own entrypoint takes about 190 instructions for each account and frees what it made at
//! the end; a mint has 15 accounts. This one takes half of that, and frees nothing: the heap ends
//! with the call.
//!
//! Layout of the input: number of accounts u64 | accounts | data length u64 | data | program id. An
//! account is `Head` | data | 10,240 bytes to grow into | padding to 8 | rent epoch u64; or, if it
//! was there before, the place of that u8 | 7 bytes. Source: solana-sdk,
//! `program-entrypoint/src/lib.rs`.

use solana_account_info::{AccountInfo, MAX_PERMITTED_DATA_INCREASE};
use solana_pubkey::Pubkey;
use std::mem::size_of;

#[doc(hidden)]
pub mod from_solana {
    pub use solana_program_entrypoint::{SUCCESS, custom_heap_default, custom_panic_default};
    pub use solana_security_txt::security_txt;
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failing test panics"
)]
mod tests;

/// First byte of an account that was not there before.
const FIRST_TIME: u8 = u8::MAX;
const ALIGNMENT: usize = 8;
/// What follows an account's data besides padding.
const AFTER_DATA: usize = MAX_PERMITTED_DATA_INCREASE + size_of::<u64>();

/// What an account begins with. The flags are bytes of 0 or 1.
#[repr(C)]
struct Head {
    earlier: u8,
    is_signer: bool,
    is_writable: bool,
    executable: bool,
    /// The program leaves the length here, for `AccountInfo::resize` and the runtime.
    original_len: u32,
    key: Pubkey,
    owner: Pubkey,
    lamports: u64,
    len: u64,
}

/// What a call hands to a program. All of it lives as long as the call.
pub type Input = (&'static Pubkey, &'static [AccountInfo<'static>], &'static [u8]);

/// Makes `process` (program id, accounts, data) the program's entrypoint, with Solana's own heap and
/// panic handler.
#[macro_export]
macro_rules! entrypoint {
    ($process:ident) => {
        /// # Safety
        /// For the VM alone.
        #[no_mangle]
        pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
            // SAFETY: the VM calls this once, with the input that it wrote.
            let (program, accounts, data) = unsafe { $crate::read(input) };
            match $process(program, accounts, data) {
                Ok(()) => $crate::from_solana::SUCCESS,
                Err(error) => error.into(),
            }
        }
        $crate::from_solana::custom_heap_default!();
        $crate::from_solana::custom_panic_default!();
    };
}

/// Who answers for the program, for whoever reads its bytes: `name`, and what the deployer's environment
/// said when it was compiled (`.cargo/config.toml` has the defaults). Source of the format:
/// github.com/neodyme-labs/solana-security-txt.
#[macro_export]
macro_rules! security_txt {
    ($name:literal) => {
        $crate::from_solana::security_txt! {
            name: $name,
            project_url: env!("SCRIP_PROJECT_URL"),
            contacts: env!("SCRIP_SECURITY_CONTACTS"),
            policy: env!("SCRIP_SECURITY_POLICY"),
            preferred_languages: "en",
            source_code: env!("SCRIP_SOURCE_URL"),
            auditors: "None"
        }
    };
}

/// Reads a call's input in place.
///
/// # Safety
/// `input` is what the runtime wrote for a call, at an address divisible by 8, and is used for
/// nothing else from now on.
pub unsafe fn read(input: *mut u8) -> Input {
    // SAFETY: the layout above; everything but the program id is at an address divisible by 8.
    unsafe {
        let count = to_usize(input.cast::<u64>().read());
        let mut at = input.add(size_of::<u64>());
        let mut accounts = Vec::<AccountInfo<'static>>::with_capacity(count);
        let first = accounts.as_mut_ptr();
        for place in 0..count {
            let head = at.cast::<Head>();
            let account = match (*head).earlier {
                FIRST_TIME => {
                    let (account, after) = read_account(head);
                    at = after;
                    account
                }
                earlier => {
                    at = at.add(ALIGNMENT);
                    // The runtime names an earlier place only.
                    (*first.add(usize::from(earlier))).clone()
                }
            };
            first.add(place).write(account);
        }
        accounts.set_len(count);

        let len = to_usize(at.cast::<u64>().read());
        let data = at.add(size_of::<u64>());
        let program = &*data.add(len).cast::<Pubkey>();
        (program, accounts.leak(), std::slice::from_raw_parts(data, len))
    }
}

/// An account and where the next one begins.
///
/// # Safety
/// As for [`read`]; an account is there for the first time.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the runtime allows an account 10 MB")]
unsafe fn read_account(head: *mut Head) -> (AccountInfo<'static>, *mut u8) {
    // SAFETY: as above. Lamports and data are lent mutably, to the one account; the rest is shared.
    unsafe {
        let len = to_usize((*head).len);
        (*head).original_len = (*head).len as u32;
        let data = head.add(1).cast::<u8>();
        let account = AccountInfo::new(
            &(*head).key,
            (*head).is_signer,
            (*head).is_writable,
            &mut (*head).lamports,
            std::slice::from_raw_parts_mut(data, len),
            &(*head).owner,
            (*head).executable,
        );
        let padded = len.wrapping_add(ALIGNMENT - 1) & !(ALIGNMENT - 1);
        (account, data.add(padded.wrapping_add(AFTER_DATA)))
    }
}

/// Lengths fit in memory, where they are.
#[inline(always)]
fn to_usize(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}
