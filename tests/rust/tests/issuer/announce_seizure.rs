use crate::execute_seizure::scene;
use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{HoldPlaced, SeizureAnnounced},
    state::{Hold, SeizureKind, pause, role},
};
use scrip_interface::{issuer::Mode, pda};
use scrip_tests::{
    build::{
        Case, Officer, TIMELOCK_SECS, lift_hold, pause_ticker, place_hold, thaw, token_account,
    },
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const GRACE_SECS: i64 = 14 * 24 * 60 * 60;

#[test]
fn announce_seizure_freezes_and_says_what_will_happen_in_every_mode() {
    for mode in [Mode::Open, Mode::Frozen, Mode::Hooked] {
        let (mut world, officer, alice, bob) = scene(mode);
        pause_ticker(&mut world, pause::TRANSFER);
        let case = Case { amount: SHARE, ..Case::new(&officer, &alice.pubkey(), &bob) };
        let (before, now) = (world.ticker().stream.sequence, world.vm.now());
        let receipt = case.announced(&mut world);

        let from = token_account(&case.from, &world.mint());
        assert!(world.is_frozen(&from));
        let execute_at = now + i64::from(TIMELOCK_SECS);
        let it = case.state(&world);
        assert_eq!((it.version, it.kind, it.state, it.reason), (2, 0, 0, 31));
        assert_eq!((it.issuer, it.mint, it.from), (world.issuer(), world.mint(), from));
        assert_eq!((it.from_owner, it.to_owner), (case.from, bob));
        assert_eq!((it.case_hash, it.amount, it.moved), (case.hash, SHARE, 0));
        assert_eq!((it.announced_by, it.announced_at), (officer.wallet.pubkey(), now));
        assert_eq!((it.execute_at, it.expires_at), (execute_at, execute_at + GRACE_SECS));
        assert_eq!((it.placed_hold, it.rent_payer), (1, world.vm.payer.pubkey()));
        let hold: Hold = world.vm.state(&case.hold(&world));
        assert_eq!(
            (hold.version, hold.seizure, hold.token_account),
            (2, case.address(&world), from)
        );
        assert_eq!((hold.owner, hold.reason, hold.case_hash), (case.from, 31, case.hash));
        assert_eq!(world.ticker().holds, 1);

        let [placed] = &receipt.events::<HoldPlaced>()[..] else { panic!("one event") };
        assert_eq!((placed.sequence, placed.token_account), (before + 1, from));
        let [event] = &receipt.events::<SeizureAnnounced>()[..] else { panic!("one event") };
        assert_eq!((event.sequence, event.mint), (before + 2, world.mint()));
        assert_eq!((event.seizure, event.kind), (case.address(&world), SeizureKind::Seizure));
        assert_eq!((event.reason, event.case_hash, event.amount), (31, case.hash, SHARE));
        assert_eq!((event.from, event.from_owner, event.to_owner), (from, case.from, bob));
        assert_eq!(event.operator, officer.wallet.pubkey());
        assert_eq!((event.execute_at, event.expires_at), (it.execute_at, it.expires_at));
        // Nothing has moved.
        assert_eq!((world.balance(&case.from), world.balance(&bob)), (3 * SHARE, 0));
        assert_fails(thaw(&world, &case.from).send(&mut world.vm, &[]), IssuerError::AccountHeld);
    }
}

/// A hold that was there stays when the seizure goes; until then it is the seizure's.
#[test]
fn announce_seizure_takes_over_a_hold_and_only_one_at_a_time() {
    let (mut world, officer, alice, bob) = scene(Mode::Frozen);
    let owner = alice.pubkey();
    let sign = &[&officer.wallet];
    place_hold(&world, &officer, &owner).send(&mut world.vm, sign).unwrap();
    let case = Case::new(&officer, &owner, &bob);
    let receipt = case.announced(&mut world);
    assert!(receipt.events::<HoldPlaced>().is_empty());
    let hold: Hold = world.vm.state(&case.hold(&world));
    // Its own case is as it was.
    assert_eq!((hold.seizure, hold.case_hash), (case.address(&world), [9; 32]));
    assert_eq!((world.ticker().holds, case.state(&world).placed_hold), (1, 0));

    let lifted = lift_hold(&world, &officer, &owner).send(&mut world.vm, sign);
    assert_fails(lifted, IssuerError::HoldUnderSeizure);
    let another = Case { hash: [8; 32], ..case };
    let refused = another.announce(&world).send(&mut world.vm, sign);
    assert_fails(refused, IssuerError::HoldUnderSeizure);
    assert!(world.vm.account(&another.address(&world)).is_none());

    case.cancelled(&mut world).unwrap();
    let hold: Hold = world.vm.state(&case.hold(&world));
    assert_eq!((hold.seizure, world.ticker().holds), (Pubkey::default(), 1));
    another.announced(&mut world);
    another.cancelled(&mut world).unwrap();
    lift_hold(&world, &officer, &owner).send(&mut world.vm, sign).unwrap();
    assert_eq!(world.ticker().holds, 0);
}

#[test]
fn announce_seizure_wants_an_amount_and_another_owner() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    for wrong in [
        Case { amount: 0, ..case },
        Case { to: case.from, ..case },
        Case { kind: SeizureKind::Recovery, amount: u64::MAX - 1, ..case },
        Case { kind: SeizureKind::Recovery, to: case.from, ..case },
    ] {
        let outcome = wrong.announce(&world).send(&mut world.vm, &[&officer.wallet]);
        assert_fails(outcome, IssuerError::SeizureInvalid);
    }
    assert!(!world.is_frozen(&token_account(&case.from, &world.mint())));
}

