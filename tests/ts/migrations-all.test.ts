/** Every ticker of the file at once: fast, and whole also after a run that was killed. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadTickers } from '@scrip/data';
import { findListedMints, loadConfig, prepare, type Config } from '@scrip/migrations';
import {
  fetchCustodian,
  fetchIssuerTables,
  fetchNonceWindow,
  fetchTicker,
  findNonceWindow,
  findTicker,
  Mode,
} from '@scrip/sdk';
import { fetchAllFeed, findFeed, fetchCurator } from '@scrip/sdk/collateral';
import { fetchPolicyView, findHookMetasPda } from '@scrip/sdk/gate';

import { connectFromEnv } from './chain.ts';

const TICKERS = loadTickers();
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** How long a fresh chain may take for all of it. */
const LIMIT_MS = 90_000;

const { tickers, issuer, collateral, ...others } = loadConfig();
const config: Config = {
  ...others,
  issuer: { ...issuer, id: 28 },
  collateral: { ...collateral, curator: 28 },
  tickers: { ...tickers, symbols: 'all' },
};
const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'config.json');
writeFileSync(file, JSON.stringify(config));

/** The command that an operator types. */
function run(): { child: ChildProcess; output: () => string } {
  const { SCRIP_URL: url = 'http://127.0.0.1:8899' } = process.env;
  const child = spawn('node', ['--import', 'tsx', 'migrations/run.ts', '--url', url, '--config', file], { cwd: ROOT });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  return { child, output: () => said };
}

async function runToEnd(): Promise<string> {
  const { child, output } = run();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, output());
  return output();
}

test('a run that is killed half way is finished by the next one: each ticker once, and then nothing more', async () => {
  const cluster = await connectFromEnv();
  const context = await prepare(cluster, config);
  const listed = async () => findListedMints(cluster, context.issuer, TICKERS);
  const started = performance.now();

  const { child, output } = run();
  for (let count = 0; count < TICKERS.length / 3; count = (await listed()).size) {
    assert.equal(child.exitCode, null, output());
    await new Promise((done) => setTimeout(done, 20));
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const half = await listed();
  assert.ok(half.size < TICKERS.length, 'it was killed too late to show anything');

  await runToEnd();
  const elapsed = performance.now() - started;
  const mints = await listed();
  assert.equal(mints.size, TICKERS.length);
  assert.equal(new Set(mints.values()).size, TICKERS.length);
  for (const [symbol, mint] of half) assert.equal(mints.get(symbol), mint);
  assert.equal((await fetchCustodian(cluster.rpc, context.custodian)).data.tickers, TICKERS.length);
  assert.ok(elapsed < LIMIT_MS, `${Math.round(elapsed)} ms`);

  // A killed run may have left a table without its last addresses: they are all there, and none twice.
  const tables = await fetchIssuerTables(cluster, context.issuer);
  for (const { addresses } of tables) assert.equal(new Set(addresses).size, addresses.length);
  for (const mint of mints.values()) {
    const ticker = await findTicker(cluster.programId, mint);
    const homes = tables.filter(({ addresses }) => addresses.includes(mint));
    assert.equal(homes.length, 1);
    assert.ok(homes[0]!.addresses.includes(ticker) && homes[0]!.addresses.includes(context.attestorSet));
  }

  const { sequence } = (await fetchCurator(cluster.rpc, context.curator)).data.stream;
  assert.match(await runToEnd(), /^nothing changed: .* already there/m);
  assert.deepEqual(await listed(), mints);
  assert.deepEqual(await fetchIssuerTables(cluster, context.issuer), tables);
  assert.equal((await fetchCurator(cluster.rpc, context.curator)).data.stream.sequence, sequence);
});

test('whatever is found on chain from a mint is found at the first try', async () => {
  const cluster = await connectFromEnv();
  const context = await prepare(cluster, config);
  const mints = await findListedMints(cluster, context.issuer, TICKERS);
  for (const mint of mints.values()) {
    const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, mint));
    const nonces = await fetchNonceWindow(cluster.rpc, await findNonceWindow(cluster.programId, mint));
    const bumps = [data.bump, data.authorityBump, data.delegateBump, data.escrowBump, nonces.data.bump];
    if (data.mode === Mode.Hooked) {
      bumps.push((await findHookMetasPda({ mint }, { programAddress: cluster.programs.gate }))[1]);
      assert.equal((await fetchPolicyView(cluster, mint)).issuer, context.issuer);
    }
    assert.ok(
      bumps.every((bump) => bump === 255),
      `${bumps}`,
    );
  }
  const priced = TICKERS.filter(({ feeds }) => feeds.regular);
  const feeds = priced.map(({ symbol }) => findFeed(cluster.programs.collateral, context.curator, mints.get(symbol)!));
  assert.equal((await fetchAllFeed(cluster.rpc, await Promise.all(feeds))).length, priced.length);
});
