use anchor_lang::error::ErrorCode;
use gate::error::GateError;
use issuer::{
    error::IssuerError,
    event::SeizureExecuted,
    state::{Hold, SeizureKind, pause, role},
};
use scrip_interface::{gate::Status, issuer::Mode, mint::TOKEN_2022};
use scrip_tests::{
    build::{
        Case, Officer, RequestRedemption, TERMS, cancel, freeze, lift_hold, pause_ticker, reclaim,
        thaw, token_account,
    },
    gate::{Gated, assert_refused, other_token_account, remove},
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::instruction as token;

/// Token-2022's own.
const ACCOUNT_FROZEN: u32 = 17;

/// Alice has three shares; Bob's wallet is registered and has a token account.
pub fn scene(mode: Mode) -> (World, Officer, Keypair, Pubkey) {
    let mut world = World::in_mode(mode);
    let officer = world.officer();
    let alice = world.holder("alice", 3 * SHARE);
    let bob = world.investor("bob").pubkey();
    world.register(&bob);
    (world, officer, alice, bob)
}

#[test]
fn execute_seizure_moves_shares_out_of_a_frozen_account_and_leaves_it_held() {
    for mode in [Mode::Open, Mode::Frozen] {
        let (mut world, officer, alice, bob) = scene(mode);
        let case = Case { amount: 2 * SHARE, ..Case::new(&officer, &alice.pubkey(), &bob) };
        case.announced(&mut world);
        case.ripen(&mut world);
        let before = world.ticker();
        let receipt = case.executed(&mut world).unwrap();

        assert_eq!((world.balance(&case.from), world.balance(&bob)), (SHARE, 2 * SHARE));
        let (from, to) =
            (token_account(&case.from, &world.mint()), token_account(&bob, &world.mint()));
        assert!(world.is_frozen(&from));
        // As it was: nobody had thawed it yet.
        assert_eq!(world.is_frozen(&to), mode == Mode::Frozen);
        let it = case.state(&world);
        assert_eq!((it.state, it.moved, it.executed_at), (2, 2 * SHARE, world.vm.now()));
        let after = world.ticker();
        assert_eq!((after.seized, after.holds), (2 * SHARE, 1));
        assert_eq!((after.minted, after.redeemed), (before.minted, before.redeemed));
        assert_eq!(world.supply(), 3 * SHARE);
        let [event] = &receipt.events::<SeizureExecuted>()[..] else { panic!("one event") };
        assert_eq!((event.sequence, event.mint), (before.stream.sequence + 1, world.mint()));
        assert_eq!((event.seizure, event.kind), (case.address(&world), SeizureKind::Seizure));
        assert_eq!((event.reason, event.case_hash, event.moved), (31, case.hash, 2 * SHARE));
        assert_eq!((event.from, event.from_owner), (from, case.from));
        assert_eq!((event.to, event.to_owner, event.operator), (to, bob, officer.wallet.pubkey()));

        // What is left is free once compliance says so.
        let hold: Hold = world.vm.state(&case.hold(&world));
        assert_eq!(hold.seizure, Pubkey::default());
        assert_fails(thaw(&world, &case.from).send(&mut world.vm, &[]), IssuerError::AccountHeld);
        let lift = lift_hold(&world, &officer, &case.from);
        lift.send(&mut world.vm, &[&officer.wallet]).unwrap();
        thaw(&world, &case.from).send(&mut world.vm, &[]).unwrap();
        assert!(!world.is_frozen(&from));
    }
}

/// With the gate's own hook: the holder's record and a pause do not stop it, the destination's does.
#[test]
fn execute_seizure_of_a_hooked_ticker_asks_the_hook_about_the_destination_only() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", 3 * SHARE).pubkey();
    let bob = gated.registered("bob").pubkey();
    let officer =
        Officer { wallet: gated.officer.insecure_clone(), role_grant: gated.officer_grant };
    let case = Case::new(&officer, &alice, &bob);
    case.announced(&mut gated);
    case.ripen(&mut gated);
    let mut call = case.execute(&gated);
    // The hook's program is not given; then it is, and not its list.
    assert!(case.send(&mut gated, &call).is_err());
    call.remaining = gated.extra(&alice, &bob)[3..4].to_vec();
    assert_refused(case.send(&mut gated, &call), GateError::AccountsMissing);
    call.remaining = gated.extra(&alice, &bob);
    gated.register(&bob, |wallet| wallet.status = Status::Revoked as u8);
    assert_fails(case.send(&mut gated, &call), IssuerError::RecordRevoked);
    assert_eq!((gated.balance(&alice), gated.balance(&bob)), (3 * SHARE, 0));

    gated.register(&bob, |_| {});
    let issuer = gated.issuer();
    remove(&mut gated.vm, &issuer, &alice);
    gated.set_pause(true).unwrap();
    pause_ticker(&mut gated, pause::TRANSFER);
    case.send(&mut gated, &call).unwrap();
    assert_eq!((gated.balance(&alice), gated.balance(&bob)), (0, 3 * SHARE));
    assert!(gated.mint_is_paused() && gated.is_frozen(&token_account(&alice, &gated.mint())));
}

