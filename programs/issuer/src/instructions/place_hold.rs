use crate::{
    error::IssuerError,
    holding::{self, Placing},
    power::require_power,
    state::{Hold, Issuer, RoleGrant, Ticker, role},
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::HOLD_SEED;

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

pub fn place_hold(ctx: Context<PlaceHold>, args: PlaceHoldArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let token_account = &accounts.token_account;
    require_keys_neq!(*token_account.key, ticker.escrow_account, IssuerError::EscrowExempt);
    let standing = token::standing(token_account, &ticker.mint)?;
    holding::freeze(&ticker, &accounts.mint, &accounts.authority, token_account, &standing)?;
    let placing = Placing {
        hold: &accounts.hold,
        bump: ctx.bumps.hold,
        token_account,
        operator,
        rent_payer: accounts.payer.key(),
        reason: args.reason,
        case_hash: args.case_hash,
        seizure: Pubkey::default(),
        event_authority: &accounts.event_authority,
    };
    placing.place(&mut ticker, standing.owner, now)
}
