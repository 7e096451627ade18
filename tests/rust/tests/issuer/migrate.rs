//! From the first layout to this one, with accounts as the first layout's program wrote them:
//! Alice holds two shares, a third waits in escrow.

use anchor_lang::{Discriminator, error::ErrorCode};
use issuer::{
    error::IssuerError,
    state::{AttestorSet, Custodian, Issuer, LiveSet, NonceWindow, Redemption, SPACE_V1, Ticker},
};
use scrip_interface::issuer::DEFAULT_TIMELOCK_SECS;
use scrip_tests::{
    build::{
        CreateAttestorSet, CreateCustodian, ListTicker, first_layout, migrate, padded, set_timelock,
    },
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::World,
};
use solana_account::Account;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::mem::offset_of;

const VERSION: usize = 8;

/// Its custodian and attestor set migrated: attestations count again.
pub fn first_layout_with_attestors() -> World {
    let mut world = first_layout();
    let custodian = world.custodian.accounts.custodian;
    send(&mut world, &custodian, None).unwrap();
    let set = world.attestor_set;
    send(&mut world, &set, Some(custodian)).unwrap();
    world
}

fn send(world: &mut World, account: &Pubkey, custodian: Option<Pubkey>) -> Outcome {
    migrate(&world.vm, account, custodian).send(&mut world.vm, &[])
}

fn data(world: &World, address: &Pubkey) -> Vec<u8> {
    world.vm.account(address).unwrap().data
}

fn redemption(world: &World) -> Pubkey {
    let alice = key("alice").pubkey();
    scrip_interface::pda::redemption(&issuer::ID, &world.mint(), &alice, 0).0
}

/// The kinds whose new fields mean nothing while they are zero.
fn plain_kinds(world: &World) -> [Pubkey; 4] {
    let listed = &world.listed.accounts;
    [listed.ticker, listed.nonces, listed.symbol_record, redemption(world)]
}

#[test]
fn migrate_changes_the_version_of_plain_kinds_and_nothing_else() {
    let mut world = first_layout();
    for account in plain_kinds(&world) {
        let before = world.vm.account(&account).unwrap();
        assert_eq!(before.data[VERSION], 1);
        send(&mut world, &account, None).unwrap();
        let mut expected = before.clone();
        expected.data[VERSION] = 2;
        let after = world.vm.account(&account).unwrap();
        assert_eq!((after.data, after.lamports), (expected.data, expected.lamports));
    }
    assert_eq!(world.vm.state::<Ticker>(&world.listed.accounts.ticker).minted, 300_000_000);
    let redemption: Redemption = world.vm.state(&redemption(&world));
    assert_eq!((redemption.amount_left, redemption.request), (100_000_000, 0));
    let nonces: NonceWindow = world.vm.state(&world.listed.accounts.nonces);
    assert_eq!(nonces.nonces.used[0], 0b10);
}

#[test]
fn migrate_changes_nothing_the_second_time() {
    let mut world = first_layout_with_attestors();
    let issuer = world.listed.accounts.issuer;
    let custodian = world.custodian.accounts.custodian;
    let mut all = plain_kinds(&world).to_vec();
    all.extend([issuer, custodian, world.attestor_set]);
    for account in all {
        send(&mut world, &account, Some(custodian)).unwrap();
        let once = world.vm.account(&account).unwrap();
        let custodians = data(&world, &custodian);
        for custodian in [None, Some(custodian)] {
            send(&mut world, &account, custodian).unwrap();
        }
        assert_eq!(world.vm.account(&account).unwrap(), once);
        assert_eq!(data(&world, &custodian), custodians);
    }
}

#[test]
fn migrate_is_for_anybody() {
    let mut world = first_layout();
    let stranger = key("stranger");
    world.vm.svm.airdrop(&stranger.pubkey(), 1_000_000_000).unwrap();
    for account in [world.listed.accounts.ticker, world.custodian.accounts.custodian] {
        let mut theirs = migrate(&world.vm, &account, None);
        theirs.accounts.payer = stranger.pubkey();
        theirs.send(&mut world.vm, &[&stranger]).unwrap();
        assert_eq!(data(&world, &account)[VERSION], 2);
    }
}

