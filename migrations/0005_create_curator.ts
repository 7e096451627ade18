/** The curator of price feeds: lenders pin its feeds, and see its changes ahead by the timelock. */
import { createCuratorPlan, fetchMaybeCurator } from '@scrip/sdk/collateral';

import type { Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

export const createCurator: Step = async (context) => {
  const { cluster, config, admin, curator } = context;
  const { curator: id, timelockSecs } = config.collateral;
  const done = { what: `curator ${id}`, address: curator };
  const existing = await fetchMaybeCurator(cluster.rpc, curator, CONFIRMED);
  if (existing.exists) {
    if (existing.data.admin !== admin.address) {
      throw new Error(
        `curator ${curator} has another admin, ${existing.data.admin}: put that one's key file in the key folder.`,
      );
    }
    return [{ ...done, outcome: 'already there' }];
  }
  await submit(context, done.what, await createCuratorPlan(cluster, admin, { id: BigInt(id), timelockSecs }));
  return [{ ...done, outcome: 'created' }];
};
