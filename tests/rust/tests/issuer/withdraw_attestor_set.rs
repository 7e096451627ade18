//! A proposed set is taken back by the admin or by who paid for it, and counts for nothing then.

use crate::rotation::{READY_AT, Setup};
use issuer::{error::IssuerError, event::AttestorSetWithdrawn};
use scrip_tests::{
    attest::{attestors, pubkeys},
    build::{Rival, withdraw_attestor_set},
    vm::{START, assert_fails, key},
};
use solana_signer::Signer;

#[test]
fn withdraw_attestor_set_takes_a_proposal_back_and_returns_the_rent() {
    let mut setup = Setup::new(0);
    let address = setup.proposed.accounts.attestor_set;
    let rent = setup.world.vm.account(&address).unwrap().lamports;
    let payer = setup.world.vm.payer.pubkey();
    let before = setup.world.vm.account(&payer).unwrap().lamports;
    let call = withdraw_attestor_set(&setup.world, &setup.proposed);
    let receipt = call.send(&mut setup.world.vm, &[&setup.admin]).unwrap();
    let [event] = &receipt.events::<AttestorSetWithdrawn>()[..] else { panic!("one event") };
    assert_eq!(event.attestor_set, address);
    assert!(setup.world.vm.account(&address).is_none());
    let after = setup.world.vm.account(&payer).unwrap().lamports;
    assert_eq!(after, before + rent - receipt.meta.fee);
    // Who paid may, too.
    setup.propose();
    let mut call = withdraw_attestor_set(&setup.world, &setup.proposed);
    call.accounts.operator = payer;
    call.send(&mut setup.world.vm, &[]).unwrap();
}

#[test]
fn withdraw_attestor_set_rejects_strangers_active_sets_and_foreign_accounts() {
    let mut setup = Setup::new(0);
    let rival = Rival::new(&mut setup.world);
    let thief = key("thief");
    let call = |setup: &Setup| withdraw_attestor_set(&setup.world, &setup.proposed);
    for other in [&thief, &rival.admin] {
        let mut by_other = call(&setup);
        by_other.accounts.operator = other.pubkey();
        assert_fails(by_other.send(&mut setup.world.vm, &[other]), IssuerError::NotAdmin);
    }
    let mut foreign = call(&setup);
    foreign.accounts.operator = rival.admin.pubkey();
    foreign.accounts.issuer = rival.issuer;
    let outcome = foreign.send(&mut setup.world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::WrongIssuer);
    foreign.accounts.custodian = rival.custodian.accounts.custodian;
    let outcome = foreign.send(&mut setup.world.vm, &[&rival.admin]);
    assert_fails(outcome, IssuerError::WrongCustodian);
    let mut elsewhere = call(&setup);
    elsewhere.accounts.rent_payer = setup.admin.pubkey();
    let outcome = elsewhere.send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::WrongRentPayer);
    setup.still_proposed();

    setup.world.vm.set_time(READY_AT);
    setup.by_admin().unwrap();
    let outcome = call(&setup).send(&mut setup.world.vm, &[&setup.admin]);
    assert_fails(outcome, IssuerError::AttestorSetActive);
}

/// Nobody changes what was announced: other contents at the same address begin anew.
#[test]
fn a_proposal_made_again_at_the_same_address_waits_again() {
    let mut setup = Setup::new(0);
    let decision = setup.decision();
    setup.world.vm.set_time(START + 10);
    let call = withdraw_attestor_set(&setup.world, &setup.proposed);
    call.send(&mut setup.world.vm, &[&setup.admin]).unwrap();
    setup.proposed.args.attestors = pubkeys(&attestors("captured", 3));
    setup.propose();
    assert_fails(setup.by_quorum(&decision), IssuerError::AttestationMismatch);
    setup.world.vm.set_time(READY_AT + 9);
    assert_fails(setup.by_admin(), IssuerError::TimelockNotPassed);
    setup.still_proposed();
    setup.world.vm.set_time(READY_AT + 10);
    setup.by_admin().unwrap();
}
