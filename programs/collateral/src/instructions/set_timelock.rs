use super::{Administer, now};
use crate::event::{EMITTER, TimelockSet};
use anchor_lang::prelude::*;

pub fn set_timelock(ctx: Context<Administer>, timelock_secs: u32) -> Result<()> {
    let key = ctx.accounts.curator.key();
    let mut curator = ctx.accounts.curator.load_mut()?;
    let effective_at = curator.set_timelock(timelock_secs, now()?)?.0;
    curator.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| TimelockSet {
        sequence,
        curator: key,
        timelock_secs,
        effective_at,
    })
}
