//! Every operation that is measured, each as it landed in the VM. Keys come from fixed seeds, so addresses, bumps and
//! costs are the same in every run.

use crate::{
    attest::attestors,
    build::{
        AttestMint, Case, CreateAttestorSet, CreateCustodian, CreateIssuer, DOLLAR, Desk,
        ListTicker, Posted, Redeem, RequestRedemption, SETTLED_E8, SettleRedemption, Stablecoin,
        Subscribe, TERMS, WINDOW, acknowledge, announce_action, apply_statement, attest_reserves,
        attest_statement, freeze, lift_hold, place_hold, reclaim, schedule_action, split, thaw,
    },
    collateral::{
        CreateCalendar, CreateCurator, LegacyPrice, Listing, Market, Price, legacy, pyth, rules,
        rules_with_token, set_feed,
    },
    lender::{Bank, USD},
    records::{
        Office, Sas, bar_investor, claim, id_hash, link_wallet, register_from_sas,
        register_investor, sync_from_sas, update_investor,
    },
    vm::{Outcome, Receipt, Vm, key},
    world::{SHARE, World},
};
use collateral::state::unit;
use gate::state::Wallet;
use issuer::instructions::StatementArgs;
use scrip_interface::{
    attestation::ReserveStatement,
    collateral::{ValueAccounts, pda::curator as curator_address, status, value},
    gate::Status,
    issuer::Mode,
    merkle,
};
use scrip_math::RawAmount;
use solana_signer::Signer;
use std::collections::BTreeMap;

/// As many as there are real ones.
const STATEMENT_TICKERS: usize = 79;

/// By name: the program's, the instruction's, and what is special about it.
pub type Flows = BTreeMap<String, Receipt>;

pub struct Measured {
    pub flows: Flows,
    /// What the hook itself adds to a transfer.
    pub hook_cu: u64,
}

/// Runs them all, in a few seconds.
pub fn measure() -> Measured {
    let mut flows = Flows::new();
    set_up(&mut flows);
    for (threshold, count) in [(1, 1), (3, 5)] {
        shares(&mut flows, threshold, count);
    }
    registered(&mut flows);
    posted(&mut flows);
    returned(&mut flows);
    statements(&mut flows);
    actions(&mut flows);
    cash(&mut flows);
    records(&mut flows);
    prices(&mut flows);
    loans(&mut flows);
    let gate = crate::gate::costs();
    flows.extend(gate.rows);
    Measured { flows, hook_cu: gate.own_cu }
}

fn set_up(flows: &mut Flows) {
    let mut vm = Vm::new();
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let mut add = |name: &str, receipt| flows.insert(format!("issuer/{name}"), receipt);

    let issuer = CreateIssuer::new(&payer, &admin.pubkey());
    add("create_issuer", issuer.send(&mut vm, &[&key("admin")]).expect("lands"));
    let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &issuer.accounts.issuer, 0);
    add("create_custodian", custodian.send(&mut vm, &[&admin]).expect("lands"));
    let attestors = attestors("custodian", 5);
    let now = vm.now();
    let set = CreateAttestorSet::new(&payer, &custodian.accounts, &attestors, 3, now);
    add("create_attestor_set/5", set.send(&mut vm, &[&admin]).expect("lands"));
    let listed = ListTicker::new(&payer, &custodian.accounts, key("mint"));
    add("list_ticker", listed.send(&mut vm, &admin).expect("lands"));
}

fn shares(flows: &mut Flows, threshold: u8, count: usize) {
    let quorum = format!("{threshold}-of-{count}");
    let mut world = World::with_quorum(threshold, count);
    let alice = world.holder("alice", SHARE);
    let owner = alice.pubkey();

    let mint = AttestMint::new(&mut world, &owner, SHARE).send(&mut world).expect("lands");
    flows.insert(format!("issuer/attest_mint/{quorum}"), mint);
    let request = RequestRedemption::new(&world, &owner, 0, SHARE);
    let requested = request.send(&mut world, &alice).expect("lands");
    flows.insert("issuer/request_redemption".to_owned(), requested);
    let settle = SettleRedemption::new(&mut world, &request, SHARE).send(&mut world);
    flows.insert(format!("issuer/settle_redemption/{quorum}"), settle.expect("lands"));
}

