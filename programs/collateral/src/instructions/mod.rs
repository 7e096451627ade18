mod admin;
mod create_calendar;
mod create_curator;
mod create_feed;
mod halt_ticker;
mod halt_venue;
mod observe;
mod set_feed;
mod set_role;
mod set_timelock;
mod set_year;
mod status;
mod value;

pub use admin::*;
pub use create_calendar::*;
pub use create_curator::*;
pub use create_feed::*;
pub use halt_ticker::*;
pub use halt_venue::*;
pub use observe::*;
pub use set_feed::*;
pub use set_role::*;
pub use set_timelock::*;
pub use set_year::*;
pub use status::*;
pub use value::*;

use anchor_lang::prelude::*;
use scrip_math::Timestamp;

fn now() -> Result<Timestamp> {
    Ok(Timestamp(Clock::get()?.unix_timestamp))
}
