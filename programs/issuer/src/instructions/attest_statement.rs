use crate::{
    error::IssuerError,
    event::{EMITTER, StatementAttested},
    quorum::{AttestationArgs, Quorum, Subject},
    state::{AttestorSet, Custodian, Issuer, SignedStatement, require_not_in_future},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::StatementBody;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AttestStatementArgs {
    pub attestation: AttestationArgs,
    pub as_of: i64,
    /// Over one leaf per ticker of the custodian.
    pub root: [u8; 32],
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct AttestStatement<'info> {
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
        constraint = custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
}

pub fn attest_statement(ctx: Context<AttestStatement>, args: AttestStatementArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let address = accounts.custodian.key();
    let mut custodian = accounts.custodian.load_mut()?;
    let AttestStatementArgs { attestation, as_of, root } = args;

    require_not_in_future(as_of, now)?;
    require!(as_of > custodian.statement.as_of, IssuerError::StatementNotNewer);
    let quorum = Quorum {
        issuer: &accounts.issuer,
        attestor_set: &accounts.attestor_set,
        signatures: &accounts.signatures,
    };
    let subject = Subject { custodian: address, address, nonces: &mut custodian.nonces };
    let signers =
        quorum.take(subject, &attestation, now, |header| StatementBody { header, as_of, root })?;
    custodian.statement = SignedStatement { as_of, root };

    let attestor_set = accounts.attestor_set.key();
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| StatementAttested {
        sequence,
        custodian: address,
        as_of,
        root,
        attestor_set,
        nonce: attestation.nonce,
        signers,
    })
}
