//! The collateral program, room by room.

mod reader;
mod value;
