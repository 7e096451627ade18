//! Whether a quorum of a custodian's attestors signed exactly this.

use crate::{
    constants::{CLOCK_TOLERANCE_SECS, MAX_ATTESTATION_LIFETIME_SECS},
    error::IssuerError,
    introspection::preceding_ed25519,
    state::{AttestorSet, Issuer, NonceWindow},
};
use anchor_lang::prelude::*;
use scrip_interface::{
    attestation::{Header, Kind, Message},
    ed25519,
};
use scrip_math::Timestamp;

/// The part of an attestation's header that no account tells.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttestationArgs {
    pub nonce: u64,
    pub issued_at: i64,
    pub expires_at: i64,
}

impl AttestationArgs {
    /// The header as the attestors must have signed it.
    pub fn header(&self, issuer: &Issuer, subject: Pubkey, attestor_set: Pubkey) -> Header {
        Header {
            genesis_hash: issuer.genesis_hash,
            program_id: crate::ID,
            subject,
            attestor_set,
            nonce: self.nonce,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
        }
    }

    fn require_in_time(&self, now: i64) -> Result<()> {
        let issued_at = Timestamp(self.issued_at);
        let expires_at = Timestamp(self.expires_at);
        let now = Timestamp(now);
        let lifetime = expires_at.secs_since(issued_at);
        require!(
            lifetime > 0 && lifetime <= MAX_ATTESTATION_LIFETIME_SECS,
            IssuerError::AttestationLifetimeInvalid
        );
        require!(
            issued_at <= now.saturating_add_secs(CLOCK_TOLERANCE_SECS),
            IssuerError::AttestationNotYetIssued
        );
        require!(now < expires_at, IssuerError::AttestationExpired);
        Ok(())
    }
}

/// Takes an attestation: in time, signed by a quorum of a set that may sign its kind, its nonce
/// used for the first time. Returns the bit mask of the set's members who signed.
///
/// `message` is rebuilt by the caller from its own arguments and accounts; `instructions` is the
/// Instructions sysvar, its address checked.
pub fn take_attestation(
    kind: Kind,
    args: &AttestationArgs,
    message: &Message,
    set: &AttestorSet,
    nonces: &mut NonceWindow,
    instructions: &AccountInfo,
) -> Result<u16> {
    let now = Clock::get()?.unix_timestamp;
    set.require_may_sign(kind, now)?;
    args.require_in_time(now)?;

    let sysvar = instructions.try_borrow_data()?;
    let data = preceding_ed25519(&sysvar).ok_or(IssuerError::Ed25519Missing)?;
    let verified = ed25519::decode(data).ok_or(IssuerError::Ed25519LayoutInvalid)?;
    require!(verified.message == message, IssuerError::AttestationMismatch);
    let signers = set.require_quorum(verified.keys())?;

    nonces.consume(args.nonce)?;
    Ok(signers)
}
