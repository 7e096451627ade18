//! The 128-bit libcalls that LLVM's BPF back end emits, for the registry-only sBPF toolchain.
//!
//! Why they exist: LLVM 23 passes and returns a 128-bit integer in a pair of registers (a result in r0:r2), while
//! rustc (up to 1.98) passes and returns the `i128` of an ordinary function through memory. Called by LLVM, such a
//! function takes an operand for an address. `extern "unadjusted"` hands the type to LLVM as it is, so both agree.
//!
//! Which ones: `* / %` on `u128` and `i128` (and `u64 * u64 -> u128` within overflow checks), and the conversions
//! between floats and 128-bit integers. Shifts, additions and comparisons are expanded inline. The remaining libcalls
//! (memcpy and its family, float arithmetic) see no 128-bit integer: they come from `solana-compiler-builtins` and,
//! what that lacks, from the standard library's own `compiler_builtins`. `exports.txt` names all that the linker must
//! keep: the back end calls them only after unused functions have been thrown away.
//!
//! The arithmetic in [`wide`] and [`convert`] is plain Rust and is tested on the host against the native types; the libcalls
//! themselves are tested inside the VM by `tests/toolchain`.
#![cfg_attr(target_arch = "bpf", no_std)]
#![cfg_attr(target_arch = "bpf", feature(abi_unadjusted))]
#![cfg_attr(target_arch = "bpf", allow(internal_features))]

pub mod convert;
pub mod wide;

#[cfg(target_arch = "bpf")]
mod libcalls;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;
