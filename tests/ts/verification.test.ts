/** Attestations read back, judged off chain and put in words. No chain needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, type Address, type KeyPairSigner } from '@solana/kit';
import {
  bodySize,
  decodeBody,
  describeBody,
  ed25519Data,
  encodeBody,
  isMessageOf,
  Kind,
  kindOf,
  kindsMask,
  parseAmount,
  parseEd25519Data,
  parseMessage,
  readBody,
  Side,
  signBody,
  verifyAttestation,
  type BodyKind,
  type Judge,
  type MintBody,
  type QuoteBody,
  type SetTerms,
} from '@scrip/sdk';

import { newKeys } from './chain.ts';
import { readFixture } from './fixtures.ts';

const golden = readFixture('attestation_golden') as Record<string, { body: string; message: string; data: string }>;
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const KINDS = Object.keys(Kind) as BodyKind[];

const MINT = address('XsbEhLAtcf6HdfpFZ5xEMdqW8nfAvcsP5bdudRLJzJp');
const SET = address('4Ss5JMkXAD9Z7cktFEdrqeMuT6jGMF1pVozTyPHZ6zT4');
const ALICE = address('6k78AbasGMFFrhG95Pj6jQbqkVt7FQMhVgemxJovWKR6');
const PROGRAM = address('ScripissuerXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX');
const GENESIS = new Uint8Array(32).fill(17);
const NOW = 1_795_186_800n;

function mintBody(changes: Partial<MintBody['header']> = {}): MintBody {
  return {
    header: {
      genesisHash: GENESIS,
      programId: PROGRAM,
      subject: MINT,
      attestorSet: SET,
      nonce: 7n,
      issuedAt: NOW,
      expiresAt: NOW + 600n,
      ...changes,
    },
    actionSequence: 1,
    owner: ALICE,
    amount: parseAmount('1.25'),
    statement: { asOf: NOW, settledSharesE8: parseAmount('500'), receivableSharesE8: 0n },
  };
}

function judgeOf(members: readonly KeyPairSigner[], changes: Partial<SetTerms> = {}): Judge {
  const attestors = members.map((member) => member.address);
  const set: SetTerms = {
    // What places of the account are not in use for.
    attestors: [...attestors, ...Array<Address>(16 - attestors.length).fill(PROGRAM)],
    count: attestors.length,
    threshold: 2,
    kinds: kindsMask([Kind.Mint, Kind.Reserve]),
    status: 0,
    validFrom: NOW - 10n,
    expiresAt: NOW + 10_000n,
    custodian: PROGRAM,
    ...changes,
  };
  return { setAddress: SET, set, now: NOW, genesisHash: GENESIS, programId: PROGRAM };
}

test('a body of every kind is read back from its golden bytes', () => {
  for (const kind of KINDS) {
    const body = bytes(golden[kind.toLowerCase()]!.body);
    assert.equal(bodySize(kind), body.length);
    assert.deepEqual(encodeBody(kind, decodeBody(kind, body)), body);
    assert.equal(readBody(Kind[kind], body).kind, kind);
    assert.throws(() => decodeBody(kind, body.slice(1)), /has \d+ bytes, not/);
    assert.throws(() => decodeBody(kind, new Uint8Array([...body, 0])), /has \d+ bytes, not/);
  }
  assert.equal(kindOf(9), undefined);
  assert.throws(() => readBody(9, new Uint8Array(0)), /knows no attestation of kind 9/);
});

test('a side, a step or a decision of a later release is refused, not guessed', () => {
  const body = bytes(golden.quote!.body);
  const changed = new Uint8Array(body);
  // Behind the header of 152 bytes and the action sequence.
  changed[156] = 9;
  assert.throws(() => decodeBody('Quote', changed), /9 is no side that this SDK knows/);
});

test('a message is read, and belongs to one body', async () => {
  for (const kind of KINDS) {
    const { body, message } = golden[kind.toLowerCase()]!;
    assert.equal(parseMessage(bytes(message)).kind, Kind[kind]);
    assert.ok(await isMessageOf(bytes(message), kind, bytes(body)));
    assert.ok(!(await isMessageOf(bytes(message), kind, bytes(body).fill(1, 40, 41))));
  }
  assert.throws(() => parseMessage(new Uint8Array(48)), /no message of an attestation/);
  assert.throws(() => parseMessage(bytes(golden.mint!.message).slice(1)), /no message of an attestation/);
});

test('an Ed25519 instruction is read back, in the one layout only', () => {
  const data = bytes(golden.ed25519!.data);
  assert.deepEqual(ed25519Data(parseEd25519Data(data)), data);
  for (const [at, value] of [
    [0, 0],
    [0, 17],
    [1, 1],
    [2, 1],
    [4, 0],
  ] as const) {
    const changed = new Uint8Array(data);
    changed[at] = value;
    assert.throws(() => parseEd25519Data(changed), /no Ed25519 instruction of an attestation/);
  }
  assert.throws(() => parseEd25519Data(data.slice(0, -1)), /no Ed25519 instruction/);
  assert.throws(() => parseEd25519Data(new Uint8Array(0)), /no Ed25519 instruction/);
});

test('a quorum is a quorum, and what is wrong with another is said', async () => {
  const members = await newKeys(3);
  const [first, second] = members as [KeyPairSigner, KeyPairSigner];
  const [stranger] = (await newKeys(1)) as [KeyPairSigner];
  const body = mintBody();
  const judge = judgeOf(members);
  const { signed } = await signBody('Mint', body, [first, second]);
  const good = await verifyAttestation('Mint', body, signed, judge);
  assert.deepEqual([good.valid, good.problems, good.signers], [true, [], [first.address, second.address]]);

  const problemsOf = async (signers: KeyPairSigner[]) =>
    (await verifyAttestation('Mint', body, (await signBody('Mint', body, signers)).signed, judge)).problems;
  assert.deepEqual(await problemsOf([first]), ['1 of the 2 signatures that the set asks for.']);
  assert.deepEqual(await problemsOf([first, first]), [
    `${first.address} signed twice: it counts once.`,
    '1 of the 2 signatures that the set asks for.',
  ]);
  assert.deepEqual(await problemsOf([first, second, stranger]), [`${stranger.address} is no member of the set.`]);
  // An unused place of the account is no member.
  const forged = {
    ...signed,
    signatures: [signed.signatures[0]!, { ...signed.signatures[1]!, attestor: first.address }],
  };
  const { valid, problems } = await verifyAttestation('Mint', body, forged, judge);
  assert.deepEqual([valid, problems[0]], [false, `The signature of ${first.address} is false.`]);
  // The same signatures for another amount.
  const more = { ...body, amount: body.amount + 1n };
  assert.deepEqual((await verifyAttestation('Mint', more, signed, judge)).problems, [
    'What was signed is not this: the digests differ.',
  ]);
});

test('chain, program, set, kind and time are held against it too', async () => {
  const members = await newKeys(2);
  const problemsOf = async (header: Partial<MintBody['header']>, set: Partial<SetTerms> = {}, now = NOW) => {
    const body = mintBody(header);
    const { signed } = await signBody('Mint', body, members);
    return (await verifyAttestation('Mint', body, signed, { ...judgeOf(members, set), now })).problems;
  };
  assert.deepEqual(await problemsOf({}), []);
  for (const [expected, found] of [
    ['It is for another chain.', await problemsOf({ genesisHash: new Uint8Array(32) })],
    [`It is for another program, ${MINT}.`, await problemsOf({ programId: MINT })],
    [`It is for another attestor set, ${MINT}.`, await problemsOf({ attestorSet: MINT })],
    ['It lives 0 seconds; 1 to 604800 are allowed.', await problemsOf({ issuedAt: NOW, expiresAt: NOW }, {}, NOW - 1n)],
    [`It is issued in the future, at second ${NOW + 61n}.`, await problemsOf({ issuedAt: NOW + 61n })],
    [`It expired at second ${NOW + 600n}.`, await problemsOf({}, {}, NOW + 600n)],
    ['The set is proposed, and not active yet.', await problemsOf({}, { status: 1 })],
    [`The set counts from second ${NOW + 1n} on.`, await problemsOf({}, { validFrom: NOW + 1n })],
    [`The set has counted until second ${NOW}.`, await problemsOf({}, { expiresAt: NOW })],
    ['The set may not sign attestations of kind Mint.', await problemsOf({}, { kinds: kindsMask([Kind.Reserve]) })],
  ] as const) {
    assert.deepEqual(found, [expected]);
  }
  assert.deepEqual(await problemsOf({ issuedAt: NOW + 60n }), []);
});

test('what is signed is said in words, with names where they are known', () => {
  const names = new Map<Address, string>([
    [MINT, 'AAPLx'],
    [ALICE, 'Alice'],
  ]);
  const lines = describeBody('Mint', mintBody(), { names });
  assert.equal(lines[0], 'Mint 1.25 tokens of AAPLx to Alice, once.');
  assert.equal(lines[1], 'Held as of 2026-11-20T15:00:00Z: 500 shares settled, 0 receivable.');
  assert.match(lines[2]!, /^Counts from 2026-11-20T15:00:00Z until before 2026-11-20T15:10:00Z, with nonce 7\.$/);
  assert.match(lines[3]!, new RegExp(`^For chain 1{64}, program ${PROGRAM}, attestor set ${SET}\\.$`));
  const quote: QuoteBody = { ...mintBody(), side: Side.Redeem, cashMint: MINT, cashAmount: 250_000_000n };
  assert.deepEqual(describeBody('Quote', quote, { names, cashDecimals: 6 }).slice(0, 1), [
    'Alice may sell 1.25 tokens of AAPLx for 250 of AAPLx, once.',
  ]);
  for (const kind of KINDS) {
    const sentences = describeBody(kind, decodeBody(kind, bytes(golden[kind.toLowerCase()]!.body)));
    assert.ok(sentences.length >= 3);
    for (const line of sentences) assert.match(line, /^[A-Z0-9].*\.$/);
  }
});
