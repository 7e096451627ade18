/** The main job, told on a fresh chain: list, mint, move, redeem, rotate, reclaim, trade, refuse, pay a dividend, lend, split, seize, account for it. */
import { createHash } from 'node:crypto';

import type { Address } from '@solana/kit';
import { migrate, prepare, renderTable, short, type Config, type Context } from '@scrip/migrations';
import {
  attestSettle,
  fetchTickerView,
  findRedemption,
  formatAmount,
  parseAmount,
  requestRedemptionPlan,
  send,
  settleRedemptionPlan,
  transferPlan,
  type Cluster,
} from '@scrip/sdk';

import { runAttacks } from './attacks.ts';
import { tradeForCash } from './cash.ts';
import { counting, type Output } from './output.ts';
import { payDividend } from './dividend.ts';
import { ignoredRedemption } from './ignored.ts';
import { lendAgainstShares } from './lending.ts';
import { tellModes } from './modes.ts';
import { rotateByAdmin, rotateByQuorum } from './rotation.ts';
import { recoverShares, seizeShares } from './seizure.ts';
import { balanceOf, buy, changeSupply, createWorld, expectEqual, quorum, type Market, type World } from './world.ts';

export type Summary = Readonly<{
  mints: number;
  transfers: number;
  redemptions: number;
  rotations: number;
  reclaimed: number;
  cashTrades: number;
  /** In the tickers of the three modes. */
  admitted: number;
  notAdmitted: number;
  refusedAttacks: number;
  borrows: number;
  refusedBorrows: number;
  liquidations: number;
  /** From announcement to closing. */
  corporateActions: number;
  dividends: number;
  splits: number;
  seizures: number;
  recoveries: number;
  tickers: readonly TickerSummary[];
}>;

export type TickerSummary = Readonly<{
  symbol: string;
  mint: string;
  /** Decimal texts: tokens, and shares. */
  supply: string;
  reserves: string;
}>;

const MOVED = parseAmount('1.25');
const REDEEMED = parseAmount('2');
const PAYOUT = 'wire 2026-000001, 2 AAPL sold';

export async function tellStory(cluster: Cluster, config: Config, plainOutput: Output): Promise<Summary> {
  const output = counting(plainOutput);
  const context = await setUp(cluster, config, output);
  const world = await createWorld(context);
  const [apple, nvidia, tesla, spy, netflix] = ['AAPLx', 'NVDAx', 'TSLAx', 'SPYx', 'NFLXx'].map((symbol) =>
    world.markets.find((market) => market.symbol === symbol)!,
  ) as [Market, Market, Market, Market, Market];

  await mintAll(world, output);
  await move(world, apple, output);
  await redeem(world, apple, output);

  const rotated = await rotateByAdmin(await rotateByQuorum(world, tesla, output), output);
  await ignoredRedemption(rotated, spy, output);
  await tellModes(rotated, output);
  const desk = await tradeForCash(rotated, nvidia, output);

  output.heading('Attacks');
  await runAttacks(rotated, apple, nvidia, desk, output);

  await payDividend(rotated, apple, output);
  await lendAgainstShares(rotated, { spy, nvidia, netflix }, desk, output);

  await seizeShares(rotated, tesla, output);
  await recoverShares(rotated, tesla, output);

  const tickers = await account(rotated, output);
  return requireTold({
    mints: output.count('minted'),
    transfers: output.count('moved'),
    redemptions: output.count('redeemed'),
    rotations: output.count('rotated'),
    reclaimed: output.count('reclaimed'),
    cashTrades: output.count('subscribed') + output.count('redeemed_for_cash'),
    admitted: output.count('mode_passed'),
    notAdmitted: output.count('mode_refused'),
    refusedAttacks: output.count('attack_refused'),
    borrows: output.count('borrowed'),
    refusedBorrows: output.count('borrow_refused'),
    liquidations: output.count('liquidated'),
    corporateActions: output.count('action_closed'),
    dividends: output.count('dividend'),
    splits: output.count('split'),
    seizures: output.count('seized'),
    recoveries: output.count('recovered'),
    tickers,
  });
}

/** An act that was left out fails the run. */
function requireTold(summary: Summary): Summary {
  const missing = Object.entries(summary).filter(([, count]) => count === 0);
  if (missing.length > 0) throw new Error(`the story told no ${missing.map(([what]) => what).join(', no ')}.`);
  return summary;
}

async function setUp(cluster: Cluster, config: Config, output: Output): Promise<Context> {
  const context = await prepare(cluster, config);
  const { threshold } = config.attestors;
  output.heading('An issuer, a custodian and its attestors, thirteen tickers');
  const rows: string[][] = [];
  await migrate(context, (step, { what, address, outcome }) => {
    rows.push([what, address, outcome]);
    output.event('listed', { step, what, address, outcome });
  });
  output.say(renderTable([{ title: 'what' }, { title: 'address' }, { title: 'outcome' }], rows));
  output.say(`\nNothing is minted without ${threshold} of the custodian's ${context.attestors.length} signatures.`);
  return context;
}

