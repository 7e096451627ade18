use crate::{
    cash,
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{CashDeskOpened, EMITTER},
    state::{CashDesk, Issuer, Limit},
};
use anchor_lang::prelude::*;
use anchor_spl::associated_token::{self, AssociatedToken};
use scrip_interface::pda::DESK_SEED;

/// A desk's existence is what allows its mint as cash.
#[event_cpi]
#[derive(Accounts)]
pub struct OpenCashDesk<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    /// CHECK: by `cash::accepted_decimals`.
    pub cash_mint: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = CashDesk::SPACE,
        seeds = [DESK_SEED, issuer.key().as_ref(), cash_mint.key().as_ref()],
        bump,
    )]
    pub desk: AccountLoader<'info, CashDesk>,
    /// CHECK: the associated token program checks that it is the desk's.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: compared with the cash mint's owner.
    #[account(address = *cash_mint.owner @ IssuerError::WrongCashProgram)]
    pub cash_token_program: UncheckedAccount<'info>,
    pub associated_token_program: Program<'info, AssociatedToken>,
    pub system_program: Program<'info, System>,
}

/// A desk without an outflow limit could be emptied by one captured quorum.
pub fn require_valid_outflow(outflow: &Limit) -> Result<()> {
    require!(outflow.window_secs > 0, IssuerError::DeskLimitInvalid);
    Ok(())
}

pub fn open_cash_desk(ctx: Context<OpenCashDesk>, outflow: Limit) -> Result<()> {
    require_valid_outflow(&outflow)?;
    let accounts = &ctx.accounts;
    let decimals = cash::accepted_decimals(&accounts.cash_mint)?;
    let (key, desk_key) = (accounts.issuer.key(), accounts.desk.key());
    {
        let mut desk = accounts.desk.load_init()?;
        desk.version = LAYOUT_VERSION;
        desk.bump = ctx.bumps.desk;
        desk.decimals = decimals;
        desk.issuer = key;
        desk.cash_mint = accounts.cash_mint.key();
        desk.vault = accounts.vault.key();
        desk.token_program = accounts.cash_token_program.key();
        desk.outflow = outflow.into();
    }
    // Somebody may have created the vault already: it is the desk's all the same.
    associated_token::create_idempotent(CpiContext::new(
        accounts.associated_token_program.key(),
        associated_token::Create {
            payer: accounts.payer.to_account_info(),
            associated_token: accounts.vault.to_account_info(),
            authority: accounts.desk.to_account_info(),
            mint: accounts.cash_mint.to_account_info(),
            system_program: accounts.system_program.to_account_info(),
            token_program: accounts.cash_token_program.to_account_info(),
        },
    ))?;

    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| CashDeskOpened {
        sequence,
        issuer: key,
        desk: desk_key,
        cash_mint: accounts.cash_mint.key(),
        outflow,
    })
}
