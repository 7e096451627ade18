/** What the clients of collateral and lender say once more, held against the programs' own Rust code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  AccountRole,
  address,
  createNoopSigner,
  getAddressDecoder,
  getBase16Encoder,
  isSignerRole,
  isWritableRole,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { findTokenAccount } from '@scrip/sdk';
import { GATE_PROGRAM_ADDRESS } from '@scrip/sdk/gate';
import * as valuing from '@scrip/sdk/collateral';
import * as lending from '@scrip/sdk/lender';
import { loadCalendar } from '@scrip/data';

import { readFixture } from './fixtures.ts';

type Told = { name: string; program: string; data: string; accounts: [string, string][] };
type Golden = {
  instructions: Told[];
  accounts: Record<'market' | 'collateral' | 'position' | 'supplier', string>;
  debts: Record<'market' | 'position' | 'now' | 'index' | 'debt' | 'debtValue', string>[];
  answers: {
    value: string;
    status: string;
    judged: { allowed: number; collateralValue: string; liquidationValue: string }[];
  };
  curated: { config: string; hash: string; mic: string; hours: string; years: string[] };
  reasons: [string, number][];
  price: { owner: string; data: string };
};

const golden = readFixture('lending_golden') as Golden;
const hex = (data: ReadonlyUint8Array) => Buffer.from(data as Uint8Array).toString('hex');
const bytes = (text: string) => getBase16Encoder().encode(text);
/** The address of 32 equal bytes. */
const a = (number: number) => getAddressDecoder().decode(new Uint8Array(32).fill(number));
const signer = (number: number) => createNoopSigner(a(number));
const programs = {
  programs: {
    gate: GATE_PROGRAM_ADDRESS,
    collateral: valuing.COLLATERAL_PROGRAM_ADDRESS,
    lender: lending.LENDER_PROGRAM_ADDRESS,
  },
};

function told(name: string, { programAddress, data, accounts }: Instruction): Told {
  const how = (role: AccountRole) => (isWritableRole(role) ? 'w' : '') + (isSignerRole(role) ? 's' : '');
  return {
    name,
    program: programAddress,
    data: hex(data!),
    accounts: accounts!.map(({ address, role }) => [address, how(role)]),
  };
}

const marketTerms = { baseRateBps: 200, slopeBps: 1_000, closeFactorBps: 5_000, minDebt: 100_000_000n };
const termsOf = (hash: number) => ({
  configHash: new Uint8Array(32).fill(hash),
  ltvBps: 7_300,
  liquidationBps: 7_500,
  bonusBps: 500,
  maxRaw: 100_000_000_000_000n,
});

/** The golden calls, by the generated builders; a plan's own choice of accounts is tested on chain. */
async function made(): Promise<Told[]> {
  const program = lending.LENDER_PROGRAM_ADDRESS;
  const [owner, there] = [signer(5), a(6)];
  const collateral = await lending.findCollateral(program, a(1), a(4));
  const cash = {
    market: a(1),
    cashMint: a(2),
    cashProgram: a(3),
    cashVault: await findTokenAccount(a(2), a(1), a(3)),
  };
  const stock = { collateral, mint: a(4), vault: await findTokenAccount(a(4), a(1)) };
  const position = await lending.findPosition(program, a(1), owner.address);
  const supplier = await lending.findSupplier(program, a(1), owner.address);
  const held = (number: number, token: object = {}) => ({
    address: a(number + 4),
    accounts: { feed: a(number), calendar: a(number + 1), mint: a(number + 2), price: a(number + 3), ...token },
  });
  const holdings = [held(10), held(20, { tokenPrice: a(29) })];
  const metas = lending.holdingMetas(programs.programs.collateral, holdings);
  const valued = (instruction: Instruction) => ({ ...instruction, accounts: [...instruction.accounts!, ...metas] });
  const [first, second] = holdings.map(({ accounts }) => accounts);
  const asked = [
    { accounts: first!, raw: 1n },
    { accounts: second!, raw: 2n ** 64n - 1n },
  ];
  return [
    told('createMarket', lending.getCreateMarketInstruction({ owner, ...cash, id: 7n, terms: marketTerms })),
    told(
      'addCollateral',
      lending.getAddCollateralInstruction({
        owner,
        market: a(1),
        ...stock,
        feed: a(8),
        calendar: a(9),
        terms: termsOf(7),
      }),
    ),
    told('setCollateral', lending.getSetCollateralInstruction({ owner, market: a(1), collateral, terms: termsOf(8) })),
    told('supply', lending.getSupplyInstruction({ owner, supplier, source: there, ...cash, amount: 1_000_001n })),
    told('redeem', lending.getRedeemInstruction({ owner, supplier, destination: there, ...cash, shares: 1_000_002n })),
    told(
      'deposit',
      lending.getDepositInstruction({ owner, market: a(1), ...stock, position, source: there, raw: 1_000_003n }),
    ),
    told(
      'withdraw',
      valued(
        lending.getWithdrawInstruction({
          owner,
          market: a(1),
          ...stock,
          position,
          destination: there,
          raw: 1_000_004n,
        }),
      ),
    ),
    told(
      'borrow',
      valued(lending.getBorrowInstruction({ owner, position, destination: there, ...cash, amount: 1_000_005n })),
    ),
    told(
      'repay',
      lending.getRepayInstruction({ payer: owner, position: a(7), source: there, ...cash, maxAmount: 2n ** 64n - 1n }),
    ),
    told(
      'liquidate',
      valued(
        lending.getLiquidateInstruction({
          liquidator: owner,
          position: a(7),
          source: there,
          ...cash,
          ...stock,
          destination: a(8),
          maxRepaid: 9n,
          minSeized: 10n,
        }),
      ),
    ),
    told('value', valuing.valueInstruction(programs.programs.collateral, asked)),
    told('status', valuing.getStatusInstruction({ feed: first!.feed, calendar: first!.calendar, mint: first!.mint })),
    told('observe', (await valuing.observePlan(programs, second!))[0]!),
  ];
}

