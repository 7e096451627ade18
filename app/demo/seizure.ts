/** Shares taken by order of a court, which its owner delays and does not stop; and a lost wallet's, given back. */
import { createHash, randomBytes } from 'node:crypto';

import type { Instruction, KeyPairSigner } from '@solana/kit';
import { renderTable, short, type Context } from '@scrip/migrations';
import {
  announceSeizurePlan,
  chainTime,
  contestSeizurePlan,
  executeSeizurePlan,
  fetchTickerView,
  findTokenAccount,
  formatAmount,
  liftHoldPlan,
  parseAmount,
  send,
  thawPlan,
  transferPlan,
  type Operator,
  type SeizureCase,
} from '@scrip/sdk';
import { countryNumber, investorIdHash, linkWalletPlan, registerInvestorPlan } from '@scrip/sdk/gate';

import type { Output } from './output.ts';
import {
  balanceOf,
  buy,
  createInvestor,
  expectEqual,
  expectRefusal,
  refusalOf,
  waitOnChain,
  type Investor,
  type Market,
  type World,
} from './world.ts';

const TAKEN = parseAmount('0.25');
const RECOVERED = parseAmount('0.5');
const COURT_ORDER = 12;
const LOST_WALLET = 40;
const VALID_SECS = 365n * 86_400n;

const hash = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());

function officerOf({ compliance, admin }: Context): Operator {
  if (compliance === undefined) throw new Error('the configuration names no gate: nobody has the COMPLIANCE role.');
  return { signer: compliance, granted: true, payer: admin };
}

/** Bob's shares go to the issuer's compliance wallet, after he has contested it. */
export async function seizeShares(world: World, market: Market, output: Output): Promise<void> {
  const { context, alice, bob } = world;
  const { cluster, issuer, admin, config } = context;
  const { mint, symbol } = market;
  const officer = officerOf(context);
  const treasury = officer.signer.address;
  const { timelockSecs } = config.issuer;
  output.heading(`A court orders that ${formatAmount(TAKEN)} of Bob's ${symbol} be taken; Bob objects`);
  const before = await balanceOf(world, mint, bob.wallet.address);
  const which = { mint, caseHash: hash('order 4 O 123/26 of the regional court') };
  const from = await findTokenAccount(mint, bob.wallet.address);
  const notice = { ...which, from, to: treasury, amount: TAKEN, reason: COURT_ORDER };
  await send(cluster, admin, await announceSeizurePlan(cluster, issuer, officer, notice));
  output.say(`Compliance announces it with the order's hash: his account stops, and everybody can see why.`);
  const execute = () => executeSeizurePlan(cluster, issuer, officer, which, { toCompliance: true });
  const transfer = await transferPlan(cluster, bob.wallet, mint, alice.wallet.address, 1n);
  await expectRefusal(world, bob.wallet, transfer, 'AccountHeld');

  const note = hash('the order is not final: appealed on 20 November');
  await send(cluster, bob.wallet, await contestSeizurePlan(cluster, bob.wallet, which, note));
  output.say('Bob contests it, once: it waits for a second timelock, in which the admin may take it back.');
  const tried = [await outcomeOf(world, await execute())];
  await waitOnChain(world, timelockSecs, 'the first timelock', output);
  tried.push(await outcomeOf(world, await execute()));
  if (tried.some((name) => name !== 'TimelockNotPassed')) throw new Error(`a seizure too early went ${tried.join()}.`);
  await waitOnChain(world, timelockSecs, 'the second timelock', output);
  const signature = await send(cluster, admin, await execute());
  expectEqual("Bob's shares", await balanceOf(world, mint, bob.wallet.address), before - TAKEN);
  expectEqual("the treasury's shares", await balanceOf(world, mint, treasury), TAKEN);
  expectEqual('what was seized', (await fetchTickerView(cluster, mint)).ticker.seized, TAKEN);
  await expectRefusal(world, admin, await execute(), 'SeizureExecuted');
  const rows = [['before', before, 0n] as const, ['after', before - TAKEN, TAKEN] as const];
  const columns = [{ title: '' }, { title: `Bob's ${symbol}`, right: true }, { title: 'treasury', right: true }];
  output.say(`Then it is executed, ${short(signature)}: once, and no more than the order says.`);
  output.say(
    renderTable(
      columns,
      rows.map(([when, ...amounts]) => [when, ...amounts.map(formatAmount)]),
    ),
  );

  const lift = await liftHoldPlan(cluster, issuer, officer, mint, from, admin.address);
  await send(cluster, admin, [...lift, ...(await thawPlan(cluster, issuer, mint, bob.wallet.address))]);
  output.say('Compliance lifts the hold: what is left is his to move again.');
  output.event('seized', { symbol, investor: bob.name, amount: formatAmount(TAKEN), contested: true, signature });
}

