import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  attestMintPlan,
  attestSettle,
  createTokenAccountPlan,
  ed25519Instruction,
  fetchTickerView,
  findRedemption,
  parseAmount,
  requestRedemptionPlan,
  send,
  settleRedemptionPlan,
  signAttestation,
  signBody,
  type Attested,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';

let context: Context;
let mint: Address;
let otherMint: Address;
let mallory: KeyPairSigner;
let supply: bigint;
before(async () => {
  context = await listed(40, ['TSLAx', 'SPYx']);
  [mint, otherMint] = await Promise.all([mintOf(context, 'TSLAx'), mintOf(context, 'SPYx')]);
  mallory = await investor(context.cluster);
  await send(context.cluster, mallory, [
    ...(await createTokenAccountPlan(mallory, mint, mallory.address)),
    ...(await createTokenAccountPlan(mallory, otherMint, mallory.address)),
  ]);
  await send(context.cluster, mallory, (await mintPlan(context, order(), mallory)).plan);
  supply = (await fetchTickerView(context.cluster, mint)).supply;
});

const order = (changes = {}) => mintOrder(mint, mallory.address, changes);
const attested = async (changes = {}) => (await mintPlan(context, order(changes), mallory)).attested;

/** Refused with exactly this error, and nothing was minted. */
async function refused(plan: readonly Instruction[], expected: string): Promise<void> {
  await assertRefused(context.cluster, mallory, plan, expected);
  assert.equal((await fetchTickerView(context.cluster, mint)).supply, supply);
}

/** Of these attestors, for a body changed after the true signers made it. */
const signMint = async (body: Attested<'Mint'>['body'], signers: readonly KeyPairSigner[]) =>
  (await signBody('Mint', body, signers)).signed;

const landing = async ({ body, signed }: Pick<Attested<'Mint'>, 'body' | 'signed'>) =>
  attestMintPlan(context.cluster, context.issuer, body, signed);

test('a replayed attestation: NonceUsed', async () => {
  await refused(await landing(await attested({ nonce: 0n })), 'NonceUsed');
});

test('a nonce far ahead: NonceTooFarAhead', async () => {
  await refused(await landing(await attested({ nonce: 2n ** 64n - 1n })), 'NonceTooFarAhead');
});

test('a stranger among the signers: AttestorUnknown', async () => {
  const { body } = await attested();
  const signers = [...quorumOf(context).signers.slice(1), await generateKeyPairSigner()];
  await refused(await landing({ body, signed: await signMint(body, signers) }), 'AttestorUnknown');
});

test('too few signers: ThresholdNotReached', async () => {
  const { body } = await attested();
  const signed = await signMint(body, quorumOf(context).signers.slice(1));
  await refused(await landing({ body, signed }), 'ThresholdNotReached');
});

test('one attestor twice: AttestorRepeated', async () => {
  const { body } = await attested();
  const [first, second] = quorumOf(context).signers;
  const signed = await signMint(body, [first!, second!, second!]);
  await refused(await landing({ body, signed }), 'AttestorRepeated');
});

test('a mint beyond the reserves, by one unit: ReservesInsufficient', async () => {
  const amount = parseAmount('100') - supply + 1n;
  await refused(await landing(await attested({ amount })), 'ReservesInsufficient');
});

test('another amount, owner or mint than the signed one: AttestationMismatch', async () => {
  const { body, signed } = await attested();
  await refused(await landing({ body: { ...body, amount: body.amount + 1n }, signed }), 'AttestationMismatch');
  const other = await generateKeyPairSigner();
  const toOther = await createTokenAccountPlan(mallory, mint, other.address);
  await refused(
    [...toOther, ...(await landing({ body: { ...body, owner: other.address }, signed }))],
    'AttestationMismatch',
  );
  const elsewhere = { ...body, header: { ...body.header, subject: otherMint } };
  await refused(await landing({ body: elsewhere, signed }), 'AttestationMismatch');
});

test('signed for another cluster: AttestationMismatch', async () => {
  const { body } = await attested();
  const foreign = { ...body, header: { ...body.header, genesisHash: new Uint8Array(32).fill(7) } };
  await refused(
    await landing({ body, signed: await signMint(foreign, quorumOf(context).signers) }),
    'AttestationMismatch',
  );
});

