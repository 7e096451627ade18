//! May this owner hold this mint: the question behind the transfer hook, the gate of sRFC-37 and
//! `can_transfer`.

use crate::error::GateError;
use anchor_lang::prelude::*;
use scrip_interface::{
    gate::{Policy, Reasons, Wallet, judge},
    mint::TOKEN_2022,
    token_account::TokenAccount,
};
use scrip_math::Timestamp;
use std::{cell::Ref, fmt::Display};

/// Whose record refused, for the log.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    Source,
    Destination,
    Holder,
}

impl Side {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Source => "source: ",
            Self::Destination => "destination: ",
            Self::Holder => "",
        }
    }
}

/// Logs the one line of a refusal.
pub fn refuse(error: GateError) -> ProgramError {
    refuse_side(Side::Holder, error)
}

fn refuse_side(side: Side, error: GateError) -> ProgramError {
    log(&format_args!("Scrip: {}{error}", side.prefix()));
    ProgramError::Custom(error.into())
}

fn log(line: &dyn Display) {
    msg!("{}", line);
}

pub fn data<'a>(account: &'a AccountInfo) -> std::result::Result<Ref<'a, [u8]>, ProgramError> {
    Ok(Ref::map(account.try_borrow_data()?, |data| &**data))
}

/// The policy of a mint. It is not derived again: only `create_policy` makes accounts of this type,
/// one for each mint at its own address, and the account names that mint.
pub fn policy_of<'a>(account: &AccountInfo, data: &'a [u8], mint: &Pubkey) -> Option<Policy<'a>> {
    let ours = *account.owner == crate::ID;
    Policy::parse(data).filter(|policy| ours && policy.mint() == *mint)
}

/// A token account of a mint. No mint but one of Token-2022 has accounts there.
pub fn token_account_of<'a>(
    account: &AccountInfo,
    data: &'a [u8],
    mint: &Pubkey,
) -> Option<TokenAccount<'a>> {
    let of_token_2022 = *account.owner == TOKEN_2022;
    TokenAccount::parse(data).filter(|token| of_token_2022 && token.mint() == Some(*mint))
}

/// What the gate knows of an owner.
pub struct Judgement {
    pub reasons: Reasons,
    pub is_venue: bool,
}

impl Judgement {
    /// Of the owner whose record `wallet` is to be.
    ///
    /// The record is not derived again: the gate keeps one for each issuer and owner, at their
    /// address, and the account names both. One of another owner, one of another issuer (see
    /// `judge`), a closed one and somebody else's account all count as none.
    pub fn of(
        policy: &Policy,
        wallet: &AccountInfo,
        owner: &Pubkey,
        now: Timestamp,
    ) -> std::result::Result<Self, ProgramError> {
        let bytes = data(wallet)?;
        let ours = *wallet.owner == crate::ID;
        let record = Wallet::parse(&bytes).filter(|record| ours && record.owner() == *owner);
        let reasons = judge(policy, record.as_ref(), now);
        let is_venue = record.is_some_and(|record| record.is_venue());
        Ok(Self { reasons, is_venue })
    }

    /// Why its token account may not receive. An owner that can be replaced would carry the balance
    /// to somebody whom nobody judged; a venue's vault is the venue's to guard.
    pub fn of_account(mut self, has_immutable_owner: bool) -> Reasons {
        if !has_immutable_owner && !self.is_venue {
            self.reasons.add(Reasons::OWNER_NOT_IMMUTABLE);
        }
        self.reasons
    }
}

/// Refuses for the first of the reasons.
pub fn require_none(reasons: Reasons, side: Side) -> std::result::Result<(), ProgramError> {
    if reasons.is_empty() { Ok(()) } else { Err(refuse_side(side, GateError::of(reasons))) }
}
