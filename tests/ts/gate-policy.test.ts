/** A policy over time: other terms, pauses, the sender's check, and wallets that come with an attestation of SAS. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import {
  address,
  generateKeyPairSigner,
  getAddressEncoder,
  getI64Encoder,
  getProgramDerivedAddress,
  getU16Encoder,
  getU32Encoder,
  type Address,
  type KeyPairSigner,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { chainTime, passTime, send, setLocalAccount, transferPlan } from '@scrip/sdk';
import {
  allCountriesBut,
  applyPolicyPlan,
  cancelPolicyPlan,
  countryNumber,
  countrySet,
  createProviderPlan,
  fetchInvestorView,
  fetchPolicyView,
  fetchProvider,
  findInvestor,
  findProvider,
  findWallet,
  fetchWallet,
  pausePolicyPlan,
  registerFromSasPlan,
  sasIdHash,
  setPolicyPlan,
  setProviderPlan,
  Status,
  syncFromSasPlan,
  unpausePolicyPlan,
  updateHookListPlan,
  type Rules,
} from '@scrip/sdk/gate';

import { assertRefused, investor } from './chain.ts';
import { claimOf, complianceOf, DAY, gatedMarket, primaryPlan, registered, type Market } from './gated.ts';

let market: Market;
let alice: KeyPairSigner;
before(async () => {
  market = await gatedMarket(142);
  const { context, hooked } = market;
  alice = await registered(context);
  await send(context.cluster, alice, await primaryPlan(context, alice, hooked, alice.address));
});

const rulesNow = async (): Promise<Rules> => (await fetchPolicyView(market.context.cluster, market.hooked)).rules;
const set = (rules: Rules) =>
  setPolicyPlan(market.context.cluster, market.context.issuer, complianceOf(market.context), market.hooked, rules);
const transfer = (from: KeyPairSigner, to: Address) =>
  transferPlan(market.context.cluster, from, market.hooked, to, 1n);

/** Sets looser terms and waits for them. */
async function loosen(rules: Rules): Promise<void> {
  const { cluster, admin, config } = market.context;
  await send(cluster, admin, await set(rules));
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await send(cluster, admin, await applyPolicyPlan(cluster, market.hooked));
  assert.deepEqual(await rulesNow(), rules);
}

test('tighter terms count at once, looser ones after the timelock, if nobody takes them back', async () => {
  const { context, hooked } = market;
  const { cluster, admin, issuer } = context;
  const swiss = await registered(context, { country: 'CH' });
  const before = await rulesNow();
  assert.deepEqual(before.countries, ['CH', 'DE', 'SG']);
  await send(cluster, alice, await transfer(alice, swiss.address));

  const tighter = { ...before, countries: ['DE', 'SG'] };
  await send(cluster, admin, await set(tighter));
  assert.deepEqual(await rulesNow(), tighter);
  await assertRefused(cluster, alice, await transfer(alice, swiss.address), 'CountryNotAllowed');

  await send(cluster, admin, await set(before));
  const { pending, rules } = await fetchPolicyView(cluster, hooked);
  assert.deepEqual([rules, pending?.rules], [tighter, before]);
  await assertRefused(cluster, alice, await applyPolicyPlan(cluster, hooked), 'TimelockNotOver');
  await send(cluster, admin, await cancelPolicyPlan(cluster, issuer, complianceOf(context), hooked));
  assert.equal((await fetchPolicyView(cluster, hooked)).pending, undefined);
  await assertRefused(cluster, alice, await applyPolicyPlan(cluster, hooked), 'NothingPending');

  await loosen(before);
  await send(cluster, alice, await transfer(alice, swiss.address));
});

test('a paused policy stops a hooked share until it is lifted', async () => {
  const { context, hooked } = market;
  const { cluster, admin, issuer } = context;
  const bob = await registered(context);
  // The admin has PAUSE and UNPAUSE, and not what compliance has.
  const operator = { signer: admin };
  await send(cluster, admin, await pausePolicyPlan(cluster, issuer, operator, hooked));
  assert.equal((await fetchPolicyView(cluster, hooked)).paused, true);
  await assertRefused(cluster, alice, await transfer(alice, bob.address), 'PolicyPaused');
  await send(cluster, admin, await unpausePolicyPlan(cluster, issuer, operator, hooked));
  await send(cluster, alice, await transfer(alice, bob.address));
  await assertRefused(cluster, admin, await cancelPolicyPlan(cluster, issuer, operator, hooked), 'PowerMissing');
});

test("without the sender's check, who has lapsed may still send", async () => {
  const { context, hooked } = market;
  const { cluster } = context;
  const lapsing = await registered(context, { days: 1n });
  await send(cluster, alice, await transfer(alice, lapsing.address));
  await passTime(cluster, DAY);
  await assertRefused(cluster, lapsing, await transfer(lapsing, alice.address), 'Expired');
  await loosen({ ...(await rulesNow()), sourceCheck: false });
  const accounts = async () => (await transfer(lapsing, alice.address)).at(-1)!.accounts!.length;
  assert.equal(await accounts(), 9);
  // Anybody brings the list in line: a transfer is cheaper by a record then.
  await send(cluster, alice, await updateHookListPlan(cluster, hooked));
  assert.equal(await accounts(), 8);
  await send(cluster, lapsing, await transfer(lapsing, alice.address));
});

