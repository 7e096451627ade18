/**
 * One statement of reserves for all tickers of a custodian, as a Merkle tree. A leaf is
 * `sha256(0 || mint || action sequence || settled || receivable)`, a node `sha256(1 || lower || higher)`
 * with its two children sorted by their bytes: a proof is a list of siblings, from the leaf up.
 */
import {
  getAddressEncoder,
  getStructEncoder,
  getU128Encoder,
  getU32Encoder,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';

import { sha256 } from './hash.ts';

/** What a statement says of one ticker; its date is signed with the root. */
export type TickerReserves = Readonly<{
  mint: Address;
  actionSequence: number;
  settledSharesE8: bigint;
  receivableSharesE8: bigint;
}>;

/** A root, and for each leaf in its order the siblings that lead to it. */
export type MerkleTree = Readonly<{ root: ReadonlyUint8Array; proofs: readonly (readonly ReadonlyUint8Array[])[] }>;

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

const reservesEncoder = getStructEncoder([
  ['mint', getAddressEncoder()],
  ['actionSequence', getU32Encoder()],
  ['settledSharesE8', getU128Encoder()],
  ['receivableSharesE8', getU128Encoder()],
]);

/** The 32 bytes that stand for one ticker's reserves in the tree. */
export function merkleLeaf(reserves: TickerReserves): Promise<ReadonlyUint8Array> {
  return sha256(LEAF, reservesEncoder.encode(reserves));
}

/** The root that `proof` leads to. */
export async function merkleRootOf(
  leaf: ReadonlyUint8Array,
  proof: readonly ReadonlyUint8Array[],
): Promise<ReadonlyUint8Array> {
  let node = leaf;
  for (const sibling of proof) node = await parent(node, sibling);
  return node;
}

/** The root over leaves and each leaf's proof. A node without a sibling moves up as it is. Throws without leaves. */
export async function merkleTree(leaves: readonly ReadonlyUint8Array[]): Promise<MerkleTree> {
  const proofs: ReadonlyUint8Array[][] = leaves.map(() => []);
  let level = [...leaves];
  for (let height = 0; level.length > 1; height++) {
    proofs.forEach((proof, leaf) => {
      const sibling = level[(leaf >> height) ^ 1];
      if (sibling) proof.push(sibling);
    });
    level = await nextLevel(level);
  }
  const [root] = level;
  if (!root) throw new Error('A statement needs at least one ticker.');
  return { root, proofs };
}

function nextLevel(level: readonly ReadonlyUint8Array[]): Promise<ReadonlyUint8Array[]> {
  const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2));
  return Promise.all(pairs.map(([left, right]) => (right ? parent(left!, right) : left!)));
}

function parent(a: ReadonlyUint8Array, b: ReadonlyUint8Array): Promise<ReadonlyUint8Array> {
  return isBelow(a, b) ? sha256(NODE, a, b) : sha256(NODE, b, a);
}

function isBelow(a: ReadonlyUint8Array, b: ReadonlyUint8Array): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}
