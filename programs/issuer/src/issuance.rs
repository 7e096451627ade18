//! New shares, for what a quorum attested: given to their owner, or sold for cash.

use crate::{
    state::{Backed, OwnerLimits, Ticker, pass_owner_limit},
    token,
};
use anchor_lang::prelude::*;
use scrip_interface::{attestation::ReserveStatement, pda::AUTHORITY_SEED};

/// Where new shares come from, and where they go.
pub struct Issuance<'a, 'info> {
    pub mint: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    pub destination: &'a AccountInfo<'info>,
    pub owner_limits: &'a Option<AccountLoader<'info, OwnerLimits>>,
}

impl Issuance<'_, '_> {
    /// Takes the statement, counts the amount against the limits, mints it, and checks that the
    /// reserves cover the supply. Returns both.
    pub fn make(
        &self,
        ticker: &mut Ticker,
        statement: &ReserveStatement,
        owner: &Pubkey,
        amount: u64,
        now: i64,
    ) -> Result<Backed> {
        ticker.record_statement(statement, now)?;
        ticker.record_mint(amount, now)?;
        let (limits, limit) = (self.owner_limits, ticker.owner_mint_limit);
        pass_owner_limit(limits, &ticker.mint, owner, limit, amount, now, |limits| {
            &mut limits.mint_bucket
        })?;
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        token::mint_to(self.mint, self.destination, self.authority, seeds, amount)?;
        ticker.require_backed(self.mint, now)
    }
}
