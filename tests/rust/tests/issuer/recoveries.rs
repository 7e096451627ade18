use crate::execute_seizure::scene;
use issuer::{
    error::IssuerError,
    event::{SeizureAnnounced, SeizureExecuted},
    state::SeizureKind,
};
use scrip_interface::{gate::Status, issuer::Mode};
use scrip_tests::{
    build::{Case, Officer, gate_records, token_account},
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Alice has lost a wallet with three shares; her other one is registered as hers.
fn lost(mode: Mode) -> (World, Officer, Pubkey, Pubkey) {
    let (mut world, officer, alice, other) = scene(mode);
    let lost = alice.pubkey();
    world.register(&lost);
    for wallet in [lost, other] {
        world.edit_record(&wallet, |record| record.investor = key("alice herself").pubkey());
    }
    (world, officer, lost, other)
}

#[test]
fn a_recovery_gives_an_investor_all_that_a_lost_wallet_had() {
    for mode in [Mode::Open, Mode::Frozen] {
        let (mut world, officer, lost, other) = lost(mode);
        let case = Case::recovery(&officer, &lost, &other);
        let told = case.announced(&mut world).events::<SeizureAnnounced>();
        assert_eq!((told[0].kind, told[0].amount), (SeizureKind::Recovery, u64::MAX));
        // Who finds the wallet finds it frozen; its record may be revoked meanwhile.
        assert!(world.is_frozen(&token_account(&lost, &world.mint())));
        world.edit_record(&lost, |record| record.status = Status::Revoked as u8);
        case.ripen(&mut world);
        let receipt = case.executed(&mut world).unwrap();
        assert_eq!((world.balance(&lost), world.balance(&other)), (0, 3 * SHARE));
        let [event] = &receipt.events::<SeizureExecuted>()[..] else { panic!("one event") };
        assert_eq!((event.kind, event.moved), (SeizureKind::Recovery, 3 * SHARE));
        // Nothing was confiscated.
        assert_eq!((world.ticker().seized, case.state(&world).moved), (0, 3 * SHARE));
    }
}

#[test]
fn a_recovery_goes_to_a_wallet_of_the_same_investor_only() {
    let (mut world, officer, lost, other) = lost(Mode::Open);
    let case = Case::recovery(&officer, &lost, &other);
    case.announced(&mut world);
    case.ripen(&mut world);
    let herself = key("alice herself").pubkey();
    for (of_lost, of_other) in [
        (herself, key("somebody else").pubkey()),
        (key("somebody else").pubkey(), herself),
        (Pubkey::default(), herself),
        (herself, Pubkey::default()),
        // Two venues are not one investor.
        (Pubkey::default(), Pubkey::default()),
    ] {
        world.edit_record(&lost, |record| record.investor = of_lost);
        world.edit_record(&other, |record| record.investor = of_other);
        assert_fails(case.executed(&mut world), IssuerError::NotSameInvestor);
        // The issuer's own wallet is no way around it.
        let mut call = case.execute(&world);
        call.accounts.destination_grant = Some(officer.role_grant);
        assert_fails(case.send(&mut world, &call), IssuerError::NotSameInvestor);
    }
    assert_eq!((world.balance(&lost), world.balance(&other)), (3 * SHARE, 0));
}

#[test]
fn a_recovery_reads_the_gates_records_of_both_wallets() {
    let (mut world, officer, lost, other) = lost(Mode::Open);
    let case = Case::recovery(&officer, &lost, &other);
    case.announced(&mut world);
    case.ripen(&mut world);
    let other_issuer = world.another_issuer();
    let mut foreign = gate_records::wallet(&other_issuer, &lost, world.vm.now());
    foreign.investor = key("alice herself").pubkey();
    let foreign = gate_records::place_wallet(&mut world.vm, &foreign);
    // The bytes of a record in another program's account.
    let forged = key("forged").pubkey();
    let mut copy = world.vm.account(&world.record_of(&lost)).unwrap();
    copy.owner = issuer::ID;
    world.vm.svm.set_account(forged, copy).unwrap();
    let (policy, of_other) = (world.policy(), world.record_of(&other));
    for (record, expected) in [
        (None, IssuerError::RegistrationMissing),
        (Some(of_other), IssuerError::WrongOwner),
        (Some(foreign), IssuerError::WrongIssuer),
        (Some(forged), IssuerError::WrongWalletRecord),
        (Some(policy), IssuerError::WrongWalletRecord),
        (Some(key("nothing").pubkey()), IssuerError::WrongWalletRecord),
    ] {
        let mut call = case.execute(&world);
        call.accounts.from_record = record;
        assert_fails(case.send(&mut world, &call), expected);
    }
    let mut call = case.execute(&world);
    call.accounts.wallet_record = None;
    assert_fails(case.send(&mut world, &call), IssuerError::RegistrationMissing);
    assert_eq!((world.balance(&lost), world.balance(&other)), (3 * SHARE, 0));
    case.executed(&mut world).unwrap();
}

/// Where the ticker asks for registered wallets, the one that gets the shares must be one.
#[test]
fn a_recovery_asks_the_policy_where_the_ticker_does() {
    let (mut world, officer, lost, other) = lost(Mode::Frozen);
    let case = Case::recovery(&officer, &lost, &other);
    case.announced(&mut world);
    case.ripen(&mut world);
    world.edit_record(&other, |record| record.status = Status::Revoked as u8);
    assert_fails(case.executed(&mut world), IssuerError::RecordRevoked);
    assert_eq!(world.balance(&other), 0);
    world.edit_record(&other, |record| record.status = Status::Active as u8);
    world.edit_policy(|policy| policy.paused = 1);
    case.executed(&mut world).unwrap();
    assert_eq!(world.balance(&other), 3 * SHARE);

    // An open ticker asks nobody: a lapsed record still tells whose wallet it is.
    let (mut world, officer, lost, other) = self::lost(Mode::Open);
    let case = Case::recovery(&officer, &lost, &other);
    case.announced(&mut world);
    case.ripen(&mut world);
    world.edit_record(&other, |record| record.status = Status::Revoked as u8);
    case.executed(&mut world).unwrap();
    assert_eq!(world.balance(&other), 3 * SHARE);
}
