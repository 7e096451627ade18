/** What accounts say, in the SDK's own terms. */
import type { Address } from '@solana/kit';
import { fetchMint, isExtension, type Mint } from '@solana-program/token-2022';

import { multiplierAt, sharesFromRawCeil, type Multiplier } from './amounts.ts';
import { chainTime, type Cluster } from './cluster.ts';
import { fetchCustodian, fetchNonceWindow, fetchTicker, type Ticker } from './generated/issuer/accounts/index.ts';
import type { ShareCount } from './generated/issuer/types/index.ts';
import { nextNonce } from './nonces.ts';
import { findNonceWindow, findTicker } from './pdas.ts';
import { liveSets } from './plans/attestors.ts';

/** A listed ticker as the chain has it. */
export type TickerView = Readonly<{
  address: Address;
  ticker: Ticker;
  /** Raw. */
  supply: bigint;
  multiplier: Multiplier;
  /** Shares that must be held for the supply, rounded up. */
  supplySharesE8: bigint;
  /** The last statement: settled, and receivable as far as it counts. */
  countedSharesE8: bigint;
}>;

/** Reads ticker and mint. Throws if the mint is not listed. */
export async function fetchTickerView(cluster: Cluster, mint: Address): Promise<TickerView> {
  const address = await findTicker(cluster.programId, mint);
  const [{ data: ticker }, { data: token }, now] = await Promise.all([
    fetchTicker(cluster.rpc, address),
    fetchMint(cluster.rpc, mint),
    chainTime(cluster),
  ]);
  const multiplier = multiplierAt(scaledUiAmount(token), now);
  const supplySharesE8 = sharesFromRawCeil(token.supply, multiplier);
  return { address, ticker, supply: token.supply, multiplier, supplySharesE8, countedSharesE8: countedShares(ticker) };
}

/** The next nonce for attestations about a ticker. */
export async function fetchNextNonce(cluster: Cluster, mint: Address): Promise<bigint> {
  const { data } = await fetchNonceWindow(cluster.rpc, await findNonceWindow(cluster.programId, mint));
  return nextNonce(data.nonces);
}

/** The attestor sets of a custodian that count now or will, in the order in which a removal wants them. */
export async function fetchLiveSets(cluster: Cluster, custodian: Address): Promise<Address[]> {
  const [{ data }, now] = await Promise.all([fetchCustodian(cluster.rpc, custodian), chainTime(cluster)]);
  return liveSets(data, now);
}

/** Settled shares, plus receivable ones up to the ticker's limit (rounded down). */
export function countedShares({ reserves, maxReceivableBps }: Pick<Ticker, 'reserves' | 'maxReceivableBps'>): bigint {
  const settled = shareCount(reserves.settled);
  const limit = (settled * BigInt(maxReceivableBps)) / 10_000n;
  const receivable = shareCount(reserves.receivable);
  return settled + (receivable < limit ? receivable : limit);
}

/** The 128-bit number that an account holds as two words. */
export function shareCount({ low, high }: ShareCount): bigint {
  return (high << 64n) | low;
}

type ScaledUiAmount = Readonly<{ multiplier: number; newMultiplierEffectiveTimestamp: bigint; newMultiplier: number }>;

/** The mint's multipliers. Throws if it has none: then it is not a listed mint. */
export function scaledUiAmount({ extensions }: Pick<Mint, 'extensions'>): ScaledUiAmount {
  const list = extensions.__option === 'Some' ? extensions.value : [];
  const found = list.find((extension) => isExtension('ScaledUiAmountConfig', extension));
  if (!found) throw new Error('The mint has no ScaledUiAmount extension, so it is not one that Scrip lists.');
  const { multiplier, newMultiplierEffectiveTimestamp, newMultiplier } = found;
  return { multiplier, newMultiplierEffectiveTimestamp: BigInt(newMultiplierEffectiveTimestamp), newMultiplier };
}
