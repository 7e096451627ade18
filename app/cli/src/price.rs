//! What a security is worth, by the curator's feed: asked of the collateral program, which reads the oracle.

use crate::{
    context::Context,
    exit::{Failure, Result},
    names::Security,
};
use scrip_client::collateral::{accounts::Feed, types::FeedConfig};
use scrip_interface::{
    collateral::{self, Expected, Kind, Valuation, ValueAccounts},
    ids,
};
use scrip_math::{RawAmount, units::DECIMALS};
use solana_pubkey::Pubkey;

/// Pyth's push oracle since August 2026: keeps price accounts up at addresses that follow from the feed id.
const PUSH_ORACLE: Pubkey = Pubkey::from_str_const("pyt2F414BA6dPttK6RddPZUdHfapoBN24GL5wbrPCou");
/// In place of a source's number.
pub const NO_SOURCE: u8 = 255;
const ONE_TOKEN: u64 = 10u64.pow(DECIMALS as u32);

/// The curator's feed of a security, if there is one.
pub fn feed_of(context: &Context, security: &Security) -> Result<Option<(Pubkey, Feed)>> {
    let Some(curator) = context.curator()? else { return Ok(None) };
    let address = collateral::pda::feed(&ids::COLLATERAL, &curator, &security.mint).0;
    Ok(context.chain()?.find(&address)?.map(|feed| (address, feed)))
}

/// USD x 10^8 of a whole token before the multiplier; none without a feed, or while it has no usable price.
pub fn price_of(context: &Context, security: &Security) -> Result<Option<u64>> {
    let Some((address, feed)) = feed_of(context, security)? else { return Ok(None) };
    match value(context, security, (&address, &feed), ONE_TOKEN) {
        Ok(valuation) if valuation.mid_price.0 > 0 => Ok(Some(valuation.mid_price.0)),
        // A price is a courtesy here: what is wrong with it, `scrip value` says.
        _ => Ok(None),
    }
}

/// What a raw amount is worth to a lender now.
pub fn value(
    context: &Context,
    security: &Security,
    (address, feed): (&Pubkey, &Feed),
    raw: u64,
) -> Result<Valuation> {
    let chain = context.chain()?;
    let asker = context.asker()?;
    let (rules, config_hash, _) = rules(feed, chain.now()?);
    let answer = |kind: Kind, data: Vec<u8>, raw: u64| {
        let expected = Expected { mint: security.mint, raw: RawAmount(raw), config_hash };
        let entries =
            collateral::read(&ids::COLLATERAL, kind, &(ids::COLLATERAL, data), &[expected]);
        entries.ok().and_then(|entries| entries.first().copied()).ok_or_else(|| {
            Failure::refused("the collateral program answers another question than it was asked")
        })
    };
    // Which source counts depends on the session.
    let question = collateral::status(&ids::COLLATERAL, *address, rules.calendar, security.mint);
    let status = answer(Kind::Status, chain.ask(&asker, question)?, 0)?;
    let rule = rules.rules.get(usize::from(status.session));
    let source = rule.map_or(0, |rule| rule.source);
    let token = rules.token_source;
    let accounts = ValueAccounts {
        feed: *address,
        calendar: rules.calendar,
        mint: security.mint,
        price: price_account(rules, source)?,
        token_price: if token == NO_SOURCE { None } else { Some(price_account(rules, token)?) },
    };
    let question = collateral::value(&ids::COLLATERAL, &[(accounts, RawAmount(raw))]);
    answer(Kind::Value, chain.ask(&asker, question)?, raw)
}

/// The rules that count, their hash and their version. Looser ones do by themselves once their time has come; the
/// account says so later.
pub fn rules(feed: &Feed, now: i64) -> (&FeedConfig, [u8; 32], u32) {
    if feed.pending_at != 0 && feed.pending_at <= now {
        (&feed.pending, feed.pending_hash, feed.config_version + 1)
    } else {
        (&feed.config, feed.config_hash, feed.config_version)
    }
}

/// The account that the rules pin, else where the push oracle keeps the price.
fn price_account(rules: &FeedConfig, number: u8) -> Result<Pubkey> {
    let source = rules.sources.get(usize::from(number)).filter(|source| source.kind != 0);
    let source =
        source.ok_or_else(|| Failure::missing(format!("the feed has no source {number}")))?;
    if source.account != Pubkey::default() {
        return Ok(source.account);
    }
    const SHARD: [u8; 2] = 0u16.to_le_bytes();
    Ok(Pubkey::find_program_address(&[&SHARD, &source.feed_id], &PUSH_ORACLE).0)
}

pub const fn session_name(session: u8) -> &'static str {
    match session {
        0 => "closed",
        1 => "pre-market",
        2 => "regular",
        3 => "post-market",
        4 => "overnight",
        _ => "unknown",
    }
}

/// Why something is not allowed, in words.
pub fn reason_words(reasons: u32) -> Vec<String> {
    use collateral::reason as r;
    let all = [
        (r::SESSION_CLOSED, "the market is closed"),
        (r::CALENDAR_UNKNOWN, "the calendar has not been loaded for this date"),
        (r::VENUE_HALTED, "the exchange is halted"),
        (r::TICKER_HALTED, "this share is halted"),
        (r::DEBT_DISABLED, "the curator takes no new debt against it"),
        (r::SESSION_RULE, "at this hour the curator permits less"),
        (r::PRICE_STALE, "the price is too old"),
        (r::PRICE_IN_FUTURE, "the price is dated ahead of the chain's clock"),
        (r::PRICE_INVALID, "the oracle's price is no price"),
        (r::PRICE_NOT_TRADING, "the oracle is not trading"),
        (r::PRICE_SUPERSEDED, "a newer price was observed"),
        (r::CONFIDENCE_WIDE, "the oracle is not sure enough"),
        (r::DEPEG, "the token trades away from the share"),
        (r::TOKEN_PRICE_UNUSABLE, "the token's own price cannot be used"),
        (r::ACTION_PENDING, "a split or dividend is about to take effect"),
        (
            r::ACTION_WINDOW,
            "a split or dividend has taken effect, and prices have not been seen to follow",
        ),
        (r::ACTION_UNCONFIRMED, "prices were not seen to follow the last split or dividend"),
        (r::MULTIPLIER_INVALID, "the mint's multiplier cannot be counted with"),
        (r::VALUE_TOO_LARGE, "the amount is too large"),
        (r::NO_PRICE, "no price was asked for"),
    ];
    let mut words: Vec<String> = all
        .iter()
        .filter(|(bit, _)| reasons & bit != 0)
        .map(|(_, words)| (*words).to_owned())
        .collect();
    let unknown = reasons & !r::KNOWN;
    if unknown != 0 {
        words.push(format!("reasons of a later release ({unknown:#x})"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        let known = collateral::reason::KNOWN;
        assert_eq!(reason_words(known).len(), known.count_ones() as usize);
        assert_eq!(reason_words(1 << 31), ["reasons of a later release (0x80000000)"]);
    }
}
