//! What an attestation says, in sentences. They are part of the file and made anew from its fields whenever it is
//! read: who signs reads what is signed.

use super::{
    File,
    terms::{
        ActionStep, ActionWords, AttestorsDecision, Key, QuoteSide, Redemption, Reserves, Schedule,
        SetContents, Terms,
    },
};
use crate::units::{grouped_e8, span_text, time_text};
use scrip_client::amounts::format_e8;
use scrip_interface::attestation::Kind;

const ALL_KINDS: [Kind; 9] = [
    Kind::Mint,
    Kind::Reserve,
    Kind::Statement,
    Kind::Acknowledge,
    Kind::Settle,
    Kind::Reject,
    Kind::Quote,
    Kind::Action,
    Kind::Attestors,
];

/// As `--kinds` takes it and files say it.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Mint => "mint",
        Kind::Reserve => "reserves",
        Kind::Statement => "statement",
        Kind::Acknowledge => "acknowledge",
        Kind::Settle => "settle",
        Kind::Reject => "reject",
        Kind::Quote => "quote",
        Kind::Action => "action",
        Kind::Attestors => "attestors",
    }
}

/// The names of the kinds in a mask.
pub fn kind_names(mask: u16) -> Vec<&'static str> {
    ALL_KINDS.into_iter().filter(|kind| mask & kind.bit() != 0).map(kind_name).collect()
}

pub fn kind_named(name: &str) -> Option<Kind> {
    ALL_KINDS.into_iter().find(|kind| kind_name(*kind) == name)
}

/// Every fact that is signed.
pub fn says(file: &File) -> Vec<String> {
    let mut says = about(&file.terms);
    let header = &file.header;
    says.push(format!(
        "By a quorum of attestor set {} of custodian {} of the issuer {}.",
        header.attestor_set, header.custodian, header.issuer
    ));
    says.push(format!(
        "Counts once, by number {}, from {} until {}, for the program {} on the cluster {}.",
        header.nonce,
        time_text(header.issued_at),
        time_text(header.expires_at),
        header.program,
        header.genesis_hash
    ));
    says
}

fn about(terms: &Terms) -> Vec<String> {
    match terms {
        Terms::Mint { mint, action_sequence, owner, amount, reserves } => vec![
            format!("Mint {} of {mint} to {owner}.", raw(*amount)),
            held(reserves),
            sequence(*action_sequence),
        ],
        Terms::Reserves { mint, action_sequence, reserves } => vec![
            format!("Record what the custodian holds for {mint}."),
            held(reserves),
            sequence(*action_sequence),
        ],
        Terms::Statement { as_of, tickers } => {
            let mut says = vec![format!(
                "Record what the custodian holds for {} tickers, as of {}.",
                tickers.len(),
                time_text(*as_of)
            )];
            says.extend(tickers.iter().map(|one| {
                format!(
                    "For {}: {} shares settled, {} receivable, after {} corporate actions.",
                    one.mint,
                    grouped_e8(one.settled),
                    grouped_e8(one.receivable),
                    one.action_sequence
                )
            }));
            says
        }
        Terms::Acknowledge { redemption } => {
            of_redemption("Take up", redemption, "It will be paid.")
        }
        Terms::Settle { redemption, amount, payout_reference } => of_redemption(
            "Settle",
            redemption,
            &format!(
                "{} have been paid out and are burned; payment reference {}.",
                raw(*amount),
                reference(payout_reference)
            ),
        ),
        Terms::Reject { redemption, reason } => of_redemption(
            "Reject",
            redemption,
            &format!(
                "It will not be paid, for reason {reason}; the owner may take the shares back."
            ),
        ),
        Terms::Quote {
            mint,
            action_sequence,
            side,
            owner,
            amount,
            cash_mint,
            cash_amount,
            reserves,
        } => {
            let trade = match side {
                QuoteSide::Subscribe => format!("Mint {} of {mint} to {owner} for", raw(*amount)),
                QuoteSide::Redeem => format!("Burn {} of {mint} of {owner} for", raw(*amount)),
            };
            let mut says = vec![format!("{trade} {cash_amount} units of the cash {cash_mint}.")];
            says.extend(reserves.as_ref().map(held));
            says.push(sequence(*action_sequence));
            says
        }
        Terms::Action { mint, action_sequence, step, request, terms, schedule } => {
            let mut says = vec![match step {
                ActionStep::Announce => format!("Announce a corporate action of {mint}."),
                ActionStep::Schedule => format!(
                    "Schedule the corporate action of {mint} that event {request} announced."
                ),
                ActionStep::Cancel => {
                    format!("Cancel the corporate action of {mint} that event {request} announced.")
                }
            }];
            says.extend(action(terms));
            says.extend(schedule.as_ref().map(scheduled));
            says.push(sequence(*action_sequence));
            says
        }
        Terms::Attestors { decision } => match decision {
            AttestorsDecision::ActivateSet { set } => activation(set),
            AttestorsDecision::RemoveAttestor { attestor } => {
                vec![format!(
                    "The key {attestor} shall never count again, in no attestor set of the custodian."
                )]
            }
            AttestorsDecision::ChangeCustodian { mint, next } => {
                vec![format!(
                    "{mint} shall rest on custodian {next} of the same issuer from now on."
                )]
            }
        },
    }
}

