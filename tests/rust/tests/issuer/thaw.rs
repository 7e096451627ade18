//! Anybody thaws an account that may move: no hold, and in frozen mode a record that the policy
//! takes, of an owner who cannot be replaced.

use gate::state::Wallet;
use issuer::{error::IssuerError, state::pause};
use scrip_interface::{gate::Status, issuer::Mode, mint::TOKEN_2022};
use scrip_tests::{
    build::{
        AttestMint,
        gate_records::{place_policy, place_wallet, policy, remove, wallet},
        lift_hold, pause_ticker, place_hold, thaw, thaw_account, token_account,
    },
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::ExtensionType,
    instruction::{self as token, AuthorityType},
    state::Account as TokenState,
};

/// Token-2022's own.
const ACCOUNT_FROZEN: u32 = 17;
const OWNER_MISMATCH: u32 = 4;

/// A frozen ticker, and an owner with an account and a record.
fn scene() -> (World, Pubkey) {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.investor("alice").pubkey();
    world.register(&alice);
    (world, alice)
}

/// The owner's account stays frozen.
#[track_caller]
fn refused(world: &mut World, owner: &Pubkey, expected: IssuerError) {
    assert_fails(thaw(world, owner).send(&mut world.vm, &[]), expected);
    assert!(world.is_frozen(&token_account(owner, &world.mint())));
}

#[test]
fn thaw_opens_an_account_for_a_registered_owner() {
    let (mut world, alice) = scene();
    let account = token_account(&alice, &world.mint());
    assert!(world.is_frozen(&account));
    let early = AttestMint::new(&mut world, &alice, SHARE).send(&mut world);
    assert_fails_with(early, ACCOUNT_FROZEN);
    thaw(&world, &alice).send(&mut world.vm, &[]).unwrap();
    assert!(!world.is_frozen(&account));
    AttestMint::new(&mut world, &alice, SHARE).send(&mut world).unwrap();
    assert_eq!(world.balance(&alice), SHARE);
}

/// So that nobody who was faster makes a transaction fail that thaws on its way.
#[test]
fn thaw_of_a_thawed_account_does_nothing_and_does_not_fail() {
    let (mut world, alice) = scene();
    for _ in 0..2 {
        thaw(&world, &alice).send(&mut world.vm, &[]).unwrap();
    }
    assert!(!world.is_frozen(&token_account(&alice, &world.mint())));
    // But it is judged all the same.
    world.edit_record(&alice, |wallet| wallet.status = Status::Revoked as u8);
    assert_fails(thaw(&world, &alice).send(&mut world.vm, &[]), IssuerError::RecordRevoked);
}

#[test]
fn thaw_wants_a_record_that_the_policy_takes() {
    let (mut world, alice) = scene();
    let now = world.vm.now();
    type Spoil = (fn(&mut Wallet), IssuerError);
    let spoils: [Spoil; 4] = [
        (|wallet| wallet.status = Status::Revoked as u8, IssuerError::RecordRevoked),
        (|wallet| wallet.country += 1, IssuerError::CountryNotAllowed),
        (|wallet| wallet.tier -= 1, IssuerError::TierTooLow),
        (|wallet| wallet.provider += 1, IssuerError::ProviderNotAccepted),
    ];
    for (spoil, expected) in spoils {
        world.edit_record(&alice, spoil);
        refused(&mut world, &alice, expected);
        world.register(&alice);
    }
    world.edit_record(&alice, |wallet| wallet.expires_at = now);
    refused(&mut world, &alice, IssuerError::RecordExpired);
    world.register(&alice);
    world.edit_policy(|policy| policy.paused = 1);
    refused(&mut world, &alice, IssuerError::PolicyPaused);
    world.edit_policy(|policy| policy.paused = 0);
    let record = world.record_of(&alice);
    remove(&mut world.vm, &record);
    refused(&mut world, &alice, IssuerError::NotRegistered);
}

