//! What the gate says of an owner of shares: whether the mint may be held.

use crate::{error::IssuerError, state::Ticker};
use anchor_lang::prelude::*;
use scrip_interface::{
    gate::{Policy, Reasons, Wallet, judge, pda},
    ids,
};
use scrip_math::Timestamp;

/// The gate's accounts, as an instruction was given them.
pub struct Registration<'a, 'info> {
    pub policy: &'a Option<UncheckedAccount<'info>>,
    pub wallet_record: &'a Option<UncheckedAccount<'info>>,
}

impl Registration<'_, '_> {
    /// Where the primary market is for registered wallets only, the owner must be one of them.
    pub fn require_at_primary(&self, ticker: &Ticker, owner: &Pubkey, now: i64) -> Result<()> {
        if ticker.asks_registration() { self.require(ticker, owner, now) } else { Ok(()) }
    }

    /// The policy has nothing against the owner.
    pub fn require(&self, ticker: &Ticker, owner: &Pubkey, now: i64) -> Result<()> {
        require_none(self.reasons(ticker, owner, now)?)
    }

    /// The same for what is moved to the owner by a seizure, which a pause does not stop.
    pub fn require_despite_pause(&self, ticker: &Ticker, owner: &Pubkey, now: i64) -> Result<()> {
        require_none(self.reasons(ticker, owner, now)?.without(Reasons::POLICY_PAUSED))
    }

    /// What the policy has against the owner. Both accounts must be the gate's for this mint and
    /// this owner.
    pub fn reasons(&self, ticker: &Ticker, owner: &Pubkey, now: i64) -> Result<Reasons> {
        let policy = self.policy.as_ref().ok_or(IssuerError::RegistrationMissing)?;
        let record = self.wallet_record.as_ref().ok_or(IssuerError::RegistrationMissing)?;
        require_keys_eq!(*policy.owner, ids::GATE, IssuerError::PolicyMissing);
        let data = policy.try_borrow_data()?;
        let policy = Policy::parse(&data).ok_or(IssuerError::PolicyMissing)?;
        require_keys_eq!(policy.mint(), ticker.mint, IssuerError::WrongMint);
        require_keys_eq!(policy.issuer(), ticker.issuer, IssuerError::WrongIssuer);

        let now = Timestamp(now);
        if *record.owner != ids::GATE {
            // What is not there names nobody: only its address tells that it is this owner's.
            let address = pda::wallet(&ids::GATE, &ticker.issuer, owner).0;
            require_keys_eq!(*record.key, address, IssuerError::WrongWalletRecord);
            return Ok(judge(&policy, None, now));
        }
        let data = record.try_borrow_data()?;
        let wallet = Wallet::parse(&data).ok_or(IssuerError::WrongWalletRecord)?;
        require_keys_eq!(wallet.owner(), *owner, IssuerError::WrongOwner);
        require_keys_eq!(wallet.issuer(), ticker.issuer, IssuerError::WrongIssuer);
        Ok(judge(&policy, Some(&wallet), now))
    }
}

fn require_none(reasons: Reasons) -> Result<()> {
    if reasons.is_empty() { Ok(()) } else { Err(IssuerError::of(reasons).into()) }
}

/// Two owners are wallets of one investor, by the gate's records of both, whatever else those say.
pub fn require_same_investor(
    issuer: &Pubkey,
    first: (&Option<UncheckedAccount>, &Pubkey),
    second: (&Option<UncheckedAccount>, &Pubkey),
) -> Result<()> {
    let investor = investor_of(issuer, first)?;
    require!(investor == investor_of(issuer, second)?, IssuerError::NotSameInvestor);
    Ok(())
}

/// A record is told by what it says, see `Registration::reasons`; a venue's names no investor.
fn investor_of(
    issuer: &Pubkey,
    (record, owner): (&Option<UncheckedAccount>, &Pubkey),
) -> Result<Pubkey> {
    let record = record.as_ref().ok_or(IssuerError::RegistrationMissing)?;
    require_keys_eq!(*record.owner, ids::GATE, IssuerError::WrongWalletRecord);
    let data = record.try_borrow_data()?;
    let wallet = Wallet::parse(&data).ok_or(IssuerError::WrongWalletRecord)?;
    require_keys_eq!(wallet.owner(), *owner, IssuerError::WrongOwner);
    require_keys_eq!(wallet.issuer(), *issuer, IssuerError::WrongIssuer);
    require_keys_neq!(wallet.investor(), Pubkey::default(), IssuerError::NotSameInvestor);
    Ok(wallet.investor())
}
