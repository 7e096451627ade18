/** Posted attestations: a quorum of any size, gathered over several transactions. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  activateAttestorSetPlan,
  attestMint,
  attestMintPlan,
  attestSettle,
  closeAttestationPlan,
  createAttestorSetPlan,
  createTokenAccountPlan,
  decideActivation,
  decideRemoval,
  fetchLiveSets,
  fetchMaybePostedAttestation,
  fetchPostedAttestation,
  fetchTickerView,
  findAttestorSet,
  findRedemption,
  parseAmount,
  passTime,
  postAttestationPlan,
  postSignaturesPlan,
  removeAttestorPlan,
  requestRedemptionPlan,
  resign,
  send,
  settleRedemptionPlan,
  signBody,
  type Attested,
  type BodyKind,
  type Quorum,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, newKeys, quorumOf, sendAll, setOf } from './chain.ts';

const THRESHOLD = 10;

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
let members: readonly KeyPairSigner[];
let ten: Quorum;

/** 10 of 16 attestors, in place of the configured 3 of 5. */
before(async () => {
  context = await listed(80, ['GOOGLx']);
  const { cluster, issuer, custodian, attestorSet } = context;
  mint = await mintOf(context, 'GOOGLx');
  alice = await investor(cluster);
  members = await newKeys(16);
  const set = await setOf(context, 1, members, { threshold: THRESHOLD, replaces: attestorSet });
  const place = { issuer, custodian };
  await send(cluster, alice, await createAttestorSetPlan(cluster, place, alice, set));
  const proposed = await findAttestorSet(cluster.programId, custodian, 1);
  const quorum = await decideActivation(cluster, quorumOf(context), custodian, proposed);
  await send(cluster, alice, await activateAttestorSetPlan(cluster, place, proposed, attestorSet, { quorum }));
  ten = { attestorSet: proposed, signers: members.slice(0, THRESHOLD) };
  await send(cluster, alice, await createTokenAccountPlan(alice, mint, alice.address));
});

const supply = async () => (await fetchTickerView(context.cluster, mint)).supply;

async function post<K extends BodyKind>(attested: Attested<K>): Promise<Readonly<{ posted: Address }>> {
  const { evidence, transactions } = await postAttestationPlan(context.cluster, context.issuer, alice, attested);
  await sendAll(context, alice, transactions);
  return evidence;
}

const attested = (quorum = ten) => attestMint(context.cluster, quorum, mintOrder(mint, alice.address));

test('10 of 16 do not fit one transaction, and mint once by posting', async () => {
  const { cluster, issuer } = context;
  const mintOf10 = await attested();
  const inline = await attestMintPlan(cluster, issuer, mintOf10.body, mintOf10.signed);
  await assert.rejects(send(cluster, alice, inline), /1232 are allowed/);

  const evidence = await post(mintOf10);
  assert.equal((await fetchPostedAttestation(cluster.rpc, evidence.posted)).data.count, THRESHOLD);
  const consume = await attestMintPlan(cluster, issuer, mintOf10.body, evidence);
  await send(cluster, alice, consume);
  assert.equal(await supply(), parseAmount('1'));
  await assertRefused(cluster, alice, consume, 'NonceUsed');
});

test('it counts once it is complete, for what was signed, and signatures of strangers are not taken', async () => {
  const { cluster, issuer } = context;
  const nine = await attested({ ...ten, signers: members.slice(0, THRESHOLD - 1) });
  const evidence = await post(nine);
  const consume = await attestMintPlan(cluster, issuer, nine.body, evidence);
  await assertRefused(cluster, alice, consume, 'ThresholdNotReached');
  const add = async (signers: readonly KeyPairSigner[], body = nine.body) =>
    postSignaturesPlan(cluster, ten.attestorSet, evidence.posted, (await signBody('Mint', body, signers)).signed);
  await assertRefused(cluster, alice, await add([alice]), 'AttestorUnknown');
  await assertRefused(cluster, alice, await add(members.slice(0, 2)), 'NoNewSignature');
  await assertRefused(cluster, alice, await add([members[9]!], { ...nine.body, amount: 1n }), 'AttestationMismatch');
  await send(cluster, alice, await add([members[9]!, members[10]!]));
  const more = await attestMintPlan(cluster, issuer, { ...nine.body, amount: nine.body.amount + 1n }, evidence);
  await assertRefused(cluster, alice, more, 'AttestationMismatch');
  await send(cluster, alice, consume);
  assert.equal(await supply(), parseAmount('2'));
});

