//! Where seized shares may go: to a wallet that the policy takes, or to the issuer's compliance.

use crate::execute_seizure::scene;
use issuer::{error::IssuerError, state::role};
use scrip_interface::{gate::Status, issuer::Mode};
use scrip_tests::{
    build::{Case, revoke_role, token_account},
    gate::other_token_account,
    vm::{assert_fails, assert_fails_with, key},
    world::SHARE,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Token-2022's, for accounts of two mints.
const MINT_MISMATCH: u32 = 3;

#[test]
fn execute_seizure_wants_a_destination_that_the_policy_takes() {
    for mode in [Mode::Open, Mode::Frozen] {
        let (mut world, officer, alice, bob) = scene(mode);
        let case = Case::new(&officer, &alice.pubkey(), &bob);
        case.announced(&mut world);
        case.ripen(&mut world);
        let now = world.vm.now();
        type Edit = fn(&mut gate::state::Wallet, i64);
        let edits: [(Edit, IssuerError); 5] = [
            (|it, _| it.status = Status::Revoked as u8, IssuerError::RecordRevoked),
            (|it, now| it.expires_at = now, IssuerError::RecordExpired),
            (|it, _| it.country += 1, IssuerError::CountryNotAllowed),
            (|it, _| it.tier = 0, IssuerError::TierTooLow),
            (|it, _| it.provider += 1, IssuerError::ProviderNotAccepted),
        ];
        for (edit, expected) in edits {
            world.register(&bob);
            world.edit_record(&bob, |record| edit(record, now));
            assert_fails(case.executed(&mut world), expected);
        }
        let record = world.record_of(&bob);
        scrip_tests::build::gate_records::remove(&mut world.vm, &record);
        assert_fails(case.executed(&mut world), IssuerError::NotRegistered);
        for forget in [true, false] {
            let mut call = case.execute(&world);
            if forget {
                call.accounts.policy = None
            } else {
                call.accounts.wallet_record = None
            }
            assert_fails(case.send(&mut world, &call), IssuerError::RegistrationMissing);
        }
        // Somebody else's record, and no policy.
        world.register(&case.from);
        let mut call = case.execute(&world);
        call.accounts.wallet_record = Some(world.record_of(&case.from));
        assert_fails(case.send(&mut world, &call), IssuerError::WrongOwner);
        let mut call = case.execute(&world);
        call.accounts.policy = Some(key("nothing").pubkey());
        assert_fails(case.send(&mut world, &call), IssuerError::PolicyMissing);
        assert_eq!((world.balance(&case.from), world.balance(&bob)), (3 * SHARE, 0));

        // To the last second of the record.
        world.register(&bob);
        world.edit_record(&bob, |record| record.expires_at = now + 1);
        case.executed(&mut world).unwrap();
        assert_eq!((world.balance(&case.from), world.balance(&bob)), (0, 3 * SHARE));
    }
}

#[test]
fn execute_seizure_wants_an_account_that_stays_the_announced_wallets() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let (mint, dave) = (world.mint(), world.investor("dave").pubkey());
    world.register(&dave);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    case.ripen(&mut world);
    let loose = other_token_account(&mut world.vm, &mint, &bob, "loose", false);
    let other_mint = world.list_another().accounts.mint;
    let elsewhere = world.token_account_of(&bob, &other_mint);
    let escrow = world.listed.accounts.escrow_account;
    for (destination, expected) in [
        (token_account(&dave, &mint), IssuerError::WrongDestinationOwner.into()),
        (token_account(&case.from, &mint), IssuerError::WrongDestinationOwner.into()),
        (escrow, IssuerError::WrongDestinationOwner.into()),
        (key("nothing").pubkey(), IssuerError::WrongDestinationOwner.into()),
        (loose, IssuerError::DestinationOwnerNotImmutable.into()),
        (elsewhere, MINT_MISMATCH),
    ] {
        let mut call = case.execute(&world);
        call.accounts.destination = destination;
        assert_fails_with(case.send(&mut world, &call), expected);
    }
    // Another wallet's account with its own record: not the announced one.
    let mut call = case.execute(&world);
    call.accounts.destination = token_account(&dave, &mint);
    call.accounts.wallet_record = Some(world.record_of(&dave));
    assert_fails(case.send(&mut world, &call), IssuerError::WrongDestinationOwner);
    assert_eq!((world.balance(&case.from), world.balance(&dave)), (3 * SHARE, 0));

    // Any account that stays his own will do.
    let firm = other_token_account(&mut world.vm, &mint, &bob, "firm", true);
    let mut call = case.execute(&world);
    call.accounts.destination = firm;
    case.send(&mut world, &call).unwrap();
    assert_eq!((world.balance(&case.from), world.balance_of(&firm)), (0, 3 * SHARE));
}