/// Raw units, and what they look like with the mint's 8 decimals: the multiplier is not part of what is signed.
fn raw(amount: u64) -> String {
    format!("{amount} raw units ({} before the multiplier)", grouped_e8(amount.into()))
}

fn held(reserves: &Reserves) -> String {
    format!(
        "The custodian holds {} shares settled and {} receivable, as of {}.",
        grouped_e8(reserves.settled),
        grouped_e8(reserves.receivable),
        time_text(reserves.as_of)
    )
}

fn sequence(number: u32) -> String {
    match number {
        0 => "No corporate action of the ticker has been scheduled yet.".into(),
        number => format!("The ticker's action sequence is {number}."),
    }
}

fn of_redemption(verb: &str, redemption: &Redemption, then: &str) -> Vec<String> {
    let Redemption { mint, action_sequence, owner, id, request } = redemption;
    vec![
        format!("{verb} redemption {id} of {owner}, of {mint}, that event {request} opened."),
        then.to_owned(),
        sequence(*action_sequence),
    ]
}

/// Text where it is text, else hex.
pub fn reference(bytes: &[u8; 32]) -> String {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let text = &bytes[..end];
    if end > 0 && text.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
        return format!("\"{}\"", String::from_utf8_lossy(text));
    }
    hex::encode(bytes)
}

fn action(terms: &ActionWords) -> Vec<String> {
    let mut says = vec![format!(
        "It is a {}: {} new shares for {} old ones; ex-date {}.",
        terms.action.words(),
        terms.numerator,
        terms.denominator,
        &time_text(terms.ex_date)[..10.min(time_text(terms.ex_date).len())]
    )];
    if terms.gross != 0 || terms.net != 0 {
        says.push(format!(
            "Of {} a share, {} were withheld and {} reinvested at {}.",
            format_e8(terms.gross),
            format_e8(terms.withholding),
            format_e8(terms.net),
            format_e8(terms.reinvestment_price)
        ));
    }
    if terms.forced_redemption_at != 0 {
        says.push(format!(
            "Redemption is forced from {} on.",
            time_text(terms.forced_redemption_at)
        ));
    }
    if !terms.symbol.is_empty() {
        says.push(format!("The underlying's next symbol is {}.", terms.symbol));
    }
    if terms.terms_hash != [0; 32] {
        says.push(format!("Its terms have the sha256 {}.", hex::encode(terms.terms_hash)));
    }
    if terms.evidence_hash != [0; 32] {
        says.push(format!("Its evidence has the sha256 {}.", hex::encode(terms.evidence_hash)));
    }
    says
}

fn scheduled(schedule: &Schedule) -> String {
    format!(
        "It takes effect at {}; from then on the custodian holds {} shares settled and {} receivable.",
        time_text(schedule.effective_at),
        grouped_e8(schedule.settled_after),
        grouped_e8(schedule.receivable_after)
    )
}

fn activation(set: &SetContents) -> Vec<String> {
    let mut says = vec![format!(
        "Attestor set {} shall count: {} of {} keys, from {} until {}, for {}.",
        set.index,
        set.threshold,
        set.attestors.len(),
        time_text(set.valid_from),
        time_text(set.expires_at),
        kind_names(set.kinds).join(", ")
    )];
    says.extend(set.attestors.iter().map(|Key(key)| format!("Its key: {key}.")));
    if set.replaces != solana_pubkey::Pubkey::default() {
        says.push(format!(
            "It replaces the set {}, which counts for {} more.",
            set.replaces,
            span_text(set.overlap_secs.into())
        ));
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for kind in ALL_KINDS {
            assert_eq!(kind_named(kind_name(kind)), Some(kind));
        }
        assert_eq!(kind_names(Kind::ALL_BITS).len(), ALL_KINDS.len());
        assert_eq!(kind_named("mints"), None);
    }

    #[test]
    fn a_payment_reference_is_shown_as_text_where_it_is_text() {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(b"WIRE");
        assert_eq!(reference(&bytes), "\"WIRE\"");
        bytes[0] = 0xff;
        assert_eq!(reference(&bytes), hex::encode(bytes));
        assert_eq!(reference(&[0; 32]), "0".repeat(64));
    }
}
