//! Scrip's gate program: who may hold a tokenized share.
//!
//! Providers register investors and link their wallets; an issuer's policy says, mint by mint, which
//! of them may hold it. The same records serve mints whose accounts start frozen, mints with a
//! transfer hook, and minting and redemption at the issuer. The gate signs for no mint. See
//! `README.md` for the accounts, errors, trust model and invariants.

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod event;
mod holder;
pub mod hook;
pub mod instructions;
pub mod lists;
pub mod manager;
pub mod state;
pub mod token_acl;

use anchor_lang::solana_program::entrypoint::ProgramResult;
use instructions::*;
use state::PolicyTerms;

declare_id!(scrip_interface::ids::GATE);

// Not for who links this as a library to call it, and not on the host.
#[cfg(all(target_os = "solana", not(feature = "cpi")))]
anchor_lang::solana_program::entrypoint!(process);

/// What other programs' interfaces ask of a gate is answered before Anchor looks at anything: it is
/// paid for by every transfer, and is to log one line where it refuses. Everything else is Anchor's.
pub fn process<'info>(
    program: &'info Pubkey,
    accounts: &'info [AccountInfo<'info>],
    data: &'info [u8],
) -> ProgramResult {
    match data.first_chunk() {
        Some(&hook::EXECUTE) => hook::execute(accounts),
        Some(&token_acl::CAN_THAW) => token_acl::can_thaw_permissionless(accounts),
        Some(&token_acl::CAN_FREEZE) => token_acl::can_freeze_permissionless(accounts),
        _ => entry(program, accounts, data),
    }
}

#[program]
pub mod gate {
    use super::*;

    // An instruction is found by comparing with one after the other: what happens most often comes
    // first.

    /// Opens the records of an issuer.
    ///
    /// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
    pub fn create_registry(ctx: Context<CreateRegistry>) -> Result<()> {
        instructions::create_registry(ctx)
    }

    /// Says who may hold a mint: whose records count, and which of them.
    ///
    /// Signers: `payer`, `operator` (LIST or COMPLIANCE of the ticker's issuer; for a mint without a
    /// ticker, the authority of its Token ACL config). `ticker` is the address where the mint's
    /// ticker would be. The registry of the issuer must be there.
    pub fn create_policy(ctx: Context<CreatePolicy>, terms: PolicyTerms) -> Result<()> {
        instructions::create_policy(ctx, terms)
    }

    /// Changes a policy: at once if nobody gains by it, and whatever is pending is dropped; else it
    /// becomes pending for the timelock, in place of what was.
    ///
    /// Signers: `operator` (COMPLIANCE). Where the source check changes, the mint's list of extra
    /// accounts is brought in line by `update_extra_account_metas`, in the same transaction.
    pub fn set_policy(ctx: Context<SetPolicy>, terms: PolicyTerms) -> Result<()> {
        instructions::set_policy(ctx, terms)
    }

    /// Takes pending terms once their time has come.
    ///
    /// Signers: none.
    pub fn apply_policy(ctx: Context<ApplyPolicy>) -> Result<()> {
        instructions::apply_policy(ctx)
    }

    /// Drops pending terms.
    ///
    /// Signers: `operator` (COMPLIANCE).
    pub fn cancel_policy(ctx: Context<GovernPolicy>) -> Result<()> {
        instructions::cancel_policy(ctx)
    }

    /// Nobody may hold the mint for now: a hooked one does not move, except back from escrow and in
    /// a seizure; nothing is thawed. Nobody is frozen for it.
    ///
    /// Signers: `operator` (PAUSE).
    pub fn pause_policy(ctx: Context<GovernPolicy>) -> Result<()> {
        instructions::pause_policy(ctx)
    }

    /// Signers: `operator` (UNPAUSE).
    pub fn unpause_policy(ctx: Context<GovernPolicy>) -> Result<()> {
        instructions::unpause_policy(ctx)
    }

    /// Takes over the policy of a mint without a ticker. No provider is accepted afterwards.
    ///
    /// Signers: `operator` (the authority of the mint's Token ACL config, when it has changed).
    pub fn claim_policy(ctx: Context<ClaimPolicy>) -> Result<()> {
        instructions::claim_policy(ctx)
    }

    /// Lists what a transfer of a hooked mint needs, as its policy has it.
    ///
    /// Signers: `payer`, `operator` (LIST or COMPLIANCE).
    pub fn initialize_extra_account_metas(ctx: Context<InitializeExtraAccountMetas>) -> Result<()> {
        instructions::initialize_extra_account_metas(ctx)
    }

    /// Brings that list in line with the policy, whose source check may have changed.
    ///
    /// Signers: none.
    pub fn update_extra_account_metas(ctx: Context<UpdateExtraAccountMetas>) -> Result<()> {
        instructions::update_extra_account_metas(ctx)
    }

    /// Lists what a permissionless thaw and a freeze of a mint under Token ACL need.
    ///
    /// Signers: `payer`, `operator` (LIST or COMPLIANCE).
    pub fn initialize_token_acl_metas(ctx: Context<InitializeTokenAclMetas>) -> Result<()> {
        instructions::initialize_token_acl_metas(ctx)
    }

    /// Why a transfer would be refused now, of an open, frozen or hooked mint. Simulate it and read
    /// the return data with `scrip_interface::gate::TransferReasons`. A hold of the issuer's on a
    /// frozen account is not looked at.
    ///
    /// Signers: none.
    pub fn can_transfer(
        ctx: Context<CanTransfer>,
        args: CanTransferArgs,
    ) -> Result<TransferAnswer> {
        instructions::can_transfer(ctx, args)
    }
}
