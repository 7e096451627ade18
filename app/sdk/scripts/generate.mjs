// Regenerates src/generated, the Codama client of the issuer program, from app/idl/issuer.json.
// Usage: node app/sdk/scripts/generate.mjs   (npm run generate)
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { rootNodeFromAnchor } from '@codama/nodes-from-anchor';
import { renderVisitor } from '@codama/renderers-js';
import { createFromRoot, updateAccountsVisitor } from 'codama';

const idlFile = fileURLToPath(new URL('../../idl/issuer.json', import.meta.url));
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(idlFile)) {
  console.error('There is no app/idl/issuer.json: `cargo xtask build` makes it.');
  process.exit(1);
}
const codama = createFromRoot(rootNodeFromAnchor(JSON.parse(readFileSync(idlFile, 'utf8'))));
// The account `Attestation` and the argument `AttestationArgs` would both give a type AttestationArgs.
codama.update(updateAccountsVisitor({ attestation: { name: 'postedAttestation' } }));
await codama.accept(
  renderVisitor(packageFolder, {
    generatedFolder: 'src/generated',
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
const program = fileURLToPath(new URL('../src/generated/programs/issuer.ts', import.meta.url));
writeFileSync(program, `// @ts-nocheck\n${readFileSync(program, 'utf8')}`);
