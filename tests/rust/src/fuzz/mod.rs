//! A stateful property test of all four programs together, and of Token-2022 itself: random
//! interleavings of all their instructions by users, attestors, admins, providers of investors, a
//! curator, a market's owner and a thief, while time passes, prices move and sessions open and close.
//!
//! After each step two judges look. `model` says what must have happened, outcome and state, by
//! rules told a second time in plain Rust; `audit` knows no rules of that kind but what must be
//! true whatever happened, and reads it from the accounts' bytes. `ops` chooses what happens:
//! mostly what should land, the rest wrong in one way. `hostile` swaps an account of a good
//! instruction for one of the thief's, or takes a signature away. `prologue` is what every world
//! begins with, by instructions that must land.
//!
//! Where the model is not sure it says so, and between what it is sure: around a change of a
//! multiplier the collateral program weighs recorded prices, which the model does not; there it
//! knows what must be forbidden, and the lowest and the highest value (`model::Appraisal`).
//!
//! A step is a name and a seed: it chooses its details from the state it finds. So a failing case
//! shrinks by leaving steps out (`shrink`), and replays from a few lines of text (`case`).
//!
//! No coverage-guided engine drives this. Inside the VM programs run as compiled for the chain, and
//! the VM gives no coverage of them; an engine would see the branches of the harness. The state is
//! built by instructions that must be valid in a hundred ways at once (signatures, nonces, fresh
//! statements, roles in their time), which a mutated byte string never is, and choices that look at
//! the state are. That every instruction lands and most errors are met is checked and printed.

mod address;
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
mod prologue;
pub mod rng;
pub mod run;
pub mod shrink;
pub mod tally;