/** Two investors buy fractions of each ticker; another three attestors sign each time. */
async function mintAll(world: World, output: Output): Promise<void> {
  output.heading('Two investors buy shares; the custodian attests what it holds');
  const { alice, bob } = world;
  const rows: string[][] = [];
  const buyBoth = async (market: Market, turn: number): Promise<void> => {
    for (const [i, [investor, shares]] of (
      [
        [alice, market.purchase.alice],
        [bob, market.purchase.bob],
      ] as const
    ).entries()) {
      const one = await buy(world, market, investor, parseAmount(shares), turn + i);
      const signers = one.signed.signatures.map(({ attestor }) => world.context.attestors.indexOf(attestor) + 1);
      const { signature } = one;
      output.event('minted', {
        symbol: market.symbol,
        investor: investor.name,
        amount: shares,
        nonce: one.body.header.nonce,
        signers,
        signature,
      });
      rows.push([market.symbol, investor.name, shares, market.purchase.held, signers.join(' '), short(signature)]);
    }
  };
  await Promise.all(world.markets.map(buyBoth));
  rows.sort(([a], [b]) => symbolOrder(world, a!) - symbolOrder(world, b!));
  const columns = ['ticker', 'investor', 'shares', 'held', 'attestors', 'signature'];
  output.say(
    renderTable(
      columns.map((title) => ({ title, right: title === 'shares' || title === 'held' })),
      rows,
    ),
  );
}

const symbolOrder = ({ markets }: World, symbol: string) => markets.findIndex((market) => market.symbol === symbol);

/** A plain Token-2022 transfer: nothing of Scrip takes part in it. */
async function move(world: World, market: Market, output: Output): Promise<void> {
  const { context, alice, bob } = world;
  const { mint, symbol } = market;
  output.heading('They move as any token does');
  const signature = await send(
    context.cluster,
    alice.wallet,
    await transferPlan(context.cluster, alice.wallet, mint, bob.wallet.address, MOVED),
  );
  await expectBalance(world, market, alice.wallet.address, parseAmount(market.purchase.alice) - MOVED);
  await expectBalance(world, market, bob.wallet.address, parseAmount(market.purchase.bob) + MOVED);
  output.say(`Alice sends Bob ${formatAmount(MOVED)} ${symbol}, ${short(signature)}.`);
  output.event('moved', { symbol, from: alice.name, to: bob.name, amount: formatAmount(MOVED), signature });
}

/** Request, payment off chain, settlement on the quorum's word that it was paid. */
async function redeem(world: World, market: Market, output: Output): Promise<void> {
  const { context, bob } = world;
  const { cluster, issuer } = context;
  const { mint, symbol } = market;
  output.heading('Bob redeems');
  const id = 1n;
  const amount = REDEEMED;
  const before = await fetchTickerView(cluster, mint);
  const requested = await send(
    cluster,
    bob.wallet,
    await requestRedemptionPlan(cluster, issuer, bob.wallet, { mint, id, amount }),
  );
  await expectBalance(world, market, bob.wallet.address, parseAmount(market.purchase.bob) + MOVED - amount);
  output.say(`Bob puts ${formatAmount(amount)} ${symbol} into escrow, ${short(requested)}.`);

  const redemption = await findRedemption(cluster.programId, mint, bob.wallet.address, id);
  const payoutReference = createHash('sha256').update(PAYOUT).digest();
  const { body, signed } = await attestSettle(cluster, quorum(context), { mint, redemption, amount, payoutReference });
  const settled = await send(
    cluster,
    bob.wallet,
    await settleRedemptionPlan(cluster, issuer, bob.wallet.address, body, signed),
  );
  changeSupply(world, market, -amount);
  const after = await fetchTickerView(cluster, mint);
  expectEqual(`${symbol}'s supply after the redemption`, after.supply, before.supply - amount);
  expectEqual(`${symbol}'s open redemptions`, after.ticker.openRedemptions, 0n);
  output.say(`The custodian sells, pays ("${PAYOUT}") and attests it; the tokens are burned, ${short(settled)}.`);
  output.event('redeemed', {
    symbol,
    investor: bob.name,
    amount: formatAmount(amount),
    redemption,
    requested,
    settled,
  });
}

/** Supply against attested reserves, read from the chain and held against what the story did. */
async function account(world: World, output: Output): Promise<TickerSummary[]> {
  output.heading('What exists against what is held');
  const views = await Promise.all(world.markets.map(({ mint }) => fetchTickerView(world.context.cluster, mint)));
  const summaries: TickerSummary[] = [];
  const rows: string[][] = [];
  world.markets.forEach((market, i) => {
    const { symbol, mint, heldE8 } = market;
    const { supply, supplySharesE8, countedSharesE8 } = views[i]!;
    expectEqual(`${symbol}'s supply`, supply, world.supplies.get(market) ?? 0n);
    expectEqual(`${symbol}'s attested reserves`, countedSharesE8, heldE8);
    if (supplySharesE8 > countedSharesE8) throw new Error(`${symbol}: more shares exist than are held.`);
    const percent = formatAmount((countedSharesE8 * 100n * 10n ** 8n) / supplySharesE8).replace(/(\.\d\d).*/, '$1');
    const one = { symbol, mint, supply: formatAmount(supply), reserves: formatAmount(countedSharesE8) };
    summaries.push(one);
    const free = formatAmount(countedSharesE8 - supplySharesE8);
    rows.push([symbol, one.supply, formatAmount(supplySharesE8), one.reserves, free, `${percent}%`]);
  });
  const columns = [
    { title: 'ticker' },
    { title: 'supply (tokens)', right: true },
    { title: 'in shares', right: true },
    { title: 'attested reserves', right: true },
    { title: 'free', right: true },
    { title: 'cover', right: true },
  ];
  output.say(renderTable(columns, rows));
  return summaries;
}

async function expectBalance(world: World, market: Market, owner: Address, expected: bigint): Promise<void> {
  expectEqual(`the balance of ${market.symbol}`, await balanceOf(world, market.mint, owner), expected);
}
