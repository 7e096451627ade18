//! The supply, the escrow, and who may change them.

use super::{Check, Facts};
use crate::amounts::format_e8;
use scrip_interface::mint::extension;
use solana_address::Address;

pub fn checks(facts: &Facts) -> Vec<Check> {
    vec![supply(facts), redemptions(facts), escrow(facts), authorities(facts), pause(facts)]
}

/// Supply is what was minted less what was redeemed, less what holders burned themselves.
fn supply(facts: &Facts) -> Check {
    let (minted, redeemed) = (i128::from(facts.ticker.minted), i128::from(facts.ticker.redeemed));
    let burned = i128::from(facts.burned.unwrap_or(0));
    let (left, supply) = (minted - redeemed - burned, i128::from(facts.mint.supply().0));
    let text = |amount: i128| {
        let sign = if amount < 0 { "-" } else { "" };
        format!("{sign}{}", format_e8(amount.unsigned_abs()))
    };
    let counted = match burned {
        0 => format!("{} minted less {} redeemed", text(minted), text(redeemed)),
        burned => format!(
            "{} minted less {} redeemed less {} burned by holders",
            text(minted),
            text(redeemed),
            text(burned)
        ),
    };
    let detail = if left == supply {
        format!("the mint's supply is {}: {counted}", text(supply))
    } else {
        format!("the mint's supply is {}, but {counted} leave {}", text(supply), text(left))
    };
    Check::new("supply", left == supply, detail)
}

fn redemptions(facts: &Facts) -> Check {
    let left: u128 = facts.redemptions.iter().map(|one| u128::from(one.amount_left)).sum();
    let count = facts.redemptions.len();
    Check::equal(
        "redemption accounts",
        ("the ticker's total of open redemptions", format_e8(facts.ticker.open_redemptions.into())),
        (&format!("the {count} open redemption accounts"), format_e8(left)),
    )
}

/// The escrow may hold more: anybody can send it shares.
fn escrow(facts: &Facts) -> Check {
    let open = facts.ticker.open_redemptions;
    let held = facts.escrow.unwrap_or(0);
    let (held_text, open_text) = (format_e8(held.into()), format_e8(open.into()));
    let detail = match facts.escrow {
        None if open > 0 => {
            format!("there is no escrow account for {open_text} in open redemptions")
        }
        _ if held < open => {
            format!("the escrow holds {held_text}, less than the {open_text} in open redemptions")
        }
        _ => format!("the escrow holds {held_text} for {open_text} in open redemptions"),
    };
    Check::new("escrow", held >= open, detail)
}

/// Nobody but the program can mint, freeze, pause, change the multiplier or move what is others'.
fn authorities(facts: &Facts) -> Check {
    let mint = &facts.mint;
    let first_key = |kind: u16| {
        let value = mint.extension(kind)?;
        value.first_chunk::<32>().map(|key| Address::new_from_array(*key))
    };
    let found = [
        ("mint authority", mint.mint_authority(), facts.authority),
        ("freeze authority", mint.freeze_authority(), facts.authority),
        ("pause authority", first_key(extension::PAUSABLE), facts.authority),
        ("multiplier authority", mint.scaled_ui().map(|it| it.authority), facts.authority),
        ("permanent delegate", first_key(extension::PERMANENT_DELEGATE), facts.delegate),
    ];
    let wrong: Vec<String> = found
        .into_iter()
        .filter(|(_, is, should)| *is != Some(*should))
        .map(|(what, is, _)| match is {
            Some(is) => format!("the {what} is {is}, not the program's"),
            None => format!("there is no {what}"),
        })
        .collect();
    if wrong.is_empty() {
        return Check::new("authorities", true, "all of the mint's are the program's own");
    }
    Check::new("authorities", false, wrong.join("; "))
}

fn pause(facts: &Facts) -> Check {
    let (kept, is) = (facts.ticker.mint_paused != 0, facts.mint.is_paused());
    let words = |paused: bool| if paused { "paused" } else { "not paused" };
    let detail = format!("the mint is {}, the ticker has it as {}", words(is), words(kept));
    Check::new("pause", kept == is, detail)
}
