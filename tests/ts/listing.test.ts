import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address } from '@solana/kit';
import {
  isExtension,
  fetchMint,
  TOKEN_2022_PROGRAM_ADDRESS,
  type Extension,
  type Mint,
} from '@solana-program/token-2022';
import { loadTickers, pickTickers } from '@scrip/data';
import type { Context } from '@scrip/migrations';
import {
  fetchTicker,
  findAuthority,
  findDelegate,
  findTicker,
  multiplierAt,
  scaledUiAmount,
  symbolText,
} from '@scrip/sdk';

import { listed, mintOf } from './chain.ts';
import { extensionNumbers, extensionsOf, REAL_MINTS, realMint } from './fixtures.ts';

const SEPTEMBER_21_2026 = 1_790_000_000n;

test('the real mints are decoded, with the multipliers of their day', () => {
  // The f64's bits, from an independent read of the same mints.
  const expected = {
    AAPLx: 0x3ff00d63cedf2e05n,
    NVDAx: 0x3ff006f7d589fea9n,
    NFLXx: 0x4024000000000000n,
    SPYx: 0x3ff017682698a5d0n,
  };
  for (const symbol of REAL_MINTS) {
    const { dump, data, mint } = realMint(symbol);
    const row = pickTickers(loadTickers(), [symbol])[0]!;
    assert.equal(dump.address, row.mint);
    assert.equal(mint.decimals, row.decimals);
    assert.deepEqual(
      extensionNumbers(data),
      dump.extensions.map(({ type }) => type),
    );
    const { m, k } = multiplierAt(scaledUiAmount(mint), SEPTEMBER_21_2026);
    const exponent = BigInt(1075 - k);
    assert.equal((exponent << 52n) | (m - 2n ** 52n), expected[symbol], symbol);
    const metadata = extension(mint, 'TokenMetadata');
    assert.equal(metadata.symbol, symbol);
  }
});

test("NFLXx's old multiplier field stays at 1 for ever", () => {
  const scaled = scaledUiAmount(realMint('NFLXx').mint);
  assert.equal(scaled.multiplier, 1);
  assert.deepEqual(multiplierAt(scaled, scaled.newMultiplierEffectiveTimestamp), { m: 5n << 50n, k: 49 });
});

let context: Context;
let address: Address;
let mint: Mint;
let authority: Address;
let delegate: Address;
before(async () => {
  context = await listed(10, ['AAPLx']);
  address = await mintOf(context, 'AAPLx');
  mint = (await fetchMint(context.cluster.rpc, address)).data;
  authority = await findAuthority(context.cluster.programId, address);
  delegate = await findDelegate(context.cluster.programId, address);
});

test('a listed mint is like the real AAPLx: the same extensions, the same kinds of authority', async () => {
  const real = realMint('AAPLx').mint;
  const { value } = await context.cluster.rpc.getAccountInfo(address, { encoding: 'base64' }).send();
  assert.equal(value?.owner, TOKEN_2022_PROGRAM_ADDRESS);
  const numbers = extensionNumbers(new Uint8Array(Buffer.from(value!.data[0], 'base64')));
  const realNumbers = extensionNumbers(realMint('AAPLx').data);
  assert.deepEqual([...numbers].sort(), [...realNumbers].sort());

  assert.equal(mint.decimals, real.decimals);
  const named = (one: Mint) => Object.fromEntries(extensionsOf(one).map((e) => [e.__kind, withoutValues(e)]));
  assert.deepEqual(named(mint), named(real));
});

/** Differences that are meant: one issuer's keys there, addresses of a program here, each for its purpose. */
test('its authorities are addresses of the program, the permanent delegate another one', () => {
  assert.deepEqual(some(mint.mintAuthority), authority);
  assert.deepEqual(some(mint.freezeAuthority), authority);
  assert.equal(extension(mint, 'PermanentDelegate').delegate, delegate);
  assert.deepEqual(some(extension(mint, 'MetadataPointer').authority), authority);
  assert.deepEqual(some(extension(mint, 'MetadataPointer').metadataAddress), address);
  assert.deepEqual(extension(mint, 'ScaledUiAmountConfig').authority, authority);
  assert.deepEqual(some(extension(mint, 'PausableConfig').authority), authority);
  assert.deepEqual(extension(mint, 'TransferHook').authority, authority);
  assert.deepEqual(some(extension(mint, 'ConfidentialTransferMint').authority), authority);
  assert.deepEqual(some(extension(mint, 'TokenMetadata').updateAuthority), authority);
  assert.notEqual(authority, delegate);
});

test('its values are those of a new token: multiplier 1, not paused, no hook, nothing approved by itself', () => {
  assert.equal(mint.supply, 0n);
  assert.equal(extension(mint, 'ScaledUiAmountConfig').multiplier, 1);
  assert.equal(extension(mint, 'PausableConfig').paused, false);
  assert.equal(extension(mint, 'TransferHook').programId, '11111111111111111111111111111111');
  assert.equal(extension(mint, 'ConfidentialTransferMint').autoApproveNewAccounts, false);
  const { name, symbol, uri } = extension(mint, 'TokenMetadata');
  assert.deepEqual(
    { name, symbol, uri },
    {
      name: 'Apple xStock',
      symbol: 'AAPLx',
      uri: 'https://scrip.example/metadata/AAPLx.json',
    },
  );
});

test('its ticker holds the facts of the share', async () => {
  const { cluster, issuer, custodian, config } = context;
  const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, address));
  const text = (bytes: ArrayLike<number>) => String.fromCharCode(...Array.from(bytes));
  assert.equal(symbolText(data.symbol), 'AAPLx');
  assert.equal(symbolText(data.underlying), 'AAPL');
  assert.equal(text(data.isin), 'US0378331005');
  assert.equal(text(data.mic), 'XNAS');
  assert.equal(data.issuer, issuer);
  assert.equal(data.custodian, custodian);
  assert.equal(data.redemptionSecs, config.tickers.terms.redemptionSecs);
  assert.equal(data.minted, 0n);
});

type Named<K extends Extension['__kind']> = Extract<Extension, { __kind: K }>;

function extension<K extends Extension['__kind']>(one: Mint, kind: K): Named<K> {
  const found = extensionsOf(one).find((candidate) => isExtension(kind, candidate));
  assert.ok(found, `${kind} is there`);
  return found as Named<K>;
}

/** Which fields an extension has, and which of them are set: not what they are set to. */
function withoutValues(one: Extension): Record<string, string> {
  const shape = (value: unknown): string => {
    if (typeof value === 'object' && value !== null && '__option' in value) return String(value.__option);
    return value === null ? 'null' : typeof value;
  };
  return Object.fromEntries(Object.entries(one).map(([field, value]) => [field, shape(value)]));
}

function some(option: unknown): unknown {
  const { __option, value } = option as { __option: string; value?: unknown };
  return __option === 'Some' ? value : undefined;
}
