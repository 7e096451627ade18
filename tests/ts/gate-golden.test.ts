/** What the gate's client says once more, held against the programs' own source. No chain needed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Mode, MODE_NAMES, REASONS, reasonsOf, WINDOW_REASON } from '@scrip/sdk';
import {
  allCountriesBut,
  countriesOf,
  countryCode,
  countryNumber,
  countrySet,
  EvidenceKind,
  HOLDER_REASONS,
  holderReasonsOf,
  PolicyFlag,
  policyTerms,
  rulesOf,
  Status,
  WalletKind,
} from '@scrip/sdk/gate';

const source = (path: string) => readFileSync(new URL(`../../programs/${path}`, import.meta.url), 'utf8');

/** Names and values of constants and variants, as a pattern finds them. */
const found = (path: string, pattern: RegExp) =>
  [...source(path).matchAll(pattern)].map(([, name, value]) => [name!, Number(value)] as const);

test("reasons have the gate's names and bits, each with a sentence", () => {
  const bits = found('interface/src/gate/reason.rs', /pub const (\w+): Self = Self\(1 << (\d+)\)/g);
  assert.deepEqual(
    HOLDER_REASONS.map(([name], bit) => [name, bit]),
    bits,
  );
  for (const [, text] of HOLDER_REASONS) assert.match(text, /^[A-Z].*\.$/);
  assert.deepEqual(
    holderReasonsOf(0b1010).map(({ name }) => name),
    ['NOT_REGISTERED', 'EXPIRED'],
  );
  assert.equal(holderReasonsOf(2 ** 31)[0]!.name, 'UNKNOWN_31');
});

test("the primary market's reasons have the issuer's names and bits, the gate's behind them", () => {
  const all = found('interface/src/preflight.rs', /pub const (\w+): u32 = 1 << (\d+)/g);
  const own = all.filter(([, bit]) => bit !== 31);
  const shift = Number(/reasons\.0 << (\d+)/.exec(source('interface/src/preflight.rs'))![1]);
  const gates = found('interface/src/gate/reason.rs', /pub const (\w+): Self = Self\(1 << (\d+)\)/g);
  const passedOn = [...source('interface/src/preflight.rs').matchAll(/of_gate\(Reasons::(\w+)\)/g)].map(
    ([, name]) => name,
  );
  const behind = gates.filter(([name]) => passedOn.includes(name)).map(([name, bit]) => [name, bit + shift] as const);
  const pascal = (name: string) =>
    name.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  assert.equal(behind.length, passedOn.length);
  assert.deepEqual(
    REASONS.map(([name], bit) => [name, bit]),
    [...own, ...behind].map(([name, bit]) => [pascal(name), bit]),
  );
  const last = all.filter(([, bit]) => bit === 31);
  assert.deepEqual(
    last.map(([name]) => pascal(name)),
    [WINDOW_REASON[0]],
  );
  assert.equal(reasonsOf(2 ** 31)[0]!.name, WINDOW_REASON[0]);
});

test('numbers of modes, kinds and flags are those of the programs', () => {
  const variants = (path: string, name: string) => {
    const body = new RegExp(`pub enum ${name} \\{([^}]*)\\}`).exec(source(path))![1]!;
    return Object.fromEntries([...body.matchAll(/^\s*(\w+) = (\d+),/gm)].map(([, key, value]) => [key, Number(value)]));
  };
  assert.deepEqual(variants('interface/src/issuer.rs', 'Mode'), Mode);
  assert.deepEqual(
    Object.keys(Mode).map((name) => name.toLowerCase()),
    MODE_NAMES,
  );
  assert.deepEqual(variants('interface/src/gate/wallet.rs', 'Status'), Status);
  assert.deepEqual(variants('interface/src/gate/wallet.rs', 'Kind'), WalletKind);
  const flags = found('interface/src/gate/policy.rs', /pub const (\w+): u8 = 1 << (\d+)/g);
  assert.deepEqual(
    flags.map(([, bit]) => 1 << bit),
    [PolicyFlag.SourceCheck, PolicyFlag.Venues],
  );
  const kinds = found('gate/src/state/provider.rs', /pub const (SIGNATURE|SAS): u8 = (\d+)/g);
  assert.deepEqual(
    kinds.map(([, value]) => value),
    [EvidenceKind.Signature, EvidenceKind.Sas],
  );
});

test('countries: letters for people, bits by number for the chain', () => {
  assert.deepEqual(['DE', 'US', 'CH'].map(countryNumber), [276, 840, 756]);
  assert.equal(countryCode(276), 'DE');
  assert.equal(countryCode(4), 'AF');
  // Not a country, but it may stand in an account.
  assert.equal(countryCode(999), '999');
  const set = countrySet(['DE', 'AF']);
  assert.deepEqual([set.length, set[276 >> 3], set[0]], [128, 1 << (276 & 7), 1 << 4]);
  assert.deepEqual(countriesOf(set), ['AF', 'DE']);
  for (const code of ['de', 'DEU', 'XX', '', 'toString']) assert.throws(() => countryNumber(code), /is no country/);
  const rest = countriesOf(allCountriesBut(['US', 'KP']));
  assert.equal(rest.length, 247);
  assert.ok(!rest.includes('US') && rest.includes('DE'));
  assert.throws(() => allCountriesBut(['USA']), /is no country/);
});

test('rules of a policy, there and back', () => {
  const rules = { countries: ['CH', 'DE'], providers: [0, 63], minTier: 2, sourceCheck: true, venues: false };
  const terms = policyTerms(rules);
  assert.deepEqual([terms.providers, terms.flags], [(1n << 63n) | 1n, 1]);
  assert.deepEqual(rulesOf(terms), rules);
});
