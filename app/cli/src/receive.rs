//! Getting an owner ready to receive a security, and what a transfer hook asks for.

use crate::{
    context::Context,
    exit::{Failure, Result},
    names::{Security, holding},
};
use scrip_client::{issuer::instructions::Thaw, token::create_account};
use scrip_interface::{gate, ids, mint::TOKEN_2022, pda};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

/// What goes before something that credits `owner`: the account made, and thawed where the mode lets anybody.
pub fn receive(
    context: &Context,
    payer: &Pubkey,
    security: &Security,
    owner: &Pubkey,
) -> Result<Vec<Instruction>> {
    let account = security.account_of(owner);
    let found = holding(context, &account)?;
    let mut instructions = vec![];
    if found.is_none() {
        instructions.push(create_account(payer, owner, &security.mint, &TOKEN_2022));
    }
    if found.map_or(security.starts_frozen, |holding| holding.frozen) {
        instructions.push(thaw(security, owner, &account));
    }
    Ok(instructions)
}

pub fn thaw(security: &Security, owner: &Pubkey, account: &Pubkey) -> Instruction {
    Thaw {
        ticker: security.address,
        mint: security.mint,
        token_account: *account,
        authority: security.authority(),
        hold: pda::hold(&ids::ISSUER, &security.mint, account).0,
        policy: Some(security.policy()),
        wallet_record: Some(security.wallet_record(owner)),
        token_program: TOKEN_2022,
    }
    .instruction()
}

/// What a transfer of a hooked mint needs besides, in the gate's own order: the policy and the records of both owners,
/// then the hook and its list. Nothing for any other mint.
pub fn hook_accounts(security: &Security, from: &Pubkey, to: &Pubkey) -> Result<Vec<AccountMeta>> {
    let Some(hook) = security.hook else { return Ok(vec![]) };
    if hook != ids::GATE {
        return Err(Failure::refused(format!(
            "the mint's transfers are checked by {hook}, which is not the gate"
        )));
    }
    let list = gate::pda::hook_metas(&ids::GATE, &security.mint).0;
    let accounts =
        [security.policy(), security.wallet_record(to), security.wallet_record(from), hook, list];
    Ok(accounts.map(|key| AccountMeta::new_readonly(key, false)).to_vec())
}
