//! The custodian's answer to a request: it will pay, or it will not.

use crate::{
    error::IssuerError,
    event::{EMITTER, RedemptionAcknowledged, RedemptionRejected},
    quorum::{AttestationArgs, Quorum},
    state::{AttestorSet, Issuer, NonceWindow, Redemption, Ticker},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::{AcknowledgeBody, Body, Header, RejectBody};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AcknowledgeRedemptionArgs {
    pub attestation: AttestationArgs,
}

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RejectRedemptionArgs {
    pub attestation: AttestationArgs,
    /// The custodian's own code.
    pub reason: u16,
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it. No pause
/// stops it.
#[event_cpi]
#[derive(Accounts)]
pub struct AnswerRedemption<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    #[account(
        mut,
        constraint = redemption.load()?.mint == ticker.load()?.mint @ IssuerError::WrongMint,
    )]
    pub redemption: AccountLoader<'info, Redemption>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
}

impl AnswerRedemption<'_> {
    fn take<B: Body>(
        &self,
        attestation: &AttestationArgs,
        ticker: &Ticker,
        now: i64,
        body: impl FnOnce(Header) -> B,
    ) -> Result<u16> {
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        quorum.take_about(ticker, &self.nonces, attestation, now, body)
    }
}

pub fn acknowledge_redemption(
    ctx: Context<AnswerRedemption>,
    args: AcknowledgeRedemptionArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let key = accounts.redemption.key();
    let mut ticker = accounts.ticker.load_mut()?;
    let mut redemption = accounts.redemption.load_mut()?;
    let signers = accounts.take(&args.attestation, &ticker, now, |header| AcknowledgeBody {
        header,
        action_sequence: ticker.action_sequence,
        redemption: key,
        request: redemption.request,
    })?;
    redemption.acknowledge(now)?;

    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| RedemptionAcknowledged {
        sequence,
        mint,
        redemption: key,
        deadline: redemption.deadline,
        attestor_set: accounts.attestor_set.key(),
        nonce: args.attestation.nonce,
        signers,
    })
}

pub fn reject_redemption(ctx: Context<AnswerRedemption>, args: RejectRedemptionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let key = accounts.redemption.key();
    let mut ticker = accounts.ticker.load_mut()?;
    let mut redemption = accounts.redemption.load_mut()?;
    let signers = accounts.take(&args.attestation, &ticker, now, |header| RejectBody {
        header,
        action_sequence: ticker.action_sequence,
        redemption: key,
        request: redemption.request,
        reason: args.reason,
    })?;
    redemption.reject(args.reason)?;

    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| RedemptionRejected {
        sequence,
        mint,
        redemption: key,
        reason: args.reason,
        attestor_set: accounts.attestor_set.key(),
        nonce: args.attestation.nonce,
        signers,
    })
}