#[test]
fn migrate_gives_an_issuer_the_default_timelock() {
    let mut world = first_layout();
    let issuer = world.listed.accounts.issuer;
    let before: Issuer = world.vm.state(&issuer);
    assert_eq!((before.timelock_secs, before.timelock_secs()), (0, DEFAULT_TIMELOCK_SECS));
    send(&mut world, &issuer, None).unwrap();
    let after: Issuer = world.vm.state(&issuer);
    assert_eq!((after.version, after.timelock_secs), (2, DEFAULT_TIMELOCK_SECS));
    assert_eq!((after.admin, after.stream), (before.admin, before.stream));
    assert_eq!((after.pauses, after.pending_admin), (0, Pubkey::default()));
}

/// Or anybody could shorten what the admin has lengthened.
#[test]
fn migrate_keeps_a_timelock_that_was_set_before() {
    let mut world = first_layout();
    let issuer = world.listed.accounts.issuer;
    let secs = 30 * 24 * 60 * 60;
    let set = set_timelock(&world, secs);
    let admin = world.admin.insecure_clone();
    set.send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(world.vm.state::<Issuer>(&issuer).version, 1);
    send(&mut world, &issuer, None).unwrap();
    assert_eq!(world.vm.state::<Issuer>(&issuer).timelock_secs, secs);
}

#[test]
fn migrate_grows_a_custodian_and_has_its_rent_paid() {
    let rent_of = |world: &World, len| world.vm.svm.minimum_balance_for_rent_exemption(len);
    // Somebody may have sent lamports to it: they count.
    for gift in [0, 1_000_000, 100_000_000] {
        let mut world = first_layout();
        let address = world.custodian.accounts.custodian;
        if gift > 0 {
            world.vm.svm.airdrop(&address, gift).unwrap();
        }
        let before = world.vm.account(&address).unwrap();
        assert_eq!(before.data.len(), SPACE_V1);
        send(&mut world, &address, None).unwrap();
        let after = world.vm.account(&address).unwrap();
        assert_eq!(after.lamports, rent_of(&world, Custodian::SPACE).max(before.lamports));
        let mut expected = before.data.clone();
        expected[VERSION] = 2;
        expected.resize(Custodian::SPACE, 0);
        assert_eq!(after.data, expected);
        let state: Custodian = world.vm.state(&address);
        assert_eq!((state.tickers, state.removed_count), (1, 0));
        assert_eq!(state.sets, [LiveSet::default(); 8]);
        assert_eq!((state.nonces.base, state.nonces.used), (0, [0; 16]));
    }
}

#[test]
fn migrate_lists_a_set_with_its_custodian() {
    let world = first_layout_with_attestors();
    let set: AttestorSet = world.vm.state(&world.attestor_set);
    assert_eq!((set.version, set.threshold, set.count), (2, 3, 5));
    let custodian: Custodian = world.vm.state(&world.custodian.accounts.custodian);
    let listed = LiveSet { address: world.attestor_set, expires_at: set.expires_at };
    assert_eq!(custodian.live_sets(world.vm.now()).collect::<Vec<_>>(), [&listed]);
}

#[test]
fn migrate_lists_no_set_that_has_expired() {
    let mut world = first_layout();
    let custodian = world.custodian.accounts.custodian;
    send(&mut world, &custodian, None).unwrap();
    let set = world.attestor_set;
    let expires_at = world.vm.state::<AttestorSet>(&set).expires_at;
    world.vm.set_time(expires_at);
    send(&mut world, &set, Some(custodian)).unwrap();
    assert_eq!(world.vm.state::<AttestorSet>(&set).version, 2);
    assert_eq!(world.vm.state::<Custodian>(&custodian).sets, [LiveSet::default(); 8]);
}

#[test]
fn migrate_of_a_set_needs_its_own_custodian_migrated_first() {
    let mut world = first_layout();
    let (set, custodian) = (world.attestor_set, world.custodian.accounts.custodian);
    assert_fails(send(&mut world, &set, None), IssuerError::WrongCustodian);
    assert_fails(send(&mut world, &set, Some(custodian)), IssuerError::LayoutOutdated);
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let other = CreateCustodian::new(&payer, &admin.pubkey(), &world.listed.accounts.issuer, 1);
    other.send(&mut world.vm, &[&admin]).unwrap();
    let other = other.accounts.custodian;
    assert_fails(send(&mut world, &set, Some(other)), IssuerError::WrongCustodian);
    // One of ours of another kind.
    let ticker = world.listed.accounts.ticker;
    let code = ErrorCode::AccountDiscriminatorMismatch.into();
    assert_fails_with(send(&mut world, &set, Some(ticker)), code);
    assert_eq!(data(&world, &set)[VERSION], 1);
}