#[test]
fn thaw_takes_no_accounts_of_something_else() {
    let (mut world, alice) = scene();
    let frozen = token_account(&alice, &world.mint());
    let bob = key("bob").pubkey();
    world.register(&bob);
    let (other_issuer, now) = (world.another_issuer(), world.vm.now());
    let elsewhere = place_wallet(&mut world.vm, &wallet(&other_issuer, &alice, now));
    let (other, issuer) = (world.list_another(), world.issuer());
    let other_policy = place_policy(&mut world.vm, &policy(&other.accounts.mint, &issuer));
    let another_account = world.token_account_of(&alice, &other.accounts.mint);

    let call = || thaw(&world, &alice);
    let mut calls = vec![];
    let mut wrong = |mut call: scrip_tests::build::Call<_, _>,
                     change: &dyn Fn(&mut issuer::accounts::SetFrozen),
                     expected: IssuerError| {
        change(&mut call.accounts);
        calls.push((call, expected));
    };
    wrong(call(), &|it| it.policy = None, IssuerError::RegistrationMissing);
    wrong(call(), &|it| it.wallet_record = None, IssuerError::RegistrationMissing);
    let of_bob = world.record_of(&bob);
    wrong(call(), &|it| it.wallet_record = Some(of_bob), IssuerError::WrongOwner);
    wrong(call(), &|it| it.wallet_record = Some(elsewhere), IssuerError::WrongIssuer);
    wrong(call(), &|it| it.wallet_record = Some(bob), IssuerError::WrongWalletRecord);
    wrong(call(), &|it| it.policy = Some(other_policy), IssuerError::WrongMint);
    wrong(call(), &|it| it.policy = Some(bob), IssuerError::PolicyMissing);
    wrong(call(), &|it| it.mint = other.accounts.mint, IssuerError::WrongMint);
    wrong(call(), &|it| it.ticker = other.accounts.ticker, IssuerError::WrongMint);
    wrong(call(), &|it| it.token_account = another_account, IssuerError::WrongTokenAccount);
    wrong(call(), &|it| it.token_account = it.mint, IssuerError::WrongTokenAccount);
    wrong(call(), &|it| it.token_account = it.ticker, IssuerError::WrongTokenAccount);
    for (call, expected) in calls {
        assert_fails(call.send(&mut world.vm, &[]), expected);
        assert!(world.is_frozen(&frozen));
    }
    // Another address does not sign for the mint.
    let mut call = thaw(&world, &alice);
    call.accounts.authority = other.accounts.authority;
    assert!(call.send(&mut world.vm, &[]).is_err());
    assert!(world.is_frozen(&frozen));
}

/// A token account that is none of the associated ones, with or without an immutable owner.
fn plain_account(world: &mut World, owner: &Keypair, immutable: bool) -> Keypair {
    let (account, mint) = (key("plain account"), world.mint());
    let mut extensions = vec![ExtensionType::TransferHookAccount, ExtensionType::PausableAccount];
    if immutable {
        extensions.push(ExtensionType::ImmutableOwner);
    }
    let space = ExtensionType::try_calculate_account_len::<TokenState>(&extensions).unwrap();
    let (payer, address) = (world.vm.payer.pubkey(), account.pubkey());
    let rent = world.vm.svm.minimum_balance_for_rent_exemption(space);
    let mut instructions = vec![anchor_lang::solana_program::system_instruction::create_account(
        &payer,
        &address,
        rent,
        space as u64,
        &TOKEN_2022,
    )];
    if immutable {
        instructions.push(token::initialize_immutable_owner(&TOKEN_2022, &address).unwrap());
    }
    instructions
        .push(token::initialize_account3(&TOKEN_2022, &address, &mint, &owner.pubkey()).unwrap());
    world.vm.send(&instructions, &[&account]).unwrap();
    account
}

#[test]
fn thaw_wants_an_owner_who_cannot_be_replaced() {
    let (mut world, _) = scene();
    let alice = key("alice");
    let account = plain_account(&mut world, &alice, false).pubkey();
    let call = thaw_account(&world, &account, &alice.pubkey());
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::DestinationOwnerNotImmutable);
    assert!(world.is_frozen(&account));

    // Judged by whoever owns it now: the record of the owner before does nothing.
    let mallory = key("mallory").pubkey();
    let rotate = token::set_authority(
        &TOKEN_2022,
        &account,
        Some(&mallory),
        AuthorityType::AccountOwner,
        &alice.pubkey(),
        &[],
    );
    // Token-2022 lets a frozen account's owner not be replaced.
    assert_fails_with(world.vm.send(&[rotate.unwrap()], &[&alice]), ACCOUNT_FROZEN);
}

