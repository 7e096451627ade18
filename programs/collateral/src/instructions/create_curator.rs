use super::now;
use crate::{
    constants::LAYOUT_VERSION,
    error::CollateralError,
    event::{CuratorCreated, EMITTER},
    state::{Curator, require_timelock},
};
use anchor_lang::prelude::*;
use scrip_interface::collateral::pda::CURATOR_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct CreateCuratorArgs {
    /// Tells several curators of one creator apart.
    pub id: u64,
    pub admin: Pubkey,
    /// How long a loosening waits.
    pub timelock_secs: u32,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateCuratorArgs)]
pub struct CreateCurator<'info> {
    #[account(mut)]
    pub creator: Signer<'info>,
    #[account(
        init,
        payer = creator,
        space = Curator::SPACE,
        seeds = [CURATOR_SEED, creator.key().as_ref(), &args.id.to_le_bytes()],
        bump,
    )]
    pub curator: AccountLoader<'info, Curator>,
    pub system_program: Program<'info, System>,
}

pub fn create_curator(ctx: Context<CreateCurator>, args: CreateCuratorArgs) -> Result<()> {
    require_timelock(args.timelock_secs)?;
    require_keys_neq!(args.admin, Pubkey::default(), CollateralError::AdminInvalid);
    let creator = ctx.accounts.creator.key();
    let key = ctx.accounts.curator.key();

    let mut curator = ctx.accounts.curator.load_init()?;
    curator.version = LAYOUT_VERSION;
    curator.bump = ctx.bumps.curator;
    curator.id = args.id;
    curator.creator = creator;
    curator.admin = args.admin;
    curator.timelock_secs = args.timelock_secs;
    curator.next_timelock_secs = args.timelock_secs;
    curator.next_timelock_at = now()?.0;

    curator.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| CuratorCreated {
        sequence,
        curator: key,
        creator,
        admin: args.admin,
        timelock_secs: args.timelock_secs,
    })
}
