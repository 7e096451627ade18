//! Curators, calendars, feeds, and the questions about them.

use super::{OURS, Valid};
use anchor_lang::InstructionData;
use collateral::{
    instruction::{
        AcceptAdmin, CancelFeed, CancelYear, HaltTicker, HaltVenue, ProposeAdmin, ResumeTicker,
        ResumeVenue, SetRole, SetTimelock,
    },
    state::unit,
};
use scrip_interface::collateral::{ValueAccounts, observe, pda, status, value};
use scrip_math::RawAmount;
use scrip_tests::{
    collateral::{
        AAPL, CreateCalendar, CreateCurator, CreateFeed, Listing, Market, Price, administer,
        collateral_instruction, event_authority, manage_calendar, manage_feed, pyth, rules,
        rules_with_token, set_feed, set_year, year,
    },
    vm::key,
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const UNTIL: i64 = i64::MAX;

pub const FORMS: super::Room = &[
    ("create_curator", || {
        let market = Market::new();
        let (creator, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
        let mut create = CreateCurator::new(creator, admin);
        create.args.id = 7;
        create.accounts.curator = pda::curator(&collateral::ID, &creator, 7).0;
        Valid::of(market.vm, create.instruction(), &[])
    }),
    ("propose_admin", || of_admin(|admin| ProposeAdmin { pending_admin: admin })),
    ("set_role", || of_admin(|wallet| SetRole { wallet, mask: 1 })),
    ("set_timelock", || of_admin(|_| SetTimelock { timelock_secs: 3_600 })),
    ("accept_admin", || {
        let (mut market, next) = (Market::new(), key("next admin"));
        let (admin, curator) = (market.admin.pubkey(), market.curator);
        let propose = administer(admin, curator, &ProposeAdmin { pending_admin: next.pubkey() });
        market.manage(propose).expect(OURS);
        let accounts = collateral::accounts::AcceptAdmin {
            pending_admin: next.pubkey(),
            curator,
            event_authority: event_authority(),
            program: collateral::ID,
        };
        let accept = collateral_instruction(&accounts, &AcceptAdmin {});
        Valid::of(market.vm, accept, &[&next])
    }),
    ("create_calendar", || {
        let market = Market::new();
        let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
        let mut create = CreateCalendar::new(payer, admin, market.curator);
        create.set_mic(*b"XNAS");
        managed(market, create.instruction())
    }),
    ("set_year", || {
        let market = Market::new();
        let next = year(2028, &[], &[]);
        let set = set_year(market.admin.pubkey(), market.curator, market.calendar, next);
        managed(market, set)
    }),
    ("cancel_year", || {
        let mut market = Market::new();
        let next = year(2028, &[], &[]);
        let set = set_year(market.admin.pubkey(), market.curator, market.calendar, next);
        market.manage(set).expect(OURS);
        let cancel = of_calendar(&market, &CancelYear {});
        managed(market, cancel)
    }),
    ("halt_venue", || {
        let market = Market::new();
        let halt = of_calendar(&market, &HaltVenue { until: UNTIL });
        managed(market, halt)
    }),
    ("resume_venue", || {
        let mut market = Market::new();
        market.manage(of_calendar(&market, &HaltVenue { until: UNTIL })).expect(OURS);
        let resume = of_calendar(&market, &ResumeVenue {});
        managed(market, resume)
    }),
    ("create_feed", || {
        let mut market = Market::new();
        let mint = market.place_mint("mint");
        let config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
        let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
        let create = CreateFeed::new(payer, admin, market.curator, mint, config).instruction();
        managed(market, create)
    }),
    ("set_feed", || {
        let (market, listing) = listed();
        let mut config = listing.config;
        config.max_depeg_bps += 1;
        let set = set_feed(market.admin.pubkey(), market.curator, listing.feed, config);
        managed(market, set)
    }),
    ("cancel_feed", || {
        let (mut market, listing) = listed();
        let mut config = listing.config;
        config.max_depeg_bps += 1;
        let set = set_feed(market.admin.pubkey(), market.curator, listing.feed, config);
        market.manage(set).expect(OURS);
        let cancel = of_feed(&market, &listing, &CancelFeed {});
        managed(market, cancel)
    }),
    ("halt_ticker", || {
        let (market, listing) = listed();
        let halt = of_feed(&market, &listing, &HaltTicker { until: UNTIL });
        managed(market, halt)
    }),
    ("resume_ticker", || {
        let (mut market, listing) = listed();
        market.manage(of_feed(&market, &listing, &HaltTicker { until: UNTIL })).expect(OURS);
        let resume = of_feed(&market, &listing, &ResumeTicker {});
        managed(market, resume)
    }),
    ("observe", || {
        let (market, listing) = listed();
        let observe = observe(&collateral::ID, &listing.accounts);
        Valid::of(market.vm, observe, &[]).with_rest(&["price", "token_price"])
    }),
    ("status", || {
        let (market, listing) = listed();
        let ValueAccounts { feed, calendar, mint, .. } = listing.accounts;
        Valid::of(market.vm, status(&collateral::ID, feed, calendar, mint), &[])
    }),
    ("value", || {
        let (market, listing) = listed();
        let ask = value(&collateral::ID, &[(listing.accounts, RawAmount(1))]);
        let rest = ["feed", "calendar", "mint", "price", "token_price"];
        Valid::of(market.vm, ask, &[]).with_rest(&rest)
    }),
];

/// A feed with the prices of share and token.
fn listed() -> (Market, Listing) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let config = rules_with_token(market.calendar, pyth(AAPL, unit::PER_SHARE), [8; 32]);
    let listing = market.list(mint, config);
    let now = market.vm.now();
    market.price(&listing, &Price::dollars(AAPL, 200.0, now));
    market.token_price(&listing, &Price::dollars([8; 32], 200.0, now));
    (market, listing)
}

fn managed(market: Market, instruction: Instruction) -> Valid {
    Valid::of(market.vm, instruction, &[&market.admin])
}

fn of_admin<D: InstructionData>(data: fn(Pubkey) -> D) -> Valid {
    let market = Market::new();
    let data = data(key("somebody").pubkey());
    let call = administer(market.admin.pubkey(), market.curator, &data);
    managed(market, call)
}

fn of_calendar(market: &Market, data: &impl InstructionData) -> Instruction {
    manage_calendar(market.admin.pubkey(), market.curator, market.calendar, data)
}

fn of_feed(market: &Market, listing: &Listing, data: &impl InstructionData) -> Instruction {
    manage_feed(market.admin.pubkey(), market.curator, listing.feed, data)
}
