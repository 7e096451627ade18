//! Corporate actions: announced, scheduled, cancelled, closed; and what is asked about the past.

use super::{actions::SHARE, common::*};
use crate::{
    build::{ratio_terms, split},
    fuzz::attested::{
        Action,
        call::TickerAccounts,
        call_action::{self, action_address, history},
        effect,
        rules::{announcing, cancelling},
    },
};
use issuer::{
    error::IssuerError,
    instructions::SharesAtArgs,
    state::{ActionTermsArgs, ActionWindow, Change},
};
use scrip_interface::{action::ActionKind, attestation::ReserveStatement};

/// Terms whose multiplier the hardware knows, too; seldom wrong ones.
fn choose_terms(rng: &mut Rng, multiplier: f64) -> ActionTermsArgs {
    let plain = |kind, new, old| ratio_terms(kind, new, old);
    match rng.below(40) {
        0 => return ActionTermsArgs { kind: 9, ..split(2, 1) },
        1 => return plain(ActionKind::Split, 1, 2),
        2 => return split(1_001, 1),
        3 => return ActionTermsArgs { evidence_hash: [0; 32], ..split(2, 1) },
        _ => {}
    }
    // Worlds are long: a multiplier that went far comes back.
    if multiplier > 1_000.0 {
        return split(1, 1_000);
    }
    if multiplier < 0.001 {
        return split(1_000, 1);
    }
    match rng.below(10) {
        0 => split(10, 1),
        1 => split(1, 8),
        2 => split(1, 3),
        3 | 4 => plain(ActionKind::StockDividend, 1_025, 1_024),
        5 => plain(ActionKind::SpinOff, 3, 2),
        6 => plain(ActionKind::Correction, 1_023, 1_024),
        7 => ActionTermsArgs { symbol: [b'N'; 16], ..plain(ActionKind::SymbolChange, 1, 1) },
        8 => ActionTermsArgs { terms_hash: [1; 32], ..plain(ActionKind::Merger, 1, 1) },
        _ => ActionTermsArgs {
            gross_e8: 1_500_000,
            withholding_e8: 500_000,
            net_e8: 1_000_000,
            reinvestment_price_e8: 1_024_000_000,
            ..plain(ActionKind::ReinvestedDividend, 1_025, 1_024)
        },
    }
}

/// A ticker that fits, or seldom any.
fn ticker(arena: &Arena, rng: &mut Rng, fits: impl Fn(&TickerState) -> bool) -> Option<Pubkey> {
    let any = rng.percent(4);
    let fitting = arena.model.tickers.iter().filter(|(_, it)| any || fits(it));
    rng.one(fitting.map(|(mint, _)| *mint))
}

fn is_free(now: i64) -> impl Fn(&TickerState) -> bool {
    move |it| {
        let settled = !it.history.is_empty() || now >= it.multipliers.effective_at;
        it.action.is_none() && settled
    }
}

pub fn announce(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let mint = ticker(arena, rng, is_free(arena.model.now))?;
    let terms = choose_terms(rng, arena.model.ticker(&mint).multipliers.second);
    Some(Action::Announce { mint, terms, payer: arena.payer() })
}

pub fn announce_action(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mint = ticker(arena, rng, is_free(model.now))?;
    let terms = choose_terms(rng, model.ticker(&mint).multipliers.second);
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_CORPORATE_ACTION)?;
    refusals.add(announcing(model, &mint, &terms, false));
    let rent_payer = payer(arena, rng);
    let by = Some((operator, grant(arena, grant_of)));
    let call = call_action::announce(arena, &mint, &terms, &rent_payer, by, None);
    Some(Plan::new("announce_action", call, refusals).then(move |model, receipt| {
        effect::announce(model, &mint, terms, operator, rent_payer, receipt);
    }))
}

pub fn schedule(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let now = arena.model.now;
    let ready = |it: &TickerState| {
        let action = it.action.as_ref();
        let ripe = action.is_some_and(|it| it.scheduled.is_none() && now >= it.ready_at);
        ripe && now >= it.multipliers.effective_at
    };
    let mint = ticker(arena, rng, ready)?;
    let of = arena.model.ticker(&mint);
    let terms = of.action.as_ref()?.terms;
    let effective_at = now
        + match rng.below(20) {
            0 => of.window.0 - 1,
            1 => 30 * DAY + rng.within(0, 1),
            2 => of.window.0,
            _ => of.window.0 + rng.within(1, 2 * HOUR),
        };
    let needed = shares(of.supply, changed(of.multipliers.now(now), &terms)).1;
    let room = shares(20_000 * SHARE, changed(of.multipliers.now(now), &terms)).1;
    let settled_shares_e8 = match rng.below(20) {
        0 => needed.saturating_sub(1),
        1 => needed,
        _ => needed + room,
    };
    let after =
        ReserveStatement { as_of: effective_at, settled_shares_e8, receivable_shares_e8: 0 };
    Some(Action::Schedule { mint, after })
}

