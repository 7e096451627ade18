/**
 * An attestation judged off chain, as the program would: what it says, who signed it, whether that is a quorum
 * now. For an attestor before signing, an auditor after; nothing is sent.
 */
import {
  getPublicKeyFromAddress,
  verifySignature,
  type Address,
  type ReadonlyUint8Array,
  type SignatureBytes,
} from '@solana/kit';

import { attestationMessage, DOMAIN, MESSAGE_LENGTH, type SignedAttestation } from './attestation.ts';
import { decodeBody, encodeBody, Kind, kindOf, type Bodies, type BodyKind } from './bodies.ts';
import { chainTime, type Cluster } from './cluster.ts';
import { fetchAttestorSet, type AttestorSet } from './generated/issuer/accounts/index.ts';
import { sha256 } from './hash.ts';

/** What a set says that decides whether its signatures count. */
export type SetTerms = Pick<
  AttestorSet,
  'attestors' | 'count' | 'threshold' | 'kinds' | 'status' | 'validFrom' | 'expiresAt' | 'custodian'
>;

/** The set's address and contents, the second at which it is judged, and the chain and program that it must be for. */
export type Judge = Readonly<{
  setAddress: Address;
  set: SetTerms;
  now: bigint;
  genesisHash: ReadonlyUint8Array;
  programId: Address;
}>;

/** What an attestation is worth, and why. */
export type Verification<K extends BodyKind = BodyKind> = Readonly<{
  /** It would be taken now, were its nonce unused and its subject's state as it says. */
  valid: boolean;
  kind: K;
  body: Bodies[K];
  /** Members of the set whose signatures are true, each once. */
  signers: readonly Address[];
  /** What is wrong, each as a sentence; none if `valid`. */
  problems: readonly string[];
}>;

const SET_ACTIVE = 0;
/** How far ahead of the chain's clock an attestation may be issued: the program's constant of this name. */
export const CLOCK_TOLERANCE_SECS = 60n;
/** The longest life of a quote: the program's constant of this name. */
export const MAX_QUOTE_LIFETIME_SECS = 60n;
/** The longest life of any other attestation: the program's constant of this name. */
export const MAX_ATTESTATION_LIFETIME_SECS = 7n * 24n * 60n * 60n;

/** Reads a body of which only the bytes are known. Throws on a kind of a later release. */
export function readBody(kind: number, bytes: ReadonlyUint8Array): { kind: BodyKind; body: Bodies[BodyKind] } {
  const name = kindOf(kind);
  if (name === undefined) throw new Error(`this SDK knows no attestation of kind ${kind}.`);
  return { kind: name, body: decodeBody(name, bytes) };
}

/** Judges an attestation by a set that was read already. */
export async function verifyAttestation<K extends BodyKind>(
  kind: K,
  body: Bodies[K],
  signed: SignedAttestation,
  judge: Judge,
): Promise<Verification<K>> {
  const { set } = judge;
  const message = await attestationMessage(Kind[kind], encodeBody(kind, body));
  const members = new Set(set.attestors.slice(0, set.count));
  const counted = new Set<Address>();
  const problems = [...termsProblems(kind, judge), ...headerProblems(kind, body, judge)];
  if (!sameBytes(message, signed.message)) problems.push('What was signed is not this: the digests differ.');
  for (const { attestor, signature } of signed.signatures) {
    const isTrue = await verifySignature(
      await getPublicKeyFromAddress(attestor),
      signature as SignatureBytes,
      signed.message,
    );
    if (!isTrue) problems.push(`The signature of ${attestor} is false.`);
    else if (!members.has(attestor)) problems.push(`${attestor} is no member of the set.`);
    else if (counted.has(attestor)) problems.push(`${attestor} signed twice: it counts once.`);
    else counted.add(attestor);
  }
  if (counted.size < set.threshold) {
    problems.push(`${counted.size} of the ${set.threshold} signatures that the set asks for.`);
  }
  return { valid: problems.length === 0, kind, body, signers: [...counted], problems };
}

/** The same with the set and the time read from the chain that the connection is for. */
export async function fetchVerification<K extends BodyKind>(
  cluster: Cluster,
  kind: K,
  body: Bodies[K],
  signed: SignedAttestation,
): Promise<Verification<K>> {
  const setAddress = body.header.attestorSet;
  const [{ data: set }, now] = await Promise.all([fetchAttestorSet(cluster.rpc, setAddress), chainTime(cluster)]);
  const { genesisHash, programId } = cluster;
  return verifyAttestation(kind, body, signed, { setAddress, set, now, genesisHash, programId });
}

/** The kind of a message and the digest of its body. Throws on bytes that are no attestation's message. */
export function parseMessage(message: ReadonlyUint8Array): { kind: number; digest: ReadonlyUint8Array } {
  if (message.length !== MESSAGE_LENGTH || !DOMAIN.every((byte, i) => message[i] === byte)) {
    throw new Error('the bytes are no message of an attestation.');
  }
  return { kind: message[DOMAIN.length]!, digest: message.slice(DOMAIN.length + 1) };
}

/** Whether a message is of this body: what a signer checks before it signs bytes that it was handed. */
export async function isMessageOf(message: ReadonlyUint8Array, kind: BodyKind, body: ReadonlyUint8Array) {
  const parsed = parseMessage(message);
  return parsed.kind === Kind[kind] && sameBytes(parsed.digest, await sha256(body));
}

function termsProblems(kind: BodyKind, { set, now }: Judge): string[] {
  const problems: string[] = [];
  if (set.status !== SET_ACTIVE) problems.push('The set is proposed, and not active yet.');
  if (now < set.validFrom) problems.push(`The set counts from second ${set.validFrom} on.`);
  if (now >= set.expiresAt) problems.push(`The set has counted until second ${set.expiresAt}.`);
  if (((set.kinds >> Kind[kind]) & 1) === 0) problems.push(`The set may not sign attestations of kind ${kind}.`);
  return problems;
}

function headerProblems<K extends BodyKind>(kind: K, { header }: Bodies[K], judge: Judge): string[] {
  const { issuedAt, expiresAt } = header;
  const longest = kind === 'Quote' ? MAX_QUOTE_LIFETIME_SECS : MAX_ATTESTATION_LIFETIME_SECS;
  const lifetime = expiresAt - issuedAt;
  const checks: readonly (readonly [wrong: boolean, text: string])[] = [
    [!sameBytes(header.genesisHash, judge.genesisHash), 'It is for another chain.'],
    [header.programId !== judge.programId, `It is for another program, ${header.programId}.`],
    [header.attestorSet !== judge.setAddress, `It is for another attestor set, ${header.attestorSet}.`],
    [lifetime <= 0n || lifetime > longest, `It lives ${lifetime} seconds; 1 to ${longest} are allowed.`],
    [issuedAt > judge.now + CLOCK_TOLERANCE_SECS, `It is issued in the future, at second ${issuedAt}.`],
    [judge.now >= expiresAt, `It expired at second ${expiresAt}.`],
  ];
  return checks.filter(([wrong]) => wrong).map(([, text]) => text);
}

function sameBytes(a: ReadonlyUint8Array, b: ReadonlyUint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
