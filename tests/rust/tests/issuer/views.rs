//! Questions answered in return data. What the answer says is what the instruction then does.

use gate::state::{Policy, Wallet};
use issuer::{
    error::IssuerError,
    instructions::Preflight,
    state::{Issuer, pause},
};
use scrip_interface::{
    gate::{Kind, Status},
    issuer::Mode,
    mint::TOKEN_2022,
    preflight,
};
use scrip_tests::{
    build::{
        AttestMint, RequestRedemption, Stablecoin, TERMS, can_mint, can_redeem, gate_records,
        hourly, open_owner_limits,
    },
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::instruction as token;
use std::mem::offset_of;

/// The reasons against a mint to this owner.
fn mint_reasons(world: &World, owner: &Pubkey, amount: u64) -> u32 {
    let answer: Preflight = can_mint(world, owner, amount).answer(&world.vm);
    assert_eq!(answer.version, 1);
    answer.reasons
}

fn redeem_reasons(world: &World, owner: &Pubkey, id: u64, amount: u64) -> u32 {
    let answer: Preflight = can_redeem(world, owner, id, amount).answer(&world.vm);
    assert_eq!(answer.version, 1);
    answer.reasons
}

/// A ticker that was minted from, so that it has a statement of reserves: 1,000 shares.
fn scene() -> (World, Pubkey) {
    let mut world = World::new();
    let alice = world.holder("alice", 10 * SHARE).pubkey();
    (world, alice)
}

fn pause_issuer(world: &mut World, bits: u8) {
    let issuer = world.listed.accounts.issuer;
    let at = 8 + offset_of!(Issuer, pauses);
    world.vm.edit(&issuer, |account| account.data[at] = bits);
}

#[test]
fn can_mint_sees_no_reason_where_a_mint_lands() {
    let (mut world, alice) = scene();
    assert_eq!(mint_reasons(&world, &alice, 990 * SHARE), 0);
    AttestMint::new(&mut world, &alice, 990 * SHARE).send(&mut world).unwrap();
}

#[test]
fn can_mint_names_pauses_of_ticker_and_issuer() {
    let (mut world, alice) = scene();
    for (bit, reason) in [
        (pause::MINT, preflight::MINT_PAUSED),
        (pause::TRANSFER, preflight::TRANSFER_PAUSED),
        // These stop no mint.
        (pause::REDEEM_REQUEST | pause::CASH, 0),
    ] {
        world.edit_ticker(|ticker| ticker.pauses = bit);
        assert_eq!(mint_reasons(&world, &alice, SHARE), reason);
        world.edit_ticker(|ticker| ticker.pauses = 0);
        pause_issuer(&mut world, bit);
        assert_eq!(mint_reasons(&world, &alice, SHARE), reason);
        pause_issuer(&mut world, 0);
    }
}

/// The mint's own pause counts even while no record says so.
#[test]
fn can_mint_and_can_redeem_see_the_mints_own_pause() {
    let (mut world, alice) = scene();
    pause_mint(&mut world);
    assert_eq!(mint_reasons(&world, &alice, SHARE), preflight::TRANSFER_PAUSED);
    assert_eq!(redeem_reasons(&world, &alice, 0, SHARE), preflight::TRANSFER_PAUSED);
}

fn pause_mint(world: &mut World) {
    use spl_token_2022_interface::{
        extension::{BaseStateWithExtensionsMut, StateWithExtensionsMut, pausable::PausableConfig},
        state::Mint,
    };
    let mint = world.mint();
    world.vm.edit(&mint, |account| {
        let mut state = StateWithExtensionsMut::<Mint>::unpack(&mut account.data).unwrap();
        state.get_extension_mut::<PausableConfig>().unwrap().paused = true.into();
    });
}

#[test]
fn can_mint_names_an_amount_of_nothing() {
    let (world, alice) = scene();
    assert_eq!(mint_reasons(&world, &alice, 0), preflight::AMOUNT_ZERO);
}

#[test]
fn can_mint_names_a_stale_statement_from_its_second_on() {
    let (mut world, alice) = scene();
    let last = world.ticker().reserves.as_of + i64::from(TERMS.max_statement_age_secs);
    world.vm.set_time(last);
    assert_eq!(mint_reasons(&world, &alice, SHARE), 0);
    world.vm.set_time(last + 1);
    assert_eq!(mint_reasons(&world, &alice, SHARE), preflight::STATEMENT_STALE);
}

#[test]
fn can_mint_names_reserves_that_do_not_cover() {
    let (mut world, alice) = scene();
    let short = preflight::RESERVES_INSUFFICIENT;
    assert_eq!(mint_reasons(&world, &alice, 990 * SHARE + 1), short);
    assert_eq!(mint_reasons(&world, &alice, u64::MAX), short);
    // Under a multiplier that is still to come as well.
    let effective_at = world.vm.now() + 1_000;
    world.set_multipliers(1.0, effective_at, 2.0);
    assert_eq!(mint_reasons(&world, &alice, 490 * SHARE), 0);
    assert_eq!(mint_reasons(&world, &alice, 490 * SHARE + 1), short);
}

#[test]
fn can_mint_of_a_ticker_nobody_attested_names_all_that_is_missing() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let missing = preflight::STATEMENT_STALE | preflight::RESERVES_INSUFFICIENT;
    assert_eq!(mint_reasons(&world, &alice, SHARE), missing);
}

