/**
 * Address lookup tables: a transaction names an account by a byte instead of 32. For what anybody
 * sends often and what does not fit otherwise, like a cash trade with its quorum's signatures.
 */
import {
  AccountRole,
  address,
  getAddressEncoder,
  getBase64Encoder,
  getProgramDerivedAddress,
  getU32Encoder,
  getU64Decoder,
  getU64Encoder,
  type AccountSignerMeta,
  type Address,
  type AddressesByLookupTableAddress,
  type Instruction,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from '@solana/kit';

import type { Cluster } from './cluster.ts';
import { send } from './send.ts';

/** The program of lookup tables. */
export const LOOKUP_TABLE_PROGRAM_ADDRESS = address('AddressLookupTab1e1111111111111111111111111');
const SLOT_HASHES = address('SysvarS1otHashes111111111111111111111111111');
const SYSTEM_PROGRAM = address('11111111111111111111111111111111');
/** Of the program's instructions: little-endian u32 tags. */
const CREATE = 0;
const EXTEND = 2;
/** What an instruction may add, so that its transaction stays small enough. */
export const ADDRESSES_PER_EXTENSION = 28;
/** What a table can hold. */
export const LOOKUP_TABLE_CAPACITY = 256;
const SLOT_HASHES_HEADER = 8;
const SLOT_HASH_LENGTH = 40;
/** Half a slot of mainnet. */
const SLOT_POLL_MS = 200;
const SLOT_LIMIT_MS = 30_000;

/** Creates a table of these addresses and waits until it can be used: from the slot after its last extension on. */
export async function createLookupTable(
  cluster: Cluster,
  payer: TransactionSigner,
  addresses: readonly Address[],
): Promise<AddressesByLookupTableAddress> {
  const distinct = [...new Set(addresses)];
  const { table, plan } = await createTablePlan(payer, await newestSlot(cluster), distinct);
  await send(cluster, payer, plan);
  for (let at = ADDRESSES_PER_EXTENSION; at < distinct.length; at += ADDRESSES_PER_EXTENSION) {
    await send(cluster, payer, extendTablePlan(table, payer, distinct.slice(at, at + ADDRESSES_PER_EXTENSION)));
  }
  await waitForNextSlot(cluster);
  return { [table]: distinct };
}

/**
 * Creates a table with the first of its addresses, at most `ADDRESSES_PER_EXTENSION` of them; the payer is
 * its authority. `recentSlot`: one of `recentSlots`, another for each table of one payer.
 */
export async function createTablePlan(
  payer: TransactionSigner,
  recentSlot: bigint,
  addresses: readonly Address[],
): Promise<{ table: Address; plan: Instruction[] }> {
  const slot = getU64Encoder().encode(recentSlot);
  const [table, bump] = await getProgramDerivedAddress({
    programAddress: LOOKUP_TABLE_PROGRAM_ADDRESS,
    seeds: [getAddressEncoder().encode(payer.address), slot],
  });
  const create = tableInstruction(table, payer, [u32(CREATE), slot, new Uint8Array([bump])]);
  return { table, plan: [create, ...extendTablePlan(table, payer, addresses.slice(0, ADDRESSES_PER_EXTENSION))] };
}

/** Adds addresses, at most `ADDRESSES_PER_EXTENSION`, to a table whose authority pays for it. */
export function extendTablePlan(
  table: Address,
  payer: TransactionSigner,
  addresses: readonly Address[],
): Instruction[] {
  const keys = addresses.map((one) => getAddressEncoder().encode(one));
  return [tableInstruction(table, payer, [u32(EXTEND), getU64Encoder().encode(BigInt(keys.length)), ...keys])];
}

/** Both instructions take the same accounts: the table, its authority, who pays its rent, the system program. */
function tableInstruction(table: Address, payer: TransactionSigner, parts: readonly ReadonlyUint8Array[]): Instruction {
  const { address } = payer;
  const authority: AccountSignerMeta = { address, role: AccountRole.READONLY_SIGNER, signer: payer };
  const funder: AccountSignerMeta = { address, role: AccountRole.WRITABLE_SIGNER, signer: payer };
  return {
    programAddress: LOOKUP_TABLE_PROGRAM_ADDRESS,
    accounts: [
      { address: table, role: AccountRole.WRITABLE },
      authority,
      funder,
      { address: SYSTEM_PROGRAM, role: AccountRole.READONLY },
    ],
    data: new Uint8Array(parts.flatMap((part) => Array.from(part))),
  };
}

/**
 * The newest slots, newest first, of which tables' addresses can be made. Read from the SlotHashes sysvar,
 * since not every slot that an RPC node names is in it: u64 count | (u64 slot | hash 32) x count.
 */
export async function recentSlots({ rpc }: Cluster, count: number): Promise<bigint[]> {
  const dataSlice = { offset: SLOT_HASHES_HEADER, length: count * SLOT_HASH_LENGTH };
  const { value } = await rpc
    .getAccountInfo(SLOT_HASHES, { encoding: 'base64', commitment: 'confirmed', dataSlice })
    .send();
  if (!value) throw new Error('the cluster has no SlotHashes sysvar.');
  const bytes = getBase64Encoder().encode(value.data[0]);
  const known = Math.min(count, Math.floor(bytes.length / SLOT_HASH_LENGTH));
  return Array.from({ length: known }, (_, i) => getU64Decoder().decode(bytes, i * SLOT_HASH_LENGTH));
}

const newestSlot = async (cluster: Cluster) => (await recentSlots(cluster, 1))[0]!;

/** Waits for a slot after the current one: what a transaction has just made can be used from then on. */
export async function waitForNextSlot({ rpc }: Cluster): Promise<void> {
  const slot = await rpc.getSlot({ commitment: 'confirmed' }).send();
  for (let waited = 0; waited < SLOT_LIMIT_MS; waited += SLOT_POLL_MS) {
    await new Promise((done) => setTimeout(done, SLOT_POLL_MS));
    if ((await rpc.getSlot({ commitment: 'confirmed' }).send()) > slot) return;
  }
  throw new Error(`the cluster's slots do not move: no slot after ${slot} in ${SLOT_LIMIT_MS / 1000} s.`);
}

const u32 = (value: number) => getU32Encoder().encode(value);