test('instructions are byte for byte those of the Rust builders', async () => {
  const instructions = await made();
  assert.equal(instructions.length, golden.instructions.length);
  for (const [i, one] of instructions.entries()) assert.deepEqual(one, golden.instructions[i]);
});

test("the lender's accounts decode to what was written, and encode to the same bytes", () => {
  const { accounts } = golden;
  const market = lending.getMarketDecoder().decode(bytes(accounts.market));
  assert.deepEqual(
    [market.version, market.bump, market.owner, market.id, market.cashMint, market.cashProgram, market.cashVault],
    [1, 1, a(2), 3n, a(4), a(5), a(6)],
  );
  assert.deepEqual(
    [market.cashDecimals, market.terms, market.accruedAt, market.index, market.debtUnits],
    [7, marketTerms, 8n, 9n, 10n],
  );
  assert.deepEqual([market.cash, market.shares, market.badDebt], [11n, 12n, 13n]);
  assert.equal(hex(lending.getMarketEncoder().encode(market)), accounts.market);

  const collateral = lending.getCollateralDecoder().decode(bytes(accounts.collateral));
  assert.deepEqual(
    [collateral.market, collateral.mint, collateral.feed, collateral.vault, collateral.decimals],
    [a(2), a(3), a(4), a(5), 6],
  );
  assert.deepEqual(collateral.terms, termsOf(7));
  assert.equal(collateral.deposited, 8n);
  assert.equal(hex(lending.getCollateralEncoder().encode(collateral)), accounts.collateral);

  const position = lending.getPositionDecoder().decode(bytes(accounts.position));
  assert.deepEqual([position.market, position.owner, position.debtUnits], [a(2), a(3), 11n]);
  const none = { collateral: address('11111111111111111111111111111111'), raw: 0n };
  assert.deepEqual(position.holdings, [{ collateral: a(4), raw: 5n }, { collateral: a(6), raw: 7n }, none, none, none]);
  assert.equal(hex(lending.getPositionEncoder().encode(position)), accounts.position);

  const supplier = lending.getSupplierDecoder().decode(bytes(accounts.supplier));
  assert.deepEqual([supplier.market, supplier.owner, supplier.shares], [a(2), a(3), 4n]);
  assert.equal(hex(lending.getSupplierEncoder().encode(supplier)), accounts.supplier);
});

test('debts grow as the program counts them, to the unit', () => {
  for (const one of golden.debts) {
    const market = lending.getMarketDecoder().decode(bytes(one.market));
    const position = lending.getPositionDecoder().decode(bytes(one.position));
    const now = BigInt(one.now);
    assert.equal(lending.debtIndexAt(market, now), BigInt(one.index));
    const debt = lending.debtAt(market, position, now);
    assert.equal(debt, BigInt(one.debt));
    assert.equal(lending.debtValueE8(debt, market.cashDecimals), BigInt(one.debtValue));
  }
});

