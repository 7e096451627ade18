/** The issuer's records at the gate, and who may register investors. */
import { chainTime } from '@scrip/sdk';
import {
  countrySet,
  createProviderPlan,
  createRegistryPlan,
  fetchMaybeProvider,
  fetchMaybeRegistry,
  findProvider,
  findRegistry,
} from '@scrip/sdk/gate';

import { hasCompliance } from './0008_grant_compliance.ts';
import type { ProviderConfig } from './config.ts';
import type { Context, Done, Provider, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

const DAY_SECS = 86_400n;

export const createRegistry: Step = async (context) => {
  const { cluster, config, issuer, compliance, providers } = context;
  if (config.gate === undefined) return [];
  const registry = await findRegistry(cluster.programs.gate, issuer);
  const done = { what: 'registry', address: registry };
  if (!(await hasCompliance(context))) return [{ ...done, outcome: 'waits for the timelock' }];

  const existing = await fetchMaybeRegistry(cluster.rpc, registry, CONFIRMED);
  if (compliance === undefined && !existing.exists) return [{ ...done, outcome: 'waits for compliance' }];
  if (!existing.exists) {
    await submit(context, done.what, await createRegistryPlan(cluster, issuer, operator(context)));
  }
  const result: Done[] = [{ ...done, outcome: existing.exists ? 'already there' : 'created' }];
  // One after the other: each takes the registry's next number.
  for (const [number, wanted] of config.gate.providers.entries()) {
    result.push(await createProvider(context, number, wanted, providers[number]!));
  }
  return result;
};

/** Compliance acts, the admin pays. */
function operator({ admin, compliance }: Context) {
  return { signer: compliance!, granted: true, payer: admin };
}

async function createProvider(
  context: Context,
  number: number,
  { countries, maxTier, validDays }: ProviderConfig,
  { authority }: Provider,
): Promise<Done> {
  const { cluster, issuer } = context;
  const address = await findProvider(cluster.programs.gate, issuer, number);
  const done = { what: `provider ${number}`, address };
  const existing = await fetchMaybeProvider(cluster.rpc, address, CONFIRMED);
  if (existing.exists) {
    const { data } = existing;
    const wanted = countrySet(countries);
    // Narrowed ones are left as they are: a provider never gets back what was taken.
    const widened = data.maxTier > maxTier || data.countries.some((byte, i) => byte & ~wanted[i]!);
    if (data.authority !== authority || widened) {
      throw new Error(`provider ${number} has another authority, or more countries or tiers than the configuration.`);
    }
    return { ...done, outcome: 'already there' };
  }
  if (context.compliance === undefined) return { ...done, outcome: 'waits for compliance' };
  const expiresAt = (await chainTime(cluster)) + BigInt(validDays) * DAY_SECS;
  const limits = { countries: countrySet(countries), maxTier, expiresAt };
  const plan = await createProviderPlan(cluster, issuer, operator(context), { number, authority, limits });
  await submit(context, done.what, plan);
  return { ...done, outcome: 'created' };
}
