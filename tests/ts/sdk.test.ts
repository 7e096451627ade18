import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, generateKeyPairSigner, verifySignature } from '@solana/kit';
import {
  ed25519Data,
  ed25519Instruction,
  formatAmount,
  isNonceUsed,
  ISSUER_ERROR_NAMES,
  Kind,
  kindsMask,
  MULTIPLIER_ONE,
  multiplierAt,
  multiplierOf,
  nextNonce,
  parseAmount,
  rawFromSharesFloor,
  sharesFromRawCeil,
  sharesFromRawFloor,
  signAttestation,
  symbolBytes,
  symbolText,
} from '@scrip/sdk';

test('amounts are exact in both directions', () => {
  for (const [text, raw] of [
    ['0', 0n],
    ['0.00000001', 1n],
    ['1.25', 125_000_000n],
    ['184467440737.09551615', 2n ** 64n - 1n],
  ] as const) {
    assert.equal(parseAmount(text), raw);
    assert.equal(formatAmount(raw), text);
  }
  assert.equal(parseAmount('007.50'), 750_000_000n);
  assert.equal(formatAmount(-1n), '-0.00000001');
});

test('an amount that is not exact is refused, never rounded', () => {
  for (const text of ['', '.5', '1.', '1.123456789', '-1', '1e3', ' 1', '1,5', 'NaN', '184467440737.09551616']) {
    assert.throws(() => parseAmount(text), Error, text);
  }
});

test('a multiplier is its exact binary value', () => {
  assert.deepEqual(multiplierOf(0.75), { m: 3n << 51n, k: 53 });
  // AAPLx: no decimal of 12 places is this number.
  const { m, k } = multiplierOf(1.0032690125398187);
  assert.equal((m * 10n ** 30n) >> BigInt(k), 1003269012539818705320726621721n);
  for (const value of [0, -1, NaN, Infinity, Number.MIN_VALUE]) assert.throws(() => multiplierOf(value));
});

test('shares are rounded down for what one has and up for what must be held', () => {
  const third = multiplierOf(1 / 3);
  assert.equal(sharesFromRawFloor(1n, third), 0n);
  assert.equal(sharesFromRawCeil(1n, third), 1n);
  assert.equal(sharesFromRawFloor(5n, MULTIPLIER_ONE), 5n);
  assert.equal(sharesFromRawCeil(5n, MULTIPLIER_ONE), 5n);
  const ten = multiplierOf(10);
  assert.equal(rawFromSharesFloor(99n, ten), 9n);
  assert.equal(sharesFromRawCeil(2n ** 64n - 1n, ten), (2n ** 64n - 1n) * 10n);
  const huge = multiplierOf(2 ** 60);
  assert.equal(rawFromSharesFloor(sharesFromRawFloor(7n, huge), huge), 7n);
});

test('a new multiplier counts from its very second', () => {
  const config = { multiplier: 1, newMultiplierEffectiveTimestamp: 1000n, newMultiplier: 10 };
  assert.deepEqual(multiplierAt(config, 999n), multiplierOf(1));
  assert.deepEqual(multiplierAt(config, 1000n), multiplierOf(10));
});

test('nonces are counted as the program counts them', () => {
  const used = Array<bigint>(16).fill(0n);
  assert.equal(nextNonce({ base: 0n, used }), 0n);
  used[1] = 1n << 3n; // 67
  assert.equal(nextNonce({ base: 0n, used }), 68n);
  assert.equal(isNonceUsed({ base: 0n, used }, 67n), true);
  assert.equal(isNonceUsed({ base: 0n, used }, 66n), false);
  // The window has moved: the bit is that of 67 + 1024.
  assert.equal(nextNonce({ base: 500n, used }), 1092n);
  assert.equal(isNonceUsed({ base: 500n, used }, 499n), true);
  assert.equal(isNonceUsed({ base: 500n, used }, 1524n), false);
});

test('the Ed25519 instruction has the one canonical layout', async () => {
  const signers = await Promise.all([generateKeyPairSigner(), generateKeyPairSigner()]);
  const message = new Uint8Array(48).map((_, i) => i);
  const signed = await signAttestation(message, signers);
  const data = ed25519Data(signed);

  const keyAt = (i: number) => 2 + 2 * 14 + i * 96;
  const messageAt = keyAt(2);
  assert.equal(data.length, messageAt + 48);
  assert.deepEqual([...data.slice(0, 2)], [2, 0]);
  const u16 = (at: number) => data[at]! | (data[at + 1]! << 8);
  for (const i of [0, 1]) {
    const record = Array.from({ length: 7 }, (_, field) => u16(2 + 14 * i + 2 * field));
    assert.deepEqual(record, [keyAt(i) + 32, 0xffff, keyAt(i), 0xffff, messageAt, 48, 0xffff]);
    const signature = data.slice(keyAt(i) + 32, keyAt(i) + 96) as never;
    assert.ok(await verifySignature(signers[i]!.keyPair.publicKey, signature, data.slice(messageAt)));
  }
  assert.deepEqual(data.slice(messageAt), message);
  assert.deepEqual(ed25519Instruction(signed).accounts, []);
});

test('an attestation without signatures, or with too many, is not encoded', async () => {
  const message = new Uint8Array(48);
  const { signatures } = await signAttestation(message, [await generateKeyPairSigner()]);
  assert.throws(() => ed25519Data({ message, signatures: [] }), /1 to 16/);
  assert.throws(() => ed25519Data({ message, signatures: Array(17).fill(signatures[0]) }), /1 to 16/);
  assert.throws(() => ed25519Data({ message: new Uint8Array(47), signatures }), /48 bytes/);
});

test('symbols, kinds and error names', () => {
  assert.equal(symbolText(symbolBytes('BRK.Bx')), 'BRK.Bx');
  assert.equal(symbolBytes('BRK.Bx').length, 16);
  for (const symbol of ['', 'A B', 'ÄPFEL', 'A'.repeat(17)]) assert.throws(() => symbolBytes(symbol), /not a symbol/);
  assert.equal(kindsMask([Kind.Mint, Kind.Settle]), 0b10001);
  const names = new Set(ISSUER_ERROR_NAMES.values());
  for (const name of ['NonceUsed', 'AttestorUnknown', 'ReservesInsufficient', 'Ed25519Missing'])
    assert.ok(names.has(name), name);
  assert.equal(
    address('Ed25519SigVerify111111111111111111111111111'),
    ed25519Instruction({
      message: new Uint8Array(48),
      signatures: [{ attestor: address('11111111111111111111111111111111'), signature: new Uint8Array(64) }],
    }).programAddress,
  );
});
