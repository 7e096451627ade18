/** Command line: keeps the prices of a local chain alive until it is stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { loadPrices, loadTickers } from '@scrip/data';
import { connect, deploymentOf, describeError } from '@scrip/sdk';

import { quotesOf, replayPoint } from './replay.ts';

const HELP = `Replays app/data/prices.json into Pyth price accounts of a local chain, again and again, each price dated
now. Until Ctrl-C.

Usage: node --import tsx app/prices/main.ts [OPTIONS]

  --url URL        JSON-RPC address (default SCRIP_URL, else http://127.0.0.1:8899)
  --ws URL         websocket address (default SCRIP_WS, else the RPC port + 1)
  --every SECONDS  from one point of the series to the next (default 10)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env['SCRIP_URL'] ?? 'http://127.0.0.1:8899' },
      ws: { type: 'string', default: process.env['SCRIP_WS'] },
      every: { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const seconds = Number(values.every);
  if (!(seconds >= 1 && seconds <= 3600)) throw new Error(`--every takes 1 to 3600 seconds, not ${values.every}.`);
  const { url, ws } = values;
  const cluster = await connect({ url, ...(ws && { ws }), ...deploymentOf(process.env) });
  const series = loadPrices();
  const quotes = quotesOf(loadTickers(), series);
  for (let point = 0; ; point++) {
    await replayPoint(cluster, quotes, series, point);
    await sleep(seconds * 1000);
  }
}

main().catch((error: unknown) => {
  console.error(`prices: ${describeError(error)}`);
  process.exit(1);
});
