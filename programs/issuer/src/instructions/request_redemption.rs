use crate::{
    constants::{LAYOUT_VERSION, MAX_OPEN_REDEMPTIONS},
    error::IssuerError,
    event::{EMITTER, RedemptionRequested},
    registration::Registration,
    state::{Issuer, REQUESTED, Redemption, Ticker, pause},
    token::{self, Transfer},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::REDEMPTION_SEED;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RequestRedemptionArgs {
    /// 0 to 7, and none of the owner's that is still open.
    pub id: u64,
    /// Raw units.
    pub amount: u64,
}

/// Remaining accounts: those that the mint's transfer hook asks for, if it has one.
#[event_cpi]
#[derive(Accounts)]
#[instruction(args: RequestRedemptionArgs)]
pub struct RequestRedemption<'info> {
    /// Gets the rent back when the redemption is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub owner: Signer<'info>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = mint @ IssuerError::WrongMint,
        has_one = escrow_account @ IssuerError::WrongEscrow,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Redemption::SPACE,
        seeds = [REDEMPTION_SEED, mint.key().as_ref(), owner.key().as_ref(), &args.id.to_le_bytes()],
        bump,
    )]
    pub redemption: AccountLoader<'info, Redemption>,
    /// CHECK: an account of the owner, by `require_owned_by`; Token-2022 checks the mint.
    #[account(mut)]
    pub source: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub escrow_account: UncheckedAccount<'info>,
    /// CHECK: read by `Registration`. Needed where the ticker is for registered wallets.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the owner, where the ticker asks for it.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    pub token_program: Program<'info, Token2022>,
    pub system_program: Program<'info, System>,
}

impl RequestRedemption<'_> {
    fn validate(&self, args: &RequestRedemptionArgs, now: i64) -> Result<()> {
        let ticker = self.ticker.load()?;
        let pauses = ticker.pauses_with(&self.issuer)?;
        pause::require_none_of(pauses, pause::REDEEM_REQUEST | pause::TRANSFER)?;
        // As many ids as an owner may have open: no record has to count them.
        require!(args.id < MAX_OPEN_REDEMPTIONS, IssuerError::RedemptionIdInvalid);
        require!(args.amount > 0, IssuerError::AmountZero);
        require!(args.amount >= ticker.min_redemption, IssuerError::AmountBelowMinimum);
        token::require_owned_by(&self.source, self.owner.key)?;
        let registration =
            Registration { policy: &self.policy, wallet_record: &self.wallet_record };
        registration.require_at_primary(&ticker, self.owner.key, now)
    }
}

pub fn request_redemption<'info>(
    ctx: Context<'info, RequestRedemption<'info>>,
    args: RequestRedemptionArgs,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    accounts.validate(&args, now)?;

    let mut ticker = accounts.ticker.load_mut()?;
    let deadline = Timestamp(now).saturating_add_secs(ticker.redemption_secs).0;
    let (mint, owner) = (ticker.mint, accounts.owner.key());
    ticker.open_redemption(args.amount)?;

    let transfer = Transfer {
        source: &accounts.source,
        mint: &accounts.mint,
        destination: &accounts.escrow_account,
        authority: &accounts.owner,
        hook_accounts: ctx.remaining_accounts,
        amount: args.amount,
    };
    transfer.make(&[])?;

    let escrow = token::balance(&accounts.escrow_account)?;
    token::with_mint(&accounts.mint, |mint| ticker.invariant(mint.supply(), Some(escrow)))?;

    let redemption = accounts.redemption.key();
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| RedemptionRequested {
        sequence,
        mint,
        redemption,
        owner,
        amount: args.amount,
        deadline,
    })?;

    let mut redemption = accounts.redemption.load_init()?;
    redemption.version = LAYOUT_VERSION;
    redemption.bump = ctx.bumps.redemption;
    redemption.status = REQUESTED;
    redemption.mint = mint;
    redemption.owner = owner;
    redemption.rent_payer = accounts.payer.key();
    redemption.id = args.id;
    redemption.amount = args.amount;
    redemption.amount_left = args.amount;
    redemption.requested_at = now;
    redemption.deadline = deadline;
    redemption.payout_secs = ticker.payout_secs;
    redemption.request = ticker.stream.sequence;
    Ok(())
}
