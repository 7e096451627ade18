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
mod records;
pub mod sas;
pub mod state;
pub mod token_acl;

use anchor_lang::solana_program::entrypoint::ProgramResult;
use instructions::*;
use state::{Claim, PolicyTerms, ProviderLimits};

declare_id!(scrip_interface::ids::GATE);

// Not for who links this as a library to call it, and not on the host.
#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::entrypoint!(process);

#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::security_txt!("Scrip gate");

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
        _ if scrip_stream::is_event(&EVENT_AUTHORITY_AND_BUMP.0, accounts, data) => Ok(()),
        _ => entry(program, accounts, data),
    }
}

#[program]
pub mod gate {
    use super::*;

    /// Opens the records of an issuer.
    ///
    /// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
    pub fn create_registry(ctx: Context<CreateRegistry>) -> Result<()> {
        instructions::create_registry(ctx)
    }

    // Investors and their wallets.

    /// Registers a person as an investor.
    ///
    /// Signers: `payer`, `authority` (the provider's).
    pub fn register_investor(
        ctx: Context<RegisterInvestor>,
        args: RegisterInvestorArgs,
    ) -> Result<()> {
        instructions::register_investor(ctx, args)
    }

    /// Links a wallet to an investor: at most eight.
    ///
    /// Signers: `payer`, `authority` (the provider's), `owner` (the wallet itself).
    pub fn link_wallet(ctx: Context<LinkWallet>) -> Result<()> {
        instructions::link_wallet(ctx)
    }

    /// Unlinks a wallet from its investor, unless that is barred.
    ///
    /// Signer: `operator` (the wallet itself, or the provider's authority).
    pub fn unlink_wallet(ctx: Context<UnlinkWallet>) -> Result<()> {
        instructions::unlink_wallet(ctx)
    }

    /// Says anew who an investor is and until when that counts, or gives a word back that was taken.
    /// Remaining accounts: the records of all its wallets, writable, in its order.
    ///
    /// Signer: `authority` (the provider's).
    pub fn update_investor<'info>(
        ctx: Context<'info, ChangeInvestor<'info>>,
        claim: Claim,
    ) -> Result<()> {
        instructions::update_investor(ctx, claim)
    }

    /// Takes the provider's word for an investor back. Remaining accounts: the records of all its
    /// wallets, writable, in its order.
    ///
    /// Signer: `authority` (the provider's).
    pub fn revoke_investor<'info>(ctx: Context<'info, ChangeInvestor<'info>>) -> Result<()> {
        instructions::revoke_investor(ctx)
    }

    /// Bars an investor, whatever its provider says. Remaining accounts: the records of all its
    /// wallets, writable, in its order.
    ///
    /// Signer: `operator` (COMPLIANCE).
    pub fn bar_investor<'info>(ctx: Context<'info, BarInvestor<'info>>) -> Result<()> {
        instructions::bar_investor(ctx)
    }

    /// Lifts a bar. Remaining accounts: the records of all the investor's wallets, writable, in its
    /// order.
    ///
    /// Signer: `operator` (COMPLIANCE).
    pub fn unbar_investor<'info>(ctx: Context<'info, BarInvestor<'info>>) -> Result<()> {
        instructions::unbar_investor(ctx)
    }

    /// Closes the record of an investor without wallets that is not barred.
    ///
    /// Signer: `operator` (the provider's authority, or COMPLIANCE).
    pub fn close_investor(ctx: Context<CloseInvestor>) -> Result<()> {
        instructions::close_investor(ctx)
    }

    /// Registers the wallet of an attestation of the Solana Attestation Service, as an investor of its
    /// own.
    ///
    /// Signers: `payer`, `owner` (the wallet itself).
    pub fn register_from_sas(ctx: Context<RegisterFromSas>) -> Result<()> {
        instructions::register_from_sas(ctx)
    }

    /// Brings an investor to what its attestation says now; revokes it if that is not good any more.
    /// Remaining accounts: the records of all its wallets, writable, in its order.
    ///
    /// No signer: what the attestation's account holds decides.
    pub fn sync_from_sas<'info>(ctx: Context<'info, SyncFromSas<'info>>) -> Result<()> {
        instructions::sync_from_sas(ctx)
    }

    // Providers and venues.

    /// Adds a provider: who may register which investors, and by what evidence.
    ///
    /// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
    pub fn create_provider(ctx: Context<CreateProvider>, args: CreateProviderArgs) -> Result<()> {
        instructions::create_provider(ctx, args)
    }

    /// Takes countries and tiers from a provider, or moves the end of its time.
    ///
    /// Signer: `operator` (COMPLIANCE, or the wallet itself).
    pub fn set_provider(ctx: Context<SetProvider>, limits: ProviderLimits) -> Result<()> {
        instructions::set_provider(ctx, limits)
    }

    /// Lets a protocol's vault authority hold the mints whose policies take venues.
    ///
    /// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
    pub fn set_venue(ctx: Context<SetVenue>, expires_at: i64) -> Result<()> {
        instructions::set_venue(ctx, expires_at)
    }

    /// Drops a venue.
    ///
    /// Signer: `operator` (COMPLIANCE, or the wallet itself).
    pub fn drop_venue(ctx: Context<DropVenue>) -> Result<()> {
        instructions::drop_venue(ctx)
    }

    // Policies.

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
