/** What all plans need. */
import { address, type Address, type Instruction } from '@solana/kit';

import type { SignedAttestation } from '../attestation.ts';
import type { Header } from '../bodies.ts';
import type { Cluster } from '../cluster.ts';
import { ed25519Instruction } from '../ed25519.ts';
import type { AttestationArgs } from '../generated/issuer/types/index.ts';
import { findPolicy, findWallet } from '../gate/pdas.ts';
import { findAnnouncement, findEventAuthority } from '../pdas.ts';

/** Where a program finds the other instructions of its transaction. */
export const INSTRUCTIONS_SYSVAR = address('Sysvar1nstructions1111111111111111111111111');

/** Which deployment a plan is for. */
export type Program = Pick<Cluster, 'programId'>;
/** The same, with the gate. */
export type Deployment = Pick<Cluster, 'programId' | 'programs'>;
/** The same, to read from: what a mint's mode asks for is found there. */
export type Chain = Deployment & Pick<Cluster, 'rpc'>;

/** For a ticker whose primary market is for registered wallets: frozen and hooked ones, and some that are open. */
export type RegistrationOptions = Readonly<{ registered?: boolean }>;

/** By what the issuer program judges an owner: the mint's policy, and where the gate keeps the owner's record. */
export async function registrationAccounts({ programs }: Deployment, issuer: Address, mint: Address, owner: Address) {
  return {
    policy: await findPolicy(programs.gate, mint),
    walletRecord: await findWallet(programs.gate, issuer, owner),
  };
}

/** Where the program finds the signatures: in this very transaction, or in a posted attestation. */
export type Evidence = SignedAttestation | Readonly<{ posted: Address }>;

/** The instruction that consumes an attestation, after the verification of its signatures if they come along. */
export function consuming(evidence: Evidence, consumer: (signatures: Address) => Instruction): Instruction[] {
  if ('posted' in evidence) return [consumer(evidence.posted)];
  return [ed25519Instruction(evidence), consumer(INSTRUCTIONS_SYSVAR)];
}

/** The part of a header that no account tells. */
export function attestationArgs({ nonce, issuedAt, expiresAt }: Header): AttestationArgs {
  return { nonce, issuedAt, expiresAt };
}

/** The two accounts that every instruction with an event needs besides its own. */
export async function eventAccounts({ programId }: Program): Promise<{ eventAuthority: Address; program: Address }> {
  return { eventAuthority: await findEventAuthority(programId), program: programId };
}

/** The announcement of a change, for an instruction that makes it: by its number, where it had to be announced. */
export async function announced(
  { programId }: Program,
  issuer: Address,
  announcement: bigint | undefined,
): Promise<{ announcement?: Address }> {
  return announcement === undefined ? {} : { announcement: await findAnnouncement(programId, issuer, announcement) };
}
