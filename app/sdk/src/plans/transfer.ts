/** Moving shares, and getting ready to receive them, whatever the mint's mode. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import { AccountState, fetchMaybeToken, getTransferCheckedInstruction } from '@solana-program/token-2022';

import { DECIMALS } from '../amounts.ts';
import { fetchMaybeTicker } from '../generated/issuer/accounts/index.ts';
import { fetchHookAccounts, fetchMintRules, type MintRules } from '../modes.ts';
import { findAuthority, findTicker, findTokenAccount } from '../pdas.ts';
import { thawPlan } from './compliance.ts';
import { createTokenAccountPlan } from './mint.ts';
import type { Chain } from './shared.ts';

/**
 * Makes an owner's associated account if it is not there, and thaws it if it is frozen or would be:
 * put it before what gives the owner shares, in the same transaction.
 */
export async function receivePlan(
  cluster: Chain,
  payer: TransactionSigner,
  mint: Address,
  owner: Address,
): Promise<Instruction[]> {
  const rules = await fetchMintRules(cluster, mint);
  return [...(await createTokenAccountPlan(payer, mint, owner)), ...(await thawedPlan(cluster, rules, mint, owner))];
}

/**
 * Moves shares between the associated accounts of two owners, in one transaction: with the receiver's
 * account made, both thawed where the issuer's program may, and what a hook asks for found on chain. Throws
 * `TokenAccountMissingError` for a hooked mint of which the owner has no account.
 */
export async function transferPlan(
  cluster: Chain,
  owner: TransactionSigner,
  mint: Address,
  receiver: Address,
  amount: bigint,
): Promise<Instruction[]> {
  const rules = await fetchMintRules(cluster, mint);
  const transfer: Instruction = getTransferCheckedInstruction({
    source: await findTokenAccount(mint, owner.address),
    mint,
    destination: await findTokenAccount(mint, receiver),
    authority: owner,
    amount,
    decimals: DECIMALS,
  });
  const hooked = await fetchHookAccounts(cluster, { mint, from: owner.address, to: receiver, amount }, rules);
  return [
    ...(await createTokenAccountPlan(owner, mint, receiver)),
    ...(await thawedPlan(cluster, rules, mint, owner.address)),
    ...(await thawedPlan(cluster, rules, mint, receiver)),
    { ...transfer, accounts: [...(transfer.accounts ?? []), ...hooked] },
  ];
}

/** Nothing for an account that moves already, or that another program than the issuer's would have to thaw. */
async function thawedPlan(
  cluster: Chain,
  { startsFrozen, freezeAuthority }: MintRules,
  mint: Address,
  owner: Address,
): Promise<Instruction[]> {
  if (freezeAuthority !== (await findAuthority(cluster.programId, mint))) return [];
  const account = await fetchMaybeToken(cluster.rpc, await findTokenAccount(mint, owner));
  const frozen = account.exists ? account.data.state === AccountState.Frozen : startsFrozen;
  if (!frozen) return [];
  const ticker = await fetchMaybeTicker(cluster.rpc, await findTicker(cluster.programId, mint));
  return ticker.exists ? thawPlan(cluster, ticker.data.issuer, mint, owner) : [];
}
