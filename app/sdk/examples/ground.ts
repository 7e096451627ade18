/**
 * What the examples stand on: `cargo xtask localnet`, with the keys that it made. Elsewhere everybody brings their own:
 * a wallet, an attestor, a provider never has the keys of the others.
 *
 *     SCRIP_URL, SCRIP_WS   the node, and its websocket if that is not the next port
 *     SCRIP_KEYS            the folder of keys: .scrip/<genesis hash> of this repository
 *     SCRIP_ISSUER          number of the issuer among those of the admin, 0 if it is not given
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createKeyPairSignerFromBytes, generateKeyPairSigner, type Address, type KeyPairSigner } from '@solana/kit';
import {
  airdrop,
  connect,
  deploymentOf,
  fetchSymbol,
  findAttestorSet,
  findCustodian,
  findIssuer,
  findSymbol,
  type Cluster,
} from '@scrip/sdk';
import { findCurator, findFeed } from '@scrip/sdk/collateral';
import type { ProviderSigner } from '@scrip/sdk/gate';

export type Ground = Readonly<{
  cluster: Cluster;
  issuer: Address;
  attestorSet: Address;
  /** Three of the custodian's five: its quorum. */
  attestors: readonly KeyPairSigner[];
  provider: ProviderSigner;
  mintOf: (symbol: string) => Promise<Address>;
  feedOf: (mint: Address) => Promise<Address>;
}>;

export async function openGround(): Promise<Ground> {
  const {
    SCRIP_URL: url = 'http://127.0.0.1:8899',
    SCRIP_WS: ws,
    SCRIP_KEYS: keys,
    SCRIP_ISSUER: id = '0',
  } = process.env;
  if (keys === undefined) throw new Error('SCRIP_KEYS names the folder with admin.json, attestor-1.json and so on.');
  const cluster = await connect({ url, ...(ws && { ws }), ...deploymentOf(process.env) });
  const { programId, programs, rpc } = cluster;
  const key = (name: string) => readKey(join(keys, `${name}.json`));
  const admin = await key('admin');
  const issuer = await findIssuer(programId, admin.address, BigInt(id));
  const curator = await findCurator(programs.collateral, admin.address, BigInt(id));
  return {
    cluster,
    issuer,
    attestorSet: await findAttestorSet(programId, await findCustodian(programId, issuer, 0), 0),
    attestors: await Promise.all([1, 2, 3].map((number) => key(`attestor-${number}`))),
    provider: { issuer, number: 0, authority: await key('provider-0') },
    mintOf: async (symbol) => (await fetchSymbol(rpc, await findSymbol(programId, issuer, symbol))).data.mint,
    feedOf: (mint) => findFeed(programs.collateral, curator, mint),
  };
}

/** A key file of Solana's own tools: a JSON array of 64 bytes. */
async function readKey(file: string): Promise<KeyPairSigner> {
  return createKeyPairSignerFromBytes(Uint8Array.from(JSON.parse(readFileSync(file, 'utf8')) as number[]));
}

/** A new wallet with some SOL for fees and rent. */
export async function newWallet(cluster: Cluster): Promise<KeyPairSigner> {
  const wallet = await generateKeyPairSigner();
  await airdrop(cluster, wallet.address, 1);
  return wallet;
}

/** Runs an example where its file is what was started, not where another one imports from it. */
export async function runIfMain(url: string, example: (ground: Ground) => Promise<void>): Promise<void> {
  if (process.argv[1] === undefined || url !== pathToFileURL(process.argv[1]).href) return;
  await example(await openGround());
}
