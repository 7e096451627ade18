//! Whatever actions follow each other, a holder's part stays what it is.

use issuer::{error::IssuerError, state::ActionTermsArgs};
use proptest::{prelude::*, test_runner::TestCaseError};
use scrip_interface::{action::ActionKind, mint::Mint};
use scrip_math::{Multiplier, RawAmount, Timestamp};
use scrip_tests::{
    build::*,
    vm::{Outcome, assert_fails},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
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

/// What happens to a ticker. Parts are of 10,000.
#[derive(Clone, Debug)]
enum Step {
    Split((u64, u64)),
    Dividend(u64),
    Correction(u64),
    /// Taken back in its last second.
    Cancelled((u64, u64)),
    /// Of raw units, to one of the holders.
    Mint(usize, u64),
}

fn step() -> impl Strategy<Value = Step> {
    let small =
        || (1u64..=10, 1u64..=10).prop_filter("it changes something", |(new, old)| new != old);
    prop_oneof![
        small().prop_map(Step::Split),
        (1u64..=2_500).prop_map(Step::Dividend),
        (1u64..=2_500).prop_map(Step::Correction),
        small().prop_map(Step::Cancelled),
        (any::<usize>(), 1..FEW).prop_map(|(holder, raw)| Step::Mint(holder, raw)),
    ]
}

/// Up to 100 shares: five splits of 10:1 leave them below 2^53 units.
const FEW: u64 = 100 * SHARE;

struct Held {
    world: World,
    holders: Vec<(Pubkey, u64)>,
}

impl Held {
    fn new(raws: &[u64]) -> Self {
        let mut held = Self { world: World::new(), holders: vec![] };
        for (number, raw) in raws.iter().enumerate() {
            let owner = held.world.investor(&format!("holder {number}")).pubkey();
            held.holders.push((owner, 0));
            held.mint(number, *raw, 0).expect("what is held covers it");
        }
        held
    }

    /// Against exactly the shares that it needs, and so many less.
    fn mint(&mut self, number: usize, raw: u64, less: u128) -> Outcome {
        let world = &mut self.world;
        world.vm.set_time(world.vm.now() + 1);
        let now = world.vm.now();
        let (owner, balance) = self.holders[number];
        let multiplier = Multiplier::from_f64_bits(current(world, now)).unwrap();
        let supply = RawAmount(world.supply() + raw);
        let mut mint = AttestMint::new(world, &owner, raw);
        mint.args.statement.settled_shares_e8 = multiplier.shares_ceil(supply).unwrap().0 - less;
        let receipt = mint.send(world)?;
        self.holders[number].1 = balance + raw;
        Ok(receipt)
    }

    /// Scheduled with room for one share more than there are, which is minted meanwhile and fills
    /// both pairs; then it takes effect, or is taken back.
    fn act(&mut self, terms: ActionTermsArgs, cancelled: bool) {
        let world = &mut self.world;
        announce_action(world, terms).send(world).expect("a quorum may announce it");
        let (old, at) = (current(world, world.vm.now()), world.vm.now() + DAY);
        let new = Multiplier::from_f64_bits(old).unwrap();
        let new = new.times_ratio(terms.numerator, terms.denominator).unwrap();
        let after = new.shares_ceil(RawAmount(world.supply() + SHARE)).unwrap().0;
        schedule_action(world, at).with_shares(after).send(world).expect("all is covered");
        self.mint(0, SHARE, 0).expect("there is room in both pairs");
        let world = &mut self.world;
        if new.shares_ceil(RawAmount(world.supply() + 1)).unwrap().0 > after {
            let one_more = self.mint(0, 1, 0);
            assert_fails(one_more, IssuerError::ReservesInsufficient);
        }
        let world = &mut self.world;
        world.vm.set_time(at - 1);
        if cancelled {
            cancel_action(world).send(world).expect("it can be taken back");
            world.vm.set_time(at);
        } else {
            world.complete_action().expect("it takes effect by itself");
        }
        let expected = if cancelled { old } else { new.to_f64_bits() };
        assert_eq!(current(&self.world, self.world.vm.now()), expected);
    }

    /// Nobody's raw balance moved; what all holders have together is no more than what the supply
    /// needs, and that no more than what is held.
    fn check(&mut self) {
        let now = self.world.vm.now();
        let mut all = 0;
        for (owner, raw) in &self.holders {
            assert_eq!(self.world.balance(owner), *raw);
            all += Multiplier::from_f64_bits(current(&self.world, now))
                .unwrap()
                .shares_floor(RawAmount(*raw))
                .unwrap()
                .0;
        }
        let ratio = reserve_ratio(&mut self.world);
        assert!(all <= ratio.supply_shares_e8 && ratio.supply_shares_e8 <= ratio.counted_shares_e8);
    }
}

/// Bits of the multiplier that Token-2022 applies.
fn current(world: &World, time: i64) -> u64 {
    let mint = world.vm.account(&world.mint()).unwrap();
    let scaled_ui = Mint::parse(&mint.data).unwrap().scaled_ui().unwrap();
    scaled_ui.current(Timestamp(time)).unwrap().to_f64_bits()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_sequence_of_actions_and_mints_claims_more_than_is_held(
        raws in prop::collection::vec(1..FEW, 1..4),
        steps in prop::collection::vec(step(), 1..6),
    ) {
        let mut held = Held::new(&raws);
        for step in steps {
            let part = |new, kind| ratio_terms(kind, new, 10_000);
            match step {
                Step::Split((new, old)) => held.act(split(new, old), false),
                Step::Cancelled((new, old)) => held.act(split(new, old), true),
                Step::Dividend(parts) => {
                    held.act(part(10_000 + parts, ActionKind::StockDividend), false);
                }
                Step::Correction(parts) => {
                    held.act(part(10_000 - parts, ActionKind::Correction), false);
                }
                Step::Mint(holder, raw) => {
                    let holder = holder % held.holders.len();
                    assert_fails(held.mint(holder, raw, 1), IssuerError::ReservesInsufficient);
                    held.mint(holder, raw, 0).expect("it is covered to the last unit");
                }
            }
            held.check();
        }
    }
}

/// The largest changes there are, each way and one upon the other.
#[test]
fn a_thousand_to_one_and_one_to_a_thousand_go_from_announcement_to_closing() {
    let mut held = Held::new(&[1, 12_345_678_901, 5_000_000 * SHARE]);
    let raw: u64 = held.holders.iter().map(|(_, raw)| raw).sum();
    for (exponent, up) in [(3, true), (6, true), (3, false), (0, false), (-3, false), (-6, false)] {
        let world = &mut held.world;
        let terms = if up { split(1_000, 1) } else { split(1, 1_000) };
        let at = world.vm.now() + DAY;
        let old = f64::from_bits(current(world, world.vm.now()));
        announce_action(world, terms).send(world).unwrap();
        let new = Multiplier::from_f64_bits(old.to_bits()).unwrap();
        let new = new.times_ratio(terms.numerator, terms.denominator).unwrap();
        let needed = new.shares_ceil(RawAmount(raw)).unwrap().0;
        schedule_action(world, at).with_shares(needed).send(world).unwrap();
        world.vm.set_time(at - 1);
        assert_eq!(f64::from_bits(current(world, at - 1)), old);
        world.vm.set_time(at);
        // A double divides correctly rounded, as a change does.
        let expected = if up { old * 1_000.0 } else { old / 1_000.0 };
        assert_eq!(f64::from_bits(current(world, at)), expected);
        assert!((expected / 10f64.powi(exponent) - 1.0).abs() < 1e-12);
        world.complete_action().unwrap();
        held.check();
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
        assert_fails(short.send(&mut world), IssuerError::ReservesInsufficient);
        schedule_action(&mut world, at).with_shares(needed).send(&mut world).unwrap();
        world.complete_action().unwrap();
        assert!(world.shares_at(raw, at).shares_e8 <= needed);
    }
}
