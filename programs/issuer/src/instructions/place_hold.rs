use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{EMITTER, HoldPlaced},
    power::require_power,
    state::{Hold, Issuer, RoleGrant, Ticker, role},
    token::{self, Authority},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::{AUTHORITY_SEED, HOLD_SEED};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct PlaceHoldArgs {
    /// The issuer's own code.
    pub reason: u16,
    /// sha256 of the case's documents.
    pub case_hash: [u8; 32],
}

/// In every mode, and while the mint is paused.
#[event_cpi]
#[derive(Accounts)]
pub struct PlaceHold<'info> {
    /// Gets the rent back when the hold is lifted.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: of this mint, by `token::standing`.
    #[account(mut)]
    pub token_account: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Hold::SPACE,
        seeds = [HOLD_SEED, mint.key().as_ref(), token_account.key().as_ref()],
        bump,
    )]
    pub hold: AccountLoader<'info, Hold>,
    pub token_program: Program<'info, Token2022>,
    pub system_program: Program<'info, System>,
}

impl PlaceHold<'_> {
    fn init_hold(&self, args: &PlaceHoldArgs, owner: Pubkey, now: i64, bump: u8) -> Result<()> {
        let mut hold = self.hold.load_init()?;
        hold.version = LAYOUT_VERSION;
        hold.bump = bump;
        hold.reason = args.reason;
        hold.issuer = self.issuer.key();
        hold.mint = self.mint.key();
        hold.token_account = self.token_account.key();
        hold.owner = owner;
        hold.placed_by = self.operator.key();
        hold.placed_at = now;
        hold.case_hash = args.case_hash;
        hold.rent_payer = self.payer.key();
        Ok(())
    }
}

pub fn place_hold(ctx: Context<PlaceHold>, args: PlaceHoldArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let (mint, token_account) = (ticker.mint, accounts.token_account.key());
    require_keys_neq!(token_account, ticker.escrow_account, IssuerError::EscrowExempt);
    let standing = token::standing(&accounts.token_account, &mint)?;

    accounts.init_hold(&args, standing.owner, now, ctx.bumps.hold)?;
    if !standing.frozen {
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &accounts.mint, authority: &accounts.authority, seeds };
        authority.set_frozen(&accounts.token_account, true)?;
    }
    ticker.holds = ticker.holds.checked_add(1).ok_or(IssuerError::AmountOverflow)?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| HoldPlaced {
        sequence,
        mint,
        token_account,
        owner: standing.owner,
        operator,
        reason: args.reason,
        case_hash: args.case_hash,
    })
}
