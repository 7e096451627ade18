//! Scrip's programs from Rust: the clients that Codama generates, and what generation cannot do.
//! Addresses, signed messages and readers are those of [`scrip_interface`], re-exported here.

pub mod accounts;
pub mod amounts;
pub mod attestation;
pub mod audit;
pub mod catalog;
pub mod events;
pub mod explain;
/// A module per program, made by `npm run generate`. Never edited.
#[allow(clippy::all, unused_imports)]
pub mod generated;
pub mod hook;
pub mod lookup;
pub mod plans;
pub mod programs;
pub mod refusal;
pub mod reserves;
#[cfg(feature = "rpc")]
pub mod rpc;
pub mod source;
pub mod token;
pub mod transaction;

pub use generated::{collateral, gate, issuer, lender};
pub use programs::Programs;
pub use scrip_interface as interface;
