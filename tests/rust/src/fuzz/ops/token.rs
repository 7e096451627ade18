//! What anybody may ask Token-2022 for directly, and what a thief tries there.

use super::{actions::ticker, common::*, gate};
use crate::fuzz::address::{gate_pda, token_account};
use crate::{
    fuzz::arena::CASH_DECIMALS,
    fuzz::attested::{call::TickerAccounts, effect::escrow_account},
};
use scrip_interface::mint::TOKEN_2022;
use solana_instruction::{AccountMeta, Instruction};
use spl_token_2022_interface::{
    extension::{pausable, scaled_ui_amount, transfer_hook},
    instruction as token,
};

const DECIMALS: u8 = 8;

/// A holder with something, and an amount of it.
fn holder(arena: &Arena, rng: &mut Rng) -> Option<(Pubkey, Pubkey, u64)> {
    let model = &arena.model;
    let mint = ticker(arena, rng, PAUSE_TRANSFER)?;
    let rich = |user: &&Pubkey| model.amount(&token_account(user, &mint)) > 0;
    let owner = *rng.one(arena.users.iter().filter(rich))?;
    let balance = model.amount(&token_account(&owner, &mint));
    Some((mint, owner, 1 + rng.below(balance / 4 + 1)))
}

fn leaving(arena: &Arena, mint: &Pubkey, from: &Pubkey, amount: u64) -> Refusals {
    let model = &arena.model;
    let mut refusals = Refusals::none();
    refusals.unless_code(amount <= model.amount(from), code::INSUFFICIENT_FUNDS);
    refusals.unless_code(!model.is_frozen(from), code::ACCOUNT_FROZEN);
    refusals.unless_code(!model.ticker(mint).mint_paused, code::MINT_PAUSED);
    refusals
}

/// What stands against a transfer between two known accounts by the first one's owner.
pub fn moving(arena: &Arena, mint: &Pubkey, from: &Pubkey, to: &Pubkey, amount: u64) -> Refusals {
    let model = &arena.model;
    let mut refusals = leaving(arena, mint, from, amount);
    refusals.unless_code(!model.is_frozen(to), code::ACCOUNT_FROZEN);
    let owner = |account: &Pubkey| model.holdings[account].owner;
    // Between an account and itself Token-2022 moves nothing and asks nobody.
    if from != to {
        refusals.add(model.hook(mint, &owner(from), &owner(to), false));
    }
    refusals
}

/// What a hooked mint's transfer between two owners needs besides; nothing for other mints.
pub fn hook_accounts(arena: &Arena, mint: &Pubkey, from: &Pubkey, to: &Pubkey) -> Vec<AccountMeta> {
    if !arena.model.is_hooked(mint) {
        return vec![];
    }
    let keys = [
        gate::policy_of(mint),
        gate::record_of(arena, to),
        gate::record_of(arena, from),
        ::gate::ID,
        gate_pda::hook_metas(&::gate::ID, mint).0,
    ];
    keys.map(|key| AccountMeta::new_readonly(key, false)).to_vec()
}

/// A holder's own burn: the program cannot stop it and must not be confused by it.
pub fn burn(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (mint, owner, amount) = holder(arena, rng)?;
    let account = token_account(&owner, &mint);
    let refusals = leaving(arena, &mint, &account, amount);
    let call =
        token::burn_checked(&TOKEN_2022, &account, &mint, &owner, &[], amount, DECIMALS).ok()?;
    let plan = Plan::new("token/burn", call, refusals).then(move |model, _| {
        model.debit(&account, amount);
        model.ticker_mut(&mint).supply -= amount;
    });
    Some(Plan { burned: Some((mint, amount)), ..plan })
}

/// To another holder, or a gift to the escrow.
pub fn transfer(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (mint, owner, amount) = holder(arena, rng)?;
    let from = token_account(&owner, &mint);
    let (name, to) = if rng.percent(25) {
        ("token/gift to escrow", escrow_account(&mint))
    } else {
        ("token/transfer", token_account(rng.pick(&arena.users)?, &mint))
    };
    let mut refusals = moving(arena, &mint, &from, &to, amount);
    let mut call =
        token::transfer_checked(&TOKEN_2022, &from, &mint, &to, &owner, &[], amount, DECIMALS)
            .ok()?;
    let mut extra = hook_accounts(arena, &mint, &owner, &arena.model.holdings[&to].owner);
    if !extra.is_empty() && from != to && rng.percent(8) {
        // The hook is told less than it asks for, or nothing.
        extra.truncate(rng.below(extra.len() as u64) as usize);
        refusals.any = true;
    }
    call.accounts.extend(extra);
    let plan = Plan::new(name, call, refusals);
    Some(plan.then(move |model, _| {
        model.debit(&from, amount);
        model.credit(&to, amount);
    }))
}

