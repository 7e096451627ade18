//! `can_transfer` says yes exactly when a transfer would pass.

use super::*;
use crate::fuzz::address::token_account;
use crate::fuzz::ops::token::moving;
use gate::instructions::CanTransferArgs;
use scrip_interface::gate::TransferReasons;

pub fn can_transfer(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mint = *rng.one(model.tickers.keys())?;
    // What a list that is behind its policy would do is not asked of it.
    if model.is_hooked(&mint) && !model.hook_works(&mint) {
        return None;
    }
    let owners = rng.some(&arena.users, 2);
    let owners = if rng.percent(50) { [owners[0], owners[1]] } else { [owners[1], owners[0]] };
    let [from, to] = owners.map(|owner| token_account(&owner, &mint));
    let amount = rng.below(model.amount(&from) + 2);
    let against = moving(arena, &mint, &from, &to, amount);
    let accounts = gate::accounts::CanTransfer {
        mint,
        source: from,
        destination: to,
        policy: policy_of(&mint),
        source_wallet: record_of(arena, &owners[0]),
        destination_wallet: record_of(arena, &owners[1]),
    };
    let args = CanTransferArgs { source_owner: owners[0], destination_owner: owners[1], amount };
    let made = call(accounts, gate::instruction::CanTransfer { args });
    let plan = Plan::new("gate/can_transfer", made, Refusals::none());
    // A frozen mint without a policy is one that nobody can be thawed for.
    let bare = model.ticker(&mint).mode == MODE_FROZEN && !model.policies.contains_key(&mint);
    let passes = against.is_certain();
    Some(plan.judged(move |receipt| {
        let data = &receipt.meta.return_data.data;
        let mut bytes = data.clone();
        bytes.resize(TransferReasons::LEN, 0);
        let answer = TransferReasons::parse(&bytes).ok_or("it answers nothing")?;
        if answer.is_empty() == (passes && !bare) {
            return Ok(());
        }
        Err(format!("it answers {answer:?}; against a transfer is {against:?}"))
    }))
}