/// Another first-layout set of the same custodian.
fn second_set(world: &mut World) -> Pubkey {
    let mut account = world.vm.account(&world.attestor_set).unwrap();
    account.data[VERSION] = 1;
    let index = offset_of!(AttestorSet, index) + 8;
    account.data[index] = 1;
    let custodian = &world.custodian.accounts.custodian;
    let address = scrip_interface::pda::attestor_set(&issuer::ID, custodian, 1).0;
    world.vm.svm.set_account(address, account).unwrap();
    address
}

#[test]
fn migrate_rejects_a_set_with_a_key_that_was_removed() {
    let mut world = first_layout_with_attestors();
    let second = second_set(&mut world);
    let custodian = world.custodian.accounts.custodian;
    let captured = world.attestors[2].pubkey();
    super::first_layout::remove(&mut world, &captured, &[]).unwrap();
    let outcome = send(&mut world, &second, Some(custodian));
    assert_fails(outcome, IssuerError::AttestorRemoved);
    assert_eq!(data(&world, &second)[VERSION], 1);
}

#[test]
fn migrate_rejects_a_ninth_live_set() {
    let mut world = first_layout_with_attestors();
    let second = second_set(&mut world);
    let custodian = world.custodian.accounts.custodian;
    let (now, at) = (world.vm.now(), 8 + offset_of!(Custodian, sets));
    // All eight places taken, for a day.
    world.vm.edit(&custodian, |account| {
        for place in account.data[at..at + 8 * 40].chunks_exact_mut(40) {
            place[32..].copy_from_slice(&(now + 86_400).to_le_bytes());
        }
    });
    let outcome = send(&mut world, &second, Some(custodian));
    assert_fails(outcome, IssuerError::TooManyAttestorSets);
    assert_eq!(data(&world, &second)[VERSION], 1);
    world.vm.set_time(now + 86_400);
    send(&mut world, &second, Some(custodian)).unwrap();
}

#[test]
fn migrate_rejects_what_it_does_not_know() {
    let mut world = first_layout();
    let unknown = |world: &mut World, account: &Pubkey| {
        let before = world.vm.account(account);
        assert_fails(send(world, account, None), IssuerError::LayoutUnknown);
        assert_eq!(world.vm.account(account), before);
    };
    // Other programs' accounts.
    let mint = world.mint();
    unknown(&mut world, &mint);
    unknown(&mut world, &key("alice").pubkey());

    // Ours: too short for a version, of no kind, of a kind that the first layout did not have, and
    // of a kind with a wrong length.
    let mut put = |data: &[u8]| {
        let address = key("forged").pubkey();
        let lamports = 10_000_000;
        let account =
            Account { lamports, data: data.to_vec(), owner: issuer::ID, ..Account::default() };
        world.vm.svm.set_account(address, account).unwrap();
        unknown(&mut world, &address);
    };
    put(&[]);
    put(Ticker::DISCRIMINATOR);
    put(&[1; 300]);
    let first = |discriminator: &[u8], len: usize| {
        let mut data = discriminator.to_vec();
        data.push(1);
        data.resize(len, 0);
        data
    };
    put(&first(issuer::state::CashDesk::DISCRIMINATOR, 240));
    put(&first(issuer::state::RoleGrant::DISCRIMINATOR, 152));
    put(&first(Custodian::DISCRIMINATOR, SPACE_V1 - 1));
    put(&first(Custodian::DISCRIMINATOR, Custodian::SPACE));
    put(&first(Issuer::DISCRIMINATOR, 280));
}

/// What reads or writes the longer half of a custodian says what is to be done.
#[test]
fn a_custodian_of_the_first_layout_must_be_migrated_before_anything_rests_on_it() {
    let mut world = first_layout();
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(padded("NVDAx"));
    assert_fails(list.send(&mut world.vm, &admin), IssuerError::LayoutOutdated);
    let now = world.vm.now();
    let mut create =
        CreateAttestorSet::new(&payer, &world.custodian.accounts, &world.attestors, 3, now);
    create.set_index(1);
    assert_fails(create.send(&mut world.vm, &[&admin]), IssuerError::LayoutOutdated);
    let captured = world.attestors[0].pubkey();
    let remove = super::first_layout::remove(&mut world, &captured, &[]);
    assert_fails(remove, IssuerError::LayoutOutdated);

    let custodian = world.custodian.accounts.custodian;
    send(&mut world, &custodian, None).unwrap();
    list.send(&mut world.vm, &admin).unwrap();
    create.send(&mut world.vm, &[&admin]).unwrap();
}
