use crate::{
    error::IssuerError,
    event::{AttestorSetWithdrawn, EMITTER},
    state::{AttestorSet, Custodian, Issuer, SET_PROPOSED},
};
use anchor_lang::prelude::*;

/// Takes a proposed set back. An active one stays, for auditors, after it has expired too.
#[event_cpi]
#[derive(Accounts)]
pub struct WithdrawAttestorSet<'info> {
    /// The admin, or who paid for the proposal.
    pub operator: Signer<'info>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(
        mut,
        close = rent_payer,
        has_one = custodian @ IssuerError::WrongCustodian,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    /// CHECK: the set names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn withdraw_attestor_set(ctx: Context<WithdrawAttestorSet>) -> Result<()> {
    let accounts = &ctx.accounts;
    let operator = accounts.operator.key();
    let mut issuer = accounts.issuer.load_mut()?;
    let AttestorSet { status, rent_payer, .. } = *accounts.attestor_set.load()?;
    require!(status == SET_PROPOSED, IssuerError::AttestorSetActive);
    require!(operator == issuer.admin || operator == rent_payer, IssuerError::NotAdmin);

    let (custodian, attestor_set) = (accounts.custodian.key(), accounts.attestor_set.key());
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| AttestorSetWithdrawn {
        sequence,
        custodian,
        attestor_set,
    })
}
