/** Shares against dollars at the issuer's desk: both change hands in one transaction, or neither. */
import type { AddressesByLookupTableAddress } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import { renderTable, short } from '@scrip/migrations';
import {
  attestQuote,
  cashTableAddresses,
  chainTime,
  createLookupTable,
  createTestCash,
  fetchTickerView,
  findCashDesk,
  findTokenAccount,
  formatAmount,
  fundCashDeskPlan,
  giveTestTokens,
  openCashDeskPlan,
  parseAmount,
  redeemForCashPlan,
  Role,
  send,
  setPriceBandPlan,
  Side,
  subscribeForCashPlan,
  type TestCash,
} from '@scrip/sdk';

import { appoint } from './appointment.ts';
import type { Output } from './output.ts';
import { balanceOf, changeSupply, expectEqual, quorum, type Market, type World } from './world.ts';

export type Desk = Readonly<{ cash: TestCash; lookupTables: AddressesByLookupTableAddress }>;

const CENT = 10_000n;
const ANNOUNCEMENT = 1n;
const BAND = { minPriceE8: 17_500_000_000n, maxPriceE8: 18_500_000_000n };
const ALICES_CASH = dollars('10000');
const DESKS_CASH = dollars('5000');
const OUTFLOW = { capacity: dollars('2000'), windowSecs: 86_400 };
const TRADES = [
  { side: Side.Subscribe, shares: '5', cash: '906.25' },
  { side: Side.Redeem, shares: '2', cash: '361.00' },
] as const;

export async function tradeForCash(world: World, market: Market, output: Output): Promise<Desk> {
  output.heading('Alice trades at the cash desk');
  const desk = await openDesk(world, market, output);
  const states = [await holdings(world, market, desk)];
  for (const { side, shares, cash } of TRADES) {
    const [amount, cashAmount] = [parseAmount(shares), dollars(cash)];
    const signature = await trade(world, market, desk, side, amount, cashAmount);
    const sign = side === Side.Subscribe ? 1n : -1n;
    changeSupply(world, market, sign * amount);
    const [before, after] = [states.at(-1)!, await holdings(world, market, desk)];
    expectEqual(`Alice's ${market.symbol}`, after.shares, before.shares + sign * amount);
    expectEqual("Alice's cash", after.cash, before.cash - sign * cashAmount);
    expectEqual("the desk's vault", after.vault, before.vault + sign * cashAmount);
    expectEqual(`${market.symbol}'s supply`, after.supply, before.supply + sign * amount);
    states.push(after);
    const name = side === Side.Subscribe ? 'subscribed' : 'redeemed_for_cash';
    output.event(name, {
      symbol: market.symbol,
      investor: world.alice.name,
      amount: shares,
      cash,
      ...texts(before, after),
      signature,
    });
    output.say(
      `${side === Side.Subscribe ? 'She buys' : 'She sells'} ${shares} for ${cash} dollars, ${short(signature)}.`,
    );
  }
  output.say('');
  output.say(renderStates(market.symbol, states));
  return desk;
}

type State = Readonly<{ shares: bigint; cash: bigint; vault: bigint; supply: bigint }>;

function renderStates(symbol: string, [start, bought, sold]: readonly State[]): string {
  const columns = ['', 'before', 'after buying', 'after selling'].map((title, i) => ({ title, right: i > 0 }));
  const row = (name: string, text: (state: State) => string) => [name, text(start!), text(bought!), text(sold!)];
  return renderTable(columns, [
    row("Alice's dollars", ({ cash }) => dollarText(cash)),
    row("the desk's dollars", ({ vault }) => dollarText(vault)),
    row(`Alice's ${symbol}`, ({ shares }) => formatAmount(shares)),
    row(`${symbol}'s supply`, ({ supply }) => formatAmount(supply)),
  ]);
}

const texts = (before: State, after: State) => ({
  cashBefore: dollarText(before.cash),
  cashAfter: dollarText(after.cash),
  vaultBefore: dollarText(before.vault),
  vaultAfter: dollarText(after.vault),
});

