//! Who may change what, and from when on it counts.

use collateral::{
    error::CollateralError,
    instruction::{
        AcceptAdmin, CancelFeed, CancelYear, HaltTicker, HaltVenue, ProposeAdmin, ResumeTicker,
        ResumeVenue, SetRole, SetTimelock,
    },
    state::{Curator, Role, unit},
};
use scrip_interface::collateral::{Flags, Valuation, reason};
use scrip_tests::{
    collateral::{
        AAPL, CreateCurator, Listing, Market, Price, REGULAR, TIMELOCK, TOKEN, administer,
        assert_refused, collateral_instruction, event_authority, manage_calendar, manage_feed,
        pyth, rules, set_feed, set_year, year,
    },
    vm::{Outcome, Vm, key},
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn listed() -> (Market, Listing) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    (market, listing)
}

impl Actor {
    fn new(market: &mut Market, name: &str, role: Role) -> Self {
        let wallet = key(name);
        let set = SetRole { wallet: wallet.pubkey(), mask: role.0 };
        let set = administer(market.admin.pubkey(), market.curator, &set);
        market.manage(set).unwrap();
        Self { wallet }
    }

    fn send(&self, market: &mut Market, instruction: Instruction) -> Outcome {
        market.vm.send(&[instruction], &[&self.wallet])
    }

    fn key(&self) -> Pubkey {
        self.wallet.pubkey()
    }
}

/// A wallet with a role.
struct Actor {
    wallet: Keypair,
}

fn curator(market: &Market) -> Curator {
    market.vm.state(&market.curator)
}

fn accept(market: &mut Market, wallet: &Keypair) -> Outcome {
    let accounts = collateral::accounts::AcceptAdmin {
        pending_admin: wallet.pubkey(),
        curator: market.curator,
        event_authority: event_authority(),
        program: collateral::ID,
    };
    let accept = collateral_instruction(&accounts, &AcceptAdmin {});
    market.vm.send(&[accept], &[wallet])
}

#[test]
fn an_admin_is_replaced_in_two_steps() {
    let mut market = Market::new();
    let (next, stranger) = (key("next admin"), key("stranger"));
    let propose = ProposeAdmin { pending_admin: next.pubkey() };
    let by_stranger = administer(stranger.pubkey(), market.curator, &propose);
    let outcome = market.vm.send(&[by_stranger], &[&stranger]);
    assert_refused(outcome, CollateralError::NotAdmin);
    assert_refused(accept(&mut market, &next), CollateralError::NotPendingAdmin);

    let admin = market.admin.pubkey();
    market.manage(administer(admin, market.curator, &propose)).unwrap();
    assert_refused(accept(&mut market, &stranger), CollateralError::NotPendingAdmin);
    assert_eq!(curator(&market).admin, admin);
    accept(&mut market, &next).unwrap();
    assert_eq!(curator(&market).admin, next.pubkey());
    // Once, and the old admin is none any more.
    assert_refused(accept(&mut market, &next), CollateralError::NotPendingAdmin);
    let outcome = market.manage(administer(admin, market.curator, &propose));
    assert_refused(outcome, CollateralError::NotAdmin);
}

#[test]
fn a_curator_has_an_admin_and_a_timelock_within_its_limits() {
    let mut vm = Vm::new();
    let path = scrip_tests::vm::program_path("collateral");
    vm.svm.add_program_from_file(collateral::ID, path).unwrap();
    let create = |admin: Pubkey, timelock_secs: u32, vm: &mut Vm| {
        let mut create = CreateCurator::new(vm.payer.pubkey(), admin);
        create.args.timelock_secs = timelock_secs;
        vm.send(&[create.instruction()], &[])
    };
    let admin = key("admin").pubkey();
    assert_refused(create(Pubkey::default(), 3_600, &mut vm), CollateralError::AdminInvalid);
    for secs in [0, 3_599, 30 * 86_400 + 1, u32::MAX] {
        assert_refused(create(admin, secs, &mut vm), CollateralError::TimelockInvalid);
    }
    create(admin, 3_600, &mut vm).unwrap();
}

