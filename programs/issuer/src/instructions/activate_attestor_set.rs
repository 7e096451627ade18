use crate::{
    constants::CHANGE_GRACE_SECS,
    decision::{Decided, DecisionProof},
    error::IssuerError,
    event::{AttestorSetActivated, EMITTER},
    quorum::AttestationArgs,
    state::{AttestorSet, Custodian, Issuer, SET_ACTIVE, SET_PROPOSED},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::Decision;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ActivateAttestorSetArgs {
    /// A quorum's decision, which counts at once. Without one the admin must sign, after the
    /// timelock.
    pub attestation: Option<AttestationArgs>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct ActivateAttestorSet<'info> {
    /// The admin, where no quorum decides.
    pub operator: Option<Signer<'info>>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(mut, has_one = custodian @ IssuerError::WrongCustodian)]
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    /// The set it replaces, if it says so.
    #[account(mut)]
    pub replaced: Option<AccountLoader<'info, AttestorSet>>,
    /// Whose quorum decides: any live set of the custodian that may sign about attestors.
    pub signing_set: Option<AccountLoader<'info, AttestorSet>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: Option<UncheckedAccount<'info>>,
}

impl ActivateAttestorSet<'_> {
    /// Whether a quorum decides; else the admin must, and may.
    fn authorize(&self, args: &ActivateAttestorSetArgs, now: i64) -> Result<bool> {
        let proof = DecisionProof {
            issuer: &self.issuer,
            signing_set: &self.signing_set,
            signatures: &self.signatures,
            attestation: &args.attestation,
        };
        let decided = Decided {
            decision: Decision::ActivateSet,
            target: self.attestor_set.key(),
            value: self.attestor_set.load()?.contents_hash(),
        };
        if proof.take(&self.custodian, &decided, now)? {
            return Ok(true);
        }
        let operator = self.operator.as_ref().ok_or(IssuerError::NotAdmin)?;
        require_keys_eq!(operator.key(), self.issuer.load()?.admin, IssuerError::NotAdmin);
        let ready_at = self.attestor_set.load()?.ready_at;
        require!(now >= ready_at, IssuerError::TimelockNotPassed);
        // Like any announced change: a ripe proposal is no weapon to keep for years.
        let forgotten_at = Timestamp(ready_at).saturating_add_secs(CHANGE_GRACE_SECS);
        require!(Timestamp(now) < forgotten_at, IssuerError::AnnouncementExpired);
        Ok(false)
    }

    /// Ends the replaced set after the overlap. Returns when.
    fn end_replaced(&self, replaces: &Pubkey, overlap_secs: u32, now: i64) -> Result<i64> {
        let Some(replaced) = &self.replaced else {
            require_keys_eq!(*replaces, Pubkey::default(), IssuerError::WrongReplacedSet);
            return Ok(0);
        };
        require_keys_eq!(replaced.key(), *replaces, IssuerError::WrongReplacedSet);
        let mut replaced = replaced.load_mut()?;
        let until = Timestamp(now).saturating_add_secs(overlap_secs).0.min(replaced.expires_at);
        replaced.expires_at = until;
        self.custodian.load_mut()?.end_live_set(replaces, until, now)?;
        Ok(until)
    }
}

pub fn activate_attestor_set(
    ctx: Context<ActivateAttestorSet>,
    args: ActivateAttestorSetArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let status = accounts.attestor_set.load()?.status;
    require!(status == SET_PROPOSED, IssuerError::AttestorSetActive);
    let by_quorum = accounts.authorize(&args, now)?;

    let (custodian, attestor_set) = (accounts.custodian.key(), accounts.attestor_set.key());
    let mut set = accounts.attestor_set.load_mut()?;
    set.status = SET_ACTIVE;
    if let Some(signing_set) = accounts.signing_set.as_ref().filter(|_| by_quorum) {
        // Either it or who let it in has been seen for as long.
        set.ready_at = set.ready_at.min(signing_set.load()?.ready_at);
    }
    require!(set.expires_at > now, IssuerError::ValidityInvalid);
    set.invariant()?;
    let (replaces, overlap_secs) = (set.replaces, set.overlap_secs);
    let replaced_until = accounts.end_replaced(&replaces, overlap_secs, now)?;
    {
        let mut custodian = accounts.custodian.load_mut()?;
        custodian.require_none_removed(&set)?;
        custodian.add_live_set(attestor_set, set.expires_at, now)?;
    }

    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| AttestorSetActivated {
        sequence,
        custodian,
        attestor_set,
        replaces,
        replaced_until,
        by_quorum,
    })
}
