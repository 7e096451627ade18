/** Investors and their wallets: what a provider says of them, and what the issuer decides about them. */
import {
  AccountRole,
  type AccountMeta,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { fetchInvestor, type Investor } from '../generated/gate/accounts/index.ts';
import {
  getBarInvestorInstruction,
  getCloseInvestorInstruction,
  getLinkWalletInstruction,
  getRegisterInvestorInstruction,
  getRevokeInvestorInstruction,
  getUnbarInvestorInstruction,
  getUnlinkWalletInstruction,
  getUpdateInvestorInstruction,
} from '../generated/gate/instructions/index.ts';
import type { ClaimArgs } from '../generated/gate/types/index.ts';
import { sha256 } from '../hash.ts';
import type { Operator } from '../plans/governance.ts';
import type { Deployment } from '../plans/shared.ts';
import { findInvestor, findProvider, findWallet } from './pdas.ts';
import { deployed, manager, type Gate } from './shared.ts';

/** Of an investor and of each of its wallets. */
export const Status = { Active: 1, Revoked: 2, Barred: 3 } as const;
export type Status = (typeof Status)[keyof typeof Status];
/** Of a wallet's record. */
export const WalletKind = { Investor: 1, Venue: 2 } as const;

const SALT_BYTES = 16;

/**
 * What stands for a person on chain. The salt is the provider's secret: without one, a passport number
 * is found by trying. `reference` is the provider's own name of the person, the same each time.
 */
export async function investorIdHash(salt: ReadonlyUint8Array, reference: string): Promise<Uint8Array> {
  if (salt.length < SALT_BYTES) throw new Error(`the salt must have at least ${SALT_BYTES} random bytes.`);
  const text = new TextEncoder();
  // Of fixed length first: no two pairs of salt and reference run together to the same bytes.
  return sha256(text.encode('scrip-investor-v1'), await sha256(salt), text.encode(reference));
}

/** Who registers: its number with the issuer, and its key. */
export type ProviderSigner = Readonly<{ issuer: Address; number: number; authority: TransactionSigner }>;

const providerAccounts = async (program: Address, { issuer, number, authority }: ProviderSigner) => ({
  authority,
  provider: await findProvider(program, issuer, number),
});

/** Registers a person. The payer gets the rent back on closing. */
export async function registerInvestorPlan(
  cluster: Gate,
  payer: TransactionSigner,
  provider: ProviderSigner,
  idHash: ReadonlyUint8Array,
  claim: ClaimArgs,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { issuer } = provider;
  const input = {
    payer,
    ...(await providerAccounts(event.program, provider)),
    issuer,
    investor: await findInvestor(event.program, issuer, idHash),
    ...event,
    idHash,
    claim,
  };
  return [getRegisterInvestorInstruction(input, at)];
}

/** Links a wallet to a person. Both sign: the provider, and the wallet itself. */
export async function linkWalletPlan(
  cluster: Gate,
  payer: TransactionSigner,
  provider: ProviderSigner,
  idHash: ReadonlyUint8Array,
  owner: TransactionSigner,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { issuer } = provider;
  const input = {
    payer,
    ...(await providerAccounts(event.program, provider)),
    owner,
    issuer,
    investor: await findInvestor(event.program, issuer, idHash),
    wallet: await findWallet(event.program, issuer, owner.address),
    ...event,
  };
  return [getLinkWalletInstruction(input, at)];
}

/** A registered person as the chain has it: what every change of it starts from. */
export type InvestorView = Readonly<{ address: Address; investor: Investor; wallets: readonly Address[] }>;

/** Reads an investor's record, by its address. Throws if there is none. */
export async function fetchInvestorView({ rpc }: Pick<Cluster, 'rpc'>, address: Address): Promise<InvestorView> {
  const { data } = await fetchInvestor(rpc, address);
  return { address, investor: data, wallets: data.wallets.slice(0, data.walletCount) };
}

/** Unlinks a wallet: by the wallet itself, or by the provider's authority. The rent goes to who paid it. */
export async function unlinkWalletPlan(
  cluster: Gate,
  operator: TransactionSigner,
  { address, investor }: InvestorView,
  owner: Address,
  rentPayer: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { issuer, provider } = investor;
  const input = {
    operator,
    provider: await findProvider(event.program, issuer, provider),
    investor: address,
    wallet: await findWallet(event.program, issuer, owner),
    rentPayer,
    ...event,
  };
  return [getUnlinkWalletInstruction(input, at)];
}

/** Says anew who an investor is and until when that counts; gives a word back that was taken. */
export async function updateInvestorPlan(
  cluster: Gate,
  authority: TransactionSigner,
  view: InvestorView,
  claim: ClaimArgs,
): Promise<Instruction[]> {
  const [input, at] = await changed(cluster, view);
  return [await withWallets(cluster, view, getUpdateInvestorInstruction({ authority, ...input, claim }, at))];
}

/** Takes the provider's word for an investor back. */
export async function revokeInvestorPlan(
  cluster: Gate,
  authority: TransactionSigner,
  view: InvestorView,
): Promise<Instruction[]> {
  const [input, at] = await changed(cluster, view);
  return [await withWallets(cluster, view, getRevokeInvestorInstruction({ authority, ...input }, at))];
}

/** Bars an investor, whatever its provider says. */
export const barInvestorPlan = decisionPlan(getBarInvestorInstruction);
/** Lifts a bar. */
export const unbarInvestorPlan = decisionPlan(getUnbarInvestorInstruction);

function decisionPlan(instruction: typeof getBarInvestorInstruction | typeof getUnbarInvestorInstruction) {
  return async (cluster: Deployment, operator: Operator, view: InvestorView): Promise<Instruction[]> => {
    const [input, at] = await changed(cluster, view);
    const by = await manager(cluster, view.investor.issuer, operator);
    return [await withWallets(cluster, view, instruction({ ...by, ...input }, at))];
  };
}

/** Closes the record of an investor without wallets: by its provider, or by COMPLIANCE. */
export async function closeInvestorPlan(
  cluster: Deployment,
  operator: Operator,
  view: InvestorView,
): Promise<Instruction[]> {
  const [input, at] = await changed(cluster, view);
  const { issuer, rentPayer } = view.investor;
  return [getCloseInvestorInstruction({ ...(await manager(cluster, issuer, operator)), ...input, rentPayer }, at)];
}

async function changed(cluster: Gate, { address, investor }: InvestorView) {
  const [event, at] = await deployed(cluster);
  const provider = await findProvider(event.program, investor.issuer, investor.provider);
  return [{ provider, investor: address, ...event }, at] as const;
}

/** A change reaches all wallets in one instruction, or fails: their records follow in the investor's order. */
export async function withWallets(
  { programs }: Gate,
  { investor, wallets }: InvestorView,
  instruction: Instruction,
): Promise<Instruction> {
  const records = wallets.map(async (owner): Promise<AccountMeta> => {
    return { address: await findWallet(programs.gate, investor.issuer, owner), role: AccountRole.WRITABLE };
  });
  return { ...instruction, accounts: [...(instruction.accounts ?? []), ...(await Promise.all(records))] };
}
