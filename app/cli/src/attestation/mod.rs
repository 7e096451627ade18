//! Attestation files: what a custodian's attestors are asked to sign, in words and in fields that lead to the very
//! bytes, and the signatures gathered for it.

pub mod file;
pub mod prepare;
pub mod submit;
pub mod terms;
mod text;
pub mod usage;
pub mod words;

pub use file::{File, Header, Signature};
pub use terms::Terms;
