/**
 * The custodian's attestors: whose signatures count, how many are needed, and for what. Two sets where the
 * configuration has a cold one. Before any ticker rests on the custodian they count at once.
 */
import { chainTime, createAttestorSetPlan, fetchMaybeAttestorSet, Kind, kindsMask, type AttestorSet } from '@scrip/sdk';

import type { AttestorsConfig } from './config.ts';
import type { Attestors, Context, Done, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

const DAY_SECS = 86_400n;

export const createAttestors: Step = async (context) => {
  const { config, attestorSet, attestors, coldAttestors } = context;
  const done = [await createSet(context, config.attestors, { attestorSet, attestors })];
  if (coldAttestors !== undefined) done.push(await createSet(context, config.coldAttestors!, coldAttestors));
  return done;
};

async function createSet(
  context: Context,
  wanted: AttestorsConfig,
  { attestorSet, attestors }: Pick<Attestors, 'attestorSet' | 'attestors'>,
): Promise<Done> {
  const { cluster, admin, issuer, custodian } = context;
  const { index, threshold, validDays } = wanted;
  const done = { what: `attestor set ${index}, ${threshold} of ${attestors.length}`, address: attestorSet };
  const existing = await fetchMaybeAttestorSet(cluster.rpc, attestorSet, CONFIRMED);
  if (existing.exists) {
    requireSame(existing.data, wanted, attestors);
    return { ...done, outcome: 'already there' };
  }
  const now = await chainTime(cluster);
  const plan = await createAttestorSetPlan(cluster, { issuer, custodian }, admin, {
    index,
    attestors: [...attestors],
    threshold,
    kinds: mask(wanted),
    validFrom: now,
    expiresAt: now + BigInt(validDays) * DAY_SECS,
  });
  await submit(context, done.what, plan);
  return { ...done, outcome: 'created' };
}

const mask = ({ kinds }: AttestorsConfig) => kindsMask(kinds.map((kind) => Kind[kind]));

function requireSame(set: AttestorSet, wanted: AttestorsConfig, attestors: Attestors['attestors']): void {
  const onChain = set.attestors.slice(0, set.count);
  const same =
    set.threshold === wanted.threshold &&
    set.kinds === mask(wanted) &&
    onChain.length === attestors.length &&
    onChain.every((key, i) => key === attestors[i]);
  if (!same) {
    throw new Error(
      `attestor set ${wanted.index} exists with other keys, threshold or kinds than the configuration: choose another index.`,
    );
  }
}
