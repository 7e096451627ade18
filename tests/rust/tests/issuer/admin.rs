//! The admin's place, and the timelock: an issuer never loses its last admin, and dangerous changes
//! never wait for less than was said.

use anchor_lang::error::ErrorCode;
use issuer::{
    constants::{MAX_TIMELOCK_SECS, MIN_TIMELOCK_SECS},
    error::IssuerError,
    event::{AdminChanged, AdminProposed, TimelockChanged},
    state::{Announcement, Change, Issuer, role},
};
use scrip_interface::issuer::DEFAULT_TIMELOCK_SECS;
use scrip_tests::{
    build::{
        Call, CreateIssuer, Rival, TIMELOCK_SECS, accept_admin, announce_change, announcement,
        grant_role, instruction, propose_admin, set_timelock,
    },
    vm::{Vm, assert_fails, assert_fails_with, key},
    world::World,
};
use solana_instruction_error::InstructionError;
use solana_message::Message;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_error::TransactionError;

fn state(world: &World) -> Issuer {
    world.vm.state(&world.issuer())
}

#[test]
fn create_issuer_rejects_an_admin_who_does_not_sign() {
    let mut vm = Vm::new();
    let create = CreateIssuer::new(&vm.payer.pubkey(), &key("admin").pubkey());
    let data = issuer::instruction::CreateIssuer { args: create.args.clone() };
    let mut unsigned = instruction(&create.accounts, &data);
    assert_eq!(unsigned.accounts[1].pubkey, key("admin").pubkey());
    unsigned.accounts[1].is_signer = false;
    assert_fails_with(vm.send(&[unsigned], &[]), ErrorCode::AccountNotSigner.into());
    assert!(vm.account(&create.accounts.issuer).is_none());
}

#[test]
fn create_issuer_takes_a_timelock_of_an_hour_to_thirty_days() {
    for (secs, valid) in [
        (0, false),
        (MIN_TIMELOCK_SECS - 1, false),
        (MIN_TIMELOCK_SECS, true),
        (MAX_TIMELOCK_SECS, true),
        (MAX_TIMELOCK_SECS + 1, false),
        (u32::MAX, false),
    ] {
        let mut vm = Vm::new();
        let mut create = CreateIssuer::new(&vm.payer.pubkey(), &key("admin").pubkey());
        create.args.timelock_secs = secs;
        let outcome = create.send(&mut vm, &[&key("admin")]);
        if valid {
            outcome.unwrap();
            assert_eq!(vm.state::<Issuer>(&create.accounts.issuer).timelock_secs(), secs);
        } else {
            assert_fails(outcome, IssuerError::TimelockInvalid);
            assert!(vm.account(&create.accounts.issuer).is_none());
        }
    }
}

#[test]
fn accept_admin_hands_all_power_over_at_once() {
    let mut world = World::new();
    let (old, new) = (world.admin.insecure_clone(), key("new admin"));
    let proposed = propose_admin(&world, &new.pubkey()).send(&mut world.vm, &[&old]).unwrap();
    let [event] = &proposed.events::<AdminProposed>()[..] else { panic!("one event") };
    assert_eq!((event.issuer, event.pending_admin), (world.issuer(), new.pubkey()));
    assert_eq!((state(&world).admin, state(&world).pending_admin), (old.pubkey(), new.pubkey()));

    let accepted = accept_admin(&world, &new.pubkey()).send(&mut world.vm, &[&new]).unwrap();
    let [event] = &accepted.events::<AdminChanged>()[..] else { panic!("one event") };
    assert_eq!((event.admin, event.previous), (new.pubkey(), old.pubkey()));
    let issuer = state(&world);
    assert_eq!((issuer.admin, issuer.pending_admin), (new.pubkey(), Pubkey::default()));

    let by_old = propose_admin(&world, &old.pubkey());
    assert_fails(by_old.send(&mut world.vm, &[&old]), IssuerError::NotAdmin);
    let by_old = grant_role(&world, &old.pubkey(), role::PAUSE);
    assert_fails(by_old.send(&mut world.vm, &[&old]), IssuerError::NotAdmin);
    world.admin = new.insecure_clone();
    propose_admin(&world, &old.pubkey()).send(&mut world.vm, &[&new]).unwrap();
}

