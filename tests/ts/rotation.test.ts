/** Attestors change: by a quorum at once, by the admin after the timelock, one by one in an emergency. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  activateAttestorSetPlan,
  changeCustodianPlan,
  createAttestorSetPlan,
  decideActivation,
  decideCustodian,
  decideRemoval,
  eventAccounts,
  fetchAttestorSet,
  fetchLiveSets,
  fetchMaybeAttestorSet,
  fetchTickerView,
  findAttestorSet,
  findCustodian,
  getCreateCustodianInstruction,
  parseAmount,
  passTime,
  removeAttestorPlan,
  send,
  withdrawAttestorSetPlan,
  type NewSet,
  type Quorum,
} from '@scrip/sdk';

import {
  assertRefused,
  investor,
  listed,
  mintOf,
  mintOrder,
  mintPlan,
  newKeys,
  operatorWith,
  quorumOf,
  setOf,
  sortSigners,
} from './chain.ts';

const OVERLAP_SECS = 900;
const PAUSE_ROLE = 2;

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
/** The attestors of the set that counts, and their quorum. */
let members: readonly KeyPairSigner[];
let current: Quorum;
before(async () => {
  context = await listed(60, ['QQQx']);
  mint = await mintOf(context, 'QQQx');
  alice = await investor(context.cluster);
  members = context.attestorSigners;
  current = quorumOf(context);
});

const place = () => ({ issuer: context.issuer, custodian: context.custodian });

async function propose(proposer: KeyPairSigner, set: NewSet): Promise<Address> {
  await send(context.cluster, proposer, await createAttestorSetPlan(context.cluster, place(), proposer, set));
  return findAttestorSet(context.cluster.programId, context.custodian, set.index);
}

const activate = async (proposed: Address, decider: Parameters<typeof activateAttestorSetPlan>[4]) =>
  activateAttestorSetPlan(context.cluster, place(), proposed, current.attestorSet, decider);

async function mintsBy(quorum: Quorum): Promise<void> {
  const before = (await fetchTickerView(context.cluster, mint)).supply;
  await send(context.cluster, alice, (await mintPlan(context, mintOrder(mint, alice.address), alice, quorum)).plan);
  assert.equal((await fetchTickerView(context.cluster, mint)).supply, before + parseAmount('1'));
}

async function refusedBy(quorum: Quorum, error: string): Promise<void> {
  const { plan } = await mintPlan(context, mintOrder(mint, alice.address), alice, quorum);
  await assertRefused(context.cluster, alice, plan, error);
}

test('a quorum rotates at once; the old set counts during the overlap, and not a second longer', async () => {
  const { cluster, custodian } = context;
  // One member leaves, a new one comes; anybody may propose it.
  const next = sortSigners([...members.slice(1), ...(await newKeys(1))]);
  const set = await setOf(context, 1, next, { replaces: current.attestorSet, overlapSecs: OVERLAP_SECS });
  const proposed = await propose(alice, set);
  const nextQuorum = { attestorSet: proposed, signers: next.slice(0, 3) };
  await refusedBy(nextQuorum, 'AttestorSetProposed');
  await assertRefused(cluster, alice, await activate(proposed, { signer: alice }), 'NotAdmin');
  await assertRefused(cluster, context.admin, await activate(proposed, { signer: context.admin }), 'TimelockNotPassed');

  const quorum = await decideActivation(cluster, current, custodian, proposed);
  await send(cluster, alice, await activate(proposed, { quorum }));
  assert.deepEqual(new Set(await fetchLiveSets(cluster, custodian)), new Set([current.attestorSet, proposed]));
  await mintsBy(current);
  await mintsBy(nextQuorum);

  await passTime(cluster, BigInt(OVERLAP_SECS));
  await refusedBy(current, 'AttestorSetExpired');
  await mintsBy(nextQuorum);
  [members, current] = [next, nextQuorum];
});

test('a quorum vouches for what the set says, not for its address', async () => {
  const { cluster, custodian, admin } = context;
  const set = await setOf(context, 2, await newKeys(5), { replaces: current.attestorSet });
  const proposed = await propose(alice, set);
  const quorum = await decideActivation(cluster, current, custodian, proposed);
  // The proposer swaps it for another one of the same address.
  await send(cluster, alice, await withdrawAttestorSetPlan(cluster, place(), alice, proposed, alice.address));
  await propose(alice, { ...set, threshold: 1 });
  await assertRefused(cluster, alice, await activate(proposed, { quorum }), 'AttestationMismatch');
  await send(cluster, admin, await withdrawAttestorSetPlan(cluster, place(), admin, proposed, alice.address));
  assert.equal((await fetchMaybeAttestorSet(cluster.rpc, proposed)).exists, false);
});

