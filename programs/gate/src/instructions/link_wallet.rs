use crate::{
    error::GateError,
    event::{EMITTER, WalletLinked},
    state::{Investor, Provider, Wallet, evidence},
};
use anchor_lang::prelude::*;
use scrip_interface::gate::pda::WALLET_SEED;

#[event_cpi]
#[derive(Accounts)]
pub struct LinkWallet<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub authority: Signer<'info>,
    /// The wallet itself: nobody is linked to another's name.
    pub owner: Signer<'info>,
    /// CHECK: the provider names it.
    pub issuer: UncheckedAccount<'info>,
    #[account(
        mut,
        has_one = authority @ GateError::NotProvider,
        has_one = issuer @ GateError::WrongIssuer,
    )]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        mut,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
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

pub fn link_wallet(ctx: Context<LinkWallet>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (key, owner) = (accounts.investor.key(), accounts.owner.key());
    let mut provider = accounts.provider.load_mut()?;
    let mut investor = accounts.investor.load_mut()?;
    require!(provider.is_by(evidence::SIGNATURE), GateError::WrongEvidence);
    // A wallet more is its word given once more.
    provider.require_may_vouch(&investor.claim(), Clock::get()?.unix_timestamp)?;

    investor.link(owner)?;
    let mut wallet = accounts.wallet.load_init()?;
    wallet.bump = ctx.bumps.wallet;
    wallet.rent_payer = accounts.payer.key();
    wallet.link(key, &investor, owner);

    let provider_key = accounts.provider.key();
    provider.stream.publish(EMITTER, &accounts.event_authority, |sequence| WalletLinked {
        sequence,
        provider: provider_key,
        investor: key,
        owner,
    })
}
