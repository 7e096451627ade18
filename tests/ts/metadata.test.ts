/** What wallets show of a token: the JSON file that its mint names says what the mint says, of every ticker. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadTickers } from '@scrip/data';
import { loadConfig, metadataOf, writeMetadata } from '@scrip/migrations';
import { fetchOnChainMetadata, metadataDifferences, send, tokenName, updateMetadataPlan } from '@scrip/sdk';
import schema from '@scrip/sdk/metadata.schema.json' with { type: 'json' };

import { listed, mintOf } from './chain.ts';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

function assertValid(json: unknown, what: string): void {
  assert.ok(validate(json), `${what}: ${JSON.stringify(validate.errors)}`);
}

test('one command writes a valid file and a picture for every ticker', () => {
  const out = mkdtempSync(join(tmpdir(), 'scrip-metadata-'));
  try {
    const tickers = loadTickers();
    assert.equal(writeMetadata(loadConfig(), out), tickers.length);
    assert.equal(readdirSync(out).length, 2 * tickers.length);
    for (const { symbol } of tickers) {
      const json = JSON.parse(readFileSync(join(out, `${symbol}.json`), 'utf8')) as { symbol: string; image: string };
      assertValid(json, symbol);
      assert.equal(json.symbol, symbol);
      assert.equal(json.image, `https://scrip.example/metadata/${symbol}.svg`);
      assert.match(readFileSync(join(out, `${symbol}.svg`), 'utf8'), /^<svg .*<\/svg>\n$/);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});

test('the schema refuses what a wallet could not show', () => {
  const [facts] = loadTickers();
  const json = metadataOf(loadConfig(), facts!);
  for (const wrong of [
    { ...json, image: 'http://scrip.example/a.svg' },
    { ...json, security: { ...json.security, isin: 'US037833100' } },
    { ...json, terms: { ...json.terms, mode: 'closed' } },
    { ...json, terms: { ...json.terms, summary: [] } },
    { ...json, symbol: undefined },
  ]) {
    assert.equal(validate(wrong), false, JSON.stringify(wrong));
  }
});

test('a name says that it is a token, where the program has room for that', () => {
  assert.equal(tokenName('Apple'), 'Apple xStock');
  assert.equal(tokenName('x'.repeat(57)), `${'x'.repeat(57)} xStock`);
  assert.equal(tokenName('x'.repeat(58)), 'x'.repeat(58));
});

test('the file says what the mint says, and where it does not a wallet finds out', async () => {
  const context = await listed(161, ['AAPLx', 'SPYx']);
  const { cluster, config, tickers, admin, issuer } = context;
  for (const facts of tickers) {
    const onChain = await fetchOnChainMetadata(cluster.rpc, await mintOf(context, facts.symbol));
    assert.equal(onChain.uri, `https://scrip.example/metadata/${facts.symbol}.json`);
    assert.deepEqual(metadataDifferences(onChain, metadataOf(config, facts)), []);
  }

  const mint = await mintOf(context, 'SPYx');
  const json = metadataOf(
    config,
    tickers.find(({ symbol }) => symbol === 'SPYx')!,
  );
  const uri = 'https://scrip.example/prospectus/SPYx.pdf';
  const change = { __kind: 'Prospectus', uri, sha256: new Uint8Array(32).fill(0xab) } as const;
  await send(cluster, admin, await updateMetadataPlan(cluster, issuer, { signer: admin }, mint, change));
  const onChain = await fetchOnChainMetadata(cluster.rpc, mint);
  assert.deepEqual(metadataDifferences(onChain, json), ['terms.document.uri', 'terms.document.sha256']);
  const documented = { ...json, terms: { ...json.terms, document: { uri, sha256: 'ab'.repeat(32) } } };
  assertValid(documented, 'with a prospectus');
  assert.deepEqual(metadataDifferences(onChain, documented), []);
  assert.deepEqual(metadataDifferences(onChain, { ...documented, name: 'Apple xStock' }), ['name']);
});
