//! Seizures and recoveries: announced, contested, taken back, executed.

use super::{
    common::*,
    holders::{account, hold},
    token::hook_accounts,
};
use crate::fuzz::address::{pda, token_account};
use crate::fuzz::attested::call::TickerAccounts;
use issuer::{error::IssuerError, instructions::AnnounceSeizureArgs, state::SeizureKind};
use scrip_interface::mint::TOKEN_2022;

const GRACE: i64 = 14 * DAY;
/// Case hashes are of one byte, and few: cases meet again.
const CASES: u64 = 24;

fn sound(owner: &Pubkey, args: &AnnounceSeizureArgs) -> bool {
    let all = args.amount == u64::MAX;
    let amount_fits = if args.kind == SeizureKind::Recovery { all } else { args.amount > 0 };
    amount_fits && args.to_owner != *owner
}

fn case(arena: &Arena, rng: &mut Rng) -> Option<AnnounceSeizureArgs> {
    let recovery = rng.percent(30);
    let all = recovery || rng.percent(30);
    let kind = if recovery { SeizureKind::Recovery } else { SeizureKind::Seizure };
    let amount = if all { u64::MAX } else { rng.below(400_000_000) };
    let case_hash = [rng.below(CASES) as u8; 32];
    let to_owner = *rng.pick(&arena.users)?;
    Some(AnnounceSeizureArgs { kind, reason: rng.below(9) as u16, case_hash, to_owner, amount })
}

pub fn announce_seizure(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    if model.seizures.values().filter(|it| it.moved.is_none()).count() > 2 {
        return None;
    }
    let rich = |at: &Pubkey, it: &Holding| {
        arena.users.contains(&it.owner) && it.amount > 0 && model.seizure_of(at).is_none()
    };
    let (from, mint, owner) = account(arena, rng, rich)?;
    // What is taken out of a lender's vault is not in the lender's books.
    if owner == arena.market() {
        return None;
    }
    let args = case(arena, rng)?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    let of = TickerAccounts::of(&mint);
    let seizure = pda::seizure(&issuer::ID, &mint, &args.case_hash).0;
    refusals.unless(owner != of.escrow, IssuerError::EscrowExempt);
    refusals.unless(model.seizure_of(&from).is_none(), IssuerError::HoldUnderSeizure);
    refusals.unless(sound(&owner, &args), IssuerError::SeizureInvalid);
    refusals.unless_code(!model.seizures.contains_key(&seizure), code::ALREADY_IN_USE);
    let rent_payer = payer(arena, rng);
    let accounts = issuer::accounts::AnnounceSeizure {
        payer: rent_payer,
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        token_account: from,
        authority: of.authority,
        hold: hold(&mint, &from),
        seizure,
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::AnnounceSeizure { args });
    Some(Plan::new("announce_seizure", call, refusals).then(move |model, _| {
        let AnnounceSeizureArgs { kind, reason, case_hash, to_owner, amount } = args;
        let (placed_hold, now) = (!model.holds.contains_key(&from), model.now);
        model.holds.entry(from).or_insert(HoldState {
            mint,
            owner,
            placed_by: operator,
            placed_at: now,
            rent_payer,
            reason,
            case_hash,
        });
        model.set_frozen(&from, true);
        let timelock = i64::from(model.issuer.timelock_secs);
        let it = SeizureState {
            mint,
            recovery: kind == SeizureKind::Recovery,
            from,
            from_owner: owner,
            to_owner,
            amount,
            placed_hold,
            announced_at: now,
            execute_at: now + timelock,
            expires_at: now + timelock + GRACE,
            contested: false,
            moved: None,
            rent_payer,
            timelock,
        };
        model.seizures.insert(seizure, it);
    }))
}

/// One that fits, if there is one; seldom any.
fn seizure(
    arena: &Arena,
    rng: &mut Rng,
    fits: impl Fn(&SeizureState) -> bool,
) -> Option<(Pubkey, SeizureState)> {
    let any = rng.percent(10);
    let fitting = arena.model.seizures.iter().filter(|(_, it)| any || fits(it));
    rng.one(fitting).map(|(address, it)| (*address, it.clone()))
}

