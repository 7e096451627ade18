/** The custodian's attestors change: by their own quorum with an overlap, then by the admin after the timelock. */
import { generateKeyPairSigner, type KeyPairSigner } from '@solana/kit';
import { renderTable, short, sortKeys } from '@scrip/migrations';
import {
  activateAttestorSetPlan,
  attestMint,
  attestMintPlan,
  chainTime,
  createAttestorSetPlan,
  decideActivation,
  findAttestorSet,
  formatAmount,
  Kind,
  kindsMask,
  parseAmount,
  send,
} from '@scrip/sdk';

import type { Output } from './output.ts';
import { buy, expectRefusal, quorum, refusalOf, waitOnChain, type Market, type World } from './world.ts';

const OVERLAP_SECS = 900;
const VALID_SECS = 365n * 86_400n;
const TRIAL = parseAmount('0.1');

/** One attestor leaves, one comes. The old set signs until the overlap is over, the new one from now on. */
export async function rotateByQuorum(world: World, market: Market, output: Output): Promise<World> {
  const { context, bob } = world;
  const { cluster, custodian, attestorSet } = context;
  output.heading('The custodian changes an attestor');
  const members = [...context.attestorSigners.slice(1), await generateKeyPairSigner()];
  const next = await propose(world, bob.wallet, 1, members, OVERLAP_SECS);
  const decision = await decideActivation(cluster, quorum(context), custodian, next.context.attestorSet);
  const place = { issuer: context.issuer, custodian };
  const plan = await activateAttestorSetPlan(cluster, place, next.context.attestorSet, attestorSet, {
    quorum: decision,
  });
  const signature = await send(cluster, bob.wallet, plan);
  output.say(`Three of the five sign the new set; Bob lands it, ${short(signature)}. Both sets count for 15 minutes.`);
  output.event('rotated', { by: 'quorum', from: attestorSet, to: next.context.attestorSet, overlapSecs: OVERLAP_SECS });

  const during = [await trial(world, market, 'old', output), await trial(next, market, 'new', output)];
  await waitOnChain(world, OVERLAP_SECS, '15 minutes', output);
  const after = [await trial(world, market, 'old', output), await trial(next, market, 'new', output)];
  const [expected, found] = [
    ['minted', 'minted', 'AttestorSetExpired', 'minted'],
    [...during, ...after],
  ];
  if (found.join() !== expected.join())
    throw new Error(`the two sets' mints went ${found.join()}, not ${expected.join()}.`);
  const rows = ['old set', 'new set'].map((name, i) => [name, cell(during[i]!), cell(after[i]!)]);
  output.say(renderTable([{ title: 'signed by' }, { title: 'in the overlap' }, { title: 'after it' }], rows));
  return next;
}

/** The admin can rotate too, where the attestors cannot: everybody sees it coming for the timelock's time. */
export async function rotateByAdmin(world: World, output: Output): Promise<World> {
  const { context } = world;
  const { cluster, admin, attestorSet, issuer, custodian, config } = context;
  const members = await Promise.all(context.attestorSigners.map(() => generateKeyPairSigner()));
  const next = await propose(world, admin, 2, members, 0);
  const plan = await activateAttestorSetPlan(cluster, { issuer, custodian }, next.context.attestorSet, attestorSet, {
    signer: admin,
  });
  await expectRefusal(world, admin, plan, 'TimelockNotPassed');
  output.say(`\nThe admin proposes five new keys alone. At once: refused, TimelockNotPassed.`);
  await waitOnChain(world, config.issuer.timelockSecs, `${config.issuer.timelockSecs / 60} minutes`, output);
  const signature = await send(cluster, admin, plan);
  output.say(`Now the new set counts and the last one ends, ${short(signature)}.`);
  output.event('rotated', { by: 'admin', from: attestorSet, to: next.context.attestorSet, overlapSecs: 0 });
  return next;
}

/** Proposes a set, and gives the world in which it is the one that signs. */
async function propose(
  world: World,
  proposer: KeyPairSigner,
  step: number,
  members: readonly KeyPairSigner[],
  overlapSecs: number,
): Promise<World> {
  const { context } = world;
  const { cluster, issuer, custodian, config } = context;
  const attestors = sortKeys(members.map(({ address }) => address));
  const attestorSigners = attestors.map((key) => members.find(({ address }) => address === key)!);
  const index = config.attestors.index + step;
  const now = await chainTime(cluster);
  const plan = await createAttestorSetPlan(cluster, { issuer, custodian }, proposer, {
    index,
    attestors,
    threshold: config.attestors.threshold,
    kinds: kindsMask(config.attestors.kinds.map((kind) => Kind[kind])),
    validFrom: now,
    expiresAt: now + VALID_SECS,
    replaces: context.attestorSet,
    overlapSecs,
  });
  await send(cluster, proposer, plan);
  const attestorSet = await findAttestorSet(cluster.programId, custodian, index);
  return { ...world, context: { ...context, attestors, attestorSigners, attestorSet } };
}

/** A small mint, signed by the world's set: `minted`, or the error's name. */
async function trial(world: World, market: Market, set: string, output: Output): Promise<string> {
  const outcome = await buy(world, market, world.bob, TRIAL).then(
    () => 'minted',
    async () => (await refusalOf(world, world.bob.wallet, await trialPlan(world, market))).name,
  );
  output.event('signed_by_set', { set, symbol: market.symbol, amount: formatAmount(TRIAL), outcome });
  return outcome;
}

async function trialPlan({ context, bob }: World, { mint, heldE8 }: Market) {
  const reserves = { settledSharesE8: heldE8, receivableSharesE8: 0n };
  const order = { mint, owner: bob.wallet.address, amount: TRIAL, reserves };
  const { body, signed } = await attestMint(context.cluster, quorum(context), order);
  return attestMintPlan(context.cluster, context.issuer, body, signed);
}

const cell = (outcome: string) => (outcome === 'minted' ? `${formatAmount(TRIAL)} minted` : `refused: ${outcome}`);
