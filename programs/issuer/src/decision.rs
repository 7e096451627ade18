//! Decisions about a custodian's attestors, made by a quorum of its own.

use crate::{
    error::IssuerError,
    quorum::{AttestationArgs, Quorum, Subject},
    state::{AttestorSet, Custodian, Issuer},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::{AttestorsBody, Decision};

/// Where a quorum's decision is, if there is one. All three are given, or none.
pub struct DecisionProof<'a, 'info> {
    pub issuer: &'a AccountLoader<'info, Issuer>,
    pub signing_set: &'a Option<AccountLoader<'info, AttestorSet>>,
    pub signatures: &'a Option<UncheckedAccount<'info>>,
    pub attestation: &'a Option<AttestationArgs>,
}

/// What is decided about whom.
pub struct Decided {
    pub decision: Decision,
    pub target: Pubkey,
    pub value: [u8; 32],
}

impl DecisionProof<'_, '_> {
    /// Takes the quorum's decision; false if none is given, so that another power must do.
    pub fn take(
        &self,
        custodian: &AccountLoader<Custodian>,
        decided: &Decided,
        now: i64,
    ) -> Result<bool> {
        let Some(args) = self.attestation else { return Ok(false) };
        let attestor_set = self.signing_set.as_ref().ok_or(IssuerError::Ed25519Missing)?;
        let signatures = self.signatures.as_ref().ok_or(IssuerError::Ed25519Missing)?;
        let address = custodian.key();
        let mut custodian = custodian.load_mut()?;
        let subject = Subject { custodian: address, address, nonces: &mut custodian.nonces };
        let quorum = Quorum { issuer: self.issuer, attestor_set, signatures };
        quorum.take(subject, args, now, |header| AttestorsBody {
            header,
            decision: decided.decision as u8,
            target: decided.target,
            value: decided.value,
        })?;
        Ok(true)
    }
}
