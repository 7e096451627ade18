/**
 * The Ed25519 precompile's instruction in the one layout that Scrip accepts. It must stand right
 * before the instruction that consumes the attestation.
 *
 *     n u8 | 0 u8
 *     n x { signature offset u16, 0xFFFF, key offset u16, 0xFFFF, message offset u16, message length u16, 0xFFFF }
 *     n x { key 32 | signature 64 }
 *     message 48
 *
 * 0xFFFF means "in this very instruction".
 */
import {
  address,
  getAddressDecoder,
  getAddressEncoder,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
} from '@solana/kit';

import { MESSAGE_LENGTH, type SignedAttestation } from './attestation.ts';

/** The cluster's own program that verifies Ed25519 signatures. */
export const ED25519_PROGRAM_ADDRESS: Address = address('Ed25519SigVerify111111111111111111111111111');
/** The same as the largest attestor set. */
export const MAX_SIGNERS = 16;

const PREFIX = 2;
const RECORD = 14;
const KEY = 32;
const SIGNATURE = 64;
const THIS_INSTRUCTION = 0xffff;

/** The instruction that has the cluster verify an attestation's signatures. Throws unless there are 1 to 16. */
export function ed25519Instruction(attestation: SignedAttestation): Instruction & { data: ReadonlyUint8Array } {
  return { programAddress: ED25519_PROGRAM_ADDRESS, accounts: [], data: ed25519Data(attestation) };
}

/** Its data alone. */
export function ed25519Data({ message, signatures }: SignedAttestation): Uint8Array {
  const count = signatures.length;
  if (count < 1 || count > MAX_SIGNERS)
    throw new Error(`An attestation carries 1 to ${MAX_SIGNERS} signatures, not ${count}.`);
  if (message.length !== MESSAGE_LENGTH)
    throw new Error(`An attestation's message has ${MESSAGE_LENGTH} bytes, not ${message.length}.`);

  const keysAt = PREFIX + RECORD * count;
  const messageAt = keysAt + (KEY + SIGNATURE) * count;
  const data = new Uint8Array(messageAt + message.length);
  const view = new DataView(data.buffer);
  const encoder = getAddressEncoder();
  data[0] = count;
  signatures.forEach(({ attestor, signature }, index) => {
    if (signature.length !== SIGNATURE) throw new Error(`A signature has ${SIGNATURE} bytes, not ${signature.length}.`);
    const keyAt = keysAt + (KEY + SIGNATURE) * index;
    const record = [
      keyAt + KEY,
      THIS_INSTRUCTION,
      keyAt,
      THIS_INSTRUCTION,
      messageAt,
      message.length,
      THIS_INSTRUCTION,
    ];
    record.forEach((field, i) => view.setUint16(PREFIX + RECORD * index + 2 * i, field, true));
    data.set(encoder.encode(attestor), keyAt);
    data.set(signature, keyAt + KEY);
  });
  data.set(message, messageAt);
  return data;
}

/**
 * Reads an Ed25519 instruction's data back: what was signed and by whom. It must have the one layout that
 * `ed25519Data` makes; throws otherwise. Whether the signatures are true it does not tell: `areSignaturesTrue` does.
 */
export function parseEd25519Data(data: ReadonlyUint8Array): SignedAttestation {
  const count = data[0] ?? 0;
  const keysAt = PREFIX + RECORD * count;
  const messageAt = keysAt + (KEY + SIGNATURE) * count;
  const signatures = Array.from({ length: count }, (_, index) => {
    const keyAt = keysAt + (KEY + SIGNATURE) * index;
    const signature = data.slice(keyAt + KEY, keyAt + KEY + SIGNATURE);
    return { key: data.slice(keyAt, keyAt + KEY), signature };
  });
  const whole = count >= 1 && count <= MAX_SIGNERS && data.length === messageAt + MESSAGE_LENGTH;
  const attestation = whole && {
    message: data.slice(messageAt),
    signatures: signatures.map(({ key, signature }) => ({ attestor: getAddressDecoder().decode(key), signature })),
  };
  if (!attestation || !ed25519Data(attestation).every((byte, i) => byte === data[i])) {
    throw new Error('the data is no Ed25519 instruction of an attestation.');
  }
  return attestation;
}
