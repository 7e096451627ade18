use crate::{
    error::GateError,
    event::{EMITTER, InvestorRegistered},
    state::{Claim, Investor, Provider, evidence},
};
use anchor_lang::prelude::*;
use scrip_interface::gate::pda::INVESTOR_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RegisterInvestorArgs {
    /// A hash of what identifies the person and of a salt that the provider keeps secret.
    pub id_hash: [u8; 32],
    pub claim: Claim,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: RegisterInvestorArgs)]
pub struct RegisterInvestor<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub authority: Signer<'info>,
    /// CHECK: the provider names it.
    pub issuer: UncheckedAccount<'info>,
    #[account(
        mut,
        has_one = authority @ GateError::NotProvider,
        has_one = issuer @ GateError::WrongIssuer,
    )]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        init,
        payer = payer,
        space = Investor::SPACE,
        seeds = [INVESTOR_SEED, issuer.key().as_ref(), args.id_hash.as_ref()],
        bump,
    )]
    pub investor: AccountLoader<'info, Investor>,
    pub system_program: Program<'info, System>,
}

pub fn register_investor(ctx: Context<RegisterInvestor>, args: RegisterInvestorArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let RegisterInvestorArgs { id_hash, claim } = args;
    let mut provider = accounts.provider.load_mut()?;
    require!(provider.is_by(evidence::SIGNATURE), GateError::WrongEvidence);
    provider.require_may_vouch(&claim, Clock::get()?.unix_timestamp)?;

    let mut investor = accounts.investor.load_init()?;
    investor.bump = ctx.bumps.investor;
    investor.rent_payer = accounts.payer.key();
    investor.open(&provider, id_hash, &claim)?;

    let (provider_key, key) = (accounts.provider.key(), accounts.investor.key());
    provider.stream.publish(EMITTER, &accounts.event_authority, |sequence| InvestorRegistered {
        sequence,
        provider: provider_key,
        investor: key,
        id_hash,
        claim,
    })
}
