//! Into escrow, and out of it in each of the ways there are, open and hooked.

use crate::primary;
use scrip_client::{
    Programs,
    attestation::Evidence,
    plans::{
        OpenRedemption, Return, acknowledge_redemption, reject_redemption, request_redemption,
        return_redemption, settle_redemption,
    },
};
use scrip_interface::{issuer::Mode, math::RawAmount};
use scrip_tests::{
    build::{RequestRedemption, SettleRedemption, TERMS, acknowledge, reject},
    gate::Gated,
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_signer::Signer;

const MODES: [Mode; 2] = [Mode::Open, Mode::Hooked];

/// Alice, who pays for herself, has asked for a share by the client's plan.
fn requested(mode: Mode) -> (Gated, Keypair, OpenRedemption, RequestRedemption) {
    let mut gated = Gated::new(mode);
    let alice = gated.shareholder("alice", 2 * SHARE);
    gated.funded(&alice.pubkey());
    let owner = alice.pubkey();
    let of = OpenRedemption {
        issuer: gated.issuer(),
        mint: gated.mint(),
        owner,
        id: 3,
        rent_payer: owner,
    };
    let registered = primary(mode).registered;
    let plan = request_redemption(gated.planner(), &of, RawAmount(SHARE), registered).unwrap();
    gated.run(&plan, &alice).unwrap();
    assert_eq!(gated.escrow_balance(), SHARE);
    let mut request = RequestRedemption::new(&gated, &owner, 3, SHARE);
    request.accounts.payer = owner;
    (gated, alice, of, request)
}

fn comes_back(gated: &mut Gated, alice: &Keypair, of: &OpenRedemption, how: Return) {
    let plan = return_redemption(gated.planner(), of, how).unwrap();
    gated.run(&plan, alice).unwrap();
    assert_eq!((gated.escrow_balance(), gated.balance(&alice.pubkey())), (0, 2 * SHARE));
}

#[test]
fn what_nobody_has_taken_up_is_cancelled() {
    for mode in MODES {
        let (mut gated, alice, of, _) = requested(mode);
        comes_back(&mut gated, &alice, &of, Return::Cancel);
    }
}

#[test]
fn what_the_custodian_rejects_is_claimed() {
    for mode in MODES {
        let (mut gated, alice, of, request) = requested(mode);
        let early = return_redemption(gated.planner(), &of, Return::Claim).unwrap();
        assert!(gated.run(&early, &alice).is_err());
        let body = reject(&mut gated, &request, 4).body;
        let signed = gated.signed(&body);
        let programs = Programs::default();
        let plan = reject_redemption(&programs, &of.issuer, &body, Evidence::Signed(&signed));
        gated.run(&plan.unwrap(), &alice).unwrap();
        comes_back(&mut gated, &alice, &of, Return::Claim);
    }
}

#[test]
fn what_nobody_settles_by_the_deadline_is_reclaimed() {
    for mode in MODES {
        let (mut gated, alice, of, _) = requested(mode);
        let early = return_redemption(gated.planner(), &of, Return::Reclaim).unwrap();
        assert!(gated.run(&early, &alice).is_err());
        let deadline = gated.vm.now() + i64::from(TERMS.redemption_secs);
        gated.vm.set_time(deadline);
        comes_back(&mut gated, &alice, &of, Return::Reclaim);
    }
}

#[test]
fn what_is_acknowledged_is_settled_and_burned() {
    for mode in MODES {
        let (mut gated, alice, of, request) = requested(mode);
        let programs = Programs::default();
        let body = acknowledge(&mut gated, &request).body;
        let signed = gated.signed(&body);
        let plan = acknowledge_redemption(&programs, &of.issuer, &body, Evidence::Signed(&signed));
        gated.run(&plan.unwrap(), &alice).unwrap();

        let body = SettleRedemption::new(&mut gated, &request, SHARE).body();
        let signed = gated.signed(&body);
        let evidence = Evidence::Signed(&signed);
        let plan = settle_redemption(&programs, &of.issuer, &alice.pubkey(), &body, evidence);
        gated.run(&plan.unwrap(), &alice).unwrap();
        assert_eq!((gated.escrow_balance(), gated.supply()), (0, SHARE));
    }
}
