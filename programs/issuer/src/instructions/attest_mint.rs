use super::StatementArgs;
use crate::{
    error::IssuerError,
    event::{EMITTER, SharesMinted},
    issuance::Issuance,
    quorum::{AttestationArgs, Quorum},
    registration::Registration,
    state::{AttestorSet, Backed, Issuer, NonceWindow, OwnerLimits, Ticker, pause},
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::attestation::MintBody;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AttestMintArgs {
    pub attestation: AttestationArgs,
    /// Raw units.
    pub amount: u64,
    pub statement: StatementArgs,
    /// Who the attestors say the shares are for.
    pub owner: Pubkey,
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct AttestMint<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = mint @ IssuerError::WrongMint,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: an account of the attested owner, by `require_account_of`; Token-2022 checks the mint.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// Needed where the ticker limits each owner.
    #[account(mut)]
    pub owner_limits: Option<AccountLoader<'info, OwnerLimits>>,
    /// CHECK: read by `Registration`. Needed where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, where the ticker asks for it.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl AttestMint<'_> {
    fn validate(&self, args: &AttestMintArgs, ticker: &Ticker, now: i64) -> Result<()> {
        let pauses = ticker.pauses_with(&self.issuer)?;
        pause::require_none_of(pauses, pause::MINT | pause::TRANSFER)?;
        ticker.require_outside_window(now)?;
        require!(args.amount > 0, IssuerError::AmountZero);
        ticker.require_fresh(args.statement.as_of, now)?;
        token::require_account_of(&self.destination, &args.owner)?;
        let registration =
            Registration { policy: &self.policy, wallet_record: &self.wallet_record };
        registration.require_at_primary(ticker, &args.owner, now)
    }

    /// Takes the attestation. Returns who signed it.
    fn take(&self, args: &AttestMintArgs, ticker: &Ticker, now: i64) -> Result<u16> {
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        quorum.take_about(ticker, &self.nonces, &args.attestation, now, |header| MintBody {
            header,
            action_sequence: ticker.action_sequence,
            owner: args.owner,
            amount: args.amount,
            statement: args.statement.into(),
        })
    }
}

pub fn attest_mint(ctx: Context<AttestMint>, args: AttestMintArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut ticker = accounts.ticker.load_mut()?;
    accounts.validate(&args, &ticker, now)?;
    let signers = accounts.take(&args, &ticker, now)?;

    let issuance = Issuance {
        mint: &accounts.mint,
        authority: &accounts.authority,
        destination: &accounts.destination,
        owner_limits: &accounts.owner_limits,
    };
    let statement = args.statement.into();
    let Backed { supply, counted_shares_e8 } =
        issuance.make(&mut ticker, &statement, &args.owner, args.amount, now)?;
    let (mint, statement_as_of) = (ticker.mint, ticker.reserves.as_of);
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SharesMinted {
        sequence,
        mint,
        owner: args.owner,
        amount: args.amount,
        supply,
        attestor_set: accounts.attestor_set.key(),
        nonce: args.attestation.nonce,
        signers,
        statement_as_of,
        counted_shares_e8,
    })
}
