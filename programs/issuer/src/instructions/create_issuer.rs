use crate::{
    constants::{LAYOUT_VERSION, MAX_TIMELOCK_SECS, MIN_TIMELOCK_SECS},
    error::IssuerError,
    event::{EMITTER, IssuerCreated},
    state::Issuer,
};
use anchor_lang::prelude::*;
use scrip_interface::pda::ISSUER_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateIssuerArgs {
    /// Tells several issuers of one creator apart.
    pub id: u64,
    pub genesis_hash: [u8; 32],
    /// How long dangerous changes wait: 1 hour to 30 days.
    pub timelock_secs: u32,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateIssuerArgs)]
pub struct CreateIssuer<'info> {
    #[account(mut)]
    pub creator: Signer<'info>,
    /// It signs, so that no issuer begins with an admin whose key nobody has.
    pub admin: Signer<'info>,
    #[account(
        init,
        payer = creator,
        space = Issuer::SPACE,
        seeds = [ISSUER_SEED, creator.key().as_ref(), &args.id.to_le_bytes()],
        bump,
    )]
    pub issuer: AccountLoader<'info, Issuer>,
    pub system_program: Program<'info, System>,
}

/// A timelock within its limits.
pub fn require_valid_timelock(secs: u32) -> Result<()> {
    let valid = (MIN_TIMELOCK_SECS..=MAX_TIMELOCK_SECS).contains(&secs);
    require!(valid, IssuerError::TimelockInvalid);
    Ok(())
}

pub fn create_issuer(ctx: Context<CreateIssuer>, args: CreateIssuerArgs) -> Result<()> {
    require_valid_timelock(args.timelock_secs)?;
    let (creator, admin) = (ctx.accounts.creator.key(), ctx.accounts.admin.key());
    let key = ctx.accounts.issuer.key();

    let mut issuer = ctx.accounts.issuer.load_init()?;
    issuer.version = LAYOUT_VERSION;
    issuer.bump = ctx.bumps.issuer;
    issuer.timelock_secs = args.timelock_secs;
    issuer.id = args.id;
    issuer.creator = creator;
    issuer.admin = admin;
    issuer.genesis_hash = args.genesis_hash;

    issuer.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| IssuerCreated {
        sequence,
        issuer: key,
        creator,
        admin,
        genesis_hash: args.genesis_hash,
        timelock_secs: args.timelock_secs,
    })
}
