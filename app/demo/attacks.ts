/** Attacks. Each must be refused, with exactly the expected error, and must move nothing. */
import { generateKeyPairSigner, type Instruction, type KeyPairSigner } from '@solana/kit';
import {
  attestMint,
  attestMintPlan,
  attestSettle,
  cancelRedemptionPlan,
  fetchLiveSets,
  fetchTickerView,
  findRedemption,
  formatAmount,
  parseAmount,
  removeAttestorPlan,
  requestRedemptionPlan,
  send,
  settleRedemptionPlan,
  Side,
  signBody,
  type Attested,
  type SendOptions,
} from '@scrip/sdk';

import { dollars, tradePlan, type Desk } from './cash.ts';
import type { Output } from './output.ts';
import { buy, quorum, refusalOf, type Market, type World } from './world.ts';

type Attack = Readonly<{
  name: string;
  story: string;
  expected: string;
  plan: readonly Instruction[];
  /** Who sends it; Bob, unless it must be another one. */
  sender?: KeyPairSigner;
  options?: SendOptions;
}>;

const ONE = parseAmount('1');

/** Runs all of them against one ticker; `traded` is the one that trades for cash. */
export async function runAttacks(
  world: World,
  market: Market,
  traded: Market,
  desk: Desk,
  output: Output,
): Promise<void> {
  // Each is prepared when its turn comes: the last one changes the attestors.
  const attacks: readonly (readonly [Market, () => Promise<Attack>])[] = [
    [market, () => replayedNonce(world, market)],
    [market, () => forgedSigner(world, market)],
    [market, () => beyondReserves(world, market)],
    [market, () => settledTwice(world, market)],
    [traded, () => emptiedDesk(world, traded, desk)],
    [market, () => removedKey(world, market, output)],
  ];
  for (const [target, prepare] of attacks) await runAttack(world, target, await prepare(), output);
}

async function replayedNonce(world: World, market: Market): Promise<Attack> {
  const { cluster, issuer } = world.context;
  const { body, signed } = await buy(world, market, world.bob, parseAmount('0.5'));
  return {
    name: 'replayed nonce',
    story: 'A landed mint, with its true signatures, is sent once more.',
    expected: 'NonceUsed',
    plan: await attestMintPlan(cluster, issuer, body, signed),
  };
}

async function forgedSigner(world: World, market: Market): Promise<Attack> {
  const forger = await generateKeyPairSigner();
  const { body } = await mintFor(world, market, ONE);
  const { signed } = await signBody('Mint', body, [...quorum(world.context).signers.slice(1), forger]);
  return {
    name: 'forged signer',
    story: 'Two attestors and a stranger sign a mint of 1 share.',
    expected: 'AttestorUnknown',
    plan: await attestMintPlan(world.context.cluster, world.context.issuer, body, signed),
  };
}

async function beyondReserves(world: World, market: Market): Promise<Attack> {
  const { cluster, issuer } = world.context;
  const { supply, countedSharesE8 } = await fetchTickerView(cluster, market.mint);
  // The multiplier is 1: what is left of the reserves, and the smallest unit more.
  const amount = countedSharesE8 - supply + 1n;
  const { body, signed } = await mintFor(world, market, amount);
  return {
    name: 'mint beyond reserves',
    story: `A true quorum signs ${formatAmount(amount)} shares, 0.00000001 more than the reserves cover.`,
    expected: 'ReservesInsufficient',
    plan: await attestMintPlan(cluster, issuer, body, signed),
  };
}

/** The custodian signed a payout; the owner had cancelled meanwhile, and asks again at the same address. */
async function settledTwice(world: World, { mint }: Market): Promise<Attack> {
  const { context, bob } = world;
  const { cluster, issuer } = context;
  const [id, amount] = [0n, parseAmount('0.25')];
  const request = await requestRedemptionPlan(cluster, issuer, bob.wallet, { mint, id, amount });
  await send(cluster, bob.wallet, request);
  const redemption = await findRedemption(cluster.programId, mint, bob.wallet.address, id);
  const payoutReference = new Uint8Array(32).fill(1);
  const settle = await attestSettle(cluster, quorum(context), { mint, redemption, amount, payoutReference });
  await send(cluster, bob.wallet, await cancelRedemptionPlan(cluster, issuer, bob.wallet, { mint, id }));
  await send(cluster, bob.wallet, request);
  return {
    name: 'settlement of an earlier request',
    story: 'A settlement signed for a request that was cancelled is landed on the next one at the same address.',
    expected: 'AttestationMismatch',
    plan: await settleRedemptionPlan(cluster, issuer, bob.wallet.address, settle.body, settle.signed),
  };
}

async function emptiedDesk(world: World, market: Market, desk: Desk): Promise<Attack> {
  return {
    name: 'captured quorum at the desk',
    story: 'A captured quorum quotes 4000 dollars for a share, to empty the desk.',
    expected: 'PriceOutsideBand',
    plan: await tradePlan(world, market, desk, Side.Redeem, ONE, dollars('4000')),
    sender: world.alice.wallet,
    options: { lookupTables: desk.lookupTables },
  };
}

/** A key is stolen: the issuer removes it at once, by the PAUSE power. */
async function removedKey(world: World, market: Market, output: Output): Promise<Attack> {
  const { context } = world;
  const { cluster, issuer, custodian, admin } = context;
  const { signers } = quorum(context);
  const { body, signed } = await mintFor(world, market, ONE);
  const live = await fetchLiveSets(cluster, custodian);
  const [stolen] = signers;
  const removal = await removeAttestorPlan(cluster, { issuer, custodian }, live, stolen!.address, { signer: admin });
  await send(cluster, admin, removal);
  output.event('attestor_removed', { attestor: stolen!.address });
  return {
    name: 'removed key',
    story: 'A mint is signed; one of its three keys is removed as stolen; then the mint lands.',
    expected: 'AttestorUnknown',
    plan: await attestMintPlan(cluster, issuer, body, signed),
  };
}

function mintFor({ context, bob }: World, { mint, heldE8 }: Market, amount: bigint): Promise<Attested<'Mint'>> {
  const reserves = { settledSharesE8: heldE8, receivableSharesE8: 0n };
  return attestMint(context.cluster, quorum(context), { mint, owner: bob.wallet.address, amount, reserves });
}

async function runAttack(world: World, { mint, symbol }: Market, attack: Attack, output: Output): Promise<void> {
  const { name, story, expected, plan, sender = world.bob.wallet, options } = attack;
  const state = async () => {
    const { supply, ticker } = await fetchTickerView(world.context.cluster, mint);
    return `${supply} and ${ticker.openRedemptions} in escrow`;
  };
  const before = await state();
  const refused = await refusalOf(world, sender, plan, options);
  if (refused.name !== expected)
    throw new Error(`the attack "${name}" was refused with ${refused.name}, not with ${expected}.`);
  const after = await state();
  if (after !== before) throw new Error(`the attack "${name}" was refused, and yet something moved.`);
  output.say(`${story}\n  refused: ${refused.name} (${refused.code}), ${refused.message}`);
  const { code, message } = refused;
  output.event('attack_refused', { attack: name, symbol, error: refused.name, code, message });
}
