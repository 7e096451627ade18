use crate::{
    constants::TOKEN_ACL,
    error::GateError,
    event::{EMITTER, PolicyClaimed},
    state::Policy,
    token_acl::{MINT_CONFIG_SEED, config_authority},
};
use anchor_lang::prelude::*;

/// A mint without a ticker has got another authority at Token ACL, which takes its policy over.
#[event_cpi]
#[derive(Accounts)]
pub struct ClaimPolicy<'info> {
    /// The authority of the mint's config. Its own registry counts from now on.
    pub operator: Signer<'info>,
    /// CHECK: the policy names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: by its seeds; `config_authority` reads it.
    #[account(seeds = [MINT_CONFIG_SEED, mint.key().as_ref()], bump, seeds::program = TOKEN_ACL)]
    pub mint_config: UncheckedAccount<'info>,
    #[account(mut, has_one = mint @ GateError::WrongMint)]
    pub policy: AccountLoader<'info, Policy>,
}

pub fn claim_policy(ctx: Context<ClaimPolicy>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (key, issuer) = (accounts.policy.key(), accounts.operator.key());
    let authority = config_authority(&accounts.mint_config, accounts.mint.key);
    require!(authority == Some(issuer), GateError::NotConfigAuthority);

    let mut policy = accounts.policy.load_mut()?;
    require!(policy.is_foreign(), GateError::TickerGoverned);
    require_keys_neq!(policy.issuer, issuer, GateError::AlreadyClaimed);
    policy.issuer = issuer;
    // Their numbers meant providers of another registry.
    policy.providers = 0;
    policy.drop_pending();
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyClaimed {
        sequence,
        policy: key,
        issuer,
    })
}
