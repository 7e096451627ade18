//! Pyth's first price account, which its own oracle program wrote. Mainnet's stopped in August
//! 2024, and says so by its status.
//!
//! ```text
//! 0 magic u32 | 4 version u32 | 8 account type u32 | 20 expo i32 | 48 ema price i64
//! 96 timestamp i64 | 208 price i64 | 216 conf u64 | 224 status u32
//! ```
//! Source: pyth-sdk-rs, `pyth-sdk-solana/src/state.rs`.

use super::{Adapter, Reading, bytes_at};
use crate::{error::CollateralError, state::Source};
use anchor_lang::prelude::*;
use scrip_math::price::Quote;

const ORACLE: Pubkey = Pubkey::from_str_const("FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH");

const MAGIC: u32 = 0xa1b2_c3d4;
const VERSION: u32 = 2;
const TYPE_PRICE: u32 = 3;
const STATUS_TRADING: u32 = 1;

const EXPO: usize = 20;
const EMA_PRICE: usize = 48;
const TIMESTAMP: usize = 96;
const PRICE: usize = 208;
const CONFIDENCE: usize = 216;
const STATUS: usize = 224;

pub struct PythLegacy;

impl Adapter for PythLegacy {
    const PROGRAMS: &'static [Pubkey] = &[ORACLE];

    fn read(data: &[u8], _source: &Source) -> Result<Reading> {
        for (at, expected) in [(0, MAGIC), (4, VERSION), (8, TYPE_PRICE)] {
            let found = u32::from_le_bytes(bytes_at(data, at)?);
            require!(found == expected, CollateralError::PriceLayoutInvalid);
        }
        let quote = Quote {
            price: i64::from_le_bytes(bytes_at(data, PRICE)?),
            confidence: u64::from_le_bytes(bytes_at(data, CONFIDENCE)?),
            expo: i32::from_le_bytes(bytes_at(data, EXPO)?),
            ema_price: i64::from_le_bytes(bytes_at(data, EMA_PRICE)?),
            publish_time: i64::from_le_bytes(bytes_at(data, TIMESTAMP)?),
        };
        // Pyth's own crate gives the previous price when the status is any other, without a word.
        let trading = u32::from_le_bytes(bytes_at(data, STATUS)?) == STATUS_TRADING;
        Ok(Reading { quote, trading })
    }
}
