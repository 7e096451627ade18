/** The chain under test, and an issuer of its own for each test file. */
import assert from 'node:assert/strict';

import { generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner } from '@solana/kit';
import { findListedMint, loadConfig, migrate, prepare, sortKeys, type Config, type Context } from '@scrip/migrations';
import {
  airdrop,
  announceChangePlan,
  attestMint,
  attestMintPlan,
  chainTime,
  closeAnnouncementPlan,
  connect,
  createTokenAccountPlan,
  deploymentOf,
  grantRolePlan,
  Kind,
  kindsMask,
  parseAmount,
  passTime,
  programError,
  send,
  type Attested,
  type Cluster,
  type MintOrder,
  type NewSet,
  type Quorum,
  type SendOptions,
} from '@scrip/sdk';

/** SCRIP_URL, SCRIP_WS and the programs' addresses, as `cargo xtask test ts` sets them. */
export function connectFromEnv(): Promise<Cluster> {
  const { SCRIP_URL: url = 'http://127.0.0.1:8899', SCRIP_WS: ws } = process.env;
  return connect({ url, ...(ws && { ws }), ...deploymentOf(process.env) });
}

/** The local configuration with numbers of the caller's for issuer and curator, so that files do not meet. */
export function configFor(id: number, symbols: readonly string[]): Config {
  // Open tickers, no gate: what waits for a timelock would move the clock of every file.
  const { gate: _, tickers: all, ...config } = loadConfig();
  const { modes, primaryKyc, ...tickers } = all;
  const { issuer, collateral } = config;
  return {
    ...config,
    issuer: { ...issuer, id },
    tickers: { ...tickers, symbols },
    collateral: { ...collateral, curator: id },
  };
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

/** Sends one plan after the other. */
export async function sendAll(
  { cluster }: Pick<Context, 'cluster'>,
  payer: KeyPairSigner,
  plans: readonly (readonly Instruction[])[],
): Promise<void> {
  for (const plan of plans) await send(cluster, payer, plan);
}

/** A new wallet with these roles of `Role`, announced and waited for where they need it. */
export async function operatorWith(context: Context, roles: number): Promise<KeyPairSigner> {
  const { cluster, issuer, admin, config } = context;
  const wallet = await investor(cluster);
  const expiresAt = (await chainTime(cluster)) + 30n * 86_400n;
  const change = { __kind: 'GrantRole', wallet: wallet.address, roles, expiresAt } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 1000n, change));
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  const grant = { wallet: wallet.address, roles, expiresAt, announcement: 1000n };
  await sendAll(context, admin, [
    await grantRolePlan(cluster, issuer, admin, grant),
    await closeAnnouncementPlan(cluster, issuer, admin, 1000n, admin.address),
  ]);
  return wallet;
}

/** Members in the order that the program wants. */
export async function newKeys(count: number): Promise<KeyPairSigner[]> {
  return sortSigners(await Promise.all(Array.from({ length: count }, () => generateKeyPairSigner())));
}

export function sortSigners(signers: readonly KeyPairSigner[]): KeyPairSigner[] {
  const order = sortKeys(signers.map(({ address }) => address));
  return order.map((address) => signers.find((signer) => signer.address === address)!);
}

/** What a set says that is like the configured one, but of these members. */
export async function setOf(
  { cluster, config }: Context,
  index: number,
  members: readonly KeyPairSigner[],
  changes: Partial<NewSet> = {},
): Promise<NewSet> {
  const now = await chainTime(cluster);
  return {
    index,
    attestors: members.map(({ address }) => address),
    threshold: config.attestors.threshold,
    kinds: kindsMask(config.attestors.kinds.map((kind) => Kind[kind])),
    validFrom: now,
    expiresAt: now + 365n * 86_400n,
    ...changes,
  };
}

/** The plan must be refused with exactly this error of the issuer program. */
export async function assertRefused(
  cluster: Cluster,
  payer: KeyPairSigner,
  plan: readonly Instruction[],
  expected: string,
  options: SendOptions = {},
): Promise<void> {
  const outcome = await send(cluster, payer, plan, options).then(
    () => 'accepted',
    (error: unknown) => programError(error)?.name ?? error,
  );
  assert.equal(outcome, expected);
}