#[test]
fn the_admin_stays_until_another_accepts() {
    let mut world = World::new();
    let (admin, dead) = (world.admin.insecure_clone(), Pubkey::new_from_array([9; 32]));
    propose_admin(&world, &dead).send(&mut world.vm, &[&admin]).unwrap();
    let (second, third) = (key("second"), key("third"));
    for pending in [second.pubkey(), third.pubkey()] {
        propose_admin(&world, &pending).send(&mut world.vm, &[&admin]).unwrap();
    }
    // Only the last proposal counts.
    let late = accept_admin(&world, &second.pubkey());
    assert_fails(late.send(&mut world.vm, &[&second]), IssuerError::NotPendingAdmin);
    // And not once it is taken back.
    propose_admin(&world, &Pubkey::default()).send(&mut world.vm, &[&admin]).unwrap();
    let late = accept_admin(&world, &third.pubkey());
    assert_fails(late.send(&mut world.vm, &[&third]), IssuerError::NotPendingAdmin);
    assert_eq!(state(&world).admin, admin.pubkey());
}

#[test]
fn accept_admin_works_once_per_proposal() {
    let mut world = World::new();
    let (first, second) = (world.admin.insecure_clone(), key("second"));
    propose_admin(&world, &second.pubkey()).send(&mut world.vm, &[&first]).unwrap();
    let accept = accept_admin(&world, &second.pubkey());
    accept.send(&mut world.vm, &[&second]).unwrap();
    world.admin = second.insecure_clone();
    propose_admin(&world, &first.pubkey()).send(&mut world.vm, &[&second]).unwrap();
    accept_admin(&world, &first.pubkey()).send(&mut world.vm, &[&first]).unwrap();
    assert_fails(accept.send(&mut world.vm, &[&second]), IssuerError::NotPendingAdmin);
    assert_eq!(state(&world).admin, first.pubkey());
}

#[test]
fn propose_and_accept_admin_reject_everybody_else() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let (pending, thief) = (key("pending"), key("thief"));
    let rival = Rival::new(&mut world);
    let grant = grant_role(&world, &thief.pubkey(), role::LIST | role::PAUSE | role::UNPAUSE);
    grant.send(&mut world.vm, &[&admin]).unwrap();
    propose_admin(&world, &pending.pubkey()).send(&mut world.vm, &[&admin]).unwrap();
    for other in [&pending, &thief, &rival.admin] {
        let mut call = propose_admin(&world, &thief.pubkey());
        call.accounts.admin = other.pubkey();
        assert_fails(call.send(&mut world.vm, &[other]), IssuerError::NotAdmin);
    }
    for other in [&admin, &thief, &rival.admin] {
        let call = accept_admin(&world, &other.pubkey());
        assert_fails(call.send(&mut world.vm, &[other]), IssuerError::NotPendingAdmin);
    }
    let mut unsigned = accept_admin(&world, &pending.pubkey()).instruction();
    unsigned.accounts[0].is_signer = false;
    let code = ErrorCode::AccountNotSigner.into();
    assert_fails_with(world.vm.send(&[unsigned], &[]), code);
    let issuer = state(&world);
    assert_eq!((issuer.admin, issuer.pending_admin), (admin.pubkey(), pending.pubkey()));
}

/// No signature of the all-zero key verifies; should one ever, nobody is proposed by zeros.
#[test]
fn accept_admin_never_makes_nobody_admin() {
    let mut world = World::new();
    world.vm.svm = std::mem::take(&mut world.vm.svm).with_sigverify(false);
    let accept = accept_admin(&world, &Pubkey::default()).instruction();
    let blockhash = world.vm.svm.latest_blockhash();
    let payer = world.vm.payer.pubkey();
    let message = Message::new_with_blockhash(&[accept], Some(&payer), &blockhash);
    let failure = world.vm.svm.send_transaction(Transaction::new_unsigned(message)).unwrap_err();
    let code = InstructionError::Custom(IssuerError::NotPendingAdmin.into());
    assert_eq!(failure.err, TransactionError::InstructionError(0, code));
    assert_eq!(state(&world).admin, world.admin.pubkey());
}

