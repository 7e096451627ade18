/** The answers of `value` and `status`: programs/interface/src/collateral/valuation.rs says their layout. */
import {
  fixDecoderSize,
  getAddressDecoder,
  getArrayDecoder,
  getBytesDecoder,
  getF64Decoder,
  getI64Decoder,
  getStructDecoder,
  getU16Decoder,
  getU32Decoder,
  getU64Decoder,
  getU8Decoder,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';

import { leaveFlags, SESSIONS, valueReasonsOf, type SessionName, type ValueReason } from './flags.ts';

/** Which instruction answered. */
export const AnswerKind = { Value: 1, Status: 2 } as const;
export type AnswerKind = (typeof AnswerKind)[keyof typeof AnswerKind];

const VERSION = 1;
const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 176;
const BPS = 10_000n;

/** What one amount of one mint is worth, and what it may be used for. Prices are USD x 10^8 of a whole token. */
export type Valuation = Readonly<{
  mint: Address;
  /** Of the rules as they were last loosened. */
  configHash: ReadonlyUint8Array;
  raw: bigint;
  floorPriceE8: bigint;
  midPriceE8: bigint;
  ceilingPriceE8: bigint;
  floorValueE8: bigint;
  midValueE8: bigint;
  ceilingValueE8: bigint;
  confidenceE8: bigint;
  publishTime: bigint;
  multiplier: number;
  /** 0 if none is pending. */
  nextMultiplier: number;
  nextEffectiveAt: bigint;
  reasonBits: number;
  ageSecs: number;
  haircutBps: number;
  /** As the program decided; `allowed` knows about reasons of later releases too. */
  flags: number;
  session: number;
  configVersion: number;
}>;

const entryDecoder = getStructDecoder([
  ['mint', getAddressDecoder()],
  ['configHash', fixDecoderSize(getBytesDecoder(), 32)],
  ['raw', getU64Decoder()],
  ['floorPriceE8', getU64Decoder()],
  ['midPriceE8', getU64Decoder()],
  ['ceilingPriceE8', getU64Decoder()],
  ['floorValueE8', getU64Decoder()],
  ['midValueE8', getU64Decoder()],
  ['ceilingValueE8', getU64Decoder()],
  ['confidenceE8', getU64Decoder()],
  ['publishTime', getI64Decoder()],
  ['multiplier', getF64Decoder()],
  ['nextMultiplier', getF64Decoder()],
  ['nextEffectiveAt', getI64Decoder()],
  ['reasonBits', getU32Decoder()],
  ['ageSecs', getU32Decoder()],
  ['haircutBps', getU16Decoder()],
  ['flags', getU8Decoder()],
  ['session', getU8Decoder()],
  ['configVersion', getU32Decoder()],
]);

const headerDecoder = getStructDecoder([
  ['version', getU8Decoder()],
  ['kind', getU8Decoder()],
  ['entryLength', getU16Decoder()],
  ['count', getU8Decoder()],
  ['zeros', getArrayDecoder(getU8Decoder(), { size: 3 })],
]);

/** The entries of return data. Longer ones are of a later release, whose further fields are not read. Throws for what is no answer of this kind. */
export function decodeValuations(kind: AnswerKind, data: ReadonlyUint8Array): Valuation[] {
  if (data.length < HEADER_LENGTH) throw new Error('the answer is no valuation: it is too short.');
  const header = headerDecoder.decode(data);
  const whole = data.length === HEADER_LENGTH + header.entryLength * header.count;
  if (header.version !== VERSION || header.kind !== kind || header.entryLength < ENTRY_LENGTH || !whole) {
    throw new Error('the answer is no valuation of a version and kind that this SDK knows.');
  }
  return Array.from({ length: header.count }, (_, i) =>
    entryDecoder.decode(data, HEADER_LENGTH + i * header.entryLength),
  );
}

/** What may be done: bits of `Flag`. */
export const allowed = ({ reasonBits, flags }: Valuation): number => leaveFlags(reasonBits, flags);

/** Why an answer allows less than everything, in words. */
export const reasonsFor = ({ reasonBits }: Valuation): ValueReason[] => valueReasonsOf(reasonBits);

/** The session by which an answer was given. */
export const sessionName = ({ session }: Valuation): SessionName | `session ${number}` =>
  SESSIONS[session] ?? `session ${session}`;

/** What new debt may count on: the floor less the haircut, rounded down. */
export function collateralValueE8({ floorValueE8, haircutBps }: Valuation): bigint {
  const keep = BPS - BigInt(Math.min(haircutBps, Number(BPS)));
  return (floorValueE8 * keep) / BPS;
}

/** By what a liquidation judges: the middle, or the ceiling while it is not settled which multiplier a price goes with. */
export function liquidationValueE8(valuation: Valuation): bigint {
  const unsettled = reasonsFor(valuation).some(({ name }) => name === 'ACTION_PENDING' || name === 'ACTION_WINDOW');
  return unsettled ? valuation.ceilingValueE8 : valuation.midValueE8;
}
