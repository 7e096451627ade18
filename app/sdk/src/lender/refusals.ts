/** Why the collateral program does not allow what the lender was asked: its reasons, from the lender's log. */
import type { Address } from '@solana/kit';

import { valueReasonsOf, type ValueReason } from '../collateral/flags.ts';
import { simulationLogs } from '../logs.ts';

/** The mint that the collateral program objects to, and why. */
export type NotAllowed = Readonly<{ mint: Address; reasons: readonly ValueReason[] }>;

/** Of a transaction that failed in its simulation with `NotAllowed`; undefined for any other. */
export function notAllowed(error: unknown): NotAllowed | undefined {
  for (const line of simulationLogs(error)) {
    const found = /Scrip: (\w+) not allowed, reasons 0x([0-9a-f]+)$/.exec(line);
    if (found) return { mint: found[1] as Address, reasons: valueReasonsOf(Number.parseInt(found[2]!, 16)) };
  }
  return undefined;
}