/// Cash given to a vault, past `fund_cash_desk`.
pub fn gift_to_vault(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (cash_mint, desk) = rng.one(arena.model.desks.iter())?;
    let owner = *rng.pick(&arena.users)?;
    let (from, to) = (arena.cash_account(&owner, cash_mint), desk.vault);
    let amount = rng.below(1_000_000);
    let program = arena.cash_program(cash_mint);
    let mut refusals = Refusals::none();
    let enough = arena.model.amount(&from) >= amount;
    refusals.unless_code(enough, code::INSUFFICIENT_FUNDS);
    let decimals = desk.decimals;
    let call =
        token::transfer_checked(&program, &from, cash_mint, &to, &owner, &[], amount, decimals);
    let plan = Plan::new("token/gift to vault", call.ok()?, refusals);
    Some(plan.then(move |model, _| {
        model.debit(&from, amount);
        model.credit(&to, amount);
    }))
}

/// What a thief tries with a mint, an escrow, a vault or another's account: all of it is refused.
pub fn theft(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = *rng.one(arena.model.tickers.keys())?;
    let of = TickerAccounts::of(&mint);
    let (id, thief) = (&TOKEN_2022, &arena.thief);
    let purse = token_account(thief, &mint);
    let victim = token_account(rng.pick(&arena.users[..4])?, &mint);
    let transfer =
        |from: &Pubkey| token::transfer_checked(id, from, &mint, &purse, thief, &[], 1, DECIMALS);
    let new = Some(thief);
    use token::AuthorityType as Power;
    let vault = super::loans::kept(arena, &mint).vault;
    let call = match rng.below(22) {
        0 => transfer(&of.escrow_account),
        1 => transfer(&victim),
        2 => token::mint_to_checked(id, &mint, &purse, thief, &[], 1, DECIMALS),
        3 => token::burn_checked(id, &victim, &mint, thief, &[], 1, DECIMALS),
        4 => token::burn_checked(id, &of.escrow_account, &mint, thief, &[], 1, DECIMALS),
        5 => token::freeze_account(id, &victim, &mint, thief, &[]),
        6 => token::thaw_account(id, &purse, &mint, thief, &[]),
        7 => token::set_authority(id, &mint, new, Power::MintTokens, thief, &[]),
        8 => token::set_authority(id, &mint, new, Power::PermanentDelegate, thief, &[]),
        9 => token::set_authority(id, &of.escrow_account, new, Power::AccountOwner, thief, &[]),
        10 => pausable::instruction::pause(id, &mint, thief, &[]),
        11 => scaled_ui_amount::instruction::update_multiplier(id, &mint, thief, &[], 2.0, 0),
        12 => transfer(&vault),
        13 => token::set_authority(id, &vault, new, Power::AccountOwner, thief, &[]),
        14 => token::close_account(id, &vault, thief, thief, &[]),
        15 => token::set_authority(id, &mint, new, Power::FreezeAccount, thief, &[]),
        16 => token::set_authority(id, &mint, new, Power::TransferHookProgramId, thief, &[]),
        17 => transfer_hook::instruction::update(id, &mint, thief, &[], None),
        18 => pausable::instruction::resume(id, &mint, thief, &[]),
        19 => return judged_by_himself(arena, &mint, &victim, &purse),
        20 => {
            let cash = super::loans::cash(arena);
            let to = arena.cash_account(thief, &cash.mint);
            let (program, mint) = (cash.program, cash.mint);
            token::transfer_checked(&program, &cash.vault, &mint, &to, thief, &[], 1, CASH_DECIMALS)
        }
        _ => {
            let (cash_mint, desk) = rng.one(arena.model.desks.iter())?;
            let to = arena.cash_account(thief, cash_mint);
            let (program, decimals) = (arena.cash_program(cash_mint), desk.decimals);
            token::transfer_checked(&program, &desk.vault, cash_mint, &to, thief, &[], 1, decimals)
        }
    };
    Some(Plan::new("token/theft", call.ok()?, Refusals::any()))
}

/// The hook, called by somebody who is moving nothing: no transfer is under way.
fn judged_by_himself(arena: &Arena, mint: &Pubkey, from: &Pubkey, to: &Pubkey) -> Option<Plan> {
    let owner = |account: &Pubkey| Some(arena.model.holdings.get(account)?.owner);
    let extra = hook_accounts(arena, mint, &owner(from)?, &owner(to)?);
    let (named, list) = (extra.get(..3)?, extra.get(4)?);
    let keys = [*from, *mint, *to, arena.thief].map(|key| AccountMeta::new_readonly(key, false));
    let accounts = [&keys[..], std::slice::from_ref(list), named].concat();
    let data = [&::gate::hook::EXECUTE[..], &1u64.to_le_bytes()].concat();
    let call = Instruction { program_id: ::gate::ID, accounts, data };
    Some(Plan::new("token/theft", call, Refusals::any()))
}
