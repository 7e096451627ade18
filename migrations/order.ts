/** The order that the program wants attestors in: their keys as bytes, rising. */
import { getAddressEncoder, type Address } from '@solana/kit';

export function sortKeys(keys: readonly Address[]): Address[] {
  const encoder = getAddressEncoder();
  return [...keys].sort((a, b) => Buffer.compare(Buffer.from(encoder.encode(a)), Buffer.from(encoder.encode(b))));
}
