/** An upgrade that changes accounts' layout, as an operator goes through it: what says `LayoutOutdated` is migrated by anybody. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getBase64Encoder, type Address } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import { fetchLiveSets, migrateAccountPlan, send, setLocalAccount } from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';

/** Where every account has its layout's number. */
const VERSION = 8;
/** A custodian of the first layout: nothing after its counter of tickers. */
const CUSTODIAN_V1 = 152;

/** Writes an account as the release before left it. */
async function takeBack({ cluster }: Context, account: Address, length?: number): Promise<void> {
  const { value } = await cluster.rpc.getAccountInfo(account, { encoding: 'base64' }).send();
  const data = new Uint8Array(getBase64Encoder().encode(value!.data[0])).slice(0, length);
  data[VERSION] = 1;
  await setLocalAccount(cluster, account, { owner: value!.owner, data, lamports: Number(value!.lamports) });
}

test('after an upgrade a custodian and its attestors count again once anybody has migrated them, in this order', async () => {
  const context = await listed(31, ['AAPLx']);
  const { cluster, issuer, custodian, attestorSet } = context;
  const mint = await mintOf(context, 'AAPLx');
  const alice = await investor(cluster);
  const plan = async () => (await mintPlan(context, mintOrder(mint, alice.address), alice, quorumOf(context))).plan;
  const migrate = (account: Address) => migrateAccountPlan(cluster, alice, account, custodian);
  await send(cluster, alice, await plan());

  await takeBack(context, issuer);
  await takeBack(context, custodian, CUSTODIAN_V1);
  await takeBack(context, attestorSet);
  await assertRefused(cluster, alice, await plan(), 'LayoutOutdated');
  await assertRefused(cluster, alice, migrate(attestorSet), 'LayoutOutdated');
  await send(cluster, alice, migrate(custodian));
  await assertRefused(cluster, alice, await plan(), 'LayoutOutdated');
  for (const account of [attestorSet, issuer, attestorSet]) await send(cluster, alice, migrate(account));
  assert.deepEqual(await fetchLiveSets(cluster, custodian), [attestorSet]);
  await send(cluster, alice, await plan());
});