/// The hook makes no difference between wallets: the issuer's own needs a record as well.
#[test]
fn execute_seizure_of_a_hooked_ticker_goes_to_a_compliance_wallet_with_a_record() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", SHARE).pubkey();
    let officer =
        Officer { wallet: gated.officer.insecure_clone(), role_grant: gated.officer_grant };
    let treasury = officer.wallet.pubkey();
    let mint = gated.mint();
    gated.token_account_of(&treasury, &mint);
    let case = Case::new(&officer, &alice, &treasury);
    case.announced(&mut gated);
    case.ripen(&mut gated);
    let mut call = case.execute(&gated);
    call.accounts.destination_grant = Some(officer.role_grant);
    call.remaining = gated.extra(&alice, &treasury);
    assert_refused(case.send(&mut gated, &call), GateError::NotRegistered);
    gated.register(&treasury, |_| {});
    case.send(&mut gated, &call).unwrap();
    assert_eq!((gated.balance(&alice), gated.balance(&treasury)), (0, SHARE));
}

#[test]
fn execute_seizure_works_while_everything_is_paused_and_lifts_nothing() {
    let (mut world, officer, alice, bob) = scene(Mode::Frozen);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    case.ripen(&mut world);
    pause_ticker(&mut world, pause::ALL);
    world.edit_policy(|policy| policy.paused = 1);
    assert!(world.mint_is_paused());
    case.executed(&mut world).unwrap();
    assert_eq!((world.balance(&case.from), world.balance(&bob)), (0, 3 * SHARE));
    assert!(world.mint_is_paused() && world.is_frozen(&token_account(&bob, &world.mint())));
}

#[test]
fn execute_seizure_waits_and_does_not_wait_for_ever() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case { amount: SHARE, ..Case::new(&officer, &alice.pubkey(), &bob) };
    let late = Case { hash: [8; 32], from: world.holder("dave", SHARE).pubkey(), ..case };
    case.announced(&mut world);
    late.announced(&mut world);
    let it = case.state(&world);
    let attempts = [
        (it.announced_at, Some(IssuerError::TimelockNotPassed)),
        (it.execute_at - 1, Some(IssuerError::TimelockNotPassed)),
        (it.expires_at, Some(IssuerError::AnnouncementExpired)),
        (it.execute_at, None),
    ];
    for (time, expected) in attempts {
        world.vm.set_time(time);
        match expected {
            Some(error) => assert_fails(case.executed(&mut world), error),
            None => drop(case.executed(&mut world).unwrap()),
        }
        let moved = if expected.is_none() { SHARE } else { 0 };
        assert_eq!(world.balance(&bob), moved);
    }
    world.vm.set_time(it.expires_at - 1);
    late.executed(&mut world).unwrap();
    assert_eq!(world.balance(&bob), 2 * SHARE);
}

#[test]
fn execute_seizure_happens_once() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case { amount: SHARE, ..Case::new(&officer, &alice.pubkey(), &bob) };
    case.announced(&mut world);
    case.ripen(&mut world);
    case.executed(&mut world).unwrap();
    assert_fails(case.executed(&mut world), IssuerError::SeizureExecuted);
    // Nor by another one over the same hold, which is that one's.
    let again = case.announce(&world).send(&mut world.vm, &[&officer.wallet]);
    assert_fails_with(again, 0);
    let other = Case { hash: [8; 32], ..case };
    other.announced(&mut world);
    other.ripen(&mut world);
    assert_fails(case.executed(&mut world), IssuerError::SeizureExecuted);
    assert_eq!((world.balance(&case.from), world.ticker().seized), (2 * SHARE, SHARE));
    other.executed(&mut world).unwrap();
    assert_eq!((world.balance(&case.from), world.ticker().seized), (SHARE, 2 * SHARE));
}

