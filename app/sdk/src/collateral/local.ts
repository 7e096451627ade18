/** Prices on a local validator: written into accounts owned by the oracle's program, by the validator's own means. */
import type { Address } from '@solana/kit';

import { chainTime, type Cluster } from '../cluster.ts';
import { setLocalAccount } from '../local.ts';
import { findPushPrice } from './pdas.ts';
import { encodePriceUpdate, PYTH_RECEIVER_ADDRESS } from './price.ts';

import type { ReadonlyUint8Array } from '@solana/kit';

/** What a price account holds beyond rent does not matter; Pyth's have about this much. */
const LAMPORTS = 2_000_000;
const EXPO = -8;

/** A price in USD x 10^8, and half the width of its confidence interval. */
export type LocalPrice = Readonly<{
  feedId: ReadonlyUint8Array;
  priceE8: bigint;
  confidenceE8: bigint;
  /** By the chain's clock; now if it is not given. */
  publishTime?: bigint;
}>;

/** Writes a price where the push oracle would keep it, or into `account`. Throws elsewhere than on this machine. */
export async function placePrice(cluster: Cluster, price: LocalPrice, account?: Address): Promise<Address> {
  const { feedId, priceE8, confidenceE8 } = price;
  const publishTime = price.publishTime ?? (await chainTime(cluster));
  const to = account ?? (await findPushPrice(feedId));
  const data = encodePriceUpdate({
    writeAuthority: new Uint8Array(32),
    feedId,
    price: priceE8,
    confidence: confidenceE8,
    expo: EXPO,
    publishTime,
    previousPublishTime: publishTime - 1n,
    emaPrice: priceE8,
    emaConfidence: confidenceE8,
    postedSlot: 0n,
  });
  await setLocalAccount(cluster, to, { owner: PYTH_RECEIVER_ADDRESS, data, lamports: LAMPORTS });
  return to;
}
