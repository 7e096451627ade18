//! The gate: who is known, and who may hold what.

pub mod foreign;
pub mod investors;
mod lists;
pub mod policies;
pub mod registry;
pub mod sas;
pub mod venues;
mod views;

pub use lists::*;
pub use views::can_transfer;

pub(super) use super::common::*;
pub(super) use crate::fuzz::address::gate_pda;
pub(super) use crate::{build::Call, records::gate_event_authority};
pub(super) use gate::error::GateError;
pub(super) use solana_instruction::{AccountMeta, Instruction};

use anchor_lang::{InstructionData, ToAccountMetas};
use issuer::error::IssuerError;

/// Whose records are where.
pub fn registry_of(issuer: &Pubkey) -> Pubkey {
    gate_pda::registry(&gate::ID, issuer).0
}

pub fn provider_of(arena: &Arena, number: u8) -> Pubkey {
    gate_pda::provider(&gate::ID, &arena.issuer(), number).0
}

pub fn record_of(arena: &Arena, owner: &Pubkey) -> Pubkey {
    gate_pda::wallet(&gate::ID, &arena.issuer(), owner).0
}

pub fn policy_of(mint: &Pubkey) -> Pubkey {
    gate_pda::policy(&gate::ID, mint).0
}

fn call(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Call::of(gate::ID, accounts, data).instruction()
}

/// Who acts for an issuer, with the grant that shows it.
#[derive(Clone)]
pub struct Operator {
    pub wallet: Pubkey,
    pub role_grant: Option<Pubkey>,
    pub refusals: Refusals,
}

/// Somebody with a role of our issuer, mostly; what is against him in the gate's words.
fn operator(arena: &Arena, rng: &mut Rng, role: u16) -> Option<Operator> {
    let (wallet, grant_of, mut refusals) = power(arena, rng, role)?;
    for code in &mut refusals.codes {
        if *code == u32::from(IssuerError::PowerMissing) {
            *code = GateError::PowerMissing.into();
        } else if *code == u32::from(IssuerError::RoleGrantExpired) {
            *code = GateError::RoleGrantExpired.into();
        }
    }
    Some(Operator { wallet, role_grant: grant(arena, grant_of), refusals })
}

/// The records of an investor's wallets, as a change of it wants them; seldom one too few, or in
/// another order.
fn wallets_of(
    arena: &Arena,
    rng: &mut Rng,
    it: &InvestorState,
    refusals: &mut Refusals,
) -> Vec<AccountMeta> {
    let mut owners = it.wallets.clone();
    match rng.below(40) {
        0 if !owners.is_empty() => drop(owners.pop()),
        1 if owners.len() > 1 => owners.rotate_left(1),
        2 => owners.extend(arena.users.first()),
        _ => {}
    }
    if owners != it.wallets {
        // What is there instead may be no record at all.
        refusals.unless(false, GateError::WalletsIncomplete);
        refusals.any |= owners.iter().any(|owner| !arena.model.records.contains_key(owner));
        // One twice is borrowed twice.
        refusals.any |= owners.len() > it.wallets.len();
    }
    owners.iter().map(|owner| AccountMeta::new(record_of(arena, owner), false)).collect()
}
