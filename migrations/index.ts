/** The steps that bring a cluster to the configured state, in order. */
import { deployPrograms } from './0000_deploy_programs.ts';
import { createIssuer } from './0001_create_issuer.ts';
import { createCustodian } from './0002_create_custodian.ts';
import { createAttestors } from './0003_create_attestors.ts';
import { listTickers } from './0004_list_tickers.ts';
import { createCurator } from './0005_create_curator.ts';
import { loadCalendarYears } from './0006_load_calendar.ts';
import { createFeeds } from './0007_create_feeds.ts';
import { grantCompliance } from './0008_grant_compliance.ts';
import { createRegistry } from './0009_create_registry.ts';
import { createPolicies } from './0010_create_policies.ts';
import { extendLookupTables } from './0011_extend_lookup_tables.ts';
import type { Context, Done, Step } from './context.ts';

export { arrange } from './0011_extend_lookup_tables.ts';
export { deployProgram } from './0000_deploy_programs.ts';
export { findListedMint, findListedMints } from './0004_list_tickers.ts';
export { loadConfig, LOCAL_CONFIG_FILE, wantedTickers, type Config } from './config.ts';
export { prepare, type Context, type Deployment, type Done, type Outcome } from './context.ts';
export { openKeyStore, type KeyStore } from './keys.ts';
export { fetchBuffer, fetchProgram, findBuffer, upgradePlan } from './loader.ts';
export { metadataOf, writeMetadata } from './metadata.ts';
export { sortKeys } from './order.ts';
export { NotLanded } from './send.ts';
export { renderTable, short } from './table.ts';

type Named = readonly [name: string, step: Step];

const ISSUER: readonly Named[] = [
  ['0001_create_issuer', createIssuer],
  ['0002_create_custodian', createCustodian],
  ['0003_create_attestors', createAttestors],
  ['0004_list_tickers', listTickers],
];
const CURATOR: readonly Named[] = [
  ['0005_create_curator', createCurator],
  ['0006_load_calendar', loadCalendarYears],
];
const REST: readonly Named[] = [
  ['0007_create_feeds', createFeeds],
  ['0008_grant_compliance', grantCompliance],
  ['0009_create_registry', createRegistry],
  ['0010_create_policies', createPolicies],
  ['0011_extend_lookup_tables', extendLookupTables],
];

/** One stage after the other. The lanes of a stage need nothing of each other: each waits for a slot at every step. */
const STAGES: readonly (readonly (readonly Named[])[])[] = [
  [[['0000_deploy_programs', deployPrograms]]],
  [ISSUER, CURATOR],
  [REST],
];
const NAMES = STAGES.flat(2).map(([name]) => name);

/**
 * Runs the steps, all or those whose names begin as given. Each reads the chain and does only what is
 * missing, so a broken run is run again. Reports in the steps' order, also what was done before a failure.
 */
export async function migrate(
  context: Context,
  report: (step: string, done: Done) => void = () => {},
  only: readonly string[] = [''],
): Promise<void> {
  const unknown = only.find((start) => !NAMES.some((name) => name.startsWith(start)));
  if (unknown !== undefined) throw new Error(`there is no step ${unknown}: they are ${NAMES.join(', ')}.`);
  for (const lanes of STAGES) {
    const done = new Map<string, Done[]>();
    const run = async (lane: readonly Named[]) => {
      for (const [name, step] of lane) {
        if (only.some((start) => name.startsWith(start))) done.set(name, await step(context));
      }
    };
    const outcomes = await Promise.allSettled(lanes.map(run));
    for (const name of [...done.keys()].sort()) for (const one of done.get(name)!) report(name, one);
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
