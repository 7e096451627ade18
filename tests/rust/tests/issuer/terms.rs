//! Terms of a ticker: stricter at once, looser only once announced.

use issuer::{
    constants::{MAX_RECEIVABLE_BPS, MAX_REDEMPTION_SECS, MAX_STATEMENT_AGE_SECS},
    error::IssuerError,
    event::TermsChanged,
    state::{Change, Limit, Redemption, TickerTerms},
};
use scrip_tests::{
    build::{RequestRedemption, TERMS, hourly, set_terms},
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_signer::Signer;

type Edit = fn(&mut TickerTerms);

/// Terms from which each field can become looser and stricter.
const MIDDLE: TickerTerms = TickerTerms {
    min_redemption: SHARE,
    mint_limit: hourly(10),
    owner_mint_limit: hourly(10),
    cash_limit: hourly(10),
    owner_cash_limit: hourly(10),
    ..TERMS
};

/// Every field made looser, by as little as possible; limits by a larger burst, a faster drain, and
/// away with them.
const LOOSER: [Edit; 17] = [
    |terms| terms.max_statement_age_secs += 1,
    |terms| terms.max_receivable_bps += 1,
    |terms| terms.redemption_secs += 1,
    |terms| terms.payout_secs += 1,
    |terms| terms.min_redemption += 1,
    |terms| terms.mint_limit.capacity += 1,
    |terms| terms.mint_limit.window_secs -= 1,
    |terms| terms.mint_limit = Limit::default(),
    |terms| terms.owner_mint_limit.capacity += 1,
    |terms| terms.owner_mint_limit.window_secs -= 1,
    |terms| terms.owner_mint_limit = Limit::default(),
    |terms| terms.cash_limit.capacity += 1,
    |terms| terms.cash_limit.window_secs -= 1,
    |terms| terms.cash_limit = Limit::default(),
    |terms| terms.owner_cash_limit.capacity += 1,
    |terms| terms.owner_cash_limit.window_secs -= 1,
    |terms| terms.owner_cash_limit = Limit::default(),
];

const STRICTER: [Edit; 13] = [
    |terms| terms.max_statement_age_secs -= 1,
    |terms| terms.max_receivable_bps -= 1,
    |terms| terms.redemption_secs -= 1,
    |terms| terms.payout_secs -= 1,
    |terms| terms.min_redemption -= 1,
    |terms| terms.mint_limit.capacity -= 1,
    |terms| terms.mint_limit.window_secs += 1,
    |terms| terms.owner_mint_limit.capacity -= 1,
    |terms| terms.owner_mint_limit.window_secs += 1,
    |terms| terms.cash_limit.capacity -= 1,
    |terms| terms.cash_limit.window_secs += 1,
    |terms| terms.owner_cash_limit.capacity -= 1,
    |terms| terms.owner_cash_limit.window_secs += 1,
];

fn world_of(terms: TickerTerms) -> World {
    let mut world = World::new();
    world.edit_ticker(|ticker| ticker.set_terms(&terms));
    world
}

fn edited(edit: Edit) -> TickerTerms {
    let mut terms = MIDDLE;
    edit(&mut terms);
    terms
}

#[test]
fn set_terms_makes_each_field_stricter_at_once() {
    let mut world = world_of(MIDDLE);
    let admin = world.admin.insecure_clone();
    for edit in STRICTER {
        world.edit_ticker(|ticker| ticker.set_terms(&MIDDLE));
        let terms = edited(edit);
        let receipt = set_terms(&world, terms).send(&mut world.vm, &[&admin]).unwrap();
        assert_eq!(world.ticker().terms(), terms);
        let [event] = &receipt.events::<TermsChanged>()[..] else { panic!("one event") };
        assert_eq!((event.mint, event.terms), (world.mint(), terms));
        assert_eq!(event.sequence, world.ticker().stream.sequence);
    }
    // To put a limit where there was none is stricter, and so is nothing at all.
    world.edit_ticker(|ticker| ticker.set_terms(&TERMS));
    let limited = TickerTerms { mint_limit: hourly(u64::MAX), ..TERMS };
    for terms in [TERMS, limited, limited] {
        set_terms(&world, terms).send(&mut world.vm, &[&admin]).unwrap();
    }
}

#[test]
fn set_terms_makes_no_field_looser_without_an_announcement() {
    for edit in LOOSER {
        let mut world = world_of(MIDDLE);
        let admin = world.admin.insecure_clone();
        let mut terms = edited(edit);
        let outcome = set_terms(&world, terms).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::AnnouncementMissing);
        // Nor beside a field that becomes stricter.
        if terms.payout_secs == MIDDLE.payout_secs {
            terms.payout_secs -= 1;
            let outcome = set_terms(&world, terms).send(&mut world.vm, &[&admin]);
            assert_fails(outcome, IssuerError::AnnouncementMissing);
        }
        assert_eq!(world.ticker().terms(), MIDDLE);
    }
}

