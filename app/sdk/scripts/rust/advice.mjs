// The SDK's advice for Rust: the same words, less what a caller of TypeScript types.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** Where the SDK has it: file and export. */
const SOURCES = {
  issuer: ['advice.ts', 'ADVICE'],
  gate: ['advice.ts', 'GATE_ADVICE'],
  collateral: ['collateral/advice.ts', 'COLLATERAL_ADVICE'],
  lender: ['lender/advice.ts', 'LENDER_ADVICE'],
};

async function read(path, name) {
  const file = fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
  if (!existsSync(file)) return {};
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext },
  });
  const found = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`))[name];
  if (!found) throw new Error(`${file} exports no ${name}.`);
  return found;
}

const BY_PROGRAM = Object.fromEntries(
  await Promise.all(Object.entries(SOURCES).map(async ([program, source]) => [program, await read(...source)])),
);

/** A name of the SDK's, or the SDK itself. */
const SDK_NAME = /\b(?:[a-z]+[A-Z]\w*|SDK)\b/;
const IN_BRACKETS = new RegExp(`\\s*\\([^()]*${SDK_NAME.source}[^()]*\\)`, 'g');
/** Ends a part that says something without the next one. */
const PART = /(?<=[.;])\s+/;

/** What to do about an error, as far as it can be said without the SDK; undefined where nothing is left. */
export function adviceFor(program, error) {
  const words = BY_PROGRAM[program]?.[error];
  if (!words) return undefined;
  const parts = words.replace(IN_BRACKETS, '').split(PART);
  const kept = parts.filter((part) => !SDK_NAME.test(part)).join(' ');
  return kept ? kept.replace(/;$/, '.') : undefined;
}
