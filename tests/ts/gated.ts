/** An issuer whose tickers ask who holds them, and people that its provider registers. */
import assert from 'node:assert/strict';

import type { Address, Instruction, KeyPairSigner } from '@solana/kit';
import { findListedMint, loadConfig, migrate, prepare, type Config, type Context } from '@scrip/migrations';
import { attestMint, attestMintPlan, chainTime, receivePlan, send, type MintOrder, type Operator } from '@scrip/sdk';
import {
  countryNumber,
  fetchInvestorView,
  findInvestor,
  investorIdHash,
  linkWalletPlan,
  registerInvestorPlan,
  type InvestorView,
  type ProviderSigner,
} from '@scrip/sdk/gate';

import { configFor, connectFromEnv, investor, mintOrder, quorumOf } from './chain.ts';

export const DAY = 86_400n;
const SALT = new Uint8Array(32).fill(7);

export type Market = Readonly<{ context: Context; open: Address; frozen: Address; hooked: Address }>;

/** One ticker of each mode, under the local configuration's policy: CH, DE, SG, from tier 1, with venues. */
export function gatedConfig(issuerId: number): Config {
  const config = configFor(issuerId, ['HOODx', 'MSTRx', 'COINx']);
  const { gate, tickers } = loadConfig();
  const { modes, primaryKyc } = tickers;
  return { ...config, ...(gate && { gate }), tickers: { ...config.tickers, modes: modes!, primaryKyc: primaryKyc! } };
}

export async function gatedMarket(issuerId: number): Promise<Market> {
  const context = await prepare(await connectFromEnv(), gatedConfig(issuerId));
  await migrate(context);
  const mint = async (symbol: string) => {
    const found = await findListedMint(context.cluster, context.issuer, symbol);
    assert.ok(found);
    return found;
  };
  return { context, open: await mint('HOODx'), frozen: await mint('MSTRx'), hooked: await mint('COINx') };
}

export const provider = ({ issuer, providers }: Context): ProviderSigner => ({
  issuer,
  number: 0,
  authority: providers[0]!.signer!,
});

export const complianceOf = ({ compliance, admin }: Context): Operator => ({
  signer: compliance!,
  granted: true,
  payer: admin,
});

export type Said = Readonly<{ country?: string; tier?: number; days?: bigint }>;

/** A claim of the provider's, about an investor of Germany of tier 1 for 300 days; a test says what differs. */
export async function claimOf(context: Context, { country = 'DE', tier = 1, days = 300n }: Said = {}) {
  const expiresAt = (await chainTime(context.cluster)) + days * DAY;
  return { country: countryNumber(country), tier, expiresAt };
}

let people = 0;

/** Registers wallets as one investor's; the admin pays, each wallet signs. */
export async function register(
  context: Context,
  wallets: readonly KeyPairSigner[],
  said: Said = {},
): Promise<InvestorView> {
  const { cluster, admin, issuer } = context;
  const idHash = await investorIdHash(SALT, `${issuer} ${people++}`);
  const claim = await claimOf(context, said);
  const plans = [await registerInvestorPlan(cluster, admin, provider(context), idHash, claim)];
  for (const wallet of wallets) plans.push(await linkWalletPlan(cluster, admin, provider(context), idHash, wallet));
  for (const plan of plans) await send(cluster, admin, plan);
  return fetchInvestorView(cluster, await findInvestor(cluster.programs.gate, issuer, idHash));
}

/** A new funded wallet, registered. */
export async function registered(context: Context, said: Said = {}): Promise<KeyPairSigner> {
  const wallet = await investor(context.cluster);
  await register(context, [wallet], said);
  return wallet;
}

/** The account made, thawed, and shares minted to it, in one transaction. */
export async function primaryPlan(
  context: Context,
  payer: KeyPairSigner,
  mint: Address,
  owner: Address,
  changes: Partial<MintOrder> = {},
): Promise<Instruction[]> {
  const { cluster, issuer } = context;
  const { body, signed } = await attestMint(cluster, quorumOf(context), mintOrder(mint, owner, changes));
  return [
    ...(await receivePlan(cluster, payer, mint, owner)),
    ...(await attestMintPlan(cluster, issuer, body, signed, { registered: true })),
  ];
}
