/** Merkle trees of reserves and hashes of attestor sets, held against those of the program's own Rust code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, type ReadonlyUint8Array } from '@solana/kit';
import { merkleLeaf, merkleRootOf, merkleTree, setContentsHash } from '@scrip/sdk';

import { readFixture } from './fixtures.ts';

type GoldenTicker = {
  mint: string;
  actionSequence: number;
  settledSharesE8: string;
  receivableSharesE8: string;
  leaf: string;
  proof: string[];
};
type Golden = {
  trees: { root: string; tickers: GoldenTicker[] }[];
  attestorSet: Record<'validFrom' | 'expiresAt' | 'replaces' | 'hash', string> &
    Record<'threshold' | 'count' | 'kinds' | 'overlapSecs', number> & { attestors: string[] };
};

const { trees, attestorSet } = readFixture('hashes_golden') as Golden;
const hex = (data: ReadonlyUint8Array) => Buffer.from(data as Uint8Array).toString('hex');
const leafOf = ({ mint, actionSequence, settledSharesE8, receivableSharesE8 }: GoldenTicker) =>
  merkleLeaf({
    mint: address(mint),
    actionSequence,
    settledSharesE8: BigInt(settledSharesE8),
    receivableSharesE8: BigInt(receivableSharesE8),
  });

for (const { root, tickers } of trees) {
  test(`a statement for ${tickers.length} tickers has the golden leaves, root and proofs`, async () => {
    const leaves = await Promise.all(tickers.map(leafOf));
    assert.deepEqual(
      leaves.map(hex),
      tickers.map(({ leaf }) => leaf),
    );
    const tree = await merkleTree(leaves);
    assert.equal(hex(tree.root), root);
    assert.deepEqual(
      tree.proofs.map((proof) => proof.map(hex)),
      tickers.map(({ proof }) => proof),
    );
    for (const [i, leaf] of leaves.entries()) assert.equal(hex(await merkleRootOf(leaf, tree.proofs[i]!)), root);
  });
}

test('no tickers, no statement', async () => {
  await assert.rejects(merkleTree([]), /at least one ticker/);
});

test('an attestor set has the golden hash: of its own members, not of what lies behind them', async () => {
  const set = {
    ...attestorSet,
    validFrom: BigInt(attestorSet.validFrom),
    expiresAt: BigInt(attestorSet.expiresAt),
    replaces: address(attestorSet.replaces),
    attestors: attestorSet.attestors.map((key) => address(key)),
  };
  assert.equal(hex(await setContentsHash(set)), attestorSet.hash);
  assert.notEqual(hex(await setContentsHash({ ...set, count: 4 })), attestorSet.hash);
});
