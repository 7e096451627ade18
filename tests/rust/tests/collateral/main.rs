//! The collateral program, room by room.

mod accounts;
mod calendars;
mod conditions;
mod errors;
mod governance;
mod layouts;
mod observe;
mod oracle;
mod reader;
mod sessions;
mod streams;
mod token_2022;
mod value;
mod windows;
