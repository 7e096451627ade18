//! Pyth's `PriceUpdateV2`: a price that the receiver program verified and stored, either an
//! account that somebody posted or one that the push oracle keeps up.
//!
//! ```text
//! discriminator 8 | write authority 32 | level: 1 = Full (Partial is 0 and a count, 2 bytes)
//! feed id 32 | price i64 | conf u64 | expo i32 | publish_time i64 | previous publish_time i64
//! ema_price i64 | ema_conf u64 | posted slot u64
//! ```
//! Source: pyth-crosschain, `target_chains/solana/pyth_solana_receiver_sdk/src/price_update.rs`.

use super::{Adapter, Reading, bytes_at};
use crate::{error::CollateralError, state::Source};
use anchor_lang::prelude::*;
use scrip_math::price::Quote;

/// The receiver since August 2026, and the one before. Both wrote the same layout.
const RECEIVER: Pubkey = Pubkey::from_str_const("rec2HHDDnjLfj4kE7VyEtFA1HPGQLK33259532cRyHp");
const RECEIVER_BEFORE: Pubkey =
    Pubkey::from_str_const("rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ");

/// sha256("account:PriceUpdateV2"), the first eight bytes.
const DISCRIMINATOR: [u8; 8] = [0x22, 0xf1, 0x23, 0x63, 0x9d, 0x7e, 0xf4, 0xcd];
const LEVEL: usize = 40;
const LEVEL_PARTIAL: u8 = 0;
const LEVEL_FULL: u8 = 1;
// Behind level Full, which is one byte.
const FEED_ID: usize = 41;
const PRICE: usize = 73;
const CONFIDENCE: usize = 81;
const EXPO: usize = 89;
const PUBLISH_TIME: usize = 93;
const EMA_PRICE: usize = 109;

pub struct PythUpdate;

impl Adapter for PythUpdate {
    const PROGRAMS: &'static [Pubkey] = &[RECEIVER, RECEIVER_BEFORE];

    fn read(data: &[u8], source: &Source) -> Result<Reading> {
        require!(data.starts_with(&DISCRIMINATOR), CollateralError::PriceLayoutInvalid);
        match data.get(LEVEL) {
            Some(&LEVEL_FULL) => {}
            // Anyone may post one with a few signatures.
            Some(&LEVEL_PARTIAL) => return err!(CollateralError::PriceNotVerified),
            _ => return err!(CollateralError::PriceLayoutInvalid),
        }
        require!(bytes_at(data, FEED_ID)? == source.feed_id, CollateralError::WrongFeedId);
        let quote = Quote {
            price: i64::from_le_bytes(bytes_at(data, PRICE)?),
            confidence: u64::from_le_bytes(bytes_at(data, CONFIDENCE)?),
            expo: i32::from_le_bytes(bytes_at(data, EXPO)?),
            ema_price: i64::from_le_bytes(bytes_at(data, EMA_PRICE)?),
            publish_time: i64::from_le_bytes(bytes_at(data, PUBLISH_TIME)?),
        };
        // A session is the calendar's to tell, not this layout's.
        Ok(Reading { quote, trading: true })
    }
}
