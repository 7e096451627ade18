/**
 * Addresses of the issuer program's accounts, those too that its IDL cannot derive because a seed is
 * a field of an argument. All of them take the program's address, which is configuration: an issuer
 * may run a deployment of its own.
 */
import {
  address,
  getAddressEncoder,
  getProgramDerivedAddress,
  getU32Encoder,
  getU64Encoder,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { findAssociatedTokenPda, TOKEN_2022_PROGRAM_ADDRESS } from '@solana-program/token-2022';

import type { Kind } from './bodies.ts';
import {
  findAuthorityPda,
  findDelegatePda,
  findDeskPda,
  findEscrowPda,
  findHistoryPda,
  findHoldPda,
  findNoncesPda,
  findRoleGrantPda,
  findTickerPda,
} from './generated/issuer/pdas/index.ts';

const SYMBOL_LENGTH = 16;

/** "None", where an argument or a field is an address: 32 zero bytes. */
export const NO_ADDRESS = address('11111111111111111111111111111111');

const key = (address: Address) => getAddressEncoder().encode(address);
const u32 = (value: number) => getU32Encoder().encode(value);
const u64 = (value: bigint) => getU64Encoder().encode(value);

const first = async (found: Promise<readonly [Address, number]>) => (await found)[0];

const find = (programAddress: Address, name: string, ...seeds: ReadonlyUint8Array[]) =>
  first(getProgramDerivedAddress({ programAddress, seeds: [name, ...seeds] }));

/** An issuer: the `id`th of who created it. */
export const findIssuer = (program: Address, creator: Address, id: bigint) =>
  find(program, 'issuer', key(creator), u64(id));

/** A custodian, by its number with the issuer. */
export const findCustodian = (program: Address, issuer: Address, number: number) =>
  find(program, 'custodian', key(issuer), u32(number));

/** A set of attestors, by its number with the custodian. */
export const findAttestorSet = (program: Address, custodian: Address, index: number) =>
  find(program, 'attestors', key(custodian), u32(index));

/** Nonces of attestations about one ticker. Those about a custodian are in its own account. */
export const findNonceWindow = (programAddress: Address, mint: Address) =>
  first(findNoncesPda({ mint }, { programAddress }));

/** The record of a listed mint. */
export const findTicker = (programAddress: Address, mint: Address) =>
  first(findTickerPda({ mint }, { programAddress }));

/** Which mint a symbol is, of an issuer. Throws for what is not a symbol. */
export const findSymbol = (program: Address, issuer: Address, symbol: string) =>
  find(program, 'symbol', key(issuer), symbolBytes(symbol));

/** An owner's redemption of a mint, by its id from 0 to 7. */
export const findRedemption = (program: Address, mint: Address, owner: Address, id: bigint) =>
  find(program, 'redemption', key(mint), key(owner), u64(id));

/** What a wallet may do for an issuer. */
export const findRoleGrant = (programAddress: Address, issuer: Address, wallet: Address) =>
  first(findRoleGrantPda({ issuer, wallet }, { programAddress }));

/** A change that waits for the timelock. */
export const findAnnouncement = (program: Address, issuer: Address, id: bigint) =>
  find(program, 'announcement', key(issuer), u64(id));

/** A posted attestation; `digest` is the sha256 of its body. */
export const findPostedAttestation = (program: Address, issuer: Address, kind: Kind, digest: ReadonlyUint8Array) =>
  find(program, 'attestation', key(issuer), new Uint8Array([kind]), digest);

/** What one owner was minted and redeemed for cash lately. */
export const findOwnerLimits = (program: Address, mint: Address, owner: Address) =>
  find(program, 'limits', key(mint), key(owner));

/** A corporate action, by the ticker's action sequence once it is scheduled. */
export const findCorporateAction = (program: Address, mint: Address, sequence: number) =>
  find(program, 'action', key(mint), u32(sequence));

/** The multipliers that a mint had; made with its first corporate action. */
export const findHistory = (programAddress: Address, mint: Address) =>
  first(findHistoryPda({ mint }, { programAddress }));

/** Why compliance holds a token account, if it does. */
export const findHold = (programAddress: Address, mint: Address, tokenAccount: Address) =>
  first(findHoldPda({ mint, tokenAccount }, { programAddress }));

/** Shares that will be taken, and were; `caseHash` is sha256 of the case's documents. */
export const findSeizure = (program: Address, mint: Address, caseHash: ReadonlyUint8Array) =>
  find(program, 'seizure', key(mint), caseHash);

/** It owns its vault, its associated token account. */
export const findCashDesk = (programAddress: Address, issuer: Address, cashMint: Address) =>
  first(findDeskPda({ issuer, cashMint }, { programAddress }));

/** Signs as the mint's authority: mint, freeze, pause, multiplier, metadata, hook. */
export const findAuthority = (programAddress: Address, mint: Address) =>
  first(findAuthorityPda({ mint }, { programAddress }));

/** The permanent delegate. */
export const findDelegate = (programAddress: Address, mint: Address) =>
  first(findDelegatePda({ mint }, { programAddress }));

/** Owns the token account in which open redemptions wait. */
export const findEscrow = (programAddress: Address, mint: Address) =>
  first(findEscrowPda({ mint }, { programAddress }));

/** Signs for the program's events. */
export const findEventAuthority = (program: Address) => find(program, '__event_authority');

/** The associated token account of an owner: under Token-2022, unless the mint is of the other token program. */
export const findTokenAccount = (mint: Address, owner: Address, tokenProgram: Address = TOKEN_2022_PROGRAM_ADDRESS) =>
  first(findAssociatedTokenPda({ mint, owner, tokenProgram }));

/** A symbol as accounts and seeds hold it: 16 bytes, padded with zeros. */
export function symbolBytes(symbol: string): Uint8Array {
  if (!/^[A-Za-z0-9.-]{1,16}$/.test(symbol)) {
    throw new Error(`"${symbol}" is not a symbol: 1 to ${SYMBOL_LENGTH} letters, digits, dots or dashes.`);
  }
  const bytes = new Uint8Array(SYMBOL_LENGTH);
  bytes.set(new TextEncoder().encode(symbol));
  return bytes;
}

/** The text of a symbol's 16 bytes; inverse of `symbolBytes`. */
export function symbolText(bytes: ReadonlyUint8Array): string {
  return new TextDecoder().decode(new Uint8Array(bytes)).replace(/\0+$/, '');
}
