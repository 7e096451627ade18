use crate::{
    constants::LAYOUT_VERSION,
    error::GateError,
    event::{EMITTER, ProviderCreated},
    manager::require_power,
    state::{Provider, ProviderLimits, Registry},
};
use anchor_lang::prelude::*;
use scrip_interface::{gate::pda::PROVIDER_SEED, issuer::role};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateProviderArgs {
    /// The registry's next.
    pub number: u8,
    /// 1: its authority signs. 2: attestations of the Solana Attestation Service.
    pub evidence: u8,
    /// Who signs; for SAS, the credential.
    pub authority: Pubkey,
    /// For SAS, the schema; else zeros.
    pub schema: Pubkey,
    /// For SAS, where in an attestation's data the country (u16) and the tier (u8) stand; else 0.
    pub country_offset: u16,
    pub tier_offset: u16,
    pub limits: ProviderLimits,
}

/// Providers are not closed: a policy that accepts a number means this one.
#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateProviderArgs)]
pub struct CreateProvider<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    #[account(
        init,
        payer = payer,
        space = Provider::SPACE,
        seeds = [PROVIDER_SEED, issuer.key().as_ref(), &[args.number]],
        bump,
    )]
    pub provider: AccountLoader<'info, Provider>,
    pub system_program: Program<'info, System>,
}

pub fn create_provider(ctx: Context<CreateProvider>, args: CreateProviderArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;
    let mut registry = accounts.registry.load_mut()?;
    registry.take_number(args.number)?;

    let CreateProviderArgs { number, evidence, authority, schema, .. } = args;
    let CreateProviderArgs { country_offset, tier_offset, limits, .. } = args;
    let mut provider = accounts.provider.load_init()?;
    provider.version = LAYOUT_VERSION;
    provider.bump = ctx.bumps.provider;
    provider.number = number;
    provider.evidence = evidence;
    provider.issuer = accounts.issuer.key();
    provider.authority = authority;
    provider.schema = schema;
    provider.country_offset = country_offset;
    provider.tier_offset = tier_offset;
    provider.set_limits(&limits);
    provider.invariant()?;

    let (registry_key, key) = (accounts.registry.key(), accounts.provider.key());
    registry.stream.publish(EMITTER, &accounts.event_authority, |sequence| ProviderCreated {
        sequence,
        registry: registry_key,
        provider: key,
        number,
        evidence,
        authority,
        schema,
        country_offset,
        tier_offset,
        limits,
    })
}
