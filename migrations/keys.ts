/**
 * Key files, in the format of Solana's own tools (a JSON array of 64 bytes), in one folder for each
 * chain. On a local cluster a missing key is made up; anywhere else it must be there.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  createKeyPairSignerFromBytes,
  createKeyPairSignerFromPrivateKeyBytes,
  getAddressEncoder,
  getBase58Decoder,
  type KeyPairSigner,
} from '@solana/kit';
import { isLocal, type Cluster } from '@scrip/sdk';

/** Not under version control. */
const ROOT = fileURLToPath(new URL('../.scrip', import.meta.url));

export type KeyStore = Readonly<{
  folder: string;
  get: (name: string) => Promise<KeyPairSigner>;
  /** A key that need not be there; it is not made up either. */
  find: (name: string) => Promise<KeyPairSigner | undefined>;
}>;

/** The keys for a chain: under `.scrip/<its genesis hash>` unless a folder is given. */
export function openKeyStore(cluster: Cluster, folder?: string): KeyStore {
  const genesis = getBase58Decoder().decode(cluster.genesisHash);
  const directory = folder ?? join(ROOT, genesis);
  const file = (name: string) => join(directory, `${name}.json`);
  return {
    folder: directory,
    get: (name) => readOrCreate(file(name), isLocal(cluster)),
    find: (name) => readKey(file(name)),
  };
}

/** The key in a file; undefined if there is none. */
export async function readKey(file: string): Promise<KeyPairSigner | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await createKeyPairSignerFromBytes(Uint8Array.from(JSON.parse(readFileSync(file, 'utf8')) as number[]));
  } catch (cause) {
    throw new Error(`${file} is not a key file: it must be a JSON array of 64 bytes.`, { cause });
  }
}

async function readOrCreate(file: string, mayCreate: boolean): Promise<KeyPairSigner> {
  const existing = await readKey(file);
  if (existing !== undefined) return existing;
  if (!mayCreate) throw new Error(`there is no key file ${file}: keys are made up on a local cluster only.`);
  const secret = randomBytes(32);
  const signer = await createKeyPairSignerFromPrivateKeyBytes(secret);
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const bytes = [...secret, ...getAddressEncoder().encode(signer.address)];
  writeFileSync(file, `${JSON.stringify(bytes)}\n`, { mode: 0o600, flag: 'wx' });
  return signer;
}
