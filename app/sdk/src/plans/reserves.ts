/** What the custodian holds, without a mint: for one ticker, or for all of them by one signed root. */
import type { Address, Instruction, ReadonlyUint8Array } from '@solana/kit';

import type { ReserveBody, StatementBody } from '../bodies.ts';
import {
  getApplyStatementInstruction,
  getAttestReservesInstruction,
  getAttestStatementInstruction,
} from '../generated/issuer/instructions/index.ts';
import { findNonceWindow, findTicker } from '../pdas.ts';
import type { TickerReserves } from '../merkle.ts';
import { attestationArgs, consuming, eventAccounts, type Evidence, type Program } from './shared.ts';

/** Records what is held for one ticker. Reserves below the supply pause minting. */
export async function attestReservesPlan(
  cluster: Program,
  issuer: Address,
  { header, statement }: ReserveBody,
  evidence: Evidence,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const mint = header.subject;
  const accounts = {
    issuer,
    attestorSet: header.attestorSet,
    ticker: await findTicker(programId, mint),
    nonces: await findNonceWindow(programId, mint),
    mint,
    ...(await eventAccounts(cluster)),
  };
  return consuming(evidence, (signatures) =>
    getAttestReservesInstruction(
      { ...accounts, signatures, attestation: attestationArgs(header), statement },
      { programAddress: programId },
    ),
  );
}

/** Records the root of one statement for all tickers of a custodian. */
export async function attestStatementPlan(
  cluster: Program,
  issuer: Address,
  { header, asOf, root }: StatementBody,
  evidence: Evidence,
): Promise<Instruction[]> {
  const accounts = {
    issuer,
    attestorSet: header.attestorSet,
    custodian: header.subject,
    ...(await eventAccounts(cluster)),
  };
  return consuming(evidence, (signatures) =>
    getAttestStatementInstruction(
      { ...accounts, signatures, attestation: attestationArgs(header), asOf, root },
      { programAddress: cluster.programId },
    ),
  );
}

/** Records what that statement says about one ticker. Nobody signs: the proof leads to the signed root. */
export async function applyStatementPlan(
  cluster: Program,
  custodian: Address,
  { mint, settledSharesE8, receivableSharesE8 }: TickerReserves,
  proof: readonly ReadonlyUint8Array[],
): Promise<Instruction[]> {
  const input = {
    custodian,
    ticker: await findTicker(cluster.programId, mint),
    mint,
    ...(await eventAccounts(cluster)),
    settledSharesE8,
    receivableSharesE8,
    proof: [...proof],
  };
  return [getApplyStatementInstruction(input, { programAddress: cluster.programId })];
}
