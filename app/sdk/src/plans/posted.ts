/**
 * Posted attestations: signatures gathered over several transactions, for a quorum that does not fit
 * one, or for a consumer that is called by another program.
 */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { Attested, SignedAttestation } from '../attestation.ts';
import { encodeBody, Kind, type Bodies, type BodyKind } from '../bodies.ts';
import { ed25519Instruction } from '../ed25519.ts';
import {
  getCloseAttestationInstruction,
  getOpenAttestationInstruction,
  getPostAttestationInstruction,
} from '../generated/issuer/instructions/index.ts';
import { sha256 } from '../hash.ts';
import { findPostedAttestation } from '../pdas.ts';
import type { Program } from './shared.ts';

/** Signatures that fit one transaction beside compute-budget instructions. */
export const SIGNATURES_PER_POST = 7;

/** Where an attestation is posted. */
export async function postedAddress<K extends BodyKind>(
  { programId }: Program,
  issuer: Address,
  kind: K,
  body: Bodies[K],
): Promise<Address> {
  return findPostedAttestation(programId, issuer, Kind[kind], await sha256(encodeBody(kind, body)));
}

/** Opens the place. The payer gets the rent back when it is closed, after the attestation's expiry. */
export async function openAttestationPlan<K extends BodyKind>(
  cluster: Program,
  issuer: Address,
  payer: TransactionSigner,
  kind: K,
  body: Bodies[K],
): Promise<Instruction[]> {
  const input = {
    payer,
    issuer,
    attestorSet: body.header.attestorSet,
    attestation: await postedAddress(cluster, issuer, kind, body),
    kind: Kind[kind],
    body: encodeBody(kind, body),
  };
  return [getOpenAttestationInstruction(input, { programAddress: cluster.programId })];
}

/** Adds signatures; those of others that are there already do no harm. At most `SIGNATURES_PER_POST` fit a transaction. */
export function postSignaturesPlan(
  { programId }: Program,
  attestorSet: Address,
  posted: Address,
  signed: SignedAttestation,
): Instruction[] {
  const post = getPostAttestationInstruction({ attestorSet, attestation: posted }, { programAddress: programId });
  return [ed25519Instruction(signed), post];
}

/** Transactions that post an attestation, and how to name it afterwards. */
export type PostedPlan = Readonly<{
  /** Give it as the evidence of the instruction that consumes the attestation. */
  evidence: Readonly<{ posted: Address }>;
  /** One list of instructions a transaction, to be sent in this order. */
  transactions: readonly (readonly Instruction[])[];
}>;

/** All of it: open, then post in as many transactions as the signatures need. */
export async function postAttestationPlan<K extends BodyKind>(
  cluster: Program,
  issuer: Address,
  payer: TransactionSigner,
  { kind, body, signed }: Attested<K>,
): Promise<PostedPlan> {
  const posted = await postedAddress(cluster, issuer, kind, body);
  const transactions = [await openAttestationPlan(cluster, issuer, payer, kind, body)];
  for (let at = 0; at < signed.signatures.length; at += SIGNATURES_PER_POST) {
    const part = { ...signed, signatures: signed.signatures.slice(at, at + SIGNATURES_PER_POST) };
    transactions.push(postSignaturesPlan(cluster, body.header.attestorSet, posted, part));
  }
  return { evidence: { posted }, transactions };
}

/** Closes one that has expired; the rent goes to who paid it. Anyone may. */
export function closeAttestationPlan({ programId }: Program, posted: Address, rentPayer: Address): Instruction[] {
  return [getCloseAttestationInstruction({ attestation: posted, rentPayer }, { programAddress: programId })];
}