#[test]
fn can_mint_names_the_tickers_limit_and_asks_nothing_of_it() {
    let (mut world, alice) = scene();
    world.edit_ticker(|ticker| ticker.mint_limit = hourly(10 * SHARE).into());
    assert_eq!(mint_reasons(&world, &alice, 10 * SHARE + 1), preflight::TICKER_LIMIT);
    // A question fills no bucket.
    for _ in 0..3 {
        assert_eq!(mint_reasons(&world, &alice, 10 * SHARE), 0);
    }
    AttestMint::new(&mut world, &alice, 10 * SHARE).send(&mut world).unwrap();
    assert_eq!(mint_reasons(&world, &alice, SHARE), preflight::TICKER_LIMIT);
    let drained = world.vm.now() + 360;
    world.vm.set_time(drained - 1);
    assert_eq!(mint_reasons(&world, &alice, SHARE), preflight::TICKER_LIMIT);
    world.vm.set_time(drained);
    assert_eq!(mint_reasons(&world, &alice, SHARE), 0);
}

#[test]
fn can_mint_names_the_owners_limit_and_a_record_that_is_not_open() {
    let (mut world, alice) = scene();
    world.edit_ticker(|ticker| ticker.owner_mint_limit = hourly(10 * SHARE).into());
    assert_eq!(mint_reasons(&world, &alice, SHARE), preflight::OWNER_LIMITS_MISSING);
    let limits = Some(world.open_limits(&alice));
    let reasons = |world: &World, amount| {
        let mut ask = can_mint(world, &alice, amount);
        ask.accounts.owner_limits = limits;
        ask.answer::<Preflight>(&world.vm).reasons
    };
    assert_eq!(reasons(&world, 10 * SHARE), 0);
    assert_eq!(reasons(&world, 10 * SHARE + 1), preflight::OWNER_LIMIT);
    let mut mint = AttestMint::new(&mut world, &alice, 10 * SHARE);
    mint.accounts.owner_limits = limits;
    mint.send(&mut world).unwrap();
    assert_eq!(reasons(&world, 1), preflight::OWNER_LIMIT);
}

#[test]
fn can_mint_gathers_all_reasons() {
    let (mut world, alice) = scene();
    world.edit_ticker(|ticker| {
        ticker.pauses = pause::ALL;
        ticker.mint_limit = hourly(1).into();
        ticker.owner_mint_limit = hourly(1).into();
        ticker.reserves = Default::default();
    });
    let all = preflight::MINT_PAUSED
        | preflight::TRANSFER_PAUSED
        | preflight::STATEMENT_STALE
        | preflight::RESERVES_INSUFFICIENT
        | preflight::TICKER_LIMIT
        | preflight::OWNER_LIMITS_MISSING;
    assert_eq!(mint_reasons(&world, &alice, SHARE), all);
}

/// A wrong account is no condition of business.
#[test]
fn can_mint_rejects_accounts_of_something_else() {
    let (mut world, alice) = scene();
    let bob = key("bob").pubkey();
    open_owner_limits(&world, &bob).send(&mut world.vm, &[]).unwrap();
    let another = world.list_another().accounts;
    let ask = |world: &World| can_mint(world, &alice, SHARE);
    let mut wrong = ask(&world);
    wrong.accounts.mint = another.mint;
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongMint);
    let mut wrong = ask(&world);
    wrong.accounts.issuer = world.another_issuer();
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongIssuer);
    let mut wrong = ask(&world);
    wrong.accounts.owner_limits = Some(open_owner_limits(&world, &bob).accounts.owner_limits);
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongOwner);
}

/// Both questions about the owner, with these accounts of the gate.
fn registration_reasons(
    world: &World,
    owner: &Pubkey,
    policy: Option<Pubkey>,
    record: Option<Pubkey>,
) -> [u32; 2] {
    let mut mint = can_mint(world, owner, SHARE);
    (mint.accounts.policy, mint.accounts.wallet_record) = (policy, record);
    let mut redeem = can_redeem(world, owner, 0, SHARE);
    (redeem.accounts.policy, redeem.accounts.wallet_record) = (policy, record);
    [mint.answer::<Preflight>(&world.vm).reasons, redeem.answer::<Preflight>(&world.vm).reasons]
}

