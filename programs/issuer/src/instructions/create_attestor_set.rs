use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{AttestorSetCreated, EMITTER},
    state::{AttestorSet, Custodian, Issuer, MAX_ATTESTORS, NEVER_READY, SET_ACTIVE, SET_PROPOSED},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::ATTESTORS_SEED;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateAttestorSetArgs {
    pub index: u32,
    /// Ed25519 keys in rising order, at most 16.
    pub attestors: Vec<Pubkey>,
    pub threshold: u8,
    /// Bit k: may sign attestations of kind k.
    pub kinds: u16,
    pub valid_from: i64,
    pub expires_at: i64,
    /// The set whose place it takes when it is activated; all zeros: none.
    pub replaces: Pubkey,
    /// How long that one goes on counting; may be 0.
    pub overlap_secs: u32,
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateAttestorSetArgs)]
pub struct CreateAttestorSet<'info> {
    /// Gets the rent back if the proposal is withdrawn.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Only what the admin proposes can be activated by the admin. Whatever anybody else proposes
    /// needs a quorum of the custodian's attestors.
    pub proposer: Signer<'info>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(
        init,
        payer = payer,
        space = AttestorSet::SPACE,
        seeds = [ATTESTORS_SEED, custodian.key().as_ref(), &args.index.to_le_bytes()],
        bump,
    )]
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    pub system_program: Program<'info, System>,
}

impl CreateAttestorSet<'_> {
    /// Status, and when it is ready. A new set could mint at once: it counts from the start only
    /// while nothing rests on its custodian.
    fn status(&self, replaces: &Pubkey, now: i64) -> Result<(u8, i64)> {
        let issuer = self.issuer.load()?;
        if self.proposer.key() != issuer.admin {
            return Ok((SET_PROPOSED, NEVER_READY));
        }
        let free = self.custodian.load()?.tickers == 0 && *replaces == Pubkey::default();
        let status = if free { SET_ACTIVE } else { SET_PROPOSED };
        Ok((status, Timestamp(now).saturating_add_secs(issuer.timelock_secs()).0))
    }

    /// Returns when the admin may activate it; 0 if it counts already.
    fn init(&self, args: &CreateAttestorSetArgs, bump: u8, now: i64) -> Result<i64> {
        let (status, ready_at) = self.status(&args.replaces, now)?;
        let mut set = self.attestor_set.load_init()?;
        set.version = LAYOUT_VERSION;
        set.bump = bump;
        set.threshold = args.threshold;
        set.count = u8::try_from(args.attestors.len())
            .ok()
            .filter(|&count| usize::from(count) <= MAX_ATTESTORS)
            .ok_or(IssuerError::AttestorsInvalid)?;
        set.index = args.index;
        set.kinds = args.kinds;
        set.status = status;
        set.custodian = self.custodian.key();
        set.valid_from = args.valid_from;
        set.expires_at = args.expires_at;
        for (slot, attestor) in set.attestors.iter_mut().zip(&args.attestors) {
            *slot = *attestor;
        }
        set.replaces = args.replaces;
        set.ready_at = ready_at;
        set.overlap_secs = args.overlap_secs;
        set.rent_payer = self.payer.key();
        require!(args.expires_at > now, IssuerError::ValidityInvalid);
        set.invariant()?;

        let mut custodian = self.custodian.load_mut()?;
        custodian.require_none_removed(&set)?;
        if status == SET_ACTIVE {
            custodian.unannounced_at = now;
            custodian.add_live_set(self.attestor_set.key(), args.expires_at, now)?;
        }
        Ok(if status == SET_ACTIVE { 0 } else { ready_at })
    }
}

pub fn create_attestor_set(
    ctx: Context<CreateAttestorSet>,
    args: CreateAttestorSetArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let ready_at = accounts.init(&args, ctx.bumps.attestor_set, now)?;

    let (custodian, attestor_set) = (accounts.custodian.key(), accounts.attestor_set.key());
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| AttestorSetCreated {
        sequence,
        custodian,
        attestor_set,
        index: args.index,
        threshold: args.threshold,
        kinds: args.kinds,
        valid_from: args.valid_from,
        expires_at: args.expires_at,
        replaces: args.replaces,
        overlap_secs: args.overlap_secs,
        ready_at,
        attestors: args.attestors,
    })
}
