use super::StatementArgs;
use crate::{
    cash::CashTransfer,
    error::IssuerError,
    event::{EMITTER, SharesSubscribed},
    issuance::Issuance,
    quorum::{AttestationArgs, Quorum},
    registration::Registration,
    state::{AttestorSet, Backed, CashDesk, Issuer, NonceWindow, OwnerLimits, Ticker, pause},
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::attestation::{QuoteBody, Side};
use scrip_math::cash::Cash;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SubscribeForCashArgs {
    pub attestation: AttestationArgs,
    /// Raw units.
    pub amount: u64,
    pub cash_amount: u64,
    pub statement: StatementArgs,
    /// The owner's own terms: the most to pay, and the last second.
    pub max_cash: u64,
    pub deadline: i64,
}

/// Delivery versus payment: the owner pays, the shares are minted, or neither.
#[event_cpi]
#[derive(Accounts)]
pub struct SubscribeForCash<'info> {
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
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: an account of the owner, by `require_account_of`; Token-2022 checks the mint.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// Needed where the ticker limits each owner.
    #[account(mut)]
    pub owner_limits: Option<AccountLoader<'info, OwnerLimits>>,
    /// CHECK: read by `Registration`. Needed where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, where the ticker asks for it.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    #[account(
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = cash_mint @ IssuerError::WrongCashDesk,
        has_one = vault @ IssuerError::WrongCashDesk,
    )]
    pub desk: AccountLoader<'info, CashDesk>,
    /// CHECK: the desk names it.
    pub cash_mint: UncheckedAccount<'info>,
    /// CHECK: the token program checks that it is of this mint and that the owner may move it.
    #[account(mut)]
    pub cash_source: UncheckedAccount<'info>,
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

impl SubscribeForCash<'_> {
    fn validate(&self, args: &SubscribeForCashArgs, ticker: &Ticker, now: i64) -> Result<()> {
        let pauses = ticker.pauses_with(&self.issuer)?;
        pause::require_none_of(pauses, pause::MINT | pause::CASH | pause::TRANSFER)?;
        ticker.require_outside_window(now)?;
        require!(args.amount > 0 && args.cash_amount > 0, IssuerError::AmountZero);
        require!(now <= args.deadline, IssuerError::DeadlinePassed);
        require!(args.cash_amount <= args.max_cash, IssuerError::CashTermsNotMet);
        ticker.require_fresh(args.statement.as_of, now)?;
        token::require_account_of(&self.destination, &self.owner.key())?;
        let registration =
            Registration { policy: &self.policy, wallet_record: &self.wallet_record };
        registration.require_at_primary(ticker, self.owner.key, now)?;
        let cash = Cash { amount: args.cash_amount, decimals: self.desk.load()?.decimals };
        token::with_mint(&self.mint, |mint| ticker.require_in_band(mint, args.amount, cash, now))
    }

    /// Takes the quote. Returns who signed it.
    fn take(&self, args: &SubscribeForCashArgs, ticker: &Ticker, now: i64) -> Result<u16> {
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        quorum.take_about(ticker, &self.nonces, &args.attestation, now, |header| QuoteBody {
            header,
            action_sequence: ticker.action_sequence,
            side: Side::Subscribe as u8,
            owner: self.owner.key(),
            amount: args.amount,
            cash_mint: self.cash_mint.key(),
            cash_amount: args.cash_amount,
            statement: args.statement.into(),
        })
    }

    fn pay(&self, cash_amount: u64) -> Result<()> {
        let transfer = CashTransfer {
            token_program: &self.cash_token_program,
            source: &self.cash_source,
            mint: &self.cash_mint,
            destination: &self.vault,
            authority: &self.owner,
            amount: cash_amount,
            decimals: self.desk.load()?.decimals,
        };
        transfer.make(&[])
    }
}

pub fn subscribe_for_cash(
    ctx: Context<SubscribeForCash>,
    args: SubscribeForCashArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let owner = accounts.owner.key();
    let mut ticker = accounts.ticker.load_mut()?;
    accounts.validate(&args, &ticker, now)?;
    let signers = accounts.take(&args, &ticker, now)?;

    accounts.pay(args.cash_amount)?;
    let issuance = Issuance {
        mint: &accounts.mint,
        authority: &accounts.authority,
        destination: &accounts.destination,
        owner_limits: &accounts.owner_limits,
    };
    let statement = args.statement.into();
    let Backed { supply, counted_shares_e8 } =
        issuance.make(&mut ticker, &statement, &owner, args.amount, now)?;
    let (mint, statement_as_of) = (ticker.mint, ticker.reserves.as_of);
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SharesSubscribed {
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
        statement_as_of,
        counted_shares_e8,
    })
}
