//! A nonce is used once, for ever, in any order within the window.

use issuer::{error::IssuerError, state::NonceWindow};
use scrip_tests::{
    build::AttestMint,
    vm::{Outcome, assert_fails},
    world::World,
};
use solana_signer::Signer;

fn setup() -> (World, impl Fn(&mut World, u64) -> Outcome) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mint = move |world: &mut World, nonce: u64| {
        let mut mint = AttestMint::new(world, &alice, 1);
        mint.args.attestation.nonce = nonce;
        mint.send(world)
    };
    (world, mint)
}

fn base(world: &World) -> u64 {
    world.vm.state::<NonceWindow>(&world.listed.accounts.nonces).nonces.base
}

#[test]
fn attest_mint_rejects_the_very_same_attestation_again() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, 1);
    mint.send(&mut world).unwrap();
    assert_fails(mint.send(&mut world), IssuerError::NonceUsed);
    assert_eq!(world.supply(), 1);
}

#[test]
fn attest_mint_takes_nonces_in_any_order() {
    let (mut world, mint) = setup();
    for nonce in [5, 0, 1_023, 64, 63] {
        mint(&mut world, nonce).unwrap();
        assert_fails(mint(&mut world, nonce), IssuerError::NonceUsed);
    }
    assert_eq!((base(&world), world.supply()), (0, 5));
}

#[test]
fn attest_mint_moves_the_window_and_forgets_nothing_used() {
    let (mut world, mint) = setup();
    for nonce in [2, 3, 1_000] {
        mint(&mut world, nonce).unwrap();
    }
    // 1,026 moves the window to 3 .. 1,027.
    mint(&mut world, 1_026).unwrap();
    assert_eq!(base(&world), 3);
    assert_fails(mint(&mut world, 2), IssuerError::NonceTooOld);
    for used in [3, 1_000, 1_026] {
        assert_fails(mint(&mut world, used), IssuerError::NonceUsed);
    }
    // 1,024 and 1,025 share their bits with 0 and 1, 1,026 with 2.
    for free in [1_024, 1_025, 4] {
        mint(&mut world, free).unwrap();
    }
    assert_eq!(world.supply(), 7);
}

#[test]
fn attest_mint_moves_the_window_by_its_own_length_at_most() {
    let (mut world, mint) = setup();
    assert_fails(mint(&mut world, 2_048), IssuerError::NonceTooFarAhead);
    assert_fails(mint(&mut world, u64::MAX), IssuerError::NonceTooFarAhead);
    mint(&mut world, 7).unwrap();
    mint(&mut world, 2_047).unwrap();
    assert_eq!(base(&world), 1_024);
    assert_fails(mint(&mut world, 1_023), IssuerError::NonceTooOld);
    // 1,031 has the bit that 7 had.
    mint(&mut world, 1_031).unwrap();
    assert_fails(mint(&mut world, 1_031), IssuerError::NonceUsed);
    assert_eq!(world.supply(), 3);
}

#[test]
fn attest_mint_ends_at_the_last_nonce_without_wrapping() {
    let (mut world, mint) = setup();
    let nonces = world.listed.accounts.nonces;
    let last_base = u64::MAX - 1_023;
    world.vm.edit(&nonces, |account| {
        let at = 8 + 8 + 32;
        account.data[at..at + 8].copy_from_slice(&last_base.to_le_bytes());
    });
    assert_eq!(base(&world), last_base);
    for nonce in [u64::MAX, last_base] {
        mint(&mut world, nonce).unwrap();
        assert_fails(mint(&mut world, nonce), IssuerError::NonceUsed);
    }
    for nonce in [0, last_base - 1] {
        assert_fails(mint(&mut world, nonce), IssuerError::NonceTooOld);
    }
}

#[test]
fn a_failed_mint_uses_no_nonce() {
    let (mut world, mint) = setup();
    let alice = world.investor("alice").pubkey();
    let mut too_much = AttestMint::new(&mut world, &alice, u64::MAX);
    too_much.args.attestation.nonce = 9;
    assert_fails(too_much.send(&mut world), IssuerError::ReservesInsufficient);
    mint(&mut world, 9).unwrap();
}
