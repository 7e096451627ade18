/**
 * The custodian's side: attestations of today, with the next nonce and the ticker's action sequence
 * read from the chain. For tests, demos and signing services that hold the attestors' keys.
 */
import type { Address, KeyPairSigner, ReadonlyUint8Array } from '@solana/kit';

import {
  signMint,
  signSettle,
  type Header,
  type MintBody,
  type ReserveStatement,
  type SettleBody,
  type SignedAttestation,
} from './attestation.ts';
import { chainTime, type Cluster } from './cluster.ts';
import { fetchTicker } from './generated/accounts/index.ts';
import { findTicker } from './pdas.ts';
import { fetchNextNonce } from './views.ts';

/** Long enough to gather signatures and land, short enough that a leaked one is worth little. */
export const DEFAULT_LIFETIME_SECS = 600n;

export type Quorum = Readonly<{ attestorSet: Address; signers: readonly KeyPairSigner[] }>;

export type Attested<Body> = Readonly<{ body: Body; signed: SignedAttestation }>;

export type MintOrder = Readonly<{
  mint: Address;
  owner: Address;
  /** Raw. */
  amount: bigint;
  /** What the custodian holds; `asOf` defaults to the chain's time. */
  reserves: Omit<ReserveStatement, 'asOf'> & { asOf?: bigint };
  /** Defaults to the next unused one. */
  nonce?: bigint;
}>;

export type SettleOrder = Readonly<{
  mint: Address;
  redemption: Address;
  /** Raw. */
  amount: bigint;
  payoutReference: ReadonlyUint8Array;
  nonce?: bigint;
}>;

/** Attests that `amount` may be minted to `owner`, and what is held. */
export async function attestMint(cluster: Cluster, quorum: Quorum, order: MintOrder): Promise<Attested<MintBody>> {
  const { header, actionSequence } = await prepare(cluster, quorum, order);
  const statement = { asOf: header.issuedAt, ...order.reserves };
  const body = { header, actionSequence, owner: order.owner, amount: order.amount, statement };
  return { body, signed: await signMint(body, quorum.signers) };
}

/** Attests that `amount` of a redemption has been paid out. */
export async function attestSettle(
  cluster: Cluster,
  quorum: Quorum,
  order: SettleOrder,
): Promise<Attested<SettleBody>> {
  const { header, actionSequence } = await prepare(cluster, quorum, order);
  const { redemption, amount, payoutReference } = order;
  const body = { header, actionSequence, redemption, amount, payoutReference };
  return { body, signed: await signSettle(body, quorum.signers) };
}

async function prepare(
  cluster: Cluster,
  { attestorSet }: Quorum,
  { mint, nonce }: Pick<MintOrder, 'mint' | 'nonce'>,
): Promise<{ header: Header; actionSequence: number }> {
  const [now, next, ticker] = await Promise.all([
    chainTime(cluster),
    nonce ?? fetchNextNonce(cluster, mint),
    fetchTicker(cluster.rpc, await findTicker(cluster.programId, mint)),
  ]);
  const header: Header = {
    genesisHash: cluster.genesisHash,
    programId: cluster.programId,
    subject: mint,
    attestorSet,
    nonce: next,
    issuedAt: now,
    expiresAt: now + DEFAULT_LIFETIME_SECS,
  };
  return { header, actionSequence: ticker.data.actionSequence };
}