/// Frozen mode: the same with the gate's record of the owner, and what keeps accounts in line.
fn registered(flows: &mut Flows) {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", SHARE);
    let owner = alice.pubkey();
    let mut add = |name: &str, receipt| flows.insert(format!("issuer/{name}"), receipt);

    let mint = AttestMint::new(&mut world, &owner, SHARE).send(&mut world).expect("lands");
    add("attest_mint/3-of-5/kyc", mint);
    let request = RequestRedemption::new(&world, &owner, 0, SHARE);
    add("request_redemption/kyc", request.send(&mut world, &alice).expect("lands"));
    let reject = |wallet: &mut Wallet| wallet.status = Status::Revoked as u8;
    world.edit_record(&owner, reject);
    add("freeze", freeze(&world, &owner).send(&mut world.vm, &[]).expect("lands"));
    world.register(&owner);
    add("thaw", thaw(&world, &owner).send(&mut world.vm, &[]).expect("lands"));

    let officer = world.officer();
    let hold = place_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]);
    add("place_hold", hold.expect("lands"));
    let lift = lift_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]);
    add("lift_hold", lift.expect("lands"));
    let bob = world.holder("bob", SHARE).pubkey();
    place_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect("lands");
    let beside = thaw(&world, &owner).send(&mut world.vm, &[]);
    add("thaw/beside-a-hold", beside.expect("lands"));
    lift_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect("lands");
    let case = Case::new(&officer, &bob, &owner);
    add("announce_seizure", case.announced(&mut world));
    case.ripen(&mut world);
    add("execute_seizure/frozen", case.executed(&mut world).expect("lands"));
    add("open_ticker", world.open_ticker(&officer).expect("lands"));
}

/// A mint whose signatures came in a transaction of their own.
fn posted(flows: &mut Flows) {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE).pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::new(&world, &mint.body());
    let opened = posted.open(&mut world).expect("lands");
    flows.insert("issuer/open_attestation".to_owned(), opened);
    let four = posted.post(&mut world, &[0, 1, 2, 3]).expect("lands");
    flows.insert("issuer/post_attestation/4".to_owned(), four);
    mint.accounts.signatures = posted.address();
    let minted = world.vm.send(&[mint.instruction()], &[]).expect("lands");
    flows.insert("issuer/attest_mint/posted".to_owned(), minted);
}

/// A redemption that the custodian takes up and does not pay.
fn returned(flows: &mut Flows) {
    let mut world = World::new();
    let alice = world.holder("alice", 2 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).expect("lands");
    let answer = acknowledge(&mut world, &request).send(&mut world).expect("lands");
    flows.insert("issuer/acknowledge_redemption/3-of-5".to_owned(), answer);
    world.vm.set_time(world.vm.now() + i64::from(TERMS.payout_secs));
    let back = reclaim(&world, &request).send(&mut world.vm, &[&alice]).expect("lands");
    flows.insert("issuer/reclaim_redemption".to_owned(), back);
}

/// What the custodian holds: of one ticker, and of all of [`STATEMENT_TICKERS`] by one signature, taken with a proof.
fn statements(flows: &mut Flows) {
    let mut world = World::new();
    let mut add = |name: &str, receipt| flows.insert(format!("issuer/{name}"), receipt);
    let as_of = world.vm.now();
    let statement = StatementArgs { as_of, settled_shares_e8: SETTLED_E8, receivable_shares_e8: 0 };
    let reserves = attest_reserves(&mut world, statement).send(&mut world).expect("lands");
    add("attest_reserves/3-of-5", reserves);

    let as_of = as_of + 1;
    world.vm.set_time(as_of);
    let said = ReserveStatement { as_of, settled_shares_e8: SETTLED_E8, receivable_shares_e8: 0 };
    let others = (1..STATEMENT_TICKERS).map(|number| key(&format!("mint {number}")).pubkey());
    let mints = std::iter::once(world.mint()).chain(others);
    let leaves: Vec<_> = mints.map(|mint| merkle::leaf(&mint, 0, &said)).collect();
    let (root, proofs) = merkle::tree(&leaves).expect("there are leaves");
    let signed = attest_statement(&mut world, as_of, root).send(&mut world).expect("lands");
    add("attest_statement/3-of-5", signed);
    let apply = apply_statement(&world.listed, SETTLED_E8, 0, proofs[0].clone());
    let applied = apply.send(&mut world.vm, &[]).expect("lands");
    add("apply_statement/of-79", applied);
}

