/** Would a transfer pass now, and if not, why: simulated, nothing is signed or paid. */
import type { Address } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { fetchMaybePolicy } from '../generated/gate/accounts/index.ts';
import { getCanTransferInstruction } from '../generated/gate/instructions/index.ts';
import { getTransferAnswerDecoder } from '../generated/gate/types/index.ts';
import { findTokenAccount } from '../pdas.ts';
import { simulateAnswer } from '../simulate.ts';
import { findPolicy, findWallet } from './pdas.ts';
import { holderReasonsOf, type HolderReason } from './reasons.ts';

/** A transfer that one thinks of. */
export type TransferQuestion = Readonly<{
  mint: Address;
  /** Wallets, not their token accounts: the associated ones are meant, unless others are given. */
  from: Address;
  to: Address;
  /** Raw. */
  amount: bigint;
  source?: Address;
  destination?: Address;
  /** Any wallet with a balance; `from`, if none is given. */
  caller?: Address;
}>;

/** Whether it would pass, and the reasons why not. */
export type TransferVerdict = Readonly<{
  /** Whether a bare transfer passes now. */
  passes: boolean;
  /** Whether `transferPlan` does, which makes the receiver's account and thaws what may be thawed. */
  passesByPlan: boolean;
  /** Reasons, by who can do something about them. */
  source: readonly HolderReason[];
  destination: readonly HolderReason[];
  mint: readonly HolderReason[];
}>;

/** What `transferPlan` sees to by itself. */
const SEEN_TO: readonly HolderReason['name'][] = ['ACCOUNT_MISSING', 'THAW_FIRST'];

/** Whether a transfer of an open, frozen or hooked mint would pass. A hold of the issuer's is not looked at. */
export async function canTransfer(cluster: Cluster, question: TransferQuestion): Promise<TransferVerdict> {
  const { mint, from, to, amount, caller = from } = question;
  const { gate } = cluster.programs;
  const policy = await findPolicy(gate, mint);
  const found = await fetchMaybePolicy(cluster.rpc, policy);
  // Without a policy no record is asked for: any address stands in its place.
  const record = async (owner: Address) => (found.exists ? findWallet(gate, found.data.issuer, owner) : policy);
  const instruction = getCanTransferInstruction(
    {
      mint,
      source: question.source ?? (await findTokenAccount(mint, from)),
      destination: question.destination ?? (await findTokenAccount(mint, to)),
      policy,
      sourceWallet: await record(from),
      destinationWallet: await record(to),
      sourceOwner: from,
      destinationOwner: to,
      amount,
    },
    { programAddress: gate },
  );
  const answer = getTransferAnswerDecoder().decode(await simulateAnswer(cluster, gate, caller, instruction));
  const reasons = {
    source: holderReasonsOf(answer.source),
    destination: holderReasonsOf(answer.destination),
    mint: holderReasonsOf(answer.mint),
  };
  const all = Object.values(reasons).flat();
  const passesByPlan = all.every(({ name }) => SEEN_TO.includes(name)) && !reasons.source.some(isMissing);
  return { passes: all.length === 0, passesByPlan, ...reasons };
}

const isMissing = ({ name }: HolderReason) => name === 'ACCOUNT_MISSING';
