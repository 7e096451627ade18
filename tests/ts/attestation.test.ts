/** The bytes that attestors sign, held against those that the program's own Rust code makes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, createKeyPairSignerFromPrivateKeyBytes } from '@solana/kit';
import {
  attestationMessage,
  ed25519Data,
  encodeMintBody,
  encodeSettleBody,
  Kind,
  signAttestation,
  type Header,
  type MintBody,
  type SettleBody,
} from '@scrip/sdk';

import { readFixture } from './fixtures.ts';

type GoldenHeader = Record<
  'genesisHash' | 'programId' | 'subject' | 'attestorSet' | 'nonce' | 'issuedAt' | 'expiresAt',
  string
>;
type GoldenBody = { header: GoldenHeader; actionSequence: number; amount: string; body: string; message: string };
type Golden = {
  mint: GoldenBody & { owner: string; statement: Record<'asOf' | 'settledSharesE8' | 'receivableSharesE8', string> };
  settle: GoldenBody & { redemption: string; payoutReference: string };
  ed25519: { message: string; signerSeeds: string[]; signers: string[]; data: string };
};

const golden = readFixture('attestation_golden') as Golden;
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: ArrayLike<number>) => Buffer.from(Array.from(data)).toString('hex');

const header = (from: GoldenHeader): Header => ({
  genesisHash: bytes(from.genesisHash),
  programId: address(from.programId),
  subject: address(from.subject),
  attestorSet: address(from.attestorSet),
  nonce: BigInt(from.nonce),
  issuedAt: BigInt(from.issuedAt),
  expiresAt: BigInt(from.expiresAt),
});

test('a mint attestation has the golden bytes', async () => {
  const { mint } = golden;
  const body: MintBody = {
    header: header(mint.header),
    actionSequence: mint.actionSequence,
    owner: address(mint.owner),
    amount: BigInt(mint.amount),
    statement: {
      asOf: BigInt(mint.statement.asOf),
      settledSharesE8: BigInt(mint.statement.settledSharesE8),
      receivableSharesE8: BigInt(mint.statement.receivableSharesE8),
    },
  };
  const encoded = encodeMintBody(body);
  assert.equal(encoded.length, 236);
  assert.equal(hex(encoded), mint.body);
  assert.equal(hex(await attestationMessage(Kind.Mint, encoded)), mint.message);
});

test('a settlement attestation has the golden bytes', async () => {
  const { settle } = golden;
  const body: SettleBody = {
    header: header(settle.header),
    actionSequence: settle.actionSequence,
    redemption: address(settle.redemption),
    amount: BigInt(settle.amount),
    payoutReference: bytes(settle.payoutReference),
  };
  const encoded = encodeSettleBody(body);
  assert.equal(encoded.length, 228);
  assert.equal(hex(encoded), settle.body);
  assert.equal(hex(await attestationMessage(Kind.Settle, encoded)), settle.message);
  assert.throws(
    () => encodeSettleBody({ ...body, payoutReference: new Uint8Array(31) }),
    /payout reference has 32 bytes, not 31/,
  );
  const short = { ...body.header, genesisHash: new Uint8Array(33) };
  assert.throws(() => encodeSettleBody({ ...body, header: short }), /genesis hash has 32 bytes, not 33/);
});

test('the same keys make the golden Ed25519 instruction', async () => {
  const { message, signerSeeds, signers, data } = golden.ed25519;
  const keys = await Promise.all(signerSeeds.map((seed) => createKeyPairSignerFromPrivateKeyBytes(bytes(seed))));
  assert.deepEqual(
    keys.map((key) => key.address),
    signers,
  );
  assert.equal(hex(ed25519Data(await signAttestation(bytes(message), keys))), data);
});
