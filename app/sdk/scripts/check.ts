/** Checks the package as others get it: its manifest and types, and how much of it a page has to load. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { installed, pack, root } from './package.ts';
import { bundlePage } from './page.ts';

/** What is promised to pages that show a balance and its value: minified, and compressed as it is sent. */
const LIMIT_BYTES = 60_000;

const tarball = pack();
tool('publint', ['run', tarball, '--strict']);
// The package is ESM alone, which CommonJS can only import().
tool('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']);

const { code, parts } = await installed(tarball, bundlePage);
const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
const size = gzipSync(code, { level: 9 }).length;
for (const [name, bytes] of parts.slice(0, 5)) console.log(`${kb(bytes).padStart(10)}  ${name}`);
console.log(`A page that shows a balance and its value: ${kb(code.length)} minified, ${kb(size)} with gzip.`);
if (size > LIMIT_BYTES) fail(`That is above the ${kb(LIMIT_BYTES)} that are promised.`);

/** Runs a tool of this repository; what it says is shown only if it is not content. */
function tool(name: string, args: readonly string[]): void {
  try {
    execFileSync(join(root, 'node_modules/.bin', name), args, { encoding: 'utf8' });
    console.log(`${name}: nothing to object to`);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    fail(`${stdout}${stderr}${name} objects to the package.`);
  }
}

function fail(text: string): never {
  console.error(text);
  process.exit(1);
}
