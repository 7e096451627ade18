//! A feed's last observation, as lenders read it, against the collateral program's own type.

use super::zero_copy;
use anchor_lang::Discriminator;
use bytemuck::Zeroable;
use collateral::state::{Feed, Observed};
use scrip_interface::collateral::{Flags, Observation, reason};
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

/// When the reader looks, and how old an observation may be.
const NOW: Timestamp = Timestamp(1_795_186_800);
const MAX_OBSERVED_SECS: u32 = 600;

pub fn seeds() -> Vec<Vec<u8>> {
    let observed = Observed {
        floor_price_e8: 19_900_000_000,
        mid_price_e8: 20_000_000_000,
        ceiling_price_e8: 20_100_000_000,
        confidence_e8: 100_000_000,
        publish_time: NOW.0 - 90,
        observed_at: NOW.0 - 60,
        multiplier_bits: 1.003f64.to_bits(),
        reasons: reason::SESSION_CLOSED,
        haircut_bps: 500,
        flags: 0b101,
        session: 4,
    };
    let mint = Pubkey::new_from_array([3; 32]);
    let of = |observed| {
        let feed = Feed { version: 1, mint, observed, ..Feed::zeroed() };
        [Feed::DISCRIMINATOR, bytemuck::bytes_of(&feed)].concat()
    };
    let oldest = Observed { observed_at: NOW.0 - i64::from(MAX_OBSERVED_SECS), ..observed };
    vec![of(observed), of(oldest)]
}

pub fn check(data: &[u8]) -> bool {
    let asked = data.get(48..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; 32]);
    let mint = Pubkey::new_from_array(asked);
    let ours = Observation::read(data, &mint, NOW, MAX_OBSERVED_SECS);
    let other = Pubkey::new_from_array(asked.map(|byte| !byte));
    assert_eq!(Observation::read(data, &other, NOW, MAX_OBSERVED_SECS), None);

    let Some(feed) = zero_copy::<Feed>(data) else { return false };
    let observed = feed.observed;
    // The clocks of those who observe and of those who read are one.
    let age = i128::from(NOW.0) - i128::from(observed.observed_at);
    let counts =
        feed.version == 1 && observed.observed_at != 0 && age <= i128::from(MAX_OBSERVED_SECS);
    assert_eq!(ours.is_some(), counts);
    let Some(ours) = ours else { return false };
    let prices = [ours.floor_price, ours.mid_price, ours.ceiling_price, ours.confidence];
    let told = [
        observed.floor_price_e8,
        observed.mid_price_e8,
        observed.ceiling_price_e8,
        observed.confidence_e8,
    ];
    assert_eq!(prices.map(|price| price.0), told);
    let times = (ours.publish_time.0, ours.observed_at.0);
    assert_eq!(times, (observed.publish_time, observed.observed_at));
    assert_eq!(ours.multiplier_bits, observed.multiplier_bits);
    assert_eq!((ours.reasons.0, ours.haircut.0), (observed.reasons, observed.haircut_bps));
    assert_eq!((ours.flags.0, ours.session), (observed.flags, observed.session));
    if observed.reasons >> 20 != 0 {
        assert!(!ours.allowed().contains(Flags::CAN_MINT_DEBT));
    }
    true
}
