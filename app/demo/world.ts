/** Who takes part, and what they do on chain: each function is one act of the story. */
import { generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner, type Signature } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import { findListedMint, type Context } from '@scrip/migrations';
import {
  airdrop,
  attestMint,
  attestMintPlan,
  createTokenAccountPlan,
  fetchTickerView,
  findTokenAccount,
  formatAmount,
  parseAmount,
  passTime,
  programError,
  send,
  type Attested,
  type ProgramError,
  type Quorum,
  type SendOptions,
} from '@scrip/sdk';

import type { Output } from './output.ts';
import { PURCHASES, type Purchase } from './purchases.ts';

export type Investor = Readonly<{ name: string; wallet: KeyPairSigner }>;
export type Market = Readonly<{ symbol: string; mint: Address; purchase: Purchase }> & {
  /** What the custodian holds, in shares x 10^8. A corporate action changes it. */
  heldE8: bigint;
};
export type World = Readonly<{
  context: Context;
  alice: Investor;
  bob: Investor;
  markets: readonly Market[];
  /** What the story did to each supply, kept apart from the chain: both must agree in the end. */
  supplies: Map<Market, bigint>;
}>;

const AIRDROP_SOL = 10;

/** Two new wallets with test funds, and the listed mints. */
export async function createWorld(context: Context): Promise<World> {
  const [alice, bob] = await Promise.all(['Alice', 'Bob'].map((name) => createInvestor(context, name)));
  const markets = await Promise.all(PURCHASES.map((purchase) => findMarket(context, purchase)));
  return { context, alice: alice!, bob: bob!, markets, supplies: new Map() };
}

export async function createInvestor({ cluster }: Context, name: string): Promise<Investor> {
  const wallet = await generateKeyPairSigner();
  await airdrop(cluster, wallet.address, AIRDROP_SOL);
  return { name, wallet };
}

async function findMarket({ cluster, issuer }: Context, purchase: Purchase): Promise<Market> {
  const { symbol, held } = purchase;
  const mint = await findListedMint(cluster, issuer, symbol);
  if (mint === undefined) throw new Error(`${symbol} is not listed: the story needs it.`);
  const { supply } = await fetchTickerView(cluster, mint);
  if (supply > 0n) {
    throw new Error(
      `${symbol} has a supply already, ${formatAmount(supply)}: the story wants a fresh chain, as \`cargo xtask demo\` starts.`,
    );
  }
  return { symbol, mint, purchase, heldE8: parseAmount(held) };
}

/** A threshold of attestors, another choice of them for each `turn`. */
export function quorum({ attestorSigners, attestorSet, config }: Context, turn = 0): Quorum {
  const { threshold } = config.attestors;
  const signers = Array.from({ length: threshold }, (_, i) => attestorSigners[(turn + i) % attestorSigners.length]!);
  return { attestorSet, signers };
}

export type Minted = Attested<'Mint'> & Readonly<{ signature: Signature }>;

/** The custodian attests, the investor lands it and pays the fee. */
export async function buy(
  world: World,
  market: Market,
  { wallet }: Investor,
  amount: bigint,
  turn = 0,
): Promise<Minted> {
  const { context } = world;
  const { mint, heldE8 } = market;
  const { cluster, issuer } = context;
  const reserves = { settledSharesE8: heldE8, receivableSharesE8: 0n };
  const attested = await attestMint(cluster, quorum(context, turn), { mint, owner: wallet.address, amount, reserves });
  const instructions = [
    ...(await createTokenAccountPlan(wallet, mint, wallet.address)),
    ...(await attestMintPlan(cluster, issuer, attested.body, attested.signed)),
  ];
  const signature = await send(cluster, wallet, instructions);
  changeSupply(world, market, amount);
  return { ...attested, signature };
}

/** Notes what an act did to a supply. */
export function changeSupply({ supplies }: World, market: Market, change: bigint): void {
  supplies.set(market, (supplies.get(market) ?? 0n) + change);
}

/** Sends what the program must refuse. Throws if it does not; fees are paid, as on a real chain. */
export async function refusalOf(
  { context }: World,
  payer: KeyPairSigner,
  plan: readonly Instruction[],
  options: SendOptions = {},
): Promise<ProgramError> {
  const error: unknown = await send(context.cluster, payer, plan, { skipPreflight: true, ...options }).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error === undefined) throw new Error('a transaction went through that must be refused.');
  const refusal = programError(error);
  if (!refusal) throw error;
  return refusal;
}

/** The same, for one reason only. */
export async function expectRefusal(
  world: World,
  payer: KeyPairSigner,
  plan: readonly Instruction[],
  expected: string,
): Promise<void> {
  const { name } = await refusalOf(world, payer, plan);
  if (name !== expected) throw new Error(`refused with ${name}, not with ${expected}.`);
}

/** Moves the chain's clock, and says so. */
export async function waitOnChain({ context }: World, seconds: number, what: string, output: Output): Promise<void> {
  await passTime(context.cluster, BigInt(seconds));
  output.say(`  (${what} pass: the local chain's clock is moved.)`);
  output.event('clock_moved', { seconds });
}

export function expectEqual(what: string, found: bigint, expected: bigint): void {
  if (found !== expected) throw new Error(`${what} is ${formatAmount(found)}, expected ${formatAmount(expected)}.`);
}

/** Raw balance of an owner's associated token account. */
export async function balanceOf({ context }: World, mint: Address, owner: Address): Promise<bigint> {
  const { data } = await fetchToken(context.cluster.rpc, await findTokenAccount(mint, owner));
  return data.amount;
}