#[test]
fn roles_are_given_by_the_admin_alone_and_only_known_ones() {
    let mut market = Market::new();
    let admin = market.admin.pubkey();
    let guard = Actor::new(&mut market, "guard", Role::GUARD);
    let escalate = SetRole { wallet: guard.key(), mask: 0b111 };
    let escalate = administer(guard.key(), market.curator, &escalate);
    assert_refused(guard.send(&mut market, escalate), CollateralError::NotAdmin);
    for (wallet, mask) in [(guard.key(), 8), (guard.key(), u32::MAX), (Pubkey::default(), 1)] {
        let set = administer(admin, market.curator, &SetRole { wallet, mask });
        assert_refused(market.manage(set), CollateralError::RoleInvalid);
    }
    for i in 0..7 {
        Actor::new(&mut market, &format!("wallet {i}"), Role::FEED);
    }
    let ninth = SetRole { wallet: key("ninth").pubkey(), mask: 1 };
    let ninth = administer(admin, market.curator, &ninth);
    assert_refused(market.manage(ninth.clone()), CollateralError::RolesFull);
    let take = SetRole { wallet: guard.key(), mask: 0 };
    market.manage(administer(admin, market.curator, &take)).unwrap();
    market.manage(ninth).unwrap();
}

#[test]
fn a_timelock_grows_at_once_and_shrinks_after_itself() {
    let mut market = Market::new();
    let set = |market: &mut Market, timelock_secs| {
        let set = administer(market.admin.pubkey(), market.curator, &SetTimelock { timelock_secs });
        market.manage(set)
    };
    let timelock = |market: &Market, at| curator(market).timelock(scrip_math::Timestamp(at));
    let now = market.vm.now();
    set(&mut market, 3_600).unwrap();
    assert_eq!(timelock(&market, now + TIMELOCK - 1), 2 * 86_400);
    assert_eq!(timelock(&market, now + TIMELOCK), 3_600);
    set(&mut market, 5 * 86_400).unwrap();
    assert_eq!(timelock(&market, now), 5 * 86_400);
    for secs in [0, 3_599, 30 * 86_400 + 1] {
        assert_refused(set(&mut market, secs), CollateralError::TimelockInvalid);
    }
}

fn regular_rule(market: &mut Market, listing: &Listing) -> Valuation {
    let now = market.vm.now();
    market.price(listing, &Price::dollars(AAPL, 200.0, now));
    market.status_of(listing)
}

/// A status whatever rules count: here the rules are what changes.
trait StatusOf {
    fn status_of(&mut self, listing: &Listing) -> Valuation;
}

impl StatusOf for Market {
    fn status_of(&mut self, listing: &Listing) -> Valuation {
        let accounts = listing.accounts;
        let status = scrip_interface::collateral::status(
            &collateral::ID,
            accounts.feed,
            accounts.calendar,
            accounts.mint,
        );
        let data = self.send(&[status]).unwrap().meta.return_data.data;
        let kind = scrip_interface::collateral::Kind::Status;
        scrip_interface::collateral::read_entries(kind, &data).unwrap()[0]
    }
}

#[test]
fn tightening_is_immediate_and_keeps_what_lenders_agreed_to() {
    let (mut market, listing) = listed();
    let guard = Actor::new(&mut market, "guard", Role::GUARD);
    let mut tighter = listing.config;
    tighter.rules[REGULAR].haircut_bps += 1;
    tighter.rules[REGULAR].max_age_secs -= 1;
    tighter.before_secs += 1;
    tighter.debt_disabled = 1;
    let set = set_feed(guard.key(), market.curator, listing.feed, tighter);
    guard.send(&mut market, set).unwrap();
    // Still readable by who pinned the first hash.
    let answer = market.status(&listing);
    assert_eq!((answer.haircut.0, answer.config_version), (501, 2));
    assert!(answer.reasons.contains(reason::DEBT_DISABLED));
}

