use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{CustodianCreated, EMITTER},
    state::{Custodian, Issuer},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::CUSTODIAN_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateCustodianArgs {
    pub number: u32,
    /// sha256 of the custodian's legal name.
    pub name_hash: [u8; 32],
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateCustodianArgs)]
pub struct CreateCustodian<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        init,
        payer = payer,
        space = Custodian::SPACE,
        seeds = [CUSTODIAN_SEED, issuer.key().as_ref(), &args.number.to_le_bytes()],
        bump,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    pub system_program: Program<'info, System>,
}

pub fn create_custodian(ctx: Context<CreateCustodian>, args: CreateCustodianArgs) -> Result<()> {
    let issuer_key = ctx.accounts.issuer.key();
    let custodian_key = ctx.accounts.custodian.key();

    let mut custodian = ctx.accounts.custodian.load_init()?;
    custodian.version = LAYOUT_VERSION;
    custodian.bump = ctx.bumps.custodian;
    custodian.number = args.number;
    custodian.issuer = issuer_key;
    custodian.name_hash = args.name_hash;

    let mut issuer = ctx.accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| CustodianCreated {
        sequence,
        issuer: issuer_key,
        custodian: custodian_key,
        number: args.number,
        name_hash: args.name_hash,
    })
}
