/**
 * An issuer's lookup tables: what all of its transactions have in common, and every ticker's accounts, a
 * ticker wholly in one table. The migrations make and extend them. They are registered by what they are:
 * the table's first address is the issuer, and its authority the issuer's admin or a wallet with its role
 * LIST, so they are found on chain by both. A stranger's table is never taken.
 */
import {
  getAddressDecoder,
  getBase58Decoder,
  getBase64Encoder,
  getU64Decoder,
  type Address,
  type AddressesByLookupTableAddress,
  type Base58EncodedBytes,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { ASSOCIATED_TOKEN_PROGRAM_ADDRESS } from '@solana-program/token-2022';

import type { Cluster } from './cluster.ts';
import { fetchAllMaybeRoleGrant, fetchIssuer } from './generated/issuer/accounts/index.ts';
import { CASH_DESK_DISCRIMINATOR, getCashDeskDecoder } from './generated/issuer/accounts/cashDesk.ts';
import { findHookList, findPolicy, findRegistry } from './gate/pdas.ts';
import { LOOKUP_TABLE_PROGRAM_ADDRESS } from './lookup.ts';
import {
  findAuthority,
  findEscrow,
  findEventAuthority,
  findNonceWindow,
  findRoleGrant,
  findTicker,
  findTokenAccount,
} from './pdas.ts';
import { Role } from './plans/governance.ts';
import { PROGRAMS } from './plans/mint.ts';
import type { Deployment } from './plans/shared.ts';
import { fetchLiveSets } from './views.ts';

/** A lookup table as the chain has it. */
export type LookupTable = Readonly<{ address: Address; authority: Address; addresses: readonly Address[] }>;

// Of a table's account: deactivation slot u64 (the largest while it is in use), authority, addresses.
// Source: solana-address-lookup-table-interface, `state.rs`.
const DEACTIVATION_OFFSET = 4;
const AUTHORITY_OFFSET = 22;
const ADDRESSES_OFFSET = 56;
const ADDRESS_LENGTH = 32;
const IN_USE = 2n ** 64n - 1n;
/** The byte 1 in base58. */
const HAS_AUTHORITY = '2';
/** What getMultipleAccounts takes. */
const GRANTS_ASKED = 100;

/** Of a cash desk's account. */
const DESK_ISSUER_OFFSET = 16;

type Reader = Pick<Cluster, 'rpc' | 'programId'>;

/** All tables of an issuer, in the order of their addresses. Needs a node that answers getProgramAccounts. */
export async function fetchIssuerTables(cluster: Reader, issuer: Address): Promise<LookupTable[]> {
  const accounts = await cluster.rpc
    .getProgramAccounts(LOOKUP_TABLE_PROGRAM_ADDRESS, {
      encoding: 'base64',
      commitment: 'confirmed',
      filters: [at(AUTHORITY_OFFSET - 1, HAS_AUTHORITY), at(ADDRESSES_OFFSET, issuer)],
    })
    .send();
  const tables = accounts
    .map(({ pubkey, account }) => ({ address: pubkey, bytes: getBase64Encoder().encode(account.data[0]) }))
    .filter(({ bytes }) => getU64Decoder().decode(bytes, DEACTIVATION_OFFSET) === IN_USE)
    .map(({ address, bytes }): LookupTable => {
      const authority = getAddressDecoder().decode(bytes, AUTHORITY_OFFSET);
      return { address, authority, addresses: addressesOf(bytes) };
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const trusted = await trustedAmong(cluster, issuer, new Set(tables.map(({ authority }) => authority)));
  return tables.filter(({ authority }) => trusted.has(authority));
}

/** Which of these wallets may make tables for the issuer: the admin, and who has LIST. */
async function trustedAmong({ rpc, programId }: Reader, issuer: Address, wallets: Set<Address>): Promise<Set<Address>> {
  const { data } = await fetchIssuer(rpc, issuer, { commitment: 'confirmed' });
  const others = [...wallets].filter((wallet) => wallet !== data.admin).slice(0, GRANTS_ASKED);
  const grants = await fetchAllMaybeRoleGrant(
    rpc,
    await Promise.all(others.map((wallet) => findRoleGrant(programId, issuer, wallet))),
    { commitment: 'confirmed' },
  );
  const lists = others.filter((_, i) => {
    const grant = grants[i]!;
    return grant.exists && (grant.data.roles & Role.List) !== 0;
  });
  return new Set([data.admin, ...lists]);
}

function addressesOf(bytes: ReadonlyUint8Array): Address[] {
  const count = Math.floor((bytes.length - ADDRESSES_OFFSET) / ADDRESS_LENGTH);
  return Array.from({ length: count }, (_, i) =>
    getAddressDecoder().decode(bytes, ADDRESSES_OFFSET + i * ADDRESS_LENGTH),
  );
}

/** For `send`: the issuer's table that has a ticker's accounts; empty if none has. */
export async function fetchTickerTable(
  cluster: Reader,
  issuer: Address,
  mint: Address,
): Promise<AddressesByLookupTableAddress> {
  const table = (await fetchIssuerTables(cluster, issuer)).find(({ addresses }) => addresses.includes(mint));
  return table === undefined ? {} : { [table.address]: [...table.addresses] };
}

/** What transactions of all tickers have in common: the issuer first, live attestor sets, cash desks, programs. */
export async function sharedTableAddresses(cluster: Cluster, issuer: Address, custodian: Address): Promise<Address[]> {
  const { programId, programs } = cluster;
  return [
    issuer,
    custodian,
    await findEventAuthority(programId),
    await findEventAuthority(programs.gate),
    await findRegistry(programs.gate, issuer),
    programs.gate,
    programs.collateral,
    ...PROGRAMS,
    ASSOCIATED_TOKEN_PROGRAM_ADDRESS,
    ...(await fetchLiveSets(cluster, custodian)),
    ...(await deskAddresses(cluster, issuer)),
  ];
}

/** What is a ticker's own. */
export async function tickerTableAddresses(
  { programId, programs }: Deployment,
  mint: Address,
  { hooked = false }: Readonly<{ hooked?: boolean }> = {},
): Promise<Address[]> {
  const escrow = await findEscrow(programId, mint);
  return [
    mint,
    await findTicker(programId, mint),
    await findNonceWindow(programId, mint),
    await findAuthority(programId, mint),
    escrow,
    await findTokenAccount(mint, escrow),
    await findPolicy(programs.gate, mint),
    ...(hooked ? [await findHookList(programs.gate, mint)] : []),
  ];
}

/** Of each cash desk: its own, its vault's, its stablecoin's, and that one's program's. */
async function deskAddresses({ rpc, programId }: Cluster, issuer: Address): Promise<Address[]> {
  const discriminator = getBase58Decoder().decode(CASH_DESK_DISCRIMINATOR);
  const desks = await rpc
    .getProgramAccounts(programId, {
      encoding: 'base64',
      commitment: 'confirmed',
      filters: [at(0, discriminator), at(DESK_ISSUER_OFFSET, issuer)],
    })
    .send();
  return desks.flatMap(({ pubkey, account }) => {
    const { vault, cashMint, tokenProgram } = getCashDeskDecoder().decode(getBase64Encoder().encode(account.data[0]));
    return [pubkey, vault, cashMint, tokenProgram];
  });
}

/** A filter of getProgramAccounts: these bytes at this place. */
const at = (offset: number, base58: string) => ({
  memcmp: { offset: BigInt(offset), bytes: base58 as Base58EncodedBytes, encoding: 'base58' as const },
});
