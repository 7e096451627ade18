/** What is for a local validator and no other cluster: its clock moved, accounts written, money of one's own making. */
import {
  address,
  flattenInstructionPlan,
  generateKeyPairSigner,
  getBase16Decoder,
  type Address,
  type ReadonlyUint8Array,
  type SingleInstructionPlan,
  type TransactionSigner,
} from '@solana/kit';
import {
  extension,
  getCreateMintInstructionPlan,
  getMintToInstruction,
  TOKEN_2022_PROGRAM_ADDRESS,
  type ExtensionArgs,
} from '@solana-program/token-2022';

import { DECIMALS } from './amounts.ts';
import { chainTime, isLocal, type Cluster } from './cluster.ts';
import { findTokenAccount } from './pdas.ts';
import type { Cash } from './plans/cash.ts';
import { createTokenAccountPlan } from './plans/mint.ts';
import { send } from './send.ts';

/** The classic Token program, which most stablecoins are of. */
export const TOKEN_PROGRAM_ADDRESS = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');

/**
 * Moves the chain's clock forward to a time in seconds since 1970. The validator is surfpool, whose
 * method takes milliseconds; it never goes back. Throws elsewhere than on this machine.
 */
export async function travelTo(cluster: Cluster, unixSeconds: bigint): Promise<void> {
  if (!isLocal(cluster)) throw new Error(`the clock of ${cluster.url} cannot be moved: it is not a local cluster.`);
  const now = await chainTime(cluster);
  if (unixSeconds < now)
    throw new Error(`the chain's clock is at ${now} already: it cannot go back to ${unixSeconds}.`);
  await cheat(cluster, 'surfnet_timeTravel', [{ absoluteTimestamp: Number(unixSeconds * 1000n) }]);
}

/** What an account is to be, whoever's it was. */
export type LocalAccount = Readonly<{ owner: Address; data: ReadonlyUint8Array; lamports: number }>;

/** Writes an account of any program. Throws elsewhere than on this machine. */
export async function setLocalAccount(cluster: Cluster, account: Address, content: LocalAccount): Promise<void> {
  if (!isLocal(cluster)) throw new Error(`no account of ${cluster.url} can be written: it is not a local cluster.`);
  const data = getBase16Decoder().decode(content.data);
  await cheat(cluster, 'surfnet_setAccount', [account, { ...content, data, executable: false }]);
}

/** Calls a method that only the local validator has. */
async function cheat({ url }: Cluster, method: string, params: readonly unknown[]): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { error } = (await response.json()) as { error?: { message: string } };
  if (error) throw new Error(`the local validator refuses ${method}: ${error.message}.`);
}

/** Lets this many seconds pass on the chain. */
export async function passTime(cluster: Cluster, seconds: bigint): Promise<void> {
  await travelTo(cluster, (await chainTime(cluster)) + seconds);
}

/** A token of one's own making. */
export type TestToken = Readonly<{
  mint: Address;
  tokenProgram: Address;
  decimals: number;
  authority: TransactionSigner;
}>;

/** A stablecoin, of the classic Token program. */
export type TestCash = TestToken & Cash;

/** Creates a stablecoin for a demo or a test. Throws elsewhere than on this machine. */
export function createTestCash(cluster: Cluster, authority: TransactionSigner, decimals = 6): Promise<TestCash> {
  return createTestToken(cluster, authority, decimals, TOKEN_PROGRAM_ADDRESS);
}

/** Creates a share of Token-2022 whose multiplier the authority sets. Throws elsewhere than on this machine. */
export function createTestShare(cluster: Cluster, authority: TransactionSigner): Promise<TestToken> {
  const multiplier = { multiplier: 1, newMultiplier: 1, newMultiplierEffectiveTimestamp: 0n };
  const scaled = extension('ScaledUiAmountConfig', { authority: authority.address, ...multiplier });
  return createTestToken(cluster, authority, DECIMALS, TOKEN_2022_PROGRAM_ADDRESS, [scaled]);
}

async function createTestToken(
  cluster: Cluster,
  authority: TransactionSigner,
  decimals: number,
  tokenProgram: Address,
  extensions?: ExtensionArgs[],
): Promise<TestToken> {
  if (!isLocal(cluster)) throw new Error(`test tokens are for a local cluster, not for ${cluster.url}.`);
  const mint = await generateKeyPairSigner();
  const client = {
    getMinimumBalance: (space: number) => cluster.rpc.getMinimumBalanceForRentExemption(BigInt(space)).send(),
  };
  const plan = await getCreateMintInstructionPlan(
    client,
    { payer: authority, newMint: mint, mintAuthority: authority, decimals, ...(extensions && { extensions }) },
    { tokenProgram },
  );
  const instructions = flattenInstructionPlan(plan).map((step) => (step as SingleInstructionPlan).instruction);
  await send(cluster, authority, instructions);
  return { mint: mint.address, tokenProgram, decimals, authority };
}

/** Gives an owner test cash or test shares, and the account for them. */
export async function giveTestTokens(
  cluster: Cluster,
  { mint, tokenProgram, authority }: TestToken,
  owner: Address,
  amount: bigint,
): Promise<void> {
  const token = await findTokenAccount(mint, owner, tokenProgram);
  const give = getMintToInstruction(
    { mint, token, mintAuthority: authority, amount },
    { programAddress: tokenProgram },
  );
  await send(cluster, authority, [...(await createTokenAccountPlan(authority, mint, owner, tokenProgram)), give]);
}
