use crate::{
    corporate_action::{SignedStep, StepProof, require_multipliers},
    error::IssuerError,
    event::{ActionCancelled, EMITTER},
    power::require_power,
    quorum::AttestationArgs,
    state::{AttestorSet, CorporateAction, History, Issuer, NonceWindow, RoleGrant, Ticker, role},
    token::Authority,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{action::Step, attestation::ReserveStatement, pda::AUTHORITY_SEED};
use scrip_math::Multiplier;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct CancelActionArgs {
    /// A quorum's word. Without one the operator must sign.
    pub attestation: Option<AttestationArgs>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct CancelAction<'info> {
    /// Has the CORPORATE_ACTION role, where no quorum cancels.
    pub operator: Option<Signer<'info>>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        close = rent_payer,
        has_one = mint @ IssuerError::WrongMint,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub action: AccountLoader<'info, CorporateAction>,
    #[account(mut, has_one = mint @ IssuerError::WrongMint)]
    pub history: AccountLoader<'info, History>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: the action names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    pub attestor_set: Option<AccountLoader<'info, AttestorSet>>,
    #[account(mut)]
    pub nonces: Option<AccountLoader<'info, NonceWindow>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: Option<UncheckedAccount<'info>>,
    pub token_program: Program<'info, Token2022>,
}

impl CancelAction<'_> {
    /// Whether a quorum cancels; else the operator must, and may.
    fn authorize(&self, args: &CancelActionArgs, now: i64) -> Result<bool> {
        let action = self.action.load()?;
        let step = SignedStep {
            step: Step::Cancel,
            request: action.request,
            terms: &action.terms(),
            after: ReserveStatement::default(),
        };
        let proof = StepProof {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            nonces: &self.nonces,
            signatures: &self.signatures,
        };
        if proof.take(&step, &*self.ticker.load()?, &args.attestation, now)? {
            return Ok(true);
        }
        let operator = self.operator.as_ref().ok_or(IssuerError::PowerMissing)?.key();
        require_power(&self.issuer, &operator, &self.role_grant, role::CORPORATE_ACTION, now)?;
        Ok(false)
    }

    /// What Token-2022 holds reads as the old multiplier in every second from now on.
    fn restore(&self, action: &CorporateAction, ticker: &Ticker, now: i64) -> Result<()> {
        if action.old_multiplier == action.new_multiplier {
            return Ok(());
        }
        let old = Multiplier::from_f64_bits(action.old_multiplier)
            .map_err(|_| IssuerError::MultiplierInvalid)?;
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        authority.set_multiplier(old, now)?;
        require_multipliers(&self.mint, old, old, action.effective_at, now)?;
        self.history.load_mut()?.take_back();
        Ok(())
    }
}

pub fn cancel_action(ctx: Context<CancelAction>, args: CancelActionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let by_quorum = accounts.authorize(&args, now)?;
    let action = accounts.action.load()?;
    let mut ticker = accounts.ticker.load_mut()?;
    require!(action.sequence == ticker.open_action, IssuerError::WrongAction);
    let was_scheduled = action.is_scheduled();
    if was_scheduled {
        require!(now < action.effective_at, IssuerError::ActionEffective);
        accounts.restore(&action, &ticker, now)?;
    }
    ticker.cancel_action()?;

    let (mint, key) = (ticker.mint, accounts.action.key());
    let action_sequence = ticker.action_sequence;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| ActionCancelled {
        sequence,
        mint,
        action: key,
        was_scheduled,
        by_quorum,
        action_sequence,
    })
}