/** Carol has lost a wallet, and has another one that the provider knows as hers. */
export async function recoverShares(world: World, market: Market, output: Output): Promise<void> {
  const { context, bob } = world;
  const { cluster, issuer, admin, config } = context;
  const { mint, symbol } = market;
  const officer = officerOf(context);
  output.heading(`Carol has lost the wallet with her ${symbol}`);
  const lost = await createInvestor(context, 'Carol');
  const fresh = await createInvestor(context, 'Carol');
  await registerCarol(context, [lost.wallet, fresh.wallet]);
  // The first attestor's key was removed as stolen.
  await buy(world, market, lost, RECOVERED, 1);
  const from = await findTokenAccount(mint, lost.wallet.address);
  const announce = async (to: Investor, file: string): Promise<SeizureCase> => {
    const which = { mint, caseHash: hash(file) };
    const notice = { ...which, from, to: to.wallet.address, reason: LOST_WALLET, recovery: true };
    await send(cluster, admin, await announceSeizurePlan(cluster, issuer, officer, notice));
    return which;
  };
  const which = await announce(fresh, 'file 26-0815: wallet lost');
  output.say('Compliance announces that all of it goes to her other wallet. Who finds the old one finds it frozen.');
  const transfer = await transferPlan(cluster, lost.wallet, mint, bob.wallet.address, 1n);
  await expectRefusal(world, lost.wallet, transfer, 'AccountHeld');
  await waitOnChain(world, config.issuer.timelockSecs, 'the timelock', output);
  const seized = (await fetchTickerView(cluster, mint)).ticker.seized;
  const signature = await send(cluster, admin, await executeSeizurePlan(cluster, issuer, officer, which));
  expectEqual("the lost wallet's shares", await balanceOf(world, mint, lost.wallet.address), 0n);
  expectEqual("Carol's shares", await balanceOf(world, mint, fresh.wallet.address), RECOVERED);
  expectEqual('what was seized', (await fetchTickerView(cluster, mint)).ticker.seized, seized);
  const amount = formatAmount(RECOVERED);
  output.say(
    `The gate's records name the same investor for both: ${amount} ${symbol} are hers again, ${short(signature)}.`,
  );
  output.event('recovered', { symbol, investor: 'Carol', amount, signature });
}

/** The provider knows both wallets as one person's; nothing about that person is on the chain. */
async function registerCarol(context: Context, wallets: readonly KeyPairSigner[]): Promise<void> {
  const { cluster, issuer, admin, providers } = context;
  const authority = providers[0]?.signer;
  if (authority === undefined) throw new Error('the story needs a provider that signs.');
  const provider = { issuer, number: 0, authority };
  const idHash = await investorIdHash(new Uint8Array(randomBytes(32)), 'carol');
  const expiresAt = (await chainTime(cluster)) + VALID_SECS;
  const claim = { country: countryNumber('CH'), tier: 1, expiresAt };
  await send(cluster, admin, await registerInvestorPlan(cluster, admin, provider, idHash, claim));
  for (const wallet of wallets)
    await send(cluster, admin, await linkWalletPlan(cluster, admin, provider, idHash, wallet));
}

async function outcomeOf(world: World, plan: readonly Instruction[]): Promise<string> {
  return (await refusalOf(world, world.context.admin, plan)).name;
}