#[test]
fn can_mint_and_can_redeem_say_what_the_gate_has_against_the_owner() {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", 10 * SHARE).pubkey();
    let (policy, record) = world.registration_of(&alice);
    let ask = |world: &World| registration_reasons(world, &alice, policy, record);
    assert_eq!(ask(&world), [0; 2]);
    type Spoil = (fn(&mut Policy, &mut Wallet), u32);
    let spoils: [Spoil; 8] = [
        (|policy, _| policy.paused = 1, preflight::POLICY_PAUSED),
        (|_, wallet| wallet.status = Status::Barred as u8, preflight::REVOKED),
        (|_, wallet| wallet.expires_at = 1, preflight::EXPIRED),
        (|_, wallet| wallet.country += 1, preflight::COUNTRY_NOT_ALLOWED),
        (|_, wallet| wallet.tier -= 1, preflight::TIER_TOO_LOW),
        (|_, wallet| wallet.provider += 1, preflight::PROVIDER_NOT_ACCEPTED),
        (
            |policy, wallet| (policy.flags, wallet.kind) = (0, Kind::Venue as u8),
            preflight::VENUE_NOT_ALLOWED,
        ),
        (
            |policy, wallet| (policy.paused, policy.min_tier, wallet.status) = (1, 9, 2),
            preflight::POLICY_PAUSED | preflight::TIER_TOO_LOW | preflight::REVOKED,
        ),
    ];
    for (spoil, reason) in spoils {
        let mut paper = gate_records::policy(&world.mint(), &world.issuer());
        let mut wallet = gate_records::wallet(&world.issuer(), &alice, world.vm.now());
        spoil(&mut paper, &mut wallet);
        gate_records::place_policy(&mut world.vm, &paper);
        gate_records::place_wallet(&mut world.vm, &wallet);
        assert_eq!(ask(&world), [reason; 2]);
    }
    world.edit_policy(|policy| (policy.paused, policy.min_tier) = (0, 0));
    gate_records::remove(&mut world.vm, &record.unwrap());
    assert_eq!(ask(&world), [preflight::NOT_REGISTERED; 2]);
    gate_records::remove(&mut world.vm, &policy.unwrap());
    assert_eq!(ask(&world), [preflight::POLICY_MISSING; 2]);
    for (policy, record) in [(None, None), (policy, None), (None, record)] {
        let missing = registration_reasons(&world, &alice, policy, record);
        assert_eq!(missing, [preflight::REGISTRATION_MISSING; 2]);
    }
    // Of an open ticker nothing is asked, whatever is given.
    world.edit_ticker(|ticker| ticker.mode = Mode::Open as u8);
    assert_eq!(registration_reasons(&world, &alice, None, record), [0; 2]);
}

/// Another owner's record is no answer about this one.
#[test]
fn can_mint_and_can_redeem_reject_records_of_somebody_else() {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", 10 * SHARE).pubkey();
    let bob = key("bob").pubkey();
    world.register(&bob);
    let of_bob = Some(world.record_of(&bob));
    let mut mint = can_mint(&world, &alice, SHARE);
    mint.accounts.wallet_record = of_bob;
    assert_fails(mint.send(&mut world.vm, &[]), IssuerError::WrongOwner);
    let mut redeem = can_redeem(&world, &alice, 0, SHARE);
    redeem.accounts.wallet_record = of_bob;
    assert_fails(redeem.send(&mut world.vm, &[]), IssuerError::WrongOwner);
    redeem.accounts.wallet_record = Some(bob);
    assert_fails(redeem.send(&mut world.vm, &[]), IssuerError::WrongWalletRecord);
}

#[test]
fn can_redeem_sees_no_reason_where_a_request_lands() {
    let mut world = World::new();
    let alice = world.holder("alice", 10 * SHARE);
    let owner = alice.pubkey();
    world.edit_ticker(|ticker| ticker.min_redemption = 10 * SHARE);
    assert_eq!(redeem_reasons(&world, &owner, 7, 10 * SHARE), 0);
    RequestRedemption::new(&world, &owner, 7, 10 * SHARE).send(&mut world, &alice).unwrap();
}

#[test]
fn can_redeem_names_pauses_of_ticker_and_issuer() {
    let (mut world, alice) = scene();
    for (bit, reason) in [
        (pause::REDEEM_REQUEST, preflight::REDEEM_REQUEST_PAUSED),
        (pause::TRANSFER, preflight::TRANSFER_PAUSED),
        (pause::MINT | pause::CASH, 0),
    ] {
        world.edit_ticker(|ticker| ticker.pauses = bit);
        assert_eq!(redeem_reasons(&world, &alice, 0, SHARE), reason);
        world.edit_ticker(|ticker| ticker.pauses = 0);
        pause_issuer(&mut world, bit);
        assert_eq!(redeem_reasons(&world, &alice, 0, SHARE), reason);
        pause_issuer(&mut world, 0);
    }
}

