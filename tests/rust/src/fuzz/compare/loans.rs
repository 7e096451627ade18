//! The accounts of the curator's feeds and of the lender's market.

use super::*;
use crate::fuzz::address::lender_pda as pda;
use crate::fuzz::ops::loans::{ID, kept};
use ::collateral::state::{Calendar, Curator};
use scrip_interface::lender::{Collateral, LenderAccount, Market, Position, Supplier};

pub fn compare(arena: &Arena) -> Checked {
    feeds(arena)?;
    market(arena)?;
    for (owner, it) in &arena.model.loans.positions {
        let of: Position = lent(arena, &pda::position(&ID, &arena.market(), owner).0)?;
        let mints = arena.model.loans.collaterals.keys();
        let mint = |key: &Pubkey| mints.clone().find(|mint| kept(arena, mint).collateral == *key);
        let holdings: Vec<_> =
            of.holdings().map(|held| (mint(&held.collateral).copied(), held.raw)).collect();
        let expected = it.holdings.iter().map(|(mint, raw)| (Some(*mint), *raw)).collect();
        fields!(
            format!("position of {owner}"),
            ("debt", u128::from(of.debt_units), it.units),
            ("holdings", holdings, expected),
        );
    }
    for (owner, shares) in &arena.model.loans.suppliers {
        let of: Supplier = lent(arena, &pda::supplier(&ID, &arena.market(), owner).0)?;
        same(|| format!("shares of {owner}"), u128::from(of.shares), *shares)?;
    }
    Ok(())
}

fn feeds(arena: &Arena) -> Checked {
    let model = &arena.model;
    let id = &::collateral::ID;
    let of: Curator = of_program(arena, id, &arena.curator)?;
    let roles = of.roles.iter().filter(|grant| grant.mask != 0);
    let (now, timelock) = (model.now, of.timelock(scrip_math::Timestamp(model.now)));
    fields!(
        "curator",
        ("admin", of.admin, model.curator.admin),
        ("next admin", of.pending_admin, model.curator.pending_admin),
        ("timelock", timelock, model.curator.timelock(now)),
        (
            "roles",
            roles.map(|grant| (grant.wallet, grant.mask)).collect::<BTreeMap<_, _>>(),
            model.curator.roles.clone()
        ),
    );
    let of: Calendar = of_program(arena, id, &arena.calendar())?;
    fields!(
        "calendar",
        ("halt", of.halted_until, model.calendar.halted_until),
        ("pending year", of.pending_at, model.calendar.pending.map_or(0, |(_, at)| at)),
    );
    for (mint, it) in &model.feeds {
        let of = crate::fuzz::ops::feeds::recorded(arena, mint);
        fields!(
            format!("feed of {mint}"),
            ("rules", of.config, it.config),
            ("hash", of.config_hash, it.hash),
            ("pending rules", of.pending_at, it.pending.map_or(0, |(.., at)| at)),
            ("halt", of.halted_until, it.halted_until),
            ("last price", of.observed.publish_time, it.observed),
        );
    }
    Ok(())
}

fn market(arena: &Arena) -> Checked {
    let Some(it) = &arena.model.loans.market else { return Ok(()) };
    let of: Market = lent(arena, &arena.market())?;
    fields!(
        "market",
        ("index", u128::from(of.index), it.index),
        ("interest", of.accrued_at, it.accrued_at),
        ("debts", u128::from(of.debt_units), it.debt_units),
        ("cash", u128::from(of.cash), it.cash),
        ("shares", u128::from(of.shares), it.shares),
        ("bad debt", u128::from(of.bad_debt), it.bad_debt),
    );
    for (mint, it) in &arena.model.loans.collaterals {
        let of: Collateral = lent(arena, &kept(arena, mint).collateral)?;
        fields!(
            format!("collateral {mint}"),
            ("terms", of.terms, it.terms),
            ("deposits", of.deposited, it.deposited),
        );
    }
    Ok(())
}

fn lent<T: LenderAccount>(arena: &Arena, address: &Pubkey) -> Result<T, String> {
    let account = arena.vm.account(address).ok_or_else(|| format!("{address} does not exist"))?;
    let ours = account.owner == ID;
    T::read(&account.data).filter(|_| ours).ok_or_else(|| format!("{address} is of another kind"))
}