test('the admin rotates alone, after the timelock; without overlap the old set ends with it', async () => {
  const { cluster, admin, config } = context;
  const next = await newKeys(5);
  const proposed = await propose(admin, await setOf(context, 3, next, { replaces: current.attestorSet }));
  const byAdmin = await activate(proposed, { signer: admin });
  await assertRefused(cluster, admin, byAdmin, 'TimelockNotPassed');
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await send(cluster, admin, byAdmin);
  await refusedBy(current, 'AttestorSetExpired');
  [members, current] = [next, { attestorSet: proposed, signers: next.slice(0, 3) }];
  await mintsBy(current);
});

test('a removed key counts no more, at once and in no set to come', async () => {
  const { cluster, custodian, issuer } = context;
  const pauser = await operatorWith(context, PAUSE_ROLE);
  const [stolen] = members;
  const live = await fetchLiveSets(cluster, custodian);
  const decider = { signer: pauser, granted: true };
  const landing = (await mintPlan(context, mintOrder(mint, alice.address), alice, current)).plan;
  await assertRefused(
    cluster,
    alice,
    await removeAttestorPlan(cluster, place(), live, stolen!.address, { signer: alice }),
    'PowerMissing',
  );
  await assertRefused(
    cluster,
    pauser,
    await removeAttestorPlan(cluster, place(), [], stolen!.address, decider),
    'AttestorSetsIncomplete',
  );
  await send(cluster, pauser, await removeAttestorPlan(cluster, place(), live, stolen!.address, decider));
  // Signed before the removal, landing after it.
  await assertRefused(cluster, alice, landing, 'AttestorUnknown');
  await refusedBy(current, 'AttestorUnknown');

  const rest = members.slice(1);
  const { data } = await fetchAttestorSet(cluster.rpc, current.attestorSet);
  assert.equal(data.count, 4);
  assert.equal(data.threshold, 3);
  [members, current] = [rest, { ...current, signers: rest.slice(0, 3) }];
  await mintsBy(current);
  const comeback = await setOf(context, 4, sortSigners([stolen!, ...rest]), { replaces: current.attestorSet });
  await assertRefused(
    cluster,
    alice,
    await createAttestorSetPlan(cluster, { issuer, custodian }, alice, comeback),
    'AttestorRemoved',
  );
});

test('a quorum removes a key as well, but never below its own threshold', async () => {
  const { cluster, custodian } = context;
  const remove = async (attestor: KeyPairSigner) => {
    const quorum = await decideRemoval(cluster, current, custodian, attestor.address);
    return removeAttestorPlan(cluster, place(), await fetchLiveSets(cluster, custodian), attestor.address, { quorum });
  };
  await send(cluster, alice, await remove(members[3]!));
  members = members.slice(0, 3);
  await assertRefused(cluster, alice, await remove(members[0]!), 'TooFewAttestorsRemain');
  await assertRefused(cluster, alice, await remove(alice), 'AttestorNotFound');
  await mintsBy(current);
});

test('a quorum hands a ticker to another custodian, whose word alone then counts', async () => {
  const { cluster, issuer, custodian, admin } = context;
  const next = await findCustodian(cluster.programId, issuer, 1);
  const nameHash = new Uint8Array(32).fill(3);
  const input = {
    payer: admin,
    admin,
    issuer,
    custodian: next,
    ...(await eventAccounts(cluster)),
    number: 1,
    nameHash,
  };
  await send(cluster, admin, [getCreateCustodianInstruction(input, { programAddress: cluster.programId })]);
  const decide = async () => {
    const quorum = await decideCustodian(cluster, current, custodian, mint, next);
    return changeCustodianPlan(cluster, place(), next, mint, { quorum });
  };
  await assertRefused(cluster, alice, await decide(), 'CustodianInvalid');

  const keys = await newKeys(3);
  await send(
    cluster,
    admin,
    await createAttestorSetPlan(cluster, { issuer, custodian: next }, admin, await setOf(context, 0, keys)),
  );
  // The signers must have seen whose word will count: their own clocks may be a minute off.
  await passTime(cluster, 61n);
  await send(cluster, alice, await decide());
  await refusedBy(current, 'WrongCustodian');
  const { countedSharesE8, ticker } = await fetchTickerView(cluster, mint);
  assert.equal(countedSharesE8, 0n);
  assert.equal(ticker.custodian, next);
  await mintsBy({ attestorSet: await findAttestorSet(cluster.programId, next, 0), signers: keys });
});
