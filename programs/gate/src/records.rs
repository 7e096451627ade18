//! Keeps the records of an investor's wallets as its own.

use crate::{
    error::GateError,
    event::{EMITTER, InvestorChanged},
    state::{Investor, Provider, Wallet},
};
use anchor_lang::prelude::*;

/// Writes a changed investor to the records of all its wallets, given in its order, and tells it.
pub fn publish_change<'info>(
    provider: &AccountLoader<'info, Provider>,
    investor: &AccountLoader<'info, Investor>,
    records: &'info [AccountInfo<'info>],
    event_authority: &AccountInfo<'info>,
) -> Result<()> {
    let (provider_key, key) = (provider.key(), investor.key());
    let investor = investor.load()?;
    write_wallets(&key, &investor, records)?;
    let (status, claim) = (investor.status, investor.claim());
    let mut provider = provider.load_mut()?;
    provider.stream.publish(EMITTER, event_authority, |sequence| InvestorChanged {
        sequence,
        provider: provider_key,
        investor: key,
        status,
        claim,
    })
}

/// One record names one investor and one owner, and there is one of each owner: addresses need not
/// be derived again.
fn write_wallets<'info>(
    key: &Pubkey,
    investor: &Investor,
    records: &'info [AccountInfo<'info>],
) -> Result<()> {
    let owners = investor.wallets();
    require!(records.len() == owners.len(), GateError::WalletsIncomplete);
    for (record, owner) in records.iter().zip(owners) {
        let record = AccountLoader::<Wallet>::try_from(record)?;
        let mut wallet = record.load_mut()?;
        let fits = wallet.investor == *key && wallet.owner == *owner;
        require!(fits, GateError::WalletsIncomplete);
        wallet.follow(investor);
    }
    Ok(())
}