#[test]
fn only_compliance_executes_a_seizure() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    let pauser = key("pauser");
    let pauser_grant = world.grant(&pauser.pubkey(), role::ALL & !role::COMPLIANCE);
    case.announced(&mut world);
    case.ripen(&mut world);
    let (admin, mallory) = (world.admin.insecure_clone(), key("mallory"));
    let attempts: [(&Keypair, Option<Pubkey>); 4] = [
        (&admin, None),
        (&pauser, Some(pauser_grant)),
        (&mallory, Some(officer.role_grant)),
        (&mallory, None),
    ];
    for (by, role_grant) in attempts {
        let mut call = case.execute(&world);
        (call.accounts.operator, call.accounts.role_grant) = (by.pubkey(), role_grant);
        assert_fails(call.send(&mut world.vm, &[by]), IssuerError::PowerMissing);
    }
    let mut unsigned = case.execute(&world).instruction();
    unsigned.accounts[0].is_signer = false;
    assert_fails_with(world.vm.send(&[unsigned], &[]), ErrorCode::AccountNotSigner.into());
    assert_eq!((world.balance(&case.from), world.balance(&bob)), (3 * SHARE, 0));
}

#[test]
fn execute_seizure_takes_no_accounts_of_something_else() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    let dave = world.holder("dave", SHARE).pubkey();
    let other = Case { hash: [8; 32], from: dave, ..case };
    case.announced(&mut world);
    other.announced(&mut world);
    case.ripen(&mut world);
    let (another, other_issuer) = (world.list_another(), world.another_issuer());
    let (others_hold, others_seizure) = (other.hold(&world), other.address(&world));
    let daves = token_account(&dave, &world.mint());
    type Change<'a> = &'a dyn Fn(&mut issuer::accounts::ExecuteSeizure);
    let wrong: [(Change, IssuerError); 6] = [
        (&|it| it.from = daves, IssuerError::WrongTokenAccount),
        (&|it| it.hold = others_hold, IssuerError::WrongHold),
        (&|it| it.seizure = others_seizure, IssuerError::WrongTokenAccount),
        (&|it| it.ticker = another.accounts.ticker, IssuerError::WrongMint),
        (&|it| it.mint = another.accounts.mint, IssuerError::WrongMint),
        (&|it| it.issuer = other_issuer, IssuerError::WrongIssuer),
    ];
    for (change, expected) in wrong {
        let mut call = case.execute(&world);
        change(&mut call.accounts);
        assert_fails(case.send(&mut world, &call), expected);
    }
    // Another seizure of another ticker, whole: each account fits another, and not this mint.
    let mut call = case.execute(&world);
    (call.accounts.ticker, call.accounts.mint) = (another.accounts.ticker, another.accounts.mint);
    assert_fails(case.send(&mut world, &call), IssuerError::WrongMint);
    let authority = world.listed.accounts.authority;
    let changes: [Change; 3] =
        [&|it| it.delegate = authority, &|it| it.delegate = it.operator, &|it| {
            it.authority = it.delegate
        }];
    for change in changes {
        let mut call = case.execute(&world);
        change(&mut call.accounts);
        assert!(case.send(&mut world, &call).is_err());
    }
    assert_eq!((world.balance(&case.from), world.balance(&dave)), (3 * SHARE, SHARE));
    assert_eq!(world.balance(&bob), 0);
}

