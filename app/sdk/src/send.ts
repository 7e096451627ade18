/** Signing, sending and confirming a transaction: what it may use, how large it is, what is tried again. */
import {
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  compressTransactionMessageUsingAddressLookupTables,
  createTransactionMessage,
  estimateResourceLimitsFactory,
  getSignatureFromTransaction,
  getTransactionMessageSize,
  getTransactionMessageSizeLimit,
  isSolanaError,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageComputeUnitLimit,
  setTransactionMessageComputeUnitPrice,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  setTransactionMessageLoadedAccountsDataSizeLimit,
  signTransactionMessageWithSigners,
  SOLANA_ERROR__BLOCK_HEIGHT_EXCEEDED,
  SOLANA_ERROR__TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND,
  type Address,
  type AddressesByLookupTableAddress,
  type Blockhash,
  type Instruction,
  type Signature,
  type TransactionSigner,
} from '@solana/kit';

import { COMMITMENT, isLocal, type Cluster } from './cluster.ts';

/** A blockhash and the last block in which a transaction of it may land. */
export type Lifetime = Readonly<{ blockhash: Blockhash; lastValidBlockHeight: bigint }>;

/** How to send, where the usual way does not do. */
export type SendOptions = Readonly<{
  /** Do not simulate first: what fails then fails on chain, for a fee. */
  skipPreflight?: boolean;
  /** Tables by which accounts are named shorter; see `createLookupTable`. Without, the connection's where it must. */
  lookupTables?: AddressesByLookupTableAddress;
  /**
   * Ask for no more compute units and account bytes than a simulation needs, so that the fee is small and blocks have
   * room. Unless said otherwise: everywhere but on this machine.
   */
  limits?: boolean;
  /** Micro-lamports for a compute unit, to be in front of others; `fetchPriorityFee` says what others pay. */
  priorityFee?: bigint;
  /** A lifetime that was read before, for the first attempt. */
  lifetime?: Lifetime;
  /** How often a transaction is signed anew after its blockhash expired: it cannot land any more then. */
  attempts?: number;
}>;

const ATTEMPTS = 3;
/** What a simulation needs, and a tenth: prices of others' accounts move in between. */
const UNIT_MARGIN = { over: 11, under: 10 };
/** Account bytes are paid for by the page. */
const DATA_PAGE = 32 * 1024;
/** For what the limits themselves load. */
const DATA_MARGIN = 1024;

/** Signs, sends and confirms one transaction. Throws kit's error if it fails; see `programError`. */
export async function send(
  cluster: Cluster,
  payer: TransactionSigner,
  instructions: readonly Instruction[],
  options: SendOptions = {},
): Promise<Signature> {
  const { attempts = ATTEMPTS } = options;
  for (let attempt = 1; ; attempt++) {
    const lifetime = attempt === 1 && options.lifetime ? options.lifetime : await latestLifetime(cluster);
    try {
      return await sendOnce(cluster, payer, instructions, lifetime, options);
    } catch (error) {
      if (attempt >= attempts || !isExpired(error)) throw error;
    }
  }
}

async function latestLifetime({ rpc }: Pick<Cluster, 'rpc'>): Promise<Lifetime> {
  return (await rpc.getLatestBlockhash({ commitment: COMMITMENT }).send()).value;
}

async function sendOnce(
  cluster: Cluster,
  payer: TransactionSigner,
  instructions: readonly Instruction[],
  lifetime: Lifetime,
  options: SendOptions,
): Promise<Signature> {
  const { limits = !isLocal(cluster), priorityFee } = options;
  const whole = pipe(
    createTransactionMessage({ version: 0 }),
    (m) => setTransactionMessageFeePayerSigner(payer, m),
    (m) => setTransactionMessageLifetimeUsingBlockhash(lifetime, m),
    (m) => appendTransactionMessageInstructions(instructions, m),
    (m) => (priorityFee === undefined ? m : (setTransactionMessageComputeUnitPrice(priorityFee, m) as typeof m)),
  );
  const message = fitting(cluster, whole, options);
  const limited = limits ? fittingOr(message, await withLimits(cluster, message)) : message;
  const transaction = await signTransactionMessageWithSigners(limited);
  assertIsTransactionWithBlockhashLifetime(transaction);
  const sendAndConfirm = sendAndConfirmTransactionFactory({
    rpc: cluster.rpc as never,
    rpcSubscriptions: cluster.subscriptions as never,
  });
  await sendAndConfirm(transaction as never, { commitment: COMMITMENT, skipPreflight: options.skipPreflight ?? false });
  return getSignatureFromTransaction(transaction);
}

