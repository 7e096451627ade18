/** A redemption that the custodian ignores: its owner takes it back alone, whatever is paused. */
import type { Instruction } from '@solana/kit';
import { renderTable, short } from '@scrip/migrations';
import {
  fetchRedemption,
  fetchTickerView,
  findRedemption,
  formatAmount,
  parseAmount,
  PAUSE_ALL,
  reclaimRedemptionPlan,
  requestRedemptionPlan,
  send,
  setIssuerPausePlan,
  setTickerPausePlan,
  transferPlan,
} from '@scrip/sdk';

import type { Output } from './output.ts';
import { balanceOf, expectEqual, expectRefusal, refusalOf, waitOnChain, type Market, type World } from './world.ts';

const ID = 0n;
const AMOUNT = parseAmount('1.5');
const DAY_SECS = 86_400;
/** Token-2022's error MintPaused; its client has no name for it. */
const MINT_PAUSED = 67;

export async function ignoredRedemption(world: World, market: Market, output: Output): Promise<void> {
  const { context, alice } = world;
  const { cluster, issuer } = context;
  const { mint, symbol } = market;
  output.heading('Alice redeems, and the custodian does nothing');
  const states: State[] = [];
  const note = async (when: string) => states.push({ when, ...(await holdings(world, market)) });

  await note('before');
  const request = { mint, id: ID, amount: AMOUNT };
  await send(cluster, alice.wallet, await requestRedemptionPlan(cluster, issuer, alice.wallet, request));
  await note('requested');
  await setPaused(world, market, true);
  output.say('The issuer pauses everything, for all tickers and for this one. Nothing moves any more:');
  const transfer = await transferPlan(world.context.cluster, alice.wallet, mint, world.bob.wallet.address, 1n);
  await expectPaused(world, transfer);
  output.say('  a transfer is refused by Token-2022 itself, MintPaused;');
  const reclaim = await reclaimRedemptionPlan(cluster, issuer, alice.wallet, { mint, id: ID });
  await expectRefusal(world, alice.wallet, reclaim, 'RedemptionNotOverdue');
  output.say('  taking the shares back is refused too, RedemptionNotOverdue: the custodian still has its time.');

  const seconds = await secondsLeft(world, market);
  await waitOnChain(world, seconds, `${Math.ceil(seconds / DAY_SECS)} days`, output);
  const signature = await send(cluster, alice.wallet, reclaim);
  await note('reclaimed');
  output.say(`The deadline is over. Alice alone signs, and has her shares back, ${short(signature)}:`);
  output.say(renderStates(symbol, states));
  requireAllBack(states);
  const [before, requested, after] = states;
  await expectPaused(world, transfer);
  output.say('The pause was not lifted for it: a transfer is still refused.');
  output.event('reclaimed', {
    symbol,
    investor: alice.name,
    amount: formatAmount(AMOUNT),
    balanceBefore: formatAmount(before!.balance),
    balanceWhileWaiting: formatAmount(requested!.balance),
    balanceAfter: formatAmount(after!.balance),
    signature,
  });
  await setPaused(world, market, false);
}

type State = Readonly<{ when: string; balance: bigint; escrow: bigint }>;

function renderStates(symbol: string, states: readonly State[]): string {
  const columns = [{ title: '' }, { title: `Alice's ${symbol}`, right: true }, { title: 'in escrow', right: true }];
  const row = ({ when, balance, escrow }: State) => [when, formatAmount(balance), formatAmount(escrow)];
  return renderTable(columns, states.map(row));
}

function requireAllBack([before, requested, after]: readonly State[]): void {
  expectEqual("Alice's shares while she waits", requested!.balance, before!.balance - AMOUNT);
  expectEqual('what waits in escrow', requested!.escrow, before!.escrow + AMOUNT);
  expectEqual("Alice's shares in the end", after!.balance, before!.balance);
  expectEqual('what waits in escrow in the end', after!.escrow, before!.escrow);
}

/** Refused by the mint's own pause: the error is Token-2022's, not this program's. */
async function expectPaused(world: World, transfer: readonly Instruction[]): Promise<void> {
  const { code, name } = await refusalOf(world, world.alice.wallet, transfer);
  if (code !== MINT_PAUSED) throw new Error(`a transfer of a paused token was refused with ${name}.`);
}

async function holdings(world: World, { mint }: Market) {
  const [balance, { ticker }] = await Promise.all([
    balanceOf(world, mint, world.alice.wallet.address),
    fetchTickerView(world.context.cluster, mint),
  ]);
  return { balance, escrow: ticker.openRedemptions };
}

async function secondsLeft({ context, alice }: World, { mint }: Market): Promise<number> {
  const { cluster } = context;
  const redemption = await findRedemption(cluster.programId, mint, alice.wallet.address, ID);
  const { deadline, requestedAt } = (await fetchRedemption(cluster.rpc, redemption)).data;
  return Number(deadline - requestedAt);
}

async function setPaused({ context }: World, { mint }: Market, paused: boolean): Promise<void> {
  const { cluster, issuer, admin } = context;
  const change = paused ? { pause: PAUSE_ALL } : { unpause: PAUSE_ALL };
  await send(cluster, admin, [
    ...(await setIssuerPausePlan(cluster, issuer, { signer: admin }, change)),
    ...(await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, change)),
  ]);
}