test('a settlement is posted as well', async () => {
  const { cluster, issuer, programId } = { ...context, ...context.cluster, cluster: context.cluster };
  await send(
    cluster,
    alice,
    await requestRedemptionPlan(cluster, issuer, alice, { mint, id: 0n, amount: parseAmount('0.5') }),
  );
  const redemption = await findRedemption(programId, mint, alice.address, 0n);
  const payoutReference = new Uint8Array(32).fill(9);
  const order = { mint, redemption, amount: parseAmount('0.5'), payoutReference };
  const settle = await attestSettle(cluster, ten, order);
  const evidence = await post(settle);
  await send(cluster, alice, await settleRedemptionPlan(cluster, issuer, alice.address, settle.body, evidence));
  assert.equal(await supply(), parseAmount('1.5'));
});

test('the signature of a key that was removed after posting counts no more', async () => {
  const { cluster, issuer, custodian } = context;
  const pending = await attested();
  const evidence = await post(pending);
  const removal = await decideRemoval(cluster, ten, custodian, members[0]!.address);
  const live = await fetchLiveSets(cluster, custodian);
  const decider = { quorum: removal, evidence: await post(removal) };
  const remove = await removeAttestorPlan(cluster, { issuer, custodian }, live, members[0]!.address, decider);
  await send(cluster, alice, remove);
  const consume = await attestMintPlan(cluster, issuer, pending.body, evidence);
  await assertRefused(cluster, alice, consume, 'ThresholdNotReached');
  // An eleventh member makes up for it.
  const { signed } = await resign(pending, [members[12]!]);
  await send(cluster, alice, postSignaturesPlan(cluster, ten.attestorSet, evidence.posted, signed));
  await send(cluster, alice, consume);
  assert.equal(await supply(), parseAmount('2.5'));
  ten = { ...ten, signers: members.slice(1, THRESHOLD + 1) };
});

test('it is closed after its expiry only, with the rent back to who paid, and never used again', async () => {
  const { cluster, issuer } = context;
  const pending = await attested();
  const { evidence, transactions } = await postAttestationPlan(cluster, issuer, alice, pending);
  await sendAll(context, alice, transactions);
  const close = closeAttestationPlan(cluster, evidence.posted, alice.address);
  const bob = await investor(cluster);
  await assertRefused(cluster, bob, close, 'AttestationNotExpired');
  await assertRefused(cluster, bob, closeAttestationPlan(cluster, evidence.posted, bob.address), 'WrongRentPayer');

  await passTime(cluster, pending.body.header.expiresAt - pending.body.header.issuedAt);
  const consume = await attestMintPlan(cluster, issuer, pending.body, evidence);
  await assertRefused(cluster, alice, consume, 'AttestationExpired');
  const lamports = async () => (await cluster.rpc.getBalance(alice.address, { commitment: 'confirmed' }).send()).value;
  const before = await lamports();
  const { value: account } = await cluster.rpc.getBalance(evidence.posted, { commitment: 'confirmed' }).send();
  await send(cluster, bob, close);
  assert.equal(await lamports(), before + account);
  assert.equal((await fetchMaybePostedAttestation(cluster.rpc, evidence.posted)).exists, false);
  await assertRefused(cluster, alice, transactions[0]!, 'AttestationExpired');
});
