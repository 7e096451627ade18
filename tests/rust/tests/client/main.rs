//! The Rust client's plans, as they are, against the programs as compiled for the chain: what a hook asks for found in
//! the VM, accounts made and thawed on the way.

mod cash;
mod primary;
mod redemptions;
mod seizures;
mod transfers;

use scrip_client::plans::{Primary, receive};
use scrip_interface::issuer::Mode;
use scrip_tests::{gate::Gated, vm::key, world::SHARE};
use solana_keypair::Keypair;
use solana_signer::Signer;

const MODES: [Mode; 3] = [Mode::Open, Mode::Frozen, Mode::Hooked];

/// What a ticker of this mode asks for at its primary market.
fn primary(mode: Mode) -> Primary {
    Primary { registered: mode != Mode::Open, ..Primary::default() }
}

/// A registered owner of a share who pays for itself; its account is made, and thawed, by the client's plan.
fn shareholder(gated: &mut Gated, mode: Mode, name: &str) -> Keypair {
    let owner = key(name);
    gated.register(&owner.pubkey(), |_| {});
    gated.funded(&owner.pubkey());
    let plan = receive(gated.planner(), &owner.pubkey(), &gated.mint(), &owner.pubkey()).unwrap();
    assert_eq!(plan.len(), if mode == Mode::Frozen { 2 } else { 1 }, "made, and thawed if frozen");
    gated.run(&plan, &owner).unwrap();
    gated.shareholder(name, SHARE)
}
