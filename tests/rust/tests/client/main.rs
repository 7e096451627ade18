//! The Rust client's plans, as they are, against the programs as compiled for the chain: what a hook asks for found in
//! the VM, accounts made and thawed on the way.

mod cash;
mod primary;
mod redemptions;
mod seizures;
mod transfers;

use scrip_client::plans::Primary;
use scrip_interface::issuer::Mode;

const MODES: [Mode; 3] = [Mode::Open, Mode::Frozen, Mode::Hooked];

/// What a ticker of this mode asks for at its primary market.
fn primary(mode: Mode) -> Primary {
    Primary { registered: mode != Mode::Open, ..Primary::default() }
}
