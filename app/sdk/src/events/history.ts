/** Events out of transactions: of one, of several, of all that ever named an address. */
import { getBase58Encoder, type Address, type ReadonlyUint8Array, type Signature } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { findEventAuthority } from '../pdas.ts';
import { decodeEvent, eventBytes, type EventProgram, type ScripEvent } from './decode.ts';

/** An event and where it stands on the chain. */
export type EventRecord = Readonly<{
  event: ScripEvent;
  /** Discriminator and Borsh bytes. */
  bytes: ReadonlyUint8Array;
  signature: Signature;
  slot: bigint;
  /** Seconds since 1970, where the node knows it. */
  blockTime?: bigint;
  /** Accounts of the instruction that emitted it. */
  accounts: readonly Address[];
}>;

type Reader = Pick<Cluster, 'rpc' | 'programId' | 'programs'>;

/** An instruction, by the places of its accounts in the transaction. */
export type CallOnChain = Readonly<{ programIdIndex: number; accounts: readonly number[]; data: string }>;
/** What is read of a transaction, as `getTransaction` answers with `encoding: 'json'`. */
export type TransactionOnChain = Readonly<{
  slot: bigint;
  blockTime: bigint | null;
  meta: Readonly<{
    err: unknown;
    innerInstructions?: readonly Readonly<{ index: number; instructions: readonly CallOnChain[] }>[] | null;
    loadedAddresses?: Readonly<{ writable: readonly Address[]; readonly: readonly Address[] }>;
  }> | null;
  transaction: Readonly<{
    signatures: readonly string[];
    message: Readonly<{ accountKeys: readonly Address[]; instructions: readonly CallOnChain[] }>;
  }>;
}>;

/** A node answers so many signatures at once. */
const PAGE = 1_000;
/** Transactions asked for at the same time: public nodes refuse more. */
const AT_ONCE = 8;

/** The events of one transaction, in their order; none of one that failed. */
export async function eventsOf(cluster: Reader, transaction: TransactionOnChain): Promise<EventRecord[]> {
  const { slot, blockTime, meta } = transaction;
  const { message, signatures } = transaction.transaction;
  if (!meta || meta.err !== null) return [];
  const { writable = [], readonly = [] } = meta.loadedAddresses ?? {};
  const keys = [...message.accountKeys, ...writable, ...readonly];
  const emitters = await emittersOf(cluster);
  const records: EventRecord[] = [];
  for (const { index, instructions } of meta.innerInstructions ?? []) {
    // The last call of each program that was no event: programs do not call themselves but to emit, and a
    // program that is in a call cannot be called again by another.
    const emitting = new Map<Address, CallOnChain>();
    const outer = message.instructions[index];
    for (const call of outer ? [outer, ...instructions] : instructions) {
      const program = keys[call.programIdIndex]!;
      const emitter = emitters.get(program);
      if (!emitter) continue;
      const bytes = eventBytes(getBase58Encoder().encode(call.data));
      if (!bytes || keys[call.accounts[0] ?? -1] !== emitter.authority) {
        emitting.set(program, call);
        continue;
      }
      records.push({
        event: decodeEvent(emitter.name, bytes),
        bytes,
        signature: signatures[0] as Signature,
        slot,
        ...(blockTime !== null && { blockTime }),
        accounts: (emitting.get(program)?.accounts ?? []).map((account) => keys[account]!),
      });
    }
  }
  return records;
}

async function emittersOf({ programId, programs }: Reader) {
  const all = { issuer: programId, gate: programs.gate, collateral: programs.collateral };
  const found = Object.entries(all).map(async ([name, program]) => {
    return [program, { name: name as EventProgram, authority: await findEventAuthority(program) }] as const;
  });
  return new Map(await Promise.all(found));
}

/** The events of these transactions, in the order given. Throws on one that the node does not have. */
export async function fetchEventsOf(cluster: Reader, signatures: readonly Signature[]): Promise<EventRecord[]> {
  const records: EventRecord[] = [];
  for (let at = 0; at < signatures.length; at += AT_ONCE) {
    const some = signatures.slice(at, at + AT_ONCE).map(async (signature) => {
      const answer = await cluster.rpc
        .getTransaction(signature, { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 })
        .send();
      if (!answer) throw new Error(`the node does not have transaction ${signature}: ask one that keeps all of them.`);
      return eventsOf(cluster, answer as TransactionOnChain);
    });
    records.push(...(await Promise.all(some)).flat());
  }
  return records;
}

/** How far back a history is read. */
export type HistoryOptions = Readonly<{
  /** Only what came after this transaction. */
  after?: Signature;
}>;

/** All transactions that named an address and did not fail, the oldest first. */
export async function fetchSignatures(
  { rpc }: Pick<Cluster, 'rpc'>,
  address: Address,
  { after }: HistoryOptions = {},
): Promise<Signature[]> {
  const found: Signature[] = [];
  for (let before: Signature | undefined; ;) {
    const page = await rpc
      .getSignaturesForAddress(address, {
        commitment: 'confirmed',
        limit: PAGE,
        ...(before !== undefined && { before }),
        ...(after !== undefined && { until: after }),
      })
      .send();
    found.push(...page.filter(({ err }) => err === null).map(({ signature }) => signature));
    if (page.length < PAGE) return found.reverse();
    before = page.at(-1)!.signature;
  }
}

/** All events of transactions that named an address, the oldest first: a mint's, a wallet's, an issuer's. */
export async function fetchEvents(
  cluster: Reader,
  address: Address,
  options: HistoryOptions = {},
): Promise<EventRecord[]> {
  return fetchEventsOf(cluster, await fetchSignatures(cluster, address, options));
}
