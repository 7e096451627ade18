//! Modes: frozen and hooked tickers can be opened, after notice; nothing else changes a mode, a hook
//! or a freeze authority.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{PrimaryKycChanged, TickerOpened},
    state::{Change, role},
};
use scrip_interface::{issuer::Mode, mint::Mint};
use scrip_tests::{
    build::{
        AttestMint, RequestRedemption, announce_change, freeze, open_ticker, place_hold,
        set_primary_kyc, thaw, token_account,
    },
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use serde_json::Value;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions, StateWithExtensions, default_account_state::DefaultAccountState,
        transfer_hook::TransferHook,
    },
    state::AccountState,
};
use spl_token_metadata_interface::state::TokenMetadata;
use std::{fs, path::Path};

/// What the mint says of itself: hook and its authority, state of new accounts, mode in words.
fn shown(world: &World) -> (Option<Pubkey>, Option<Pubkey>, u8, String) {
    let account = world.vm.account(&world.mint()).unwrap();
    let mint = StateWithExtensions::<spl_token_2022_interface::state::Mint>::unpack(&account.data)
        .unwrap();
    let hook = mint.get_extension::<TransferHook>().unwrap();
    let state = mint.get_extension::<DefaultAccountState>().unwrap().state;
    let metadata = mint.get_variable_len_extension::<TokenMetadata>().unwrap();
    let mode = metadata.additional_metadata.iter().find(|(name, _)| name == "mode");
    (hook.program_id.into(), hook.authority.into(), state, mode.unwrap().1.clone())
}

fn authority(world: &World) -> Option<Pubkey> {
    Some(world.listed.accounts.authority)
}

#[test]
fn open_ticker_opens_a_frozen_one_after_notice() {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let alice = world.investor("alice").pubkey();
    let frozen = AccountState::Frozen as u8;
    assert_eq!(shown(&world), (None, authority(&world), frozen, "frozen".to_owned()));
    let receipt = world.open_ticker(&officer).unwrap();

    let thawed = AccountState::Initialized as u8;
    assert_eq!(shown(&world), (None, authority(&world), thawed, "open".to_owned()));
    assert_eq!((world.ticker().mode, world.ticker().primary_kyc), (0, 1));
    let [event] = &receipt.events::<TickerOpened>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (1, world.mint()));
    assert_eq!((event.operator, event.previous_mode), (officer.wallet.pubkey(), 1));
    // New accounts are open, and anybody thaws the old ones.
    let bob = world.investor("bob").pubkey();
    assert!(!world.is_frozen(&token_account(&bob, &world.mint())));
    let mut call = thaw(&world, &alice);
    (call.accounts.policy, call.accounts.wallet_record) = (None, None);
    call.send(&mut world.vm, &[]).unwrap();
    assert!(!world.is_frozen(&token_account(&alice, &world.mint())));
    // Nobody is frozen for a record any more.
    world.policy();
    assert_fails(freeze(&world, &bob).send(&mut world.vm, &[]), IssuerError::FreezeUnfounded);
}

#[test]
fn open_ticker_opens_a_hooked_one_after_notice() {
    let mut world = World::in_mode(Mode::Hooked);
    let officer = world.officer();
    let thawed = AccountState::Initialized as u8;
    let before = (Some(gate::ID), authority(&world), thawed, "hooked".to_owned());
    assert_eq!(shown(&world), before);
    let alice = world.holder("alice", 2 * SHARE);
    let receipt = world.open_ticker(&officer).unwrap();
    assert_eq!(shown(&world), (None, authority(&world), thawed, "open".to_owned()));
    let [event] = &receipt.events::<TickerOpened>()[..] else { panic!("one event") };
    assert_eq!(event.previous_mode, 2);
    // Shares move without a hook. To ask for them back at the issuer still takes a record.
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).unwrap();
    request = RequestRedemption::new(&world, &alice.pubkey(), 1, SHARE);
    (request.accounts.policy, request.accounts.wallet_record) = (None, None);
    assert_fails(request.send(&mut world, &alice), IssuerError::RegistrationMissing);
}

#[test]
fn a_hold_outlives_the_opening() {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
    world.open_ticker(&officer).unwrap();
    assert_fails(thaw(&world, &alice).send(&mut world.vm, &[]), IssuerError::AccountHeld);
}