/// A split of 10:1, of a ticker that had an action before.
fn actions(flows: &mut Flows) {
    let mut world = World::new();
    let mut at = world.vm.now() + WINDOW;
    world.schedule(split(2, 1), at);
    world.complete_action().expect("lands");
    at += 2 * WINDOW;
    let mut add = |name: &str, receipt| flows.insert(format!("issuer/{name}"), receipt);
    let announced = announce_action(&mut world, split(10, 1)).send(&mut world).expect("lands");
    add("announce_action/3-of-5", announced);
    let scheduled = schedule_action(&mut world, at).send(&mut world).expect("lands");
    add("schedule_action/split", scheduled);
    add("close_action", world.complete_action().expect("lands"));
}

/// Trades for coins of either token program. They go with a lookup table: three signatures and all
/// accounts do not fit otherwise.
fn cash(flows: &mut Flows) {
    for (classic, suffix) in [(true, ""), (false, "/token_2022")] {
        let mut world = World::new();
        let coin = if classic {
            Stablecoin::classic(&mut world.vm, "dollar")
        } else {
            Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![])
        };
        let desk = Desk::open(&mut world, coin);
        let alice = desk.investor(&mut world, "alice", 1_000 * DOLLAR);
        let owner = alice.pubkey();
        // The first one of each kind starts a balance or a bucket.
        for _ in 0..2 {
            let subscribe = Subscribe::new(&mut world, &desk, &owner).send(&mut world, &alice);
            let receipt = subscribe.expect("lands");
            flows.insert(format!("issuer/subscribe_for_cash/3-of-5{suffix}"), receipt);
        }
        for _ in 0..2 {
            let redeem = Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice);
            let receipt = redeem.expect("lands");
            flows.insert(format!("issuer/redeem_for_cash/3-of-5{suffix}"), receipt);
        }
    }
}

/// Investors, by a provider's word and by an attestation.
fn records(flows: &mut Flows) {
    let mut office = Office::new();
    let mut add = |name: &str, outcome: Outcome| {
        flows.insert(format!("gate/{name}"), outcome.expect("lands"));
    };
    let (provider, alice) = (office.provider.clone(), key("alice"));
    let register = register_investor(&office, &provider, id_hash("alice"));
    let investor = register.accounts.investor;
    let link = link_wallet(&office, &provider, &investor, &alice.pubkey());
    let both = [register.instruction(), link.instruction()];
    add("register_wallet", office.world.vm.send(&both, &[&provider.authority, &alice]));

    let (investor, _) = office.person_with("bob", 8);
    let update = update_investor(&office, &provider, &investor, claim(&office.world.vm));
    add("update_investor/8-wallets", office.provide(update.instruction(), &[]));
    let bar = bar_investor(&office, &investor);
    add("bar_investor/8-wallets", office.manage(bar.instruction()));

    let sas = Sas::new(&mut office);
    let carol = sas.attest(&mut office, "carol");
    let register = register_from_sas(&office, &sas, &carol.pubkey());
    add("register_from_sas", register.send(&mut office.world.vm, &[&carol]));
    let sync = sync_from_sas(&office, &sas, &carol.pubkey());
    add("sync_from_sas", sync.send(&mut office.world.vm, &[]));
}

