/** What an issuer does now and then: another admin, another timelock, metadata, accounts of an older layout. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import {
  getAcceptAdminInstruction,
  getMigrateInstruction,
  getProposeAdminInstruction,
  getSetTimelockInstruction,
  getUpdateMetadataInstruction,
} from '../generated/issuer/instructions/index.ts';
import type { MetadataChangeArgs } from '../generated/issuer/types/index.ts';
import { mintAccounts, operatorAccounts, payerOf, type Operator } from './governance.ts';
import { announced, eventAccounts, type Program } from './shared.ts';

/** Proposes another admin; `NO_ADDRESS` takes a proposal back. */
export async function proposeAdminPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  pendingAdmin: Address,
): Promise<Instruction[]> {
  const input = { admin, issuer, ...(await eventAccounts(cluster)), pendingAdmin };
  return [getProposeAdminInstruction(input, { programAddress: cluster.programId })];
}

/** Takes the admin's place. */
export async function acceptAdminPlan(
  cluster: Program,
  issuer: Address,
  pendingAdmin: TransactionSigner,
): Promise<Instruction[]> {
  const input = { pendingAdmin, issuer, ...(await eventAccounts(cluster)) };
  return [getAcceptAdminInstruction(input, { programAddress: cluster.programId })];
}

/** Changes how long dangerous changes wait; a shorter time must have been announced. */
export async function setTimelockPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  secs: number,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    admin,
    issuer,
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    secs,
  };
  return [getSetTimelockInstruction(input, { programAddress: programId })];
}

/** Changes an entry of a mint's metadata; the operator pays where the mint grows. */
export async function updateMetadataPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  change: MetadataChangeArgs,
): Promise<Instruction[]> {
  const input = {
    payer: payerOf(operator),
    ...(await operatorAccounts(cluster, issuer, operator)),
    ...(await mintAccounts(cluster, issuer, mint)),
    change,
  };
  return [getUpdateMetadataInstruction(input, { programAddress: cluster.programId })];
}

/** Brings an account to this release's layout; an attestor set needs its custodian, which is migrated before. */
export function migrateAccountPlan(
  { programId }: Program,
  payer: TransactionSigner,
  account: Address,
  custodian?: Address,
): Instruction[] {
  const input = { payer, account, ...(custodian !== undefined && { custodian }) };
  return [getMigrateInstruction(input, { programAddress: programId })];
}
