use super::*;
use proptest::prelude::*;

const USDC: u8 = 6;

fn usdc(amount: u64) -> CashAmount {
    CashAmount(amount * 1_000_000)
}

fn dollars(amount: u64) -> ValueE8 {
    ValueE8(amount * 100_000_000)
}

#[test]
fn the_rate_rises_with_what_is_lent() {
    let rate = |cash, debt| RateE9::of_pool(Bps(100), Bps(1_000), usdc(cash), usdc(debt)).unwrap();
    assert_eq!(rate(0, 0), RateE9(10_000_000));
    assert_eq!(rate(100, 0), RateE9(10_000_000));
    assert_eq!(rate(50, 50), RateE9(60_000_000));
    assert_eq!(rate(0, 100), RateE9(110_000_000));
}

#[test]
fn a_year_of_interest_is_the_rate() {
    let rate = RateE9(60_000_000);
    assert_eq!(DebtIndex::ONE.after(rate, YEAR_SECS), Some(DebtIndex(1_060_000_000_000_000)));
    assert_eq!(DebtIndex::ONE.after(rate, 0), Some(DebtIndex::ONE));
    // 0.06 / 31,536,000 of 10^15 is 1,902,587.5...
    assert_eq!(DebtIndex::ONE.after(rate, 1), Some(DebtIndex(1_000_000_001_902_588)));
    assert_eq!(DebtIndex(u64::MAX).after(rate, YEAR_SECS), None);
}

#[test]
fn debts_are_rounded_up_and_repayments_down() {
    let index = DebtIndex(1_500_000_000_000_000);
    assert_eq!(DebtUnits::borrowed(CashAmount(100), index), Some(DebtUnits(67)));
    assert_eq!(DebtUnits::repaid(CashAmount(100), index), Some(DebtUnits(66)));
    assert_eq!(DebtUnits(67).owed_ceil(index), Some(CashAmount(101)));
    assert_eq!(DebtUnits(67).owed_floor(index), Some(CashAmount(100)));
}

#[test]
fn an_empty_pool_begins_at_one_share_a_unit() {
    assert_eq!(PoolShares(0).bought(usdc(5), CashAmount(0)), Some(PoolShares(5_000_000)));
    let all = PoolShares(5_000_000);
    assert_eq!(all.worth(usdc(5), all), Some(usdc(5)));
    // Nothing is left of it: shares are worth nothing, and new ones are cheap, not a division by 0.
    assert_eq!(all.worth(CashAmount(0), all), Some(CashAmount(0)));
    assert_eq!(all.bought(CashAmount(2), CashAmount(0)), Some(PoolShares(10_000_002)));
}

#[test]
fn a_liquidator_gets_the_payment_and_a_bonus() {
    let of = |repay, value| {
        Seizure::of(repay, USDC, RawAmount(1_000), dollars(value), Bps(500)).unwrap()
    };
    let some = of(usdc(100), 200);
    assert_eq!(some, Seizure { repaid: usdc(100), seized: RawAmount(525) });
    // More than the holding pays for: all of it, for 200 / 1.05.
    let all = of(usdc(300), 200);
    assert_eq!(all, Seizure { repaid: CashAmount(190_476_191), seized: RawAmount(1_000) });
    // Exactly what it pays for.
    assert_eq!(of(CashAmount(190_476_191), 200), all);
    let worthless = Seizure::of(usdc(1), USDC, RawAmount(7), ValueE8(0), Bps(500)).unwrap();
    assert_eq!(worthless, Seizure { repaid: CashAmount(0), seized: RawAmount(7) });
}

#[test]
fn a_holding_that_is_paid_for_exactly_costs_no_dust() {
    // Of a token of 9 decimals, 19 units are worth one of the value's, which 10 pay for.
    let whole = Seizure::of(CashAmount(19), 9, RawAmount(5), ValueE8(1), Bps(0)).unwrap();
    assert_eq!(whole, Seizure { repaid: CashAmount(10), seized: RawAmount(5) });
}

#[test]
fn a_debts_value_is_rounded_up_and_a_portion_down() {
    assert_eq!(usdc(3).debt_value(USDC), Some(dollars(3)));
    assert_eq!(CashAmount(11).debt_value(9), Some(ValueE8(2)));
    assert_eq!(CashAmount(1).debt_value(20), None);
    assert_eq!(portion_floor(dollars(200), Bps(7_300)), Some(dollars(146)));
    assert_eq!(portion_floor(ValueE8(9_999), Bps(7_500)), Some(ValueE8(7_499)));
    assert_eq!(portion_floor(ValueE8(u64::MAX), Bps(10_001)), None);
}

