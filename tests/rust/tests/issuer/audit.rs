//! An audit from outside, as anybody can make it, finds nothing where nothing is wrong, and each thing
//! that is.

use issuer::state::{ShareCount, Ticker};
use scrip_client::{
    Programs,
    accounts::Account as _,
    audit::{Check, Facts, audit, burned_by_holders},
    events::{Event, events},
    issuer::accounts,
};
use scrip_interface::{mint::Mint, pda};
use scrip_tests::{
    build::*,
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A world that has minted, redeemed, kept some in escrow, and split.
fn story() -> World {
    let mut world = World::new();
    let alice = world.holder("alice", 20 * SHARE);
    let requests = [0, 1, 2].map(|id| {
        let request = RequestRedemption::new(&world, &alice.pubkey(), id, 2 * SHARE);
        request.send(&mut world, &alice).unwrap();
        request
    });
    SettleRedemption::new(&mut world, &requests[0], SHARE).send(&mut world).unwrap();
    cancel(&world, &requests[1]).send(&mut world.vm, &[&alice]).unwrap();
    let at = world.vm.now() + 3_600;
    world.schedule(split(2, 1), at);
    world.complete_action().unwrap();
    world
}

fn checks(world: &World) -> Vec<Check> {
    checks_with(world, |events| events)
}

/// What an auditor sees of a world; `seen` may hide or change events.
fn checks_with(world: &World, seen: impl FnOnce(Vec<Event>) -> Vec<Event>) -> Vec<Check> {
    let (programs, mint) = (Programs::default(), world.mint());
    let bytes = |address: &Pubkey| world.vm.account(address).map(|account| account.data);
    let address = world.listed.accounts.ticker;
    let ticker = accounts::Ticker::decode(&bytes(&address).unwrap()).unwrap();
    let told = world.vm.ran.iter().flat_map(|calls| events(calls, &programs));
    let told = seen(told.filter(|event| event.stream() == Some(address)).collect());
    let redemptions = redemptions(world);
    let history = bytes(&pda::history(&issuer::ID, &mint).0);
    let history = history.map(|data| accounts::History::decode(&data).unwrap());
    let burned = world.vm.ran.iter().map(|calls| burned_by_holders(calls, &mint, &issuer::ID));
    let mint_bytes = bytes(&mint).unwrap();
    audit(&Facts {
        now: world.vm.now(),
        ticker: &ticker,
        authority: pda::authority(&issuer::ID, &mint).0,
        delegate: pda::delegate(&issuer::ID, &mint).0,
        mint: Mint::parse(&mint_bytes).unwrap(),
        escrow: Some(world.escrow_balance()),
        redemptions: &redemptions,
        history: history.as_ref(),
        events: &told,
        burned: Some(burned.sum()),
    })
}

fn redemptions(world: &World) -> Vec<accounts::Redemption> {
    let all = world.vm.svm.get_program_accounts(&issuer::ID);
    let all =
        all.iter().filter_map(|(_, account)| accounts::Redemption::decode(&account.data).ok());
    all.filter(|redemption| redemption.mint == world.mint()).collect()
}

fn wrong(checks: &[Check]) -> Vec<&'static str> {
    checks.iter().filter(|check| !check.holds).map(|check| check.name).collect()
}

/// What an auditor finds after somebody changed the ticker's record.
#[track_caller]
fn finds(edit: impl FnOnce(&mut Ticker), names: &[&str]) {
    let mut world = story();
    world.edit_ticker(edit);
    assert_eq!(wrong(&checks(&world)), names);
}

#[test]
fn a_world_where_nothing_is_wrong_adds_up() {
    let mut world = World::new();
    assert_eq!(wrong(&checks(&world)), [] as [&str; 0], "nothing minted yet");
    world = story();
    let checks = checks(&world);
    assert_eq!(wrong(&checks), [] as [&str; 0], "{checks:#?}");
    assert!(checks.len() >= 13, "{checks:#?}");
}