#[test]
fn loosening_waits_for_the_timelock_to_the_second() {
    let (mut market, listing) = listed();
    let feeder = Actor::new(&mut market, "feeder", Role::FEED);
    let mut looser = listing.config;
    looser.rules[REGULAR].haircut_bps -= 1;
    let set = set_feed(feeder.key(), market.curator, listing.feed, looser);
    feeder.send(&mut market, set).unwrap();
    let start = market.vm.now();
    // To Sunday, 10:00: what rules count is seen by their version.
    for (time, version, config) in [
        (start, 1, &listing.config),
        (start + TIMELOCK - 1, 1, &listing.config),
        (start + TIMELOCK, 2, &looser),
    ] {
        market.vm.set_time(time);
        let answer = market.status_of(&listing);
        assert_eq!(answer.config_version, version, "{time}");
        assert_eq!(answer.config_hash, config.hash(&market.curator, &listing.mint));
    }
    // Who reads the account sees them from the next observation on.
    assert_ne!(market.feed(&listing).config_hash, market.feed(&listing).pending_hash);
    let price = Price::dollars(AAPL, 100.0, market.vm.now());
    market.price(&listing, &price);
    market.observe(&listing).unwrap();
    let feed = market.feed(&listing);
    assert_eq!((feed.config, feed.config_version, feed.pending_at), (looser, 2, 0));
    assert_eq!(feed.config_hash, looser.hash(&market.curator, &listing.mint));
    // Tightening the new rules starts from them.
    let mut tighter = looser;
    tighter.rules[REGULAR].haircut_bps += 7;
    let set = set_feed(feeder.key(), market.curator, listing.feed, tighter);
    feeder.send(&mut market, set).unwrap();
    market.vm.set_time(start + 3 * 86_400);
    let answer = regular_rule(&mut market, &listing);
    assert_eq!((answer.config_version, answer.haircut.0), (3, 506));
    assert_eq!(answer.config_hash, looser.hash(&market.curator, &listing.mint));
}

#[test]
fn every_kind_of_loosening_waits() {
    let (mut market, listing) = listed();
    let admin = market.admin.pubkey();
    let other_source = pyth([9; 32], unit::PER_SHARE);
    let loosenings: [fn(&mut collateral::state::FeedConfig); 11] = [
        |config| config.rules[0].max_age_secs += 1,
        |config| config.rules[1].max_confidence_bps += 1,
        |config| config.rules[2].haircut_bps -= 1,
        |config| config.rules[4].permitted = Flags::ALL.0,
        |config| config.max_depeg_bps += 1,
        |config| config.token_max_age_secs += 1,
        |config| config.continuity_bps += 1,
        |config| config.before_secs -= 1,
        |config| config.window_max_secs -= 1,
        |config| config.window_max_secs += 1,
        |config| config.sources[0].unit = unit::PER_TOKEN,
    ];
    for (number, loosen) in loosenings.into_iter().enumerate() {
        let mut config = listing.config;
        // Whatever else is tightened in the same breath.
        config.debt_disabled = 1;
        loosen(&mut config);
        market.manage(set_feed(admin, market.curator, listing.feed, config)).unwrap();
        assert_eq!(market.status(&listing).config_version, 1, "{number}");
        assert_ne!(market.feed(&listing).pending_at, 0, "{number}");
    }
    let mut other = listing.config;
    other.sources[1] = other_source;
    other.token_source = 1;
    market.manage(set_feed(admin, market.curator, listing.feed, other)).unwrap();
    assert_eq!(market.status(&listing).config_version, 1);
}

#[test]
fn what_waits_can_be_taken_back_and_is_replaced_by_the_next() {
    let (mut market, listing) = listed();
    let guard = Actor::new(&mut market, "guard", Role::GUARD);
    let cancel = manage_feed(guard.key(), market.curator, listing.feed, &CancelFeed {});
    assert_refused(guard.send(&mut market, cancel.clone()), CollateralError::NothingPending);
    let mut looser = listing.config;
    looser.rules[REGULAR].haircut_bps = 0;
    let admin = market.admin.pubkey();
    let propose = set_feed(admin, market.curator, listing.feed, looser);
    market.manage(propose.clone()).unwrap();
    guard.send(&mut market, cancel).unwrap();
    let start = market.vm.now();
    market.vm.set_time(start + TIMELOCK);
    assert_eq!(market.status(&listing).config_version, 1);
    // A tightening meanwhile is not undone by what was waiting.
    market.manage(propose).unwrap();
    let mut tighter = listing.config;
    tighter.debt_disabled = 1;
    market.manage(set_feed(admin, market.curator, listing.feed, tighter)).unwrap();
    market.vm.set_time(start + 3 * TIMELOCK);
    assert!(market.status(&listing).reasons.contains(reason::DEBT_DISABLED));
}

