/** Pyth's `PriceUpdateV2`, as its receiver program stores a fully verified price: 134 bytes. */
import {
  address,
  fixEncoderSize,
  getBytesEncoder,
  getI32Encoder,
  getI64Encoder,
  getStructEncoder,
  getU64Encoder,
  getU8Encoder,
  type ReadonlyUint8Array,
} from '@solana/kit';

/** Pyth's receiver since August 2026: the owner of price accounts. */
export const PYTH_RECEIVER_ADDRESS = address('rec2HHDDnjLfj4kE7VyEtFA1HPGQLK33259532cRyHp');

/** Price, confidence and moving average in units of `10^expo` dollars. */
export type PriceUpdate = Readonly<{
  /** Who may overwrite the account. */
  writeAuthority: ReadonlyUint8Array;
  feedId: ReadonlyUint8Array;
  price: bigint;
  confidence: bigint;
  expo: number;
  publishTime: bigint;
  previousPublishTime: bigint;
  emaPrice: bigint;
  emaConfidence: bigint;
  postedSlot: bigint;
}>;

/** sha256("account:PriceUpdateV2"), the first eight bytes. */
const DISCRIMINATOR = new Uint8Array([0x22, 0xf1, 0x23, 0x63, 0x9d, 0x7e, 0xf4, 0xcd]);
const LEVEL_FULL = 1;
const key = fixEncoderSize(getBytesEncoder(), 32);

const encoder = getStructEncoder([
  ['discriminator', fixEncoderSize(getBytesEncoder(), DISCRIMINATOR.length)],
  ['writeAuthority', key],
  ['level', getU8Encoder()],
  ['feedId', key],
  ['price', getI64Encoder()],
  ['confidence', getU64Encoder()],
  ['expo', getI32Encoder()],
  ['publishTime', getI64Encoder()],
  ['previousPublishTime', getI64Encoder()],
  ['emaPrice', getI64Encoder()],
  ['emaConfidence', getU64Encoder()],
  ['postedSlot', getU64Encoder()],
  // Level Full is a byte shorter than the other one, for which there is room.
  ['unused', getU8Encoder()],
]);

/** The bytes of a price account, fully verified. For tests: a real one is Pyth's to write. */
export function encodePriceUpdate(update: PriceUpdate): ReadonlyUint8Array {
  return encoder.encode({ ...update, discriminator: DISCRIMINATOR, level: LEVEL_FULL, unused: 0 });
}
