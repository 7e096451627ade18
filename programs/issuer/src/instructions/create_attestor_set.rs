use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::AttestorSetCreated,
    state::{AttestorSet, Custodian, Issuer, MAX_ATTESTORS},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::ATTESTORS_SEED;

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
}

#[event_cpi]
#[derive(Accounts)]
#[instruction(args: CreateAttestorSetArgs)]
pub struct CreateAttestorSet<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(has_one = issuer @ IssuerError::WrongIssuer)]
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
    fn validate(&self, args: &CreateAttestorSetArgs) -> Result<()> {
        // A new set could mint at once: once shares rest on this custodian, its attestors change
        // by rotation only.
        require!(self.custodian.load()?.tickers == 0, IssuerError::CustodianInUse);
        require!(args.expires_at > Clock::get()?.unix_timestamp, IssuerError::ValidityInvalid);
        Ok(())
    }
}

pub fn create_attestor_set(
    ctx: Context<CreateAttestorSet>,
    args: CreateAttestorSetArgs,
) -> Result<()> {
    ctx.accounts.validate(&args)?;
    let custodian = ctx.accounts.custodian.key();
    let attestor_set = ctx.accounts.attestor_set.key();

    let mut set = ctx.accounts.attestor_set.load_init()?;
    set.version = LAYOUT_VERSION;
    set.bump = ctx.bumps.attestor_set;
    set.threshold = args.threshold;
    set.count = u8::try_from(args.attestors.len())
        .ok()
        .filter(|&count| usize::from(count) <= MAX_ATTESTORS)
        .ok_or(IssuerError::AttestorsInvalid)?;
    set.index = args.index;
    set.kinds = args.kinds;
    set.custodian = custodian;
    set.valid_from = args.valid_from;
    set.expires_at = args.expires_at;
    for (slot, attestor) in set.attestors.iter_mut().zip(&args.attestors) {
        *slot = *attestor;
    }
    set.invariant()?;

    let mut issuer = ctx.accounts.issuer.load_mut()?;
    issuer.stream.publish(&ctx.accounts.event_authority, |sequence| AttestorSetCreated {
        sequence,
        custodian,
        attestor_set,
        index: args.index,
        threshold: args.threshold,
        kinds: args.kinds,
        valid_from: args.valid_from,
        expires_at: args.expires_at,
        attestors: args.attestors,
    })
}
