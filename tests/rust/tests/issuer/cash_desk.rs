//! A cash desk: opened for a mint that may be cash, funded, limited, and emptied by a role that
//! announced it.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{CashDeskFunded, CashDeskOpened, CashWithdrawn, DeskLimitChanged},
    state::{Change, Limit, role},
};
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{
    build::{
        DOLLAR, Desk, FUNDS, OUTFLOW, Stablecoin, TOKEN, coin_balance, fund_cash_desk,
        open_cash_desk, set_desk_limit, withdraw_cash,
    },
    vm::{assert_fails, assert_fails_with, key},
    world::World,
};
use solana_instruction_error::InstructionError;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;

/// Token and Token-2022: the balance does not suffice.
const INSUFFICIENT_FUNDS: u32 = 1;
const OWNER_MISMATCH: u32 = 4;

#[test]
fn open_cash_desk_allows_a_coin_of_either_token_program() {
    for program in [TOKEN, TOKEN_2022] {
        let mut world = World::new();
        let coin = if program == TOKEN {
            Stablecoin::classic(&mut world.vm, "dollar")
        } else {
            Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![])
        };
        let open = open_cash_desk(&world, &coin, OUTFLOW);
        let admin = world.admin.insecure_clone();
        let receipt = open.send(&mut world.vm, &[&admin]).unwrap();

        let desk: issuer::state::CashDesk = world.vm.state(&open.accounts.desk);
        assert_eq!((desk.issuer, desk.cash_mint), (open.accounts.issuer, coin.mint));
        assert_eq!((desk.vault, desk.token_program), (open.accounts.vault, program));
        assert_eq!((desk.decimals, Limit::from(desk.outflow)), (6, OUTFLOW));
        assert_eq!(coin.balance(&world.vm, &open.accounts.desk), 0);
        let [event] = &receipt.events::<CashDeskOpened>()[..] else { panic!("one event") };
        assert_eq!((event.desk, event.cash_mint), (open.accounts.desk, coin.mint));
        assert_eq!((event.sequence, event.outflow), (5, OUTFLOW));
    }
}

#[test]
fn open_cash_desk_is_not_stopped_by_what_a_stranger_made_first() {
    let mut world = World::new();
    let coin = Stablecoin::classic(&mut world.vm, "dollar");
    let open = open_cash_desk(&world, &coin, OUTFLOW);
    coin.give(&mut world.vm, &open.accounts.desk, 5 * DOLLAR);
    world.vm.svm.airdrop(&open.accounts.desk, 1_000_000).unwrap();
    let admin = world.admin.insecure_clone();
    open.send(&mut world.vm, &[&admin]).unwrap();
    assert_eq!(coin_balance(&world.vm, &open.accounts.vault), 5 * DOLLAR);
}

#[test]
fn open_cash_desk_opens_one_desk_per_coin() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let again = open_cash_desk(&world, &desk.coin, Limit { capacity: u64::MAX, window_secs: 1 });
    let admin = world.admin.insecure_clone();
    // The system program: the account is in use already.
    assert_fails_with(again.send(&mut world.vm, &[&admin]), 0);
    assert_eq!(Limit::from(desk.state(&world).outflow), OUTFLOW);
}

#[test]
fn open_cash_desk_rejects_who_is_not_the_admin() {
    let mut world = World::new();
    let coin = Stablecoin::classic(&mut world.vm, "dollar");
    let thief = key("thief");
    // Not even a treasurer: a desk allows a new kind of cash.
    world.grant(&thief.pubkey(), role::ALL);
    let mut open = open_cash_desk(&world, &coin, OUTFLOW);
    open.accounts.admin = thief.pubkey();
    assert_fails(open.send(&mut world.vm, &[&thief]), IssuerError::NotAdmin);
    assert!(world.vm.account(&open.accounts.desk).is_none());
}

#[test]
fn open_cash_desk_rejects_a_desk_that_could_be_emptied_at_once() {
    let mut world = World::new();
    let coin = Stablecoin::classic(&mut world.vm, "dollar");
    let open = open_cash_desk(&world, &coin, Limit { capacity: u64::MAX, window_secs: 0 });
    let admin = world.admin.insecure_clone();
    assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::DeskLimitInvalid);
}

#[test]
fn open_cash_desk_rejects_a_token_program_that_is_not_the_coins() {
    let mut world = World::new();
    let coin = Stablecoin::classic(&mut world.vm, "dollar");
    let admin = world.admin.insecure_clone();
    for wrong in [TOKEN_2022, issuer::ID] {
        let mut open = open_cash_desk(&world, &coin, OUTFLOW);
        open.accounts.cash_token_program = wrong;
        assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::WrongCashProgram);
    }
}

