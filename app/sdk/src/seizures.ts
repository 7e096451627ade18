/** What was taken and given back of a mint, case by case: executed seizures stay on chain for ever. */
import { getBase58Decoder, getBase64Encoder, type Address, type Base58EncodedBytes } from '@solana/kit';

import type { Cluster } from './cluster.ts';
import { getSeizureDecoder, SEIZURE_DISCRIMINATOR, type Seizure } from './generated/issuer/accounts/index.ts';
import { SeizureKind } from './generated/issuer/types/index.ts';

/** Of `Seizure.state`. */
export const SeizureState = { Announced: 0, Contested: 1, Executed: 2 } as const;

/** Discriminator, eight bytes, and the issuer's address come first. */
const MINT_OFFSET = 48n;

/** All cases of a mint, open and executed, in no order. The node must answer `getProgramAccounts`. */
export async function fetchSeizures({ rpc, programId }: Cluster, mint: Address): Promise<Seizure[]> {
  const bytes = (text: string) => text as Base58EncodedBytes;
  const kind = bytes(getBase58Decoder().decode(SEIZURE_DISCRIMINATOR));
  const filters = [
    { memcmp: { offset: 0n, bytes: kind, encoding: 'base58' } },
    { memcmp: { offset: MINT_OFFSET, bytes: bytes(mint), encoding: 'base58' } },
  ] as const;
  const found = await rpc.getProgramAccounts(programId, { encoding: 'base64', filters }).send();
  return found.map(({ account }) => getSeizureDecoder().decode(getBase64Encoder().encode(account.data[0])));
}

/** Amounts are raw. */
export type Seized = Readonly<{ reason: number; cases: number; amount: bigint }>;

/** What executed seizures took, by the issuer's own codes in rising order; recoveries are none. */
export function seizedByReason(seizures: readonly Seizure[]): Seized[] {
  const sums = new Map<number, Seized>();
  for (const { kind, state, reason, moved } of seizures) {
    if (kind !== Number(SeizureKind.Seizure) || state !== SeizureState.Executed) continue;
    const { cases, amount } = sums.get(reason) ?? { cases: 0, amount: 0n };
    sums.set(reason, { reason, cases: cases + 1, amount: amount + moved });
  }
  return [...sums.values()].sort((a, b) => a.reason - b.reason);
}
