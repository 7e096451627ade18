/** The instructions of each thing one does, complete: accounts found, attestation in its place. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import {
  getCreateAssociatedTokenIdempotentInstructionAsync,
  getTransferCheckedInstruction,
  TOKEN_2022_PROGRAM_ADDRESS,
} from '@solana-program/token-2022';

import { DECIMALS } from './amounts.ts';
import type { MintBody, SettleBody, SignedAttestation } from './attestation.ts';
import type { Cluster } from './cluster.ts';
import { ed25519Instruction } from './ed25519.ts';
import {
  getAttestMintInstruction,
  getRequestRedemptionInstruction,
  getSettleRedemptionInstruction,
} from './generated/instructions/index.ts';
import {
  findAuthority,
  findEscrow,
  findEventAuthority,
  findNonceWindow,
  findRedemption,
  findTicker,
  findTokenAccount,
} from './pdas.ts';

type Program = Pick<Cluster, 'programId'>;

/** The two accounts that every instruction with an event needs besides its own. */
export async function eventAccounts({ programId }: Program): Promise<{ eventAuthority: Address; program: Address }> {
  return { eventAuthority: await findEventAuthority(programId), program: programId };
}

/** Creates an owner's associated token account if it is not there. */
export async function createTokenAccountPlan(
  payer: TransactionSigner,
  mint: Address,
  owner: Address,
): Promise<Instruction[]> {
  return [
    await getCreateAssociatedTokenIdempotentInstructionAsync({
      payer,
      mint,
      owner,
      tokenProgram: TOKEN_2022_PROGRAM_ADDRESS,
    }),
  ];
}

/** Mints what the attestors signed, to the owner's associated token account. Anyone may pay for it. */
export async function attestMintPlan(
  cluster: Program,
  issuer: Address,
  body: MintBody,
  signed: SignedAttestation,
): Promise<Instruction[]> {
  const { header, owner, amount, statement } = body;
  const mint = header.subject;
  const instruction = getAttestMintInstruction(
    {
      issuer,
      attestorSet: header.attestorSet,
      ticker: await findTicker(cluster.programId, mint),
      nonces: await findNonceWindow(cluster.programId, mint),
      mint,
      authority: await findAuthority(cluster.programId, mint),
      destination: await findTokenAccount(mint, owner),
      ...(await eventAccounts(cluster)),
      attestation: { nonce: header.nonce, issuedAt: header.issuedAt, expiresAt: header.expiresAt },
      amount,
      statement,
      owner,
    },
    { programAddress: cluster.programId },
  );
  return [ed25519Instruction(signed), instruction];
}

/** Moves tokens as any wallet does, with Token-2022 alone; the receiver's account is made if need be. */
export async function transferPlan(
  owner: TransactionSigner,
  mint: Address,
  receiver: Address,
  amount: bigint,
): Promise<Instruction[]> {
  const transfer = getTransferCheckedInstruction({
    source: await findTokenAccount(mint, owner.address),
    mint,
    destination: await findTokenAccount(mint, receiver),
    authority: owner,
    amount,
    decimals: DECIMALS,
  });
  return [...(await createTokenAccountPlan(owner, mint, receiver)), transfer];
}

export type RedemptionRequest = Readonly<{ mint: Address; id: bigint; amount: bigint }>;

/** Puts an owner's tokens into escrow. The owner pays the redemption's rent and gets it back. */
export async function requestRedemptionPlan(
  cluster: Program,
  owner: TransactionSigner,
  { mint, id, amount }: RedemptionRequest,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const instruction = getRequestRedemptionInstruction(
    {
      payer: owner,
      owner,
      ticker: await findTicker(programId, mint),
      mint,
      redemption: await findRedemption(programId, mint, owner.address, id),
      source: await findTokenAccount(mint, owner.address),
      escrowAccount: await findTokenAccount(mint, await findEscrow(programId, mint)),
      ...(await eventAccounts(cluster)),
      id,
      amount,
    },
    { programAddress: programId },
  );
  return [instruction];
}

/** Burns what the custodian has paid out, as its attestors signed. Anyone may pay for it. */
export async function settleRedemptionPlan(
  cluster: Program,
  issuer: Address,
  rentPayer: Address,
  body: SettleBody,
  signed: SignedAttestation,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const { header, redemption, amount, payoutReference } = body;
  const mint = header.subject;
  const escrow = await findEscrow(programId, mint);
  const instruction = getSettleRedemptionInstruction(
    {
      issuer,
      attestorSet: header.attestorSet,
      ticker: await findTicker(programId, mint),
      nonces: await findNonceWindow(programId, mint),
      redemption,
      rentPayer,
      mint,
      escrow,
      escrowAccount: await findTokenAccount(mint, escrow),
      ...(await eventAccounts(cluster)),
      attestation: { nonce: header.nonce, issuedAt: header.issuedAt, expiresAt: header.expiresAt },
      amount,
      payoutReference,
    },
    { programAddress: programId },
  );
  return [ed25519Instruction(signed), instruction];
}