#[test]
fn open_cash_desk_rejects_a_vault_of_somebody_else() {
    let mut world = World::new();
    let coin = Stablecoin::classic(&mut world.vm, "dollar");
    let thief = key("thief").pubkey();
    let mut open = open_cash_desk(&world, &coin, OUTFLOW);
    open.accounts.vault = coin.open_account(&mut world.vm, &thief);
    let admin = world.admin.insecure_clone();
    let failure = open.send(&mut world.vm, &[&admin]).unwrap_err();
    // The call for the vault names the desk's own, which is not among the accounts.
    let missing = TransactionError::InstructionError(0, InstructionError::MissingAccount);
    assert_eq!(failure.error, missing);
    assert!(world.vm.account(&open.accounts.desk).is_none());
}

#[test]
fn fund_cash_desk_moves_the_funders_coins_into_the_vault() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let bob = key("bob");
    desk.coin.give(&mut world.vm, &bob.pubkey(), 30 * DOLLAR);
    let fund = fund_cash_desk(&desk, &bob.pubkey(), 20 * DOLLAR);
    let receipt = fund.send(&mut world.vm, &[&bob]).unwrap();

    assert_eq!(desk.coin.balance(&world.vm, &bob.pubkey()), 10 * DOLLAR);
    assert_eq!(desk.vault_balance(&world), FUNDS + 20 * DOLLAR);
    let [event] = &receipt.events::<CashDeskFunded>()[..] else { panic!("one event") };
    assert_eq!((event.desk, event.funder), (desk.address, bob.pubkey()));
    assert_eq!((event.amount, event.vault_balance), (20 * DOLLAR, FUNDS + 20 * DOLLAR));

    let too_much = fund_cash_desk(&desk, &bob.pubkey(), 11 * DOLLAR);
    assert_fails_with(too_much.send(&mut world.vm, &[&bob]), INSUFFICIENT_FUNDS);
    let nothing = fund_cash_desk(&desk, &bob.pubkey(), 0);
    assert_fails(nothing.send(&mut world.vm, &[&bob]), IssuerError::AmountZero);
}

#[test]
fn fund_cash_desk_rejects_accounts_of_another_desk() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let euro = Stablecoin::classic(&mut world.vm, "euro");
    let bob = key("bob");
    desk.coin.give(&mut world.vm, &bob.pubkey(), DOLLAR);
    let fund = fund_cash_desk(&desk, &bob.pubkey(), DOLLAR);

    let mut wrong = fund.clone();
    wrong.accounts.cash_mint = euro.mint;
    assert_fails(wrong.send(&mut world.vm, &[&bob]), IssuerError::WrongCashDesk);
    let mut wrong = fund.clone();
    wrong.accounts.vault = desk.coin.account(&key("sponsor").pubkey());
    assert_fails(wrong.send(&mut world.vm, &[&bob]), IssuerError::WrongCashDesk);
    let mut wrong = fund.clone();
    wrong.accounts.issuer = world.another_issuer();
    assert_fails(wrong.send(&mut world.vm, &[&bob]), IssuerError::WrongIssuer);
    let mut wrong = fund.clone();
    wrong.accounts.cash_token_program = TOKEN_2022;
    assert_fails(wrong.send(&mut world.vm, &[&bob]), IssuerError::WrongCashProgram);
    // Somebody else's coins.
    let mut wrong = fund;
    wrong.accounts.source = desk.vault;
    assert_fails_with(wrong.send(&mut world.vm, &[&bob]), OWNER_MISMATCH);
    assert_eq!(desk.vault_balance(&world), FUNDS);
}

#[test]
fn set_desk_limit_tightens_at_once_and_loosens_once_announced() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let admin = world.admin.insecure_clone();
    let tight = Limit { capacity: OUTFLOW.capacity / 2, ..OUTFLOW };
    let receipt = set_desk_limit(&world, &desk, tight).send(&mut world.vm, &[&admin]).unwrap();
    let [event] = &receipt.events::<DeskLimitChanged>()[..] else { panic!("one event") };
    assert_eq!((event.desk, event.outflow), (desk.address, tight));

    // Back to where it was, or the same burst refilled faster: both are looser.
    for looser in [OUTFLOW, Limit { window_secs: OUTFLOW.window_secs - 1, ..tight }] {
        let mut set = set_desk_limit(&world, &desk, looser);
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMissing);
        let change = Change::SetDeskLimit { desk: desk.address, outflow: looser };
        let announced = world.announce(change);
        set.accounts.announcement = Some(announced);
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::TimelockNotPassed);
        assert_eq!(Limit::from(desk.state(&world).outflow), tight);
        world.ripen(&announced);
        set.send(&mut world.vm, &[&admin]).unwrap();
        assert_eq!(Limit::from(desk.state(&world).outflow), looser);
        set_desk_limit(&world, &desk, tight).send(&mut world.vm, &[&admin]).unwrap();
        // Once.
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementUsed);
    }
}

