//! Pyth's price updates against its receiver's own type.

use super::choices;
use crate::files::{fixture, from_base64};
use anchor_lang::AccountDeserialize;
use collateral::{
    error::CollateralError,
    oracle::{Adapter, PythUpdate, Reading},
    state::{Source, source_kind},
};
use pyth_solana_receiver_sdk::price_update::{PriceUpdateV2, VerificationLevel};
use scrip_math::price::Quote;

/// Up to the last field that is read here.
const READ: usize = 117;
const FEED_ID: usize = 41;

/// Whether the feed's own id is looked for, then the account.
pub fn seeds() -> Vec<Vec<u8>> {
    let accounts = fixture("pyth_price_accounts.json");
    let accounts = accounts.as_array().expect("a list").iter();
    let updates = accounts.filter(|account| account["kind"] == "PriceUpdateV2");
    updates.map(|account| [vec![0], from_base64(&account["data_base64"])].concat()).collect()
}

pub fn check(input: &[u8]) -> bool {
    let ([other], data) = choices(input);
    let mut feed_id: [u8; 32] =
        data.get(FEED_ID..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; 32]);
    feed_id[31] ^= other;
    let source = Source { kind: source_kind::PYTH_UPDATE, feed_id, ..bytemuck::Zeroable::zeroed() };

    let ours = PythUpdate::read(data, &source);
    if data.len() >= READ {
        assert_eq!(ours, retold(data, &feed_id).map_err(Into::into));
    } else {
        ours.as_ref().expect_err("cut short");
    }
    ours.is_ok()
}

fn retold(data: &[u8], feed_id: &[u8; 32]) -> Result<Reading, CollateralError> {
    // What lies behind what is read may be missing: no account of theirs is that short.
    let mut whole = data.to_vec();
    whole.resize(data.len().max(PriceUpdateV2::LEN), 0);
    let update = PriceUpdateV2::try_deserialize(&mut whole.as_slice())
        .map_err(|_| CollateralError::PriceLayoutInvalid)?;
    let message = update.price_message;
    match update.verification_level {
        VerificationLevel::Partial { .. } => Err(CollateralError::PriceNotVerified),
        VerificationLevel::Full if message.feed_id != *feed_id => Err(CollateralError::WrongFeedId),
        VerificationLevel::Full => {
            let quote = Quote {
                price: message.price,
                confidence: message.conf,
                expo: message.exponent,
                ema_price: message.ema_price,
                publish_time: message.publish_time,
            };
            Ok(Reading { quote, trading: true })
        }
    }
}