pub fn contest_seizure(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let now = arena.model.now;
    let open = |it: &SeizureState| it.moved.is_none() && !it.contested && now < it.execute_at;
    let (address, it) = seizure(arena, rng, open)?;
    let from_owner = mostly(rng, arena, it.from_owner);
    let mut refusals = Refusals::none();
    refusals.unless(from_owner == it.from_owner, IssuerError::WrongOwner);
    refusals.unless(it.moved.is_none(), IssuerError::SeizureExecuted);
    refusals.unless(!it.contested, IssuerError::SeizureContested);
    refusals.unless(now < it.execute_at, IssuerError::ContestTooLate);
    let accounts = issuer::accounts::ContestSeizure {
        from_owner,
        ticker: TickerAccounts::of(&it.mint).ticker,
        seizure: address,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let note_hash = [rng.below(256) as u8; 32];
    let call = instruction(&accounts, &issuer::instruction::ContestSeizure { note_hash });
    Some(Plan::new("contest_seizure", call, refusals).then(move |model, _| {
        let it = model.seizures.get_mut(&address).expect("a known seizure");
        it.contested = true;
        it.execute_at += it.timelock;
        it.expires_at += it.timelock;
    }))
}

pub fn cancel_seizure(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (address, it) = seizure(arena, rng, |it| it.moved.is_none())?;
    let (operator, grant_of, mut refusals) = if model.now >= it.expires_at {
        (arena.thief, None, Refusals::none())
    } else if rng.percent(30) {
        (model.issuer.admin, None, Refusals::none())
    } else {
        power(arena, rng, ROLE_COMPLIANCE)?
    };
    if operator == model.issuer.admin {
        refusals = Refusals::none();
    }
    refusals.unless(it.moved.is_none(), IssuerError::SeizureExecuted);
    // Its hold may have been lifted since.
    refusals.unless_code(model.holds.contains_key(&it.from), code::NOT_INITIALIZED);
    let accounts = issuer::accounts::CancelSeizure {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: TickerAccounts::of(&it.mint).ticker,
        seizure: address,
        hold: hold(&it.mint, &it.from),
        rent_payer: it.rent_payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::CancelSeizure {});
    Some(Plan::new("cancel_seizure", call, refusals).then(move |model, _| {
        model.seizures.remove(&address);
        if it.placed_hold {
            model.holds.remove(&it.from);
        }
    }))
}

/// The policy has nothing against the destination's owner but that it is paused.
fn takes(model: &Model, it: &SeizureState) -> Refusals {
    let mut refusals = Refusals::none();
    for reason in model.reasons(&it.mint, &it.to_owner) {
        refusals.unless(matches!(reason, IssuerError::PolicyPaused), reason);
    }
    refusals
}

fn same_investor(model: &Model, it: &SeizureState) -> Refusals {
    let mut refusals = Refusals::none();
    let investor = |owner: &Pubkey| model.records.get(owner).map(|record| record.investor);
    let both = (investor(&it.from_owner), investor(&it.to_owner));
    let (Some(from), Some(to)) = both else {
        refusals.unless(false, IssuerError::WrongWalletRecord);
        refusals.unless(false, IssuerError::NotSameInvestor);
        return refusals;
    };
    refusals.unless(from == to && from != Pubkey::default(), IssuerError::NotSameInvestor);
    refusals
}

pub fn execute_seizure(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let ripe = |it: &SeizureState| {
        it.moved.is_none() && (it.execute_at..it.expires_at).contains(&model.now)
    };
    let (address, it) = seizure(arena, rng, ripe)?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_COMPLIANCE)?;
    let of = TickerAccounts::of(&it.mint);
    let amount = it.amount.min(model.amount(&it.from));
    refusals.unless(it.moved.is_none(), IssuerError::SeizureExecuted);
    refusals.unless(model.now >= it.execute_at, IssuerError::TimelockNotPassed);
    refusals.unless(model.now < it.expires_at, IssuerError::AnnouncementExpired);
    refusals.unless_code(model.holds.contains_key(&it.from), code::NOT_INITIALIZED);
    refusals.unless(amount > 0, IssuerError::AmountZero);
    let (mut policy, mut wallet_record) = arena.gate_accounts(&it.mint, &it.to_owner);
    let (mut from_record, mut destination_grant) = (None, None);
    let others = rng.one(model.grants.keys().copied()).filter(|_| rng.percent(6));
    match others {
        _ if it.recovery => {
            refusals.add(same_investor(model, &it));
            (_, from_record) = arena.gate_accounts(&it.mint, &it.from_owner);
            if model.asks_registration(&it.mint) {
                refusals.add(takes(model, &it));
            } else {
                policy = None;
            }
        }
        Some(wallet) => {
            refusals.add(model.power(&it.to_owner, Some(wallet), ROLE_COMPLIANCE));
            destination_grant = grant(arena, Some(wallet));
            (policy, wallet_record) = (None, None);
        }
        None => refusals.add(takes(model, &it)),
    }
    let destination = token_account(&it.to_owner, &it.mint);
    let accounts = issuer::accounts::ExecuteSeizure {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint: it.mint,
        seizure: address,
        hold: hold(&it.mint, &it.from),
        from: it.from,
        destination,
        authority: of.authority,
        delegate: pda::delegate(&issuer::ID, &it.mint).0,
        destination_grant,
        policy,
        wallet_record,
        from_record,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let mut call = instruction(&accounts, &issuer::instruction::ExecuteSeizure {});
    call.accounts.extend(hook_accounts(arena, &it.mint, &it.from_owner, &it.to_owner));
    refusals.add(model.hook(&it.mint, &it.from_owner, &it.to_owner, true));
    Some(Plan::new("execute_seizure", call, refusals).then(move |model, _| {
        model.debit(&it.from, amount);
        model.credit(&destination, amount);
        model.seizures.get_mut(&address).expect("a known seizure").moved = Some(amount);
        if !it.recovery {
            model.ticker_mut(&it.mint).seized += amount;
        }
    }))
}
