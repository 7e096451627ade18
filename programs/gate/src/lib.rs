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
pub mod instructions;
pub mod manager;
mod records;
mod sas;
pub mod state;

use instructions::*;
use state::{Claim, ProviderLimits};

declare_id!(scrip_interface::ids::GATE);

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
}
