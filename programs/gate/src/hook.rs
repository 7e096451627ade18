//! The transfer hook of hooked mints: `Execute` of the SPL transfer hook interface. Token-2022 calls
//! it while it moves tokens between two accounts; all accounts are read-only.
//! Source: solana-program/transfer-hook, `interface/src/instruction.rs`.

use crate::{
    error::GateError,
    holder::{Judgement, Side, data, policy_of, refuse, require_none, token_account_of},
};
use anchor_lang::{prelude::*, solana_program::entrypoint::ProgramResult};
use scrip_interface::{
    gate::{Reasons, flag},
    token_account::TokenAccount,
};
use scrip_math::Timestamp;

/// sha256("spl-transfer-hook-interface:execute"), the first eight bytes.
pub const EXECUTE: [u8; 8] = [105, 37, 101, 197, 75, 251, 102, 26];

/// Lets a transfer pass if both sides may hold the mint.
///
/// Accounts: source, mint, destination, authority, the list of extra accounts, and those on it: the
/// policy, the destination's record and, where the policy checks sources, the source's. Token-2022
/// finds them by the list if its caller gives the list, and calls with the first four if it does
/// not: fewer than all are refused.
///
/// Nothing is derived again. The list is at an address of this program and written from the policy
/// only; the policy and the records name what they are about (see `policy_of` and `Judgement::of`).
/// Who calls this outside of a transfer gains nothing: it answers, and changes nothing. The flags
/// are demanded all the same: they say that source and destination are what is being moved.
pub fn execute(accounts: &[AccountInfo]) -> ProgramResult {
    let [source, mint, destination, authority, _list, policy, destination_wallet, rest @ ..] =
        accounts
    else {
        return Err(refuse(GateError::AccountsMissing));
    };
    let policy_data = data(policy)?;
    let policy =
        policy_of(policy, &policy_data, mint.key).ok_or_else(|| refuse(GateError::WrongPolicy))?;
    let (source_data, destination_data) = (data(source)?, data(destination)?);
    let (from, _) = moving(source, &source_data, mint.key)?;
    let (to, destination) = moving(destination, &destination_data, mint.key)?;

    // What waits for redemption goes back to its owner, whatever became of the record. Where to, the
    // issuer program sees to: it alone signs for the escrow.
    if is(&policy.escrow(), &from) {
        return Ok(());
    }
    // The permanent delegate, which the issuer program signs for in a seizure only: the holder's
    // record does not matter, and a pause does not help him.
    let seized = is(&policy.delegate(), authority.key);
    if policy.is_paused() && !seized {
        return Err(refuse(GateError::PolicyPaused));
    }
    let now = Timestamp(Clock::get()?.unix_timestamp);
    if policy.has(flag::SOURCE_CHECK) && !seized {
        let wallet = rest.first().ok_or_else(|| refuse(GateError::AccountsMissing))?;
        // Not the authority, who may be a delegate: whose tokens they are counts.
        require_none(Judgement::of(&policy, wallet, &from, now)?.reasons, Side::Source)?;
    }
    if is(&policy.escrow(), &to) {
        return Ok(());
    }
    let reasons = Judgement::of(&policy, destination_wallet, &to, now)?
        .of_account(destination.has_immutable_owner())
        .without(Reasons::POLICY_PAUSED);
    require_none(reasons, Side::Destination)
}

/// The owner of a token account from or to which Token-2022 is moving this mint just now.
fn moving<'a>(
    account: &AccountInfo,
    data: &'a [u8],
    mint: &Pubkey,
) -> std::result::Result<(Pubkey, TokenAccount<'a>), ProgramError> {
    let token = token_account_of(account, data, mint);
    let (token, owner) = token
        .and_then(|token| Some((token, token.owner()?)))
        .ok_or_else(|| refuse(GateError::TokenAccountInvalid))?;
    if !token.is_transferring() {
        return Err(refuse(GateError::NotTransferring));
    }
    Ok((owner, token))
}

/// Whether a key is the policy's escrow or delegate. Zeros stand for none of them: they are also the
/// System program's address, which anyone may make the owner of a token account.
pub fn is(named: &Pubkey, key: &Pubkey) -> bool {
    named == key && *named != Pubkey::default()
}