/// A frozen account that is empty can be closed by its owner, and opened again: thawed, in open mode.
#[test]
fn execute_seizure_finds_an_account_that_was_opened_again_and_freezes_it() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let (owner, mint) = (alice.pubkey(), world.mint());
    let account = token_account(&owner, &mint);
    let carol = world.investor("carol");
    let give = |from: &Pubkey, to: &Pubkey, by: &Pubkey| {
        let (from, to) = (token_account(from, &mint), token_account(to, &mint));
        token::transfer_checked(&TOKEN_2022, &from, &mint, &to, by, &[], 3 * SHARE, 8).unwrap()
    };
    world.vm.send(&[give(&owner, &carol.pubkey(), &owner)], &[&alice]).unwrap();
    let case = Case::new(&officer, &owner, &bob);
    case.announced(&mut world);
    case.ripen(&mut world);
    assert_fails(case.executed(&mut world), IssuerError::AmountZero);

    let close = token::close_account(&TOKEN_2022, &account, &owner, &owner, &[]).unwrap();
    world.vm.send(&[close], &[&alice]).unwrap();
    assert_fails(case.executed(&mut world), IssuerError::WrongTokenAccount);
    world.token_account_of(&owner, &mint);
    assert!(!world.is_frozen(&account));
    world.vm.send(&[give(&carol.pubkey(), &owner, &carol.pubkey())], &[&carol]).unwrap();
    case.executed(&mut world).unwrap();
    assert_eq!((world.balance(&owner), world.balance(&bob)), (0, 3 * SHARE));
    assert!(world.is_frozen(&account));
}

/// An address with a key of its own can be opened again for somebody else, or for another mint.
#[test]
fn execute_seizure_takes_from_the_announced_owner_only() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let (mint, dave) = (world.mint(), world.holder("dave", SHARE));
    let odd = other_token_account(&mut world.vm, &mint, &alice.pubkey(), "odd", true);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    let hold = scrip_interface::pda::hold(&issuer::ID, &mint, &odd).0;
    let mut announce = case.announce(&world);
    (announce.accounts.token_account, announce.accounts.hold) = (odd, hold);
    announce.send(&mut world.vm, &[&officer.wallet]).unwrap();
    case.ripen(&mut world);
    let mut call = case.execute(&world);
    (call.accounts.from, call.accounts.hold) = (odd, hold);

    let owner = alice.pubkey();
    let close = token::close_account(&TOKEN_2022, &odd, &owner, &owner, &[]).unwrap();
    world.vm.send(&[close], &[&alice]).unwrap();
    other_token_account(&mut world.vm, &mint, &dave.pubkey(), "odd", true);
    let from = token_account(&dave.pubkey(), &mint);
    let give =
        token::transfer_checked(&TOKEN_2022, &from, &mint, &odd, &dave.pubkey(), &[], SHARE, 8);
    world.vm.send(&[give.unwrap()], &[&dave]).unwrap();
    assert_fails(case.send(&mut world, &call), IssuerError::WrongOwner);
    assert_eq!((world.balance_of(&odd), world.balance(&bob)), (SHARE, 0));
}

/// What a holder can do with a held account, and with what was allowed before.
#[test]
fn a_seized_account_moves_by_nobody_else() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let (owner, mint, helper) = (alice.pubkey(), world.mint(), key("helper"));
    let account = token_account(&owner, &mint);
    let approve = |amount| {
        let to = helper.pubkey();
        token::approve_checked(&TOKEN_2022, &account, &mint, &to, &owner, &[], amount, 8).unwrap()
    };
    world.vm.send(&[approve(SHARE)], &[&alice]).unwrap();
    let case = Case { amount: SHARE, ..Case::new(&officer, &owner, &bob) };
    case.announced(&mut world);
    let to = token_account(&bob, &mint);
    let tries_all = |world: &mut World| {
        for (by, signer) in [(&owner, &alice), (&helper.pubkey(), &helper)] {
            let mv = token::transfer_checked(&TOKEN_2022, &account, &mint, &to, by, &[], 1, 8);
            assert_fails_with(world.vm.send(&[mv.unwrap()], &[signer]), ACCOUNT_FROZEN);
            let burn = token::burn_checked(&TOKEN_2022, &account, &mint, by, &[], 1, 8);
            assert_fails_with(world.vm.send(&[burn.unwrap()], &[signer]), ACCOUNT_FROZEN);
        }
        assert_fails_with(world.vm.send(&[approve(2)], &[&alice]), ACCOUNT_FROZEN);
        let power = token::AuthorityType::CloseAccount;
        let new = Some(&helper.pubkey());
        let give = token::set_authority(&TOKEN_2022, &account, new, power, &owner, &[]).unwrap();
        assert_fails_with(world.vm.send(&[give], &[&alice]), ACCOUNT_FROZEN);
        let request = RequestRedemption::new(world, &owner, 0, SHARE);
        assert_fails_with(request.send(world, &alice), ACCOUNT_FROZEN);
        freeze(world, &owner).send(&mut world.vm, &[]).unwrap();
    };
    tries_all(&mut world);
    case.ripen(&mut world);
    case.executed(&mut world).unwrap();
    tries_all(&mut world);
    assert_eq!((world.balance(&owner), world.balance(&bob)), (2 * SHARE, SHARE));
}

