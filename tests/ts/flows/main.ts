/** `cargo xtask flows`: measures the flows on the chain at --url and writes their table into the SDK's README. */
import { parseArgs } from 'node:util';

import { committed, measure, render, settled, write } from './table.ts';

const { values } = parseArgs({ options: { url: { type: 'string' }, ws: { type: 'string' } } });
if (values.url !== undefined) process.env['SCRIP_URL'] = values.url;
if (values.ws !== undefined) process.env['SCRIP_WS'] = values.ws;

const table = settled(render(await measure(165)), committed());
if (table === committed()) {
  console.log('the table of flows in app/sdk/README.md is up to date');
} else {
  write(table);
  console.log('the table of flows in app/sdk/README.md is written');
}
