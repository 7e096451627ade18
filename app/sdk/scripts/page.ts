/** examples/page.ts as a page's author would bundle it for production. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { build, type Metafile } from 'esbuild';

import { sdk } from './package.ts';

export type Bundle = Readonly<{ code: Uint8Array; parts: readonly (readonly [name: string, bytes: number])[] }>;

/** Bundles it in a folder in which the package is installed: the code, and minified bytes by package. */
export async function bundlePage(folder: string): Promise<Bundle> {
  copyFileSync(join(sdk, 'examples/page.ts'), join(folder, 'page.ts'));
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['page.ts'],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  return { code: outputFiles[0]!.contents, parts: partsOf(Object.values(metafile.outputs)[0]!) };
}

/** The largest first. */
function partsOf({ inputs }: Metafile['outputs'][string]): [string, number][] {
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'the page itself';
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytes].filter(([, size]) => size > 0).sort(([, a], [, b]) => b - a);
}