#[test]
fn set_timelock_lengthens_at_once_and_shortens_once_announced() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    for secs in [TIMELOCK_SECS, TIMELOCK_SECS + 1, MAX_TIMELOCK_SECS] {
        let receipt = set_timelock(&world, secs).send(&mut world.vm, &[&admin]).unwrap();
        let [event] = &receipt.events::<TimelockChanged>()[..] else { panic!("one event") };
        assert_eq!((event.issuer, event.timelock_secs), (world.issuer(), secs));
        assert_eq!(state(&world).timelock_secs(), secs);
    }
    let secs = MAX_TIMELOCK_SECS - 1;
    let shorten = set_timelock(&world, secs);
    assert_fails(shorten.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMissing);
    let announce = announce_change(&world, 0, Change::SetTimelock { secs });
    announce.send(&mut world.vm, &[&admin]).unwrap();
    let mut shorten = set_timelock(&world, secs);
    shorten.accounts.announcement = Some(announcement(&world, 0));
    assert_fails(shorten.send(&mut world.vm, &[&admin]), IssuerError::TimelockNotPassed);
    world.vm.set_time(world.vm.now() + i64::from(MAX_TIMELOCK_SECS));
    shorten.send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(state(&world).timelock_secs(), secs);
}

#[test]
fn set_timelock_rejects_what_is_out_of_its_limits_even_announced() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    for (id, secs) in [0, MIN_TIMELOCK_SECS - 1, MAX_TIMELOCK_SECS + 1].into_iter().enumerate() {
        let id = id as u64;
        let announce = announce_change(&world, id, Change::SetTimelock { secs });
        announce.send(&mut world.vm, &[&admin]).unwrap();
        world.vm.set_time(world.vm.now() + i64::from(TIMELOCK_SECS));
        let mut call = set_timelock(&world, secs);
        call.accounts.announcement = Some(announcement(&world, id));
        assert_fails(call.send(&mut world.vm, &[&admin]), IssuerError::TimelockInvalid);
    }
    assert_eq!(state(&world).timelock_secs(), TIMELOCK_SECS);
}

#[test]
fn set_timelock_rejects_who_is_not_admin() {
    let mut world = World::new();
    let rival = Rival::new(&mut world);
    for other in [key("thief"), rival.admin.insecure_clone()] {
        let mut call = set_timelock(&world, MAX_TIMELOCK_SECS);
        call.accounts.admin = other.pubkey();
        assert_fails(call.send(&mut world.vm, &[&other]), IssuerError::NotAdmin);
    }
}

/// What is announced keeps its time, whatever the timelock becomes.
#[test]
fn set_timelock_moves_nothing_that_is_announced() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let change = Change::SetTimelock { secs: MIN_TIMELOCK_SECS };
    announce_change(&world, 0, change.clone()).send(&mut world.vm, &[&admin]).unwrap();
    let ready_at = |world: &World| {
        let account = world.vm.account(&announcement(world, 0)).unwrap();
        let mut data = account.data.as_slice();
        <Announcement as anchor_lang::AccountDeserialize>::try_deserialize(&mut data)
            .unwrap()
            .ready_at
    };
    let before = ready_at(&world);
    assert_eq!(before, world.vm.now() + i64::from(TIMELOCK_SECS));
    set_timelock(&world, MAX_TIMELOCK_SECS).send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(ready_at(&world), before);
}

/// An issuer of the first layout: no timelock is written there.
fn as_first_layout(world: &mut World) {
    let address = world.issuer();
    world.vm.edit(&address, |account| {
        account.data[8] = 1;
        account.data[12..16].fill(0);
    });
}

fn migrate(world: &World) -> Call<issuer::accounts::Migrate, issuer::instruction::Migrate> {
    let accounts = issuer::accounts::Migrate {
        payer: world.vm.payer.pubkey(),
        account: world.issuer(),
        custodian: None,
        system_program: Pubkey::default(),
    };
    Call::new(accounts, issuer::instruction::Migrate {})
}

#[test]
fn an_issuer_of_the_first_layout_has_the_default_timelock_and_never_none() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    as_first_layout(&mut world);
    assert_eq!(state(&world).timelock_secs(), DEFAULT_TIMELOCK_SECS);
    let shorten = set_timelock(&world, DEFAULT_TIMELOCK_SECS - 1);
    assert_fails(shorten.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMissing);
    migrate(&world).send(&mut world.vm, &[]).unwrap();
    assert_eq!(state(&world).timelock_secs, DEFAULT_TIMELOCK_SECS);
}

/// Anybody may migrate: it must not undo what the admin has set since the release.
#[test]
fn migrate_does_not_shorten_a_timelock_set_before_it() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    as_first_layout(&mut world);
    set_timelock(&world, MAX_TIMELOCK_SECS).send(&mut world.vm, &[&admin]).unwrap();
    migrate(&world).send(&mut world.vm, &[]).unwrap();
    assert_eq!((state(&world).version, state(&world).timelock_secs()), (2, MAX_TIMELOCK_SECS));
}
