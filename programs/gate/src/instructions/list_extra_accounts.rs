use crate::{
    error::GateError,
    event::{EMITTER, ExtraAccountsListed},
    lists::{ACL_LIST_LEN, HOOK_LIST_LEN, freeze_list, hook_list, thaw_list},
    manager::require_power,
    state::Policy,
};
use anchor_lang::prelude::*;
use scrip_interface::{
    gate::{
        flag,
        pda::{FREEZE_METAS_SEED, HOOK_METAS_SEED, THAW_METAS_SEED},
    },
    issuer::role,
};

/// For a hooked mint, once.
#[event_cpi]
#[derive(Accounts)]
pub struct InitializeExtraAccountMetas<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the LIST or the COMPLIANCE role.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the policy names it.
    pub issuer: UncheckedAccount<'info>,
    /// CHECK: the policy names it.
    pub mint: UncheckedAccount<'info>,
    #[account(
        mut,
        has_one = issuer @ GateError::WrongIssuer,
        has_one = mint @ GateError::WrongMint,
    )]
    pub policy: AccountLoader<'info, Policy>,
    /// CHECK: written here, in the format of the transfer hook interface.
    #[account(
        init,
        payer = payer,
        space = HOOK_LIST_LEN,
        seeds = [HOOK_METAS_SEED, mint.key().as_ref()],
        bump,
    )]
    pub list: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

/// Anyone brings a hooked mint's list in line with its policy.
#[event_cpi]
#[derive(Accounts)]
pub struct UpdateExtraAccountMetas<'info> {
    /// CHECK: the policy names it.
    pub mint: UncheckedAccount<'info>,
    #[account(mut, has_one = mint @ GateError::WrongMint)]
    pub policy: AccountLoader<'info, Policy>,
    /// CHECK: written by `initialize_extra_account_metas`, the only one to make it.
    #[account(
        mut,
        seeds = [HOOK_METAS_SEED, mint.key().as_ref()],
        bump,
        owner = crate::ID,
    )]
    pub list: UncheckedAccount<'info>,
}

/// For a mint under Token ACL, once: what they say never changes.
#[event_cpi]
#[derive(Accounts)]
pub struct InitializeTokenAclMetas<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the LIST or the COMPLIANCE role.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the policy names it.
    pub issuer: UncheckedAccount<'info>,
    /// CHECK: the policy names it.
    pub mint: UncheckedAccount<'info>,
    #[account(
        mut,
        has_one = issuer @ GateError::WrongIssuer,
        has_one = mint @ GateError::WrongMint,
    )]
    pub policy: AccountLoader<'info, Policy>,
    /// CHECK: written here, in the format of sRFC-37.
    #[account(
        init,
        payer = payer,
        space = ACL_LIST_LEN,
        seeds = [THAW_METAS_SEED, mint.key().as_ref()],
        bump,
    )]
    pub thaw_list: UncheckedAccount<'info>,
    /// CHECK: written here, in the format of sRFC-37.
    #[account(
        init,
        payer = payer,
        space = ACL_LIST_LEN,
        seeds = [FREEZE_METAS_SEED, mint.key().as_ref()],
        bump,
    )]
    pub freeze_list: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub fn initialize_extra_account_metas(ctx: Context<InitializeExtraAccountMetas>) -> Result<()> {
    let accounts = &ctx.accounts;
    let grant = accounts.role_grant.as_deref();
    require_lister(&accounts.issuer, accounts.operator.key, grant)?;
    let (policy, event_authority) = (&accounts.policy, &accounts.event_authority);
    write_hook_list(policy, &accounts.list)?;
    publish(policy, accounts.list.key(), event_authority)
}

pub fn update_extra_account_metas(ctx: Context<UpdateExtraAccountMetas>) -> Result<()> {
    let accounts = &ctx.accounts;
    // Whoever finds nothing to do tells nothing: a stranger cannot fill the stream.
    if write_hook_list(&accounts.policy, &accounts.list)? {
        publish(&accounts.policy, accounts.list.key(), &accounts.event_authority)?;
    }
    Ok(())
}

pub fn initialize_token_acl_metas(ctx: Context<InitializeTokenAclMetas>) -> Result<()> {
    let accounts = &ctx.accounts;
    let grant = accounts.role_grant.as_deref();
    require_lister(&accounts.issuer, accounts.operator.key, grant)?;
    let (policy, event_authority) = (&accounts.policy, &accounts.event_authority);
    for (list, bytes) in [
        (&accounts.thaw_list, thaw_list(&policy.key())),
        (&accounts.freeze_list, freeze_list(&policy.key())),
    ] {
        write(list, &bytes)?;
        publish(policy, list.key(), event_authority)?;
    }
    Ok(())
}

fn require_lister(
    issuer: &AccountInfo,
    operator: &Pubkey,
    grant: Option<&AccountInfo>,
) -> Result<()> {
    let now = Clock::get()?.unix_timestamp;
    require_power(issuer, operator, grant, role::LIST | role::COMPLIANCE, now)
}

/// Whether anything changed.
fn write_hook_list(policy: &AccountLoader<Policy>, list: &AccountInfo) -> Result<bool> {
    let source_check = policy.load()?.flags & flag::SOURCE_CHECK != 0;
    write(list, &hook_list(&policy.key(), source_check))
}

fn write(list: &AccountInfo, bytes: &[u8]) -> Result<bool> {
    let mut data = list.try_borrow_mut_data()?;
    let changed = **data != *bytes;
    // Both have the length that the list was made with.
    data.copy_from_slice(bytes);
    Ok(changed)
}

fn publish(
    policy: &AccountLoader<Policy>,
    list: Pubkey,
    event_authority: &AccountInfo,
) -> Result<()> {
    let key = policy.key();
    policy.load_mut()?.stream.publish(EMITTER, event_authority, |sequence| ExtraAccountsListed {
        sequence,
        policy: key,
        list,
    })
}
