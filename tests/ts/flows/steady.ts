/**
 * Keys whose addresses are found at the first try. A program pays 1,500 compute units for each try in which it finds an
 * address, and for a random key every second one takes more than one try: what a flow costs would differ each time.
 */
import {
  generateKeyPairSigner,
  getAddressEncoder,
  getProgramDerivedAddress,
  getU64Encoder,
  type Address,
  type KeyPairSigner,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { findAssociatedTokenPda } from '@solana-program/token-2022';
import { airdrop, type Cluster } from '@scrip/sdk';

const FIRST_BUMP = 255;

/** An address and its bump: 255 if the first try finds it. */
export type Found = Promise<readonly [Address, number]>;
export type Find = (owner: Address) => Found;

const bytes = (seed: string | bigint | ReadonlyUint8Array) =>
  typeof seed === 'bigint' ? getU64Encoder().encode(seed) : seed;

/** An address of seeds: texts, little-endian u64s, bytes. */
export const derived = (programAddress: Address, ...seeds: (string | bigint | ReadonlyUint8Array)[]): Found =>
  getProgramDerivedAddress({ programAddress, seeds: seeds.map(bytes) });

/** The bytes of an address, as a seed. */
export const key = (address: Address) => getAddressEncoder().encode(address);

/** An owner's associated token account. */
export const holding =
  (mint: Address, tokenProgram: Address): Find =>
  (owner) =>
    findAssociatedTokenPda({ mint, owner, tokenProgram });

/** Whether all are found at the first try. */
export async function allFirst(founds: readonly (() => Found)[]): Promise<boolean> {
  for (const found of founds) if ((await found())[1] !== FIRST_BUMP) return false;
  return true;
}

/** A new wallet with funds. */
export async function steadyWallet(cluster: Cluster, finds: readonly Find[]): Promise<KeyPairSigner> {
  for (;;) {
    const wallet = await generateKeyPairSigner();
    if (!(await allFirst(finds.map((find) => () => find(wallet.address))))) continue;
    await airdrop(cluster, wallet.address, 5);
    return wallet;
  }
}

/** 32 bytes, as a hash that no one has taken yet. */
export async function steadyHash(found: (hash: ReadonlyUint8Array) => Found): Promise<Uint8Array> {
  for (;;) {
    const hash = crypto.getRandomValues(new Uint8Array(32));
    if (await allFirst([() => found(hash)])) return hash;
  }
}
