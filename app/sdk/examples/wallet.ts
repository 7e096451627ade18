/** A wallet: what its owner holds, and a transfer in each of the three modes, asked about first. */
import type { Address, KeyPairSigner } from '@solana/kit';
import {
  fetchMintRules,
  fetchTickerView,
  findTokenAccount,
  formatAmount,
  MODE_NAMES,
  parseAmount,
  send,
  sharesFromRawFloor,
  transferPlan,
  type Cluster,
} from '@scrip/sdk';
import { canTransfer } from '@scrip/sdk/gate';

import { newWallet, runIfMain, type Ground } from './ground.ts';
import { register } from './kyc.ts';
import { mintTo } from './mint.ts';

/** A balance as people count: in shares. Token-2022 keeps raw amounts, which a split leaves as they are. */
async function sharesText(cluster: Cluster, mint: Address, owner: Address): Promise<string> {
  const account = await findTokenAccount(mint, owner);
  const [{ value }, { multiplier }] = await Promise.all([
    cluster.rpc.getTokenAccountBalance(account, { commitment: 'confirmed' }).send(),
    fetchTickerView(cluster, mint),
  ]);
  return formatAmount(sharesFromRawFloor(BigInt(value.amount), multiplier));
}

/** Asks whether it would pass, says why not, or sends it: one transaction, whatever the mint's mode. */
async function transfer(cluster: Cluster, from: KeyPairSigner, mint: Address, to: Address, amount: bigint) {
  const verdict = await canTransfer(cluster, { mint, from: from.address, to, amount });
  if (!verdict.passesByPlan) {
    const reasons = [...verdict.source, ...verdict.destination, ...verdict.mint];
    return `refused: ${reasons.map(({ text }) => text).join(' ')}`;
  }
  await send(cluster, from, await transferPlan(cluster, from, mint, to, amount));
  return 'sent';
}

async function example(ground: Ground): Promise<void> {
  const { cluster, mintOf } = ground;
  const [alice, bob, stranger] = [await newWallet(cluster), await newWallet(cluster), await newWallet(cluster)];
  await register(ground, alice, 'alice', alice);
  await register(ground, bob, 'bob', bob);

  for (const symbol of ['AAPLx', 'MSTRx', 'COINx']) {
    const mint = await mintOf(symbol);
    const { mode } = (await fetchTickerView(cluster, mint)).ticker;
    await mintTo(ground, alice, mint, alice.address, parseAmount('2'), mode !== 0);
    const { hook, startsFrozen } = await fetchMintRules(cluster, mint);
    console.log(`${symbol}, ${MODE_NAMES[mode]}: hook ${hook ?? 'none'}, accounts start frozen: ${startsFrozen}`);

    console.log(`  to bob: ${await transfer(cluster, alice, mint, bob.address, parseAmount('0.75'))}`);
    console.log(`  to a stranger: ${await transfer(cluster, alice, mint, stranger.address, parseAmount('0.25'))}`);
    const [hers, his] = [alice, bob].map(({ address }) => sharesText(cluster, mint, address));
    console.log(`  alice holds ${await hers}, bob ${await his} shares`);
  }
}

await runIfMain(import.meta.url, example);