/// What was in escrow comes back, held, and is then taken too.
#[test]
fn what_comes_back_from_escrow_is_seized_with_the_rest() {
    let (mut world, officer, alice, bob) = scene(Mode::Frozen);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert!(world.is_frozen(&token_account(&case.from, &world.mint())));
    world.vm.set_time(case.state(&world).execute_at);
    case.executed(&mut world).unwrap();
    assert_eq!((world.balance(&case.from), world.balance(&bob)), (0, 3 * SHARE));
    assert_eq!(world.escrow_balance(), 0);
}

/// Neither another account of hers nor one that is new at the address takes them out of compliance's
/// reach.
#[test]
fn shares_come_back_from_escrow_to_where_they_are_held_and_stay_there() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let (owner, mint) = (alice.pubkey(), world.mint());
    let request = RequestRedemption::new(&world, &owner, 0, 3 * SHARE);
    request.send(&mut world, &alice).unwrap();
    Case::new(&officer, &owner, &bob).announced(&mut world);
    let back = cancel(&world, &request);

    let mut elsewhere = cancel(&world, &request);
    elsewhere.accounts.destination = other_token_account(&mut world.vm, &mint, &owner, "odd", true);
    let outcome = elsewhere.send(&mut world.vm, &[&alice]);
    assert_fails(outcome, IssuerError::DestinationNotAssociated);

    // Empty, closed, opened again: thawed.
    let account = token_account(&owner, &mint);
    let close = token::close_account(&TOKEN_2022, &account, &owner, &owner, &[]).unwrap();
    world.vm.send(&[close], &[&alice]).unwrap();
    world.investor("alice");
    assert!(!world.is_frozen(&account));
    let mut unlooked = cancel(&world, &request);
    unlooked.accounts.hold = key("nothing").pubkey();
    assert_fails(unlooked.send(&mut world.vm, &[&alice]), IssuerError::WrongHold);
    let to = token_account(&bob, &mint);
    let away = token::transfer_checked(&TOKEN_2022, &account, &mint, &to, &owner, &[], SHARE, 8);
    let both = [back.instruction(), away.unwrap()];
    assert_fails_with(world.vm.send(&both, &[&alice]), ACCOUNT_FROZEN);
    // Nor does a pause let them through.
    pause_ticker(&mut world, pause::TRANSFER);
    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert!(world.is_frozen(&account) && world.mint_is_paused());
    assert_eq!((world.balance(&owner), world.escrow_balance()), (3 * SHARE, 0));
}

/// Its seeds are signed with here alone, and no other instruction but the listing names it.
#[test]
fn the_permanent_delegate_signs_in_a_seizure_only() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let idl = std::fs::read_to_string(root.join("app/idl/issuer.json")).unwrap();
    let idl: serde_json::Value = serde_json::from_str(&idl).unwrap();
    let names_it = |of: &&serde_json::Value| {
        of["accounts"].as_array().unwrap().iter().any(|account| account["name"] == "delegate")
    };
    let instructions = idl["instructions"].as_array().unwrap().iter().filter(names_it);
    let names: Vec<_> = instructions.map(|of| of["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["execute_seizure", "list_ticker"]);

    let folder = root.join("programs/issuer/src");
    let files = [folder.clone(), folder.join("instructions"), folder.join("state")];
    let mut uses: Vec<_> = files
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()))
        .filter(|path| path.is_file())
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("DELEGATE_SEED"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    uses.sort();
    assert_eq!(uses, ["execute_seizure.rs", "list_ticker.rs"]);
}
