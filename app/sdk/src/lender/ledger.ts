/** Debts by now, as programs/math/src/lending.rs counts them: exact integers, debts rounded up. */
import type { Market, Position } from '../generated/lender/accounts/index.ts';

const INDEX_ONE = 10n ** 15n;
const E9 = 10n ** 9n;
const BPS = 10_000n;
const YEAR_SECS = 31_536_000n;

const divCeil = (a: bigint, b: bigint) => (a + b - 1n) / b;

/** What a unit of debt has grown to at `now`, times 10^15. */
export function debtIndexAt({ terms, accruedAt, index, debtUnits, cash }: Market, now: bigint): bigint {
  if (now <= accruedAt) return index;
  const debt = (debtUnits * index) / INDEX_ONE;
  const bpsToE9 = E9 / BPS;
  const whole = cash + debt;
  const used = whole === 0n ? 0n : (BigInt(terms.slopeBps) * bpsToE9 * debt) / whole;
  const rate = BigInt(terms.baseRateBps) * bpsToE9 + used;
  return index + divCeil(index * rate * (now - accruedAt), E9 * YEAR_SECS);
}

/** What a position owes at `now`, in the lent token's smallest unit. */
export function debtAt(market: Market, { debtUnits }: Position, now: bigint): bigint {
  return divCeil(debtUnits * debtIndexAt(market, now), INDEX_ONE);
}

/** An amount of the lent token in USD x 10^8, at a dollar each, rounded up. */
export function debtValueE8(amount: bigint, decimals: number): bigint {
  return divCeil(amount * 10n ** 8n, 10n ** BigInt(decimals));
}

/** `bps` 1/10,000 of a value, rounded down. */
export const portionFloor = (value: bigint, bps: number) => (value * BigInt(bps)) / BPS;
