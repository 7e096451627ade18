import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { fetchMint } from '@solana-program/token-2022';
import { loadTickers } from '@scrip/data';
import { findListedMint, migrate, prepare, type Config, type Done } from '@scrip/migrations';
import {
  chainTime,
  connect,
  fetchAnnouncement,
  fetchIssuerTables,
  fetchTicker,
  fetchTickerTable,
  findAnnouncement,
  findEventAuthority,
  findTicker,
  grantRolePlan,
  Mode,
  Role,
  send,
  travelTo,
  websocketUrl,
} from '@scrip/sdk';
import { fetchCalendar, getSetRoleInstruction } from '@scrip/sdk/collateral';
import { fetchPolicyView } from '@scrip/sdk/gate';

import { configFor, connectFromEnv } from './chain.ts';
import { gatedConfig } from './gated.ts';
import { extensionsOf } from './fixtures.ts';

const SYMBOLS = ['AAPLx', 'BRK.Bx'];

test('migrations do what is missing, also after a broken run, and nothing twice', async () => {
  const cluster = await connectFromEnv();
  const outcomes = async (symbols: readonly string[]) => {
    const done: Done[] = [];
    await migrate(await prepare(cluster, configFor(20, symbols)), (_, one) => done.push(one));
    return done.map(({ what, outcome }) => [what.split(/[ ,]/).slice(0, 2).join(' '), outcome]);
  };
  // As if the first run had stopped after its second step, and the second within the fourth and the last.
  const context = await prepare(cluster, configFor(20, SYMBOLS));
  await migrate(context, undefined, ['0000', '0001', '0002']);
  assert.deepEqual(await outcomes(SYMBOLS.slice(0, 1)), [
    ['issuer 20', 'already there'],
    ['custodian 0', 'already there'],
    ['attestor set', 'created'],
    ['ticker AAPLx', 'created'],
    ['curator 20', 'created'],
    ['calendar XNYS', 'created'],
    ['feed AAPLx', 'created'],
    ['lookup table', 'created'],
  ]);
  const last = await outcomes(SYMBOLS);
  assert.deepEqual(
    last.map(([, outcome]) => outcome),
    [...Array(4).fill('already there'), 'created', ...Array(3).fill('already there'), 'created', 'extended'],
  );
  assert.ok((await outcomes(SYMBOLS)).every(([, outcome]) => outcome === 'already there'));
});

test('a state that differs from the configuration is refused, not accepted', async () => {
  const cluster = await connectFromEnv();
  const config = configFor(21, ['AAPLx']);
  await migrate(await prepare(cluster, config));
  const other = { ...config, attestors: { ...config.attestors, threshold: 2 } };
  await assert.rejects(
    async () => migrate(await prepare(cluster, other)),
    /attestor set 0 exists with other keys, threshold or kinds/,
  );
  const renamed = { ...config, custodian: { ...config.custodian, name: 'Another Bank' } };
  await assert.rejects(async () => migrate(await prepare(cluster, renamed)), /custodian 0 exists under another name/);
});

test('a year that is missing is announced, and the next one once it counts', async () => {
  const cluster = await connectFromEnv();
  const withYears = async (years: readonly number[]) => {
    const config = configFor(24, ['AAPLx']);
    const context = await prepare(cluster, { ...config, collateral: { ...config.collateral, years } });
    const done: Done[] = [];
    await migrate(context, (_, one) => done.push(one));
    const calendars = done.filter(({ address }) => address === context.calendar);
    return { context, outcomes: calendars.map(({ what, outcome }) => `${what}: ${outcome}`) };
  };
  assert.deepEqual((await withYears([2025])).outcomes, ['calendar XNYS: created']);
  const all = [2025, 2026, 2027];
  const announced = ['calendar XNYS: already there', 'year 2026: waits for the timelock'];
  const { context, outcomes } = await withYears(all);
  assert.deepEqual(outcomes, announced);
  const years = async () => (await fetchCalendar(cluster.rpc, context.calendar)).data;
  assert.equal((await years()).pending.year, 2026);
  // Again, while it waits: it is neither replaced nor postponed.
  const { pendingAt } = await years();
  assert.deepEqual((await withYears(all)).outcomes, announced);
  assert.equal((await years()).pendingAt, pendingAt);
  await travelTo(cluster, pendingAt);
  assert.deepEqual((await withYears(all)).outcomes, [announced[0], 'year 2027: waits for the timelock']);
  const { pending, years: loaded } = await years();
  assert.equal(pending.year, 2027);
  assert.deepEqual(loaded.flatMap(({ year }) => (year === 0 ? [] : [year])).sort(), [2025, 2026]);
});

