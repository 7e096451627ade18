//! What a corporate action is, as flags and as the chain has it.

use crate::{
    attestation::terms::{ActionName, ActionWords},
    exit::{Failure, Result},
    operator::hash_argument,
    units::{padded_text, parse_e8, parse_time},
};
use scrip_client::issuer::accounts::CorporateAction;
use scrip_interface::action::ActionKind;

#[derive(clap::Args)]
pub struct Describe {
    /// What happens to the underlying
    #[arg(value_enum)]
    action: ActionName,
    /// New shares for old ones: 10:1 for a ten-for-one split, 1001:1000 for a dividend of a tenth of a percent
    #[arg(long, value_name = "NEW:OLD", default_value = "1:1", value_parser = parse_ratio)]
    ratio: (u64, u64),
    /// The underlying's ex-date
    #[arg(long, value_name = "DAY", value_parser = parse_time)]
    ex_date: i64,
    /// Of a reinvested dividend: a share's dividend
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = parse_e8)]
    gross: u128,
    /// Of a reinvested dividend: the tax withheld of it
    #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = parse_e8)]
    withholding: u128,
    /// Of a reinvested dividend: the price at which shares were bought
    #[arg(long, value_name = "PRICE", default_value = "0", value_parser = parse_e8)]
    reinvestment_price: u128,
    /// Of a merger or delisting: from when on redemption is forced
    #[arg(long, value_name = "TIME", default_value = "0", value_parser = parse_moment)]
    forced_redemption_at: i64,
    /// Of a change of symbol: the underlying's next one
    #[arg(long, value_name = "SYMBOL", default_value = "")]
    new_symbol: String,
    /// Of a merger or delisting: its terms, a file or their sha256
    #[arg(long, value_name = "FILE|SHA256", value_parser = hash_argument)]
    terms: Option<[u8; 32]>,
    /// What shows that the underlying's issuer decided it, a file or its sha256
    #[arg(long, value_name = "FILE|SHA256", value_parser = hash_argument)]
    evidence: [u8; 32],
}

fn parse_ratio(text: &str) -> std::result::Result<(u64, u64), String> {
    let parts =
        text.split_once(':').and_then(|(new, old)| Some((new.parse().ok()?, old.parse().ok()?)));
    parts.ok_or_else(|| format!("\"{text}\" is no ratio, like 10:1"))
}

fn parse_moment(text: &str) -> std::result::Result<i64, String> {
    text.parse().or_else(|_| parse_time(text))
}

impl Describe {
    /// Checked as the program does: terms that do not fit their kind are nothing to sign.
    pub fn words(&self) -> Result<ActionWords> {
        let net = self.gross.checked_sub(self.withholding);
        let words = ActionWords {
            action: self.action,
            numerator: self.ratio.0,
            denominator: self.ratio.1,
            ex_date: self.ex_date,
            gross: self.gross,
            withholding: self.withholding,
            net: net.ok_or_else(|| Failure::usage("more is withheld than the dividend"))?,
            reinvestment_price: self.reinvestment_price,
            forced_redemption_at: self.forced_redemption_at,
            symbol: self.new_symbol.clone(),
            terms_hash: self.terms.unwrap_or_default(),
            evidence_hash: self.evidence,
        };
        if words.symbol.len() > 16 {
            return Err(Failure::usage("a symbol has at most 16 letters"));
        }
        if !words.on_chain().are_consistent() {
            return Err(Failure::usage("these terms do not fit this kind of action, or do not agree with each other")
                .hint("a split rises, a reverse split falls; price x (ratio - 1) = net of a reinvested dividend, to the last digit"));
        }
        Ok(words)
    }
}

/// An action that is on the chain.
pub fn described(action: &CorporateAction) -> Result<ActionWords> {
    let kind = ActionKind::from_byte(action.kind).ok_or_else(|| {
        Failure::missing("the corporate action is of a kind that this release does not know")
    })?;
    Ok(ActionWords {
        action: ActionName::of(kind),
        numerator: action.numerator,
        denominator: action.denominator,
        ex_date: action.ex_date,
        gross: action.gross_e8.into(),
        withholding: action.withholding_e8.into(),
        net: action.net_e8.into(),
        reinvestment_price: action.reinvestment_price_e8.into(),
        forced_redemption_at: action.forced_redemption_at,
        symbol: padded_text(&action.symbol),
        terms_hash: action.terms_hash,
        evidence_hash: action.evidence_hash,
    })
}
