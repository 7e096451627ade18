//! Scrip's issuer program: tickers, attestors, reserves, mint and redemption.
//!
//! A share is minted only against a custodian's statement that a quorum of its attestors signed,
//! and never beyond the reserves that statement counts. See `README.md` for the accounts, errors,
//! trust model and invariants.

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod event;
pub mod instructions;
mod introspection;
mod listing;
pub mod quorum;
pub mod state;
pub mod stream;
mod token;

use instructions::*;

declare_id!(scrip_interface::ids::ISSUER);

#[program]
pub mod issuer {
    use super::*;

    /// Creates an issuer. Anyone may: whether to trust it is decided by its address.
    ///
    /// Signer: `creator`, who pays. `admin` may be another wallet. The genesis hash binds all
    /// signatures to this cluster; a wrong one makes every attestation fail, never pass.
    pub fn create_issuer(ctx: Context<CreateIssuer>, args: CreateIssuerArgs) -> Result<()> {
        instructions::create_issuer(ctx, args)
    }

    /// Names a custodian of the issuer.
    ///
    /// Signers: `payer`, `admin` (the issuer's).
    pub fn create_custodian(
        ctx: Context<CreateCustodian>,
        args: CreateCustodianArgs,
    ) -> Result<()> {
        instructions::create_custodian(ctx, args)
    }

    /// Creates a set of attestors of a custodian: their keys, how many must sign, and which kinds
    /// of attestation they may sign. Only while no ticker rests on the custodian.
    ///
    /// Signers: `payer`, `admin` (the issuer's).
    pub fn create_attestor_set(
        ctx: Context<CreateAttestorSet>,
        args: CreateAttestorSetArgs,
    ) -> Result<()> {
        instructions::create_attestor_set(ctx, args)
    }

    /// Lists a security: creates its Token-2022 mint, ticker, nonce window and escrow.
    ///
    /// Signers: `payer`, `admin` (the issuer's), `mint` (a fresh key, never needed again).
    pub fn list_ticker(ctx: Context<ListTicker>, args: ListTickerArgs) -> Result<()> {
        instructions::list_ticker(ctx, args)
    }

    /// Mints shares to their attested owner, within the attested reserves.
    ///
    /// No signer: the Ed25519 instruction just before carries the quorum's signatures.
    pub fn attest_mint(ctx: Context<AttestMint>, args: AttestMintArgs) -> Result<()> {
        instructions::attest_mint(ctx, args)
    }

    /// Puts an owner's shares into escrow, to be paid out by the custodian.
    ///
    /// Signers: `payer`, who gets the rent back later, and `owner`.
    pub fn request_redemption(
        ctx: Context<RequestRedemption>,
        args: RequestRedemptionArgs,
    ) -> Result<()> {
        instructions::request_redemption(ctx, args)
    }

    /// Burns shares in escrow that the custodian attests it has paid for, in whole or in part. The
    /// redemption is closed with its last part.
    ///
    /// No signer: the Ed25519 instruction just before carries the quorum's signatures.
    pub fn settle_redemption(
        ctx: Context<SettleRedemption>,
        args: SettleRedemptionArgs,
    ) -> Result<()> {
        instructions::settle_redemption(ctx, args)
    }
}
