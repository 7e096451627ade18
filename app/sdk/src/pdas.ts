/**
 * Addresses of the issuer program's accounts. All of them take the program's address, which is
 * configuration: an issuer may run a deployment of its own.
 */
import { address, type Address, type ReadonlyUint8Array } from '@solana/kit';
import { findAssociatedTokenPda, TOKEN_2022_PROGRAM_ADDRESS } from '@solana-program/token-2022';

import type { Kind } from './bodies.ts';
import { first } from './derived.ts';
import {
  findAnnouncementPda,
  findAttestationPda,
  findAttestorSetPda,
  findAuthorityPda,
  findCashDeskPda,
  findCorporateActionPda,
  findCustodianPda,
  findDelegatePda,
  findEscrowPda,
  findEventAuthorityPda,
  findHistoryPda,
  findHoldPda,
  findIssuerPda,
  findNonceWindowPda,
  findOwnerLimitsPda,
  findRedemptionPda,
  findRoleGrantPda,
  findSeizurePda,
  findSymbolPda,
  findTickerPda,
} from './generated/issuer/pdas/index.ts';

const SYMBOL_LENGTH = 16;

/** "None", where an argument or a field is an address: 32 zero bytes. */
export const NO_ADDRESS = address('11111111111111111111111111111111');

/** An issuer: the `id`th of who created it. */
export const findIssuer = (programAddress: Address, creator: Address, id: bigint) =>
  first(findIssuerPda({ creator, id }, { programAddress }));

/** A custodian, by its number with the issuer. */
export const findCustodian = (programAddress: Address, issuer: Address, number: number) =>
  first(findCustodianPda({ issuer, number }, { programAddress }));

/** A set of attestors, by its number with the custodian. */
export const findAttestorSet = (programAddress: Address, custodian: Address, index: number) =>
  first(findAttestorSetPda({ custodian, index }, { programAddress }));

/** Nonces of attestations about one ticker. Those about a custodian are in its own account. */
export const findNonceWindow = (programAddress: Address, mint: Address) =>
  first(findNonceWindowPda({ mint }, { programAddress }));

/** The record of a listed mint. */
export const findTicker = (programAddress: Address, mint: Address) =>
  first(findTickerPda({ mint }, { programAddress }));

/** Which mint a symbol is, of an issuer. Throws for what is not a symbol. */
export const findSymbol = (programAddress: Address, issuer: Address, symbol: string) =>
  first(findSymbolPda({ issuer, symbol: symbolBytes(symbol) }, { programAddress }));

/** An owner's redemption of a mint, by its id from 0 to 7. */
export const findRedemption = (programAddress: Address, mint: Address, owner: Address, id: bigint) =>
  first(findRedemptionPda({ mint, owner, id }, { programAddress }));

/** What a wallet may do for an issuer. */
export const findRoleGrant = (programAddress: Address, issuer: Address, wallet: Address) =>
  first(findRoleGrantPda({ issuer, wallet }, { programAddress }));

/** A change that waits for the timelock. */
export const findAnnouncement = (programAddress: Address, issuer: Address, id: bigint) =>
  first(findAnnouncementPda({ issuer, id }, { programAddress }));

/** A posted attestation; `digest` is the sha256 of its body. */
export const findPostedAttestation = (
  programAddress: Address,
  issuer: Address,
  kind: Kind,
  digest: ReadonlyUint8Array,
) => first(findAttestationPda({ issuer, kind, digest }, { programAddress }));

/** What one owner was minted and redeemed for cash lately. */
export const findOwnerLimits = (programAddress: Address, mint: Address, owner: Address) =>
  first(findOwnerLimitsPda({ mint, owner }, { programAddress }));

/** A corporate action, by the ticker's action sequence once it is scheduled. */
export const findCorporateAction = (programAddress: Address, mint: Address, sequence: number) =>
  first(findCorporateActionPda({ mint, sequence }, { programAddress }));

/** The multipliers that a mint had; made with its first corporate action. */
export const findHistory = (programAddress: Address, mint: Address) =>
  first(findHistoryPda({ mint }, { programAddress }));

/** Why compliance holds a token account, if it does. */
export const findHold = (programAddress: Address, mint: Address, tokenAccount: Address) =>
  first(findHoldPda({ mint, tokenAccount }, { programAddress }));

/** Shares that will be taken, and were; `caseHash` is sha256 of the case's documents. */
export const findSeizure = (programAddress: Address, mint: Address, caseHash: ReadonlyUint8Array) =>
  first(findSeizurePda({ mint, caseHash }, { programAddress }));

/** It owns its vault, its associated token account. */
export const findCashDesk = (programAddress: Address, issuer: Address, cashMint: Address) =>
  first(findCashDeskPda({ issuer, cashMint }, { programAddress }));

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
export const findEventAuthority = (programAddress: Address) => first(findEventAuthorityPda({ programAddress }));

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
