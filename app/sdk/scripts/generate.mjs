// Regenerates src/generated here and in app/client: a folder for each program, the Codama clients of it.
// Usage: node app/sdk/scripts/generate.mjs   (npm run generate)
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { rootNodeFromAnchor } from '@codama/nodes-from-anchor';
import { renderVisitor } from '@codama/renderers-js';
import { createFromRoot, updateAccountsVisitor } from 'codama';

import { withDefaults } from './defaults.mjs';
import { withEventTypes, writeEvents } from './events.mjs';
import { lenderRoot } from './lender.mjs';
import { formatRust, renderRust, rustGenerated } from './rust/index.mjs';

// Where each program's nodes come from, and what Codama must be told about them.
const PROGRAMS = {
  // The account `Attestation` and the argument `AttestationArgs` would both give a type AttestationArgs.
  issuer: { root: idlOf, changes: [updateAccountsVisitor({ attestation: { name: 'postedAttestation' } })] },
  gate: { root: idlOf },
  collateral: { root: idlOf },
  lender: { root: lenderRoot },
};

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const generated = fileURLToPath(new URL('../src/generated', import.meta.url));

const roots = Object.entries(PROGRAMS).map(([program, { root }]) => [program, createFromRoot(root(program))]);
const addresses = Object.fromEntries(roots.map(([program, codama]) => [program, codama.getRoot().program.publicKey]));
for (const [program, codama] of roots) {
  const { changes = [] } = PROGRAMS[program];
  [...changes, withDefaults(program, addresses)].forEach((change) => codama.update(change));
  await render(program, codama);
  renderRust(program, codama);
}
// A program that is no longer listed leaves nothing behind.
for (const found of readdirSync(generated)) {
  if (!(found in PROGRAMS)) rmSync(`${generated}/${found}`, { recursive: true });
}
writeFileSync(`${rustGenerated}/mod.rs`, rustModule());
formatRust();

function idlOf(program) {
  const file = fileURLToPath(new URL(`../../idl/${program}.json`, import.meta.url));
  if (!existsSync(file)) {
    console.error(`There is no app/idl/${program}.json: \`cargo xtask build\` makes it.`);
    process.exit(1);
  }
  return rootNodeFromAnchor(JSON.parse(readFileSync(file, 'utf8')));
}

function rustModule() {
  const modules = Object.keys(PROGRAMS).map((program) => `pub mod ${program};`);
  return `//! Made by \`npm run generate\` from app/idl. Not to be edited.\n\n${modules.join('\n')}\n`;
}

async function render(program, codama) {
  await createFromRoot(withEventTypes(codama.getRoot())).accept(
    renderVisitor(packageFolder, {
      generatedFolder: `src/generated/${program}`,
      deleteFolderBeforeRendering: true,
      formatCode: true,
      prettierOptions: { singleQuote: true, printWidth: 120 },
      kitImportStrategy: 'rootOnly',
      // The dependencies are ours to choose: the versions must fit together.
      syncPackageJson: false,
    }),
  );
  // The renderer's client plugin does not type-check against kit 7 (its mapped type is not seen to be
  // the intersection it declares); the rest of that file is constants and identification.
  const file = `${generated}/${program}/programs/${program}.ts`;
  writeFileSync(file, `// @ts-nocheck\n${readFileSync(file, 'utf8')}`);
  keepMessages(`${generated}/${program}/errors/${program}.ts`);
  writeEvents(`${generated}/${program}`, codama.getRoot().program);
}

/**
 * The renderer leaves messages out of production builds, and asks `process` for it, which a browser has not. They
 * are what we show to people.
 */
function keepMessages(file) {
  const text = readFileSync(file, 'utf8')
    .replace(
      /let (\w+): (.*) \| undefined;\nif \(process\.env\['NODE_ENV'\] !== 'production'\) \{\n\s*\1 = (\{[\s\S]*?\n  \};)\n\}\n/,
      (_, name, type, messages) => `const ${name}: ${type} = ${messages.replace(/^  /gm, '')}\n`,
    )
    .replace(
      /  if \(process\.env\['NODE_ENV'\] !== 'production'\) \{\n\s*return \((\w+) as .*\)\[code\];\n  \}\n[^}]*\}/,
      (_, name) => `  return ${name}[code];\n}`,
    );
  if (text.includes('process.env')) throw new Error(`${file} still asks for process.env.`);
  writeFileSync(file, text);
}
