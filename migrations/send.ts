/**
 * Sending: many transactions at a time, bounded in number, confirmed by polling, and signed anew where
 * a blockhash expired before its transaction landed.
 */
import {
  appendTransactionMessageInstructions,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  getSolanaErrorFromTransactionError,
  pipe,
  setTransactionMessageComputeUnitPrice,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type Base64EncodedWireTransaction,
  type Instruction,
  type Signature,
} from '@solana/kit';
import { describeError, isLocal, type Cluster } from '@scrip/sdk';

import type { Context } from './context.ts';

/** A transaction to come. Its plan is made when its turn comes. */
export type Order = Readonly<{ what: string; plan: () => Promise<readonly Instruction[]> }>;

/** Without preflight a transaction that fails does so on chain, for a fee, and says less about it. */
export type SubmitOptions = Readonly<{ skipPreflight?: boolean }>;

/** Who pays, for what, where. */
export type Sender = Pick<Context, 'cluster' | 'config' | 'admin'>;

/** A transaction that did not land; its message says which and why. */
export class NotLanded extends Error {
  override name = 'NotLanded';
}

/** Many enough to hide a round trip, few enough for a public node, which simulates each first. */
const PARALLEL = 16;
/** Where it does not. */
const PARALLEL_UNCHECKED = 48;
const ATTEMPTS = 3;
/** A blockhash lives for about a minute. */
const BLOCKHASH_AGE_MS = 10_000;
const POLL_MS = { local: 40, elsewhere: 1_000 } as const;
/** A leader may drop a transaction; the same bytes again do no harm. */
const RESEND_MS = 3_000;
const POLL_FAILURES = 10;
/** What getSignatureStatuses takes. */
const STATUSES = 256;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Sends one transaction and waits until it is confirmed. Throws `NotLanded`. */
export function submit(sender: Sender, what: string, instructions: readonly Instruction[]): Promise<void> {
  return submitAll(sender, [{ what, plan: async () => instructions }]);
}

/**
 * Sends all of them, in no order, each in a transaction of its own, and waits until all are confirmed.
 * After a failure no further one is started; those on their way are waited for. Throws `NotLanded` of
 * the first.
 */
export async function submitAll(
  sender: Sender,
  orders: readonly Order[],
  { skipPreflight = false }: SubmitOptions = {},
): Promise<void> {
  const queue = orders.values();
  const land = lander(sender, skipPreflight);
  let failure: NotLanded | undefined;
  const work = async () => {
    // Shared by all workers: each order is taken once.
    for (const order of queue) {
      if (failure !== undefined) return;
      try {
        await land(await order.plan());
      } catch (cause) {
        failure ??= new NotLanded(`${order.what}: ${describeError(cause)}`, { cause });
      }
    }
  };
  const parallel = skipPreflight ? PARALLEL_UNCHECKED : PARALLEL;
  await Promise.all(Array.from({ length: Math.min(parallel, orders.length) }, work));
  if (failure !== undefined) throw failure;
}

/** Signs, sends and confirms; again with a new blockhash where one has expired. */
function lander(
  { cluster, config, admin }: Sender,
  skipPreflight: boolean,
): (instructions: readonly Instruction[]) => Promise<void> {
  const blockhash = blockhashes(cluster);
  const confirm = confirmations(cluster);
  const { priorityFee } = config;
  return async (instructions) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const lifetime = await blockhash();
      const message = pipe(
        createTransactionMessage({ version: 0 }),
        (m) => setTransactionMessageFeePayerSigner(admin, m),
        (m) => setTransactionMessageLifetimeUsingBlockhash(lifetime, m),
        (m) => appendTransactionMessageInstructions(instructions, m),
        (m) =>
          priorityFee === undefined ? m : (setTransactionMessageComputeUnitPrice(BigInt(priorityFee), m) as typeof m),
      );
      const transaction = await signTransactionMessageWithSigners(message);
      const wire = getBase64EncodedWireTransaction(transaction);
      await cluster.rpc
        .sendTransaction(wire, { encoding: 'base64', preflightCommitment: 'confirmed', skipPreflight })
        .send();
      const signature = getSignatureFromTransaction(transaction);
      if (await confirm({ signature, wire, lastValid: lifetime.lastValidBlockHeight })) return;
    }
    throw new Error(
      `it did not land in ${ATTEMPTS} attempts: the cluster is busy, try again with a higher priorityFee.`,
    );
  };
}

/** One blockhash for all that are sent within some seconds. */
function blockhashes({ rpc }: Cluster) {
  const ask = async () => (await rpc.getLatestBlockhash({ commitment: 'confirmed' }).send()).value;
  let latest: ReturnType<typeof ask> | undefined;
  let askedAt = 0;
  return () => {
    const now = performance.now();
    if (latest === undefined || now - askedAt > BLOCKHASH_AGE_MS) [latest, askedAt] = [ask(), now];
    return latest;
  };
}

type Sent = Readonly<{ signature: Signature; wire: Base64EncodedWireTransaction; lastValid: bigint }>;
type Waiting = Sent & { sentAt: number; landed: (yes: boolean) => void; failed: (error: unknown) => void };

/** Whether a sent transaction landed; false once its blockhash has expired, so that it never will. */
function confirmations(cluster: Cluster): (sent: Sent) => Promise<boolean> {
  const waiting = new Map<Signature, Waiting>();
  let failures = 0;
  let polling = false;
  const poll = async () => {
    polling = true;
    const interval = isLocal(cluster) ? POLL_MS.local : POLL_MS.elsewhere;
    for (; waiting.size > 0; await pause(interval)) {
      try {
        await settle(cluster, waiting);
        failures = 0;
      } catch (error) {
        // A busy node refuses a question now and then.
        failures += 1;
        if (failures < POLL_FAILURES) continue;
        for (const one of waiting.values()) one.failed(error);
        waiting.clear();
      }
    }
    polling = false;
  };
  return (sent) =>
    new Promise((landed, failed) => {
      waiting.set(sent.signature, { ...sent, sentAt: performance.now(), landed, failed });
      if (!polling) void poll();
    });
}

async function settle({ rpc }: Cluster, waiting: Map<Signature, Waiting>): Promise<void> {
  const asked = [...waiting.values()].slice(0, STATUSES);
  // Before the statuses: what landed in the last valid block is then among them.
  const height = await rpc.getBlockHeight({ commitment: 'confirmed' }).send();
  const { value: statuses } = await rpc.getSignatureStatuses(asked.map(({ signature }) => signature)).send();
  for (const [i, one] of asked.entries()) {
    const status = statuses[i];
    if (status?.err) {
      one.failed(getSolanaErrorFromTransactionError(status.err));
    } else if (status?.confirmationStatus === 'confirmed' || status?.confirmationStatus === 'finalized') {
      one.landed(true);
    } else if (!status && height > one.lastValid) {
      one.landed(false);
    } else {
      if (!status && performance.now() - one.sentAt > RESEND_MS) await resend(rpc, one);
      continue;
    }
    waiting.delete(one.signature);
  }
}

async function resend(rpc: Cluster['rpc'], one: Waiting): Promise<void> {
  one.sentAt = performance.now();
  await rpc.sendTransaction(one.wire, { encoding: 'base64', skipPreflight: true }).send();
}
