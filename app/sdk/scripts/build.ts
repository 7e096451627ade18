/**
 * Makes dist/package, the package as it is published: JavaScript and declarations, a file for each module, so that a
 * bundler takes only what a page uses. Inside the workspace the package's own `exports` name the sources instead.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const sdk = fileURLToPath(new URL('..', import.meta.url));
const target = join(sdk, 'dist/package');
const SCHEMA = 'metadata.schema.json';
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

export function build(): void {
  rmSync(target, { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, '-p', join(sdk, 'tsconfig.build.json')], { stdio: 'inherit' });
  for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    if (/\.(?:js|d\.ts)$/.test(name)) completeImports(join(target, name));
  }
  for (const file of ['README.md', SCHEMA]) copyFileSync(join(sdk, file), join(target, file));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`);
}

/** Names the file in each relative import: Node looks for none, and the generated client names folders. */
function completeImports(file: string): void {
  let text = readFileSync(file, 'utf8');
  // From the end, so that positions before stay true.
  for (const { fileName, pos } of ts.preProcessFile(text).importedFiles.toReversed()) {
    if (!fileName.startsWith('.')) continue;
    // `pos` is that of the quotation mark.
    const at = pos + 1;
    if (!text.startsWith(fileName, at)) throw new Error(`${file}: no import of ${fileName} at ${pos}.`);
    text = text.slice(0, at) + completed(file, fileName) + text.slice(at + fileName.length);
  }
  writeFileSync(file, text);
}

function completed(importer: string, specifier: string): string {
  const bare = specifier.replace(/\.(?:ts|js)$/, '');
  const found = [`${bare}.js`, `${bare}/index.js`].find((one) => existsSync(resolve(dirname(importer), one)));
  if (found === undefined) throw new Error(`${importer} imports ${specifier}, which was not built.`);
  return found;
}

/** The manifest without what is the workspace's, each export with its built file. */
function published(): object {
  const source = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as { exports: Record<string, string> };
  const {
    private: _,
    devDependencies,
    scripts,
    exports,
    ...manifest
  } = source as typeof source & Record<'private' | 'devDependencies' | 'scripts', unknown>;
  const built = Object.entries(exports).map(([name, file]) => {
    if (!file.endsWith('.ts')) return [name, file];
    const module = file.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1');
    if (!existsSync(join(target, `${module}.js`))) throw new Error(`${name} is exported, and ${file} is not there.`);
    return [name, { types: `${module}.d.ts`, default: `${module}.js` }];
  });
  return { ...manifest, exports: { ...Object.fromEntries(built), './package.json': './package.json' } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