#[test]
fn thaw_takes_an_account_with_an_immutable_owner_at_any_address() {
    let (mut world, _) = scene();
    let alice = key("alice");
    let account = plain_account(&mut world, &alice, true).pubkey();
    thaw_account(&world, &account, &alice.pubkey()).send(&mut world.vm, &[]).unwrap();
    assert!(!world.is_frozen(&account));
    let rotate = token::set_authority(
        &TOKEN_2022,
        &account,
        Some(&key("mallory").pubkey()),
        AuthorityType::AccountOwner,
        &alice.pubkey(),
        &[],
    );
    // "The owner authority cannot be changed."
    assert_fails_with(world.vm.send(&[rotate.unwrap()], &[&alice]), 34);
}

#[test]
fn thaw_honours_a_hold_in_every_mode() {
    for mode in [Mode::Open, Mode::Frozen, Mode::Hooked] {
        let mut world = World::in_mode(mode);
        let officer = world.officer();
        let alice = world.holder("alice", SHARE).pubkey();
        place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
        refused(&mut world, &alice, IssuerError::AccountHeld);
        // Nor by an address where there is no hold.
        let mut dodge = thaw(&world, &alice);
        dodge.accounts.hold = key("nothing").pubkey();
        assert_fails(dodge.send(&mut world.vm, &[]), IssuerError::WrongHold);
        // An account beside it is none of the hold's business.
        let bob = world.holder("bob", SHARE).pubkey();
        thaw(&world, &bob).send(&mut world.vm, &[]).unwrap();

        lift_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
        assert!(world.is_frozen(&token_account(&alice, &world.mint())));
        thaw(&world, &alice).send(&mut world.vm, &[]).unwrap();
        assert!(!world.is_frozen(&token_account(&alice, &world.mint())));
    }
}

/// Outside frozen mode nothing but a hold keeps an account frozen, and no record is read.
#[test]
fn thaw_of_an_open_or_hooked_ticker_asks_for_no_record() {
    for mode in [Mode::Open, Mode::Hooked] {
        let mut world = World::in_mode(mode);
        let officer = world.officer();
        let alice = world.investor("alice").pubkey();
        place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
        lift_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
        let mut call = thaw(&world, &alice);
        (call.accounts.policy, call.accounts.wallet_record) = (None, None);
        call.send(&mut world.vm, &[]).unwrap();
        assert!(!world.is_frozen(&token_account(&alice, &world.mint())));
    }
}

/// A thaw moves nothing: it works while the mint is paused, and what it thaws stays paused.
#[test]
fn thaw_works_while_the_mint_is_paused_and_lifts_no_pause() {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", SHARE);
    let bob = world.investor("bob").pubkey();
    world.register(&bob);
    pause_ticker(&mut world, pause::TRANSFER);
    thaw(&world, &bob).send(&mut world.vm, &[]).unwrap();
    let (from, to) =
        (token_account(&alice.pubkey(), &world.mint()), token_account(&bob, &world.mint()));
    assert!(!world.is_frozen(&to) && world.mint_is_paused());
    let mint = world.mint();
    let transfer =
        token::transfer_checked(&TOKEN_2022, &from, &mint, &to, &alice.pubkey(), &[], 1, 8);
    let paused = spl_token_2022_interface::error::TokenError::MintPaused as u32;
    assert_fails_with(world.vm.send(&[transfer.unwrap()], &[&alice]), paused);
}

/// No wallet can thaw or freeze past the program.
#[test]
fn nobody_thaws_by_token_2022_itself() {
    let (mut world, alice) = scene();
    let (account, mint) = (token_account(&alice, &world.mint()), world.mint());
    let admin = world.admin.insecure_clone();
    let direct = token::thaw_account(&TOKEN_2022, &account, &mint, &admin.pubkey(), &[]);
    assert_fails_with(world.vm.send(&[direct.unwrap()], &[&admin]), OWNER_MISMATCH);
    assert!(world.is_frozen(&account));
}
