/** An issuer's records: who may register investors, and which protocols may hold its tokens. */
import type { Address, Instruction } from '@solana/kit';

import {
  getCreateProviderInstruction,
  getCreateRegistryInstruction,
  getDropVenueInstruction,
  getSetProviderInstruction,
  getSetVenueInstruction,
} from '../generated/gate/instructions/index.ts';
import type { ProviderLimitsArgs } from '../generated/gate/types/index.ts';
import { NO_ADDRESS } from '../pdas.ts';
import { payerOf, type Operator } from '../plans/governance.ts';
import type { Deployment } from '../plans/shared.ts';
import { findProvider, findRegistry, findWallet } from './pdas.ts';
import { deployed, manager } from './shared.ts';

/** By what a provider says that a wallet is an investor's: its signature, or an attestation of SAS. */
export const EvidenceKind = { Signature: 1, Sas: 2 } as const;

/** Opens the records of an issuer; or of a wallet, for mints without a ticker: then `issuer` is the wallet. */
export async function createRegistryPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const registry = await findRegistry(event.program, issuer);
  const accounts = { payer: payerOf(operator), ...(await manager(cluster, issuer, operator)), registry };
  return [getCreateRegistryInstruction({ ...accounts, ...event }, at)];
}

/** The attestations of a credential and a schema; where in their data country (u16) and tier (u8) stand. */
export type SasEvidence = Readonly<{ credential: Address; schema: Address; countryOffset: number; tierOffset: number }>;

/** A provider to be: who signs for it, or whose attestations of SAS count. */
export type NewProvider = Readonly<{
  /** The registry's next. */
  number: number;
  limits: ProviderLimitsArgs;
}> &
  (Readonly<{ authority: Address }> | Readonly<{ sas: SasEvidence }>);

/** Adds a provider. Policies accept it by its number, which is never another's. */
export async function createProviderPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  provider: NewProvider,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { number, limits } = provider;
  const evidence =
    'sas' in provider
      ? { evidence: EvidenceKind.Sas, authority: provider.sas.credential, ...sasArgs(provider.sas) }
      : {
          evidence: EvidenceKind.Signature,
          authority: provider.authority,
          ...sasArgs({ schema: NO_ADDRESS, countryOffset: 0, tierOffset: 0 }),
        };
  const input = {
    payer: payerOf(operator),
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    provider: await findProvider(event.program, issuer, number),
    ...event,
    number,
    limits,
    ...evidence,
  };
  return [getCreateProviderInstruction(input, at)];
}

const sasArgs = ({ schema, countryOffset, tierOffset }: Omit<SasEvidence, 'credential'>) => ({
  schema,
  countryOffset,
  tierOffset,
});

/** Takes countries and tiers from a provider, or moves the end of its time. */
export async function setProviderPlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  number: number,
  limits: ProviderLimitsArgs,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    provider: await findProvider(event.program, issuer, number),
    ...event,
    limits,
  };
  return [getSetProviderInstruction(input, at)];
}

/** Lets a protocol's vault authority hold the mints whose policies take venues. */
export async function setVenuePlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  owner: Address,
  expiresAt: bigint,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    payer: payerOf(operator),
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    owner,
    wallet: await findWallet(event.program, issuer, owner),
    ...event,
    expiresAt,
  };
  return [getSetVenueInstruction(input, at)];
}

/** Drops a venue. The rent goes to who paid it. */
export async function dropVenuePlan(
  cluster: Deployment,
  issuer: Address,
  operator: Operator,
  owner: Address,
  rentPayer: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const input = {
    ...(await manager(cluster, issuer, operator)),
    registry: await findRegistry(event.program, issuer),
    wallet: await findWallet(event.program, issuer, owner),
    rentPayer,
    ...event,
  };
  return [getDropVenueInstruction(input, at)];
}
