//! Books that balance: shares against supply, the escrow against redemptions, accounts by number.

use super::{
    Checked, rule,
    snapshot::{Snapshot, count},
};
use crate::fuzz::{arena::Arena, attested::Taken, model::shares};

/// Right after a mint the counted shares cover the supply, under each multiplier that counts or
/// will; and the statement it rests on is fresh.
pub fn backed(name: &str, taken: &Taken, now: &Snapshot, arena: &Arena) -> Checked {
    if !matches!(name, "attest_mint" | "subscribe_for_cash") {
        return Ok(());
    }
    let (ticker, mint) = (&now.tickers[&taken.subject], &now.mints[&taken.subject]);
    let time = arena.vm.now();
    let bps = u128::from(ticker.max_receivable_bps);
    let counted =
        |settled: u128, receivable: u128| settled + receivable.min(settled * bps / 10_000);
    // A mint writes down which pair counts now; the other one waits.
    let now_held = counted(count(ticker.reserves.settled), count(ticker.reserves.receivable));
    let later_held = match ticker.next_waits {
        0 => now_held,
        _ => counted(count(ticker.next_settled), count(ticker.next_receivable)),
    };
    let factors = [(mint.multipliers.now(time), now_held), (mint.multipliers.second, later_held)];
    for (factor, held) in factors {
        let owed = shares(mint.supply, factor).1;
        rule(owed <= held, || format!("{owed} shares owed after {name}, {held} counted"))?;
    }
    let age = time - ticker.reserves.as_of;
    let fresh = age <= i64::from(ticker.max_statement_age_secs);
    rule(fresh, || format!("{name} rests on a statement of {age} seconds ago"))
}

/// The escrow holds what the ticker says is open, which is what the redemptions say.
pub fn escrows(now: &Snapshot) -> Checked {
    for (mint, ticker) in &now.tickers {
        let of = now.redemptions.values().filter(|it| it.mint == *mint);
        let sum: u64 = of.map(|it| it.amount_left).sum();
        let (open, escrow) = (ticker.open_redemptions, now.mints[mint].escrow);
        rule(sum == open, || {
            format!("redemptions of {mint} sum to {sum}, the ticker says {open}")
        })?;
        rule(escrow >= open, || format!("the escrow of {mint} holds {escrow} of {open}"))?;
    }
    Ok(())
}

/// No account is there that the model does not know of, and none is missing.
pub fn counts(arena: &Arena, now: &Snapshot) -> Checked {
    let model = &arena.model;
    for (what, chain, known) in [
        ("tickers", now.tickers.len(), model.tickers.len()),
        ("redemptions", now.redemptions.len(), model.redemptions.len()),
        ("grants", now.grants.len(), model.grants.len()),
        ("custodians", now.custodians.len(), model.custodians.len()),
        ("attestor sets", now.sets.len(), model.sets.len()),
        ("desks", now.desks.len(), model.desks.len()),
        ("seizures", now.seizures.len(), model.seizures.len()),
        ("holds", now.holds.len(), model.holds.len()),
        ("posted attestations", now.posted, model.posted.len()),
        ("owners' limits", now.owner_limits, model.owner_limits.len()),
        (
            "corporate actions",
            now.actions,
            model.tickers.values().filter(|it| it.action.is_some()).count(),
        ),
        ("announcements", now.announcements, model.announcements.len()),
    ] {
        rule(chain == known, || format!("{chain} {what} on chain, {known} in the model"))?;
    }
    Ok(())
}
