use crate::{
    error::GateError,
    event::{EMITTER, PolicyCancelled, PolicyPaused, PolicyUnpaused},
    manager::require_power,
    state::Policy,
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

/// What an operator does to a policy with one word.
#[event_cpi]
#[derive(Accounts)]
pub struct GovernPolicy<'info> {
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the policy names it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub policy: AccountLoader<'info, Policy>,
}

impl GovernPolicy<'_> {
    fn require(&self, role: u16) -> Result<()> {
        let (now, grant) = (Clock::get()?.unix_timestamp, self.role_grant.as_deref());
        require_power(&self.issuer, self.operator.key, grant, role, now)
    }
}

pub fn cancel_policy(ctx: Context<GovernPolicy>) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.require(role::COMPLIANCE)?;
    let key = accounts.policy.key();
    let mut policy = accounts.policy.load_mut()?;
    require!(policy.pending_at != 0, GateError::NothingPending);
    policy.drop_pending();
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyCancelled {
        sequence,
        policy: key,
    })
}

pub fn pause_policy(ctx: Context<GovernPolicy>) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.require(role::PAUSE)?;
    let key = accounts.policy.key();
    let mut policy = accounts.policy.load_mut()?;
    policy.paused = 1;
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyPaused {
        sequence,
        policy: key,
    })
}

pub fn unpause_policy(ctx: Context<GovernPolicy>) -> Result<()> {
    let accounts = &ctx.accounts;
    accounts.require(role::UNPAUSE)?;
    let key = accounts.policy.key();
    let mut policy = accounts.policy.load_mut()?;
    policy.paused = 0;
    policy.stream.publish(EMITTER, &accounts.event_authority, |sequence| PolicyUnpaused {
        sequence,
        policy: key,
    })
}
