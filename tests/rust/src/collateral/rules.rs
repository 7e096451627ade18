//! Rules of a feed, as a curator of xStocks might set them.

use collateral::state::{FeedConfig, NO_SOURCE, SessionRule, Source, source_kind, unit};
use scrip_interface::collateral::Flags;
use solana_pubkey::Pubkey;

/// `Equity.US.AAPL/USD` and `Crypto.AAPLX/USD`.
pub const AAPL: [u8; 32] = hex("49f6b65cb1de6b10eaf75e7c03ca029c306d0357e91b5311b175084a5ad55688");

pub const REGULAR: usize = 2;

/// Any account that holds the feed id, fully verified.
pub fn pyth(feed_id: [u8; 32], unit: u8) -> Source {
    Source { feed_id, kind: source_kind::PYTH_UPDATE, unit, ..Source::default() }
}

pub fn legacy(account: Pubkey) -> Source {
    Source { account, kind: source_kind::PYTH_LEGACY, ..Source::default() }
}

/// Debt while the share trades by day, liquidation also by night, nothing while it is closed.
pub fn rules(calendar: Pubkey, source: Source) -> FeedConfig {
    let rule = |max_age_secs, max_confidence_bps, haircut_bps, permitted: Flags| SessionRule {
        max_age_secs,
        max_confidence_bps,
        haircut_bps,
        permitted: permitted.0,
        source: 0,
        padding: 0,
    };
    FeedConfig {
        calendar,
        sources: [source, Source::default(), Source::default(), Source::default()],
        rules: [
            rule(96 * 3_600, 200, 2_500, Flags(0)),
            rule(120, 150, 1_000, Flags::ALL),
            rule(60, 100, 500, Flags::ALL),
            rule(120, 150, 1_000, Flags::ALL),
            rule(300, 300, 1_500, Flags::CAN_LIQUIDATE),
        ],
        token_source: NO_SOURCE,
        use_ema: 0,
        debt_disabled: 0,
        padding: 0,
        max_depeg_bps: 300,
        continuity_bps: 1_500,
        token_max_age_secs: 120,
        before_secs: 3_600,
        window_max_secs: 6 * 3_600,
    }
}

/// The same with the token's own market beside the share's.
pub fn rules_with_token(calendar: Pubkey, share: Source, token_feed: [u8; 32]) -> FeedConfig {
    let mut rules = rules(calendar, share);
    rules.sources[1] = pyth(token_feed, unit::PER_TOKEN);
    rules.token_source = 1;
    rules
}

/// 32 bytes from their digits.
pub const fn hex(digits: &str) -> [u8; 32] {
    const fn digit(byte: u8) -> u8 {
        match byte {
            b'0'..=b'9' => byte - b'0',
            _ => byte - b'a' + 10,
        }
    }
    let (digits, mut bytes, mut i) = (digits.as_bytes(), [0; 32], 0);
    while i < 32 {
        bytes[i] = digit(digits[2 * i]) << 4 | digit(digits[2 * i + 1]);
        i += 1;
    }
    bytes
}