/** A treasurer, a stablecoin, a funded desk, and a band of prices. */
async function openDesk(world: World, market: Market, output: Output): Promise<Desk> {
  const { context, alice } = world;
  const { cluster, issuer, admin, attestorSet } = context;
  // Not even the admin may touch cash.
  const treasurer = await appoint(world, 'a treasurer', Role.Cash, ANNOUNCEMENT, output);
  const cash = await createTestCash(cluster, admin);
  await giveTestTokens(cluster, cash, alice.wallet.address, ALICES_CASH);
  await giveTestTokens(cluster, cash, treasurer.address, DESKS_CASH);
  await send(cluster, admin, await openCashDeskPlan(cluster, issuer, admin, cash, OUTFLOW));
  await send(cluster, treasurer, await fundCashDeskPlan(cluster, issuer, treasurer, cash, DESKS_CASH));
  const band = { ...BAND, expiresAt: (await chainTime(cluster)) + 86_400n };
  const operator = { signer: treasurer, granted: true };
  await send(cluster, treasurer, await setPriceBandPlan(cluster, issuer, operator, market.mint, band));
  output.say(
    `The desk holds ${dollarText(DESKS_CASH)} dollars and pays out at most ${dollarText(OUTFLOW.capacity)} a day,`,
  );
  const { minPriceE8, maxPriceE8 } = BAND;
  output.say(`at ${formatAmount(minPriceE8)} to ${formatAmount(maxPriceE8)} a share, whatever a quorum signs.`);
  output.event('desk_opened', {
    cashMint: cash.mint,
    vault: dollarText(DESKS_CASH),
    outflowPerDay: dollarText(OUTFLOW.capacity),
  });
  const addresses = await cashTableAddresses(cluster, issuer, attestorSet, market.mint, cash);
  return { cash, lookupTables: await createLookupTable(cluster, admin, addresses) };
}

/** The plan of a trade at a price that the world's quorum signs. */
export async function tradePlan(
  { context, alice }: World,
  { mint, heldE8 }: Market,
  { cash }: Desk,
  side: Side,
  amount: bigint,
  cashAmount: bigint,
) {
  const { cluster, issuer } = context;
  const { body, signed } = await attestQuote(cluster, quorum(context), {
    mint,
    side,
    owner: alice.wallet.address,
    amount,
    cashMint: cash.mint,
    cashAmount,
    ...(side === Side.Subscribe && { reserves: { settledSharesE8: heldE8, receivableSharesE8: 0n } }),
  });
  const terms = { cashLimit: cashAmount, deadline: body.header.expiresAt };
  const plan = side === Side.Subscribe ? subscribeForCashPlan : redeemForCashPlan;
  return plan(cluster, issuer, alice.wallet, cash, body, signed, terms);
}

async function trade(world: World, market: Market, desk: Desk, side: Side, amount: bigint, cashAmount: bigint) {
  const plan = await tradePlan(world, market, desk, side, amount, cashAmount);
  return send(world.context.cluster, world.alice.wallet, plan, { lookupTables: desk.lookupTables });
}

async function holdings(world: World, { mint }: Market, { cash }: Desk): Promise<State> {
  const { context, alice } = world;
  const { cluster, issuer } = context;
  const desk = await findCashDesk(cluster.programId, issuer, cash.mint);
  const inCash = async (owner: typeof desk) =>
    (await fetchToken(cluster.rpc, await findTokenAccount(cash.mint, owner, cash.tokenProgram))).data.amount;
  return {
    shares: await balanceOf(world, mint, alice.wallet.address),
    cash: await inCash(alice.wallet.address),
    vault: await inCash(desk),
    supply: (await fetchTickerView(cluster, mint)).supply,
  };
}

/** The cash mint has 6 decimals: "361.00" is 361000000. */
export function dollars(text: string): bigint {
  return parseAmount(text) / 100n;
}

function dollarText(amount: bigint): string {
  const cents = (amount / CENT).toString().padStart(3, '0');
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`;
}
