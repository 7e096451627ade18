/** Command line: brings a cluster to the configured state and says what it did. */
import { parseArgs } from 'node:util';

import { connect, deploymentOf, describeError } from '@scrip/sdk';

import { loadConfig, migrate, prepare, renderTable } from './index.ts';

const HELP = `Brings a cluster to the configured state: issuer, custodian, attestors, tickers; curator,
calendar, price feeds; registry, providers and policies of who may hold what. Reads the chain and does only what is missing, so it can be run again at any time.

Usage: node --import tsx migrations/run.ts [OPTIONS]

  --url URL      JSON-RPC address (default SCRIP_URL, else http://127.0.0.1:8899)
  --ws URL       websocket address (default SCRIP_WS, else the RPC port + 1)
  --config FILE  what to bring about (default migrations/config/local.json)
  --keys FOLDER  key files (default .scrip/<genesis hash>; made up there on a local cluster)

The programs' addresses are SCRIP_ISSUER_ID, SCRIP_GATE_ID and SCRIP_COLLATERAL_ID, else those in their IDLs.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env['SCRIP_URL'] ?? 'http://127.0.0.1:8899' },
      ws: { type: 'string', default: process.env['SCRIP_WS'] },
      config: { type: 'string' },
      keys: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);

  const config = loadConfig(values.config);
  const { url, ws } = values;
  const cluster = await connect({ url, ...(ws && { ws }), ...deploymentOf(process.env) });
  const rows: string[][] = [];
  try {
    const context = await prepare(cluster, config, values.keys);
    await migrate(context, (step, { what, address, outcome }) => rows.push([step, what, address, outcome]));
  } finally {
    const columns = [{ title: 'step' }, { title: 'what' }, { title: 'address' }, { title: 'outcome' }];
    if (rows.length > 0) console.log(renderTable(columns, rows));
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`migrations: ${describeError(error)}`);
    process.exit(1);
  },
);
