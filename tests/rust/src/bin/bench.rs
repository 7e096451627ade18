//! Prints what every operation costs, as the markdown of `tests/COMPUTE_UNITS.md`. Keys come from
//! fixed seeds, so addresses, bumps and costs are the same in every run.

use collateral::state::unit;
use gate::state::Wallet;
use scrip_interface::collateral::{ValueAccounts, pda::curator as curator_address, status, value};
use scrip_interface::gate::Status;
use scrip_interface::issuer::Mode;
use scrip_math::RawAmount;
use scrip_tests::{
    build::{
        AttestMint, Case, CreateAttestorSet, CreateCustodian, CreateIssuer, DOLLAR, Desk,
        ListTicker, Posted, Redeem, RequestRedemption, SettleRedemption, Stablecoin, Subscribe,
        TERMS, WINDOW, acknowledge, announce_action, freeze, lift_hold, place_hold, reclaim,
        schedule_action, split, thaw,
    },
    collateral::{
        CreateCalendar, CreateCurator, LegacyPrice, Listing, Market, Price, legacy, pyth, rules,
        rules_with_token, set_feed,
    },
    lender::{Bank, USD},
    parts::Parts,
    records::{
        Office, Sas, bar_investor, claim, id_hash, link_wallet, register_from_sas,
        register_investor, sync_from_sas, update_investor,
    },
    vm::{Cost, Outcome, Vm, key, program_path},
    world::{SHARE, World},
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{collections::BTreeMap, error::Error, fs};

const PROGRAMS: [&str; 4] = ["collateral", "gate", "issuer", "lender"];
const TOOLCHAIN_PROGRAM: &str = "scrip_toolchain_test";

/// What an operation is to cost, and what it would at best. Those in which none of our code runs are
/// as dear as Token-2022 makes them.
const TARGETS: [(&str, u64, u64); 6] = [
    ("issuer/attest_mint/3-of-5", 12_000, 7_000),
    ("issuer/settle_redemption/3-of-5", 10_000, 6_000),
    ("token/transfer_checked/hooked", 24_000, 18_500),
    ("token/transfer_checked/frozen-mode", 3_200, 3_200),
    ("issuer/thaw", 6_000, 3_500),
    ("collateral/value/pyth/1", 3_000, 1_000),
];

const TARGETS_EXPLAINED: &str = "\
Against the targets. `scrip` is what our programs use themselves: about 80 CU for each account to be
read, and again for what it must be; 946 for each of their `calls`; signatures found and compared, a
hash of what was signed and one of the event; clock, limits, reserves. `events` are their calls to
themselves. `others` is Token-2022: a transfer that is not hooked is all its own, and no program of
ours can lower that.
";

type Rows = BTreeMap<String, Cost>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = Rows::new();
    set_up(&mut rows);
    for (threshold, count) in [(1, 1), (3, 5)] {
        shares(&mut rows, threshold, count);
    }
    registered(&mut rows);
    posted(&mut rows);
    returned(&mut rows);
    actions(&mut rows);
    cash(&mut rows);
    records(&mut rows);
    prices(&mut rows);
    loans(&mut rows);
    let gate = scrip_tests::gate::costs();
    rows.extend(gate.rows);
    println!("# What every operation costs\n");
    println!(
        "Made by `cargo xtask bench`. CU is what the whole transaction uses, without compute-budget"
    );
    println!(
        "instructions (150 CU and about 50 bytes each); bytes are those on the wire, signatures included;"
    );
    println!("accounts and writable count the transaction's, fee payer and programs included.\n");
    println!("| operation | CU | transaction bytes | accounts | writable |");
    println!("|---|---:|---:|---:|---:|");
    let mut lines: Vec<_> = rows.iter().map(|(name, cost)| row(name, cost)).collect();
    lines.extend(divisions()?);
    lines.push(format!("| `gate/execute/own-cu` | {} | | | |", gate.own_cu));
    lines.sort();
    println!("{}\n", lines.join("\n"));
    print_targets(&rows, gate.own_cu);
    println!("A program's bytes are paid for, as rent, when it is deployed.\n");
    println!("| program | bytes |");
    println!("|---|---:|");
    for program in PROGRAMS {
        println!("| `{program}.so` | {} |", fs::metadata(program_path(program))?.len());
    }
    Ok(())
}

