//! The collateral program: a curator, a calendar, feeds, and what others ask of them.

mod asked;
pub mod calendar;
pub mod curator;
mod rules;
mod stage;

pub use asked::{observe, status, value, value_accounts};
pub use rules::*;
pub use stage::{prices, session};

pub(super) use super::common::*;
pub(super) use crate::collateral::{collateral_instruction, event_authority as events};
pub(super) use crate::fuzz::address::feed_pda;
pub(super) use ::collateral::{accounts, error::CollateralError, instruction as data};

pub fn feed_of(arena: &Arena, mint: &Pubkey) -> Pubkey {
    feed_pda::feed(&::collateral::ID, &arena.curator, mint).0
}

/// The feed as it is on chain.
pub fn recorded(arena: &Arena, mint: &Pubkey) -> ::collateral::state::Feed {
    arena.vm.state(&feed_of(arena, mint))
}

/// Who has one of the roles, mostly, and what is against him.
fn authority(arena: &Arena, rng: &mut Rng, one_of: u32) -> (Pubkey, Refusals) {
    let curator = &arena.model.curator;
    let able = curator.roles.iter().filter(|(_, mask)| **mask & one_of != 0);
    let wallet = match (rng.below(20), rng.one(able.map(|(wallet, _)| *wallet))) {
        (0, _) => arena.thief,
        (1, _) => *rng.pick(&arena.operators).expect("some"),
        (2..=9, Some(wallet)) => wallet,
        _ => curator.admin,
    };
    let mut refusals = Refusals::none();
    refusals.unless(curator.may(&wallet, one_of), CollateralError::RoleMissing);
    (wallet, refusals)
}
