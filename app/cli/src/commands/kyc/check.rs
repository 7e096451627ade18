use crate::{
    context::Context,
    countries,
    exit::Result,
    keys,
    names::{self, holding},
    output::{Cell, Page},
    units,
};
use scrip_interface::{
    gate::{self, Policy, Reasons, Wallet},
    ids,
};
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// An address, or a key file
    #[arg(value_parser = keys::address)]
    owner: Pubkey,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let chain = context.chain()?;
    let addresses = [security.policy(), security.wallet_record(&args.owner)];
    let mut found = chain
        .all_bytes(&addresses)?
        .into_iter()
        .map(|bytes| bytes.filter(|bytes| bytes.owner == ids::GATE).map(|bytes| bytes.data));
    let (policy, record) = (found.next().flatten(), found.next().flatten());
    let policy = policy.as_deref().and_then(Policy::parse);
    let record = record.as_deref().and_then(Wallet::parse);
    let now = Timestamp(security.now);
    let reasons = policy.as_ref().map(|policy| gate::judge(policy, record.as_ref(), now));

    let mut page = Page::new();
    page.field("symbol", security.symbol())
        .field("mode", security.mode())
        .field("owner", args.owner);
    page.field("registered", record.is_some());
    if let Some(record) = &record {
        page.field("country", countries::code(record.country()))
            .field("tier", u32::from(record.tier()));
        page.field("provider", u32::from(record.provider()))
            .field("record_until", units::time(record.expires_at().0));
    }
    let words = match (reasons, security.asks_registration()) {
        (None, true) => vec!["the issuer has not said yet who may hold it: scrip policy set"],
        (None, false) => vec![],
        (Some(reasons), _) => reason_words(reasons),
    };
    // Of an open ticker nobody has to be registered to hold it; some ask at the primary market.
    page.field("may_hold", security.ticker.mode == 0 || words.is_empty());
    page.field("may_be_minted_to", !security.asks_registration() || words.is_empty());
    page.field("against_it", Cell::list(words));
    if let Some(holding) = holding(context, &security.account_of(&args.owner))? {
        page.field("frozen", holding.frozen)
            .field("balance", security.amount(holding.amount, None));
    }
    Ok(page)
}

fn reason_words(reasons: Reasons) -> Vec<&'static str> {
    let all = [
        (Reasons::POLICY_PAUSED, "the policy is paused"),
        (Reasons::NOT_REGISTERED, "not registered"),
        (Reasons::REVOKED, "the registration was revoked"),
        (Reasons::EXPIRED, "the registration has expired"),
        (Reasons::COUNTRY_NOT_ALLOWED, "not for residents of this country"),
        (Reasons::TIER_TOO_LOW, "the tier is too low"),
        (Reasons::PROVIDER_NOT_ACCEPTED, "its provider is not accepted"),
        (Reasons::VENUE_NOT_ALLOWED, "not for venues"),
    ];
    all.into_iter().filter(|(reason, _)| reasons.has(*reason)).map(|(_, words)| words).collect()
}