proptest! {
    #[test]
    fn products_are_exact(a: u64, b: u64, c: u64) {
        let product = u128::from(a) * u128::from(b);
        let fits = |value: u128| u64::try_from(value).ok();
        let floor = product.checked_div(u128::from(c)).and_then(fits);
        prop_assert_eq!(mul_div_floor(a, b, c), floor);
        let ceil = (c != 0).then(|| product.div_ceil(u128::from(c))).and_then(fits);
        prop_assert_eq!(mul_div_ceil(a, b, c), ceil);
    }

    /// Borrowing and repaying at once leaves no profit, nor does repaying in parts.
    #[test]
    fn a_debt_is_never_below_what_was_borrowed(
        amount in 0u64..1 << 50, part in 0u64..1 << 50, index in ONE_E15..ONE_E15 * 1_000
    ) {
        let (index, part) = (DebtIndex(index), CashAmount(part.min(amount)));
        let units = DebtUnits::borrowed(CashAmount(amount), index).unwrap();
        prop_assert!(units.owed_ceil(index).unwrap().0 >= amount);
        prop_assert!(units.owed_floor(index).unwrap().0 >= amount);
        let repaid = DebtUnits::repaid(part, index).unwrap();
        let left = DebtUnits(units.0 - repaid.0);
        prop_assert!(left.owed_ceil(index).unwrap().0 >= amount - part.0);
    }

    /// Buying and selling shares at once leaves no profit.
    #[test]
    fn shares_are_never_worth_more_than_was_paid(
        amount in 0u64..1 << 40, assets in 0u64..1 << 40, shares in 0u64..1 << 40
    ) {
        let all = PoolShares(shares);
        let bought = all.bought(CashAmount(amount), CashAmount(assets));
        let Some(bought) = bought.filter(|b| b.0 < u64::MAX - shares) else { return Ok(()) };
        let after = PoolShares(shares + bought.0);
        let worth = bought.worth(CashAmount(assets + amount), after).unwrap();
        prop_assert!(worth.0 <= amount);
        // Nor is anybody else's share worth less than before.
        let before = all.worth(CashAmount(assets), all).unwrap();
        prop_assert!(all.worth(CashAmount(assets + amount), after).unwrap() >= before);
    }

    /// What is seized is worth at most the payment and its bonus, exactly.
    #[test]
    fn a_seizure_never_exceeds_payment_and_bonus(
        repay in 0u64..1 << 45, raw in 1u64..1 << 45, value in 1u64..1 << 50, bonus in 0u16..=5_000
    ) {
        let Seizure { repaid, seized } =
            Seizure::of(CashAmount(repay), USDC, RawAmount(raw), ValueE8(value), Bps(bonus))
                .unwrap();
        prop_assert!(repaid.0 <= repay && seized.0 <= raw);
        // seized / raw x value <= repaid x 100 x (1 + bonus), in units of 10^-8 USD.
        let got = u128::from(seized.0) * u128::from(value) * 10_000;
        let paid = u128::from(repaid.0) * 100 * (10_000 + u128::from(bonus)) * u128::from(raw);
        prop_assert!(got <= paid, "{seized:?} for {repaid:?}");
    }

    #[test]
    fn no_input_panics(a: u64, b: u64, c: u64, d: u64, bps: u16, decimals: u8) {
        RateE9::of_pool(Bps(bps), Bps(bps), CashAmount(a), CashAmount(b));
        DebtIndex(a).after(RateE9(b), c);
        DebtUnits::borrowed(CashAmount(a), DebtIndex(b));
        DebtUnits::repaid(CashAmount(a), DebtIndex(b));
        PoolShares(a).bought(CashAmount(b), CashAmount(c));
        PoolShares(a).worth(CashAmount(b), PoolShares(c));
        CashAmount(a).debt_value(decimals);
        CashAmount::paying(ValueE8(a), decimals);
        Seizure::of(CashAmount(a), decimals, RawAmount(b), ValueE8(d), Bps(bps));
        portion_floor(ValueE8(a), Bps(bps));
    }
}
