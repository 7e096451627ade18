/** Who may hold the tickers that ask; for hooked ones also the list by which a transfer is checked. */
import { fetchEncodedAccounts, type Instruction } from '@solana/kit';
import {
  createHookListPlan,
  createPolicyPlan,
  fetchAllMaybePolicy,
  fetchMaybeProvider,
  findHookList,
  findPolicy,
  findProvider,
  policyTerms,
  type Policy,
  type Rules,
} from '@scrip/sdk/gate';

import { withMints } from './0004_list_tickers.ts';
import { hasCompliance } from './0008_grant_compliance.ts';
import { asksRegistration } from './config.ts';
import type { Context, Done, Outcome, Step } from './context.ts';
import { CONFIRMED, readAll } from './read.ts';
import { submitAll, type Order } from './send.ts';

export const createPolicies: Step = async (context) => {
  const { cluster, config, admin, issuer, tickers, granted } = context;
  const asking = await withMints(
    context,
    tickers.filter(({ symbol }) => asksRegistration(config, symbol)),
  );
  if (asking.length === 0) return [];
  const { gate } = cluster.programs;
  const addresses = await Promise.all(asking.map(({ mint }) => findPolicy(gate, mint)));
  const lists = await Promise.all(asking.map(({ mint }) => findHookList(gate, mint)));
  const policies = await readAll(cluster.rpc, fetchAllMaybePolicy, addresses);
  const written = await readAll(cluster.rpc, fetchEncodedAccounts, lists);
  const rules = rulesOf(context);
  // By the power to list: a ticker listed later needs no hand of compliance.
  const operator = { signer: admin, granted };
  const missing = await outcomeOfMissing(context);

  const orders: Order[] = [];
  const done: Done[] = [];
  for (const [i, { facts, mint }] of asking.entries()) {
    const what = `policy ${facts.symbol}`;
    const plans: (() => Promise<Instruction[]>)[] = [];
    const policy = policies[i]!;
    if (policy.exists) requireSame(facts.symbol, policy, rules);
    else plans.push(() => createPolicyPlan(cluster, issuer, operator, mint, rules));
    done.push({ what, address: addresses[i]!, outcome: policy.exists ? 'already there' : missing });
    if (config.tickers.modes?.[facts.symbol] === 'hooked') {
      const list = written[i]!;
      const there = list.exists && list.programAddress === gate;
      if (!there) plans.push(() => createHookListPlan(cluster, issuer, operator, mint));
      done.push({
        what: `hook's list ${facts.symbol}`,
        address: lists[i]!,
        outcome: there ? 'already there' : missing,
      });
    }
    if (plans.length > 0)
      orders.push({ what, plan: async () => (await Promise.all(plans.map((plan) => plan()))).flat() });
  }
  if (missing === 'created') await submitAll(context, orders);
  return done;
};

/** A policy accepts providers, and these are compliance's to appoint. */
async function outcomeOfMissing(context: Context): Promise<Outcome> {
  const { cluster, config, issuer } = context;
  if (!(await hasCompliance(context))) return 'waits for the timelock';
  const last = config.gate!.providers.length - 1;
  const provider = await fetchMaybeProvider(
    cluster.rpc,
    await findProvider(cluster.programs.gate, issuer, last),
    CONFIRMED,
  );
  return provider.exists ? 'created' : 'waits for compliance';
}

/** Every provider is accepted, under the configured terms. */
function rulesOf({ config }: Context): Rules {
  return { ...config.gate!.policy, providers: config.gate!.providers.map((_, number) => number) };
}

type Found = Readonly<{ address: string; data: Policy }>;

function requireSame(symbol: string, { address, data }: Found, rules: Rules): void {
  const wanted = policyTerms(rules);
  const same =
    data.countries.every((byte, i) => byte === wanted.countries[i]) &&
    data.providers === BigInt(wanted.providers) &&
    data.minTier === wanted.minTier &&
    data.flags === wanted.flags;
  if (!same) throw new Error(`the policy of ${symbol}, ${address}, has other terms than the configuration.`);
}
