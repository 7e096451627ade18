use crate::{
    decision::{Decided, DecisionProof},
    error::IssuerError,
    event::{AttestorRemoved, EMITTER},
    power::require_power,
    quorum::AttestationArgs,
    state::{AttestorSet, Custodian, Issuer, RoleGrant, role},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::Decision;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RemoveAttestorArgs {
    /// The key that counts nowhere any more.
    pub attestor: Pubkey,
    /// A quorum's decision. Without one the PAUSE role must sign.
    pub attestation: Option<AttestationArgs>,
}

/// Remaining accounts: all live sets of the custodian, writable, in the order in which it lists
/// them.
#[event_cpi]
#[derive(Accounts)]
pub struct RemoveAttestor<'info> {
    /// Who has the PAUSE role, where no quorum decides.
    pub operator: Option<Signer<'info>>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    /// Whose quorum decides: any live set of the custodian that may sign about attestors.
    pub signing_set: Option<AccountLoader<'info, AttestorSet>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: Option<UncheckedAccount<'info>>,
}

impl RemoveAttestor<'_> {
    /// Whether a quorum decides; else the PAUSE role must.
    fn authorize(&self, args: &RemoveAttestorArgs, now: i64) -> Result<bool> {
        let proof = DecisionProof {
            issuer: &self.issuer,
            signing_set: &self.signing_set,
            signatures: &self.signatures,
            attestation: &args.attestation,
        };
        let decided = Decided {
            decision: Decision::RemoveAttestor,
            target: self.custodian.key(),
            value: args.attestor.to_bytes(),
        };
        if proof.take(&self.custodian, &decided, now)? {
            return Ok(true);
        }
        let operator = self.operator.as_ref().ok_or(IssuerError::PowerMissing)?.key();
        require_power(&self.issuer, &operator, &self.role_grant, role::PAUSE, now)?;
        Ok(false)
    }
}

/// Takes the key out of all live sets, or out of none. Returns how many had it.
fn remove_everywhere<'info>(
    custodian: &Custodian,
    sets: &'info [AccountInfo<'info>],
    attestor: &Pubkey,
    now: i64,
) -> Result<u8> {
    let live = || custodian.live_sets(now).map(|set| &set.address);
    let complete = live().eq(sets.iter().map(|set| set.key));
    require!(complete, IssuerError::AttestorSetsIncomplete);
    let mut removed = 0u8;
    for set in sets {
        let set = AccountLoader::<AttestorSet>::try_from(set)?;
        if set.load_mut()?.remove(attestor)? {
            removed = removed.saturating_add(1);
        }
    }
    require!(removed > 0, IssuerError::AttestorNotFound);
    Ok(removed)
}

pub fn remove_attestor<'info>(
    ctx: Context<'info, RemoveAttestor<'info>>,
    args: RemoveAttestorArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let by_quorum = accounts.authorize(&args, now)?;
    let custodian_key = accounts.custodian.key();
    let sets = {
        let mut custodian = accounts.custodian.load_mut()?;
        let sets = remove_everywhere(&custodian, ctx.remaining_accounts, &args.attestor, now)?;
        custodian.remember_removed(&args.attestor);
        sets
    };

    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| AttestorRemoved {
        sequence,
        custodian: custodian_key,
        attestor: args.attestor,
        sets,
        by_quorum,
    })
}
