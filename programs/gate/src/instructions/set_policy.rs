use crate::{
    error::GateError,
    event::{EMITTER, PolicyAnnounced, PolicyChanged},
    manager::{require_power, timelock_secs},
    state::{Policy, PolicyTerms, Registry},
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

#[event_cpi]
#[derive(Accounts)]
pub struct SetPolicy<'info> {
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the policy names it.
    pub issuer: UncheckedAccount<'info>,
    #[account(has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub policy: AccountLoader<'info, Policy>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct ApplyPolicy<'info> {
    #[account(mut)]
    pub policy: AccountLoader<'info, Policy>,
}

pub fn set_policy(ctx: Context<SetPolicy>, terms: PolicyTerms) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;
    terms.validate(accounts.registry.load()?.providers)?;

    let key = accounts.policy.key();
    let mut policy = accounts.policy.load_mut()?;
    if !terms.is_looser_than(&policy.terms()) {
        return change(&mut policy, key, &accounts.event_authority, terms);
    }
    let pending_at = now.saturating_add(timelock_secs(&accounts.issuer)?.into());
    policy.set_pending(&terms, pending_at);
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyAnnounced {
        sequence,
        policy: key,
        terms,
        pending_at,
    })
}

pub fn apply_policy(ctx: Context<ApplyPolicy>) -> Result<()> {
    let accounts = &ctx.accounts;
    let key = accounts.policy.key();
    let mut policy = accounts.policy.load_mut()?;
    let terms = policy.ripe_terms(Clock::get()?.unix_timestamp)?;
    change(&mut policy, key, &accounts.event_authority, terms)
}

fn change(
    policy: &mut Policy,
    key: Pubkey,
    event_authority: &AccountInfo,
    terms: PolicyTerms,
) -> Result<()> {
    policy.set_terms(&terms);
    policy.stream.publish(EMITTER, event_authority, |sequence| PolicyChanged {
        sequence,
        policy: key,
        terms,
    })
}
