//! Reserves and mints, and the questions about them.

use super::{Valid, attested, signed_by};
use issuer::instructions::StatementArgs;
use scrip_interface::{attestation::ReserveStatement, issuer::Mode, merkle};
use scrip_tests::{
    build::{
        AttestMint, Posted, apply_statement, attest_reserves, attest_statement, can_mint,
        can_redeem, hourly, show_reserve_ratio, show_shares_at, split,
    },
    vm::key,
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const SETTLED_E8: u128 = 100 * SHARE as u128;

pub const FORMS: super::Room = &[
    ("attest_reserves", || {
        let mut world = World::new();
        let as_of = world.vm.now();
        let statement =
            StatementArgs { as_of, settled_shares_e8: SETTLED_E8, receivable_shares_e8: 0 };
        let attest = attest_reserves(&mut world, statement);
        attested(world, attest)
    }),
    ("attest_statement", || {
        let mut world = World::new();
        let as_of = world.vm.now();
        let attest = attest_statement(&mut world, as_of, [7; 32]);
        attested(world, attest)
    }),
    ("apply_statement", || {
        let mut world = World::new();
        let statement =
            ReserveStatement { as_of: 0, settled_shares_e8: SETTLED_E8, receivable_shares_e8: 0 };
        let leaf = merkle::leaf(&world.mint(), 0, &statement);
        let (root, proofs) = merkle::tree(&[leaf, [7; 32]]).expect("two leaves");
        let as_of = world.vm.now();
        attest_statement(&mut world, as_of, root).send(&mut world).expect(super::OURS);
        let apply = apply_statement(&world.listed, SETTLED_E8, 0, proofs[0].clone());
        Valid::of(world.vm, apply.instruction(), &[])
    }),
    ("attest_mint", || {
        let (mut world, alice, limits) = limited();
        let mut mint = AttestMint::new(&mut world, &alice, SHARE);
        mint.accounts.owner_limits = Some(limits);
        signed_by(world, mint.instruction(), &mint.body(), &mint.signers, &[])
    }),
    ("attest_mint/posted", || {
        let mut world = World::new();
        let alice = world.investor("alice").pubkey();
        let mut mint = AttestMint::new(&mut world, &alice, SHARE);
        let posted = Posted::complete(&mut world, &mint.body(), &[0, 1, 2]);
        mint.accounts.signatures = posted.address();
        Valid::of(world.vm, mint.instruction(), &[])
    }),
    ("can_mint", || {
        let (world, alice, limits) = limited();
        let mut ask = can_mint(&world, &alice, SHARE);
        ask.accounts.owner_limits = Some(limits);
        Valid::of(world.vm, ask.instruction(), &[])
    }),
    ("can_redeem", || {
        let (world, alice, _) = limited();
        let ask = can_redeem(&world, &alice, 0, SHARE).instruction();
        Valid::of(world.vm, ask, &[])
    }),
    ("reserve_ratio", || {
        let mut world = World::new();
        world.holder("alice", SHARE);
        let ask = show_reserve_ratio(&world).instruction();
        Valid::of(world.vm, ask, &[])
    }),
    ("shares_at", || {
        let mut world = World::new();
        let at = world.vm.now() + scrip_tests::build::WINDOW;
        world.schedule(split(2, 1), at);
        let ask = show_shares_at(&world, SHARE, at).instruction();
        Valid::of(world.vm, ask, &[])
    }),
];

/// A ticker for registered wallets that limits each owner; Alice has shares and a record of her limits.
pub fn limited() -> (World, Pubkey, Pubkey) {
    let mut world = World::in_mode(Mode::Frozen);
    world.holder("alice", 10 * SHARE);
    world.change_terms(|terms| {
        terms.owner_mint_limit = hourly(10 * SHARE);
        terms.owner_cash_limit = hourly(10 * SHARE);
    });
    let alice = key("alice").pubkey();
    let limits = world.open_limits(&alice);
    (world, alice, limits)
}
