/**
 * A mint of another issuer, under Token ACL (sRFC-37), that takes its rules from the gate. Token ACL's own program is not
 * on the chain under test: its record of the mint is written as it would write it.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import {
  fetchEncodedAccount,
  getAddressEncoder,
  getProgramDerivedAddress,
  type Address,
  type KeyPairSigner,
} from '@solana/kit';
import { chainTime, createTestShare, passTime, send, setLocalAccount, type Cluster } from '@scrip/sdk';
import {
  applyPolicyPlan,
  claimPolicyPlan,
  countrySet,
  createPolicyPlan,
  createProviderPlan,
  createRegistryPlan,
  createTokenAclListsPlan,
  fetchPolicyView,
  findFreezeMetasPda,
  findMintConfig,
  findThawMetasPda,
  pausePolicyPlan,
  setPolicyPlan,
  TOKEN_ACL_ADDRESS,
  type Rules,
} from '@scrip/sdk/gate';

import { assertRefused, connectFromEnv, investor } from './chain.ts';

const RULES: Rules = { countries: ['CH', 'DE'], providers: [0], minTier: 1, sourceCheck: true, venues: true };
const DAY = 86_400n;
const RENT = 2_000_000;

let cluster: Cluster;
/** Whose registry it is: the authority that Token ACL names. */
let keeper: KeyPairSigner;
let mint: Address;
before(async () => {
  cluster = await connectFromEnv();
  keeper = await investor(cluster);
  mint = (await createTestShare(cluster, keeper)).mint;
});

/** Token ACL's record of a mint: discriminator, bump, both switches on, mint, authority, gate. */
async function placeConfig(authority: Address): Promise<void> {
  const config = await findMintConfig(mint);
  const key = (address: Address) => getAddressEncoder().encode(address);
  const seeds = ['MINT_CONFIG', key(mint)];
  const [, bump] = await getProgramDerivedAddress({ programAddress: TOKEN_ACL_ADDRESS, seeds });
  const data = Uint8Array.from([1, bump, 1, 1, ...key(mint), ...key(authority), ...key(cluster.programs.gate)]);
  await setLocalAccount(cluster, config, { owner: TOKEN_ACL_ADDRESS, data, lamports: RENT });
}

const create = (rules: Rules) =>
  createPolicyPlan(cluster, keeper.address, { signer: keeper }, mint, rules, { foreign: true });

test('the authority that Token ACL names keeps records of its own and makes the policy; nobody else does', async () => {
  const own = { signer: keeper };
  await send(cluster, keeper, await createRegistryPlan(cluster, keeper.address, own));
  const expiresAt = (await chainTime(cluster)) + 365n * DAY;
  const limits = { countries: countrySet(['CH', 'DE']), maxTier: 3, expiresAt };
  const provider = { number: 0, authority: keeper.address, limits };
  await send(cluster, keeper, await createProviderPlan(cluster, keeper.address, own, provider));
  await assertRefused(cluster, keeper, await create(RULES), 'NotConfigAuthority');
  await placeConfig(keeper.address);
  await send(cluster, keeper, await create(RULES));
  const view = await fetchPolicyView(cluster, mint);
  assert.deepEqual([view.issuer, view.rules], [keeper.address, RULES]);
});

test('looser rules wait for a day, a pause does not', async () => {
  const [own, looser] = [{ signer: keeper }, { ...RULES, minTier: 0 }];
  await send(cluster, keeper, await setPolicyPlan(cluster, keeper.address, own, mint, looser));
  await assertRefused(cluster, keeper, await applyPolicyPlan(cluster, mint), 'TimelockNotOver');
  await passTime(cluster, DAY);
  await send(cluster, keeper, await applyPolicyPlan(cluster, mint));
  assert.deepEqual((await fetchPolicyView(cluster, mint)).rules, looser);
  await send(cluster, keeper, await pausePolicyPlan(cluster, keeper.address, own, mint));
  assert.equal((await fetchPolicyView(cluster, mint)).paused, true);
});

test('the lists by which Token ACL finds what a thaw and a freeze need are made once', async () => {
  const plan = await createTokenAclListsPlan(cluster, keeper.address, { signer: keeper }, mint);
  await send(cluster, keeper, plan);
  const at = { programAddress: cluster.programs.gate };
  for (const [list] of [await findThawMetasPda({ mint }, at), await findFreezeMetasPda({ mint }, at)]) {
    const account = await fetchEncodedAccount(cluster.rpc, list);
    assert.ok(account.exists && account.programAddress === cluster.programs.gate && account.data.length > 12);
  }
  await assert.rejects(send(cluster, keeper, plan));
});

test('who has become the authority claims the policy, with no provider until new rules name one', async () => {
  const heir = await investor(cluster);
  await assertRefused(cluster, heir, await claimPolicyPlan(cluster, heir, mint), 'NotConfigAuthority');
  await placeConfig(heir.address);
  await send(cluster, heir, await claimPolicyPlan(cluster, heir, mint));
  const { issuer, rules } = await fetchPolicyView(cluster, mint);
  assert.deepEqual([issuer, rules.providers], [heir.address, []]);
});
