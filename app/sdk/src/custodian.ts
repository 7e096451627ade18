/**
 * The custodian's side: attestations of today, with the next nonce, the ticker's action sequence and
 * the redemption's number read from the chain. For tests, demos and signing services that hold the
 * attestors' keys. The time is the chain's, never the machine's.
 */
import { getAddressEncoder, type Address, type KeyPairSigner, type ReadonlyUint8Array } from '@solana/kit';

import { actionTermsHash, fetchActionView, type ActionTerms } from './actions.ts';
import { signBody, type Attested } from './attestation.ts';
import {
  Decision,
  NO_STATEMENT,
  Side,
  Step,
  type Bodies,
  type BodyKind,
  type Header,
  type ReserveStatement,
} from './bodies.ts';
import { chainTime, type Cluster } from './cluster.ts';
import { fetchAttestorSet, fetchCustodian, fetchRedemption, fetchTicker } from './generated/issuer/accounts/index.ts';
import { merkleLeaf, merkleTree, type TickerReserves } from './merkle.ts';
import { nextNonce } from './nonces.ts';
import { findTicker } from './pdas.ts';
import { setContentsHash } from './plans/attestors.ts';
import { fetchNextNonce } from './views.ts';

/** Long enough to gather signatures and land, short enough that a leaked one is worth little. */
export const DEFAULT_LIFETIME_SECS = 600n;
/** The longest that the program accepts for a quote. */
export const QUOTE_LIFETIME_SECS = 60n;

/** An attestor set and those of its members who sign here. */
export type Quorum = Readonly<{ attestorSet: Address; signers: readonly KeyPairSigner[] }>;

/** What the custodian holds; `asOf` defaults to the chain's time. */
export type Reserves = Omit<ReserveStatement, 'asOf'> & Readonly<{ asOf?: bigint }>;

/** An attestation about one ticker. */
export type Order = Readonly<{
  mint: Address;
  /** Defaults to the next unused one. */
  nonce?: bigint;
}>;
/** An attestation about one redemption, by its address. */
export type RedemptionOrder = Order & Readonly<{ redemption: Address }>;

/** What may be minted to whom, and what is held. `amount` is raw. */
export type MintOrder = Order & Readonly<{ owner: Address; amount: bigint; reserves: Reserves }>;
/** What is held for one ticker. */
export type ReserveOrder = Order & Readonly<{ reserves: Reserves }>;
/** What has been paid out of a redemption (raw), and sha256 of the payment's reference. */
export type SettleOrder = RedemptionOrder & Readonly<{ amount: bigint; payoutReference: ReadonlyUint8Array }>;
/** A trade of shares for cash: `amount` is raw. */
export type QuoteOrder = Order &
  Readonly<{
    side: Side;
    owner: Address;
    amount: bigint;
    cashMint: Address;
    /** In the smallest unit of the cash mint. */
    cashAmount: bigint;
    /** What is held, for a subscription; a redemption needs none. */
    reserves?: Reserves;
  }>;

/** Attests that `amount` may be minted to `owner`, and what is held. */
export async function attestMint(cluster: Cluster, quorum: Quorum, order: MintOrder): Promise<Attested<'Mint'>> {
  const about = await aboutTicker(cluster, quorum, order);
  const statement = { asOf: about.header.issuedAt, ...order.reserves };
  return signBody('Mint', { ...about, owner: order.owner, amount: order.amount, statement }, quorum.signers);
}

/** Attests what is held for one ticker. */
export async function attestReserves(
  cluster: Cluster,
  quorum: Quorum,
  order: ReserveOrder,
): Promise<Attested<'Reserve'>> {
  const about = await aboutTicker(cluster, quorum, order);
  return signBody(
    'Reserve',
    { ...about, statement: { asOf: about.header.issuedAt, ...order.reserves } },
    quorum.signers,
  );
}

/** A custodian's statement for several tickers, and what `applyStatementPlan` needs for each of them. */
export type AttestedHoldings = Readonly<{
  attested: Attested<'Statement'>;
  tickers: readonly Readonly<{ reserves: TickerReserves; proof: readonly ReadonlyUint8Array[] }>[];
}>;

