//! The example lender over the real collateral program, Token and Token-2022, room by room.

mod borrow;
mod pool;
