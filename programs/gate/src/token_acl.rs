//! Mints under Token ACL (sRFC-37): that program holds the freeze authority and asks the gate that a
//! mint's config names whether anyone may thaw or freeze an account.
//! Source: solana-foundation/token-acl, `interface/src/instruction.rs` and `program/src/state.rs`.

use crate::{
    constants::TOKEN_ACL,
    error::GateError,
    holder::{Judgement, Side, data, policy_of, refuse, require_none, token_account_of},
};
use anchor_lang::{prelude::*, solana_program::entrypoint::ProgramResult};
use scrip_interface::gate::Reasons;
use scrip_math::Timestamp;

/// sha256("efficient-allow-block-list-standard:can-thaw-permissionless"), the first eight bytes.
pub const CAN_THAW: [u8; 8] = [8, 175, 169, 129, 137, 74, 61, 241];
/// sha256("efficient-allow-block-list-standard:can-freeze-permissionless"), the first eight bytes.
pub const CAN_FREEZE: [u8; 8] = [214, 141, 109, 75, 248, 1, 45, 29];

pub const MINT_CONFIG_SEED: &[u8] = b"MINT_CONFIG";

/// Discriminator u8 = 1, bump, two switches, mint, freeze authority, gating program.
const CONFIG_LEN: usize = 100;
const CONFIG_DISCRIMINATOR: u8 = 1;
const CONFIG_MINT: usize = 4;
const CONFIG_AUTHORITY: usize = 36;

/// Who decides about the freezing of a mint, by Token ACL's config of it. `config` is at its address.
pub fn config_authority(config: &AccountInfo, mint: &Pubkey) -> Option<Pubkey> {
    if *config.owner != TOKEN_ACL {
        return None;
    }
    let data = config.try_borrow_data().ok()?;
    let key = |at: usize| data.get(at..)?.first_chunk().copied().map(Pubkey::new_from_array);
    let is_config = data.len() == CONFIG_LEN && data.first() == Some(&CONFIG_DISCRIMINATOR);
    if is_config && key(CONFIG_MINT) == Some(*mint) { key(CONFIG_AUTHORITY) } else { None }
}

/// Lets anyone thaw the account of an owner who may hold the mint.
pub fn can_thaw_permissionless(accounts: &[AccountInfo]) -> ProgramResult {
    require_none(why_frozen(accounts)?, Side::Holder)
}

/// Lets anyone freeze the account of an owner who may not hold the mint any more. A pause of the
/// policy is no reason to: nobody could thaw in time what anyone may freeze at once.
pub fn can_freeze_permissionless(accounts: &[AccountInfo]) -> ProgramResult {
    if why_frozen(accounts)?.without(Reasons::POLICY_PAUSED).is_empty() {
        return Err(refuse(GateError::MayHold));
    }
    Ok(())
}

/// Why a token account should be frozen. Accounts: authority, token account, mint, its owner, flag,
/// list of extra accounts, and those on it: the policy and the owner's record. Without the list
/// Token ACL calls with the first five, which is refused.
fn why_frozen(accounts: &[AccountInfo]) -> std::result::Result<Reasons, ProgramError> {
    let [_authority, account, mint, owner, flag, _list, policy, wallet, ..] = accounts else {
        return Err(refuse(GateError::AccountsMissing));
    };
    require_flag(flag)?;
    let policy_data = data(policy)?;
    let policy =
        policy_of(policy, &policy_data, mint.key).ok_or_else(|| refuse(GateError::WrongPolicy))?;
    let account_data = data(account)?;
    let token = token_account_of(account, &account_data, mint.key)
        .filter(|token| token.owner() == Some(*owner.key))
        .ok_or_else(|| refuse(GateError::TokenAccountInvalid))?;
    let now = Timestamp(Clock::get()?.unix_timestamp);
    let judgement = Judgement::of(&policy, wallet, owner.key, now)?;
    Ok(judgement.of_account(token.has_immutable_owner()))
}

/// The flag is Token ACL's and set: both, since either alone can be had by others. It is there only
/// while Token ACL calls. Which token account it is of does not matter: the answer changes nothing.
fn require_flag(flag: &AccountInfo) -> ProgramResult {
    let set = *data(flag)? == [1];
    if *flag.owner != TOKEN_ACL || !set {
        return Err(refuse(GateError::NotTokenAcl));
    }
    Ok(())
}