fn row(name: &str, cost: &Cost) -> String {
    let Cost { compute_units, bytes, accounts, writable, .. } = cost;
    format!("| `{name}` | {compute_units} | {bytes} | {accounts} | {writable} |")
}

/// What each operation of [`TARGETS`] cost, against its target, and where that goes.
fn print_targets(rows: &Rows, hook: u64) {
    println!("{TARGETS_EXPLAINED}");
    println!("| operation | CU | target | ideal | scrip | calls | events | others |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (name, target, ideal) in TARGETS {
        let Cost { compute_units, parts, .. } = &rows[name];
        let Parts { scrip, calls, events, others } = parts;
        let verdict = if *compute_units <= target { "" } else { " (missed)" };
        println!(
            "| `{name}` | {compute_units} | {target}{verdict} | {ideal} | {scrip} | {calls} | {events} | {others} |"
        );
    }
    println!("| `gate/execute/own-cu` | {hook} | 1500 | 1500 | {hook} | 0 | 0 | 0 |\n");
}

fn set_up(rows: &mut Rows) {
    let mut vm = Vm::new();
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let mut add = |name: &str, cost| rows.insert(format!("issuer/{name}"), cost);

    let issuer = CreateIssuer::new(&payer, &admin.pubkey());
    add("create_issuer", issuer.send(&mut vm, &[&key("admin")]).expect("lands").cost);
    let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &issuer.accounts.issuer, 0);
    add("create_custodian", custodian.send(&mut vm, &[&admin]).expect("lands").cost);
    let attestors = scrip_tests::attest::attestors("custodian", 5);
    let now = vm.now();
    let set = CreateAttestorSet::new(&payer, &custodian.accounts, &attestors, 3, now);
    add("create_attestor_set/5", set.send(&mut vm, &[&admin]).expect("lands").cost);
    let listed = ListTicker::new(&payer, &custodian.accounts, key("mint"));
    add("list_ticker", listed.send(&mut vm, &admin).expect("lands").cost);
}

fn shares(rows: &mut Rows, threshold: u8, count: usize) {
    let quorum = format!("{threshold}-of-{count}");
    let mut world = World::with_quorum(threshold, count);
    let alice = world.holder("alice", SHARE);
    let owner = alice.pubkey();

    let mint = AttestMint::new(&mut world, &owner, SHARE).send(&mut world).expect("lands");
    rows.insert(format!("issuer/attest_mint/{quorum}"), mint.cost);
    let request = RequestRedemption::new(&world, &owner, 0, SHARE);
    let requested = request.send(&mut world, &alice).expect("lands");
    rows.insert("issuer/request_redemption".to_owned(), requested.cost);
    let settle = SettleRedemption::new(&mut world, &request, SHARE).send(&mut world);
    rows.insert(format!("issuer/settle_redemption/{quorum}"), settle.expect("lands").cost);
}

/// Frozen mode: the same with the gate's record of the owner, and what keeps accounts in line.
fn registered(rows: &mut Rows) {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", SHARE);
    let owner = alice.pubkey();
    let mut add = |name: &str, cost| rows.insert(format!("issuer/{name}"), cost);

    let mint = AttestMint::new(&mut world, &owner, SHARE).send(&mut world).expect("lands");
    add("attest_mint/3-of-5/kyc", mint.cost);
    let request = RequestRedemption::new(&world, &owner, 0, SHARE);
    add("request_redemption/kyc", request.send(&mut world, &alice).expect("lands").cost);
    let reject = |wallet: &mut Wallet| wallet.status = Status::Revoked as u8;
    world.edit_record(&owner, reject);
    add("freeze", freeze(&world, &owner).send(&mut world.vm, &[]).expect("lands").cost);
    world.register(&owner);
    add("thaw", thaw(&world, &owner).send(&mut world.vm, &[]).expect("lands").cost);

    let officer = world.officer();
    let hold = place_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]);
    add("place_hold", hold.expect("lands").cost);
    let lift = lift_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]);
    add("lift_hold", lift.expect("lands").cost);
    let bob = world.holder("bob", SHARE).pubkey();
    place_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect("lands");
    let beside = thaw(&world, &owner).send(&mut world.vm, &[]);
    add("thaw/beside-a-hold", beside.expect("lands").cost);
    lift_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).expect("lands");
    let case = Case::new(&officer, &bob, &owner);
    add("announce_seizure", case.announced(&mut world).cost);
    case.ripen(&mut world);
    add("execute_seizure/frozen", case.executed(&mut world).expect("lands").cost);
    add("open_ticker", world.open_ticker(&officer).expect("lands").cost);
}

