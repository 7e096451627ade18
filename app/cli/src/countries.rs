//! Sets of countries: codes of two letters for people, a bit for each numeric code of ISO 3166-1 on chain.

use isocountry::CountryCode;

/// Of a set on chain.
pub const BYTES: usize = 128;
pub type Set = [u8; BYTES];

/// `DE` -> 276
pub fn number(code: &str) -> std::result::Result<u16, String> {
    let found = CountryCode::for_alpha2(code).ok();
    let number = found.and_then(|country| u16::try_from(country.numeric_id()).ok());
    number.ok_or_else(|| format!("\"{code}\" is no country of ISO 3166-1, like DE"))
}

/// 276 -> `DE`; the number itself for one that is not assigned.
pub fn code(number: u16) -> String {
    CountryCode::for_id(number.into())
        .map_or_else(|_| number.to_string(), |country| country.alpha2().to_owned())
}

pub fn set(numbers: &[u16]) -> Set {
    let mut set = [0; BYTES];
    for number in numbers {
        if let Some(byte) = set.get_mut(usize::from(number / 8)) {
            *byte |= 1 << (number % 8);
        }
    }
    set
}

/// In the order of the alphabet.
pub fn codes(set: &Set) -> Vec<String> {
    let members =
        (0..1_024u16).filter(|number| set[usize::from(number / 8)] >> (number % 8) & 1 == 1);
    let mut codes: Vec<String> = members.map(code).collect();
    codes.sort();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_numbers_go_both_ways() {
        assert_eq!(number("DE"), Ok(276));
        assert_eq!(code(276), "DE");
        assert_eq!(codes(&set(&[756, 276])), ["CH", "DE"]);
        assert!(number("XX").is_err() && number("de").is_err());
    }
}
