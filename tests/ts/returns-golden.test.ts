/** What views return, held against the bytes of the programs' own types. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getBase16Encoder, type Decoder } from '@solana/kit';
import { getPreflightDecoder, getReserveRatioDecoder, getSharesAtDecoder, reasonsOf } from '@scrip/sdk';
import { getTransferAnswerDecoder } from '@scrip/sdk/gate';

import { readFixture } from './fixtures.ts';
import { plain } from './plain.ts';

type Row = { bytes: string; fields: Record<string, unknown> };
const golden = readFixture('returns_golden') as Record<string, Row[]>;

const DECODERS: Readonly<Record<string, () => Decoder<object>>> = {
  preflight: getPreflightDecoder,
  reserveRatio: getReserveRatioDecoder,
  sharesAt: getSharesAtDecoder,
  transferAnswer: getTransferAnswerDecoder,
};

test('every view is in the file, and has a reader', () => {
  assert.deepEqual(Object.keys(golden).sort(), Object.keys(DECODERS).sort());
});

for (const [name, rows] of Object.entries(golden)) {
  test(`${name} is read from its golden bytes`, () => {
    for (const { bytes, fields } of rows) {
      assert.deepEqual(plain(DECODERS[name]!().decode(getBase16Encoder().encode(bytes))), fields);
    }
  });
}

test('reasons of a golden answer have words, one of a later release too', () => {
  const named = golden.preflight!.map(({ fields }) => reasonsOf(Number(fields.reasons)).map(({ name }) => name));
  assert.deepEqual(named, [
    [],
    ['MintPaused', 'StatementStale'],
    ['NotRegistered', 'CorporateActionWindow'],
    ['AmountZero', 'Unknown30'],
  ]);
});
