//! International Securities Identification Numbers (ISO 6166).

pub const ISIN_LEN: usize = 12;

/// Two letters of a country, nine letters or digits, and a check digit that makes the Luhn sum of
/// all digits (a letter being two: A = 10 ... Z = 35) a multiple of ten.
pub fn is_valid(isin: &[u8; ISIN_LEN]) -> bool {
    let [country @ .., _, _, _, _, _, _, _, _, _, check] = isin;
    if !country.iter().all(u8::is_ascii_uppercase) || !check.is_ascii_digit() {
        return false;
    }
    let mut sum = 0u32;
    let mut double = false;
    for &character in isin.iter().rev() {
        let value = match character {
            b'0'..=b'9' => u32::from(character.wrapping_sub(b'0')),
            b'A'..=b'Z' => u32::from(character.wrapping_sub(b'A')).wrapping_add(10),
            _ => return false,
        };
        for digit in [value % 10, value / 10].into_iter().take(if value < 10 { 1 } else { 2 }) {
            // At most 24 digits of at most 9 each: the sum stays far below u32's limit.
            let weighted = if double { luhn_double(digit) } else { digit };
            sum = sum.wrapping_add(weighted);
            double = !double;
        }
    }
    sum.is_multiple_of(10)
}

/// Twice a digit, its two digits added.
const fn luhn_double(digit: u32) -> u32 {
    let doubled = digit.wrapping_mul(2);
    if doubled > 9 { doubled.wrapping_sub(9) } else { doubled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_isins_are_valid() {
        // Apple, NVIDIA, Tesla, SPDR S&P 500, Accenture (Ireland), Linde, a Swiss certificate, and adidas, which has an A.
        for isin in [
            b"US0378331005",
            b"US67066G1040",
            b"US88160R1014",
            b"US78462F1030",
            b"IE00B4BNMY34",
            b"IE000S9YS762",
            b"CH1108679320",
            b"DE000A1EWWW0",
        ] {
            assert!(is_valid(isin), "{}", core::str::from_utf8(isin).unwrap());
        }
    }

    #[test]
    fn one_wrong_character_is_found() {
        for bad in [
            b"US0378331006",
            b"US0378331015",
            b"us0378331005",
            b"U00378331005",
            b"US037833100A",
            b"US03783310 5",
            b"\0\0\0\0\0\0\0\0\0\0\0\0",
            // Of which the sum is right: a country of digits, a letter to check with.
            b"000000000000",
            b"1A0378331000",
            b"US037833100G",
        ] {
            assert!(!is_valid(bad));
        }
    }
}
