/**
 * Whether `isin` is a valid ISIN (ISO 6166): two letters, nine letters or digits, a check digit.
 * The check digit is Luhn's over the digits that one gets by writing A as 10 ... Z as 35.
 */
export function isValidIsin(isin: string): boolean {
  if (!/^[A-Z]{2}[A-Z0-9]{9}[0-9]$/.test(isin)) return false;
  const digits = [...isin].map((character) => parseInt(character, 36).toString()).join('');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
