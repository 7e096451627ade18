// Makes the API's documentation in app/sdk/docs. A warning is an error, and so is a function or value of ours that says
// nothing of itself; what is generated is documented by the programs.
// Usage: node app/sdk/scripts/docs.mjs   (npm run docs -w @scrip/sdk, part of `cargo xtask lint`)
import { fileURLToPath } from 'node:url';

import { Application, ReflectionKind } from 'typedoc';

const sdk = fileURLToPath(new URL('..', import.meta.url));
process.chdir(sdk);

const app = await Application.bootstrap({ options: 'typedoc.json', logLevel: 'Warn' });
const project = await app.convert();
if (project === undefined) process.exit(1);
app.validate(project);

const isOurs = ({ sources = [] }) => !sources.some(({ fullFileName }) => fullFileName.includes('/src/generated/'));
const says = (reflection) => reflection.comment !== undefined && reflection.comment.summary.length > 0;
const SPEAKING = ReflectionKind.Function | ReflectionKind.Variable | ReflectionKind.TypeAlias;
for (const one of project.getReflectionsByKind(SPEAKING).filter(isOurs)) {
  const parts = one.signatures ?? [one];
  if (parts.every(says)) continue;
  const { fileName, line } = one.sources?.[0] ?? {};
  app.logger.error(`${one.name} (${fileName}:${line}) is exported and says nothing of itself.`);
}

if (app.logger.hasErrors() || app.logger.hasWarnings()) {
  console.error(`${app.logger.errorCount} errors and ${app.logger.warningCount} warnings: see above.`);
  process.exit(1);
}
await app.generateOutputs(project);
