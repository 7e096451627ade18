/**
 * A link for who is to receive a token whose accounts start frozen: a stock wallet's transfer to it ends in
 * `AccountFrozen`, or in a missing account. Who opens the link makes and thaws the account; anybody may pay for
 * it, and nobody can take anything by it. Whether the owner may hold the token the issuer's policy still decides.
 */
import { getBase58Decoder, isAddress, type Address, type Instruction, type TransactionSigner } from '@solana/kit';
import { AccountState, fetchMaybeToken } from '@solana-program/token-2022';

import type { Cluster } from './cluster.ts';
import { findTokenAccount } from './pdas.ts';
import type { Chain } from './plans/shared.ts';
import { receivePlan } from './plans/transfer.ts';

/** What a claim link asks for. */
export type Claim = Readonly<{
  mint: Address;
  /** The wallet that is to receive. Without one it is the wallet that opens the link. */
  owner?: Address;
  /** The genesis hash in base58: the same mint may be on more than one chain. */
  chain: string;
}>;

/** The link on a page of one's own, like https://example.com/claim: what is asked for stands in its query. */
export function claimLink(page: string, { genesisHash }: Pick<Cluster, 'genesisHash'>, mint: Address, owner?: Address) {
  const link = new URL(page);
  link.searchParams.set('mint', mint);
  if (owner !== undefined) link.searchParams.set('owner', owner);
  link.searchParams.set('chain', getBase58Decoder().decode(genesisHash));
  return link.toString();
}

/** Reads a link of any page. Throws if it is none of a claim, or names something twice. */
export function parseClaimLink(link: string): Claim {
  const { searchParams } = URL.canParse(link) ? new URL(link) : new URL('claim:');
  const only = (name: string): string | undefined => {
    const [value, ...more] = searchParams.getAll(name);
    if (more.length > 0) throw new Error(`the link names ${name} more than once.`);
    return value;
  };
  const [mint, owner, chain] = [only('mint'), only('owner'), only('chain')];
  if (mint === undefined || chain === undefined)
    throw new Error(`"${link}" is no claim link: mint or chain is missing.`);
  for (const one of [mint, chain, ...(owner === undefined ? [] : [owner])]) {
    // A genesis hash is 32 bytes too.
    if (!isAddress(one)) throw new Error(`"${one}" in the link is no address.`);
  }
  return { mint: mint as Address, chain, ...(owner !== undefined && { owner: owner as Address }) };
}

/**
 * Makes the account that a claim is about and thaws it; nothing where it moves already. Ask `preflight` with the
 * wish `receive` first: it says why the owner may not hold the token. Throws for a claim of another chain.
 */
export async function claimPlan(
  cluster: Chain & Pick<Cluster, 'genesisHash' | 'url'>,
  payer: TransactionSigner,
  { mint, owner = payer.address, chain }: Claim,
): Promise<Instruction[]> {
  if (chain !== getBase58Decoder().decode(cluster.genesisHash)) {
    throw new Error(`the claim is for the chain with genesis hash ${chain}, and ${cluster.url} is another.`);
  }
  const account = await fetchMaybeToken(cluster.rpc, await findTokenAccount(mint, owner));
  if (account.exists && account.data.state === AccountState.Initialized) return [];
  return receivePlan(cluster, payer, mint, owner);
}