/** Attests what is held for all of a custodian's tickers, by one root. */
export async function attestStatement(
  cluster: Cluster,
  quorum: Quorum,
  custodian: Address,
  holdings: readonly Readonly<{ mint: Address; settledSharesE8: bigint; receivableSharesE8: bigint }>[],
): Promise<AttestedHoldings> {
  const reserves = await Promise.all(
    holdings.map(async (one) => ({ ...one, actionSequence: await actionSequenceOf(cluster, one.mint) })),
  );
  const { root, proofs } = await merkleTree(await Promise.all(reserves.map(merkleLeaf)));
  const header = await headerOf(cluster, quorum, custodian, await custodianNonce(cluster, custodian));
  const attested = await signBody('Statement', { header, asOf: header.issuedAt, root }, quorum.signers);
  return { attested, tickers: reserves.map((one, i) => ({ reserves: one, proof: proofs[i]! })) };
}

/** Attests that a redemption has been taken up and will be paid. */
export async function attestAcknowledge(
  cluster: Cluster,
  quorum: Quorum,
  order: RedemptionOrder,
): Promise<Attested<'Acknowledge'>> {
  return signBody('Acknowledge', await aboutRedemption(cluster, quorum, order), quorum.signers);
}

/** Attests that `amount` of a redemption has been paid out. */
export async function attestSettle(cluster: Cluster, quorum: Quorum, order: SettleOrder): Promise<Attested<'Settle'>> {
  const { amount, payoutReference } = order;
  return signBody(
    'Settle',
    { ...(await aboutRedemption(cluster, quorum, order)), amount, payoutReference },
    quorum.signers,
  );
}

/** Attests that a redemption will not be paid, for a reason of the custodian's own numbering. */
export async function attestReject(
  cluster: Cluster,
  quorum: Quorum,
  order: RedemptionOrder & Readonly<{ reason: number }>,
): Promise<Attested<'Reject'>> {
  return signBody(
    'Reject',
    { ...(await aboutRedemption(cluster, quorum, order)), reason: order.reason },
    quorum.signers,
  );
}

/** Quotes a price in cash, for at most a minute. */
export async function attestQuote(cluster: Cluster, quorum: Quorum, order: QuoteOrder): Promise<Attested<'Quote'>> {
  const { side, owner, amount, cashMint, cashAmount, reserves } = order;
  if ((side === Side.Subscribe) !== (reserves !== undefined)) {
    throw new Error('A quote to subscribe says what is held; one to redeem does not.');
  }
  const about = await aboutTicker(cluster, quorum, order, QUOTE_LIFETIME_SECS);
  const statement = reserves ? { asOf: about.header.issuedAt, ...reserves } : NO_STATEMENT;
  return signBody('Quote', { ...about, side, owner, amount, cashMint, cashAmount, statement }, quorum.signers);
}

/** Attests that a corporate action of these terms will come: it is announced at once. */
export async function attestAnnouncement(
  cluster: Cluster,
  quorum: Quorum,
  order: Order & Readonly<{ terms: ActionTerms }>,
): Promise<Attested<'Action'>> {
  const step = { step: Step.Announce, request: 0n, termsHash: await actionTermsHash(order.terms), ...NOTHING_AFTER };
  return signBody('Action', { ...(await aboutTicker(cluster, quorum, order)), ...step }, quorum.signers);
}

/** What is held from an action's second on. */
export type ScheduleOrder = Order & Readonly<{ effectiveAt: bigint; after: Omit<Reserves, 'asOf'> }>;

/** Attests when the open action takes effect, and what is held from then on. */
export async function attestSchedule(
  cluster: Cluster,
  quorum: Quorum,
  order: ScheduleOrder,
): Promise<Attested<'Action'>> {
  const { effectiveAt, after } = order;
  const { settledSharesE8: settledAfterE8, receivableSharesE8: receivableAfterE8 } = after;
  const step = { step: Step.Schedule, effectiveAt, settledAfterE8, receivableAfterE8 };
  return signBody('Action', { ...(await aboutAction(cluster, quorum, order)), ...step }, quorum.signers);
}

