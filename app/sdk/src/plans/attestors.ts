/** A custodian's attestors: proposals, rotation, emergency removal, and changing the custodian itself. */
import {
  AccountRole,
  getAddressEncoder,
  getI64Encoder,
  getStructEncoder,
  getU16Encoder,
  getU32Encoder,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from '@solana/kit';

import type { Attested } from '../attestation.ts';
import type { AttestorSet, Custodian } from '../generated/issuer/accounts/index.ts';
import {
  getActivateAttestorSetInstruction,
  getChangeCustodianInstruction,
  getCreateAttestorSetInstruction,
  getRemoveAttestorInstruction,
  getWithdrawAttestorSetInstruction,
  type CreateAttestorSetInstructionDataArgs,
} from '../generated/issuer/instructions/index.ts';
import { sha256 } from '../hash.ts';
import { findAttestorSet, findTicker, NO_ADDRESS } from '../pdas.ts';
import { operatorAccounts, type Operator } from './governance.ts';
import { announced, attestationArgs, consuming, eventAccounts, type Evidence, type Program } from './shared.ts';

/** Where a custodian's sets belong. */
export type Place = Readonly<{ issuer: Address; custodian: Address }>;

/** A set's contents; `replaces` and `overlapSecs` where it takes the place of another one. */
export type NewSet = Omit<CreateAttestorSetInstructionDataArgs, 'replaces' | 'overlapSecs'> &
  Readonly<{ replaces?: Address; overlapSecs?: number }>;

/** Who decides: a quorum of the custodian at once, or an operator under the rules for one. */
export type Decider = Readonly<{ quorum: Attested<'Attestors'>; evidence?: Evidence }> | Operator;

/** Creates a set. It counts at once only if the admin makes it while no ticker rests on the custodian; else it is proposed. */
export async function createAttestorSetPlan(
  cluster: Program,
  { issuer, custodian }: Place,
  proposer: TransactionSigner,
  set: NewSet,
): Promise<Instruction[]> {
  const input = {
    payer: proposer,
    proposer,
    issuer,
    custodian,
    attestorSet: await findAttestorSet(cluster.programId, custodian, set.index),
    ...(await eventAccounts(cluster)),
    ...set,
    replaces: set.replaces ?? NO_ADDRESS,
    overlapSecs: set.overlapSecs ?? 0,
  };
  return [getCreateAttestorSetInstruction(input, { programAddress: cluster.programId })];
}

/** Makes a proposed set count: by a quorum at once, by the admin after the timelock. */
export async function activateAttestorSetPlan(
  cluster: Program,
  { issuer, custodian }: Place,
  attestorSet: Address,
  replaced: Address,
  decider: Decider,
): Promise<Instruction[]> {
  const accounts = {
    issuer,
    custodian,
    attestorSet,
    ...(replaced !== NO_ADDRESS && { replaced }),
    ...(await eventAccounts(cluster)),
  };
  return decided(decider, (decision) =>
    getActivateAttestorSetInstruction(
      { ...accounts, ...decision, ...('signer' in decider && { operator: decider.signer }) },
      { programAddress: cluster.programId },
    ),
  );
}

/** Takes a proposal back; the rent goes to who paid it. */
export async function withdrawAttestorSetPlan(
  cluster: Program,
  { issuer, custodian }: Place,
  operator: TransactionSigner,
  attestorSet: Address,
  rentPayer: Address,
): Promise<Instruction[]> {
  const input = { operator, issuer, custodian, attestorSet, rentPayer, ...(await eventAccounts(cluster)) };
  return [getWithdrawAttestorSetInstruction(input, { programAddress: cluster.programId })];
}

/** Takes a key out of all live sets: by a quorum, or by who has the PAUSE role. */
export async function removeAttestorPlan(
  cluster: Program,
  { issuer, custodian }: Place,
  liveSets: readonly Address[],
  attestor: Address,
  decider: Decider,
): Promise<Instruction[]> {
  const accounts = { issuer, custodian, ...(await eventAccounts(cluster)), attestor };
  const operator = 'signer' in decider ? await operatorAccounts(cluster, issuer, decider) : {};
  return decided(decider, (decision) => {
    const instruction = getRemoveAttestorInstruction(
      { ...accounts, ...operator, ...decision },
      { programAddress: cluster.programId },
    );
    const sets = liveSets.map((address) => ({ address, role: AccountRole.WRITABLE }));
    return { ...instruction, accounts: [...instruction.accounts, ...sets] };
  });
}

/** Gives a ticker another custodian: by a quorum of the current one at once, by the admin once announced. */
export async function changeCustodianPlan(
  cluster: Program,
  { issuer, custodian }: Place,
  nextCustodian: Address,
  mint: Address,
  decider: Decider,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const accounts = {
    issuer,
    custodian,
    nextCustodian,
    ticker: await findTicker(programId, mint),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
  };
  return decided(decider, (decision) =>
    getChangeCustodianInstruction(
      { ...accounts, ...decision, ...('signer' in decider && { operator: decider.signer }) },
      { programAddress: programId },
    ),
  );
}

type QuorumDecision = Readonly<{
  signingSet?: Address;
  signatures?: Address;
  attestation: ReturnType<typeof attestationArgs> | null;
}>;

/** The instruction, after the verification of the quorum's signatures if a quorum decides. */
function decided(decider: Decider, instruction: (decision: QuorumDecision) => Instruction): Instruction[] {
  if ('signer' in decider) return [instruction({ attestation: null })];
  const { quorum, evidence = quorum.signed } = decider;
  const { header } = quorum.body;
  const decision = { signingSet: header.attestorSet, attestation: attestationArgs(header) };
  return consuming(evidence, (signatures) => instruction({ ...decision, signatures }));
}

/** The sets whose signatures count at `now` or will, in the order in which a removal wants them. */
export function liveSets({ sets }: Pick<Custodian, 'sets'>, now: bigint): Address[] {
  return sets.filter(({ expiresAt }) => expiresAt > now).map(({ address }) => address);
}

type SetContents = Pick<
  AttestorSet,
  'threshold' | 'count' | 'kinds' | 'validFrom' | 'expiresAt' | 'replaces' | 'overlapSecs' | 'attestors'
>;

const contentsEncoder = getStructEncoder([
  ['kinds', getU16Encoder()],
  ['validFrom', getI64Encoder()],
  ['expiresAt', getI64Encoder()],
  ['replaces', getAddressEncoder()],
  ['overlapSecs', getU32Encoder()],
]);

/** What a quorum signs when it activates a set: all that the set says. */
export async function setContentsHash(set: SetContents): Promise<ReadonlyUint8Array> {
  const members = set.attestors.slice(0, set.count).map((attestor) => getAddressEncoder().encode(attestor));
  return sha256(new Uint8Array([set.threshold, set.count]), contentsEncoder.encode(set), ...members);
}