#[test]
fn can_redeem_names_an_amount_that_is_too_small_or_too_large() {
    let (mut world, alice) = scene();
    assert_eq!(redeem_reasons(&world, &alice, 0, 0), preflight::AMOUNT_ZERO);
    assert_eq!(redeem_reasons(&world, &alice, 0, 10 * SHARE + 1), preflight::BALANCE_TOO_LOW);
    world.edit_ticker(|ticker| ticker.min_redemption = SHARE);
    assert_eq!(redeem_reasons(&world, &alice, 0, SHARE), 0);
    assert_eq!(redeem_reasons(&world, &alice, 0, SHARE - 1), preflight::BELOW_MINIMUM);
    let both = preflight::AMOUNT_ZERO | preflight::BELOW_MINIMUM;
    assert_eq!(redeem_reasons(&world, &alice, 0, 0), both);
}

#[test]
fn can_redeem_names_an_id_that_is_taken_or_is_none() {
    let mut world = World::new();
    let alice = world.holder("alice", 10 * SHARE);
    let owner = alice.pubkey();
    RequestRedemption::new(&world, &owner, 3, SHARE).send(&mut world, &alice).unwrap();
    let taken = preflight::REDEMPTION_ID_TAKEN;
    assert_eq!(redeem_reasons(&world, &owner, 3, SHARE), taken);
    assert_eq!(redeem_reasons(&world, &owner, 8, SHARE), taken);
    assert_eq!(redeem_reasons(&world, &owner, u64::MAX, SHARE), taken);
    assert_eq!(redeem_reasons(&world, &owner, 4, SHARE), 0);
    // Lamports sent ahead take nothing.
    let free = can_redeem(&world, &owner, 4, SHARE).accounts.redemption;
    world.vm.svm.airdrop(&free, 1_000_000).unwrap();
    assert_eq!(redeem_reasons(&world, &owner, 4, SHARE), 0);
}

#[test]
fn can_redeem_names_a_frozen_account() {
    let (mut world, alice) = scene();
    let account = can_redeem(&world, &alice, 0, SHARE).accounts.source;
    // State 2: frozen.
    world.vm.edit(&account, |account| account.data[108] = 2);
    assert_eq!(redeem_reasons(&world, &alice, 0, SHARE), preflight::ACCOUNT_FROZEN);
}

#[test]
fn can_redeem_names_what_is_no_account_of_the_owners_shares() {
    let (mut world, alice) = scene();
    let bob = world.holder("bob", SHARE).pubkey();
    let dollar = Stablecoin::classic(&mut world.vm, "dollar");
    let euro = Stablecoin::token_2022(&mut world.vm, "euro", &[], |_| vec![]);
    let bobs = can_redeem(&world, &bob, 0, SHARE).accounts.source;
    let wrong = [
        // Another's, another mint's of either program, a wallet, nothing at all, no token account.
        bobs,
        dollar.open_account(&mut world.vm, &alice),
        euro.open_account(&mut world.vm, &alice),
        world.vm.payer.pubkey(),
        key("nowhere").pubkey(),
        world.listed.accounts.ticker,
        world.mint(),
    ];
    for source in wrong {
        let mut ask = can_redeem(&world, &alice, 0, SHARE);
        ask.accounts.source = source;
        let answer: Preflight = ask.answer(&world.vm);
        assert_eq!(answer.reasons, preflight::ACCOUNT_INVALID);
    }
    // Whoever may spend them is not who owns them.
    let approve = token::approve(&TOKEN_2022, &bobs, &alice, &bob, &[], SHARE).unwrap();
    world.vm.send(&[approve], &[&key("bob")]).unwrap();
    let mut ask = can_redeem(&world, &alice, 0, SHARE);
    ask.accounts.source = bobs;
    assert_eq!(ask.answer::<Preflight>(&world.vm).reasons, preflight::ACCOUNT_INVALID);
}

#[test]
fn can_redeem_rejects_accounts_of_something_else() {
    let (mut world, alice) = scene();
    let another = world.list_another().accounts;
    let mut wrong = can_redeem(&world, &alice, 0, SHARE);
    wrong.accounts.redemption = can_redeem(&world, &alice, 1, SHARE).accounts.redemption;
    let code = anchor_lang::error::ErrorCode::ConstraintSeeds.into();
    assert_fails_with(wrong.send(&mut world.vm, &[]), code);
    let mut wrong = can_redeem(&world, &alice, 0, SHARE);
    wrong.accounts.mint = another.mint;
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongMint);
    let mut wrong = can_redeem(&world, &alice, 0, SHARE);
    wrong.accounts.issuer = world.another_issuer();
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongIssuer);
}
