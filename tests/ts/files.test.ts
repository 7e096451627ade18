/** What holds between the test files: they count from zero on one chain, and their README says what each holds. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('.', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const FILES = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
/** Whatever opens an issuer, by its number. */
const OPENED =
  /(?:listed|gatedMarket|actingScene|gatedConfig|configFor|measure|ISSUER(?:_ID)?)(?:\(| = )(?:await connectFromEnv\(\), )?(\d+)/g;

test('no two files open an issuer of the same number', () => {
  const opened = FILES.flatMap((file) =>
    [...new Set([...read(file).matchAll(OPENED)].map(([, number]) => number!))].map((number) => ({ file, number })),
  );
  assert.ok(opened.length > 30, `${opened.length} are found`);
  const shared = opened.filter(({ file, number }) => opened.some((one) => one.number === number && one.file !== file));
  assert.deepEqual(shared, []);
});

test('the README tells of every file, and of none that is not there', () => {
  const named = [...read('README.md').matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, name]) => name!);
  assert.deepEqual(
    FILES.filter((file) => !named.includes(file)),
    [],
  );
  assert.deepEqual(
    named.filter((name) => !existsSync(new URL(name, folder))),
    [],
  );
});
