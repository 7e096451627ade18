use crate::{
    error::IssuerError,
    introspection::{INSTRUCTIONS_SYSVAR, preceding_ed25519},
    state::{Attestation, AttestorSet},
};
use anchor_lang::prelude::*;
use scrip_interface::{
    attestation::{Kind, message},
    ed25519,
};

/// Nobody signs: the Ed25519 instruction just before carries the signatures to add.
#[derive(Accounts)]
pub struct PostAttestation<'info> {
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(mut, has_one = attestor_set @ IssuerError::WrongCustodian)]
    pub attestation: AccountLoader<'info, Attestation>,
    /// CHECK: by its address.
    #[account(address = INSTRUCTIONS_SYSVAR)]
    pub signatures: UncheckedAccount<'info>,
}

pub fn post_attestation(ctx: Context<PostAttestation>) -> Result<()> {
    let accounts = &ctx.accounts;
    let set = accounts.attestor_set.load()?;
    let mut attestation = accounts.attestation.load_mut()?;
    let kind = Kind::from_number(attestation.kind).ok_or(IssuerError::AttestationBodyInvalid)?;
    set.require_may_sign(kind, Clock::get()?.unix_timestamp)?;

    let sysvar = accounts.signatures.try_borrow_data()?;
    let data = preceding_ed25519(&sysvar).ok_or(IssuerError::Ed25519Missing)?;
    let verified = ed25519::decode(data).ok_or(IssuerError::Ed25519LayoutInvalid)?;
    let signed = message(kind, &attestation.digest);
    require!(*verified.message == signed, IssuerError::AttestationMismatch);
    set.require_members(verified.keys())?;
    let added = attestation.add(verified.keys())?;
    require!(added > 0, IssuerError::NoNewSignature);
    Ok(())
}