#[test]
fn set_terms_makes_an_announced_change_once_the_timelock_has_passed() {
    let mut world = world_of(MIDDLE);
    let admin = world.admin.insecure_clone();
    for edit in LOOSER {
        world.edit_ticker(|ticker| ticker.set_terms(&MIDDLE));
        let terms = edited(edit);
        let announced = world.announce(Change::SetTerms { mint: world.mint(), terms });
        let mut set = set_terms(&world, terms);
        set.accounts.announcement = Some(announced);
        let ready_at = world.announcement(&announced).ready_at;
        world.vm.set_time(ready_at - 1);
        let early = set.send(&mut world.vm, &[&admin]);
        assert_fails(early, IssuerError::TimelockNotPassed);
        world.vm.set_time(ready_at);
        set.send(&mut world.vm, &[&admin]).unwrap();
        assert_eq!(world.ticker().terms(), terms);
        world.edit_ticker(|ticker| ticker.set_terms(&MIDDLE));
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementUsed);
    }
}

#[test]
fn set_terms_rejects_an_announcement_of_anything_else() {
    let mut world = world_of(MIDDLE);
    let admin = world.admin.insecure_clone();
    let another = world.list_another().accounts.mint;
    let terms = edited(LOOSER[0]);
    for change in [
        Change::SetTerms { mint: another, terms },
        Change::SetTerms { mint: world.mint(), terms: edited(LOOSER[1]) },
        Change::ChangeCustodian { mint: world.mint(), custodian: another },
    ] {
        let announced = world.announce(change);
        world.ripen(&announced);
        let mut set = set_terms(&world, terms);
        set.accounts.announcement = Some(announced);
        assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMismatch);
    }
}

#[test]
fn set_terms_rejects_terms_beyond_their_limits() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let bad: [Edit; 7] = [
        |terms| terms.max_statement_age_secs = 0,
        |terms| terms.max_statement_age_secs = MAX_STATEMENT_AGE_SECS + 1,
        |terms| terms.max_receivable_bps = MAX_RECEIVABLE_BPS + 1,
        |terms| terms.redemption_secs = 0,
        |terms| terms.redemption_secs = MAX_REDEMPTION_SECS + 1,
        |terms| terms.payout_secs = 0,
        |terms| terms.payout_secs = MAX_REDEMPTION_SECS + 1,
    ];
    for edit in bad {
        let mut terms = TERMS;
        edit(&mut terms);
        let outcome = set_terms(&world, terms).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::TermsInvalid);
        assert_eq!(world.ticker().terms(), TERMS);
    }
    // The limits themselves are allowed.
    world.change_terms(|terms| {
        terms.max_statement_age_secs = MAX_STATEMENT_AGE_SECS;
        terms.max_receivable_bps = MAX_RECEIVABLE_BPS;
        terms.redemption_secs = MAX_REDEMPTION_SECS;
        terms.payout_secs = MAX_REDEMPTION_SECS;
        terms.min_redemption = u64::MAX;
    });
}

#[test]
fn set_terms_is_for_the_admin_of_the_tickers_issuer() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let thief = key("thief");
    let mut set = set_terms(&world, TERMS);
    set.accounts.admin = thief.pubkey();
    assert_fails(set.send(&mut world.vm, &[&thief]), IssuerError::NotAdmin);
    let mut set = set_terms(&world, TERMS);
    set.accounts.issuer = world.another_issuer();
    assert_fails(set.send(&mut world.vm, &[&admin]), IssuerError::WrongIssuer);
}

/// Terms are for what begins from now on.
#[test]
fn set_terms_leaves_open_redemptions_as_they_are() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).unwrap();
    let before: Redemption = world.vm.state(&request.accounts.redemption);
    world.change_terms(|terms| {
        terms.redemption_secs += 1_000;
        terms.payout_secs += 1_000;
    });
    let after: Redemption = world.vm.state(&request.accounts.redemption);
    assert_eq!((after.deadline, after.payout_secs), (before.deadline, before.payout_secs));
}
