/** The steps that bring a cluster to the configured state, in order. */
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
import type { Context, Done, Step } from './context.ts';

export { findListedMint } from './0004_list_tickers.ts';
export { loadConfig, LOCAL_CONFIG_FILE, type Config } from './config.ts';
export { prepare, type Context, type Done } from './context.ts';
export { openKeyStore, type KeyStore } from './keys.ts';
export { metadataOf, writeMetadata } from './metadata.ts';
export { sortKeys } from './order.ts';
export { renderTable, short } from './table.ts';

export const STEPS: readonly (readonly [name: string, step: Step])[] = [
  ['0001_create_issuer', createIssuer],
  ['0002_create_custodian', createCustodian],
  ['0003_create_attestors', createAttestors],
  ['0004_list_tickers', listTickers],
  ['0005_create_curator', createCurator],
  ['0006_load_calendar', loadCalendarYears],
  ['0007_create_feeds', createFeeds],
  ['0008_grant_compliance', grantCompliance],
  ['0009_create_registry', createRegistry],
  ['0010_create_policies', createPolicies],
];

/** Runs all steps. Each reads the chain and does only what is missing, so a broken run is run again. */
export async function migrate(context: Context, report: (step: string, done: Done) => void = () => {}): Promise<void> {
  for (const [name, step] of STEPS) {
    for (const done of await step(context)) report(name, done);
  }
}
