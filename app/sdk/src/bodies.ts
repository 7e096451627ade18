/**
 * What each kind of attestation says. Integers are little-endian, every body has a fixed length: the
 * same golden bytes hold this module and the program's.
 */
import {
  fixCodecSize,
  getAddressCodec,
  getBytesCodec,
  getI64Codec,
  getStructCodec,
  getU128Codec,
  getU16Codec,
  getU32Codec,
  getU64Codec,
  getU8Codec,
  isFixedSize,
  transformCodec,
  type Address,
  type Codec,
  type ReadonlyUint8Array,
} from '@solana/kit';

/** What an attestation is about; the number is part of the message and the bit of a kinds mask. */
export const Kind = {
  Mint: 0,
  Reserve: 1,
  Statement: 2,
  Acknowledge: 3,
  Settle: 4,
  Reject: 5,
  Quote: 6,
  Action: 7,
  Attestors: 8,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Which way the shares of a quote go. */
export const Side = { Subscribe: 0, Redeem: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];

/** What a quorum may decide about its own custodian's attestors. */
export const Decision = {
  /** `target`: the proposed set. `value`: the hash of its contents. */
  ActivateSet: 0,
  /** `target`: the custodian. `value`: the key. */
  RemoveAttestor: 1,
  /** `target`: the mint. `value`: the next custodian. */
  ChangeCustodian: 2,
} as const;
export type Decision = (typeof Decision)[keyof typeof Decision];

/** What a quorum signs about a corporate action. */
export const Step = { Announce: 0, Schedule: 1, Cancel: 2 } as const;
export type Step = (typeof Step)[keyof typeof Step];

/** What every body starts with. Times are seconds since 1970. */
export type Header = Readonly<{
  genesisHash: ReadonlyUint8Array;
  programId: Address;
  /** The mint; the custodian for kinds that are not about one ticker. */
  subject: Address;
  attestorSet: Address;
  nonce: bigint;
  issuedAt: bigint;
  /** The first second at which the attestation no longer counts. */
  expiresAt: bigint;
}>;

/** The custodian's count of the shares it holds for one ticker, in units of 10^-8 share. */
export type ReserveStatement = Readonly<{
  asOf: bigint;
  settledSharesE8: bigint;
  receivableSharesE8: bigint;
}>;

/** Of a quote to redeem: an exit needs no reserves. */
export const NO_STATEMENT: ReserveStatement = { asOf: 0n, settledSharesE8: 0n, receivableSharesE8: 0n };

/** About one ticker: nothing signed before a corporate action counts after it. */
export type AboutTicker = Readonly<{ header: Header; actionSequence: number }>;

/** About one redemption, by its address and the number of the event that opened it: the address may be used again. */
export type AboutRedemption = AboutTicker & Readonly<{ redemption: Address; request: bigint }>;

/** `amount` (raw) may be minted to `owner`, once. */
export type MintBody = AboutTicker & Readonly<{ owner: Address; amount: bigint; statement: ReserveStatement }>;

/** What the custodian holds for one ticker. */
export type ReserveBody = AboutTicker & Readonly<{ statement: ReserveStatement }>;

/** What the custodian holds for all its tickers: the root over `merkleLeaf` of each. */
export type StatementBody = Readonly<{ header: Header; asOf: bigint; root: ReadonlyUint8Array }>;

/** The custodian has taken up a redemption and will pay it. */
export type AcknowledgeBody = AboutRedemption;

/** `amount` (raw) of a redemption has been paid out and may be burned. */
export type SettleBody = AboutRedemption & Readonly<{ amount: bigint; payoutReference: ReadonlyUint8Array }>;

/** The custodian will not pay a redemption, for a reason of its own numbering. */
export type RejectBody = AboutRedemption & Readonly<{ reason: number }>;

/** `amount` (raw) may be traded once for `cashAmount`, in the smallest unit of the cash mint. */
export type QuoteBody = AboutTicker &
  Readonly<{
    side: Side;
    owner: Address;
    amount: bigint;
    cashMint: Address;
    cashAmount: bigint;
    statement: ReserveStatement;
  }>;

/** One step of a corporate action. */
export type ActionBody = AboutTicker &
  Readonly<{
    step: Step;
    /** Number of the event that announced it; 0 for the announcement itself. */
    request: bigint;
    /** sha256 of the Borsh bytes of its terms. */
    termsHash: ReadonlyUint8Array;
    /** Zeros but for a step that schedules: when, and what is held from then on. */
    effectiveAt: bigint;
    settledAfterE8: bigint;
    receivableAfterE8: bigint;
  }>;

/** A decision about the custodian's attestors. */
export type AttestorsBody = Readonly<{
  header: Header;
  decision: Decision;
  target: Address;
  value: ReadonlyUint8Array;
}>;

/** The body of each kind that has one. */
export type Bodies = {
  Mint: MintBody;
  Reserve: ReserveBody;
  Statement: StatementBody;
  Acknowledge: AcknowledgeBody;
  Settle: SettleBody;
  Reject: RejectBody;
  Quote: QuoteBody;
  Action: ActionBody;
  Attestors: AttestorsBody;
};
/** The name of a kind, as in `Kind`. */
export type BodyKind = keyof Bodies;

/** The codec of a fixed size alone would cut or pad in silence. */
function bytes32(what: string): Codec<ReadonlyUint8Array> {
  return transformCodec(fixCodecSize(getBytesCodec(), 32), (bytes: ReadonlyUint8Array) => {
    if (bytes.length !== 32) throw new Error(`${what} has 32 bytes, not ${bytes.length}.`);
    return bytes;
  });
}

/** A byte that stands for one of a few words. Reading any other throws. */
function oneOf<T extends number>(what: string, words: Readonly<Record<string, T>>): Codec<T> {
  return transformCodec(
    getU8Codec(),
    (word: T) => word,
    (number) => {
      const found = Object.values(words).find((word) => word === number);
      if (found === undefined) throw new Error(`${number} is no ${what} that this SDK knows.`);
      return found;
    },
  );
}

const header = getStructCodec([
  ['genesisHash', bytes32('a genesis hash')],
  ['programId', getAddressCodec()],
  ['subject', getAddressCodec()],
  ['attestorSet', getAddressCodec()],
  ['nonce', getU64Codec()],
  ['issuedAt', getI64Codec()],
  ['expiresAt', getI64Codec()],
]);

const statement = getStructCodec([
  ['asOf', getI64Codec()],
  ['settledSharesE8', getU128Codec()],
  ['receivableSharesE8', getU128Codec()],
]);

const aboutTicker = [
  ['header', header],
  ['actionSequence', getU32Codec()],
] as const;

const aboutRedemption = [...aboutTicker, ['redemption', getAddressCodec()], ['request', getU64Codec()]] as const;

const CODECS: { [K in BodyKind]: Codec<Bodies[K]> } = {
  Mint: getStructCodec([
    ...aboutTicker,
    ['owner', getAddressCodec()],
    ['amount', getU64Codec()],
    ['statement', statement],
  ]),
  Reserve: getStructCodec([...aboutTicker, ['statement', statement]]),
  Statement: getStructCodec([
    ['header', header],
    ['asOf', getI64Codec()],
    ['root', bytes32('a root')],
  ]),
  Acknowledge: getStructCodec([...aboutRedemption]),
  Settle: getStructCodec([
    ...aboutRedemption,
    ['amount', getU64Codec()],
    ['payoutReference', bytes32('a payout reference')],
  ]),
  Reject: getStructCodec([...aboutRedemption, ['reason', getU16Codec()]]),
  Quote: getStructCodec([
    ...aboutTicker,
    ['side', oneOf('side', Side)],
    ['owner', getAddressCodec()],
    ['amount', getU64Codec()],
    ['cashMint', getAddressCodec()],
    ['cashAmount', getU64Codec()],
    ['statement', statement],
  ]),
  Action: getStructCodec([
    ...aboutTicker,
    ['step', oneOf('step', Step)],
    ['request', getU64Codec()],
    ['termsHash', bytes32('a hash of terms')],
    ['effectiveAt', getI64Codec()],
    ['settledAfterE8', getU128Codec()],
    ['receivableAfterE8', getU128Codec()],
  ]),
  Attestors: getStructCodec([
    ['header', header],
    ['decision', oneOf('decision', Decision)],
    ['target', getAddressCodec()],
    ['value', bytes32('a decision')],
  ]),
};

/** Borsh bytes of a body. */
export function encodeBody<K extends BodyKind>(kind: K, body: Bodies[K]): ReadonlyUint8Array {
  return CODECS[kind].encode(body);
}

/** Reads the Borsh bytes of a body. Throws on bytes too few or too many. */
export function decodeBody<K extends BodyKind>(kind: K, bytes: ReadonlyUint8Array): Bodies[K] {
  const size = bodySize(kind);
  if (bytes.length !== size) throw new Error(`a body of kind ${kind} has ${size} bytes, not ${bytes.length}.`);
  return CODECS[kind].decode(bytes);
}

/** How many bytes the body of a kind has. */
export function bodySize(kind: BodyKind): number {
  const codec = CODECS[kind];
  if (!isFixedSize(codec)) throw new Error(`bodies of kind ${kind} have no fixed length.`);
  return codec.fixedSize;
}

/** The kind of a number, as messages and posted attestations have it; undefined for one of a later release. */
export function kindOf(number: number): BodyKind | undefined {
  const found = Object.entries(Kind).find(([, value]) => value === number);
  return found?.[0] as BodyKind | undefined;
}
