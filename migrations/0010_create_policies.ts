/** Who may hold the tickers that ask; for hooked ones also the list by which a transfer is checked. */
import type { Address } from '@solana/kit';
import { send } from '@scrip/sdk';
import {
  createHookListPlan,
  createPolicyPlan,
  fetchMaybePolicy,
  findHookList,
  findPolicy,
  policyTerms,
  type Rules,
} from '@scrip/sdk/gate';

import { findListedMint } from './0004_list_tickers.ts';
import { hasCompliance } from './0008_grant_compliance.ts';
import { operator } from './0009_create_registry.ts';
import { asksRegistration } from './config.ts';
import type { Context, Done, Step } from './context.ts';

export const createPolicies: Step = async (context) => {
  const { cluster, config, issuer } = context;
  const symbols = asksRegistration(config);
  if (symbols.length === 0) return [];
  const ready = await hasCompliance(context);
  const result: Done[] = [];
  for (const symbol of symbols) {
    const mint = await findListedMint(cluster, issuer, symbol);
    if (mint === undefined) throw new Error(`${symbol} is not listed: its policy comes after it.`);
    result.push(await createPolicy(context, symbol, mint, ready));
    if (config.tickers.modes?.[symbol] === 'hooked') result.push(await createHookList(context, symbol, mint, ready));
  }
  return result;
};

/** Every provider is accepted, under the configured terms. */
function rulesOf({ config }: Context): Rules {
  return { ...config.gate!.policy, providers: config.gate!.providers.map((_, number) => number) };
}

async function createPolicy(context: Context, symbol: string, mint: Address, ready: boolean): Promise<Done> {
  const { cluster, admin, issuer } = context;
  const address = await findPolicy(cluster.programs.gate, mint);
  const done = { what: `policy ${symbol}`, address };
  const existing = await fetchMaybePolicy(cluster.rpc, address);
  const rules = rulesOf(context);
  if (existing.exists) {
    const { countries, providers, minTier, flags } = existing.data;
    const wanted = policyTerms(rules);
    const same =
      countries.every((byte, i) => byte === wanted.countries[i]) &&
      providers === BigInt(wanted.providers) &&
      minTier === wanted.minTier &&
      flags === wanted.flags;
    if (!same) throw new Error(`the policy of ${symbol}, ${address}, has other terms than the configuration.`);
    return { ...done, outcome: 'already there' };
  }
  if (!ready) return { ...done, outcome: 'waits for the timelock' };
  await send(cluster, admin, await createPolicyPlan(cluster, issuer, operator(context), mint, rules));
  return { ...done, outcome: 'created' };
}

async function createHookList(context: Context, symbol: string, mint: Address, ready: boolean): Promise<Done> {
  const { cluster, admin, issuer } = context;
  const address = await findHookList(cluster.programs.gate, mint);
  const done = { what: `hook's list ${symbol}`, address };
  const { value } = await cluster.rpc.getAccountInfo(address, { encoding: 'base64', commitment: 'confirmed' }).send();
  if (value?.owner === cluster.programs.gate) return { ...done, outcome: 'already there' };
  if (!ready) return { ...done, outcome: 'waits for the timelock' };
  await send(cluster, admin, await createHookListPlan(cluster, issuer, operator(context), mint));
  return { ...done, outcome: 'created' };
}
