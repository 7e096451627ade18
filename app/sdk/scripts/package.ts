/** The package as others get it: packed into dist/, and installed into a folder outside of the workspace. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from './build.ts';

export const sdk = fileURLToPath(new URL('..', import.meta.url));
export const root = join(sdk, '../..');
const NAME = '@scrip/sdk';

/** Builds and packs; gives the tarball's path. */
export function pack(): string {
  build();
  const args = ['pack', './package', '--pack-destination', '.', '--json', '--loglevel', 'error'];
  const said = execFileSync('npm', args, { cwd: join(sdk, 'dist'), encoding: 'utf8' });
  const [{ filename }] = JSON.parse(said) as [{ filename: string }];
  return join(sdk, 'dist', filename);
}

/**
 * Installs a tarball by npm into a new folder, which `use` gets and which is gone afterwards. What it depends on is of
 * the versions that this repository is locked to, so that nothing changes by itself.
 */
export async function installed<T>(tarball: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-sdk-'));
  try {
    copyFileSync(tarball, join(folder, basename(tarball)));
    const manifest = { name: 'consumer', private: true, type: 'module', dependencies: dependenciesOf(tarball) };
    writeJson(folder, 'package.json', manifest);
    writeJson(folder, 'package-lock.json', lockOf(tarball, manifest));
    // What `npm ci` got for this repository is in npm's cache: no network is needed for the same again.
    const args = ['ci', '--prefer-offline', '--ignore-scripts', '--loglevel', 'error'];
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Entry = Readonly<{
  version: string;
  dev?: boolean;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
  peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
}>;
/** By their places, like `node_modules/a/node_modules/b`. */
type Locked = Record<string, object | Entry>;

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Entry>>;
};

/** The SDK, and kit, which whoever uses the SDK imports too. */
function dependenciesOf(tarball: string) {
  return { [NAME]: `file:${basename(tarball)}`, '@solana/kit': packages['node_modules/@solana/kit']!.version };
}

function lockOf(tarball: string, manifest: Readonly<{ name: string }>) {
  const { version, dependencies = {} } = packages['app/sdk']!;
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const locked: Locked = {
    '': manifest,
    [`node_modules/${NAME}`]: { version, resolved: `file:${basename(tarball)}`, integrity, dependencies },
  };
  for (const name of Object.keys(dependencies)) addLocked(locked, { from: '', to: '' }, name);
  return { name: manifest.name, lockfileVersion: 3, requires: true, packages: locked };
}

/**
 * Takes a package as an importer finds it here, and what that one needs. It goes to the top, unless another version is
 * there: as npm would place it for somebody who has none of this workspace's tools, each package once.
 */
function addLocked(locked: Locked, importer: Readonly<{ from: string; to: string }>, name: string): void {
  const from = foundFrom(importer.from, name);
  const { dev: _, ...entry } = packages[from]!;
  const top = `node_modules/${name}`;
  const there = locked[top] as Entry | undefined;
  const to = there !== undefined && there.version !== entry.version ? `${importer.to}/node_modules/${name}` : top;
  if (to in locked) return;
  locked[to] = entry;
  for (const needed of Object.keys({ ...entry.dependencies, ...entry.peerDependencies })) {
    if (!entry.peerDependenciesMeta?.[needed]?.optional) addLocked(locked, { from, to }, needed);
  }
}

/** The nearest node_modules upwards that has a package. */
function foundFrom(importer: string, name: string): string {
  const parts = importer.split('/node_modules/');
  const above = parts.map((_, i) => [...parts.slice(0, parts.length - i), name].join('/node_modules/'));
  const found = [...above, `node_modules/${name}`].find((place) => place in packages);
  if (found === undefined) throw new Error(`package-lock.json does not have ${name}, of ${importer || 'the SDK'}.`);
  return found;
}

const writeJson = (folder: string, name: string, content: unknown) =>
  writeFileSync(join(folder, name), JSON.stringify(content, null, 2));
