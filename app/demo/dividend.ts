/** A dividend that is reinvested: the tokens stay, each stands for a little more. Announced by a role, scheduled by the quorum. */
import { createHash } from 'node:crypto';

import {
  announceActionPlan,
  chainTime,
  dividendTerms,
  fetchActionView,
  fetchTickerView,
  findTokenAccount,
  formatAmount,
  parseAmount,
  Role,
  send,
  sharesFromRawCeil,
  timesRatio,
  transferPlan,
  travelTo,
} from '@scrip/sdk';

import { closeAction, expectClosed, scheduleAction } from './action.ts';
import { appoint } from './appointment.ts';
import { renderChange, takeSnapshot } from './holdings.ts';
import type { Output } from './output.ts';
import { expectRefusal, waitOnChain, type Market, type World } from './world.ts';

/** Apple's of August 2025; the price is what the real token's multiplier of then implies (tests/fixtures/corporate_actions.json). */
const DIVIDEND = {
  grossE8: parseAmount('0.26'),
  withholdingE8: parseAmount('0.078'),
  reinvestmentPriceE8: parseAmount('232.77970113'),
};
const EX_DATE = 1_754_870_400n;
const ANNOUNCEMENT = 2n;
const HOUR = 3_600n;
const MOVED = parseAmount('0.25');

export async function payDividend(world: World, market: Market, output: Output): Promise<void> {
  const { context, alice, bob } = world;
  const { cluster, issuer, config } = context;
  const { mint, symbol } = market;
  const { grossE8, withholdingE8, reinvestmentPriceE8 } = DIVIDEND;
  output.heading(`${symbol}: a dividend of ${formatAmount(grossE8)}, reinvested`);
  const officer = {
    signer: await appoint(world, 'an officer for corporate actions', Role.CorporateAction, ANNOUNCEMENT, output),
    granted: true,
  };
  const evidenceHash = createHash('sha256').update('Apple declares a dividend of $0.26 a share').digest();
  const terms = dividendTerms(DIVIDEND, { exDate: EX_DATE, evidenceHash });
  const announce = (of = terms) => announceActionPlan(cluster, issuer, officer, mint, of);
  const slip = { ...terms, numerator: terms.denominator + (terms.numerator - terms.denominator) * 10n };
  await expectRefusal(world, officer.signer, await announce(slip), 'ActionTermsInvalid');
  output.say(
    'She announces it with a zero too many in the ratio: refused, ActionTermsInvalid. The figures must agree.',
  );
  await send(cluster, officer.signer, await announce());
  output.say(`Then as it is: ${(await fetchActionView(cluster, mint))!.text}`);
  await waitOnChain(world, config.issuer.timelockSecs, 'the timelock', output);

  const { supply, multiplier } = await fetchTickerView(cluster, mint);
  const bought = sharesFromRawCeil(supply, timesRatio(multiplier, terms)) - sharesFromRawCeil(supply, multiplier);
  output.say(
    `The custodian gets ${formatAmount(grossE8 - withholdingE8)} a share after tax and buys ${formatAmount(bought)} shares at ${formatAmount(reinvestmentPriceE8)}.`,
  );
  const at = (await chainTime(cluster)) + HOUR;
  await scheduleAction(world, market, at, market.heldE8 + bought, output);
  const { closesAt, opensAt } = (await fetchActionView(cluster, mint))!.times!;
  await travelTo(cluster, closesAt);
  output.say('  (The clock is moved into the window before it.)');
  await expectClosed(world, market, output);
  await send(cluster, alice.wallet, await transferPlan(cluster, alice.wallet, mint, bob.wallet.address, MOVED));
  const holders = await Promise.all(
    [alice, bob].map(async ({ name, wallet }) => ({ name, account: await findTokenAccount(mint, wallet.address) })),
  );
  const before = await takeSnapshot(world, market, holders, reinvestmentPriceE8);
  await travelTo(cluster, at);
  const after = await takeSnapshot(world, market, holders, reinvestmentPriceE8);
  output.say(`  (To its second, ${at}: nobody sends anything.)\n`);
  output.say(renderChange(before, after, symbol, output));
  await travelTo(cluster, opensAt);
  await closeAction(world, market, market.heldE8 + bought, output);
  const { countedSharesE8, supplySharesE8 } = await fetchTickerView(cluster, mint);
  output.say(
    `\n${formatAmount(countedSharesE8)} shares are held against claims on ${formatAmount(supplySharesE8)}. Minting is open again.`,
  );
  output.event('dividend', { symbol, gross: formatAmount(grossE8), bought: formatAmount(bought) });
}