/// A mint whose signatures came in a transaction of their own.
fn posted(rows: &mut Rows) {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE).pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::new(&world, &mint.body());
    let opened = posted.open(&mut world).expect("lands");
    rows.insert("issuer/open_attestation".to_owned(), opened.cost);
    let four = posted.post(&mut world, &[0, 1, 2, 3]).expect("lands");
    rows.insert("issuer/post_attestation/4".to_owned(), four.cost);
    mint.accounts.signatures = posted.address();
    let minted = world.vm.send(&[mint.instruction()], &[]).expect("lands");
    rows.insert("issuer/attest_mint/posted".to_owned(), minted.cost);
}

/// A redemption that the custodian takes up and does not pay.
fn returned(rows: &mut Rows) {
    let mut world = World::new();
    let alice = world.holder("alice", 2 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).expect("lands");
    let answer = acknowledge(&mut world, &request).send(&mut world).expect("lands");
    rows.insert("issuer/acknowledge_redemption/3-of-5".to_owned(), answer.cost);
    world.vm.set_time(world.vm.now() + i64::from(TERMS.payout_secs));
    let back = reclaim(&world, &request).send(&mut world.vm, &[&alice]).expect("lands");
    rows.insert("issuer/reclaim_redemption".to_owned(), back.cost);
}

/// A split of 10:1, of a ticker that had an action before.
fn actions(rows: &mut Rows) {
    let mut world = World::new();
    let mut at = world.vm.now() + WINDOW;
    world.schedule(split(2, 1), at);
    world.complete_action().expect("lands");
    at += 2 * WINDOW;
    let mut add = |name: &str, cost| rows.insert(format!("issuer/{name}"), cost);
    let announced = announce_action(&mut world, split(10, 1)).send(&mut world).expect("lands");
    add("announce_action/3-of-5", announced.cost);
    let scheduled = schedule_action(&mut world, at).send(&mut world).expect("lands");
    add("schedule_action/split", scheduled.cost);
    add("close_action", world.complete_action().expect("lands").cost);
}

/// Trades for coins of either token program. They go with a lookup table: three signatures and all
/// accounts do not fit otherwise.
fn cash(rows: &mut Rows) {
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
            let cost = subscribe.expect("lands").cost;
            rows.insert(format!("issuer/subscribe_for_cash/3-of-5{suffix}"), cost);
        }
        for _ in 0..2 {
            let redeem = Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice);
            let cost = redeem.expect("lands").cost;
            rows.insert(format!("issuer/redeem_for_cash/3-of-5{suffix}"), cost);
        }
    }
}

/// Investors, by a provider's word and by an attestation.
fn records(rows: &mut Rows) {
    let mut office = Office::new();
    let mut add = |name: &str, outcome: Outcome| {
        rows.insert(format!("gate/{name}"), outcome.expect("lands").cost);
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
fn prices(rows: &mut Rows) {
    let mut market = Market::new();
    let mut add = |name: &str, outcome: Outcome| {
        rows.insert(format!("collateral/{name}"), outcome.expect("lands").cost);
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
fn loans(rows: &mut Rows) {
    let mut add = |name: &str, outcome: Outcome| {
        rows.insert(format!("lender/{name}"), outcome.expect("lands").cost);
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

/// One division each, without the transaction around it.
fn divisions() -> Result<Vec<String>, Box<dyn Error>> {
    let mut vm = Vm::new();
    let program_id: Pubkey = key("toolchain program").pubkey();
    let path = program_path(TOOLCHAIN_PROGRAM);
    vm.svm.add_program_from_file(program_id, &path).map_err(|error| {
        format!("{}: {error}. Build it first: cargo xtask bench does", path.display())
    })?;
    let units = scrip_toolchain_test::cost::division_cu(|data| {
        let instruction = Instruction { program_id, accounts: vec![], data: data.to_vec() };
        vm.send(&[instruction], &[]).expect("divides").cost.compute_units
    });
    Ok(units.map(|(name, units)| format!("| `{name}` | {units} | | | |")).to_vec())
}
