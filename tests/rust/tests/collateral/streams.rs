//! Event streams: numbered, and hashed so that none can be missing.

use collateral::{
    instruction::{
        AcceptAdmin, CancelFeed, CancelYear, HaltTicker, ProposeAdmin, SetRole, SetTimelock,
    },
    state::{Curator, unit},
};
use scrip_client::collateral::catalog;
use scrip_interface::sha256;
use scrip_tests::{
    collateral::{
        AAPL, CreateCalendar, CreateCurator, CreateFeed, Market, Price, administer,
        collateral_instruction, event_authority, manage_calendar, manage_feed, pyth, rules,
        set_feed, set_year, year,
    },
    golden::{check, stream},
    vm::key,
};
use solana_signer::Signer;

#[test]
fn a_curators_stream_hashes_every_change_in_order() {
    let mut market = Market::new();
    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let mut create = CreateCurator::new(payer, admin);
    create.args.id = 1;
    create.accounts.curator =
        scrip_interface::collateral::pda::curator(&collateral::ID, &payer, 1).0;
    let curator = create.accounts.curator;
    let mut receipts = vec![market.send(&[create.instruction()]).unwrap()];
    let calendar = CreateCalendar::new(payer, admin, curator);
    let mint = market.place_mint("mint");
    let days = calendar.accounts.calendar;
    let config = rules(days, pyth(AAPL, unit::PER_SHARE));
    let feed = CreateFeed::new(payer, admin, curator, mint, config);
    let address = feed.accounts.feed;
    let mut looser = config;
    looser.max_depeg_bps += 1;
    let until = i64::MAX;
    for instruction in [
        calendar.instruction(),
        feed.instruction(),
        set_feed(admin, curator, address, looser),
        manage_feed(admin, curator, address, &CancelFeed {}),
        manage_feed(admin, curator, address, &HaltTicker { until }),
        set_year(admin, curator, days, year(2028, &[], &[])),
        manage_calendar(admin, curator, days, &CancelYear {}),
        administer(admin, curator, &SetTimelock { timelock_secs: 3_600 }),
        administer(admin, curator, &SetRole { wallet: key("wallet").pubkey(), mask: 1 }),
        administer(admin, curator, &ProposeAdmin { pending_admin: key("next").pubkey() }),
    ] {
        receipts.push(market.manage(instruction).unwrap());
    }
    let accept = collateral::accounts::AcceptAdmin {
        pending_admin: key("next").pubkey(),
        curator,
        event_authority: event_authority(),
        program: collateral::ID,
    };
    let accept = collateral_instruction(&accept, &AcceptAdmin {});
    receipts.push(market.vm.send(&[accept], &[&key("next")]).unwrap());
    let mut hash = [0; 32];
    for (index, receipt) in receipts.iter().enumerate() {
        let [event] = &receipt.event_bytes()[..] else { panic!("one event each") };
        let sequence = u64::from_le_bytes(event[8..16].try_into().unwrap());
        assert_eq!(sequence, index as u64 + 1);
        hash = sha256(&[&hash, event]);
    }
    let state: Curator = market.vm.state(&curator);
    assert_eq!((state.stream.sequence, state.stream.hash), (12, hash));
    let events: Vec<_> = receipts.iter().flat_map(scrip_tests::vm::Receipt::event_bytes).collect();
    let golden = stream(&catalog::PROGRAM, &curator, &events, &state.stream);
    check("events_golden.json", "collateral", vec![golden].into());
}

#[test]
fn a_feeds_stream_hashes_its_observations() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    let mut hash = [0; 32];
    let mut events = vec![];
    for (seconds, dollars) in [(0, 200.0), (60, 201.5)] {
        market.vm.set_time(market.vm.now() + seconds);
        market.price(&listing, &Price::dollars(AAPL, dollars, market.vm.now()));
        events.extend(market.observe(&listing).unwrap().event_bytes());
    }
    for event in &events {
        hash = sha256(&[&hash, event]);
    }
    let kept = market.feed(&listing).stream;
    assert_eq!((kept.sequence, kept.hash), (2, hash));
    let golden = stream(&catalog::PROGRAM, &listing.feed, &events, &kept);
    check("events_golden.json", "feed", vec![golden].into());
}
