//! Drives the programs, as compiled for the chain, in an in-process VM with the real Token-2022
//! and the real Ed25519 precompile.
//!
//! `world` is an issuer that stands; `build` has one builder per instruction, valid by default, so
//! that a test shows only what differs; `records` are what the gate keeps of investors; `attest`
//! signs; `caller` is somebody else's program;
//! `client` is the VM as the Rust client sees it; `golden` are the files that TypeScript's tests read as well; `vm` sends and tells errors by name.

pub mod attest;
pub mod build;
pub mod caller;
pub mod client;
pub mod collateral;
pub mod flows;
pub mod fuzz;
pub mod gate;
pub mod golden;
pub mod lender;
pub mod parts;
pub mod records;
pub mod scale;
pub mod vm;
pub mod world;
