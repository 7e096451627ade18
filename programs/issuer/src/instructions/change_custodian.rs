use crate::{
    constants::CLOCK_TOLERANCE_SECS,
    decision::{Decided, DecisionProof},
    error::IssuerError,
    event::{CustodianChanged, EMITTER},
    quorum::AttestationArgs,
    state::{Announcement, AttestorSet, Change, Custodian, Issuer, Ticker, take_announcement},
};
use anchor_lang::prelude::*;
use scrip_interface::attestation::Decision;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ChangeCustodianArgs {
    /// A decision of the current custodian's quorum, which counts at once. Without one the admin
    /// must sign, and have announced it.
    pub attestation: Option<AttestationArgs>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct ChangeCustodian<'info> {
    /// The admin, where no quorum decides.
    pub operator: Option<Signer<'info>>,
    pub issuer: AccountLoader<'info, Issuer>,
    /// The current one.
    #[account(
        mut,
        constraint = Custodian::is_current(&custodian) @ IssuerError::LayoutOutdated,
    )]
    pub custodian: AccountLoader<'info, Custodian>,
    #[account(
        mut,
        constraint = Custodian::is_current(&next_custodian) @ IssuerError::LayoutOutdated,
        constraint = next_custodian.load()?.issuer == issuer.key() @ IssuerError::WrongIssuer,
    )]
    pub next_custodian: AccountLoader<'info, Custodian>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = custodian @ IssuerError::WrongCustodian,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
    /// Whose quorum decides: any live set of the current custodian that may sign about attestors.
    pub signing_set: Option<AccountLoader<'info, AttestorSet>>,
    /// CHECK: read by `Quorum`: the Instructions sysvar or a posted attestation.
    pub signatures: Option<UncheckedAccount<'info>>,
}

impl ChangeCustodian<'_> {
    /// Whether a quorum decides; else the admin must, and may.
    fn authorize(&mut self, args: &ChangeCustodianArgs, mint: Pubkey, now: i64) -> Result<bool> {
        let custodian = self.next_custodian.key();
        let proof = DecisionProof {
            issuer: &self.issuer,
            signing_set: &self.signing_set,
            signatures: &self.signatures,
            attestation: &args.attestation,
        };
        let decided = Decided {
            decision: Decision::ChangeCustodian,
            target: mint,
            value: custodian.to_bytes(),
        };
        // Whoever agreed to the next custodian has seen all of its attestors, but for those that
        // its own quorum let in.
        let unannounced_at = Timestamp(self.next_custodian.load()?.unannounced_at);
        if proof.take(&self.custodian, &decided, now)? {
            let seen = unannounced_at.saturating_add_secs(CLOCK_TOLERANCE_SECS);
            let issued_at = args.attestation.map_or(i64::MIN, |attestation| attestation.issued_at);
            require!(Timestamp(issued_at) > seen, IssuerError::CustodianInvalid);
            return Ok(true);
        }
        let operator = self.operator.as_ref().ok_or(IssuerError::NotAdmin)?;
        require_keys_eq!(operator.key(), self.issuer.load()?.admin, IssuerError::NotAdmin);
        let change = Change::ChangeCustodian { mint, custodian };
        take_announcement(&mut self.announcement, &self.issuer.key(), &change, now)?;
        let known_since = unannounced_at.saturating_add_secs(self.issuer.load()?.timelock_secs());
        require!(Timestamp(now) >= known_since, IssuerError::TimelockNotPassed);
        Ok(false)
    }
}

pub fn change_custodian(ctx: Context<ChangeCustodian>, args: ChangeCustodianArgs) -> Result<()> {
    let accounts = ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let (previous, custodian) = (accounts.custodian.key(), accounts.next_custodian.key());
    require_keys_neq!(previous, custodian, IssuerError::CustodianInvalid);
    let live = accounts.next_custodian.load()?.live_sets(now).next().is_some();
    require!(live, IssuerError::CustodianInvalid);
    let mint = accounts.ticker.load()?.mint;
    let by_quorum = accounts.authorize(&args, mint, now)?;

    {
        let mut from = accounts.custodian.load_mut()?;
        from.tickers = from.tickers.saturating_sub(1);
        let mut to = accounts.next_custodian.load_mut()?;
        to.tickers = to.tickers.saturating_add(1);
    }
    let mut ticker = accounts.ticker.load_mut()?;
    ticker.change_custodian(custodian);
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| CustodianChanged {
        sequence,
        mint,
        custodian,
        previous,
        by_quorum,
    })
}
