/** Roles, the timelock, and what each power does not reach. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import { fetchMint } from '@solana-program/token-2022';
import type { Context } from '@scrip/migrations';
import {
  acceptAdminPlan,
  announceChangePlan,
  chainTime,
  closeAnnouncementPlan,
  fetchIssuer,
  fetchMaybeRoleGrant,
  fetchRoleGrant,
  fetchTickerView,
  findRoleGrant,
  grantRolePlan,
  migrateAccountPlan,
  NO_ADDRESS,
  passTime,
  Pause,
  proposeAdminPlan,
  revokeRolePlan,
  Role,
  send,
  setIssuerPausePlan,
  setPriceBandPlan,
  setTermsPlan,
  setTimelockPlan,
  updateMetadataPlan,
  type Operator,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, operatorWith } from './chain.ts';
import { extensionsOf } from './fixtures.ts';

let context: Context;
let mint: Address;
before(async () => {
  context = await listed(120, ['SPYx']);
  mint = await mintOf(context, 'SPYx');
});

const pause = (operator: Operator, change: { pause?: number; unpause?: number }) =>
  setIssuerPausePlan(context.cluster, context.issuer, operator, change);
const by = (signer: KeyPairSigner): Operator => ({ signer, granted: true });

test('a pauser pauses and cannot lift it; who may lift it cannot pause', async () => {
  const { cluster, issuer, admin } = context;
  const [pauser, lifter] = await Promise.all([investor(cluster), investor(cluster)]);
  const expiresAt = (await chainTime(cluster)) + 86_400n;
  // These two roles need no announcement.
  for (const [{ address: wallet }, roles] of [
    [pauser, Role.Pause],
    [lifter, Role.Unpause],
  ] as const)
    await send(cluster, admin, await grantRolePlan(cluster, issuer, admin, { wallet, roles, expiresAt }));

  await assertRefused(cluster, lifter, await pause(by(lifter), { pause: Pause.Cash }), 'PowerMissing');
  await send(cluster, pauser, await pause(by(pauser), { pause: Pause.Cash }));
  await assertRefused(cluster, pauser, await pause(by(pauser), { unpause: Pause.Cash }), 'PowerMissing');
  assert.equal((await fetchIssuer(cluster.rpc, issuer)).data.pauses, Pause.Cash);
  await send(cluster, lifter, await pause(by(lifter), { unpause: Pause.Cash }));

  await passTime(cluster, 86_400n);
  await assertRefused(cluster, pauser, await pause(by(pauser), { pause: Pause.Cash }), 'RoleGrantExpired');
  await send(cluster, pauser, await revokeRolePlan(cluster, issuer, pauser, pauser.address, admin.address));
  const grant = await findRoleGrant(cluster.programId, issuer, pauser.address);
  assert.equal((await fetchMaybeRoleGrant(cluster.rpc, grant)).exists, false);
});

test('the CASH role waits for the timelock, even for the admin', async () => {
  const { cluster, issuer, admin, config } = context;
  const wallet = (await investor(cluster)).address;
  const expiresAt = (await chainTime(cluster)) + 30n * 86_400n;
  const grant = (changes = {}) =>
    grantRolePlan(cluster, issuer, admin, { wallet, roles: Role.Cash, expiresAt, announcement: 1n, ...changes });
  await assertRefused(cluster, admin, await grant({ announcement: undefined }), 'AnnouncementMissing');
  const change = { __kind: 'GrantRole', wallet, roles: Role.Cash, expiresAt } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 1n, change));
  await assertRefused(cluster, admin, await grant(), 'TimelockNotPassed');
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await assertRefused(cluster, admin, await grant({ expiresAt: expiresAt + 1n }), 'AnnouncementMismatch');
  await send(cluster, admin, await grant());
  const { data } = await fetchRoleGrant(cluster.rpc, await findRoleGrant(cluster.programId, issuer, wallet));
  assert.equal(data.roles, Role.Cash);
  // Made: anybody clears it away, and the rent goes to who paid it.
  const stranger = await investor(cluster);
  await send(cluster, stranger, await closeAnnouncementPlan(cluster, issuer, stranger, 1n, admin.address));
});

test('prices are for the CASH role alone', async () => {
  const { cluster, issuer, admin } = context;
  const treasurer = await operatorWith(context, Role.Cash);
  const band = { minPriceE8: 1n, maxPriceE8: 2n, expiresAt: (await chainTime(cluster)) + 60n };
  const set = (operator: Operator) => setPriceBandPlan(cluster, issuer, operator, mint, band);
  await assertRefused(cluster, admin, await set({ signer: admin }), 'PowerMissing');
  await send(cluster, treasurer, await set(by(treasurer)));
  assert.equal((await fetchTickerView(cluster, mint)).ticker.priceBand.maxPriceE8, 2n);
});

test('the admin hands over in two steps, and keeps the place until the other takes it', async () => {
  const { cluster, issuer, admin } = context;
  const [next, stranger] = await Promise.all([investor(cluster), investor(cluster)]);
  await send(cluster, admin, await proposeAdminPlan(cluster, issuer, admin, next.address));
  await assertRefused(cluster, stranger, await acceptAdminPlan(cluster, issuer, stranger), 'NotPendingAdmin');
  await send(cluster, admin, await proposeAdminPlan(cluster, issuer, admin, NO_ADDRESS));
  await assertRefused(cluster, next, await acceptAdminPlan(cluster, issuer, next), 'NotPendingAdmin');

  await send(cluster, admin, await proposeAdminPlan(cluster, issuer, admin, next.address));
  await send(cluster, next, await acceptAdminPlan(cluster, issuer, next));
  await assertRefused(cluster, admin, await proposeAdminPlan(cluster, issuer, admin, admin.address), 'NotAdmin');
  await send(cluster, next, await proposeAdminPlan(cluster, issuer, next, admin.address));
  await send(cluster, admin, await acceptAdminPlan(cluster, issuer, admin));
  assert.equal((await fetchIssuer(cluster.rpc, issuer)).data.admin, admin.address);
});

test('a longer timelock counts at once, a shorter one after the longer', async () => {
  const { cluster, issuer, admin, config } = context;
  const { timelockSecs: secs } = config.issuer;
  await send(cluster, admin, await setTimelockPlan(cluster, issuer, admin, 2 * secs));
  await assertRefused(cluster, admin, await setTimelockPlan(cluster, issuer, admin, secs), 'AnnouncementMissing');
  const change = { __kind: 'SetTimelock', secs } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 3n, change));
  await passTime(cluster, BigInt(secs));
  const shorter = await setTimelockPlan(cluster, issuer, admin, secs, 3n);
  await assertRefused(cluster, admin, shorter, 'TimelockNotPassed');
  await passTime(cluster, BigInt(secs));
  await send(cluster, admin, shorter);
  assert.equal((await fetchIssuer(cluster.rpc, issuer)).data.timelockSecs, secs);
});

test('the legal document is in the metadata with its hash; the LIST role alone changes it', async () => {
  const { cluster, issuer, admin } = context;
  const sha256 = new Uint8Array(32).fill(0xab);
  const change = { __kind: 'Prospectus', uri: 'https://scrip.example/prospectus/SPYx.pdf', sha256 } as const;
  const stranger = await investor(cluster);
  const update = (signer: KeyPairSigner) => updateMetadataPlan(cluster, issuer, { signer }, mint, change);
  await assertRefused(cluster, stranger, await update(stranger), 'PowerMissing');
  await send(cluster, admin, await update(admin));
  const metadata = extensionsOf((await fetchMint(cluster.rpc, mint)).data).find(
    (one) => one.__kind === 'TokenMetadata',
  );
  assert.equal(metadata?.additionalMetadata.get('prospectus_uri'), change.uri);
  assert.equal(metadata?.additionalMetadata.get('prospectus_sha256'), 'ab'.repeat(32));
});

test('migrating what is of this layout changes nothing', async () => {
  const { cluster, issuer, custodian, attestorSet, admin } = context;
  const bytes = async (account: Address) =>
    (await cluster.rpc.getAccountInfo(account, { encoding: 'base64', commitment: 'confirmed' }).send()).value?.data[0];
  for (const account of [issuer, custodian, attestorSet]) {
    const before = await bytes(account);
    assert.ok(before);
    await send(cluster, admin, migrateAccountPlan(cluster, admin, account, custodian));
    assert.equal(await bytes(account), before);
  }
  await assertRefused(cluster, admin, migrateAccountPlan(cluster, admin, mint), 'LayoutUnknown');
});

test('stricter terms count at once, looser ones after the timelock', async () => {
  const { cluster, issuer, admin, config } = context;
  const { terms } = config.tickers;
  const set = (changed: typeof terms, announcement?: bigint) =>
    setTermsPlan(cluster, issuer, admin, mint, changed, announcement);
  await send(cluster, admin, await set({ ...terms, redemptionSecs: 3_600 }));
  assert.equal((await fetchTickerView(cluster, mint)).ticker.redemptionSecs, 3_600);
  await assertRefused(cluster, admin, await set(terms), 'AnnouncementMissing');
  const change = { __kind: 'SetTerms', mint, terms } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 2n, change));
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await send(cluster, admin, await set(terms, 2n));
  assert.equal((await fetchTickerView(cluster, mint)).ticker.redemptionSecs, terms.redemptionSecs);
});
