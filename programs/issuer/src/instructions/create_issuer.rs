use crate::{constants::LAYOUT_VERSION, event::IssuerCreated, state::Issuer};
use anchor_lang::prelude::*;
use scrip_interface::pda::ISSUER_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateIssuerArgs {
    /// Tells several issuers of one creator apart.
    pub id: u64,
    pub admin: Pubkey,
    pub genesis_hash: [u8; 32],
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateIssuerArgs)]
pub struct CreateIssuer<'info> {
    #[account(mut)]
    pub creator: Signer<'info>,
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

pub fn create_issuer(ctx: Context<CreateIssuer>, args: CreateIssuerArgs) -> Result<()> {
    let creator = ctx.accounts.creator.key();
    let key = ctx.accounts.issuer.key();

    let mut issuer = ctx.accounts.issuer.load_init()?;
    issuer.version = LAYOUT_VERSION;
    issuer.bump = ctx.bumps.issuer;
    issuer.id = args.id;
    issuer.creator = creator;
    issuer.admin = args.admin;
    issuer.genesis_hash = args.genesis_hash;

    issuer.stream.publish(&ctx.accounts.event_authority, |sequence| IssuerCreated {
        sequence,
        issuer: key,
        creator,
        admin: args.admin,
        genesis_hash: args.genesis_hash,
    })
}
