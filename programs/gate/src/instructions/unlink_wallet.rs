use crate::{
    error::GateError,
    event::{EMITTER, WalletUnlinked},
    state::{Investor, Provider, Wallet, evidence},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct UnlinkWallet<'info> {
    /// The wallet itself, or its provider's authority.
    pub operator: Signer<'info>,
    #[account(mut)]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        mut,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
    )]
    pub investor: AccountLoader<'info, Investor>,
    #[account(
        mut,
        close = rent_payer,
        has_one = investor @ GateError::WrongInvestor,
        has_one = rent_payer @ GateError::WrongRentPayer,
    )]
    pub wallet: AccountLoader<'info, Wallet>,
    /// CHECK: the wallet's record names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn unlink_wallet(ctx: Context<UnlinkWallet>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (operator, owner) = (accounts.operator.key(), accounts.wallet.load()?.owner);
    let mut provider = accounts.provider.load_mut()?;
    let by_provider = provider.is_by(evidence::SIGNATURE) && provider.authority == operator;
    require!(by_provider || operator == owner, GateError::NotOwnerNorProvider);
    accounts.investor.load_mut()?.unlink(&owner)?;

    let (provider_key, key) = (accounts.provider.key(), accounts.investor.key());
    provider.stream.publish(EMITTER, &accounts.event_authority, |sequence| WalletUnlinked {
        sequence,
        provider: provider_key,
        investor: key,
        owner,
    })
}
