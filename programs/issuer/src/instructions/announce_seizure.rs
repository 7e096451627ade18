use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{EMITTER, SeizureAnnounced},
    holding::{self, Placing},
    power::require_power,
    state::{Hold, Issuer, RoleGrant, Seizure, SeizureKind, Ticker, role},
    token,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::{HOLD_SEED, SEIZURE_SEED};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AnnounceSeizureArgs {
    pub kind: SeizureKind,
    /// The issuer's own code.
    pub reason: u16,
    /// sha256 of the case's documents. One case is executed once for a mint.
    pub case_hash: [u8; 32],
    /// The wallet that gets the shares.
    pub to_owner: Pubkey,
    /// At most, raw; a recovery is of all: `u64::MAX`.
    pub amount: u64,
}

/// In every mode, and while the mint is paused. Whether the destination may have the shares is
/// judged when they move.
#[event_cpi]
#[derive(Accounts)]
#[instruction(args: AnnounceSeizureArgs)]
pub struct AnnounceSeizure<'info> {
    /// Gets the rent back if the seizure is cancelled, and the hold's when that is lifted.
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
    /// Taken over, if the token account is held already.
    #[account(
        init_if_needed,
        payer = payer,
        space = Hold::SPACE,
        seeds = [HOLD_SEED, mint.key().as_ref(), token_account.key().as_ref()],
        bump,
    )]
    pub hold: AccountLoader<'info, Hold>,
    #[account(
        init,
        payer = payer,
        space = Seizure::SPACE,
        seeds = [SEIZURE_SEED, mint.key().as_ref(), &args.case_hash],
        bump,
    )]
    pub seizure: AccountLoader<'info, Seizure>,
    pub token_program: Program<'info, Token2022>,
    pub system_program: Program<'info, System>,
}

impl AnnounceSeizure<'_> {
    /// The hold is this seizure's from now on. Whether it is a new one.
    fn take_hold(
        &self,
        ticker: &mut Ticker,
        placing: &Placing,
        owner: Pubkey,
        now: i64,
    ) -> Result<bool> {
        // One that was just created has no discriminator yet, and is not read.
        if let Ok(mut hold) = self.hold.load_mut() {
            require_keys_eq!(hold.seizure, Pubkey::default(), IssuerError::HoldUnderSeizure);
            hold.seizure = placing.seizure;
            return Ok(false);
        }
        placing.place(ticker, owner, now)?;
        Ok(true)
    }

    fn init_seizure(
        &self,
        args: &AnnounceSeizureArgs,
        bump: u8,
        owner: Pubkey,
        placed_hold: bool,
        now: i64,
    ) -> Result<Seizure> {
        let mut seizure = self.seizure.load_init()?;
        seizure.version = LAYOUT_VERSION;
        seizure.bump = bump;
        seizure.kind = args.kind as u8;
        seizure.reason = args.reason;
        seizure.placed_hold = placed_hold.into();
        seizure.issuer = self.issuer.key();
        seizure.mint = self.mint.key();
        seizure.from = self.token_account.key();
        seizure.from_owner = owner;
        seizure.to_owner = args.to_owner;
        seizure.case_hash = args.case_hash;
        seizure.amount = args.amount;
        seizure.announced_by = self.operator.key();
        seizure.rent_payer = self.payer.key();
        seizure.announce(now, self.issuer.load()?.timelock_secs());
        Ok(*seizure)
    }
}

fn require_sound(args: &AnnounceSeizureArgs, from_owner: &Pubkey) -> Result<()> {
    let amount_fits = match args.kind {
        SeizureKind::Seizure => args.amount > 0,
        SeizureKind::Recovery => args.amount == u64::MAX,
    };
    require!(amount_fits && args.to_owner != *from_owner, IssuerError::SeizureInvalid);
    Ok(())
}

pub fn announce_seizure(ctx: Context<AnnounceSeizure>, args: AnnounceSeizureArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let token_account = &accounts.token_account;
    require_keys_neq!(*token_account.key, ticker.escrow_account, IssuerError::EscrowExempt);
    let standing = token::standing(token_account, &ticker.mint)?;
    require_sound(&args, &standing.owner)?;

    holding::freeze(&ticker, &accounts.mint, &accounts.authority, token_account, &standing)?;
    let placing = Placing {
        hold: &accounts.hold,
        bump: ctx.bumps.hold,
        token_account,
        operator,
        rent_payer: accounts.payer.key(),
        reason: args.reason,
        case_hash: args.case_hash,
        seizure: accounts.seizure.key(),
        event_authority: &accounts.event_authority,
    };
    let placed = accounts.take_hold(&mut ticker, &placing, standing.owner, now)?;
    let seizure = accounts.init_seizure(&args, ctx.bumps.seizure, standing.owner, placed, now)?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SeizureAnnounced {
        sequence,
        mint: seizure.mint,
        seizure: placing.seizure,
        kind: args.kind,
        reason: seizure.reason,
        case_hash: seizure.case_hash,
        from: seizure.from,
        from_owner: seizure.from_owner,
        to_owner: seizure.to_owner,
        amount: seizure.amount,
        operator,
        execute_at: seizure.execute_at,
        expires_at: seizure.expires_at,
    })
}
