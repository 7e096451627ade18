//! The redemption queue.

use super::{OURS, Valid, attested, shares::limited, signed_by};
use anchor_lang::InstructionData;
use scrip_tests::{
    build::{
        Call, RequestRedemption, SettleRedemption, TERMS, acknowledge, cancel, claim, place_hold,
        reclaim, reject,
    },
    vm::key,
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("request_redemption", || {
        let (world, alice, _) = limited();
        let request = RequestRedemption::new(&world, &alice, 0, SHARE).instruction();
        Valid::of(world.vm, request, &[&key("alice")])
    }),
    ("acknowledge_redemption", || {
        let (mut world, _, request) = requested();
        let answer = acknowledge(&mut world, &request);
        attested(world, answer)
    }),
    ("reject_redemption", || {
        let (mut world, _, request) = requested();
        let answer = reject(&mut world, &request, 1);
        attested(world, answer)
    }),
    ("settle_redemption", || {
        let (mut world, _, request) = requested();
        // All of it: the record is closed.
        let settle = SettleRedemption::new(&mut world, &request, SHARE);
        signed_by(world, settle.instruction(), &settle.body(), &settle.signers, &[])
    }),
    ("cancel_redemption", || {
        let (world, alice, request) = requested();
        let call = cancel(&world, &request);
        back(world, call, &alice)
    }),
    ("claim_redemption", || {
        let (mut world, alice, request) = requested();
        reject(&mut world, &request, 1).send(&mut world).expect(OURS);
        let call = claim(&world, &request);
        back(world, call, &alice)
    }),
    ("reclaim_redemption", || {
        let (mut world, alice, request) = requested();
        world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
        let call = reclaim(&world, &request);
        back(world, call, &alice)
    }),
];

/// In a ticker where somebody's account is held, so that each return looks for a hold.
fn requested() -> (World, Keypair, RequestRedemption) {
    let mut world = World::new();
    let officer = world.officer();
    let bob = world.investor("bob").pubkey();
    place_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect(OURS);
    let alice = world.holder("alice", 2 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).expect(OURS);
    (world, alice, request)
}

fn back<D: InstructionData>(
    world: World,
    call: Call<issuer::accounts::ReturnRedemption, D>,
    owner: &Keypair,
) -> Valid {
    Valid::of(world.vm, call.instruction(), &[owner])
}