test('expired, to the second, or signed for the future', async () => {
  const { body } = await attested();
  const resigned = async (times: { issuedAt?: bigint; expiresAt?: bigint }) => {
    const changed = { ...body, header: { ...body.header, ...times } };
    return landing({ body: changed, signed: await signMint(changed, quorumOf(context).signers) });
  };
  const { issuedAt } = body.header;
  await refused(await resigned({ issuedAt: issuedAt - 60n, expiresAt: issuedAt }), 'AttestationExpired');
  await refused(await resigned({ issuedAt: issuedAt + 3600n, expiresAt: issuedAt + 7200n }), 'AttestationNotYetIssued');
  await refused(await resigned({ expiresAt: issuedAt }), 'AttestationLifetimeInvalid');
});

test('an old statement of reserves: StatementStale', async () => {
  const { body } = await attested();
  const statement = { ...body.statement, asOf: body.statement.asOf - 2n * 86_400n };
  const changed = { ...body, statement };
  await refused(
    await landing({ body: changed, signed: await signMint(changed, quorumOf(context).signers) }),
    'StatementStale',
  );
});

test('the Ed25519 instruction missing, or not right before: Ed25519Missing', async () => {
  const { body, signed } = await attested();
  const [ed25519, mintInstruction] = await landing({ body, signed });
  await refused([mintInstruction!], 'Ed25519Missing');
  const between = await createTokenAccountPlan(mallory, mint, mallory.address);
  await refused([ed25519!, ...between, mintInstruction!], 'Ed25519Missing');
  await refused([mintInstruction!, ed25519!], 'Ed25519Missing');
});

test('an Ed25519 instruction with anything else in it: Ed25519LayoutInvalid', async () => {
  const { body, signed } = await attested();
  const [, mintInstruction] = await landing({ body, signed });
  const ed25519 = ed25519Instruction(signed);
  const trailing = { ...ed25519, data: new Uint8Array([...ed25519.data, 0]) };
  await refused([trailing, mintInstruction!], 'Ed25519LayoutInvalid');
  const none = { ...ed25519, data: new Uint8Array([0, 0]) };
  await refused([none, mintInstruction!], 'Ed25519LayoutInvalid');
});

test('a flipped bit in a signature: the cluster itself refuses', async () => {
  const { body, signed } = await attested();
  const [, mintInstruction] = await landing({ body, signed });
  const ed25519 = ed25519Instruction(signed);
  const data = new Uint8Array(ed25519.data);
  data[2 + 3 * 14 + 32]! ^= 1;
  await assert.rejects(send(context.cluster, mallory, [{ ...ed25519, data }, mintInstruction!]));
  assert.equal((await fetchTickerView(context.cluster, mint)).supply, supply);
});

test('a settlement is bound to its redemption and amount, and counts once', async () => {
  const { cluster, issuer } = context;
  const amount = parseAmount('0.5');
  await send(cluster, mallory, await requestRedemptionPlan(cluster, issuer, mallory, { mint, id: 1n, amount }));
  const redemption = await findRedemption(cluster.programId, mint, mallory.address, 1n);
  const payoutReference = new Uint8Array(32).fill(1);
  const { body, signed } = await attestSettle(cluster, quorumOf(context), {
    mint,
    redemption,
    amount: amount / 2n,
    payoutReference,
  });
  const plan = (changed: typeof body) => settleRedemptionPlan(cluster, issuer, mallory.address, changed, signed);

  await refused(await plan({ ...body, amount: amount + 1n }), 'AmountAboveRedemption');
  await refused(await plan({ ...body, amount }), 'AttestationMismatch');
  await refused(await plan({ ...body, payoutReference: new Uint8Array(32) }), 'AttestationMismatch');
  await send(cluster, mallory, await plan(body));
  supply -= amount / 2n;
  await refused(await plan(body), 'NonceUsed');
});

test('a mint attestation settles nothing', async () => {
  const { cluster, issuer } = context;
  const redemption = await findRedemption(cluster.programId, mint, mallory.address, 1n);
  const order = { mint, redemption, amount: 1n, payoutReference: new Uint8Array(32) };
  const { body } = await attestSettle(cluster, quorumOf(context), order);
  const { signed } = await attested();
  const resigned = await signAttestation(signed.message, quorumOf(context).signers);
  await refused(await settleRedemptionPlan(cluster, issuer, mallory.address, body, resigned), 'AttestationMismatch');
});
