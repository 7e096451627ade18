use crate::{
    error::GateError,
    event::{EMITTER, InvestorRegistered, WalletLinked},
    sas::{self, Evidence},
    state::{Investor, Provider, Wallet, evidence},
};
use anchor_lang::prelude::*;
use scrip_interface::gate::pda::{INVESTOR_SEED, WALLET_SEED};

#[event_cpi]
#[derive(Accounts)]
pub struct RegisterFromSas<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The wallet that the attestation is about.
    pub owner: Signer<'info>,
    /// CHECK: the provider names it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub provider: AccountLoader<'info, Provider>,
    /// CHECK: `Evidence` reads it.
    pub credential: UncheckedAccount<'info>,
    /// CHECK: `Evidence` reads it.
    pub schema: UncheckedAccount<'info>,
    /// CHECK: `Evidence` reads it.
    pub attestation: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Investor::SPACE,
        seeds = [INVESTOR_SEED, issuer.key().as_ref(), &sas::id_hash(attestation.key)],
        bump,
    )]
    pub investor: AccountLoader<'info, Investor>,
    #[account(
        init,
        payer = payer,
        space = Wallet::SPACE,
        seeds = [WALLET_SEED, issuer.key().as_ref(), owner.key().as_ref()],
        bump,
    )]
    pub wallet: AccountLoader<'info, Wallet>,
    pub system_program: Program<'info, System>,
}

pub fn register_from_sas(ctx: Context<RegisterFromSas>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, owner) = (Clock::get()?.unix_timestamp, accounts.owner.key());
    let mut provider = accounts.provider.load_mut()?;
    require!(provider.is_by(evidence::SAS), GateError::WrongEvidence);
    let evidence = Evidence {
        credential: &accounts.credential,
        schema: &accounts.schema,
        attestation: &accounts.attestation,
    };
    let attested = evidence.read(&provider, now)?;
    require_keys_eq!(attested.wallet, owner, GateError::SasWrongSubject);
    let claim = attested.claim;
    provider.require_may_vouch(&claim, now)?;

    let (provider_key, key) = (accounts.provider.key(), accounts.investor.key());
    let id_hash = sas::id_hash(accounts.attestation.key);
    let mut investor = accounts.investor.load_init()?;
    investor.bump = ctx.bumps.investor;
    investor.rent_payer = accounts.payer.key();
    investor.open(&provider, id_hash, &claim)?;
    investor.link(owner)?;
    let mut wallet = accounts.wallet.load_init()?;
    wallet.bump = ctx.bumps.wallet;
    wallet.rent_payer = accounts.payer.key();
    wallet.link(key, &investor, owner);

    let event_authority = &accounts.event_authority;
    provider.stream.publish(EMITTER, event_authority, |sequence| InvestorRegistered {
        sequence,
        provider: provider_key,
        investor: key,
        id_hash,
        claim,
    })?;
    provider.stream.publish(EMITTER, event_authority, |sequence| WalletLinked {
        sequence,
        provider: provider_key,
        investor: key,
        owner,
    })
}
