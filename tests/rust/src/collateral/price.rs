//! Price accounts, byte for byte as Pyth's programs write them.

use solana_account::Account;
use solana_pubkey::Pubkey;

pub const RECEIVER: Pubkey = Pubkey::from_str_const("rec2HHDDnjLfj4kE7VyEtFA1HPGQLK33259532cRyHp");
pub const RECEIVER_BEFORE: Pubkey =
    Pubkey::from_str_const("rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ");
pub const LEGACY_ORACLE: Pubkey =
    Pubkey::from_str_const("FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH");

/// A price with exponent -8 in a `PriceUpdateV2`.
#[derive(Clone, Copy, Debug)]
pub struct Price {
    pub feed_id: [u8; 32],
    pub price: i64,
    pub confidence: u64,
    pub expo: i32,
    pub publish_time: i64,
    pub ema_price: i64,
    /// `None`: fully verified.
    pub signatures: Option<u8>,
    pub owner: Pubkey,
}

impl Price {
    /// So many dollars, give or take a thousandth.
    pub fn dollars(feed_id: [u8; 32], dollars: f64, publish_time: i64) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "a price of a test")]
        let price = (dollars * 1e8).round() as i64;
        Self {
            feed_id,
            price,
            confidence: price.unsigned_abs() / 1_000,
            expo: -8,
            publish_time,
            ema_price: price,
            signatures: None,
            owner: RECEIVER,
        }
    }

    pub fn data(&self) -> Vec<u8> {
        let mut data = vec![0x22, 0xf1, 0x23, 0x63, 0x9d, 0x7e, 0xf4, 0xcd];
        data.extend([7; 32]);
        match self.signatures {
            None => data.push(1),
            Some(count) => data.extend([0, count]),
        }
        data.extend(self.feed_id);
        data.extend(self.price.to_le_bytes());
        data.extend(self.confidence.to_le_bytes());
        data.extend(self.expo.to_le_bytes());
        data.extend(self.publish_time.to_le_bytes());
        data.extend(self.publish_time.wrapping_sub(1).to_le_bytes());
        data.extend(self.ema_price.to_le_bytes());
        data.extend(self.confidence.to_le_bytes());
        data.extend(450_000_000u64.to_le_bytes());
        data.resize(134, 0);
        data
    }

    pub fn account(&self) -> Account {
        account(self.owner, self.data())
    }
}

/// A legacy price account.
#[derive(Clone, Copy, Debug)]
pub struct LegacyPrice {
    pub price: i64,
    pub confidence: u64,
    pub publish_time: i64,
    /// 1: trading.
    pub status: u32,
}

impl LegacyPrice {
    pub fn data(&self) -> Vec<u8> {
        let mut data = vec![0; 3_312];
        let mut put = |at: usize, bytes: &[u8]| data[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &0xa1b2_c3d4u32.to_le_bytes());
        put(4, &2u32.to_le_bytes());
        put(8, &3u32.to_le_bytes());
        put(12, &3_312u32.to_le_bytes());
        put(16, &1u32.to_le_bytes());
        put(20, &(-8i32).to_le_bytes());
        put(48, &self.price.to_le_bytes());
        put(96, &self.publish_time.to_le_bytes());
        put(208, &self.price.to_le_bytes());
        put(216, &self.confidence.to_le_bytes());
        put(224, &self.status.to_le_bytes());
        data
    }

    pub fn account(&self) -> Account {
        account(LEGACY_ORACLE, self.data())
    }
}

pub fn account(owner: Pubkey, data: Vec<u8>) -> Account {
    Account { lamports: 100_000_000, data, owner, executable: false, rent_epoch: u64::MAX }
}