#[test]
fn set_desk_limit_rejects_no_limit_another_desks_announcement_and_strangers() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let admin = world.admin.insecure_clone();
    let none = set_desk_limit(&world, &desk, Limit { capacity: 0, window_secs: 0 });
    assert_fails(none.send(&mut world.vm, &[&admin]), IssuerError::DeskLimitInvalid);

    let looser = Limit { capacity: OUTFLOW.capacity + 1, ..OUTFLOW };
    for change in [
        Change::SetDeskLimit { desk: key("another desk").pubkey(), outflow: looser },
        Change::SetDeskLimit { desk: desk.address, outflow: OUTFLOW },
    ] {
        let announced = world.announce(change);
        world.ripen(&announced);
        let mut set = set_desk_limit(&world, &desk, looser);
        set.accounts.announcement = Some(announced);
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMismatch);
    }

    let mut set = set_desk_limit(&world, &desk, OUTFLOW);
    set.accounts.admin = desk.operator.pubkey();
    assert_fails(set.send(&mut world.vm, &[&desk.operator]), IssuerError::NotAdmin);
    let mut set = set_desk_limit(&world, &desk, OUTFLOW);
    set.accounts.issuer = world.another_issuer();
    assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::WrongIssuer);
}

/// An announced withdrawal of `amount` to the bank's account.
fn announced(world: &mut World, desk: &Desk, amount: u64) -> (Pubkey, Pubkey) {
    let bank = key("bank").pubkey();
    let destination = desk.coin.open_account(&mut world.vm, &bank);
    let change = Change::WithdrawCash { desk: desk.address, destination, amount };
    let announcement = world.announce_by(&desk.operator, Some(desk.role_grant), change);
    (destination, announcement)
}

#[test]
fn withdraw_cash_pays_out_what_was_announced_once_the_timelock_has_passed() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let amount = FUNDS - DOLLAR;
    let (destination, announcement) = announced(&mut world, &desk, amount);
    let withdraw = withdraw_cash(&desk, &destination, amount, Some(announcement));
    let ready_at = world.announcement(&announcement).ready_at;
    world.vm.set_time(ready_at - 1);
    let early = withdraw.send(&mut world.vm, &[&desk.operator]);
    assert_fails(early, IssuerError::TimelockNotPassed);
    assert_eq!(desk.vault_balance(&world), FUNDS);

    world.vm.set_time(ready_at);
    let receipt = withdraw.send(&mut world.vm, &[&desk.operator]).unwrap();
    assert_eq!(coin_balance(&world.vm, &destination), amount);
    assert_eq!(desk.vault_balance(&world), DOLLAR);
    let [event] = &receipt.events::<CashWithdrawn>()[..] else { panic!("one event") };
    assert_eq!((event.desk, event.destination), (desk.address, destination));
    assert_eq!((event.amount, event.vault_balance), (amount, DOLLAR));

    let again = withdraw.send(&mut world.vm, &[&desk.operator]);
    assert_fails(again, IssuerError::AnnouncementUsed);
}

#[test]
fn withdraw_cash_waits_no_longer_than_an_announcement_lives() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let (destination, announcement) = announced(&mut world, &desk, DOLLAR);
    let withdraw = withdraw_cash(&desk, &destination, DOLLAR, Some(announcement));
    let expires_at = world.announcement(&announcement).expires_at;
    world.vm.set_time(expires_at);
    let late = withdraw.send(&mut world.vm, &[&desk.operator]);
    assert_fails(late, IssuerError::AnnouncementExpired);
    world.vm.set_time(expires_at - 1);
    withdraw.send(&mut world.vm, &[&desk.operator]).unwrap();
}

