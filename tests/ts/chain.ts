/** The chain under test, and an issuer of its own for each test file. */
import assert from 'node:assert/strict';

import { generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner } from '@solana/kit';
import { findListedMint, loadConfig, migrate, prepare, type Config, type Context } from '@scrip/migrations';
import {
  airdrop,
  attestMint,
  attestMintPlan,
  connect,
  createTokenAccountPlan,
  parseAmount,
  programError,
  send,
  type Attested,
  type Cluster,
  type MintOrder,
  type Quorum,
} from '@scrip/sdk';

/** SCRIP_URL, SCRIP_WS and SCRIP_ISSUER_ID, as `cargo xtask test ts` sets them. */
export function connectFromEnv(): Promise<Cluster> {
  const { SCRIP_URL: url = 'http://127.0.0.1:8899', SCRIP_WS: ws, SCRIP_ISSUER_ID: programId } = process.env;
  return connect({ url, ...(ws && { ws }), ...(programId && { programId }) });
}

/** The local configuration with an issuer number of the caller's, so that files do not meet. */
export function configFor(issuerId: number, symbols: readonly string[]): Config {
  const config = loadConfig();
  return { ...config, issuer: { ...config.issuer, id: issuerId }, tickers: { ...config.tickers, symbols } };
}

/** A new issuer with its custodian, attestors and tickers. */
export async function listed(issuerId: number, symbols: readonly string[]): Promise<Context> {
  const context = await prepare(await connectFromEnv(), configFor(issuerId, symbols));
  await migrate(context);
  return context;
}

export async function mintOf({ cluster, issuer }: Context, symbol: string): Promise<Address> {
  const mint = await findListedMint(cluster, issuer, symbol);
  assert.ok(mint, `${symbol} is listed`);
  return mint;
}

export async function investor(cluster: Cluster): Promise<KeyPairSigner> {
  const wallet = await generateKeyPairSigner();
  await airdrop(cluster, wallet.address, 5);
  return wallet;
}

/** The first `threshold` attestors. */
export function quorumOf({ attestorSet, attestorSigners, config }: Context): Quorum {
  return { attestorSet, signers: attestorSigners.slice(0, config.attestors.threshold) };
}

/** An order for 1 share against 100 held; a test says only what differs. */
export function mintOrder(mint: Address, owner: Address, changes: Partial<MintOrder> = {}): MintOrder {
  const reserves = { settledSharesE8: parseAmount('100'), receivableSharesE8: 0n };
  return { mint, owner, amount: parseAmount('1'), reserves, ...changes };
}

/** A true attestation and the instructions that land it for `owner`. */
export async function mintPlan(
  context: Context,
  order: MintOrder,
  payer: KeyPairSigner,
  quorum: Quorum = quorumOf(context),
): Promise<{ attested: Attested<'Mint'>; plan: Instruction[] }> {
  const attested = await attestMint(context.cluster, quorum, order);
  const plan = [
    ...(await createTokenAccountPlan(payer, order.mint, order.owner)),
    ...(await attestMintPlan(context.cluster, context.issuer, attested.body, attested.signed)),
  ];
  return { attested, plan };
}

/** The plan must be refused with exactly this error of the issuer program. */
export async function assertRefused(
  cluster: Cluster,
  payer: KeyPairSigner,
  plan: readonly Instruction[],
  expected: string,
): Promise<void> {
  const outcome = await send(cluster, payer, plan).then(
    () => 'accepted',
    (error: unknown) => programError(error)?.name ?? error,
  );
  assert.equal(outcome, expected);
}
