use super::Administer;
use crate::event::{EMITTER, RoleSet};
use anchor_lang::prelude::*;

pub fn set_role(ctx: Context<Administer>, wallet: Pubkey, mask: u32) -> Result<()> {
    let key = ctx.accounts.curator.key();
    let mut curator = ctx.accounts.curator.load_mut()?;
    curator.set_role(wallet, mask)?;
    curator.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| RoleSet {
        sequence,
        curator: key,
        wallet,
        mask,
    })
}
