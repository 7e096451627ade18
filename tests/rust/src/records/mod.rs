//! The records of the world's issuer, its providers, and accounts of the Solana Attestation Service.

mod investors;
mod office;
mod providers;
mod sas;
mod venues;

pub use investors::*;
pub use office::*;
pub use providers::*;
pub use sas::*;
pub use venues::*;

use crate::vm::{Outcome, assert_fails_with};
use gate::{ID, error::GateError};
use solana_pubkey::Pubkey;

/// Asserts that a transaction failed with exactly this error of the gate.
#[track_caller]
pub fn assert_turned_away(outcome: Outcome, expected: GateError) {
    assert_fails_with(outcome, u32::from(expected));
}

/// Signs the gate's events.
pub fn gate_event_authority() -> Pubkey {
    gate::EVENT_AUTHORITY_AND_BUMP.0
}

/// What a call of the gate is signed and published with.
macro_rules! gate_call {
    ($accounts:ident { $($field:ident: $value:expr),* $(,)? }, $data:expr $(,)?) => {
        $crate::build::Call::of(
            gate::ID,
            gate::accounts::$accounts {
                $($field: $value,)*
                event_authority: $crate::records::gate_event_authority(),
                program: gate::ID,
            },
            $data,
        )
    };
}
use gate_call;

/// Where the gate keeps what it keeps once for each issuer and address.
pub fn wallet_address(issuer: &Pubkey, owner: &Pubkey) -> Pubkey {
    scrip_interface::gate::pda::wallet(&ID, issuer, owner).0
}