#[test]
fn only_compliance_announces_a_seizure() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    let pauser = key("pauser");
    let pauser_grant = world.grant(&pauser.pubkey(), role::ALL & !role::COMPLIANCE);
    let (admin, mallory) = (world.admin.insecure_clone(), key("mallory"));
    let attempts: [(&Keypair, Option<Pubkey>); 4] = [
        (&admin, None),
        (&pauser, Some(pauser_grant)),
        (&mallory, Some(officer.role_grant)),
        (&mallory, None),
    ];
    for (by, role_grant) in attempts {
        let mut call = case.announce(&world);
        (call.accounts.operator, call.accounts.role_grant) = (by.pubkey(), role_grant);
        assert_fails(call.send(&mut world.vm, &[by]), IssuerError::PowerMissing);
    }
    let mut unsigned = case.announce(&world).instruction();
    let metas = unsigned.accounts.iter_mut();
    metas.filter(|it| it.pubkey == officer.wallet.pubkey()).for_each(|it| it.is_signer = false);
    assert_fails_with(world.vm.send(&[unsigned], &[]), ErrorCode::AccountNotSigner.into());
    world.vm.set_time(world.vm.now() + scrip_tests::build::YEAR);
    let late = case.announce(&world).send(&mut world.vm, &[&officer.wallet]);
    assert_fails(late, IssuerError::RoleGrantExpired);
    assert_eq!((world.ticker().holds, world.balance(&case.from)), (0, 3 * SHARE));
}

#[test]
fn announce_seizure_is_about_its_own_ticker_and_never_the_escrow() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    let other = world.list_another();
    let elsewhere = world.token_account_of(&case.from, &other.accounts.mint);
    let other_issuer = world.another_issuer();
    let escrow = world.listed.accounts.escrow_account;
    let hold_of = |world: &World, account| pda::hold(&issuer::ID, &world.mint(), account).0;
    let another_case = Case { hash: [8; 32], ..case }.address(&world);
    type Change<'a> = &'a dyn Fn(&mut issuer::accounts::AnnounceSeizure, &World);
    let wrong: [(Change, u32); 7] = [
        (
            &|it, world| (it.token_account, it.hold) = (elsewhere, hold_of(world, &elsewhere)),
            IssuerError::WrongTokenAccount.into(),
        ),
        (
            &|it, world| (it.token_account, it.hold) = (escrow, hold_of(world, &escrow)),
            IssuerError::EscrowExempt.into(),
        ),
        (&|it, world| it.hold = hold_of(world, &elsewhere), ErrorCode::ConstraintSeeds.into()),
        (&|it, _| it.seizure = another_case, ErrorCode::ConstraintSeeds.into()),
        (&|it, _| it.issuer = other_issuer, IssuerError::WrongIssuer.into()),
        (&|it, _| it.ticker = other.accounts.ticker, IssuerError::WrongMint.into()),
        (&|it, _| it.mint = other.accounts.mint, ErrorCode::ConstraintSeeds.into()),
    ];
    for (change, expected) in wrong {
        let mut call = case.announce(&world);
        change(&mut call.accounts, &world);
        assert_fails_with(call.send(&mut world.vm, &[&officer.wallet]), expected);
        assert_eq!(world.ticker().holds, 0);
    }
    // Token-2022's "owner does not match": another's signature than the mint's own authority.
    let mut call = case.announce(&world);
    call.accounts.authority = officer.wallet.pubkey();
    assert!(call.send(&mut world.vm, &[&officer.wallet]).is_err());
    assert!(!world.is_frozen(&token_account(&case.from, &world.mint())));
}

#[test]
fn announce_seizure_is_not_blocked_and_a_case_is_open_once() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    // Lamports sent ahead.
    for address in [case.address(&world), case.hold(&world)] {
        world.vm.svm.airdrop(&address, 5_000_000).unwrap();
    }
    case.announced(&mut world);
    let carol = Officer { wallet: officer.wallet.insecure_clone(), ..officer };
    let holder = world.holder("dave", SHARE).pubkey();
    let same = Case { from: holder, officer: &carol, ..case };
    // The System program's "already in use".
    assert_fails_with(same.announce(&world).send(&mut world.vm, &[&carol.wallet]), 0);
    assert_eq!(world.ticker().holds, 1);
}