#[test]
fn what_holders_burned_is_accounted_for() {
    let mut world = World::new();
    let alice = world.holder("alice", 20 * SHARE);
    let (mint, owner) = (world.mint(), alice.pubkey());
    let account = token_account(&owner, &mint);
    let token = scrip_interface::mint::TOKEN_2022;
    let burn = spl_token_2022_interface::instruction::burn_checked;
    let burn = burn(&token, &account, &mint, &owner, &[], 3 * SHARE, 8).unwrap();
    world.vm.send(&[burn], &[&alice]).unwrap();
    let checks = checks(&world);
    assert_eq!(wrong(&checks), [] as [&str; 0], "{checks:#?}");
    let supply = checks.iter().find(|check| check.name == "supply").unwrap();
    assert!(supply.detail.contains("3 burned by holders"), "{}", supply.detail);
}

#[test]
fn a_supply_that_was_altered_is_found() {
    for change in [SHARE, SHARE.wrapping_neg()] {
        let mut world = story();
        let mint = world.mint();
        world.vm.edit(&mint, |account| {
            let supply = u64::from_le_bytes(account.data[36..44].try_into().unwrap());
            let altered = supply.wrapping_add(change).to_le_bytes();
            account.data[36..44].copy_from_slice(&altered);
        });
        assert_eq!(wrong(&checks(&world)), ["supply"]);
    }
}

#[test]
fn totals_of_the_ticker_that_were_altered_are_found() {
    // Alike, so that supply and totals agree with each other.
    finds(
        |ticker| {
            ticker.minted += 5;
            ticker.redeemed += 5;
        },
        &["minted", "redeemed"],
    );
    finds(|ticker| ticker.minted += 5, &["minted", "supply"]);
    finds(|ticker| ticker.seized = 1, &["seized"]);
    finds(|ticker| ticker.open_redemptions -= 1, &["open redemptions", "redemption accounts"]);
}

#[test]
fn an_escrow_below_the_open_redemptions_is_found() {
    let mut world = story();
    let escrow = world.listed.accounts.escrow_account;
    let left = world.ticker().open_redemptions - 1;
    world.vm.edit(&escrow, |account| account.data[64..72].copy_from_slice(&left.to_le_bytes()));
    assert_eq!(wrong(&checks(&world)), ["escrow"]);
}

#[test]
fn a_missing_or_altered_event_is_found() {
    let world = story();
    let without = |number: usize| {
        move |mut events: Vec<Event>| {
            events.remove(number);
            events
        }
    };
    // The acknowledgement-free story's fifth event is the settlement.
    let checks = checks_with(&world, without(4));
    assert_eq!(wrong(&checks), ["event stream", "redeemed", "open redemptions"]);
    assert_eq!(checks[0].detail, "event 5 is missing");

    let altered = checks_with(&world, |mut events| {
        *events[1].bytes.last_mut().unwrap() ^= 1;
        events
    });
    assert_eq!(wrong(&altered), ["event stream"]);
    finds(|ticker| ticker.stream.hash[0] ^= 1, &["event stream"]);
    finds(|ticker| ticker.stream.sequence += 1, &["event stream"]);
}

#[test]
fn reserves_below_the_supply_are_found() {
    let few = ShareCount::from(u128::from(SHARE));
    finds(|ticker| ticker.reserves.settled = few, &["reserves"]);
}

#[test]
fn reserves_other_than_announced_are_found() {
    let mut world = World::new();
    world.holder("alice", 20 * SHARE);
    assert_eq!(wrong(&checks(&world)), [] as [&str; 0]);
    let more = ShareCount::from(SETTLED_E8 + 1);
    world.edit_ticker(|ticker| ticker.reserves.settled = more);
    assert_eq!(wrong(&checks(&world)), ["reserve snapshot"]);
    world.edit_ticker(|ticker| ticker.reserves = Default::default());
    assert_eq!(wrong(&checks(&world)), ["reserves", "reserve snapshot"]);
}

#[test]
fn a_multiplier_that_no_action_set_is_found() {
    let mut world = story();
    world.set_multipliers(2.0, 0, 2.5);
    assert_eq!(wrong(&checks(&world)), ["multiplier", "multiplier history"]);
}

#[test]
fn a_mint_authority_of_another_is_found() {
    let mut world = story();
    let mint = world.mint();
    world.vm.edit(&mint, |account| account.data[4] ^= 1);
    assert_eq!(wrong(&checks(&world)), ["authorities"]);
}
