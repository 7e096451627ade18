/** Who takes part, and what they do on chain: each function is one act of the story. */
import { generateKeyPairSigner, type Address, type KeyPairSigner, type Signature } from '@solana/kit';
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
  send,
  type Attested,
  type Quorum,
} from '@scrip/sdk';

import { PURCHASES, type Purchase } from './purchases.ts';

export type Investor = Readonly<{ name: string; wallet: KeyPairSigner }>;
export type Market = Readonly<{ symbol: string; mint: Address; purchase: Purchase; heldE8: bigint }>;
export type World = Readonly<{
  context: Context;
  alice: Investor;
  bob: Investor;
  markets: readonly Market[];
}>;

const AIRDROP_SOL = 10;

/** Two new wallets with test funds, and the listed mints. */
export async function createWorld(context: Context): Promise<World> {
  const [alice, bob] = await Promise.all(['Alice', 'Bob'].map((name) => createInvestor(context, name)));
  const markets = await Promise.all(PURCHASES.map((purchase) => findMarket(context, purchase)));
  return { context, alice: alice!, bob: bob!, markets };
}

async function createInvestor({ cluster }: Context, name: string): Promise<Investor> {
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
  { context }: World,
  { mint, heldE8 }: Market,
  { wallet }: Investor,
  amount: bigint,
  turn: number,
): Promise<Minted> {
  const { cluster, issuer } = context;
  const reserves = { settledSharesE8: heldE8, receivableSharesE8: 0n };
  const attested = await attestMint(cluster, quorum(context, turn), { mint, owner: wallet.address, amount, reserves });
  const instructions = [
    ...(await createTokenAccountPlan(wallet, mint, wallet.address)),
    ...(await attestMintPlan(cluster, issuer, attested.body, attested.signed)),
  ];
  return { ...attested, signature: await send(cluster, wallet, instructions) };
}

/** Raw balance of an owner's associated token account. */
export async function balanceOf({ context }: World, mint: Address, owner: Address): Promise<bigint> {
  const { data } = await fetchToken(context.cluster.rpc, await findTokenAccount(mint, owner));
  return data.amount;
}
