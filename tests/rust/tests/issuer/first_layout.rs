//! Business goes on over accounts of the first layout, once attestors are migrated.

use super::migrate::first_layout_with_attestors;
use issuer::{
    error::IssuerError,
    instructions::{MetadataChange, Preflight, RemoveAttestorArgs},
    state::{AttestorSet, Custodian, Redemption, pause},
};
use scrip_interface::preflight;
use scrip_tests::{
    attest::attestors,
    build::{
        AttestMint, Call, CreateAttestorSet, Desk, Redeem, RequestRedemption, SettleRedemption,
        Subscribe, TERMS, TIMELOCK_SECS, activate_attestor_set, can_mint, can_redeem,
        event_authority, first_layout, pause_ticker, reclaim, update_metadata,
    },
    vm::{Outcome, assert_fails, key},
    world::{SHARE, World},
};
use solana_instruction::AccountMeta;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn alice() -> Pubkey {
    key("alice").pubkey()
}

/// Removes a key by the admin's power to pause, out of the world's set and `more` of them.
pub fn remove(world: &mut World, attestor: &Pubkey, more: &[Pubkey]) -> Outcome {
    let accounts = issuer::accounts::RemoveAttestor {
        operator: Some(world.admin.pubkey()),
        role_grant: None,
        issuer: world.listed.accounts.issuer,
        custodian: world.custodian.accounts.custodian,
        signing_set: None,
        signatures: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = RemoveAttestorArgs { attestor: *attestor, attestation: None };
    let mut call = Call::new(accounts, issuer::instruction::RemoveAttestor { args });
    let sets = std::iter::once(&world.attestor_set).chain(more);
    call.remaining = sets.map(|set| AccountMeta::new(*set, false)).collect();
    let admin = world.admin.insecure_clone();
    call.send(&mut world.vm, &[&admin])
}

#[test]
fn a_set_of_the_first_layout_counts_once_it_is_migrated() {
    let mut world = first_layout();
    let mint = AttestMint::new(&mut world, &alice(), SHARE);
    assert_fails(mint.send(&mut world), IssuerError::LayoutOutdated);
    let mut world = first_layout_with_attestors();
    // Everything else is as it was.
    mint.send(&mut world).unwrap();
    assert_eq!((world.supply(), world.balance(&alice())), (4 * SHARE, 3 * SHARE));
    assert_eq!((world.ticker().version, world.ticker().minted), (1, 4 * SHARE));
    assert_fails(mint.send(&mut world), IssuerError::NonceUsed);
    // The nonce of the first layout's own mint as well.
    let mut old = AttestMint::new(&mut world, &alice(), SHARE);
    old.args.attestation.nonce = 1;
    assert_fails(old.send(&mut world), IssuerError::NonceUsed);
}

#[test]
fn a_redemption_of_the_first_layout_is_settled_by_the_number_zero() {
    let mut world = first_layout_with_attestors();
    let request = RequestRedemption::new(&world, &alice(), 0, SHARE);
    let settle = SettleRedemption::new(&mut world, &request, SHARE);
    assert_eq!(settle.request, 0);
    settle.send(&mut world).unwrap();
    assert_eq!((world.supply(), world.escrow_balance()), (2 * SHARE, 0));
    assert_eq!((world.ticker().redeemed, world.ticker().open_redemptions), (SHARE, 0));
    assert!(world.vm.account(&request.accounts.redemption).is_none());
    // A new one of the same address has another number.
    request.send(&mut world, &key("alice")).unwrap();
    assert_ne!(world.request_number(&request.accounts.redemption), 0);
}

/// With no attestor and nothing migrated: the way out of the first layout.
#[test]
fn a_redemption_of_the_first_layout_is_reclaimed_after_its_deadline_while_paused() {
    let mut world = first_layout();
    let request = RequestRedemption::new(&world, &alice(), 0, SHARE);
    let redemption = request.accounts.redemption;
    let reclaim = reclaim(&world, &request);
    pause_ticker(&mut world, pause::ALL);
    assert!(world.mint_is_paused());
    let deadline = world.vm.state::<Redemption>(&redemption).deadline;
    world.vm.set_time(deadline - 1);
    let early = reclaim.send(&mut world.vm, &[&key("alice")]);
    assert_fails(early, IssuerError::RedemptionNotOverdue);
    world.vm.set_time(deadline);
    reclaim.send(&mut world.vm, &[&key("alice")]).unwrap();
    assert_eq!((world.balance(&alice()), world.escrow_balance()), (3 * SHARE, 0));
}

#[test]
fn a_ticker_of_the_first_layout_has_no_limits_and_no_trades_for_cash_without_a_band() {
    let mut world = first_layout_with_attestors();
    let terms = world.ticker().terms();
    assert_eq!(terms, TERMS);
    let desk = Desk::classic(&mut world);
    desk.coin.give(&mut world.vm, &alice(), 1_000_000_000);
    Subscribe::new(&mut world, &desk, &alice()).send(&mut world, &key("alice")).unwrap();
    Redeem::new(&mut world, &desk, &alice()).send(&mut world, &key("alice")).unwrap();
    world.edit_ticker(|ticker| ticker.price_band = Default::default());
    let outcome = Redeem::new(&mut world, &desk, &alice()).send(&mut world, &key("alice"));
    assert_fails(outcome, IssuerError::PriceOutsideBand);
}

#[test]
fn views_answer_about_a_ticker_of_the_first_layout() {
    let world = first_layout();
    let ask = can_mint(&world, &alice(), SHARE);
    assert_eq!(ask.answer::<Preflight>(&world.vm).reasons, 0);
    let ask = can_redeem(&world, &alice(), 1, 2 * SHARE);
    assert_eq!(ask.answer::<Preflight>(&world.vm).reasons, 0);
    let taken = can_redeem(&world, &alice(), 0, SHARE);
    assert_eq!(taken.answer::<Preflight>(&world.vm).reasons, preflight::REDEMPTION_ID_TAKEN);
}

#[test]
fn a_mint_of_the_first_layout_takes_the_codes_it_was_listed_without() {
    let mut world = first_layout();
    let before = world.vm.account(&world.mint()).unwrap();
    let admin = world.admin.insecure_clone();
    let change = MetadataChange::Isin { isin: *b"US0378331005" };
    update_metadata(&world, change).send(&mut world.vm, &[&admin]).unwrap();
    let after = world.vm.account(&world.mint()).unwrap();
    assert!(after.data.len() > before.data.len());
    let rent = world.vm.svm.minimum_balance_for_rent_exemption(after.data.len());
    assert!(after.lamports >= rent);
}

#[test]
fn a_key_can_be_removed_from_a_migrated_set() {
    let mut world = first_layout_with_attestors();
    let captured = world.attestors[0].pubkey();
    let before = AttestMint::new(&mut world, &alice(), SHARE);
    remove(&mut world, &captured, &[]).unwrap();
    assert_fails(before.send(&mut world), IssuerError::AttestorUnknown);
    let mut after = AttestMint::new(&mut world, &alice(), SHARE);
    after.signers = vec![1, 2, 3];
    after.send(&mut world).unwrap();
}

#[test]
fn a_migrated_set_can_be_rotated_out() {
    let mut world = first_layout_with_attestors();
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let next = attestors("next", 3);
    let now = world.vm.now();
    let mut create = CreateAttestorSet::new(&payer, &world.custodian.accounts, &next, 2, now);
    create.set_index(1);
    create.args.replaces = world.attestor_set;
    create.send(&mut world.vm, &[&admin]).unwrap();

    let activate = activate_attestor_set(&world, &create);
    // An issuer of the first layout has the default timelock.
    world.vm.set_time(now + i64::from(TIMELOCK_SECS));
    activate.send(&mut world.vm, &[&admin]).unwrap();

    let old = AttestMint::new(&mut world, &alice(), SHARE);
    assert_fails(old.send(&mut world), IssuerError::AttestorSetExpired);
    let live: Custodian = world.vm.state(&world.custodian.accounts.custodian);
    let now = world.vm.now();
    let addresses: Vec<_> = live.live_sets(now).map(|set| set.address).collect();
    assert_eq!(addresses, [create.accounts.attestor_set]);
    world.attestor_set = create.accounts.attestor_set;
    (world.attestors, world.threshold) = (next, 2);
    AttestMint::new(&mut world, &alice(), SHARE).send(&mut world).unwrap();
    assert_eq!(world.vm.state::<AttestorSet>(&world.attestor_set).version, 2);
}
