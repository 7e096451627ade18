/** The table of flows in the SDK's README is what the flows cost now. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { committed, measure, render, settled } from './flows/table.ts';

test('every flow lands, and costs what the README says', async () => {
  const measured = settled(render(await measure(166)), committed());
  assert.equal(measured, committed(), 'run `cargo xtask flows` and commit app/sdk/README.md');
});
