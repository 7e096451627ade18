//! What the operations share.

pub use crate::{
    build::{event_authority, instruction},
    fuzz::{
        arena::Arena,
        model::*,
        plan::{Plan, Refusals, code},
        rng::Rng,
    },
};
pub use solana_pubkey::Pubkey;

use crate::fuzz::address::pda;
use issuer::state::Change;

/// The right signer; now and then somebody else.
pub fn mostly(rng: &mut Rng, arena: &Arena, right: Pubkey) -> Pubkey {
    let others = [arena.thief, arena.operators[0], arena.admins[1], arena.users[0]];
    if rng.percent(4) { *rng.pick(&others).expect("some") } else { right }
}

/// Who pays rent.
pub fn payer(arena: &Arena, rng: &mut Rng) -> Pubkey {
    match rng.below(4) {
        0 => arena.users[0],
        1 => arena.thief,
        _ => arena.payer(),
    }
}

/// Somebody with a role, whose grant is given if it is not the admin, and the refusals.
pub fn power(
    arena: &Arena,
    rng: &mut Rng,
    role: u16,
) -> Option<(Pubkey, Option<Pubkey>, Refusals)> {
    let model = &arena.model;
    let of_admin = role & (ROLE_LIST | ROLE_PAUSE | ROLE_UNPAUSE) != 0;
    let able = |it: &Grant| it.roles & role == role && model.now < it.expires_at;
    let wallet = rng.one(model.grants.iter().filter(|(_, it)| able(it)).map(|(wallet, _)| *wallet));
    let (operator, grant_of) = match (rng.below(25), wallet) {
        // Without a grant, with somebody else's, or with one that does not say so.
        (0, _) => (arena.thief, None),
        (1, _) => (arena.thief, rng.one(model.grants.keys().copied())),
        (2, _) => {
            let wallet = rng.one(model.grants.keys().copied())?;
            (wallet, Some(wallet))
        }
        (_, Some(wallet)) if !of_admin || rng.percent(50) => (wallet, Some(wallet)),
        _ if of_admin => (model.issuer.admin, None),
        _ => return None,
    };
    Some((operator, grant_of, model.power(&operator, grant_of, role)))
}

/// The address of a wallet's grant.
pub fn grant(arena: &Arena, wallet: Option<Pubkey>) -> Option<Pubkey> {
    wallet.map(|wallet| pda::role_grant(&issuer::ID, &arena.issuer(), &wallet).0)
}

pub fn announcement(arena: &Arena, id: Option<u64>) -> Option<Pubkey> {
    id.map(|id| pda::announcement(&issuer::ID, &arena.issuer(), id).0)
}

/// An announced change of the kind that `of` picks; a ripe one if there is one. The announcement
/// is rarely forgotten, or another one.
pub fn announced<T>(
    arena: &Arena,
    rng: &mut Rng,
    of: impl Fn(&Change) -> Option<T>,
) -> Option<(T, Option<u64>)> {
    let model = &arena.model;
    let early = rng.percent(15);
    let ripe =
        |it: &Announced| !it.made && (early || (it.ready_at..it.expires_at).contains(&model.now));
    let fitting = model.announcements.iter().filter(|(_, it)| ripe(it));
    let (change, id) = rng.one(fitting.filter_map(|(id, it)| Some((of(&it.change)?, *id))))?;
    let id = match rng.below(30) {
        0 => None,
        1 => rng.one(model.announcements.keys().copied()),
        _ => Some(id),
    };
    Some((change, id))
}

/// The change was made by its announcement.
pub fn made(model: &mut Model, id: Option<u64>) {
    if let Some(id) = id {
        model.announcements.get_mut(&id).expect("a known announcement").made = true;
    }
}