/// Even if the gate said that the escrow may have them: nobody could take them out again.
#[test]
fn execute_seizure_puts_nothing_into_escrow() {
    let (mut world, officer, alice, _) = scene(Mode::Open);
    let escrow = world.listed.accounts.escrow;
    world.register(&escrow);
    let case = Case::new(&officer, &alice.pubkey(), &escrow);
    case.announced(&mut world);
    case.ripen(&mut world);
    assert_fails(case.executed(&mut world), IssuerError::SeizureInvalid);
    assert_eq!((world.balance(&case.from), world.escrow_balance()), (3 * SHARE, 0));
}

/// A compliance wallet needs no record, in open and frozen mode; its account stays as it was.
#[test]
fn execute_seizure_goes_to_the_issuers_compliance_wallet() {
    for mode in [Mode::Open, Mode::Frozen] {
        let (mut world, officer, alice, _) = scene(mode);
        let treasury = world.investor("treasury").pubkey();
        let grant = world.grant(&treasury, role::COMPLIANCE);
        let case = Case::new(&officer, &alice.pubkey(), &treasury);
        case.announced(&mut world);
        case.ripen(&mut world);
        assert_fails(case.executed(&mut world), IssuerError::NotRegistered);
        let to_issuer = |destination_grant: Pubkey, world: &scrip_tests::world::World| {
            let mut call = case.execute(world);
            call.accounts.destination_grant = Some(destination_grant);
            (call.accounts.policy, call.accounts.wallet_record) = (None, None);
            call
        };
        // The officer's grant is not that wallet's.
        let others = to_issuer(officer.role_grant, &world);
        assert_fails(case.send(&mut world, &others), IssuerError::PowerMissing);
        let call = to_issuer(grant, &world);
        case.send(&mut world, &call).unwrap();
        assert_eq!((world.balance(&case.from), world.balance(&treasury)), (0, 3 * SHARE));
        let destination = token_account(&treasury, &world.mint());
        assert_eq!(world.is_frozen(&destination), mode == Mode::Frozen);
    }
}

#[test]
fn a_compliance_wallets_grant_counts_at_the_second_of_the_seizure() {
    let (mut world, officer, alice, _) = scene(Mode::Open);
    let [treasury, cashier] = ["treasury", "cashier"].map(|name| world.investor(name).pubkey());
    let others = world.grant(&cashier, role::ALL & !role::COMPLIANCE);
    let grant = world.grant(&treasury, role::COMPLIANCE);
    let case = Case::new(&officer, &alice.pubkey(), &treasury);
    let to_cashier =
        Case { to: cashier, hash: [8; 32], from: world.holder("dave", SHARE).pubkey(), ..case };
    case.announced(&mut world);
    to_cashier.announced(&mut world);
    case.ripen(&mut world);
    let mut call = to_cashier.execute(&world);
    call.accounts.destination_grant = Some(others);
    assert_fails(case.send(&mut world, &call), IssuerError::PowerMissing);

    let mut call = case.execute(&world);
    call.accounts.destination_grant = Some(grant);
    world.vm.edit(&grant, |account| {
        let at = 8 + std::mem::offset_of!(issuer::state::RoleGrant, expires_at);
        let now = (scrip_tests::vm::START + 1).to_le_bytes();
        account.data[at..at + 8].copy_from_slice(&now);
    });
    assert_fails(case.send(&mut world, &call), IssuerError::RoleGrantExpired);
    let admin = world.admin.insecure_clone();
    revoke_role(&world, &treasury).send(&mut world.vm, &[&admin]).unwrap();
    let code = anchor_lang::error::ErrorCode::AccountOwnedByWrongProgram;
    assert_fails_with(case.send(&mut world, &call), code.into());
    assert_eq!((world.balance(&case.from), world.balance(&treasury)), (3 * SHARE, 0));
}