fn is_ahead(now: i64) -> impl Fn(&TickerState) -> bool {
    move |it| {
        let scheduled = it.scheduled();
        it.action.is_some() && scheduled.is_none_or(|it| now < it.effective_at)
    }
}

pub fn cancel(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    Some(Action::Cancel { mint: ticker(arena, rng, is_ahead(arena.model.now))? })
}

pub fn cancel_action(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = ticker(arena, rng, is_ahead(arena.model.now))?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_CORPORATE_ACTION)?;
    refusals.add(cancelling(&arena.model, &mint));
    let call = call_action::cancel(arena, &mint, Some((operator, grant(arena, grant_of))), None);
    Some(Plan::new("cancel_action", call, refusals).then(move |model, _| {
        let now = model.now;
        model.ticker_mut(&mint).cancel(now);
    }))
}

pub fn close_action(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let now = arena.model.now;
    let over = |it: &TickerState| {
        it.scheduled().is_some_and(|action| now >= action.effective_at + it.window.1)
    };
    let mint = ticker(arena, rng, over)?;
    let of = arena.model.ticker(&mint);
    let mut refusals = Refusals::none();
    match &of.action {
        None => refusals.unless_code(false, code::NOT_INITIALIZED),
        Some(action) => {
            refusals.unless(action.scheduled.is_some(), IssuerError::ActionNotScheduled);
            refusals.unless(over(of), IssuerError::ActionNotOver);
        }
    }
    let accounts = issuer::accounts::CloseAction {
        ticker: TickerAccounts::of(&mint).ticker,
        action: action_address(arena, &mint),
        rent_payer: of.action.as_ref().map_or(arena.payer(), |action| action.rent_payer),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::CloseAction {});
    Some(Plan::new("close_action", call, refusals).then(move |model, _| {
        let now = model.now;
        let ticker = model.ticker_mut(&mint);
        ticker.roll(now);
        ticker.action = None;
    }))
}

pub fn choose_window(rng: &mut Rng) -> ActionWindow {
    match rng.below(8) {
        0 => ActionWindow { before_secs: 59, after_secs: 900 },
        1 => ActionWindow { before_secs: 900, after_secs: 86_401 },
        2 => ActionWindow { before_secs: 60, after_secs: 60 },
        _ => ActionWindow {
            before_secs: 300 + 60 * rng.below(20) as u32,
            after_secs: 300 + 60 * rng.below(20) as u32,
        },
    }
}

pub fn set_action_window(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::SetActionWindow { mint, window } => Some((*mint, *window)),
        _ => None,
    });
    let (mint, window, id) = match wanted {
        Some(((mint, window), id)) => (mint, window, id),
        None => {
            let (mint, of) = rng.one(model.tickers.iter())?;
            let (before, after) = of.window;
            let before_secs = before as u32 + 60 * rng.below(2) as u32;
            let tighter = ActionWindow { before_secs, after_secs: after as u32 };
            (*mint, if rng.percent(70) { tighter } else { choose_window(rng) }, None)
        }
    };
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    let new = (i64::from(window.before_secs), i64::from(window.after_secs));
    let sound = |secs: i64| (60..=DAY).contains(&secs);
    refusals.unless(sound(new.0) && sound(new.1), IssuerError::WindowInvalid);
    let old = model.ticker(&mint).window;
    let waits = new.0 < old.0 || new.1 < old.1;
    if waits {
        refusals.add(model.announced(id, &Change::SetActionWindow { mint, window }));
    }
    let accounts = issuer::accounts::SetActionWindow {
        admin,
        issuer: arena.issuer(),
        ticker: TickerAccounts::of(&mint).ticker,
        announcement: announcement(arena, id.filter(|_| waits)),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SetActionWindow { window });
    Some(Plan::new("set_action_window", call, refusals).then(move |model, _| {
        made(model, id.filter(|_| waits));
        model.ticker_mut(&mint).window = new;
    }))
}

pub fn shares_at(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let recorded = model.tickers.iter().filter(|(_, it)| !it.history.is_empty());
    let (mint, of) = rng.one(recorded)?;
    let (since, _) = *rng.pick(&of.history)?;
    let time = since + rng.within(-1, 1);
    let amount = rng.below(1_000 * SHARE);
    let accounts = issuer::accounts::ShowSharesAt { history: history(mint) };
    let args = SharesAtArgs { amount, time };
    let call = instruction(&accounts, &issuer::instruction::SharesAt { args });
    let mut refusals = Refusals::none();
    let Some((since, multiplier)) = of.past(time) else {
        refusals.unless(false, IssuerError::HistoryTooShort);
        return Some(Plan::new("shares_at", call, refusals));
    };
    let mut bytes = vec![1];
    bytes.extend(shares(amount, multiplier).0.to_le_bytes());
    bytes.extend(multiplier.to_bits().to_le_bytes());
    bytes.extend(since.to_le_bytes());
    Some(Plan { answer: Some(bytes), ..Plan::new("shares_at", call, refusals) })
}