#[test]
fn a_guard_cannot_loosen_anything() {
    let (mut market, listing) = listed();
    let guard = Actor::new(&mut market, "guard", Role::GUARD);
    let (curator, calendar, feed) = (market.curator, market.calendar, listing.feed);
    let mut looser = listing.config;
    looser.max_depeg_bps += 1;
    let halts = [
        manage_feed(guard.key(), curator, feed, &HaltTicker { until: i64::MAX }),
        manage_calendar(guard.key(), curator, calendar, &HaltVenue { until: i64::MAX }),
    ];
    for halt in halts {
        guard.send(&mut market, halt).unwrap();
    }
    let fewer = year(2026, &[], &[]);
    for loosening in [
        set_feed(guard.key(), curator, feed, looser),
        set_year(guard.key(), curator, calendar, fewer),
        manage_feed(guard.key(), curator, feed, &ResumeTicker {}),
        manage_calendar(guard.key(), curator, calendar, &ResumeVenue {}),
    ] {
        assert_refused(guard.send(&mut market, loosening), CollateralError::RoleMissing);
    }
}

#[test]
fn a_stranger_changes_nothing() {
    let (mut market, listing) = listed();
    let stranger = Actor { wallet: key("stranger") };
    let (curator, calendar, feed) = (market.curator, market.calendar, listing.feed);
    let who = stranger.key();
    let until = i64::MAX;
    for instruction in [
        set_feed(who, curator, feed, listing.config),
        manage_feed(who, curator, feed, &CancelFeed {}),
        manage_feed(who, curator, feed, &HaltTicker { until }),
        manage_feed(who, curator, feed, &ResumeTicker {}),
        set_year(who, curator, calendar, market.calendar().years[1]),
        manage_calendar(who, curator, calendar, &CancelYear {}),
        manage_calendar(who, curator, calendar, &HaltVenue { until }),
        manage_calendar(who, curator, calendar, &ResumeVenue {}),
    ] {
        assert_refused(stranger.send(&mut market, instruction), CollateralError::RoleMissing);
    }
    let set = administer(who, curator, &SetRole { wallet: who, mask: 7 });
    assert_refused(stranger.send(&mut market, set), CollateralError::NotAdmin);
    let set = administer(who, curator, &SetTimelock { timelock_secs: 3_600 });
    assert_refused(stranger.send(&mut market, set), CollateralError::NotAdmin);
}

#[test]
fn halts_begin_at_once_and_end_by_themselves_or_after_the_timelock() {
    let (mut market, listing) = listed();
    let admin = market.admin.pubkey();
    let (curator, calendar, feed) = (market.curator, market.calendar, listing.feed);
    let start = market.vm.now();
    let ticker = |until| manage_feed(admin, curator, feed, &HaltTicker { until });
    let venue = |until| manage_calendar(admin, curator, calendar, &HaltVenue { until });
    for not_ahead in [start, start - 1, i64::MIN] {
        assert_refused(market.manage(ticker(not_ahead)), CollateralError::HaltInvalid);
        assert_refused(market.manage(venue(not_ahead)), CollateralError::HaltInvalid);
    }
    market.manage(ticker(start + 600)).unwrap();
    market.manage(venue(start + 900)).unwrap();
    // A shorter one does not shorten it.
    market.manage(ticker(start + 1)).unwrap();
    for (time, reasons) in [
        (start, reason::TICKER_HALTED | reason::VENUE_HALTED),
        (start + 599, reason::TICKER_HALTED | reason::VENUE_HALTED),
        (start + 600, reason::VENUE_HALTED),
        (start + 899, reason::VENUE_HALTED),
        (start + 900, 0),
    ] {
        market.vm.set_time(time);
        market.price(&listing, &Price::dollars(AAPL, 200.0, time));
        let answer = market.value(&listing, TOKEN);
        let flags = if reasons == 0 { Flags::ALL } else { Flags::CAN_LIQUIDATE };
        assert_eq!((answer.reasons.0, answer.flags), (reasons, flags), "{time}");
    }
    let resume_ticker = manage_feed(admin, curator, feed, &ResumeTicker {});
    let resume_venue = manage_calendar(admin, curator, calendar, &ResumeVenue {});
    for resume in [&resume_ticker, &resume_venue] {
        assert_refused(market.manage(resume.clone()), CollateralError::NotHalted);
    }
    market.manage(ticker(i64::MAX)).unwrap();
    market.manage(venue(i64::MAX)).unwrap();
    market.manage(resume_ticker).unwrap();
    market.manage(resume_venue).unwrap();
    let halted = reason::TICKER_HALTED | reason::VENUE_HALTED;
    market.vm.set_time(start + 900 + TIMELOCK - 1);
    assert_eq!(market.status(&listing).reasons.0 & halted, halted);
    market.vm.set_time(start + 900 + TIMELOCK);
    assert_eq!(market.status(&listing).reasons.0 & halted, 0);
}
