/** The table of flows as it stands in the SDK's README, between two marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { openScene } from './scene.ts';
import { STORIES } from './stories.ts';
import type { Flow, Row } from './recorder.ts';

const README = fileURLToPath(new URL('../../../app/sdk/README.md', import.meta.url));
const BEGIN = '<!-- flows: made by `cargo xtask flows` -->\n';
const END = '<!-- end of flows -->\n';

/** Plays all flows on the chain under test and notes down what their transactions were like. */
export async function measure(issuerId: number): Promise<readonly Flow[]> {
  const scene = await openScene(issuerId);
  for (const story of STORIES) await story(scene);
  return scene.recorder.flows;
}

/** One line for each transaction. */
export function render(flows: readonly Flow[]): string {
  const head = '| flow | transaction | signers | bytes | accounts | CU |\n|---|---|---|---:|---:|---:|\n';
  const lines = flows.flatMap(({ name, rows }) => rows.map((row, i) => line(i === 0 ? name : '', row)));
  return `${head}${lines.join('\n')}\n`;
}

function line(flow: string, { step, signers, bytes, accounts, looked, computeUnits }: Row): string {
  const named = looked === 0 ? `${accounts}` : `${accounts} (${looked} by table)`;
  return `| ${flow} | ${step} | ${signers.join(', ')} | ${bytes} | ${named} | ${rounded(computeUnits)} |`;
}

/** A statement of another second, another nonce: some ten units more or less. */
const ROUND = 100n;
const rounded = (units: bigint) => ((units + ROUND / 2n) / ROUND) * ROUND;

/**
 * A measured table in which CU that have not changed stand as they are committed: they may be a step of the rounding
 * away, no more. All else must be the same.
 */
export function settled(measured: string, before: string): string {
  const old = before.split('\n');
  const lines = measured.split('\n').map((line, i) => {
    const [now, then] = [unitsOf(line), unitsOf(old[i] ?? '')];
    if (now === undefined || then === undefined || Math.abs(now - then) > Number(ROUND)) return line;
    return line.replace(CELL, `| ${then} |`);
  });
  return lines.join('\n');
}

const CELL = /\| (\d+) \|$/;

function unitsOf(line: string): number | undefined {
  const found = CELL.exec(line);
  return found ? Number(found[1]) : undefined;
}

/** The committed table. Throws if the README has not the marks. */
export function committed(): string {
  const [, after] = readFileSync(README, 'utf8').split(BEGIN);
  const [table, rest] = (after ?? '').split(END);
  if (table === undefined || rest === undefined) throw new Error(`${README} has no marks of the table of flows.`);
  return table;
}

/** Puts a table in the place of the committed one. */
export function write(table: string): void {
  const before = committed();
  const text = readFileSync(README, 'utf8');
  writeFileSync(README, text.replace(`${BEGIN}${before}${END}`, `${BEGIN}${table}${END}`));
}
