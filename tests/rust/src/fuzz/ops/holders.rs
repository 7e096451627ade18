//! Who may hold and move: thaws, freezes, holds and modes.

use super::common::*;
use crate::fuzz::address::pda;
use crate::fuzz::attested::call::TickerAccounts;
use issuer::{error::IssuerError, instructions::PlaceHoldArgs, state::Change};
use scrip_interface::mint::TOKEN_2022;

/// A token account of a ticker: one that fits, if there is one; seldom any, or the escrow.
pub fn account(
    arena: &Arena,
    rng: &mut Rng,
    fits: impl Fn(&Pubkey, &Holding) -> bool,
) -> Option<(Pubkey, Pubkey, Pubkey)> {
    let model = &arena.model;
    let (any, ours) = (rng.percent(12), |it: &Holding| model.tickers.contains_key(&it.mint));
    let held = model.holdings.iter().filter(|(_, it)| ours(it));
    let (address, it) = rng.one(held.filter(|(address, it)| any || fits(address, it)))?;
    Some((*address, it.mint, it.owner))
}

pub fn hold(mint: &Pubkey, account: &Pubkey) -> Pubkey {
    pda::hold(&issuer::ID, mint, account).0
}

/// The gate's accounts are given where they are read.
fn set_frozen(
    arena: &Arena,
    mint: &Pubkey,
    account: &Pubkey,
    owner: &Pubkey,
    judged: bool,
) -> issuer::accounts::SetFrozen {
    let of = TickerAccounts::of(mint);
    let (policy, wallet_record) =
        if judged { arena.gate_accounts(mint, owner) } else { (None, None) };
    issuer::accounts::SetFrozen {
        ticker: of.ticker,
        mint: *mint,
        token_account: *account,
        authority: of.authority,
        hold: hold(mint, account),
        policy,
        wallet_record,
        token_program: TOKEN_2022,
    }
}

pub fn thaw(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let stuck = |account: &Pubkey, it: &Holding| it.frozen && !model.holds.contains_key(account);
    let (account, mint, owner) = account(arena, rng, stuck)?;
    let judged = model.ticker(&mint).mode == MODE_FROZEN;
    let mut refusals = if judged { model.registered(&mint, &owner) } else { Refusals::none() };
    refusals.unless(!model.holds.contains_key(&account), IssuerError::AccountHeld);
    let accounts = set_frozen(arena, &mint, &account, &owner, judged);
    let call = instruction(&accounts, &issuer::instruction::Thaw {});
    let plan = Plan::new("thaw", call, refusals);
    Some(plan.then(move |model, _| model.set_frozen(&account, false)))
}

pub fn freeze(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let loose = |_: &Pubkey, it: &Holding| {
        let judged = model.ticker(&it.mint).mode == MODE_FROZEN && arena.users.contains(&it.owner);
        judged && !it.frozen && !model.reasons(&it.mint, &it.owner).is_empty()
    };
    let (account, mint, owner) = account(arena, rng, loose)?;
    let held = model.holds.contains_key(&account);
    let judged = !held && model.ticker(&mint).mode == MODE_FROZEN;
    let mut refusals = Refusals::none();
    let escrow = owner == TickerAccounts::of(&mint).escrow;
    refusals.unless(!escrow, IssuerError::EscrowExempt);
    // A pause of the policy is nothing against anybody.
    let mut reasons = model.reasons(&mint, &owner);
    reasons.retain(|reason| !matches!(reason, IssuerError::PolicyPaused));
    let reason = judged && !reasons.is_empty();
    refusals.unless(held || reason, IssuerError::FreezeUnfounded);
    let known = !judged || model.policies.contains_key(&mint);
    refusals.unless(known, IssuerError::PolicyMissing);
    let accounts = set_frozen(arena, &mint, &account, &owner, judged);
    let call = instruction(&accounts, &issuer::instruction::Freeze {});
    let plan = Plan::new("freeze", call, refusals);
    Some(plan.then(move |model, _| model.set_frozen(&account, true)))
}

pub fn place_hold(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    if model.holds.len() > 2 {
        return None;
    }
    let free = |account: &Pubkey, it: &Holding| {
        arena.users.contains(&it.owner) && !model.holds.contains_key(account)
    };
    let (account, mint, owner) = account(arena, rng, free)?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    let of = TickerAccounts::of(&mint);
    refusals.unless(owner != of.escrow, IssuerError::EscrowExempt);
    refusals.unless_code(!model.holds.contains_key(&account), code::ALREADY_IN_USE);
    let rent_payer = payer(arena, rng);
    let accounts = issuer::accounts::PlaceHold {
        payer: rent_payer,
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        token_account: account,
        authority: of.authority,
        hold: hold(&mint, &account),
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = PlaceHoldArgs { reason: rng.below(9) as u16, case_hash: [rng.below(256) as u8; 32] };
    let call = instruction(&accounts, &issuer::instruction::PlaceHold { args });
    Some(Plan::new("place_hold", call, refusals).then(move |model, _| {
        let placed_at = model.now;
        let PlaceHoldArgs { reason, case_hash } = args;
        let placed_by = operator;
        let it = HoldState { mint, owner, placed_by, placed_at, rent_payer, reason, case_hash };
        model.holds.insert(account, it);
        model.set_frozen(&account, true);
    }))
}

pub fn lift_hold(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (account, it) = rng.one(model.holds.iter())?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    refusals.unless(model.seizure_of(account).is_none(), IssuerError::HoldUnderSeizure);
    let accounts = issuer::accounts::LiftHold {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: TickerAccounts::of(&it.mint).ticker,
        hold: hold(&it.mint, account),
        rent_payer: it.rent_payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let (account, call) = (*account, instruction(&accounts, &issuer::instruction::LiftHold {}));
    Some(Plan::new("lift_hold", call, refusals).then(move |model, _| {
        model.holds.remove(&account);
    }))
}

pub fn open_ticker(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::OpenMode { mint } => Some(*mint),
        _ => None,
    });
    let (mint, id) = match wanted {
        Some(wanted) => wanted,
        None if rng.percent(20) => (*rng.one(model.tickers.keys())?, None),
        None => return None,
    };
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    refusals.unless(model.ticker(&mint).mode != MODE_OPEN, IssuerError::TickerOpen);
    refusals.add(model.announced(id, &Change::OpenMode { mint }));
    let of = TickerAccounts::of(&mint);
    let accounts = issuer::accounts::OpenTicker {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        authority: of.authority,
        announcement: announcement(arena, id),
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::OpenTicker {});
    Some(Plan::new("open_ticker", call, refusals).then(move |model, _| {
        made(model, id);
        let ticker = model.ticker_mut(&mint);
        (ticker.mode, ticker.primary_kyc) = (MODE_OPEN, true);
    }))
}

pub fn set_primary_kyc(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::EndPrimaryKyc { mint } => Some(*mint),
        _ => None,
    });
    let (mint, required, id) = match wanted {
        Some((mint, id)) => (mint, false, id),
        None => (*rng.one(model.tickers.keys())?, rng.percent(90), None),
    };
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    if !required {
        refusals.add(model.announced(id, &Change::EndPrimaryKyc { mint }));
    }
    let accounts = issuer::accounts::SetPrimaryKyc {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: TickerAccounts::of(&mint).ticker,
        announcement: announcement(arena, id),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SetPrimaryKyc { required });
    Some(Plan::new("set_primary_kyc", call, refusals).then(move |model, _| {
        made(model, id);
        model.ticker_mut(&mint).primary_kyc = required;
    }))
}