#[test]
fn open_ticker_waits_for_its_own_announcement() {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let other = world.list_another().accounts.mint;
    let grant = Some(officer.role_grant);
    let opened = |world: &mut World, announcement| {
        let mut call = open_ticker(world, &officer);
        call.accounts.announcement = announcement;
        call.send(&mut world.vm, &[&officer.wallet])
    };
    assert_fails(opened(&mut world, None), IssuerError::AnnouncementMissing);
    let mint = world.mint();
    for change in [Change::OpenMode { mint: other }, Change::EndPrimaryKyc { mint }] {
        let announced = world.announce_by(&officer.wallet, grant, change);
        world.ripen(&announced);
        let outcome = opened(&mut world, Some(announced));
        assert_fails(outcome, IssuerError::AnnouncementMismatch);
    }
    let announced = world.announce_by(&officer.wallet, grant, Change::OpenMode { mint });
    let ready_at = world.announcement(&announced).ready_at;
    world.vm.set_time(ready_at - 1);
    assert_fails(opened(&mut world, Some(announced)), IssuerError::TimelockNotPassed);
    let expires_at = world.announcement(&announced).expires_at;
    world.vm.set_time(expires_at);
    assert_fails(opened(&mut world, Some(announced)), IssuerError::AnnouncementExpired);
    assert_eq!((world.ticker().mode, shown(&world).3), (Mode::Frozen as u8, "frozen".to_owned()));

    world.vm.set_time(ready_at);
    opened(&mut world, Some(announced)).unwrap();
    assert_fails(opened(&mut world, Some(announced)), IssuerError::TickerOpen);
}

#[test]
fn only_compliance_announces_and_makes_an_opening_or_an_end_of_primary_kyc() {
    let mut world = World::in_mode(Mode::Hooked);
    let officer = world.officer();
    let mint = world.mint();
    let cashier = key("cashier");
    let cash_grant = world.grant(&cashier.pubkey(), role::ALL & !role::COMPLIANCE);
    let admin = world.admin.insecure_clone();
    for change in [Change::OpenMode { mint }, Change::EndPrimaryKyc { mint }] {
        for (by, grant) in [(&admin, None), (&cashier, Some(cash_grant))] {
            let mut call = announce_change(&world, 77, change.clone());
            (call.accounts.operator, call.accounts.role_grant) = (by.pubkey(), grant);
            assert_fails(call.send(&mut world.vm, &[by]), IssuerError::PowerMissing);
        }
    }
    let grant = Some(officer.role_grant);
    let announced = world.announce_by(&officer.wallet, grant, Change::OpenMode { mint });
    world.ripen(&announced);
    for (by, grant) in [(&admin, None), (&cashier, Some(cash_grant)), (&cashier, grant)] {
        let mut open = open_ticker(&world, &officer);
        open.accounts.announcement = Some(announced);
        (open.accounts.operator, open.accounts.role_grant) = (by.pubkey(), grant);
        assert_fails(open.send(&mut world.vm, &[by]), IssuerError::PowerMissing);
        let mut kyc = set_primary_kyc(&world, &officer, true);
        (kyc.accounts.operator, kyc.accounts.role_grant) = (by.pubkey(), grant);
        assert_fails(kyc.send(&mut world.vm, &[by]), IssuerError::PowerMissing);
    }
    let operator = officer.wallet.pubkey();
    for mut unsigned in [
        open_ticker(&world, &officer).instruction(),
        set_primary_kyc(&world, &officer, true).instruction(),
    ] {
        let metas = unsigned.accounts.iter_mut();
        metas.filter(|meta| meta.pubkey == operator).for_each(|meta| meta.is_signer = false);
        let outcome = world.vm.send(&[unsigned], &[]);
        assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
    }
    assert_eq!((world.ticker().mode, world.ticker().primary_kyc), (Mode::Hooked as u8, 0));
}

#[test]
fn open_ticker_takes_no_accounts_of_another_ticker_or_issuer() {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let other = world.list_another().accounts;
    let other_issuer = world.another_issuer();
    let mint = world.mint();
    let grant = Some(officer.role_grant);
    let announced = world.announce_by(&officer.wallet, grant, Change::OpenMode { mint });
    world.ripen(&announced);
    let mut call = open_ticker(&world, &officer);
    call.accounts.announcement = Some(announced);
    let base = call;
    for (change, expected) in [
        ((|it, other, _| it.mint = other.mint) as Swap, IssuerError::WrongMint),
        (|it, other, _| it.ticker = other.ticker, IssuerError::WrongMint),
        (|it, _, issuer| it.issuer = issuer, IssuerError::WrongIssuer),
    ] {
        let mut call = base.clone();
        change(&mut call.accounts, &other, other_issuer);
        assert_fails(call.send(&mut world.vm, &[&officer.wallet]), expected);
    }
    let mut call = base.clone();
    call.accounts.authority = other.authority;
    assert!(call.send(&mut world.vm, &[&officer.wallet]).is_err());
    assert_eq!(shown(&world).3, "frozen");
    base.send(&mut world.vm, &[&officer.wallet]).unwrap();
}

