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
pub mod state;

use instructions::*;

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
}
