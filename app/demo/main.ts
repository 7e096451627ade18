/** Command line of the demo. */
import { parseArgs } from 'node:util';

import { loadConfig } from '@scrip/migrations';
import { connect, deploymentOf, describeError, isLocal } from '@scrip/sdk';

import { jsonOutput, textOutput, type Output } from './output.ts';
import { tellStory } from './story.ts';

const HELP = `The main job as a story on a local chain: an issuer with attestors, thirteen tickers, shares minted against
attested reserves, moved and redeemed, attestors rotated, an ignored redemption taken back, tickers held by who
may hold them, in each mode, shares traded for cash, attacks refused, a dividend reinvested, shares lent against over a
weekend, a fall and a split, shares seized and a lost wallet's recovered, supply against reserves.

Usage: node --import tsx app/demo/main.ts [OPTIONS]

  --url URL   JSON-RPC address (default SCRIP_URL, else http://127.0.0.1:8899)
  --ws URL    websocket address (default SCRIP_WS, else the RPC port + 1)
  --json      one JSON object a line; the last is the summary

It wants a fresh chain: \`cargo xtask demo\` starts one. The exit status is 0 only if all went as told.`;

type Values = { url: string; ws?: string | undefined };

async function run({ url, ws }: Values, output: Output): Promise<void> {
  const started = Date.now();
  const cluster = await connect({ url, ...(ws && { ws }), ...deploymentOf(process.env) });
  if (!isLocal(cluster))
    throw new Error(`the demo makes up keys and funds: it runs on a local chain only, not on ${url}.`);
  const summary = await tellStory(cluster, loadConfig(), output);
  const { mints, transfers, redemptions, rotations, reclaimed, cashTrades, refusedAttacks } = summary;
  const { admitted, notAdmitted } = summary;
  const { borrows, refusedBorrows, liquidations, seizures, recoveries } = summary;
  const { corporateActions, dividends, splits } = summary;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const told = [
    `${mints} mints`,
    `${transfers} transfer`,
    `${redemptions} redemption`,
    `${rotations} rotations`,
    `${reclaimed} redemption taken back`,
    `${admitted} acts of holders and ${notAdmitted} refused`,
    `${cashTrades} trades for cash`,
    `${refusedAttacks} attacks refused`,
    `${borrows} borrows and ${refusedBorrows} refused`,
    `${liquidations} liquidation`,
    `${corporateActions} corporate actions (${dividends} dividend, ${splits} split)`,
    `${seizures} seizure`,
    `${recoveries} wallet recovered`,
  ];
  output.say(`\n${told.join(', ')}, in ${seconds} s: all as told.`);
  output.event('summary', { ok: true, ...summary });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env['SCRIP_URL'] ?? 'http://127.0.0.1:8899' },
      ws: { type: 'string', default: process.env['SCRIP_WS'] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const output = values.json ? jsonOutput : textOutput;
  try {
    await run(values, output);
  } catch (error) {
    output.event('summary', { ok: false, error: describeError(error) });
    throw error;
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`demo: ${describeError(error)}`);
    process.exit(1);
  },
);
