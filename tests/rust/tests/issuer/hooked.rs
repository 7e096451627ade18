//! Redemptions of a hooked ticker: the hook's accounts follow the named ones, and the hook is asked
//! each time that shares move.

use issuer::error::IssuerError;
use scrip_caller::ACCOUNTS_MISSING;
use scrip_interface::issuer::Mode;
use scrip_tests::{
    build::{
        RequestRedemption, SettleRedemption, TERMS, cancel, claim, gate_records::remove, reclaim,
        reject,
    },
    caller::Caller,
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_instruction::AccountMeta;
use solana_keypair::Keypair;
use solana_signer::Signer;

/// A hooked ticker whose hook is another program, one that lets nothing pass without its accounts.
fn scene() -> (World, Keypair, Vec<AccountMeta>) {
    let mut world = World::in_mode(Mode::Hooked);
    let alice = world.holder("alice", 10 * SHARE);
    let caller = Caller::deploy(&mut world.vm);
    let extra = caller.hook(&mut world, key("extra").pubkey());
    (world, alice, extra)
}

#[test]
fn request_redemption_of_a_hooked_ticker_wants_record_and_hook_accounts() {
    let (mut world, alice, extra) = scene();
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    // The hook program itself is not given.
    assert!(request.send(&mut world, &alice).is_err());
    request.remaining = extra[1..].to_vec();
    assert!(request.send(&mut world, &alice).is_err());
    request.remaining = vec![extra[1].clone()];
    assert_fails_with(request.send(&mut world, &alice), ACCOUNTS_MISSING);
    assert_eq!(world.escrow_balance(), 0);

    request.remaining = extra;
    let mut unregistered = request.clone();
    unregistered.accounts.wallet_record = None;
    assert_fails(unregistered.send(&mut world, &alice), IssuerError::RegistrationMissing);
    request.send(&mut world, &alice).unwrap();
    assert_eq!((world.escrow_balance(), world.balance(&alice.pubkey())), (SHARE, 9 * SHARE));
}

/// Also for an owner whose record is gone.
#[test]
fn every_way_out_of_the_escrow_works_for_a_hooked_ticker() {
    let (mut world, alice, extra) = scene();
    let owner = alice.pubkey();
    let requests = [0, 1, 2, 3].map(|id| {
        let mut request = RequestRedemption::new(&world, &owner, id, SHARE);
        request.remaining = extra.clone();
        request.send(&mut world, &alice).unwrap();
        request
    });
    let record = world.record_of(&owner);
    remove(&mut world.vm, &record);

    let mut back = cancel(&world, &requests[0]);
    assert!(back.send(&mut world.vm, &[&alice]).is_err());
    back.remaining = extra.clone();
    back.send(&mut world.vm, &[&alice]).unwrap();
    reject(&mut world, &requests[1], 4).send(&mut world).unwrap();
    let mut back = claim(&world, &requests[1]);
    back.remaining = extra.clone();
    back.send(&mut world.vm, &[&alice]).unwrap();
    SettleRedemption::new(&mut world, &requests[2], SHARE).send(&mut world).unwrap();
    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    let mut back = reclaim(&world, &requests[3]);
    back.remaining = extra;
    back.send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(
        (world.balance(&owner), world.escrow_balance(), world.supply()),
        (9 * SHARE, 0, 9 * SHARE)
    );
}
