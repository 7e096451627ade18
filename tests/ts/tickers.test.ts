import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { generateKeyPairSigner } from '@solana/kit';
import { DEFAULT_TICKERS_FILE, isValidIsin, loadTickers, parseTickers, pickTickers, TickersError } from '@scrip/data';
import { loadConfig, LOCAL_CONFIG_FILE, wantedTickers } from '@scrip/migrations';

type Row = Record<string, any>;

const configFile = (name: string) => join(dirname(LOCAL_CONFIG_FILE), `${name}.json`);

/** The real file with one row changed; row 2 of the file, ABBVx. */
function withRow(change: (row: Row, all: Row[]) => void): unknown {
  const json = JSON.parse(readFileSync(DEFAULT_TICKERS_FILE, 'utf8')) as { tickers: Row[] };
  change(json.tickers[1]!, json.tickers);
  return json;
}

test('the tickers file is right, and has those of the local configuration', () => {
  const tickers = loadTickers();
  assert.equal(tickers.length, 79);
  const local = wantedTickers(loadConfig());
  assert.equal(local.length, 13);
  for (const { isin, symbol } of local) assert.ok(isin, `${symbol} has an ISIN`);
  assert.deepEqual(wantedTickers(loadConfig(configFile('all'))), tickers);
});

const BAD_ROWS: readonly [name: string, change: (row: Row, all: Row[]) => void, sentence: RegExp][] = [
  [
    'ISIN check digit',
    (row) => (row['isin'] = 'US00287Y1090'),
    /row 2 \(ABBVx\), field "isin": "US00287Y1090" is not an ISIN/,
  ],
  ['ISIN form', (row) => (row['isin'] = 'us00287y1091'), /\(ABBVx\), field "isin"/],
  [
    'duplicate symbol',
    (row, all) => Object.assign(row, { symbol: all[0]!['symbol'], underlying: all[0]!['underlying'] }),
    /row 2 \(ABTx\), field "symbol": "ABTx" is already that of ABTx/,
  ],
  ['duplicate mint', (row, all) => (row['mint'] = all[0]!['mint']), /field "mint": .* is already that of ABTx/],
  ['duplicate ISIN', (row, all) => (row['isin'] = all[0]!['isin']), /field "isin": .* is already that of ABTx/],
  ['decimals', (row) => (row['decimals'] = 6), /field "decimals": 6 is not 8/],
  ['decimals as text', (row) => (row['decimals'] = '8'), /field "decimals": "8" is not 8/],
  ['base58', (row) => (row['mint'] = `${row['mint'].slice(0, -1)}0`), /field "mint": .* is not an address/],
  ['short address', (row) => (row['mint'] = 'Xs11'), /field "mint": "Xs11" is not an address/],
  ['symbol without x', (row) => (row['symbol'] = 'ABBV'), /field "symbol": "ABBV" is not/],
  [
    'symbol of another share',
    (row) => (row['underlying'] = 'ABT'),
    /field "underlying": "ABT" is not the symbol without its "x"/,
  ],
  ['kind', (row) => (row['kind'] = 'bond'), /field "kind": "bond" is not "stock" or "etf"/],
  ['MIC', (row) => (row['mic'] = 'NYSE!'), /field "mic": "NYSE!" is not an exchange code/],
  ['name missing', (row) => delete row['name'], /field "name": nothing is not/],
  ['unknown field', (row) => (row['isni'] = row['isin']), /field "isni": there is no such field/],
  ['feed id', (row) => (row['feeds']['regular']['id'] = 'abc'), /field "feeds.regular.id": "abc" is not 64/],
  [
    'feed of another',
    (row, all) => (row['feeds']['regular']['id'] = all[0]!['feeds']['regular']['id']),
    /field "feeds.regular.id": .* is already that of ABTx/,
  ],
  [
    'feed kind',
    (row) => (row['feeds']['lunch'] = row['feeds']['regular']),
    /field "feeds.lunch": there is no such feed/,
  ],
  ['no source', (row) => delete row['sources']['mint'], /field "mint": it has no source/],
  [
    'unknown source',
    (row) => (row['sources']['mint'] = ['hearsay']),
    /field "sources.mint": "hearsay" is not in the file's table/,
  ],
  ['row is no object', (_, all) => (all[1] = [] as unknown as Row), /row 2: it is not an object/],
];

for (const [name, change, sentence] of BAD_ROWS) {
  test(`a bad row is refused with its place: ${name}`, () => {
    assert.throws(
      () => parseTickers(withRow(change)),
      (error: Error) => {
        assert.ok(error instanceof TickersError);
        assert.match(error.message, sentence);
        assert.ok(!error.message.includes('\n'), 'one sentence');
        return true;
      },
    );
  });
}

