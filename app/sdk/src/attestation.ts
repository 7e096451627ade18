/**
 * What a custodian's attestors sign: `scrip-attest-v1` || kind || sha256(Borsh body), 48 bytes.
 * Integers are little-endian, every body has a fixed length. The same golden bytes hold this module
 * and the program's.
 */
import {
  fixEncoderSize,
  getAddressEncoder,
  getBytesEncoder,
  getI64Encoder,
  getStructEncoder,
  getU128Encoder,
  getU32Encoder,
  getU64Encoder,
  signBytes,
  type Address,
  type Encoder,
  type KeyPairSigner,
  type ReadonlyUint8Array,
} from '@solana/kit';

const DOMAIN = new TextEncoder().encode('scrip-attest-v1');
export const MESSAGE_LENGTH = 48;

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

/** The mask of kinds that an attestor set may sign. */
export function kindsMask(kinds: readonly Kind[]): number {
  return kinds.reduce<number>((mask, kind) => mask | (1 << kind), 0);
}

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

/** `amount` (raw) may be minted to `owner`, once. */
export type MintBody = Readonly<{
  header: Header;
  actionSequence: number;
  owner: Address;
  amount: bigint;
  statement: ReserveStatement;
}>;

/** `amount` (raw) of a redemption has been paid out and may be burned. */
export type SettleBody = Readonly<{
  header: Header;
  actionSequence: number;
  redemption: Address;
  amount: bigint;
  payoutReference: ReadonlyUint8Array;
}>;

const bytes32 = () => fixEncoderSize(getBytesEncoder(), 32);

const headerEncoder = getStructEncoder([
  ['genesisHash', bytes32()],
  ['programId', getAddressEncoder()],
  ['subject', getAddressEncoder()],
  ['attestorSet', getAddressEncoder()],
  ['nonce', getU64Encoder()],
  ['issuedAt', getI64Encoder()],
  ['expiresAt', getI64Encoder()],
]);

const statementEncoder = getStructEncoder([
  ['asOf', getI64Encoder()],
  ['settledSharesE8', getU128Encoder()],
  ['receivableSharesE8', getU128Encoder()],
]);

const mintBodyEncoder: Encoder<MintBody> = getStructEncoder([
  ['header', headerEncoder],
  ['actionSequence', getU32Encoder()],
  ['owner', getAddressEncoder()],
  ['amount', getU64Encoder()],
  ['statement', statementEncoder],
]);

const settleBodyEncoder: Encoder<SettleBody> = getStructEncoder([
  ['header', headerEncoder],
  ['actionSequence', getU32Encoder()],
  ['redemption', getAddressEncoder()],
  ['amount', getU64Encoder()],
  ['payoutReference', bytes32()],
]);

/** Borsh bytes of a mint's body: 236. */
export function encodeMintBody(body: MintBody): ReadonlyUint8Array {
  require32(body.header.genesisHash, 'a genesis hash');
  return mintBodyEncoder.encode(body);
}

/** Borsh bytes of a settlement's body: 228. */
export function encodeSettleBody(body: SettleBody): ReadonlyUint8Array {
  require32(body.header.genesisHash, 'a genesis hash');
  require32(body.payoutReference, 'a payout reference');
  return settleBodyEncoder.encode(body);
}

/** The 48 bytes that attestors sign. */
export async function attestationMessage(kind: Kind, body: ReadonlyUint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(body));
  const message = new Uint8Array(MESSAGE_LENGTH);
  message.set(DOMAIN);
  message[DOMAIN.length] = kind;
  message.set(new Uint8Array(digest), DOMAIN.length + 1);
  return message;
}

export type AttestorSignature = Readonly<{ attestor: Address; signature: ReadonlyUint8Array }>;

/** A message and the signatures gathered for it, ready for the Ed25519 instruction. */
export type SignedAttestation = Readonly<{
  message: ReadonlyUint8Array;
  signatures: readonly AttestorSignature[];
}>;

/** Signs a message with each of the attestors' keys. */
export async function signAttestation(
  message: ReadonlyUint8Array,
  attestors: readonly KeyPairSigner[],
): Promise<SignedAttestation> {
  const signatures = await Promise.all(
    attestors.map(async ({ address, keyPair }) => ({
      attestor: address,
      signature: await signBytes(keyPair.privateKey, message),
    })),
  );
  return { message, signatures };
}

export async function signMint(body: MintBody, attestors: readonly KeyPairSigner[]): Promise<SignedAttestation> {
  return signAttestation(await attestationMessage(Kind.Mint, encodeMintBody(body)), attestors);
}

export async function signSettle(body: SettleBody, attestors: readonly KeyPairSigner[]): Promise<SignedAttestation> {
  return signAttestation(await attestationMessage(Kind.Settle, encodeSettleBody(body)), attestors);
}

/** The encoder would cut or pad in silence. */
function require32(bytes: ReadonlyUint8Array, what: string): void {
  if (bytes.length !== 32) throw new Error(`${what} has 32 bytes, not ${bytes.length}.`);
}
