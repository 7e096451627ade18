use anchor_lang::error::ErrorCode;
use issuer::{error::IssuerError, event::CustodianCreated, state::Custodian};
use scrip_tests::{
    build::{CreateCustodian, CreateIssuer},
    vm::{Vm, assert_fails, assert_fails_with, key},
};
use solana_signer::Signer;

fn setup() -> (Vm, CreateCustodian) {
    let mut vm = Vm::new();
    let (payer, admin) = (vm.payer.pubkey(), key("admin").pubkey());
    let issuer = CreateIssuer::new(&payer, &admin);
    issuer.send(&mut vm, &[&key("admin")]).unwrap();
    let create = CreateCustodian::new(&payer, &admin, &issuer.accounts.issuer, 3);
    (vm, create)
}

#[test]
fn create_custodian_records_number_and_name() {
    let (mut vm, create) = setup();
    let receipt = create.send(&mut vm, &[&key("admin")]).unwrap();

    let custodian: Custodian = vm.state(&create.accounts.custodian);
    assert_eq!((custodian.version, custodian.number, custodian.tickers), (2, 3, 0));
    assert_eq!(custodian.issuer, create.accounts.issuer);
    assert_eq!(custodian.name_hash, create.args.name_hash);
    let [event] = &receipt.events::<CustodianCreated>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.custodian), (2, create.accounts.custodian));
}

#[test]
fn create_custodian_rejects_who_is_not_admin() {
    let (mut vm, mut create) = setup();
    let thief = key("thief");
    create.accounts.admin = thief.pubkey();
    assert_fails(create.send(&mut vm, &[&thief]), IssuerError::NotAdmin);
}

#[test]
fn create_custodian_rejects_an_address_of_another_number() {
    let (mut vm, mut create) = setup();
    create.args.number = 4;
    let outcome = create.send(&mut vm, &[&key("admin")]);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
}

#[test]
fn create_custodian_rejects_a_look_alike_issuer() {
    let (mut vm, create) = setup();
    let admin = key("admin");
    // The very bytes of an issuer, in an account that another program owns.
    vm.edit(&create.accounts.issuer.clone(), |account| account.owner = key("elsewhere").pubkey());
    let outcome = create.send(&mut vm, &[&admin]);
    assert_fails_with(outcome, ErrorCode::AccountOwnedByWrongProgram.into());
}
