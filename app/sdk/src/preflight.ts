/**
 * Questions that the program answers without a transaction: would it pass now, and if not, why. They
 * are simulated; `caller` is any wallet with a balance, nothing is signed or paid.
 */
import type { Address, Decoder, Instruction } from '@solana/kit';

import type { Cluster } from './cluster.ts';
import {
  getCanMintInstruction,
  getCanRedeemInstruction,
  getReserveRatioInstruction,
} from './generated/issuer/instructions/index.ts';
import { getPreflightDecoder, getReserveRatioDecoder, type ReserveRatio } from './generated/issuer/types/index.ts';
import { findOwnerLimits, findRedemption, findTicker, findTokenAccount } from './pdas.ts';
import { registrationAccounts } from './plans/shared.ts';
import { simulateAnswer } from './simulate.ts';

/** The program's reasons, by their bits in its answer. */
export const REASONS = [
  ['MintPaused', 'Minting is paused, for this ticker or the whole issuer.'],
  ['RedeemRequestPaused', 'Requests of redemptions are paused.'],
  ['TransferPaused', 'All movements of this token are paused.'],
  ['AmountZero', 'The amount is zero.'],
  ['StatementStale', "The custodian's last statement of reserves is too old; a mint that carries a newer one passes."],
  [
    'ReservesInsufficient',
    "The custodian's last statement does not cover this amount; a mint that carries one that does passes.",
  ],
  ['TickerLimit', "The ticker's limit is used up for now: wait, or take less."],
  ['OwnerLimit', "The owner's limit is used up for now: wait, or take less."],
  ['OwnerLimitsMissing', "This ticker limits each owner, and this owner's record is not open yet."],
  ['BelowMinimum', "The amount is below the ticker's smallest redemption."],
  ['BalanceTooLow', 'The account holds less than the amount.'],
  ['AccountFrozen', 'The account is frozen.'],
  ['AccountInvalid', 'The owner has no account of this token.'],
  ['RedemptionIdTaken', 'The owner has an open redemption of this id, or the id is above 7.'],
  ['RegistrationMissing', "This ticker is for registered wallets: ask with its policy and the owner's record."],
  ['PolicyMissing', 'This ticker is for registered wallets, and the issuer has not said yet which.'],
  ['PolicyPaused', 'Nobody may take this token now: its policy is paused.'],
  ['NotRegistered', 'The owner is not registered.'],
  ['Revoked', "The owner's registration was revoked."],
  ['Expired', "The owner's registration has expired."],
  ['CountryNotAllowed', "This token is not for investors of the owner's country."],
  ['TierTooLow', "This token asks for a higher tier than the owner's."],
  ['ProviderNotAccepted', 'Who registered the owner is not accepted for this token.'],
  ['VenueNotAllowed', 'This token is not for venues.'],
] as const;

/** The last bit: those between are the gate's to come. */
const WINDOW_BIT = 31;
/** The name and the words of the last bit. */
export const WINDOW_REASON = [
  'CorporateActionWindow',
  'Minting and trades for cash are closed around a corporate action: try again after it.',
] as const;

type Known = (typeof REASONS)[number] | typeof WINDOW_REASON;
/** Why not: a name for programs, a sentence for people. */
export type Reason = Readonly<{ name: Known[0] | `Unknown${number}`; text: string }>;

/** No reasons: it would pass now. */
export type Verdict = Readonly<{ passes: boolean; reasons: readonly Reason[] }>;

/** An answer's bits in words. One of a later release than this SDK is kept as a number: it still means no. */
export function reasonsOf(bits: number): Reason[] {
  const set = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (bits >>> bit) & 1);
  return set.map((bit) => {
    const known: Known | undefined = bit === WINDOW_BIT ? WINDOW_REASON : REASONS[bit];
    if (known) return { name: known[0], text: known[1] };
    return { name: `Unknown${bit}` as const, text: `A reason that this SDK does not know yet, number ${bit}.` };
  });
}

/** A mint that one thinks of: `amount` is raw, `caller` any wallet with a balance. */
export type CanMintQuestion = Readonly<{
  issuer: Address;
  mint: Address;
  owner: Address;
  amount: bigint;
  caller: Address;
  /** The owner's record for a ticker with limits per owner is open. */
  ownerLimits?: boolean;
  /** The ticker is for registered wallets. */
  registered?: boolean;
}>;

/** Whether a mint would pass now, judged by the last statement of reserves. */
export async function canMint(cluster: Cluster, question: CanMintQuestion): Promise<Verdict> {
  const { issuer, mint, owner, amount, caller, ownerLimits, registered } = question;
  const { programId } = cluster;
  const instruction = getCanMintInstruction(
    {
      issuer,
      ticker: await findTicker(programId, mint),
      mint,
      ...(ownerLimits && { ownerLimits: await findOwnerLimits(programId, mint, owner) }),
      ...(registered && (await registrationAccounts(cluster, issuer, mint, owner))),
      owner,
      amount,
    },
    { programAddress: programId },
  );
  return verdict((await answer(cluster, caller, instruction, getPreflightDecoder())).reasons);
}

/** A redemption that one thinks of: `amount` is raw, `caller` any wallet with a balance. */
export type CanRedeemQuestion = Readonly<{
  issuer: Address;
  mint: Address;
  owner: Address;
  id: bigint;
  amount: bigint;
  caller: Address;
  /** The ticker is for registered wallets. */
  registered?: boolean;
}>;

/** Whether a request of this redemption would pass now. */
export async function canRedeem(cluster: Cluster, question: CanRedeemQuestion): Promise<Verdict> {
  const { issuer, mint, owner, id, amount, caller, registered } = question;
  const { programId } = cluster;
  const instruction = getCanRedeemInstruction(
    {
      issuer,
      ticker: await findTicker(programId, mint),
      mint,
      source: await findTokenAccount(mint, owner),
      redemption: await findRedemption(programId, mint, owner, id),
      ...(registered && (await registrationAccounts(cluster, issuer, mint, owner))),
      owner,
      id,
      amount,
    },
    { programAddress: programId },
  );
  return verdict((await answer(cluster, caller, instruction, getPreflightDecoder())).reasons);
}

/** What is attested, what is owed, and how they compare, as the program itself counts. */
export async function fetchReserveRatio(cluster: Cluster, mint: Address, caller: Address): Promise<ReserveRatio> {
  const { programId } = cluster;
  const instruction = getReserveRatioInstruction(
    { ticker: await findTicker(programId, mint), mint },
    { programAddress: programId },
  );
  return answer(cluster, caller, instruction, getReserveRatioDecoder());
}

const verdict = (bits: number): Verdict => ({ passes: bits === 0, reasons: reasonsOf(bits) });

async function answer<T>(cluster: Cluster, caller: Address, instruction: Instruction, decoder: Decoder<T>): Promise<T> {
  return decoder.decode(await simulateAnswer(cluster, cluster.programId, caller, instruction));
}