type Swap = fn(&mut issuer::accounts::OpenTicker, &issuer::accounts::ListTicker, Pubkey);

#[test]
fn set_primary_kyc_begins_at_once_and_ends_after_notice() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    let receipt =
        set_primary_kyc(&world, &officer, true).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let [event] = &receipt.events::<PrimaryKycChanged>()[..] else { panic!("one event") };
    assert_eq!((event.mint, event.required), (world.mint(), true));
    assert_eq!((event.sequence, event.operator), (2, officer.wallet.pubkey()));
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    (mint.accounts.policy, mint.accounts.wallet_record) = (None, None);
    assert_fails(mint.send(&mut world), IssuerError::RegistrationMissing);

    let mut end = set_primary_kyc(&world, &officer, false);
    let missing = end.send(&mut world.vm, &[&officer.wallet]);
    assert_fails(missing, IssuerError::AnnouncementMissing);
    let (change, grant) = (Change::EndPrimaryKyc { mint: world.mint() }, Some(officer.role_grant));
    let announced = world.announce_by(&officer.wallet, grant, change);
    end.accounts.announcement = Some(announced);
    let ready_at = world.announcement(&announced).ready_at;
    world.vm.set_time(ready_at - 1);
    assert_fails(end.send(&mut world.vm, &[&officer.wallet]), IssuerError::TimelockNotPassed);
    assert_eq!(world.ticker().primary_kyc, 1);
    world.vm.set_time(ready_at);
    end.send(&mut world.vm, &[&officer.wallet]).unwrap();
    assert_eq!(world.ticker().primary_kyc, 0);
    AttestMint::new(&mut world, &alice, SHARE).send(&mut world).unwrap();

    let other = world.another_issuer();
    let mut wrong = set_primary_kyc(&world, &officer, true);
    wrong.accounts.issuer = other;
    let outcome = wrong.send(&mut world.vm, &[&officer.wallet]);
    assert_fails(outcome, IssuerError::WrongIssuer);
}

fn idl() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/issuer.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn instructions_with(account: &str) -> Vec<String> {
    let (idl, mut found) = (idl(), vec![]);
    for instruction in idl["instructions"].as_array().unwrap() {
        let accounts = instruction["accounts"].as_array().unwrap();
        if accounts.iter().any(|it| it["name"] == account) {
            found.push(instruction["name"].as_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}

/// The mint's authority signs in these instructions only. Of them, `list_ticker` makes the mint with
/// a fixed hook or none, and `open_ticker` takes the hook away: no argument of any names another
/// hook, authority or default state. One that comes new has to be judged here.
#[test]
fn no_instruction_can_point_hook_or_freeze_authority_elsewhere() {
    let signing = [
        "announce_seizure",
        "attest_mint",
        "cancel_action",
        "cancel_redemption",
        "claim_redemption",
        "execute_seizure",
        "freeze",
        "list_ticker",
        "open_ticker",
        "place_hold",
        "reclaim_redemption",
        "schedule_action",
        "set_ticker_pause",
        "settle_redemption",
        "subscribe_for_cash",
        "sync_transfer_pause",
        "thaw",
        "update_metadata",
    ];
    assert_eq!(instructions_with("authority"), signing);
    let idl = idl();
    let of_types = idl["types"].as_array().unwrap().iter();
    // What an announcement may be about, to the last word.
    let change = of_types.clone().find(|it| it["name"] == "Change").unwrap();
    let variants: Vec<_> = change["type"]["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    let known = [
        "GrantRole",
        "ChangeCustodian",
        "SetTimelock",
        "SetTerms",
        "SetDeskLimit",
        "WithdrawCash",
        "OpenMode",
        "EndPrimaryKyc",
        "SetActionWindow",
    ];
    assert_eq!(variants, known);
    // A mode is an argument of the listing only.
    let with_mode: Vec<_> = of_types
        .filter(|it| {
            let fields = it["type"]["fields"].as_array();
            fields.is_some_and(|fields| fields.iter().any(|field| field["name"] == "mode"))
        })
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(with_mode, ["ListTickerArgs", "Ticker", "TickerListed"]);
}

#[test]
fn hook_and_freeze_authority_stay_the_tickers_own_in_every_mode_and_after() {
    for mode in [Mode::Open, Mode::Frozen, Mode::Hooked] {
        let mut world = World::in_mode(mode);
        let officer = world.officer();
        let own = |world: &World| {
            let account = world.vm.account(&world.mint()).unwrap();
            let freeze = Mint::parse(&account.data).unwrap().freeze_authority();
            assert_eq!((shown(world).1, freeze), (authority(world), authority(world)));
        };
        own(&world);
        if mode != Mode::Open {
            world.open_ticker(&officer).unwrap();
            own(&world);
        }
    }
}
