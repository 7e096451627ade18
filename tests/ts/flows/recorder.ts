/** Sends what a flow needs and notes what the landed transaction was like. */
import assert from 'node:assert/strict';

import {
  getBase64Encoder,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  type Address,
  type Instruction,
  type Signature,
  type TransactionSigner,
} from '@solana/kit';
import { send, type Cluster, type SendOptions } from '@scrip/sdk';

import type { Found } from './steady.ts';

/** One transaction of a flow. */
export type Row = Readonly<{
  step: string;
  /** By what they are in the flow; the first one pays the fee, the others by their names. */
  signers: readonly string[];
  /** On the wire, signatures included. */
  bytes: number;
  /** Named in the message, the fee payer and programs included. */
  accounts: number;
  /** Of these, those that a lookup table names. */
  looked: number;
  /** As if every address were found at the first try. */
  computeUnits: bigint;
}>;

export type LandOptions = SendOptions &
  Readonly<{
    /** Addresses that a program finds in this transaction and that no choice of keys makes it find at the first try. */
    found?: readonly Found[];
  }>;

/** What a program pays for each try. */
const TRY_COMPUTE_UNITS = 1_500n;
const FIRST_BUMP = 255;

export type Flow = Readonly<{ name: string; rows: readonly Row[] }>;

export class Recorder {
  readonly flows: { name: string; rows: Row[] }[] = [];
  readonly #cluster: Cluster;
  readonly #roles = new Map<Address, string>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** What the table calls a signer. */
  name(signer: Readonly<{ address: Address }>, role: string): void {
    this.#roles.set(signer.address, role);
  }

  /** A transaction of the flow, in its order. */
  async land(
    flow: string,
    step: string,
    payer: TransactionSigner,
    plan: readonly Instruction[],
    { found = [], ...options }: LandOptions = {},
  ): Promise<void> {
    const landed = await this.#landed(await send(this.#cluster, payer, plan, options));
    const tries = (await Promise.all(found)).reduce((sum, [, bump]) => sum + FIRST_BUMP - bump, 0);
    const row = { step, ...landed, computeUnits: landed.computeUnits - BigInt(tries) * TRY_COMPUTE_UNITS };
    const known = this.flows.find(({ name }) => name === flow);
    if (known) known.rows.push(row);
    else this.flows.push({ name: flow, rows: [row] });
  }

  async #landed(signature: Signature): Promise<Omit<Row, 'step'>> {
    const config = { encoding: 'base64', commitment: 'confirmed', maxSupportedTransactionVersion: 0 } as const;
    const found = await this.#cluster.rpc.getTransaction(signature, config).send();
    assert.ok(found?.meta?.computeUnitsConsumed !== undefined, `${signature} has landed`);
    const wire = getBase64Encoder().encode(found.transaction[0]);
    const message = getCompiledTransactionMessageDecoder().decode(getTransactionDecoder().decode(wire).messageBytes);
    assert.ok('staticAccounts' in message && message.version === 0);
    const tables = message.addressTableLookups ?? [];
    const looked = tables.reduce(
      (sum, { readonlyIndexes, writableIndexes }) => sum + readonlyIndexes.length + writableIndexes.length,
      0,
    );
    const [payer, ...others] = message.staticAccounts
      .slice(0, message.header.numSignerAccounts)
      .map((address) => this.#roles.get(address) ?? assert.fail(`nobody has named ${address}`));
    return {
      // The others stand in the order of their keys.
      signers: [payer!, ...others.sort()],
      bytes: wire.length,
      accounts: message.staticAccounts.length + looked,
      looked,
      computeUnits: found.meta.computeUnitsConsumed,
    };
  }
}