test('a curated state that differs from the configuration is refused', async () => {
  const cluster = await connectFromEnv();
  const config = configFor(25, ['AAPLx']);
  const context = await prepare(cluster, config);
  await migrate(context);
  const days = context.marketDays.years.map((year) => ({ ...year, earlyCloses: [] }));
  const changed = { ...context, marketDays: { ...context.marketDays, years: days } };
  await assert.rejects(migrate(changed), /has other days in 2025 than the calendar file/);
  const elsewhere = context.tickers.map((facts) => ({ ...facts, mic: 'XLON' }));
  await assert.rejects(migrate({ ...context, tickers: elsewhere }), /AAPLx trades at XLON/);
  const [apple] = context.tickers;
  const feeds = { regular: { ...apple!.feeds.regular!, id: '11'.repeat(32) } };
  await assert.rejects(migrate({ ...context, tickers: [{ ...apple!, feeds }] }), /has other rules than the default/);
});

const GATED = [
  'role COMPLIANCE',
  'registry',
  'provider 0',
  'policy HOODx',
  'policy MSTRx',
  'policy COINx',
  "hook's list COINx",
];

test('tickers of every mode, their registry and policies: what waits for the timelock is done by a later run', async () => {
  const cluster = await connectFromEnv();
  const config = gatedConfig(26);
  const context = await prepare(cluster, config);
  // The chain is the same; only its clock is none to be moved.
  const elsewhere = { ...context, cluster: { ...cluster, url: 'https://rpc.example' } };
  const run = async () => {
    const done: Done[] = [];
    await migrate(elsewhere, (_, one) => done.push(one));
    return new Map(done.map(({ what, outcome }) => [what, outcome]));
  };
  const told = async () => {
    const done = await run();
    return GATED.flatMap((what) => done.get(what) ?? []);
  };
  // The registry's row stands for its providers too, until it is there.
  assert.deepEqual(await told(), Array(6).fill('waits for the timelock'));
  const announcement = await findAnnouncement(cluster.programId, context.issuer, 8n);
  const { readyAt } = (await fetchAnnouncement(cluster.rpc, announcement)).data;
  assert.ok(readyAt > (await chainTime(cluster)));
  // Neither announced again nor made before its time.
  assert.deepEqual(await told(), Array(6).fill('waits for the timelock'));
  assert.equal((await fetchAnnouncement(cluster.rpc, announcement)).data.readyAt, readyAt);
  await travelTo(cluster, readyAt);
  assert.deepEqual(await told(), Array(7).fill('created'));
  assert.deepEqual(await told(), Array(7).fill('already there'));

  for (const [symbol, mode, kyc] of [
    ['HOODx', Mode.Open, 1],
    ['MSTRx', Mode.Frozen, 0],
    ['COINx', Mode.Hooked, 0],
  ] as const) {
    const mint = await findListedMint(cluster, context.issuer, symbol);
    assert.ok(mint);
    const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, mint));
    assert.deepEqual([data.mode, data.primaryKyc], [mode, kyc]);
    const { rules, issuer } = await fetchPolicyView(cluster, mint);
    assert.deepEqual([issuer, rules], [context.issuer, { ...config.gate!.policy, providers: [0] }]);
  }
});

test('a mode, a provider or a policy that differs from the configuration is refused', async () => {
  const cluster = await connectFromEnv();
  const config = gatedConfig(27);
  await migrate(await prepare(cluster, config));
  const migrateWith = async (changes: Partial<typeof config>) =>
    migrate(await prepare(cluster, { ...config, ...changes }));
  const { tickers, gate } = config;
  const modes = { ...tickers.modes, MSTRx: 'hooked' } as const;
  await assert.rejects(migrateWith({ tickers: { ...tickers, modes } }), /MSTRx is listed as frozen/);
  const policy = { ...gate!.policy, minTier: 2 };
  await assert.rejects(migrateWith({ gate: { ...gate!, policy } }), /the policy of HOODx, .* has other terms/);
  const providers = [{ ...gate!.providers[0]!, countries: ['DE'] }];
  await assert.rejects(migrateWith({ gate: { ...gate!, providers } }), /provider 0 has another authority, or more/);
});

