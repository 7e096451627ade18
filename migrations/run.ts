/** Command line: brings a cluster to the configured state and says what it did. */
import { parseArgs } from 'node:util';

import { connect, deploymentOf, describeError } from '@scrip/sdk';

import { loadConfig, migrate, NotLanded, prepare, renderTable, type Outcome } from './index.ts';

const HELP = `Brings a cluster to the configured state: programs, issuer, custodian, attestors, tickers; curator,
calendar, price feeds; registry, providers and policies of who may hold what; lookup tables. Reads the chain and does
only what is missing, so it can be run again at any time, also after a run that was broken off.

Usage: node --import tsx migrations/run.ts [OPTIONS]

  --url URL          JSON-RPC address (default SCRIP_URL, else http://127.0.0.1:8899)
  --ws URL           websocket address (default SCRIP_WS, else the RPC port + 1)
  --config FILE      what to bring about (default migrations/config/local.json)
  --keys FOLDER      key files (default .scrip/<genesis hash>; made up there on a local cluster)
  --programs FOLDER  deploy the programs whose .so files are there, or upgrade those whose code differs
  --only STEP        only the steps whose names begin so, like 0000; repeatable
  --stage-upgrades   with --programs: where another authority upgrades a program, write the buffer for it

The programs' addresses are SCRIP_ISSUER_ID, SCRIP_GATE_ID, SCRIP_COLLATERAL_ID and SCRIP_LENDER_ID, else those in
their IDLs.`;

type Row = Readonly<{ step: string; what: string; address: string; outcome: Outcome }>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env['SCRIP_URL'] ?? 'http://127.0.0.1:8899' },
      ws: { type: 'string', default: process.env['SCRIP_WS'] },
      config: { type: 'string' },
      keys: { type: 'string' },
      programs: { type: 'string' },
      only: { type: 'string', multiple: true },
      'stage-upgrades': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);

  const config = loadConfig(values.config);
  const { url, ws, programs: folder } = values;
  if (values['stage-upgrades'] && folder === undefined) throw new Error('--stage-upgrades needs --programs.');
  const { only } = values;
  const programs = folder === undefined ? undefined : { folder, stages: values['stage-upgrades'] };
  const undeployed = programs !== undefined;
  const cluster = await connect({ url, ...(ws && { ws }), ...deploymentOf(process.env), undeployed });
  const rows: Row[] = [];
  try {
    const context = await prepare(cluster, config, values.keys, programs);
    await migrate(context, (step, done) => rows.push({ step, ...done }), only);
  } finally {
    if (rows.length > 0) console.log(`${tableOf(rows)}\n\n${summaryOf(rows)}`);
  }
}

function tableOf(rows: readonly Row[]): string {
  const columns = [{ title: 'step' }, { title: 'what' }, { title: 'address' }, { title: 'outcome' }];
  return renderTable(
    columns,
    rows.map(({ step, what, address, outcome }) => [step, what, address, outcome]),
  );
}

const CHANGES: readonly Outcome[] = ['created', 'upgraded', 'extended'];

/** How many of each outcome, and whether anything changed. */
function summaryOf(rows: readonly Row[]): string {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const told = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return rows.some(({ outcome }) => CHANGES.includes(outcome)) ? `${told}.` : `nothing changed: ${told}.`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`migrations: ${error instanceof NotLanded ? error.message : describeError(error)}`);
    process.exit(1);
  },
);
