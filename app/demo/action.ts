/** What every corporate action of the story goes through, whoever announced it. */
import {
  attestMint,
  attestMintPlan,
  attestSchedule,
  closeActionPlan,
  fetchActionView,
  fetchTickerView,
  formatAmount,
  parseAmount,
  scheduleActionPlan,
  send,
} from '@scrip/sdk';

import type { Output } from './output.ts';
import { expectRefusal, quorum, type Market, type World } from './world.ts';

/** The first attestor's key was removed as stolen. */
const TURN = 1;
export const actionQuorum = ({ context }: World) => quorum(context, TURN);

/** The quorum sets the second, and says what the custodian holds from then on. */
export async function scheduleAction(
  world: World,
  { mint, symbol }: Market,
  effectiveAt: bigint,
  settledSharesE8: bigint,
  output: Output,
): Promise<void> {
  const { cluster, issuer, admin } = world.context;
  const after = { settledSharesE8, receivableSharesE8: 0n };
  const attested = await attestSchedule(cluster, actionQuorum(world), { mint, effectiveAt, after });
  await send(cluster, admin, await scheduleActionPlan(cluster, issuer, attested));
  const view = await fetchActionView(cluster, mint);
  if (view?.phase !== 'scheduled')
    throw new Error(`the action of ${symbol} is ${view?.phase ?? 'gone'}, not scheduled.`);
  output.say(
    `The quorum schedules it: ${formatAmount(settledSharesE8)} shares are held from then on. On chain it reads:`,
  );
  output.say(`  ${view.text}`);
}

/** In the window nobody mints, however much is held. */
export async function expectClosed(world: World, { mint, heldE8 }: Market, output: Output): Promise<void> {
  const { context, alice } = world;
  const { cluster, issuer } = context;
  const reserves = { settledSharesE8: heldE8, receivableSharesE8: 0n };
  const order = { mint, owner: alice.wallet.address, amount: parseAmount('0.01'), reserves };
  const { body, signed } = await attestMint(cluster, actionQuorum(world), order);
  await expectRefusal(
    world,
    alice.wallet,
    await attestMintPlan(cluster, issuer, body, signed),
    'CorporateActionWindow',
  );
  output.say('Alice wants to buy more: refused, CorporateActionWindow. Transfers and redemptions go on.');
}

/** Anybody clears it away; from its second on the custodian holds what it said. */
export async function closeAction(world: World, market: Market, heldE8: bigint, output: Output): Promise<void> {
  const { cluster, admin } = world.context;
  const { mint, symbol } = market;
  const kind = (await fetchActionView(cluster, mint))?.terms.kind;
  const signature = await send(cluster, admin, await closeActionPlan(cluster, mint));
  market.heldE8 = heldE8;
  const { countedSharesE8 } = await fetchTickerView(cluster, mint);
  if (countedSharesE8 !== heldE8) throw new Error(`${symbol}'s reserves count as ${formatAmount(countedSharesE8)}.`);
  output.event('action_closed', { symbol, kind, signature });
}
