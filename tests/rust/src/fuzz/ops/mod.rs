//! What can happen: each operation chooses its own details from the state it finds, so a step is no
//! more than a name and a seed, and means something whatever was left out before it.

pub mod actions;
mod attestors;
mod cash;
mod common;
pub mod corporate;
pub mod feeds;
pub mod gate;
mod governance;
mod holders;
mod limits;
mod listing;
pub mod loans;
mod posted;
pub mod redemption;
mod roles;
mod seizures;
mod stage;
pub mod token;
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
pub const OPERATIONS: [(&str, u64, Operation); 133] = [
    ("wait", 40, Stage(stage::wait)),
    ("wait_for_deadline", 12, Stage(stage::wait_for_deadline)),
    ("wait_for_action", 24, Stage(stage::wait_for_action)),
    ("set_multipliers", 8, Stage(stage::set_multipliers)),
    ("gate/create_registry", 4, Call(gate::registry::create_registry)),
    ("gate/create_provider", 5, Call(gate::registry::create_provider)),
    ("gate/set_provider", 5, Call(gate::registry::set_provider)),
    ("gate/register_investor", 10, Call(gate::investors::register_investor)),
    ("gate/link_wallet", 30, Call(gate::investors::link_wallet)),
    ("gate/unlink_wallet", 5, Call(gate::investors::unlink_wallet)),
    ("gate/update_investor", 20, Call(gate::investors::update_investor)),
    ("gate/revoke_investor", 4, Call(gate::investors::revoke_investor)),
    ("gate/bar_investor", 7, Call(gate::investors::bar_investor)),
    ("gate/unbar_investor", 14, Call(gate::investors::unbar_investor)),
    ("gate/close_investor", 5, Call(gate::investors::close_investor)),
    ("gate/set_venue", 12, Call(gate::venues::set_venue)),
    ("gate/drop_venue", 6, Call(gate::venues::drop_venue)),
    ("gate/attest", 10, Stage(gate::sas::attest)),
    ("gate/register_from_sas", 16, Call(gate::sas::register_from_sas)),
    ("gate/sync_from_sas", 14, Call(gate::sas::sync_from_sas)),
    ("gate/create_policy", 30, Call(gate::policies::create_policy)),
    ("gate/set_policy", 12, Call(gate::policies::set_policy)),
    ("gate/apply_policy", 20, Call(gate::policies::apply_policy)),
    ("gate/cancel_policy", 8, Call(gate::policies::cancel_policy)),
    ("gate/pause_policy", 4, Call(gate::policies::pause_policy)),
    ("gate/unpause_policy", 14, Call(gate::policies::unpause_policy)),
    ("gate/hook_list", 30, Call(gate::hook_list)),
    ("gate/update_hook_list", 18, Call(gate::update_hook_list)),
    ("gate/acl_lists", 4, Call(gate::acl_lists)),
    ("gate/hand_over", 5, Stage(gate::foreign::hand_over)),
    ("gate/create_policy of a foreign mint", 6, Call(gate::foreign::create_policy)),
    ("gate/claim_policy", 14, Call(gate::foreign::claim_policy)),
    ("gate/can_transfer", 14, Call(gate::can_transfer)),
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
    ("attest_mint", 90, Attested(actions::mint)),
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
    ("withdraw_cash", 12, Call(cash::withdraw_cash)),
    ("subscribe_for_cash", 45, Attested(actions::subscribe)),
    ("redeem_for_cash", 55, Attested(actions::redeem)),
    ("thaw", 60, Call(holders::thaw)),
    ("freeze", 20, Call(holders::freeze)),
    ("place_hold", 12, Call(holders::place_hold)),
    ("lift_hold", 16, Call(holders::lift_hold)),
    ("announce_seizure", 14, Call(seizures::announce_seizure)),
    ("contest_seizure", 10, Call(seizures::contest_seizure)),
    ("cancel_seizure", 8, Call(seizures::cancel_seizure)),
    ("execute_seizure", 40, Call(seizures::execute_seizure)),
    ("open_ticker", 16, Call(holders::open_ticker)),
    ("set_primary_kyc", 8, Call(holders::set_primary_kyc)),
    ("announce_action", 10, Call(corporate::announce_action)),
    ("announce_action by quorum", 16, Attested(corporate::announce)),
    ("schedule_action", 30, Attested(corporate::schedule)),
    ("cancel_action", 4, Call(corporate::cancel_action)),
    ("cancel_action by quorum", 5, Attested(corporate::cancel)),
    ("close_action", 24, Call(corporate::close_action)),
    ("set_action_window", 8, Call(corporate::set_action_window)),
    ("prices", 70, Stage(feeds::prices)),
    ("session", 16, Stage(feeds::session)),
    ("collateral/create_curator", 2, Call(feeds::curator::create_curator)),
    ("collateral/propose_admin", 5, Call(feeds::curator::propose_admin)),
    ("collateral/accept_admin", 6, Call(feeds::curator::accept_admin)),
    ("collateral/set_role", 8, Call(feeds::curator::set_role)),
    ("collateral/set_timelock", 4, Call(feeds::curator::set_timelock)),
    ("collateral/create_calendar", 3, Call(feeds::calendar::create_calendar)),
    ("collateral/set_year", 10, Call(feeds::calendar::set_year)),
    ("collateral/cancel_year", 10, Call(feeds::calendar::cancel_year)),
    ("collateral/halt_venue", 5, Call(feeds::calendar::halt_venue)),
    ("collateral/resume_venue", 14, Call(feeds::calendar::resume_venue)),
    ("collateral/create_feed", 30, Call(feeds::create_feed)),
    ("collateral/set_feed", 16, Call(feeds::set_feed)),
    ("collateral/cancel_feed", 14, Call(feeds::cancel_feed)),
    ("collateral/halt_ticker", 8, Call(feeds::halt_ticker)),
    ("collateral/resume_ticker", 14, Call(feeds::resume_ticker)),
    ("collateral/observe", 30, Call(feeds::observe)),
    ("collateral/status", 10, Call(feeds::status)),
    ("collateral/value", 40, Call(feeds::value)),
    ("lender/create_market", 3, Call(loans::create_market)),
    ("lender/add_collateral", 30, Call(loans::add_collateral)),
    ("lender/set_collateral", 16, Call(loans::set_collateral)),
    ("lender/supply", 20, Call(loans::supply)),
    ("lender/redeem", 12, Call(loans::redeem)),
    ("lender/deposit", 50, Call(loans::deposit)),
    ("lender/withdraw", 20, Call(loans::withdraw)),
    ("lender/borrow", 60, Call(loans::borrow)),
    ("lender/repay", 14, Call(loans::repay)),
    ("lender/liquidate", 50, Call(loans::liquidate)),
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
