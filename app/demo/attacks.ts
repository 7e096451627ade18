/** Three attacks. Each must be refused, with exactly the expected error, and must move nothing. */
import { generateKeyPairSigner, type Instruction } from '@solana/kit';
import { attestMint, attestMintPlan, fetchTickerView, formatAmount, programError, send, signBody } from '@scrip/sdk';

import type { Output } from './output.ts';
import { quorum, type Market, type Minted, type World } from './world.ts';

type Attack = Readonly<{ name: string; story: string; expected: string; plan: Instruction[] }>;

/** Runs all of them against one ticker; `minted` is a mint that has landed. */
export async function runAttacks(world: World, market: Market, minted: Minted, output: Output): Promise<void> {
  const attacks = [
    await replayedNonce(world, minted),
    await forgedSigner(world, market),
    await beyondReserves(world, market),
  ];
  for (const attack of attacks) await expectRefusal(world, market, attack, output);
}

async function replayedNonce({ context }: World, { body, signed }: Minted): Promise<Attack> {
  return {
    name: 'replayed nonce',
    story: 'A landed mint, with its true signatures, is sent once more.',
    expected: 'NonceUsed',
    plan: await attestMintPlan(context.cluster, context.issuer, body, signed),
  };
}

async function forgedSigner(world: World, market: Market): Promise<Attack> {
  const { context, bob } = world;
  const honest = quorum(context);
  const forger = await generateKeyPairSigner();
  const { body } = await attestMint(context.cluster, honest, order(market, bob.wallet.address, 100_000_000n));
  const { signed } = await signBody('Mint', body, [...honest.signers.slice(1), forger]);
  return {
    name: 'forged signer',
    story: 'Two attestors and a stranger sign a mint of 1 share.',
    expected: 'AttestorUnknown',
    plan: await attestMintPlan(context.cluster, context.issuer, body, signed),
  };
}

async function beyondReserves(world: World, market: Market): Promise<Attack> {
  const { context, bob } = world;
  const { supply, countedSharesE8 } = await fetchTickerView(context.cluster, market.mint);
  // The multiplier is 1: what is left of the reserves, and the smallest unit more.
  const amount = countedSharesE8 - supply + 1n;
  const { body, signed } = await attestMint(
    context.cluster,
    quorum(context),
    order(market, bob.wallet.address, amount),
  );
  return {
    name: 'mint beyond reserves',
    story: `A true quorum signs ${formatAmount(amount)} shares, 0.00000001 more than the reserves cover.`,
    expected: 'ReservesInsufficient',
    plan: await attestMintPlan(context.cluster, context.issuer, body, signed),
  };
}

const order = ({ mint, heldE8 }: Market, owner: Minted['body']['owner'], amount: bigint) => ({
  mint,
  owner,
  amount,
  reserves: { settledSharesE8: heldE8, receivableSharesE8: 0n },
});

async function expectRefusal(
  { context, bob }: World,
  { mint, symbol }: Market,
  attack: Attack,
  output: Output,
): Promise<void> {
  const { name, story, expected, plan } = attack;
  const before = await fetchTickerView(context.cluster, mint);
  const refused = await send(context.cluster, bob.wallet, plan, { skipPreflight: true }).then(
    () => undefined,
    (error: unknown) => {
      const refusal = programError(error);
      if (!refusal) throw error;
      return refusal;
    },
  );
  if (!refused) throw new Error(`the attack "${name}" went through: it must be refused with ${expected}.`);
  if (refused.name !== expected)
    throw new Error(`the attack "${name}" was refused with ${refused.name}, not with ${expected}.`);
  const after = await fetchTickerView(context.cluster, mint);
  if (after.supply !== before.supply) throw new Error(`the attack "${name}" was refused, and yet the supply changed.`);
  output.say(`${story}\n  refused: ${refused.name} (${refused.code}), ${refused.message}`);
  output.event('attack_refused', {
    attack: name,
    symbol,
    error: refused.name,
    code: refused.code,
    message: refused.message,
  });
}
