// Makes dist/package, the package as it is published: JavaScript and declarations, a file for each module, so that a
// bundler takes only what a page uses. Inside the workspace the package's own `exports` name the sources instead.
// Usage: node app/sdk/scripts/build.mjs   (npm run build -w @scrip/sdk)
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const sdk = fileURLToPath(new URL('..', import.meta.url));
const target = join(sdk, 'dist/package');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(target, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '-p', join(sdk, 'tsconfig.build.json')], { stdio: 'inherit' });
for (const name of readdirSync(target, { recursive: true })) {
  if (/\.(?:js|d\.ts)$/.test(name)) completeImports(join(target, name));
}
copyFileSync(join(sdk, 'README.md'), join(target, 'README.md'));
writeFileSync(join(target, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`);

/** Names the file in each relative import: Node looks for none, and the generated client names folders. */
function completeImports(file) {
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

function completed(importer, specifier) {
  const bare = specifier.replace(/\.(?:ts|js)$/, '');
  const found = [`${bare}.js`, `${bare}/index.js`].find((one) => existsSync(resolve(dirname(importer), one)));
  if (found === undefined) throw new Error(`${importer} imports ${specifier}, which was not built.`);
  return found;
}

/** The manifest without what is the workspace's, each export with its built file. */
function published() {
  const {
    private: _,
    devDependencies,
    scripts,
    exports,
    ...manifest
  } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
  const built = Object.entries(exports).map(([name, source]) => {
    const module = source.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1');
    if (!existsSync(join(target, `${module}.js`))) throw new Error(`${name} is exported, and ${source} is not there.`);
    return [name, { types: `${module}.d.ts`, default: `${module}.js` }];
  });
  return { ...manifest, exports: { ...Object.fromEntries(built), './package.json': './package.json' } };
}
