/** The custodian's attestors: whose signatures count, and how many are needed. */
import { chainTime, createAttestorSetPlan, fetchMaybeAttestorSet, Kind, kindsMask, type AttestorSet } from '@scrip/sdk';

import type { Context, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

const DAY_SECS = 86_400n;

export const createAttestors: Step = async (context) => {
  const { cluster, config, admin, issuer, custodian, attestorSet, attestors } = context;
  const { index, threshold, validDays } = config.attestors;
  const done = { what: `attestor set ${index}, ${threshold} of ${attestors.length}`, address: attestorSet };
  const existing = await fetchMaybeAttestorSet(cluster.rpc, attestorSet, CONFIRMED);
  if (existing.exists) {
    requireSame(existing.data, context);
    return [{ ...done, outcome: 'already there' }];
  }
  const now = await chainTime(cluster);
  const plan = await createAttestorSetPlan(cluster, { issuer, custodian }, admin, {
    index,
    attestors: [...attestors],
    threshold,
    kinds: mask(context),
    validFrom: now,
    expiresAt: now + BigInt(validDays) * DAY_SECS,
  });
  await submit(context, done.what, plan);
  return [{ ...done, outcome: 'created' }];
};

const mask = ({ config }: Context) => kindsMask(config.attestors.kinds.map((kind) => Kind[kind]));

function requireSame(set: AttestorSet, context: Context): void {
  const { config, attestors } = context;
  const onChain = set.attestors.slice(0, set.count);
  const same =
    set.threshold === config.attestors.threshold &&
    set.kinds === mask(context) &&
    onChain.length === attestors.length &&
    onChain.every((key, i) => key === attestors[i]);
  if (!same) {
    throw new Error(
      `attestor set ${config.attestors.index} exists with other keys, threshold or kinds than the configuration: choose another attestors.index.`,
    );
  }
}
