use crate::{
    error::GateError,
    records::publish_change,
    sas::{self, Evidence},
    state::{Investor, Provider, evidence},
};
use anchor_lang::prelude::*;

/// Remaining accounts: the records of all wallets of the investor, writable, in its order.
#[event_cpi]
#[derive(Accounts)]
pub struct SyncFromSas<'info> {
    #[account(mut)]
    pub provider: AccountLoader<'info, Provider>,
    /// CHECK: `Evidence` reads it.
    #[account(
        constraint = provider.load()?.authority == credential.key()
            @ GateError::SasCredentialInvalid,
    )]
    pub credential: UncheckedAccount<'info>,
    /// CHECK: `Evidence` reads it.
    #[account(
        constraint = provider.load()?.schema == schema.key() @ GateError::SasSchemaInvalid,
    )]
    pub schema: UncheckedAccount<'info>,
    #[account(
        mut,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
    )]
    pub investor: AccountLoader<'info, Investor>,
    /// CHECK: the investor's id is the hash of its address. Empty, once it was closed.
    #[account(
        constraint = investor.load()?.id_hash == sas::id_hash(attestation.key)
            @ GateError::SasWrongAttestation,
    )]
    pub attestation: UncheckedAccount<'info>,
}

/// Anybody may: the accounts are the only ones that there are, and what they hold decides.
pub fn sync_from_sas<'info>(ctx: Context<'info, SyncFromSas<'info>>) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    {
        let provider = accounts.provider.load()?;
        require!(provider.is_by(evidence::SAS), GateError::WrongEvidence);
        let evidence = Evidence {
            credential: &accounts.credential,
            schema: &accounts.schema,
            attestation: &accounts.attestation,
        };
        let attested = evidence.read(&provider, now).and_then(|attested| {
            provider.covers(&attested.claim)?;
            Ok(attested)
        });
        let mut investor = accounts.investor.load_mut()?;
        match attested {
            // A provider whose time is over renews nothing. If the attestation says less than the record,
            // the record ends.
            Ok(attested)
                if now >= provider.expires_at && !attested.claim.grants(&investor.claim()) =>
            {
                investor.revoke();
            }
            Ok(attested) => {
                provider.require_may_vouch(&attested.claim, now)?;
                investor.vouch(&attested.claim)?;
            }
            // It keeps new attestations out, and says nothing of this one.
            Err(paused @ GateError::SasSchemaPaused) => return Err(paused.into()),
            Err(_) => investor.revoke(),
        }
    }
    let event_authority = &accounts.event_authority;
    publish_change(&accounts.provider, &accounts.investor, ctx.remaining_accounts, event_authority)
}
