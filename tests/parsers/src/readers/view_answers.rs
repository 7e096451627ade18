//! Return data of the views of issuer and gate, against the layouts told anew.

use super::choices;
use crate::files::{fixture, from_hex};
use anchor_lang::AnchorDeserialize;
use gate::instructions::TransferAnswer;
use issuer::instructions::{Preflight, ReserveRatio, SharesAt};
use scrip_interface::gate::TransferReasons;

const NAMES: [&str; 4] = ["transferAnswer", "preflight", "reserveRatio", "sharesAt"];

/// Which answer, then its bytes.
pub fn seeds() -> Vec<Vec<u8>> {
    let golden = fixture("returns_golden.json");
    let all = (0u8..).zip(NAMES).flat_map(|(which, name)| {
        let answers = golden[name].as_array().expect("a list").clone();
        answers.into_iter().map(move |answer| [vec![which], from_hex(&answer["bytes"])].concat())
    });
    all.collect()
}

pub fn check(input: &[u8]) -> bool {
    let ([which], data) = choices(input);
    let number = |at: usize| u32::from_le_bytes(*data[at..].first_chunk().expect("inside"));
    let word = |at: usize| u64::from_le_bytes(*data[at..].first_chunk().expect("inside"));
    let wide = |at: usize| u128::from_le_bytes(*data[at..].first_chunk().expect("inside"));
    match which {
        0 => {
            let ours = TransferReasons::parse(data);
            let theirs = TransferAnswer::try_from_slice(data).ok();
            let told = |reasons: TransferReasons| TransferAnswer {
                source: reasons.source.0,
                destination: reasons.destination.0,
                mint: reasons.mint.0,
            };
            assert_eq!(ours.map(told), theirs);
            let empty = data.iter().all(|byte| *byte == 0);
            assert!(ours.is_none_or(|reasons| reasons.is_empty() == empty));
            ours.is_some()
        }
        1 => {
            let ours = Preflight::try_from_slice(data).ok();
            let whole = data.len() == 5;
            let theirs = whole.then(|| Preflight { version: data[0], reasons: number(1) });
            assert_eq!(ours, theirs);
            ours.is_some()
        }
        2 => {
            let ours = ReserveRatio::try_from_slice(data).ok();
            // A flag is 0 or 1.
            let whole = data.len() == 58 && data[1] < 2;
            let theirs = whole.then(|| ReserveRatio {
                version: data[0],
                stale: data[1] == 1,
                as_of: word(2).cast_signed(),
                supply: word(10),
                counted_shares_e8: wide(18),
                supply_shares_e8: wide(34),
                ratio_bps: word(50),
            });
            assert_eq!(ours, theirs);
            ours.is_some()
        }
        3 => {
            let ours = SharesAt::try_from_slice(data).ok();
            let whole = data.len() == 33;
            let theirs = whole.then(|| SharesAt {
                version: data[0],
                shares_e8: wide(1),
                multiplier: word(17),
                effective_at: word(25).cast_signed(),
            });
            assert_eq!(ours, theirs);
            ours.is_some()
        }
        _ => false,
    }
}
