use crate::{
    constants::LAYOUT_VERSION,
    corporate_action::{SignedStep, StepProof, settled_multiplier},
    error::IssuerError,
    event::{ActionAnnounced, EMITTER},
    power::require_power,
    quorum::AttestationArgs,
    state::{
        ACTION_ANNOUNCED, ActionTermsArgs, AttestorSet, CorporateAction, History, Issuer,
        NonceWindow, RoleGrant, Ticker, role,
    },
};
use anchor_lang::{Discriminator, prelude::*};
use scrip_interface::{
    action::{ActionKind, ActionTerms, Step},
    attestation::ReserveStatement,
    pda::{ACTION_SEED, HISTORY_SEED},
};
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct AnnounceActionArgs {
    pub terms: ActionTermsArgs,
    /// A quorum's word, which counts at once. Without one the operator must sign, and it waits for
    /// the timelock.
    pub attestation: Option<AttestationArgs>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct AnnounceAction<'info> {
    /// Gets the rent of the action back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the CORPORATE_ACTION role, where no quorum announces.
    pub operator: Option<Signer<'info>>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = CorporateAction::SPACE,
        seeds = [
            ACTION_SEED,
            mint.key().as_ref(),
            &next_sequence(&ticker)?,
        ],
        bump,
    )]
    pub action: AccountLoader<'info, CorporateAction>,
    /// Made with the ticker's first action.
    #[account(
        init_if_needed,
        payer = payer,
        space = History::SPACE,
        seeds = [HISTORY_SEED, mint.key().as_ref()],
        bump,
    )]
    pub history: AccountLoader<'info, History>,
    pub attestor_set: Option<AccountLoader<'info, AttestorSet>>,
    #[account(mut)]
    pub nonces: Option<AccountLoader<'info, NonceWindow>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: Option<UncheckedAccount<'info>>,
    pub system_program: Program<'info, System>,
}

/// The seed that the next action's address ends in. A function of its own, since Anchor would write a method's
/// receiver into the IDL as the seed: the ticker's address.
fn next_sequence(ticker: &AccountLoader<Ticker>) -> Result<[u8; 4]> {
    Ok(ticker.load()?.action_sequence.saturating_add(1).to_le_bytes())
}

impl AnnounceAction<'_> {
    /// Who announces it: a quorum (none), or the operator.
    fn authorize(&self, args: &AnnounceActionArgs, now: i64) -> Result<Option<Pubkey>> {
        let terms = args.terms.into();
        let step = SignedStep {
            step: Step::Announce,
            request: 0,
            terms: &terms,
            after: ReserveStatement::default(),
        };
        let proof = StepProof {
            issuer: &self.issuer,
            attestor_set: &self.attestor_set,
            nonces: &self.nonces,
            signatures: &self.signatures,
        };
        if proof.take(&step, &*self.ticker.load()?, &args.attestation, now)? {
            return Ok(None);
        }
        let operator = self.operator.as_ref().ok_or(IssuerError::PowerMissing)?.key();
        require_power(&self.issuer, &operator, &self.role_grant, role::CORPORATE_ACTION, now)?;
        Ok(Some(operator))
    }

    /// The first entry of a new history: what has counted since the mint was created.
    fn begin_history(&self, bump: u8, now: i64) -> Result<()> {
        let is_new = !self.history.as_ref().try_borrow_data()?.starts_with(History::DISCRIMINATOR);
        if is_new {
            let mut history = self.history.load_init()?;
            history.version = LAYOUT_VERSION;
            history.bump = bump;
            history.mint = self.mint.key();
            history.record(0, settled_multiplier(&self.mint, now)?.to_f64_bits());
        }
        Ok(())
    }
}

/// Terms that fit their kind, and within bounds: those of a split are wide, others need a quorum
/// beyond a quarter.
fn validate(terms: &ActionTerms, by_quorum: bool) -> Result<()> {
    require!(terms.are_consistent(), IssuerError::ActionTermsInvalid);
    let split = ActionKind::from_byte(terms.kind).is_some_and(ActionKind::is_split);
    let ratio = terms.ratio();
    let small = split || by_quorum || ratio.is_within_a_quarter();
    require!(small && ratio.is_within_bounds(), IssuerError::ActionTooLarge);
    Ok(())
}

pub fn announce_action(ctx: Context<AnnounceAction>, args: AnnounceActionArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let announcer = accounts.authorize(&args, now)?;
    let terms: ActionTerms = args.terms.into();
    validate(&terms, announcer.is_none())?;
    accounts.begin_history(ctx.bumps.history, now)?;

    let timelock = accounts.issuer.load()?.timelock_secs();
    let wait = if announcer.is_some() { timelock } else { 0 };
    let mut ticker = accounts.ticker.load_mut()?;
    let mut action = accounts.action.load_init()?;
    action.version = LAYOUT_VERSION;
    action.bump = ctx.bumps.action;
    action.state = ACTION_ANNOUNCED;
    action.sequence = ticker.announce_action()?;
    action.mint = ticker.mint;
    action.announcer = announcer.unwrap_or_default();
    action.rent_payer = accounts.payer.key();
    action.request = ticker.stream.sequence.saturating_add(1);
    action.announced_at = now;
    action.ready_at = Timestamp(now).saturating_add_secs(wait).0;
    action.set_terms(&terms);

    let (mint, key) = (ticker.mint, accounts.action.key());
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| ActionAnnounced {
        sequence,
        mint,
        action: key,
        action_sequence: action.sequence,
        announcer: action.announcer,
        ready_at: action.ready_at,
        terms: args.terms,
    })
}
