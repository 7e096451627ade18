/**
 * Makes the API's documentation in app/sdk/docs. A warning is an error, and so is a function, value or type of ours that
 * says nothing of itself; what is generated is documented by the programs.
 */
import { fileURLToPath } from 'node:url';

import { Application, ReflectionKind, type DeclarationReflection, type SignatureReflection } from 'typedoc';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const app = await Application.bootstrap({ options: 'typedoc.json', logLevel: 'Warn' });
const project = await app.convert();
if (project === undefined) process.exit(1);
app.validate(project);

const isOurs = ({ sources = [] }: DeclarationReflection) =>
  !sources.some(({ fullFileName }) => fullFileName.includes('/src/generated/'));
const says = ({ comment }: DeclarationReflection | SignatureReflection) => (comment?.summary.length ?? 0) > 0;
const SPEAKING = ReflectionKind.Function | ReflectionKind.Variable | ReflectionKind.TypeAlias;
for (const reflection of project.getReflectionsByKind(SPEAKING)) {
  const one = reflection as DeclarationReflection;
  const parts = one.signatures ?? [one];
  if (!isOurs(one) || parts.every(says)) continue;
  const { fileName, line } = one.sources?.[0] ?? {};
  app.logger.error(`${one.name} (${fileName}:${line}) is exported and says nothing of itself.` as never);
}

if (app.logger.hasErrors() || app.logger.hasWarnings()) {
  console.error(`${app.logger.errorCount} errors and ${app.logger.warningCount} warnings: see above.`);
  process.exit(1);
}
await app.generateOutputs(project);
