/** The bytes that attestors sign, held against those that the program's own Rust code makes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, createKeyPairSignerFromPrivateKeyBytes, generateKeyPairSigner } from '@solana/kit';
import {
  areSignaturesTrue,
  attestationMessage,
  ed25519Data,
  encodeBody,
  joinSignatures,
  Kind,
  signAttestation,
  signBody,
  type Bodies,
  type BodyKind,
} from '@scrip/sdk';

import { readFixture } from './fixtures.ts';

type Golden = Record<string, Record<string, unknown>> & {
  ed25519: { message: string; signerSeeds: string[]; signers: string[]; data: string };
};

const golden = readFixture('attestation_golden') as Golden;
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: ArrayLike<number>) => Buffer.from(Array.from(data)).toString('hex');

const BYTES = ['genesisHash', 'payoutReference', 'root', 'value', 'termsHash'];
const NUMBERS = ['actionSequence', 'side', 'decision', 'reason', 'step'];
const ADDRESSES = ['programId', 'subject', 'attestorSet', 'owner', 'redemption', 'cashMint', 'target'];

/** A body as the file writes it: numbers of 64 bits and more as texts, bytes in hexadecimal. */
function read(json: Record<string, unknown>): Record<string, unknown> {
  const field = ([name, value]: [string, unknown]): [string, unknown] => {
    if (typeof value === 'object') return [name, read(value as Record<string, unknown>)];
    if (NUMBERS.includes(name)) return [name, value];
    if (BYTES.includes(name)) return [name, bytes(value as string)];
    return [name, ADDRESSES.includes(name) ? address(value as string) : BigInt(value as string)];
  };
  return Object.fromEntries(Object.entries(json).map(field));
}

const KINDS: readonly (readonly [kind: BodyKind, length: number])[] = [
  ['Mint', 236],
  ['Reserve', 196],
  ['Statement', 192],
  ['Acknowledge', 196],
  ['Settle', 236],
  ['Reject', 198],
  ['Quote', 277],
  ['Action', 237],
  ['Attestors', 217],
];

function goldenBody<K extends BodyKind>(kind: K): { fields: Bodies[K]; body: string; message: string } {
  const { body, message, ...fields } = golden[kind.toLowerCase()]!;
  return { fields: read(fields) as unknown as Bodies[K], body: body as string, message: message as string };
}

for (const [kind, length] of KINDS) {
  test(`an attestation of kind ${kind} has the golden bytes`, async () => {
    const { fields, body, message } = goldenBody(kind);
    const encoded = encodeBody(kind, fields);
    assert.equal(encoded.length, length);
    assert.equal(hex(encoded), body);
    assert.equal(hex(await attestationMessage(Kind[kind], encoded)), message);
    const { signed } = await signBody(kind, fields, [await generateKeyPairSigner()]);
    assert.equal(hex(signed.message), message);
  });
}

test('every kind with a body is in the golden file', () => {
  const kinds = KINDS.map(([kind]) => kind as string);
  assert.deepEqual(kinds.sort(), Object.keys(Kind).sort());
});

test('bytes of another length are refused, never cut or padded', () => {
  const { fields } = goldenBody('Settle');
  assert.throws(
    () => encodeBody('Settle', { ...fields, payoutReference: new Uint8Array(31) }),
    /payout reference has 32 bytes, not 31/,
  );
  const header = { ...fields.header, genesisHash: new Uint8Array(33) };
  assert.throws(() => encodeBody('Settle', { ...fields, header }), /genesis hash has 32 bytes, not 33/);
});

test('the same keys make the golden Ed25519 instruction', async () => {
  const { message, signerSeeds, signers, data } = golden.ed25519;
  const keys = await Promise.all(signerSeeds.map((seed) => createKeyPairSignerFromPrivateKeyBytes(bytes(seed))));
  assert.deepEqual(
    keys.map((key) => key.address),
    signers,
  );
  const signed = await signAttestation(bytes(message), keys);
  assert.equal(hex(ed25519Data(signed)), data);
  // Gathered one by one, one of them twice.
  const parts = await Promise.all([keys[0]!, keys[1]!, keys[0]!].map((key) => signAttestation(bytes(message), [key])));
  assert.equal(hex(ed25519Data(joinSignatures(parts))), data);
});

test('signatures are joined for one message only, and checked', async () => {
  const message = bytes(golden.ed25519.message);
  const key = await generateKeyPairSigner();
  const signed = await signAttestation(message, [key]);
  assert.ok(await areSignaturesTrue(signed));
  const other = await signAttestation(new Uint8Array(48), [key]);
  assert.ok(!(await areSignaturesTrue({ ...signed, signatures: other.signatures })));
  assert.throws(() => joinSignatures([signed, other]), /not of the same message/);
  assert.throws(() => joinSignatures([]), /no signatures/);
});
