//! Corporate actions: who may decide about one, and the mint's multiplier.

use crate::{
    error::IssuerError,
    quorum::{AttestationArgs, Quorum},
    state::{AttestorSet, Issuer, NonceWindow, Ticker},
    token,
};
use anchor_lang::prelude::*;
use scrip_interface::{
    action::{ActionTerms, Step},
    attestation::{ActionBody, ReserveStatement},
};
use scrip_math::{Multiplier, Timestamp};

/// Where a quorum's word about an action is, if there is one. All three are given, or none.
pub struct StepProof<'a, 'info> {
    pub issuer: &'a AccountLoader<'info, Issuer>,
    pub attestor_set: &'a Option<AccountLoader<'info, AttestorSet>>,
    pub nonces: &'a Option<AccountLoader<'info, NonceWindow>>,
    pub signatures: &'a Option<UncheckedAccount<'info>>,
}

/// A step of an action, as a quorum signs it.
pub struct SignedStep<'a> {
    pub step: Step,
    /// Number of the event that announced the action.
    pub request: u64,
    pub terms: &'a ActionTerms,
    /// For a step that schedules: when it takes effect, and what is held from then on.
    pub after: ReserveStatement,
}

impl SignedStep<'_> {
    /// Takes the quorum's attestation of this step.
    pub fn take(
        &self,
        quorum: &Quorum,
        nonces: &AccountLoader<NonceWindow>,
        ticker: &Ticker,
        args: &AttestationArgs,
        now: i64,
    ) -> Result<()> {
        quorum.take_about(ticker, nonces, args, now, |header| ActionBody {
            header,
            action_sequence: ticker.action_sequence,
            step: self.step as u8,
            request: self.request,
            terms_hash: self.terms.hash(),
            effective_at: self.after.as_of,
            settled_after_e8: self.after.settled_shares_e8,
            receivable_after_e8: self.after.receivable_shares_e8,
        })?;
        Ok(())
    }
}

impl StepProof<'_, '_> {
    /// Takes the quorum's word; false if none is given, so that a role must do.
    pub fn take(
        &self,
        step: &SignedStep,
        ticker: &Ticker,
        args: &Option<AttestationArgs>,
        now: i64,
    ) -> Result<bool> {
        let Some(args) = args else { return Ok(false) };
        let missing = IssuerError::Ed25519Missing;
        let quorum = Quorum {
            issuer: self.issuer,
            attestor_set: self.attestor_set.as_ref().ok_or(missing)?,
            signatures: self.signatures.as_ref().ok_or(missing)?,
        };
        let nonces = self.nonces.as_ref().ok_or(missing)?;
        step.take(&quorum, nonces, ticker, args, now)?;
        Ok(true)
    }
}

/// The multiplier that counts now. Refused while another is pending: Token-2022 would forget it.
pub fn settled_multiplier(mint: &AccountInfo, now: i64) -> Result<Multiplier> {
    let invalid = |_| IssuerError::MultiplierInvalid;
    token::with_mint(mint, |mint| {
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let pending = scaled_ui.pending(Timestamp(now)).map_err(invalid)?;
        require!(pending.is_none(), IssuerError::MultiplierPending);
        Ok(scaled_ui.current(Timestamp(now)).map_err(invalid)?)
    })
}

/// After a call to Token-2022: what it will say before and from `effective_at` on is what the
/// ledger says.
pub fn require_multipliers(
    mint: &AccountInfo,
    old: Multiplier,
    new: Multiplier,
    effective_at: i64,
    now: i64,
) -> Result<()> {
    let invalid = |_| IssuerError::MultiplierInvalid;
    token::with_mint(mint, |mint| {
        let scaled_ui = mint.scaled_ui().ok_or(IssuerError::MultiplierInvalid)?;
        let current = scaled_ui.current(Timestamp(now)).map_err(invalid)?;
        let later = scaled_ui.current(Timestamp(effective_at)).map_err(invalid)?;
        require!(current == old && later == new, IssuerError::MultiplierInvalid);
        Ok(())
    })
}
