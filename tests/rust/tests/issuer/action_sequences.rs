//! Whatever actions follow each other, a holder's part stays what it is.

use proptest::{prelude::*, test_runner::TestCaseError};
use scrip_interface::action::ActionKind;
use scrip_math::{Multiplier, RawAmount};
use scrip_tests::{build::*, world::World};
use solana_signer::Signer;

const DAY: i64 = 86_400;
/// Up to 10,000 shares: below 2^53 units under every multiplier here, so that a double's last bit
/// is worth less than one unit.
const MOST: u64 = 10_000 * 100_000_000;

fn ratio() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![
        (2u64..=20, Just(1u64)),
        (Just(1u64), 2u64..=20),
        (2u64..=9, 2u64..=9).prop_filter("it changes something", |(new, old)| new != old),
    ]
}

/// `raw x old x numerator / denominator`, rounded down and up, in whole numbers.
fn exact(raw: u64, old_bits: u64, (numerator, denominator): (u64, u64)) -> (u128, u128) {
    let fraction = u128::from(old_bits & ((1 << 52) - 1) | 1 << 52);
    let shift = 1_075 - (old_bits >> 52);
    let product = fraction * u128::from(raw) * u128::from(numerator);
    let unit = u128::from(denominator) << shift;
    (product / unit, product.div_ceil(unit))
}

fn run(raws: &[u64], ratios: &[(u64, u64)]) -> Result<(), TestCaseError> {
    let mut world = World::new();
    let mut held = vec![];
    for (number, raw) in raws.iter().enumerate() {
        let owner = world.investor(&format!("holder {number}")).pubkey();
        let mut mint = AttestMint::new(&mut world, &owner, *raw);
        mint.args.statement.settled_shares_e8 = 1 << 60;
        mint.args.statement.as_of += i64::try_from(number).unwrap();
        mint.send(&mut world).unwrap();
        held.push((owner, *raw));
    }
    for ratio in ratios {
        let at = world.vm.now() + DAY;
        let old = world.vm.now();
        announce_action(&mut world, split(ratio.0, ratio.1)).send(&mut world).unwrap();
        let before = world.shares_at(0, old).multiplier;
        // To the last unit that the supply needs, as the program rounds it: up.
        let after = Multiplier::from_f64_bits(before).unwrap();
        let after = after.times_ratio(ratio.0, ratio.1).unwrap();
        let needed = after.shares_ceil(RawAmount(world.supply())).unwrap().0;
        let schedule = schedule_action(&mut world, at).with_shares(needed);
        schedule.send(&mut world).unwrap();
        world.complete_action().unwrap();
        let mut all = 0;
        for (owner, raw) in &held {
            prop_assert_eq!(world.balance(owner), *raw);
            let shares = world.shares_at(*raw, at).shares_e8;
            let (low, high) = exact(*raw, before, *ratio);
            prop_assert!(shares + 1 >= low && shares <= high, "{} of {}..{}", shares, low, high);
            all += shares;
        }
        let ratio = reserve_ratio(&mut world);
        prop_assert!(all <= ratio.supply_shares_e8);
        prop_assert_eq!(ratio.supply_shares_e8, ratio.counted_shares_e8);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_split_changes_no_holders_part_by_more_than_a_unit(
        raws in prop::collection::vec(1..MOST, 1..4),
        ratios in prop::collection::vec(ratio(), 1..4),
    ) {
        run(&raws, &ratios)?;
    }
}

/// Shares that come in by dividends are never more than what was attested for them.
#[test]
fn a_dividend_gives_no_more_than_the_shares_behind_it() {
    let mut world = World::new();
    let raw = 33_333_333_333;
    world.holder("alice", raw);
    for (numerator, denominator) in [(1_003, 1_000), (10_007, 9_999), (5, 4)] {
        let at = world.vm.now() + DAY;
        let terms = ratio_terms(ActionKind::StockDividend, numerator, denominator);
        announce_action(&mut world, terms).send(&mut world).unwrap();
        let before = Multiplier::from_f64_bits(world.shares_at(0, at).multiplier).unwrap();
        let after = before.times_ratio(numerator, denominator).unwrap();
        let needed = after.shares_ceil(RawAmount(raw)).unwrap().0;
        let short = schedule_action(&mut world, at).with_shares(needed - 1);
        let error = issuer::error::IssuerError::ReservesInsufficient;
        scrip_tests::vm::assert_fails(short.send(&mut world), error);
        schedule_action(&mut world, at).with_shares(needed).send(&mut world).unwrap();
        world.complete_action().unwrap();
        assert!(world.shares_at(raw, at).shares_e8 <= needed);
    }
}
