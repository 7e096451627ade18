//! The example lender over the real collateral program, Token and Token-2022, room by room.

mod accounts;
mod borrow;
mod errors;
mod golden;
mod holdings;
mod impostor;
mod layouts;
mod liquidate;
mod market;
mod pool;
mod solvency;
mod split;
mod weekend;