test('after the hand-over tickers are listed by the role LIST, their feeds by the role FEED', async () => {
  const cluster = await connectFromEnv();
  const config = configFor(32, ['AAPLx']);
  const before = await prepare(cluster, config);
  await migrate(before);
  const { admin, issuer, curator, attestors, custodian } = before;

  // Another machine: its key file is called admin.json there, and it has none of the attestors' keys.
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  const later = {
    ...config,
    issuer: { ...config.issuer, creator: admin.address },
    collateral: { ...config.collateral, creator: admin.address },
    attestors: { ...config.attestors, count: undefined, keys: attestors },
    tickers: { ...config.tickers, symbols: ['AAPLx', 'NVDAx'] },
  } as Config;
  const operator = (await prepare(cluster, later, folder)).admin;
  const run = async () => migrate(await prepare(cluster, later, folder));
  await assert.rejects(run(), new RegExp(`another admin, ${admin.address}: .* grant LIST to ${operator.address}`));

  const expiresAt = (await chainTime(cluster)) + 86_400n;
  await send(
    cluster,
    admin,
    await grantRolePlan(cluster, issuer, admin, { wallet: operator.address, roles: Role.List, expiresAt }),
  );
  await assert.rejects(run(), new RegExp(`another admin, ${admin.address}: .* give FEED to ${operator.address}`));
  const program = cluster.programs.collateral;
  const event = { eventAuthority: await findEventAuthority(program), program };
  const role = { admin, curator, ...event, wallet: operator.address, mask: 1 };
  await send(cluster, admin, [getSetRoleInstruction(role, { programAddress: program })]);
  await run();
  rmSync(folder, { recursive: true });

  const mint = await findListedMint(cluster, issuer, 'NVDAx');
  assert.ok(mint);
  const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, mint));
  assert.deepEqual([data.issuer, data.custodian], [issuer, custodian]);
  // The admin's table is not the operator's to extend: it has made one.
  const [table] = Object.keys(await fetchTickerTable(cluster, issuer, mint));
  const tables = await fetchIssuerTables(cluster, issuer);
  assert.equal(tables.find(({ address }) => address === table)?.authority, operator.address);
  assert.equal(tables.length, 2);
});

test('tickers without an ISIN are listed with none, in their accounts and in their metadata', async () => {
  const symbols = loadTickers().flatMap(({ isin, symbol }) => (isin === null ? [symbol] : []));
  assert.equal(symbols.length, 8);
  const context = await prepare(await connectFromEnv(), configFor(22, symbols));
  const { cluster, issuer } = context;
  await migrate(context);
  for (const symbol of symbols) {
    const mint = await findListedMint(cluster, issuer, symbol);
    assert.ok(mint);
    const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, mint));
    assert.deepEqual(data.isin, new Uint8Array(12));
    const metadata = extensionsOf((await fetchMint(cluster.rpc, mint)).data).find(
      (one) => one.__kind === 'TokenMetadata',
    );
    assert.equal(metadata?.additionalMetadata.get('isin'), '');
  }
  const again: Done[] = [];
  await migrate(context, (_, done) => again.push(done));
  // Some have no Pyth feed either: they are listed without a price feed, and that is said each time.
  const without = context.tickers.filter(({ feeds }) => !feeds.regular).map(({ symbol }) => `feed ${symbol}`);
  const told = again.filter(({ outcome }) => outcome === 'no oracle feed').map(({ what }) => what);
  assert.deepEqual(told, without);
  assert.ok(again.every(({ outcome }) => outcome === 'already there' || outcome === 'no oracle feed'));
});

test('a ticker that is not in the file is not listed', async () => {
  await assert.rejects(prepare(await connectFromEnv(), configFor(22, ['NOPEx'])), /there is no ticker NOPEx/);
});

test('keys are made up on a local cluster only', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cluster = await connectFromEnv();
  const elsewhere = { ...cluster, url: 'https://rpc.example' };
  await assert.rejects(prepare(elsewhere, configFor(23, ['AAPLx']), folder), /there is no key file .*admin\.json/);
});

test('where nothing answers, or no program is, one sentence says so', async () => {
  await assert.rejects(connect({ url: 'http://127.0.0.1:9' }), /no Solana cluster answers at http:\/\/127\.0\.0\.1:9/);
  const { url } = await connectFromEnv();
  const programId = '11111111111111111111111111111112';
  await assert.rejects(
    connect({ url, programId }),
    /the issuer program 11111111111111111111111111111112 is not on the cluster/,
  );
  assert.equal(websocketUrl('http://127.0.0.1:8899'), 'ws://127.0.0.1:8900/');
  assert.equal(websocketUrl('https://rpc.example'), 'wss://rpc.example/');
});
