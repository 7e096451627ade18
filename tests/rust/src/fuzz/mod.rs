//! A stateful property test of the issuer program: random interleavings of all its instructions by
//! users, attestors, an admin, wallets with roles and a thief, while time passes.
//!
//! After each step two judges look. `model` says what must have happened, outcome and state, by
//! rules told a second time in plain Rust; `audit` knows no rules of that kind but what must be
//! true whatever happened, and reads it from the accounts' bytes. `ops` chooses what happens:
//! mostly what should land, the rest wrong in one way. `hostile` swaps an account of a good
//! instruction for one of the thief's, or takes a signature away.
//!
//! A step is a name and a seed: it chooses its details from the state it finds. So a failing case
//! shrinks by leaving steps out (`shrink`), and replays from a few lines of text (`case`).

pub mod arena;
pub mod attested;
mod audit;
pub mod case;
mod compare;
mod foreign;
mod hostile;
pub mod model;
pub mod ops;
pub mod plan;
pub mod rng;
pub mod run;
pub mod shrink;
pub mod tally;