test('a tickers file that is missing or broken is named', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'tickers.json');
  assert.throws(() => loadTickers(file), /cannot read the tickers file .*tickers\.json \(ENOENT\)/);
  writeFileSync(file, '{"version": 1');
  assert.throws(() => loadTickers(file), /tickers\.json is not JSON/);
  writeFileSync(file, '{"version": 2, "sources": {}, "tickers": []}');
  assert.throws(() => loadTickers(file), /not a tickers file of version 1/);
  assert.throws(() => pickTickers(loadTickers(), ['AAPLx', 'NOPEx']), /there is no ticker NOPEx/);
});

test('a wrong configuration is refused with its field', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.json');
  const refuse = (change: (config: Row) => void, sentence: RegExp) => {
    const config = JSON.parse(readFileSync(LOCAL_CONFIG_FILE, 'utf8')) as Row;
    change(config);
    writeFileSync(file, JSON.stringify(config));
    assert.throws(() => loadConfig(file), sentence);
  };
  refuse(
    (config) => (config['attestors']['threshold'] = 6),
    /attestors\.threshold: 6 is above the number of attestors/,
  );
  refuse((config) => (config['attestors']['kinds'] = ['Mint', 'Rob']), /attestors\.kinds: .* is not a list of kinds/);
  refuse(
    (config) => (config['tickers']['terms']['payoutSecs'] = -1),
    /tickers\.terms\.payoutSecs: -1 is not a whole number/,
  );
  refuse((config) => (config['attestors']['keys'] = ['11111111111111111111111111111111']), /give "keys" .* or "count"/);
  refuse((config) => (config['custodain'] = {}), /custodain: there is no such field/);
  refuse((config) => (config['tickers']['modes'] = { MSTRx: 'shut' }), /tickers\.modes: .* is not modes by symbol/);
  refuse((config) => (config['tickers']['symbols'] = 'most'), /tickers\.symbols: "most" is not a list of symbols, or/);
  refuse((config) => (config['priorityFee'] = 0.5), /priorityFee: 0\.5 is not a whole number/);
  refuse(
    (config) => (config['coldAttestors'] = { ...config['attestors'], index: 1, count: 2 }),
    /coldAttestors\.threshold: 3 is above the number of attestors/,
  );
  refuse(
    (config) => (config['coldAttestors'] = config['attestors']),
    /coldAttestors\.index: 0 is that of the other set/,
  );
  refuse((config) => (config['coldAttestors'] = { index: 1 }), /coldAttestors\.threshold: nothing is not/);
  refuse(
    (config) => (config['tickers']['modes'] = { GMEx: 'frozen' }),
    /tickers: GMEx has a mode, and is not in symbols/,
  );
  refuse((config) => delete config['gate'], /gate: it is missing, and there are tickers for registered wallets only/);
  refuse(
    (config) => (config['gate']['policy']['countries'] = ['UK']),
    /gate\.policy\.countries: \["UK"\] is not a list/,
  );
  refuse((config) => (config['gate']['providers'][0]['maxTier'] = 256), /gate\.providers\.0\.maxTier: 256 is not/);
  assert.throws(() => loadConfig(join(folder, 'none.json')), /none\.json cannot be read/);
});

test('ISIN check digits', () => {
  for (const isin of ['US0378331005', 'US67066G1040', 'CH1436219187', 'GB0002634946'])
    assert.ok(isValidIsin(isin), isin);
  for (const isin of ['US0378331006', 'US0387331005', 'US037833100', 'US03783310055', ''])
    assert.ok(!isValidIsin(isin), isin);
});

test('a mode of a ticker that is in no file is refused, also where all tickers are listed', () => {
  const config = loadConfig(configFile('all'));
  const modes = { NOPEx: 'frozen' } as const;
  assert.throws(() => wantedTickers({ ...config, tickers: { ...config.tickers, modes } }), /there is no ticker NOPEx/);
});

test('the sample configuration works once every key is filled in, and not before', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.throws(
    () => loadConfig(configFile('sample')),
    /attestors\.keys: .*HOT-ATTESTOR-1.* is not a list of addresses/,
  );
  const file = join(folder, 'config.json');
  let text = readFileSync(configFile('sample'), 'utf8');
  for (const placeholder of new Set(text.match(/[A-Z]+(-[A-Z]+)*-\d/g))) {
    text = text.replaceAll(placeholder, (await generateKeyPairSigner()).address);
  }
  writeFileSync(file, text);
  const { attestors, coldAttestors, gate } = loadConfig(file);
  assert.deepEqual([attestors.keys?.length, coldAttestors?.keys?.length, gate?.providers.length], [5, 5, 1]);
});
