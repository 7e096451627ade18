/** Who may hold a mint: its policy, and the lists by which others find what a check needs. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { fetchPolicy, type Policy } from '../generated/gate/accounts/index.ts';
import {
  getApplyPolicyInstruction,
  getCancelPolicyInstruction,
  getClaimPolicyInstruction,
  getCreatePolicyInstruction,
  getInitializeExtraAccountMetasInstruction,
  getInitializeTokenAclMetasInstructionAsync,
  getPausePolicyInstruction,
  getSetPolicyInstruction,
  getUnpausePolicyInstruction,
  getUpdateExtraAccountMetasInstruction,
} from '../generated/gate/instructions/index.ts';
import type { PolicyTermsArgs } from '../generated/gate/types/index.ts';
import { findTicker } from '../pdas.ts';
import { payerOf, type Operator } from '../plans/governance.ts';
import type { Deployment } from '../plans/shared.ts';
import { countriesOf, countrySet } from './countries.ts';
import { findHookList, findMintConfig, findPolicy, findRegistry } from './pdas.ts';
import { deployed, manager, type Gate } from './shared.ts';

/** Bits of a policy: check the sender too, and let venues hold the mint. */
export const PolicyFlag = { SourceCheck: 1, Venues: 2 } as const;

/** Who may hold a mint, in people's words. */
export type Rules = Readonly<{
  /** Codes of two letters. */
  countries: readonly string[];
  /** Numbers of the issuer's providers. */
  providers: readonly number[];
  minTier: number;
  sourceCheck: boolean;
  venues: boolean;
}>;

/** Rules as the program takes them. Throws for a code that is no country's. */
export function policyTerms({ countries, providers, minTier, sourceCheck, venues }: Rules): PolicyTermsArgs {
  return {
    countries: countrySet(countries),
    providers: providers.reduce((bits, number) => bits | (1n << BigInt(number)), 0n),
    minTier,
    flags: (sourceCheck ? PolicyFlag.SourceCheck : 0) | (venues ? PolicyFlag.Venues : 0),
  };
}

/** The program's terms in words; inverse of `policyTerms`. */
export function rulesOf({ countries, providers, minTier, flags }: PolicyTermsArgs): Rules {
  const numbers = Array.from({ length: 64 }, (_, number) => number);
  return {
    countries: countriesOf(countries),
    providers: numbers.filter((number) => (BigInt(providers) >> BigInt(number)) & 1n),
    minTier,
    sourceCheck: (flags & PolicyFlag.SourceCheck) !== 0,
    venues: (flags & PolicyFlag.Venues) !== 0,
  };
}

/** A policy as the chain has it. */
export type PolicyView = Readonly<{
  address: Address;
  /** Whose records count. */
  issuer: Address;
  paused: boolean;
  rules: Rules;
  /** Looser rules that may be applied from `at` on. */
  pending?: Readonly<{ rules: Rules; at: bigint }>;
}>;

/** Reads a mint's policy. Throws if it has none. */
export async function fetchPolicyView(
  { rpc, programs }: Pick<Cluster, 'rpc' | 'programs'>,
  mint: Address,
): Promise<PolicyView> {
  const address = await findPolicy(programs.gate, mint);
  const { data } = await fetchPolicy(rpc, address);
  const { issuer, paused, pendingAt } = data;
  const view = { address, issuer, paused: paused !== 0, rules: rulesOf(data) };
  return pendingAt === 0n ? view : { ...view, pending: { rules: rulesOf(pendingTerms(data)), at: pendingAt } };
}

const pendingTerms = (policy: Policy): PolicyTermsArgs => ({
  countries: policy.pendingCountries,
  providers: policy.pendingProviders,
  minTier: policy.pendingMinTier,
  flags: policy.pendingFlags,
});

/** Creates the policy of a ticker, by LIST or COMPLIANCE; with `foreign`, of a mint under Token ACL, by its authority. */
export async function createPolicyPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  mint: Address,
  rules: Rules,
  { foreign = false }: Readonly<{ foreign?: boolean }> = {},
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    payer: payerOf(operator),
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    mint,
    ticker: await findTicker(cluster.programId, mint),
    ...(foreign && { mintConfig: await findMintConfig(mint) }),
    policy: await findPolicy(event.program, mint),
    ...event,
    terms: policyTerms(rules),
  };
  return [getCreatePolicyInstruction(input, at)];
}

/** Changes a policy: at once if nobody gains by it, else after the timelock (`applyPolicyPlan`). */
export async function setPolicyPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  mint: Address,
  rules: Rules,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    policy: await findPolicy(event.program, mint),
    ...event,
    terms: policyTerms(rules),
  };
  return [getSetPolicyInstruction(input, at)];
}

/** Takes pending rules once their time has come. Anyone may. */
export async function applyPolicyPlan(cluster: Gate, mint: Address): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  return [getApplyPolicyInstruction({ policy: await findPolicy(event.program, mint), ...event }, at)];
}

/** Drops pending rules. */
export const cancelPolicyPlan = governPlan(getCancelPolicyInstruction);
/** Nobody may hold the mint for now: a hooked one does not move, nothing is thawed. By PAUSE. */
export const pausePolicyPlan = governPlan(getPausePolicyInstruction);
/** By UNPAUSE. */
export const unpausePolicyPlan = governPlan(getUnpausePolicyInstruction);

function governPlan(
  instruction:
    typeof getCancelPolicyInstruction | typeof getPausePolicyInstruction | typeof getUnpausePolicyInstruction,
) {
  return async (cluster: Deployment, issuer: Address, operator: Operator, mint: Address): Promise<Instruction[]> => {
    const [event, at] = await deployed(cluster);
    const policy = await findPolicy(event.program, mint);
    return [instruction({ ...(await manager(cluster, issuer, operator)), policy, ...event }, at)];
  };
}

/** Takes over the policy of a mint under Token ACL, by its new authority. No provider is accepted afterwards. */
export async function claimPolicyPlan(
  cluster: Gate,
  operator: TransactionSigner,
  mint: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const mintConfig = await findMintConfig(mint);
  const policy = await findPolicy(event.program, mint);
  return [getClaimPolicyInstruction({ operator, mint, mintConfig, policy, ...event }, at)];
}

/** Lists what a transfer of a hooked mint needs besides, once. By LIST or COMPLIANCE. */
export async function createHookListPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  mint: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    payer: payerOf(operator),
    ...(await manager(cluster, issuer, operator)),
    mint,
    policy: await findPolicy(event.program, mint),
    list: await findHookList(event.program, mint),
    ...event,
  };
  return [getInitializeExtraAccountMetasInstruction(input, at)];
}

/** Brings that list in line with the policy, where its source check has changed. Anyone may. */
export async function updateHookListPlan(cluster: Gate, mint: Address): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const policy = await findPolicy(event.program, mint);
  const list = await findHookList(event.program, mint);
  return [getUpdateExtraAccountMetasInstruction({ mint, policy, list, ...event }, at)];
}

/** Lists what a thaw and a freeze by Token ACL need besides, once. */
export async function createTokenAclListsPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  mint: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    payer: payerOf(operator),
    ...(await manager(cluster, issuer, operator)),
    mint,
    policy: await findPolicy(event.program, mint),
    ...event,
  };
  return [await getInitializeTokenAclMetasInstructionAsync(input, at)];
}
