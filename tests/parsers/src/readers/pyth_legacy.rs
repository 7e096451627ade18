//! Pyth's first price accounts against its own crate.

use crate::files::{fixture, from_base64};
use collateral::oracle::{Adapter, PythLegacy};
use pyth_sdk_solana::state::{PriceStatus, SolanaPriceAccount, load_price_account};

/// Up to the last field that is read here.
const READ: usize = 228;
/// What goes in: behind it are the prices of single publishers, which nobody here reads.
const INPUT: usize = 240;
/// Where theirs has enumerations, and how many values each knows. Others would be no values of the type.
const ENUMERATIONS: [(usize, u32); 3] = [(16, 2), (224, 5), (228, 1)];

pub fn seeds() -> Vec<Vec<u8>> {
    let accounts = fixture("pyth_price_accounts.json");
    let accounts = accounts.as_array().expect("a list").iter();
    let legacy = accounts.filter(|account| account["kind"] != "PriceUpdateV2");
    legacy.map(|account| from_base64(&account["data_base64"])[..INPUT].to_vec()).collect()
}

pub fn check(data: &[u8]) -> bool {
    let ours = PythLegacy::read(data, &bytemuck::Zeroable::zeroed());
    if data.len() < READ {
        assert!(ours.is_err(), "cut short");
        return false;
    }
    // As long as theirs, and aligned for it.
    let mut words = vec![0u64; size_of::<SolanaPriceAccount>() / 8];
    let whole: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
    let given = data.len().min(INPUT);
    whole[..given].copy_from_slice(&data[..given]);
    let word = |at: usize| u32::from_le_bytes(*whole[at..].first_chunk().expect("inside"));
    let status = word(224);
    if ENUMERATIONS.iter().all(|(at, values)| word(*at) < *values) {
        let theirs: Result<&SolanaPriceAccount, _> = load_price_account(whole);
        assert_eq!(ours.is_ok(), theirs.is_ok());
        if let (Ok(ours), Ok(theirs)) = (&ours, theirs) {
            assert_eq!(ours.quote.price, theirs.agg.price);
            assert_eq!(ours.quote.confidence, theirs.agg.conf);
            assert_eq!(ours.quote.expo, theirs.expo);
            assert_eq!(ours.quote.publish_time, theirs.timestamp);
            assert_eq!(ours.quote.ema_price, theirs.ema_price.val);
            assert_eq!(ours.trading, theirs.agg.status == PriceStatus::Trading);
        }
    } else if let Ok(ours) = &ours {
        assert_eq!(ours.trading, status == PriceStatus::Trading as u32);
    }
    ours.is_ok()
}
