//! What can happen: each operation chooses its own details from the state it finds, so a step is no
//! more than a name and a seed, and means something whatever was left out before it.

pub mod actions;
mod attestors;
mod cash;
mod common;
pub mod corporate;
mod governance;
mod holders;
mod limits;
mod listing;
mod posted;
pub mod redemption;
mod roles;
mod seizures;
mod stage;
mod token;
mod views;

use super::{
    arena::Arena,
    attested::{Carrier, sign},
    plan::Plan,
    rng::Rng,
};

#[derive(Clone, Copy)]
pub enum Operation {
    /// Sends an instruction; `None`: there is nothing to do it with.
    Call(fn(&Arena, &mut Rng) -> Option<Plan>),
    /// A quorum signs, and it lands at once.
    Attested(actions::Make),
    /// Something happens around the program.
    Stage(fn(&mut Arena, &mut Rng)),
}

impl Operation {
    pub fn plan(self, arena: &Arena, rng: &mut Rng) -> Option<Plan> {
        match self {
            Self::Call(plan) => plan(arena, rng),
            Self::Attested(make) => {
                let action = make(arena, rng)?;
                Some(sign(arena, rng, action)?.plan(arena, Carrier::Inline))
            }
            Self::Stage(_) => None,
        }
    }
}

use Operation::{Attested, Call, Stage};

/// Name, how often, and what. The name is what a saved case says.
pub const OPERATIONS: [(&str, u64, Operation); 75] = [
    ("wait", 40, Stage(stage::wait)),
    ("wait_for_deadline", 12, Stage(stage::wait_for_deadline)),
    ("wait_for_action", 24, Stage(stage::wait_for_action)),
    ("set_multipliers", 8, Stage(stage::set_multipliers)),
    ("gate", 14, Stage(stage::gate)),
    ("sign_later", 40, Stage(posted::sign_later)),
    ("create_issuer", 3, Call(governance::create_issuer)),
    ("propose_admin", 5, Call(governance::propose_admin)),
    ("accept_admin", 6, Call(governance::accept_admin)),
    ("set_timelock", 6, Call(governance::set_timelock)),
    ("announce_change", 20, Call(governance::announce_change)),
    ("close_announcement", 20, Call(governance::close_announcement)),
    ("grant_role", 12, Call(roles::grant_role)),
    ("revoke_role", 6, Call(roles::revoke_role)),
    ("set_issuer_pause", 16, Call(roles::set_issuer_pause)),
    ("set_ticker_pause", 24, Call(roles::set_ticker_pause)),
    ("sync_transfer_pause", 20, Call(roles::sync_transfer_pause)),
    ("create_custodian", 10, Call(attestors::create_custodian)),
    ("create_attestor_set", 25, Call(attestors::create_attestor_set)),
    ("activate_attestor_set", 10, Call(attestors::activate_attestor_set)),
    ("activate_attestor_set by quorum", 10, Attested(actions::activate)),
    ("withdraw_attestor_set", 4, Call(attestors::withdraw_attestor_set)),
    ("remove_attestor", 6, Call(attestors::remove_attestor)),
    ("remove_attestor by quorum", 3, Attested(actions::remove)),
    ("change_custodian", 6, Call(attestors::change_custodian)),
    ("change_custodian by quorum", 3, Attested(actions::change_custodian)),
    ("open_attestation", 40, Call(posted::open_attestation)),
    ("post_attestation", 70, Call(posted::post_attestation)),
    ("close_attestation", 15, Call(posted::close_attestation)),
    ("land_later", 40, Call(posted::land_later)),
    ("replay", 12, Call(posted::replay)),
    ("list_ticker", 12, Call(listing::list_ticker)),
    ("update_metadata", 8, Call(listing::update_metadata)),
    ("set_terms", 10, Call(listing::set_terms)),
    ("set_price_band", 16, Call(listing::set_price_band)),
    ("open_owner_limits", 14, Call(limits::open_owner_limits)),
    ("close_owner_limits", 4, Call(limits::close_owner_limits)),
    ("attest_mint", 80, Attested(actions::mint)),
    ("attest_reserves", 20, Attested(actions::reserves)),
    ("attest_statement", 16, Attested(actions::statement)),
    ("apply_statement", 20, Call(redemption::apply_statement)),
    ("request_redemption", 70, Call(redemption::request_redemption)),
    ("acknowledge_redemption", 25, Attested(actions::acknowledge)),
    ("settle_redemption", 35, Attested(actions::settle)),
    ("reject_redemption", 12, Attested(actions::reject)),
    ("cancel_redemption", 12, Call(redemption::cancel_redemption)),
    ("claim_redemption", 12, Call(redemption::claim_redemption)),
    ("reclaim_redemption", 20, Call(redemption::reclaim_redemption)),
    ("open_cash_desk", 8, Call(cash::open_cash_desk)),
    ("set_desk_limit", 6, Call(cash::set_desk_limit)),
    ("fund_cash_desk", 14, Call(cash::fund_cash_desk)),
    ("withdraw_cash", 8, Call(cash::withdraw_cash)),
    ("subscribe_for_cash", 35, Attested(actions::subscribe)),
    ("redeem_for_cash", 40, Attested(actions::redeem)),
    ("thaw", 60, Call(holders::thaw)),
    ("freeze", 20, Call(holders::freeze)),
    ("place_hold", 12, Call(holders::place_hold)),
    ("lift_hold", 16, Call(holders::lift_hold)),
    ("announce_seizure", 14, Call(seizures::announce_seizure)),
    ("contest_seizure", 6, Call(seizures::contest_seizure)),
    ("cancel_seizure", 8, Call(seizures::cancel_seizure)),
    ("execute_seizure", 30, Call(seizures::execute_seizure)),
    ("open_ticker", 10, Call(holders::open_ticker)),
    ("set_primary_kyc", 8, Call(holders::set_primary_kyc)),
    ("announce_action", 10, Call(corporate::announce_action)),
    ("announce_action by quorum", 16, Attested(corporate::announce)),
    ("schedule_action", 30, Attested(corporate::schedule)),
    ("cancel_action", 4, Call(corporate::cancel_action)),
    ("cancel_action by quorum", 5, Attested(corporate::cancel)),
    ("close_action", 24, Call(corporate::close_action)),
    ("set_action_window", 8, Call(corporate::set_action_window)),
    ("views", 18, Call(view)),
    ("migrate", 5, Call(views::migrate)),
    ("token", 30, Call(direct)),
    ("token/theft", 10, Call(token::theft)),
];

fn view(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    match rng.below(4) {
        0 => views::can_mint(arena, rng),
        1 => views::can_redeem(arena, rng),
        2 => corporate::shares_at(arena, rng).or_else(|| views::can_mint(arena, rng)),
        _ => views::reserve_ratio(arena, rng),
    }
}

fn direct(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    match rng.below(4) {
        0 => token::burn(arena, rng),
        1 => token::gift_to_vault(arena, rng),
        _ => token::transfer(arena, rng),
    }
}

pub fn find(name: &str) -> Option<Operation> {
    OPERATIONS.iter().find(|(known, ..)| *known == name).map(|(_, _, operation)| *operation)
}

/// One of them, as often as they should be.
pub fn choose(rng: &mut Rng) -> &'static str {
    let total: u64 = OPERATIONS.iter().map(|(_, weight, _)| weight).sum();
    let mut left = rng.below(total);
    for (name, weight, _) in &OPERATIONS {
        match left.checked_sub(*weight) {
            Some(rest) => left = rest,
            None => return name,
        }
    }
    OPERATIONS[0].0
}