/// Five real mints' worth, each with a multiplier that is no round number.
fn prices(flows: &mut Flows) {
    let mut market = Market::new();
    let mut add = |name: &str, outcome: Outcome| {
        flows.insert(format!("collateral/{name}"), outcome.expect("lands"));
    };
    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let mut curator = CreateCurator::new(payer, admin);
    curator.args.id = 1;
    curator.accounts.curator = curator_address(&collateral::ID, &payer, 1).0;
    add("create_curator", market.send(&[curator.instruction()]));
    let calendar = CreateCalendar::new(payer, admin, curator.accounts.curator);
    add("create_calendar/3-years", market.manage(calendar.instruction()));

    let now = market.vm.now();
    let mut listings = vec![];
    for (number, symbol) in ["AAPLx", "NVDAx", "SPYx", "NFLXx"].into_iter().enumerate() {
        let mint = market.place_real_mint(symbol);
        let feed_id = [u8::try_from(number).expect("a few") + 1; 32];
        let listing = market.list(mint, rules(market.calendar, pyth(feed_id, unit::PER_SHARE)));
        market.price(&listing, &Price::dollars(feed_id, 200.0, now));
        listings.push(listing);
    }
    let (oracle, mint) = (key("legacy price").pubkey(), market.place_mint("legacy"));
    let mut old = market.list(mint, rules(market.calendar, legacy(oracle)));
    old.accounts.price = oracle;
    let price = 20_000_000_000;
    let price = LegacyPrice { price, confidence: 1_000, publish_time: now, status: 1 };
    market.place(oracle, price.account());

    let config = rules_with_token(market.calendar, pyth([9; 32], unit::PER_SHARE), [8; 32]);
    let mint = market.place_mint("with token");
    market.set_multipliers(&mint, 1.1, 0, 1.003_269_012_539_818_7);
    let both = market.list(mint, config);
    market.price(&both, &Price::dollars([9; 32], 200.0, now));
    market.token_price(&both, &Price::dollars([8; 32], 200.65, now));

    let first = listings[0];
    let ValueAccounts { feed, calendar, mint, .. } = first.accounts;
    let ask = |asked: &[Listing]| {
        let amounts: Vec<_> = asked.iter().map(|one| (one.accounts, RawAmount(SHARE))).collect();
        value(&collateral::ID, &amounts)
    };
    add("status", market.send(&[status(&collateral::ID, feed, calendar, mint)]));
    add("value/pyth/1", market.send(&[ask(&[first])]));
    add("value/legacy/1", market.send(&[ask(&[old])]));
    add("value/pyth-and-token/1", market.send(&[ask(&[both])]));
    listings.push(first);
    add("value/pyth/5", market.send(&[ask(&listings)]));
    add("observe", market.observe(&first));
    let mut config = first.config;
    config.max_depeg_bps += 1;
    add("set_feed", market.manage(set_feed(admin, market.curator, first.feed, config)));
}

/// Who signs pays, as a wallet does. Prices are posted before.
fn loans(flows: &mut Flows) {
    let mut add = |name: &str, outcome: Outcome| {
        flows.insert(format!("lender/{name}"), outcome.expect("lands"));
    };
    let mut bank = Bank::new();
    let (alice, me) = (bank.person("alice", 100_000), bank.person("payer", 100_000));
    let stocks: Vec<_> = (0..5).map(|n| bank.list(&format!("stock {n}"), 100.0)).collect();
    add("supply", bank.supply(&alice, 50_000 * USD));
    for stock in &stocks {
        for person in [&alice, &me] {
            bank.give(person, stock, 100 * SHARE);
        }
    }
    let first = &stocks[..1];
    add("deposit", bank.deposit(&me, &stocks[0], 100 * SHARE));
    add("borrow", bank.borrow(&me, 6_500 * USD, first));
    add("repay", bank.repay(&me, &me, 100 * USD));
    add("withdraw", bank.withdraw(&me, &stocks[0], SHARE, first));
    // Of somebody else's debt.
    bank.deposit(&alice, &stocks[0], 100 * SHARE).expect("lands");
    bank.borrow(&alice, 6_500 * USD, first).expect("lands");
    bank.price(&stocks[0], 85.0);
    add("liquidate", bank.liquidate(&me, &alice, &stocks[0], first));

    bank.repay(&me, &me, u64::MAX).expect("lands");
    for stock in &stocks[1..] {
        bank.deposit(&me, stock, 100 * SHARE).expect("lands");
    }
    add("borrow/5-collaterals", bank.borrow(&me, 6_500 * USD, &stocks));
    bank.price(&stocks[0], 20.0);
    bank.borrow(&me, 20_000 * USD, &stocks).expect("lands");
    for stock in &stocks[1..] {
        bank.price(stock, 80.0);
    }
    add("liquidate/5-collaterals", bank.liquidate(&me, &me, &stocks[1], &stocks));
}