test('a provider is narrowed and never widened', async () => {
  const { context } = market;
  const { cluster, admin, issuer } = context;
  const number = 0;
  const { data } = await fetchProvider(cluster.rpc, await findProvider(cluster.programs.gate, issuer, number));
  const { expiresAt, maxTier } = data;
  const to = (countries: Uint8Array) =>
    setProviderPlan(cluster, issuer, complianceOf(context), number, { countries, maxTier, expiresAt });
  await assertRefused(cluster, admin, await to(allCountriesBut(['US'])), 'ProviderWidened');
  await send(cluster, admin, await to(countrySet(['CH', 'DE', 'SG'])));
  await assertRefused(cluster, admin, await to(countrySet(['CH', 'DE', 'JP', 'SG'])), 'ProviderWidened');
  await assert.rejects(registered(context, { country: 'JP' }));
});

// Layouts of the Solana Attestation Service, whose program is not on a local chain:
// solana-foundation/solana-attestation-service, program/src/state, at 6b489d2.
const SAS = address('22zoJMtdu4tQc2PzL74ZUT7FrwgB1Udec8DdW4yw4BdG');
const U8 = 0;
const U16 = 1;
const key = (of: Address) => getAddressEncoder().encode(of);
const sized = (bytes: ReadonlyUint8Array) => [getU32Encoder().encode(bytes.length), bytes];
const text = (of: string) => sized(new TextEncoder().encode(of));
const join = (...parts: (number | ReadonlyUint8Array)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

const credentialData = (authority: Address, signer: Address) =>
  join(0, key(authority), ...text('KYC'), getU32Encoder().encode(1), key(signer));
const schemaData = (credential: Address) =>
  join(
    1,
    key(credential),
    ...text('person'),
    ...text(''),
    ...sized(join(U16, U8)),
    ...sized(join(...text('country'), ...text('tier'))),
    0,
    1,
  );
const attestationData = (
  of: { wallet: Address; credential: Address; schema: Address; signer: Address },
  country: string,
  tier: number,
  expiry: bigint,
) =>
  join(
    2,
    key(of.wallet),
    key(of.credential),
    key(of.schema),
    ...sized(join(getU16Encoder().encode(countryNumber(country)), tier)),
    key(of.signer),
    getI64Encoder().encode(expiry),
    new Uint8Array(32),
  );

test('a wallet comes with an attestation of SAS, and goes with it', async () => {
  const { context } = market;
  const { cluster, admin, issuer } = context;
  const [credential, schema, signer] = (await Promise.all([1, 2, 3].map(() => generateKeyPairSigner()))).map(
    ({ address }) => address,
  ) as [Address, Address, Address];
  const place = (account: Address, data: Uint8Array) =>
    setLocalAccount(cluster, account, { owner: SAS, data, lamports: 10_000_000 });
  await place(credential, credentialData(admin.address, signer));
  await place(schema, schemaData(credential));

  const number = 1;
  const limits = { countries: allCountriesBut([]), maxTier: 9, expiresAt: (await claimOf(context)).expiresAt };
  const evidence = { credential, schema, countryOffset: 0, tierOffset: 2 };
  const provider = { number, sas: evidence, limits };
  await send(cluster, admin, await createProviderPlan(cluster, issuer, complianceOf(context), provider));

  const wallet = await investor(cluster);
  const [attestation] = await getProgramDerivedAddress({
    programAddress: SAS,
    seeds: ['attestation', key(credential), key(schema), key(wallet.address)],
  });
  const of = { wallet: wallet.address, credential, schema, signer };
  const expiry = (await chainTime(cluster)) + 30n * DAY;
  await place(attestation, attestationData(of, 'SG', 2, expiry));
  const sas = { issuer, number, credential, schema };
  const thief = await investor(cluster);
  const theft = await registerFromSasPlan(cluster, thief, thief, sas, attestation);
  await assertRefused(cluster, thief, theft, 'SasWrongSubject');
  await send(cluster, admin, await registerFromSasPlan(cluster, admin, wallet, sas, attestation));

  const { gate } = cluster.programs;
  const record = async () => (await fetchWallet(cluster.rpc, await findWallet(gate, issuer, wallet.address))).data;
  const { country, tier, expiresAt, status } = await record();
  assert.deepEqual([country, tier, expiresAt, status], [countryNumber('SG'), 2, expiry, Status.Active]);
  await assertRefused(cluster, alice, await transfer(alice, wallet.address), 'ProviderNotAccepted');
  const rules = await rulesNow();
  await loosen({ ...rules, providers: [0, number] });
  await send(cluster, alice, await transfer(alice, wallet.address));

  // The issuer of attestations closes it and makes it anew, with another country; then takes it back for good.
  const view = await fetchInvestorView(cluster, await findInvestor(gate, issuer, await sasIdHash(attestation)));
  const sync = await syncFromSasPlan(cluster, sas, view, attestation);
  await place(attestation, attestationData(of, 'US', 2, expiry));
  await send(cluster, alice, sync);
  await assertRefused(cluster, alice, await transfer(alice, wallet.address), 'CountryNotAllowed');
  await place(credential, credentialData(admin.address, admin.address));
  await send(cluster, alice, sync);
  assert.equal((await record()).status, Status.Revoked);
  await assertRefused(cluster, alice, await transfer(alice, wallet.address), 'Revoked');
});
