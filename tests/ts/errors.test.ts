/** Refusals by name, with what to do: of every error that a program can give. No chain needed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { address, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError } from '@solana/kit';
import {
  ADVICE,
  describeError,
  foreignError,
  GATE_ADVICE,
  GATE_ERROR_NAMES,
  ISSUER_ERROR_NAMES,
  ISSUER_PROGRAM_ADDRESS,
  namedError,
  programError,
} from '@scrip/sdk';
import { COLLATERAL_ADVICE } from '@scrip/sdk/collateral';
import { GATE_PROGRAM_ADDRESS } from '@scrip/sdk/gate';
import { LENDER_ADVICE } from '@scrip/sdk/lender';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

type Entry = { code: number; name: string; msg: string };
const idlErrors = (program: string) => (JSON.parse(read(`app/idl/${program}.json`)) as { errors: Entry[] }).errors;

/** The lender has no IDL: its enum, which numbers from 8000 on. */
function lenderErrors(): Entry[] {
  const variants = read('programs/lender/src/error.rs').matchAll(/\/\/\/ (.*)\.\n\s+(\w+)(?: = [\d_]+)?,/g);
  return [...variants].map(([, msg, name], i) => ({ code: 8000 + i, name: name!, msg: msg! }));
}

const ALL = [
  { program: 'issuer', errors: idlErrors('issuer'), advice: ADVICE },
  { program: 'gate', errors: idlErrors('gate'), advice: GATE_ADVICE },
  { program: 'collateral', errors: idlErrors('collateral'), advice: COLLATERAL_ADVICE },
  { program: 'lender', errors: lenderErrors(), advice: LENDER_ADVICE },
];

test('every error of every program has its name, its words and advice', () => {
  const numbers = new Set<number>();
  for (const { program, errors, advice } of ALL) {
    assert.ok(errors.length > 20, program);
    for (const { code, name, msg } of errors) {
      const found = namedError(code, 0);
      assert.deepEqual([found.program, found.name, found.message], [program, name, msg], `${program} ${name}`);
      assert.match(found.advice ?? '', /^[A-Z].*\.$/, `advice for ${program}'s ${name}`);
      assert.ok(!numbers.has(code), `${code} is of one program`);
      numbers.add(code);
    }
    assert.deepEqual(Object.keys(advice).sort(), errors.map(({ name }) => name).sort());
  }
  assert.ok([...GATE_ERROR_NAMES.keys()].every((code) => !ISSUER_ERROR_NAMES.has(code)));
});

const failed = (code: number) => new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code, index: 2 });
const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';

test('a number of another program is named by who raised it first', () => {
  const logs = [
    'Program SCRiP1111111111111111111111111111111111111 invoke [1]',
    `Program ${TOKEN_2022} invoke [2]`,
    `Program ${TOKEN_2022} failed: custom program error: 0x11`,
    'Program SCRiP1111111111111111111111111111111111111 failed: custom program error: 0x11',
  ];
  const frozen = programError(failed(17), logs);
  assert.deepEqual([frozen?.program, frozen?.name, frozen?.index], ['other', 'AccountFrozen', 2]);
  assert.match(frozen!.advice!, /claim link/);
  // Without the log it could be anybody's.
  assert.equal(programError(failed(17))?.name, 'Custom(17)');
  assert.equal(programError(failed(17))?.advice, undefined);
  // 0x111 is not 0x11.
  assert.equal(programError(failed(0x1), logs)?.name, 'Custom(1)');
  assert.equal(foreignError(0, '11111111111111111111111111111111')?.name, 'AccountAlreadyInUse');
});

test('a number of ours is ours only where one of our programs raised it', () => {
  const { code } = idlErrors('issuer')[0]!;
  const raisedBy = (program: string) => [`Program ${program} failed: custom program error: 0x${code.toString(16)}`];
  const named = (program: string, cluster?: Parameters<typeof programError>[2]) =>
    programError(failed(code), raisedBy(program), cluster)?.program;
  assert.equal(named(ISSUER_PROGRAM_ADDRESS), 'issuer');
  // The gate has no error of that number, and Token-2022 is none of ours.
  assert.deepEqual([named(GATE_PROGRAM_ADDRESS), named(TOKEN_2022)], ['other', 'other']);
  // It may be a deployment of ours, unless it is known where ours are.
  const elsewhere = address('Stake11111111111111111111111111111111111111');
  assert.equal(named(elsewhere), 'issuer');
  const programs = { gate: GATE_PROGRAM_ADDRESS, collateral: elsewhere, lender: elsewhere };
  const cluster = { programId: ISSUER_PROGRAM_ADDRESS, programs };
  assert.equal(named(TOKEN_2022, cluster), 'other');
  assert.equal(named(ISSUER_PROGRAM_ADDRESS, cluster), 'issuer');
  assert.equal(named(ISSUER_PROGRAM_ADDRESS, { ...cluster, programId: elsewhere }), 'other');
  assert.equal(named(elsewhere, { ...cluster, programId: elsewhere }), 'issuer');
});

test('what Anchor checks has words too, and what is of another sort has none', () => {
  assert.equal(programError(failed(3012))?.name, 'AccountNotInitialized');
  assert.equal(programError(failed(2_110_272_652))?.name, 'HookAccountMissing');
  assert.equal(programError(new Error('fetch failed')), undefined);
  assert.equal(programError(failed(999_999))?.name, 'Custom(999999)');
});

test('a line for a person says what, why and what to do', () => {
  const [{ code, name, msg }] = idlErrors('issuer').filter((error) => error.name === 'StatementStale') as [Entry];
  assert.equal(describeError(failed(code)), `${name}: ${msg}. ${ADVICE.StatementStale}`);
  assert.equal(describeError(new Error('fetch failed')), 'fetch failed');
});