#[test]
fn withdraw_cash_rejects_anything_but_what_was_announced() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let (destination, announcement) = announced(&mut world, &desk, DOLLAR);
    world.ripen(&announcement);
    let thief = desk.coin.open_account(&mut world.vm, &key("thief").pubkey());
    let operator = &[&desk.operator];

    let more = withdraw_cash(&desk, &destination, DOLLAR + 1, Some(announcement));
    assert_fails(more.send(&mut world.vm, operator), IssuerError::AnnouncementMismatch);
    let elsewhere = withdraw_cash(&desk, &thief, DOLLAR, Some(announcement));
    assert_fails(elsewhere.send(&mut world.vm, operator), IssuerError::AnnouncementMismatch);
    let unannounced = withdraw_cash(&desk, &destination, DOLLAR, None);
    assert_fails(unannounced.send(&mut world.vm, operator), IssuerError::AnnouncementMissing);
    let nothing = withdraw_cash(&desk, &destination, 0, Some(announcement));
    assert_fails(nothing.send(&mut world.vm, operator), IssuerError::AmountZero);
    assert_eq!(desk.vault_balance(&world), FUNDS);
}

#[test]
fn withdraw_cash_needs_the_cash_role_while_it_lasts() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let (destination, announcement) = announced(&mut world, &desk, DOLLAR);
    world.ripen(&announcement);
    let withdraw = withdraw_cash(&desk, &destination, DOLLAR, Some(announcement));

    // The admin has no CASH role by itself, and nobody has another's.
    let admin = world.admin.insecure_clone();
    for grant in [None, Some(desk.role_grant)] {
        let mut theirs = withdraw.clone();
        theirs.accounts.operator = admin.pubkey();
        theirs.accounts.role_grant = grant;
        assert_fails(theirs.send(&mut world.vm, &[&admin]), IssuerError::PowerMissing);
    }
    // Every role but that one.
    let officer = key("officer");
    let mut theirs = withdraw.clone();
    theirs.accounts.operator = officer.pubkey();
    theirs.accounts.role_grant = Some(world.grant(&officer.pubkey(), role::ALL & !role::CASH));
    assert_fails(theirs.send(&mut world.vm, &[&officer]), IssuerError::PowerMissing);

    let grant: issuer::state::RoleGrant = world.vm.state(&desk.role_grant);
    let expires_at = grant.expires_at;
    world.vm.edit(&announcement, |account| {
        // Ripe for longer than any role: only the role can be what stops it.
        let at = 8 + 1 + 1 + 32 + 8 + 32 + 32 + 8;
        account.data[at..at + 8].copy_from_slice(&i64::MAX.to_le_bytes());
    });
    world.vm.set_time(expires_at);
    let late = withdraw.send(&mut world.vm, &[&desk.operator]);
    assert_fails(late, IssuerError::RoleGrantExpired);
    world.vm.set_time(expires_at - 1);
    withdraw.send(&mut world.vm, &[&desk.operator]).unwrap();
}

#[test]
fn withdraw_cash_rejects_accounts_of_another_desk_or_issuer() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let euro = Stablecoin::classic(&mut world.vm, "euro");
    let (destination, announcement) = announced(&mut world, &desk, DOLLAR);
    world.ripen(&announcement);
    let withdraw = withdraw_cash(&desk, &destination, DOLLAR, Some(announcement));
    let operator = &[&desk.operator];

    let mut wrong = withdraw.clone();
    wrong.accounts.cash_mint = euro.mint;
    assert_fails(wrong.send(&mut world.vm, operator), IssuerError::WrongCashDesk);
    let mut wrong = withdraw.clone();
    wrong.accounts.vault = destination;
    assert_fails(wrong.send(&mut world.vm, operator), IssuerError::WrongCashDesk);
    let mut wrong = withdraw.clone();
    wrong.accounts.issuer = world.another_issuer();
    assert_fails(wrong.send(&mut world.vm, operator), IssuerError::WrongIssuer);
    let mut wrong = withdraw.clone();
    wrong.accounts.cash_token_program = TOKEN_2022;
    assert_fails(wrong.send(&mut world.vm, operator), IssuerError::WrongCashProgram);
    // One of ours of another kind in the desk's place.
    let mut wrong = withdraw;
    wrong.accounts.desk = world.listed.accounts.ticker;
    let code = ErrorCode::AccountDiscriminatorMismatch.into();
    assert_fails_with(wrong.send(&mut world.vm, operator), code);
}

#[test]
fn withdraw_cash_rejects_more_than_the_vault_holds() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let (destination, announcement) = announced(&mut world, &desk, FUNDS + 1);
    world.ripen(&announcement);
    let withdraw = withdraw_cash(&desk, &destination, FUNDS + 1, Some(announcement));
    let outcome = withdraw.send(&mut world.vm, &[&desk.operator]);
    assert_fails(outcome, IssuerError::CashInsufficient);
    assert!(!world.announcement(&announcement).made);
}