test('answers are read and judged as by the reader of the interface', () => {
  const values = valuing.decodeValuations(valuing.AnswerKind.Value, bytes(golden.answers.value));
  assert.deepEqual(values[0], {
    mint: a(1),
    configHash: new Uint8Array(32).fill(2),
    raw: 3n,
    floorPriceE8: 4n,
    midPriceE8: 5n,
    ceilingPriceE8: 6n,
    floorValueE8: 2n ** 64n - 8n,
    midValueE8: 8n,
    ceilingValueE8: 9n,
    confidenceE8: 10n,
    publishTime: -11n,
    multiplier: 10,
    nextMultiplier: 1.25,
    nextEffectiveAt: 12n,
    reasonBits: ((1 << 14) | (1 << 31)) >>> 0,
    ageSecs: 13,
    haircutBps: 333,
    flags: 7,
    session: 4,
    configVersion: 0x01020304,
  });
  assert.deepEqual(
    values.map((value) => ({
      allowed: valuing.allowed(value),
      collateralValue: `${valuing.collateralValueE8(value)}`,
      liquidationValue: `${valuing.liquidationValueE8(value)}`,
    })),
    golden.answers.judged,
  );
  assert.deepEqual(
    valuing.reasonsFor(values[0]!).map(({ name }) => name),
    ['ACTION_PENDING', 'UNKNOWN_31'],
  );
  assert.equal(valuing.decodeValuations(valuing.AnswerKind.Status, bytes(golden.answers.status)).length, 1);
});

test('an answer that is not whole, or to another question, is refused', () => {
  const data = new Uint8Array(bytes(golden.answers.value));
  const read = (kind: valuing.AnswerKind, answer: Uint8Array) => () => valuing.decodeValuations(kind, answer);
  assert.throws(read(valuing.AnswerKind.Status, data), /of a version and kind/);
  assert.throws(read(valuing.AnswerKind.Value, data.slice(0, -1)), /of a version and kind/);
  assert.throws(read(valuing.AnswerKind.Value, data.slice(0, 4)), /too short/);
  assert.throws(read(valuing.AnswerKind.Value, Uint8Array.from([2, ...data.slice(1)])), /of a version and kind/);
  // A longer entry is of a later release: what is known of it is read.
  const [header, entry] = [data.slice(0, 8), data.slice(8, 8 + 176)];
  header.set([180, 0, 1], 2);
  const longer = Uint8Array.from([...header, ...entry, 1, 2, 3, 4]);
  assert.equal(valuing.decodeValuations(valuing.AnswerKind.Value, longer)[0]!.raw, 3n);
});

test('every reason has its bit, its name and what it takes', () => {
  assert.deepEqual(
    valuing.VALUE_REASONS.map(([name], bit) => [name, valuing.leaveFlags((1 << bit) >>> 0, valuing.ALL_FLAGS)]),
    golden.reasons,
  );
  assert.equal(valuing.leaveFlags((1 << 31) >>> 0, valuing.ALL_FLAGS), valuing.Flag.CanLiquidate);
});

test('default rules, hours and days are those that the tests of solvency rest on', async () => {
  const { curated } = golden;
  const aapl = bytes('49f6b65cb1de6b10eaf75e7c03ca029c306d0357e91b5311b175084a5ad55688');
  const rules = valuing.defaultRules(a(1), valuing.pythSource(aapl, valuing.Unit.PerShare));
  assert.equal(hex(valuing.getFeedConfigEncoder().encode(rules)), curated.config);
  assert.equal(hex(await valuing.configHash(a(2), a(3), rules)), curated.hash);
  assert.equal(hex(valuing.getHoursEncoder().encode(valuing.NYSE_HOURS)), curated.hours);
  const { mic, years } = loadCalendar();
  assert.equal(mic, curated.mic);
  assert.deepEqual(
    years.map((year) => hex(valuing.getYearEncoder().encode(valuing.calendarYear(year)))),
    curated.years,
  );
  for (const wrong of ['2026-02-30', '2025-12-25', 'Christmas']) {
    const year = { year: 2026, holidays: [wrong], earlyCloses: [] };
    assert.throws(() => valuing.calendarYear(year), /is no day of 2026/);
  }
});

test('a local price account is byte for byte that of the Rust tests', () => {
  const price = valuing.encodePriceUpdate({
    writeAuthority: new Uint8Array(32).fill(7),
    feedId: bytes('49f6b65cb1de6b10eaf75e7c03ca029c306d0357e91b5311b175084a5ad55688'),
    price: 33_563_050_000n,
    confidence: 1n,
    expo: -8,
    publishTime: 1_789_666_422n,
    previousPublishTime: 1_789_666_421n,
    emaPrice: -2n,
    emaConfidence: 1n,
    postedSlot: 450_000_000n,
  });
  assert.equal(hex(price), golden.price.data);
  assert.equal(valuing.PYTH_RECEIVER_ADDRESS as Address, golden.price.owner);
});
