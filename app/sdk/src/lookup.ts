/**
 * Address lookup tables: a transaction names an account by a byte instead of 32. For what anybody
 * sends often and what does not fit otherwise, like a cash trade with its quorum's signatures.
 */
import {
  AccountRole,
  address,
  fetchEncodedAccounts,
  getAddressDecoder,
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

import { type Cluster } from './cluster.ts';
import { send } from './send.ts';

const PROGRAM = address('AddressLookupTab1e1111111111111111111111111');
const SLOT_HASHES = address('SysvarS1otHashes111111111111111111111111111');
const SYSTEM_PROGRAM = address('11111111111111111111111111111111');
/** Of the program's instructions: little-endian u32 tags. */
const CREATE = 0;
const EXTEND = 2;
/** So that a transaction stays small enough. */
const ADDRESSES_PER_EXTENSION = 20;
/** Of a table's account: what stands before its addresses. */
const HEADER_LENGTH = 56;
const ADDRESS_LENGTH = 32;
/** Half a slot of mainnet. */
const SLOT_POLL_MS = 200;
const SLOT_LIMIT_MS = 30_000;

/** Creates a table of these addresses and waits until it can be used: from the slot after its last extension on. */
export async function createLookupTable(
  cluster: Cluster,
  payer: TransactionSigner,
  addresses: readonly Address[],
): Promise<AddressesByLookupTableAddress> {
  const recentSlot = await newestSlotHash(cluster);
  const [table, bump] = await getProgramDerivedAddress({
    programAddress: PROGRAM,
    seeds: [getAddressEncoder().encode(payer.address), getU64Encoder().encode(recentSlot)],
  });
  const distinct = [...new Set(addresses)];
  let before = [
    tableInstruction(table, payer, [u32(CREATE), getU64Encoder().encode(recentSlot), new Uint8Array([bump])]),
  ];
  for (let at = 0; at < distinct.length; at += ADDRESSES_PER_EXTENSION) {
    await send(cluster, payer, [...before, extension(table, payer, distinct.slice(at, at + ADDRESSES_PER_EXTENSION))]);
    before = [];
  }
  await waitForNextSlot(cluster);
  return { [table]: distinct };
}

/** Adds to a table what is not in it, and waits until it can be used. `authority` made it, and pays. */
export async function extendLookupTable(
  cluster: Cluster,
  authority: TransactionSigner,
  table: Address,
  addresses: readonly Address[],
): Promise<AddressesByLookupTableAddress> {
  const known = (await fetchLookupTables(cluster, [table]))[table]!;
  const missing = [...new Set(addresses)].filter((address) => !known.includes(address));
  for (let at = 0; at < missing.length; at += ADDRESSES_PER_EXTENSION) {
    await send(cluster, authority, [extension(table, authority, missing.slice(at, at + ADDRESSES_PER_EXTENSION))]);
  }
  if (missing.length > 0) await waitForNextSlot(cluster);
  return { [table]: [...known, ...missing] };
}

/** What tables hold. Throws on an address that is no table. */
export async function fetchLookupTables(
  { rpc }: Pick<Cluster, 'rpc'>,
  tables: readonly Address[],
): Promise<AddressesByLookupTableAddress> {
  const accounts = await fetchEncodedAccounts(rpc, [...tables], { commitment: 'confirmed' });
  return Object.fromEntries(
    accounts.map((account) => {
      if (!account.exists || account.programAddress !== PROGRAM)
        throw new Error(`${account.address} is no lookup table.`);
      const count = (account.data.length - HEADER_LENGTH) / ADDRESS_LENGTH;
      const at = (place: number) => getAddressDecoder().decode(account.data, HEADER_LENGTH + ADDRESS_LENGTH * place);
      return [account.address, Array.from({ length: count }, (_, place) => at(place))];
    }),
  );
}

/**
 * A connection whose `send` names accounts by these tables where a transaction would not fit otherwise: an issuer
 * makes one of what its tickers have in common, says its address, and everybody can use it.
 */
export async function withLookupTables(cluster: Cluster, tables: readonly Address[]): Promise<Cluster> {
  return { ...cluster, lookupTables: { ...cluster.lookupTables, ...(await fetchLookupTables(cluster, tables)) } };
}

function extension(table: Address, payer: TransactionSigner, addresses: readonly Address[]): Instruction {
  const keys = addresses.map((one) => getAddressEncoder().encode(one));
  return tableInstruction(table, payer, [u32(EXTEND), getU64Encoder().encode(BigInt(keys.length)), ...keys]);
}

/** Both instructions take the same accounts: the table, its authority, who pays its rent, the system program. */
function tableInstruction(table: Address, payer: TransactionSigner, parts: readonly ReadonlyUint8Array[]): Instruction {
  const { address } = payer;
  const authority: AccountSignerMeta = { address, role: AccountRole.READONLY_SIGNER, signer: payer };
  const funder: AccountSignerMeta = { address, role: AccountRole.WRITABLE_SIGNER, signer: payer };
  return {
    programAddress: PROGRAM,
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
 * A table's address is made of a slot that the SlotHashes sysvar knows. Read there, since not every
 * slot that an RPC node names is in it: u64 count | (u64 slot | hash 32) x count, the newest first.
 */
async function newestSlotHash({ rpc }: Cluster): Promise<bigint> {
  const newest = { offset: 8, length: 8 };
  const { value } = await rpc
    .getAccountInfo(SLOT_HASHES, { encoding: 'base64', commitment: 'confirmed', dataSlice: newest })
    .send();
  if (!value) throw new Error('the cluster has no SlotHashes sysvar.');
  return getU64Decoder().decode(getBase64Encoder().encode(value.data[0]));
}

async function waitForNextSlot({ rpc }: Cluster): Promise<void> {
  const slot = await rpc.getSlot({ commitment: 'confirmed' }).send();
  for (let waited = 0; waited < SLOT_LIMIT_MS; waited += SLOT_POLL_MS) {
    await new Promise((done) => setTimeout(done, SLOT_POLL_MS));
    if ((await rpc.getSlot({ commitment: 'confirmed' }).send()) > slot) return;
  }
  throw new Error(`the cluster's slots do not move: no slot after ${slot} in ${SLOT_LIMIT_MS / 1000} s.`);
}

const u32 = (value: number) => getU32Encoder().encode(value);
