/**
 * What a custodian's attestors sign: `scrip-attest-v1` || kind || sha256(Borsh body), 48 bytes, and
 * the signatures gathered for it.
 */
import {
  signBytes,
  verifySignature,
  getPublicKeyFromAddress,
  type Address,
  type KeyPairSigner,
  type ReadonlyUint8Array,
  type SignatureBytes,
} from '@solana/kit';

import { encodeBody, Kind, type Bodies, type BodyKind } from './bodies.ts';
import { sha256 } from './hash.ts';

/** What every message begins with: it can never be a transaction's. */
export const DOMAIN = new TextEncoder().encode('scrip-attest-v1');
/** Bytes of what attestors sign. */
export const MESSAGE_LENGTH = 48;

/** The mask of kinds that an attestor set may sign. */
export function kindsMask(kinds: readonly Kind[]): number {
  return kinds.reduce<number>((mask, kind) => mask | (1 << kind), 0);
}

/** The 48 bytes that attestors sign. */
export async function attestationMessage(kind: Kind, body: ReadonlyUint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const message = new Uint8Array(MESSAGE_LENGTH);
  message.set(DOMAIN);
  message[DOMAIN.length] = kind;
  message.set(await sha256(body), DOMAIN.length + 1);
  return message;
}

/** An attestor's public key and its 64 bytes under the message. */
export type AttestorSignature = Readonly<{ attestor: Address; signature: ReadonlyUint8Array }>;

/** A message and the signatures gathered for it, ready for the Ed25519 instruction. */
export type SignedAttestation = Readonly<{
  message: ReadonlyUint8Array;
  signatures: readonly AttestorSignature[];
}>;

/** What was said, and who signed it. */
export type Attested<K extends BodyKind> = Readonly<{ kind: K; body: Bodies[K]; signed: SignedAttestation }>;

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

/** Signs a body with each of the attestors' keys. */
export async function signBody<K extends BodyKind>(
  kind: K,
  body: Bodies[K],
  attestors: readonly KeyPairSigner[],
): Promise<Attested<K>> {
  const message = await attestationMessage(Kind[kind], encodeBody(kind, body));
  return { kind, body, signed: await signAttestation(message, attestors) };
}

/**
 * Puts signatures together that attestors made each on its own machine. Throws unless all of them
 * are of the same message; one that is there twice counts once.
 */
export function joinSignatures(parts: readonly SignedAttestation[]): SignedAttestation {
  const [first] = parts;
  if (!first) throw new Error('There are no signatures to join.');
  const signatures = new Map<Address, AttestorSignature>();
  for (const part of parts) {
    if (!sameBytes(part.message, first.message)) throw new Error('These signatures are not of the same message.');
    for (const one of part.signatures) signatures.set(one.attestor, one);
  }
  return { message: first.message, signatures: [...signatures.values()] };
}

/** Whether each signature is its attestor's: a wrong one would fail the whole transaction. */
export async function areSignaturesTrue({ message, signatures }: SignedAttestation): Promise<boolean> {
  const checks = signatures.map(async ({ attestor, signature }) =>
    verifySignature(await getPublicKeyFromAddress(attestor), signature as SignatureBytes, message),
  );
  return (await Promise.all(checks)).every(Boolean);
}

function sameBytes(a: ReadonlyUint8Array, b: ReadonlyUint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
