use crate::{
    corporate_action::{SignedStep, require_multipliers, settled_multiplier},
    error::IssuerError,
    event::{ActionScheduled, EMITTER},
    quorum::{AttestationArgs, Quorum},
    state::{
        ACTION_SCHEDULED, AttestorSet, CorporateAction, History, Issuer, NonceWindow, Ticker, pause,
    },
    token::{self, Authority},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    action::{ActionKind, Step},
    attestation::ReserveStatement,
    pda::AUTHORITY_SEED,
};
use scrip_math::Multiplier;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ScheduleActionArgs {
    pub attestation: AttestationArgs,
    pub effective_at: i64,
    /// What the custodian holds from then on, of 10^-8 share: no role alone may say so.
    pub settled_after_e8: u128,
    pub receivable_after_e8: u128,
}

/// Nobody of Scrip signs: the attestation is the authority, and anyone may land it.
#[event_cpi]
#[derive(Accounts)]
pub struct ScheduleAction<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub nonces: AccountLoader<'info, NonceWindow>,
    #[account(mut, has_one = mint @ IssuerError::WrongMint)]
    pub action: AccountLoader<'info, CorporateAction>,
    #[account(mut, has_one = mint @ IssuerError::WrongMint)]
    pub history: AccountLoader<'info, History>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl ScheduleAction<'_> {
    fn validate(&self, action: &CorporateAction, ticker: &Ticker, now: i64) -> Result<()> {
        require!(action.sequence == ticker.open_action, IssuerError::WrongAction);
        require!(!action.is_scheduled(), IssuerError::ActionScheduled);
        require!(now >= action.ready_at, IssuerError::TimelockNotPassed);
        Ok(())
    }

    fn take(
        &self,
        args: &ScheduleActionArgs,
        action: &CorporateAction,
        ticker: &Ticker,
        now: i64,
    ) -> Result<()> {
        let quorum = Quorum {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            signatures: &self.signatures,
        };
        let step = SignedStep {
            step: Step::Schedule,
            request: action.request,
            terms: &action.terms(),
            after: args.after(),
        };
        step.take(&quorum, &self.nonces, ticker, &args.attestation, now)
    }

    /// Has Token-2022 change the multiplier at that time.
    fn write(
        &self,
        ticker: &Ticker,
        old: Multiplier,
        new: Multiplier,
        args: &ScheduleActionArgs,
        now: i64,
    ) -> Result<()> {
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        authority.set_multiplier(new, args.effective_at)?;
        require_multipliers(&self.mint, old, new, args.effective_at, now)?;
        self.history.load_mut()?.record(args.effective_at, new.to_f64_bits());
        Ok(())
    }
}

impl ScheduleActionArgs {
    fn after(&self) -> ReserveStatement {
        ReserveStatement {
            as_of: self.effective_at,
            settled_shares_e8: self.settled_after_e8,
            receivable_shares_e8: self.receivable_after_e8,
        }
    }
}

/// Whether the shares of after cover the supply under the multiplier of after, and those of now
/// under that of now. Of a split a shortfall is no reason to refuse it: every holder's part stays
/// what it was, and a mint that did not follow would be priced wrongly everywhere. What raises
/// claims otherwise must be covered, as a mint must.
fn require_covered(
    ticker: &mut Ticker,
    mint: &AccountInfo,
    action: &CorporateAction,
    now: i64,
) -> Result<bool> {
    let covered = token::with_mint(mint, |mint| ticker.covers_supply(mint, mint.supply(), now))?;
    let split = ActionKind::from_byte(action.kind).is_some_and(ActionKind::is_split);
    let may_be_short = split || !action.terms().ratio().rises();
    require!(covered || may_be_short, IssuerError::ReservesInsufficient);
    if !covered {
        ticker.pauses |= pause::MINT;
    }
    Ok(!covered)
}

pub fn schedule_action(ctx: Context<ScheduleAction>, args: ScheduleActionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut ticker = accounts.ticker.load_mut()?;
    let mut action = accounts.action.load_mut()?;
    accounts.validate(&action, &ticker, now)?;
    accounts.take(&args, &action, &ticker, now)?;

    let old = settled_multiplier(&accounts.mint, now)?;
    let new = old
        .times_ratio(action.numerator, action.denominator)
        .map_err(|_| IssuerError::MultiplierInvalid)?;
    ticker.schedule_action(&args.after(), now)?;
    action.state = ACTION_SCHEDULED;
    action.effective_at = args.effective_at;
    action.settled_after = args.settled_after_e8.into();
    action.receivable_after = args.receivable_after_e8.into();
    (action.old_multiplier, action.new_multiplier) = (old.to_f64_bits(), new.to_f64_bits());
    if new != old {
        accounts.write(&ticker, old, new, &args, now)?;
    }
    let short = require_covered(&mut ticker, &accounts.mint, &action, now)?;

    let (mint, key) = (ticker.mint, accounts.action.key());
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| ActionScheduled {
        sequence,
        mint,
        action: key,
        action_sequence: action.sequence,
        effective_at: action.effective_at,
        old_multiplier: action.old_multiplier,
        new_multiplier: action.new_multiplier,
        settled_after_e8: args.settled_after_e8,
        receivable_after_e8: args.receivable_after_e8,
        short,
    })
}