/** Attests that the open action is taken back. */
export async function attestCancellation(cluster: Cluster, quorum: Quorum, order: Order): Promise<Attested<'Action'>> {
  const step = { step: Step.Cancel, ...NOTHING_AFTER };
  return signBody('Action', { ...(await aboutAction(cluster, quorum, order)), ...step }, quorum.signers);
}

const NOTHING_AFTER = { effectiveAt: 0n, settledAfterE8: 0n, receivableAfterE8: 0n };

/** Decides that a proposed set shall count: the signers vouch for all that it says on chain now. */
export async function decideActivation(
  cluster: Cluster,
  quorum: Quorum,
  custodian: Address,
  proposed: Address,
): Promise<Attested<'Attestors'>> {
  const { data } = await fetchAttestorSet(cluster.rpc, proposed);
  return decide(cluster, quorum, custodian, Decision.ActivateSet, proposed, await setContentsHash(data));
}

/** Decides that a key shall not count any more. */
export function decideRemoval(
  cluster: Cluster,
  quorum: Quorum,
  custodian: Address,
  attestor: Address,
): Promise<Attested<'Attestors'>> {
  return decide(cluster, quorum, custodian, Decision.RemoveAttestor, custodian, getAddressEncoder().encode(attestor));
}

/** Decides that a ticker shall have another custodian. */
export function decideCustodian(
  cluster: Cluster,
  quorum: Quorum,
  custodian: Address,
  mint: Address,
  next: Address,
): Promise<Attested<'Attestors'>> {
  return decide(cluster, quorum, custodian, Decision.ChangeCustodian, mint, getAddressEncoder().encode(next));
}

async function decide(
  cluster: Cluster,
  quorum: Quorum,
  custodian: Address,
  decision: Decision,
  target: Address,
  value: ReadonlyUint8Array,
): Promise<Attested<'Attestors'>> {
  const header = await headerOf(cluster, quorum, custodian, await custodianNonce(cluster, custodian));
  return signBody('Attestors', { header, decision, target, value }, quorum.signers);
}

/** The same words signed again: with another header, say, or by other keys. */
export function resign<K extends BodyKind>(
  { kind, body }: Attested<K>,
  signers: readonly KeyPairSigner[],
  changes: Partial<Bodies[K]> = {},
): Promise<Attested<K>> {
  return signBody(kind, { ...body, ...changes }, signers);
}

async function aboutRedemption(cluster: Cluster, quorum: Quorum, order: RedemptionOrder) {
  const [about, { data }] = await Promise.all([
    aboutTicker(cluster, quorum, order),
    fetchRedemption(cluster.rpc, order.redemption),
  ]);
  return { ...about, redemption: order.redemption, request: data.request };
}

/** The open action is named by the event that announced it, and by its terms. */
async function aboutAction(cluster: Cluster, quorum: Quorum, order: Order) {
  const [about, open] = await Promise.all([aboutTicker(cluster, quorum, order), fetchActionView(cluster, order.mint)]);
  if (open === undefined) throw new Error(`the ticker of ${order.mint} has no open corporate action.`);
  return { ...about, request: open.action.request, termsHash: await actionTermsHash(open.terms) };
}

async function aboutTicker(cluster: Cluster, quorum: Quorum, { mint, nonce }: Order, lifetime?: bigint) {
  const [actionSequence, next] = await Promise.all([
    actionSequenceOf(cluster, mint),
    nonce ?? fetchNextNonce(cluster, mint),
  ]);
  return { header: await headerOf(cluster, quorum, mint, next, lifetime), actionSequence };
}

async function actionSequenceOf({ rpc, programId }: Cluster, mint: Address): Promise<number> {
  return (await fetchTicker(rpc, await findTicker(programId, mint))).data.actionSequence;
}

async function custodianNonce({ rpc }: Cluster, custodian: Address): Promise<bigint> {
  return nextNonce((await fetchCustodian(rpc, custodian)).data.nonces);
}

async function headerOf(
  cluster: Cluster,
  { attestorSet }: Quorum,
  subject: Address,
  nonce: bigint,
  lifetime = DEFAULT_LIFETIME_SECS,
): Promise<Header> {
  const { genesisHash, programId } = cluster;
  const issuedAt = await chainTime(cluster);
  return { genesisHash, programId, subject, attestorSet, nonce, issuedAt, expiresAt: issuedAt + lifetime };
}
