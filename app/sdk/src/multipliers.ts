/** The multipliers that a mint had and will have; what a past amount was, and what wallets show. */
import type { Address } from '@solana/kit';
import { fetchMint, getAmountToUiAmountInstruction, TOKEN_2022_PROGRAM_ADDRESS } from '@solana-program/token-2022';

import { floatOfBits, multiplierAt, multiplierOf, sharesFromRawFloor, type Multiplier } from './amounts.ts';
import { chainTime, type Cluster } from './cluster.ts';
import { fetchMaybeHistory, type History } from './generated/issuer/accounts/index.ts';
import { getSharesAtInstruction } from './generated/issuer/instructions/index.ts';
import { getSharesAtDecoder, type SharesAt } from './generated/issuer/types/index.ts';
import { findHistory } from './pdas.ts';
import { simulateAnswer } from './simulate.ts';
import { scaledUiAmount } from './views.ts';

/** From a time on, a multiplier. */
export type PastMultiplier = Readonly<{ effectiveAt: bigint; value: number; multiplier: Multiplier }>;

/**
 * The multipliers that a mint had, oldest first; the last one may lie ahead. Before its first corporate action the
 * one that it has. The chain keeps 32 of them.
 */
export async function fetchMultiplierHistory(cluster: Cluster, mint: Address): Promise<PastMultiplier[]> {
  const account = await fetchMaybeHistory(cluster.rpc, await findHistory(cluster.programId, mint));
  if (account.exists) return multiplierHistory(account.data);
  const [{ data }, now] = await Promise.all([fetchMint(cluster.rpc, mint), chainTime(cluster)]);
  const scaled = scaledUiAmount(data);
  const value = now >= scaled.newMultiplierEffectiveTimestamp ? scaled.newMultiplier : scaled.multiplier;
  return [{ effectiveAt: 0n, value, multiplier: multiplierAt(scaled, now) }];
}

/** The same, of an account that was read already. */
export function multiplierHistory({ entries }: Pick<History, 'entries'>): PastMultiplier[] {
  return entries
    .filter(({ multiplier }) => multiplier !== 0n)
    .map(({ effectiveAt, multiplier }) => {
      const value = floatOfBits(multiplier);
      return { effectiveAt, value, multiplier: multiplierOf(value) };
    })
    .sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1));
}

/** A raw amount in shares (e8) as of a time, rounded down. Throws if the history does not reach back so far. */
export function sharesAt(history: readonly PastMultiplier[], raw: bigint, time: bigint): bigint {
  const past = history.findLast(({ effectiveAt }) => effectiveAt <= time);
  if (past === undefined) throw new Error(`the history of multipliers does not reach back to second ${time}.`);
  return sharesFromRawFloor(raw, past.multiplier);
}

/** The same as the program answers it, by simulation. `caller` is any wallet with a balance; nothing is signed or paid. */
export async function fetchSharesAt(
  cluster: Cluster,
  caller: Address,
  mint: Address,
  raw: bigint,
  time: bigint,
): Promise<SharesAt> {
  const { programId } = cluster;
  const input = { history: await findHistory(programId, mint), amount: raw, time };
  const instruction = getSharesAtInstruction(input, { programAddress: programId });
  return getSharesAtDecoder().decode(await simulateAnswer(cluster, programId, caller, instruction));
}

/** What wallets show for a raw amount now, as Token-2022 itself says: it multiplies doubles, so the last place may differ. */
export async function fetchUiAmount(cluster: Cluster, caller: Address, mint: Address, raw: bigint): Promise<string> {
  const instruction = getAmountToUiAmountInstruction({ mint, amount: raw });
  return new TextDecoder().decode(
    new Uint8Array(await simulateAnswer(cluster, TOKEN_2022_PROGRAM_ADDRESS, caller, instruction)),
  );
}
