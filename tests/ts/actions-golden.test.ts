/** Corporate actions without a chain: real multipliers to the last bit, amounts, terms, words, phases. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address } from '@solana/kit';
import {
  ActionKind,
  actionTermsHash,
  actionView,
  actionWindow,
  describeTerms,
  dividendTerms,
  floatOfBits,
  formatAmount,
  mergerTerms,
  MULTIPLIER_ONE,
  multiplierHistory,
  multiplierOf,
  parseAmount,
  ratioTerms,
  sharesAt,
  sharesFromRawFloor,
  symbolChangeTerms,
  termsOfAction,
  timesRatio,
  NO_ADDRESS,
  type CorporateAction,
  type Multiplier,
} from '@scrip/sdk';

import { FACTS, SPLIT } from './acting.ts';
import { readFixture } from './fixtures.ts';

type Amounts = Readonly<{ before: string[]; after: string[] }>;
type RealAction = Readonly<{
  old_bits?: string;
  new_bits: string;
  numerator: string;
  denominator: string;
  shares: Amounts;
  shown: Amounts;
}>;
type Fixture = Readonly<{
  raw: string[];
  histories: { token: string; actions: RealAction[] }[];
  splits: RealAction[];
  corrections: RealAction[];
}>;

const real = readFixture('corporate_actions') as Fixture;
const all = [...real.histories.flatMap(({ actions }) => actions), ...real.splits, ...real.corrections];
const ratioOf = ({ numerator, denominator }: RealAction) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});
const oldOf = ({ old_bits }: RealAction) => (old_bits === undefined ? 1 : floatOfBits(BigInt(old_bits)));

test('a ratio makes of each real multiplier the recorded one, to the last bit', () => {
  assert.equal(all.length, 53);
  for (const action of all) {
    const made = timesRatio(multiplierOf(oldOf(action)), ratioOf(action));
    assert.deepEqual(made, multiplierOf(floatOfBits(BigInt(action.new_bits))), action.new_bits);
  }
});

test('real amounts are the shares that were computed elsewhere, and doubles show what Token-2022 shows', () => {
  for (const action of all) {
    for (const [when, value] of [
      ['before', oldOf(action)],
      ['after', floatOfBits(BigInt(action.new_bits))],
    ] as const) {
      real.raw.forEach((raw, i) => {
        assert.equal(formatAmount(sharesFromRawFloor(BigInt(raw), multiplierOf(value))), action.shares[when][i]);
        const shown = formatAmount(BigInt(Math.trunc(Number(raw) * value)));
        assert.equal(shown, action.shown[when][i]);
      });
    }
  }
});

test('a ratio gives what IEEE 754 gives, ties to even, and refuses what is no multiplier', () => {
  const times = (multiplier: Multiplier, numerator: bigint, denominator: bigint) =>
    timesRatio(multiplier, { numerator, denominator });
  for (const [value, numerator, denominator] of [
    [1, 1, 3],
    [10, 1, 10],
    [1.0032690125398187, 1, 1000],
    [1.0032690125398187, 1000, 1],
    [0.1, 7, 1],
    [2 ** -1000, 3, 1],
    [1.7976931348623157e305, 999, 1],
  ] as const) {
    const expected = multiplierOf((value * numerator) / denominator);
    assert.deepEqual(times(multiplierOf(value), BigInt(numerator), BigInt(denominator)), expected);
  }
  // 1 + 2^-53 lies between two doubles, 1 + 3 x 2^-53 as well: the even one of each pair.
  const half = 2n ** 53n;
  assert.deepEqual(times(MULTIPLIER_ONE, half + 1n, half), multiplierOf(1));
  assert.deepEqual(times(MULTIPLIER_ONE, half + 3n, half), multiplierOf(1 + 2 ** -51));
  assert.deepEqual(times(MULTIPLIER_ONE, 2n ** 64n - 1n, 2n ** 64n - 2n), multiplierOf(1));
  assert.deepEqual(times(MULTIPLIER_ONE, 2n ** 64n - 1n, 1n), multiplierOf(2 ** 64));
  assert.throws(() => times(multiplierOf(2 ** 1000), 2n ** 24n, 1n), /beyond/);
  assert.throws(() => times(multiplierOf(2 ** -1022), 1n, 2n), /beyond/);
  for (const bad of [0n, -1n]) assert.throws(() => times(MULTIPLIER_ONE, bad, 1n), /not a ratio/);
});

const DIVIDEND = dividendTerms(
  { grossE8: parseAmount('0.26'), withholdingE8: parseAmount('0.078'), reinvestmentPriceE8: parseAmount('232.5') },
  FACTS,
);

test('terms say what their kind needs, and nothing else', async () => {
  assert.equal(DIVIDEND.netE8, parseAmount('0.182'));
  assert.deepEqual([DIVIDEND.numerator, DIVIDEND.denominator], [23_268_200_000n, 23_250_000_000n]);
  assert.deepEqual(
    [SPLIT, DIVIDEND, symbolChangeTerms('NEXT', FACTS), mergerTerms(FACTS.evidenceHash, FACTS, 1_800_000_000n)].map(
      describeTerms,
    ),
    [
      'split, 10 for 1',
      'reinvested dividend of 0.26 less 0.078, reinvested at 232.5: 23268200000 for 23250000000',
      'change of symbol to NEXT',
      'merger or delisting, redemption forced from 2027-01-15T08:00:00Z on',
    ],
  );
  const figures = { grossE8: 10n, withholdingE8: 10n, reinvestmentPriceE8: 1n };
  assert.throws(() => dividendTerms(figures, FACTS), /leaves something/);
  for (const evidenceHash of [new Uint8Array(31).fill(1), new Uint8Array(32)]) {
    const facts = { ...FACTS, evidenceHash };
    assert.throws(() => ratioTerms(ActionKind.SpinOff, { numerator: 2n, denominator: 1n }, facts), /32 bytes/);
  }
  assert.throws(() => symbolChangeTerms('no symbol', FACTS), /not a symbol/);
  assert.notDeepEqual(await actionTermsHash(SPLIT), await actionTermsHash({ ...SPLIT, exDate: SPLIT.exDate + 1n }));
});

test('an action stands where its second and its window put it', () => {
  const scheduled = {
    ...SPLIT,
    announcer: NO_ADDRESS,
    readyAt: 100n,
    effectiveAt: 0n,
    oldMultiplier: 0x3ff0000000000000n,
    newMultiplier: 0x4024000000000000n,
  } as CorporateAction;
  const window = actionWindow({ windowBeforeSecs: 60, windowAfterSecs: 0 });
  assert.deepEqual(window, { beforeSecs: 60, afterSecs: 900 });
  const account = address('11111111111111111111111111111112');
  const at = (now: bigint, effectiveAt: bigint) => actionView(account, { ...scheduled, effectiveAt }, window, now);
  const phases = [99n, 100n].map((now) => at(now, 0n).phase);
  assert.deepEqual(phases, ['waiting', 'ready']);
  const later = [939n, 940n, 999n, 1_000n, 1_899n, 1_900n].map((now) => at(now, 1_000n).phase);
  assert.deepEqual(later, ['scheduled', 'closing', 'closing', 'effective', 'effective', 'over']);
  assert.equal(
    at(1_900n, 1_000n).text,
    "split, 10 for 1; announced by the custodian's quorum. At 1970-01-01T00:16:40Z a multiplier of 1 becomes 10; minting and trades for cash are closed from 1970-01-01T00:15:40Z until 1970-01-01T00:31:40Z. It is over: anybody may close it.",
  );
  assert.deepEqual(termsOfAction(scheduled), SPLIT);
});

test('a history tells what counted at a time, to the second, and how far back it reaches', () => {
  const entry = (effectiveAt: bigint, value: number) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return { effectiveAt, multiplier: view.getBigUint64(0) };
  };
  // A ring: in no order, and with places that are free.
  const entries = [entry(300n, 20), entry(100n, 1), entry(200n, 10), { effectiveAt: 0n, multiplier: 0n }];
  const history = multiplierHistory({ entries });
  assert.deepEqual(
    history.map(({ value }) => value),
    [1, 10, 20],
  );
  for (const [time, shares] of [
    [100n, 7n],
    [199n, 7n],
    [200n, 70n],
    [299n, 70n],
    [300n, 140n],
  ] as const) {
    assert.equal(sharesAt(history, 7n, time), shares);
  }
  assert.throws(() => sharesAt(history, 7n, 99n), /does not reach back/);
});
