use crate::{
    cash::{self, DeskPayment},
    error::IssuerError,
    event::{EMITTER, SharesRedeemed},
    quorum::{AttestationArgs, Quorum},
    registration::Registration,
    state::{
        AttestorSet, CashDesk, Issuer, NonceWindow, OwnerLimits, Ticker, pass_owner_limit, pause,
    },
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::attestation::{QuoteBody, ReserveStatement, Side};
use scrip_math::cash::Cash;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RedeemForCashArgs {
    pub attestation: AttestationArgs,
    /// Raw units.
    pub amount: u64,
    pub cash_amount: u64,
    /// The owner's own terms: the least to receive, and the last second.
    pub min_cash: u64,
    pub deadline: i64,
}

/// Delivery versus payment: the shares are burned, the owner is paid, or neither.
#[event_cpi]
#[derive(Accounts)]
pub struct RedeemForCash<'info> {
    pub owner: Signer<'info>,
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
    /// CHECK: an account of the owner, by `require_owned_by`; Token-2022 checks the mint.
    #[account(mut)]
    pub source: UncheckedAccount<'info>,
    /// Needed where the ticker limits each owner.
    #[account(mut)]
    pub owner_limits: Option<AccountLoader<'info, OwnerLimits>>,
    /// CHECK: read by `Registration`. Needed where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, where the ticker asks for it.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = cash_mint @ IssuerError::WrongCashDesk,
        has_one = vault @ IssuerError::WrongCashDesk,
    )]
    pub desk: AccountLoader<'info, CashDesk>,
    /// CHECK: the desk names it.
    pub cash_mint: UncheckedAccount<'info>,
    /// CHECK: the owner names it by signing; the token program checks the mint.
    #[account(mut)]
    pub cash_destination: UncheckedAccount<'info>,
    /// CHECK: the desk names it.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
    /// CHECK: the desk names it.
    #[account(address = desk.load()?.token_program @ IssuerError::WrongCashProgram)]
    pub cash_token_program: UncheckedAccount<'info>,
}

impl RedeemForCash<'_> {
    fn validate(&self, args: &RedeemForCashArgs, ticker: &Ticker, now: i64) -> Result<()> {
        let pauses = ticker.pauses_with(&self.issuer)?;
        pause::require_none_of(pauses, pause::CASH | pause::TRANSFER)?;
        ticker.require_outside_window(now)?;
        require!(args.amount > 0 && args.cash_amount > 0, IssuerError::AmountZero);
        require!(now <= args.deadline, IssuerError::DeadlinePassed);
        require!(args.cash_amount >= args.min_cash, IssuerError::CashTermsNotMet);
        token::require_owned_by(&self.source, &self.owner.key())?;
        let registration =
            Registration { policy: &self.policy, wallet_record: &self.wallet_record };
        registration.require_at_primary(ticker, self.owner.key, now)?;
        let cash = Cash { amount: args.cash_amount, decimals: self.desk.load()?.decimals };
        token::with_mint(&self.mint, |mint| ticker.require_in_band(mint, args.amount, cash, now))?;
        require!(cash::balance(&self.vault)? >= args.cash_amount, IssuerError::CashInsufficient);
        Ok(())
    }

    /// Takes the quote. Returns who signed it.
    fn take(&self, args: &RedeemForCashArgs, ticker: &Ticker, now: i64) -> Result<u16> {
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        // A desk pays for every ticker of its issuer: no custodian of today empties it unseen.
        let ready_at = self.attestor_set.load()?.ready_at;
        require!(now >= ready_at, IssuerError::TimelockNotPassed);
        quorum.take_about(ticker, &self.nonces, &args.attestation, now, |header| QuoteBody {
            header,
            action_sequence: ticker.action_sequence,
            side: Side::Redeem as u8,
            owner: self.owner.key(),
            amount: args.amount,
            cash_mint: self.cash_mint.key(),
            cash_amount: args.cash_amount,
            statement: ReserveStatement::default(),
        })
    }

    /// Within the desk's outflow limit, whatever a quorum signed.
    fn pay(&self, cash_amount: u64, now: i64) -> Result<()> {
        self.desk.load_mut()?.pay_out(cash_amount, now)?;
        let payment = DeskPayment {
            desk: &self.desk,
            token_program: &self.cash_token_program,
            mint: &self.cash_mint,
            vault: &self.vault,
            destination: &self.cash_destination,
            amount: cash_amount,
        };
        payment.make()
    }
}

pub fn redeem_for_cash(ctx: Context<RedeemForCash>, args: RedeemForCashArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let owner = accounts.owner.key();
    let mut ticker = accounts.ticker.load_mut()?;
    accounts.validate(&args, &ticker, now)?;
    let signers = accounts.take(&args, &ticker, now)?;

    ticker.record_cash_redemption(args.amount, now)?;
    let (limits, limit) = (&accounts.owner_limits, ticker.owner_cash_limit);
    pass_owner_limit(limits, &ticker.mint, &owner, limit, args.amount, now, |limits| {
        &mut limits.cash_bucket
    })?;

    token::burn(&accounts.source, &accounts.mint, &accounts.owner, &[], args.amount)?;
    accounts.pay(args.cash_amount, now)?;

    let supply = token::with_mint(&accounts.mint, |mint| {
        ticker.invariant(mint.supply(), None)?;
        Ok(mint.supply().0)
    })?;
    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SharesRedeemed {
        sequence,
        mint,
        owner,
        amount: args.amount,
        supply,
        desk: accounts.desk.key(),
        cash_amount: args.cash_amount,
        attestor_set: accounts.attestor_set.key(),
        nonce: args.attestation.nonce,
        signers,
    })
}