type Sized = Parameters<typeof getTransactionMessageSize>[0];

const fits = (message: Sized) => getTransactionMessageSize(message) <= getTransactionMessageSizeLimit(message);

/** With the tables that were given, or, where it must, those of the connection. Throws if it is too large still. */
function fitting<T extends Sized>({ lookupTables: known = {} }: Cluster, message: T, { lookupTables }: SendOptions): T {
  const compress = (tables: AddressesByLookupTableAddress) =>
    // It takes away no more than addresses.
    compressTransactionMessageUsingAddressLookupTables(message as never, tables) as unknown as T;
  const chosen = lookupTables ? compress(lookupTables) : fits(message) ? message : compress(known);
  if (fits(chosen)) return chosen;
  throw new TransactionTooLargeError(getTransactionMessageSize(chosen), getTransactionMessageSizeLimit(chosen));
}

/** Limits are worth a few bytes; a transaction that has no room for them goes without. */
const fittingOr = <T extends Sized>(without: T, limited: T): T => (fits(limited) ? limited : without);

async function withLimits<T extends Sized>({ rpc }: Cluster, message: T): Promise<T> {
  const estimate = estimateResourceLimitsFactory({ rpc: rpc as never });
  const { computeUnitLimit: units, loadedAccountsDataSizeLimit: size } = await estimate(message, {
    commitment: COMMITMENT,
  });
  const { over, under } = UNIT_MARGIN;
  const limited = setTransactionMessageComputeUnitLimit(Math.ceil((units * over) / under), message) as T;
  if (size === undefined) return limited;
  const pages = Math.ceil((size + DATA_MARGIN) / DATA_PAGE);
  return setTransactionMessageLoadedAccountsDataSizeLimit(pages * DATA_PAGE, limited) as T;
}

/** Whether a transaction failed because its blockhash is too old, or unknown to the node: it did not land. */
function isExpired(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isSolanaError(cause, SOLANA_ERROR__BLOCK_HEIGHT_EXCEEDED)) return true;
    if (isSolanaError(cause, SOLANA_ERROR__TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND)) return true;
  }
  return false;
}

/**
 * A connection whose `send` names accounts by these tables where a transaction would not fit otherwise, like those
 * of `fetchTickerTable`.
 */
export function withLookupTables(cluster: Cluster, tables: AddressesByLookupTableAddress): Cluster {
  return { ...cluster, lookupTables: { ...cluster.lookupTables, ...tables } };
}

/** A transaction that no node takes, with what makes it smaller. */
export class TransactionTooLargeError extends Error {
  override name = 'TransactionTooLargeError';

  constructor(
    readonly size: number,
    readonly limit: number,
  ) {
    super(
      `the transaction has ${size} bytes, and ${limit} are allowed. Name accounts by a lookup table ` +
        '(withLookupTables, with those that fetchTickerTable finds), post signatures ' +
        'before (postAttestationPlan), or send the plan in two transactions.',
    );
  }
}

/**
 * What others paid lately for a compute unit in transactions that wrote these accounts, in micro-lamports: the
 * median, or another part of a hundred. 0 where nobody paid.
 */
export async function fetchPriorityFee(
  { rpc }: Pick<Cluster, 'rpc'>,
  accounts: readonly Address[] = [],
  percentile = 50,
): Promise<bigint> {
  const fees = (await rpc.getRecentPrioritizationFees(accounts).send()).map((one) => BigInt(one.prioritizationFee));
  const sorted = fees.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percentile) / 100))] ?? 0n;
}
