/** The curator of price feeds: lenders pin its feeds, and see its changes ahead by the timelock. */
import { send } from '@scrip/sdk';
import { createCuratorPlan, fetchMaybeCurator } from '@scrip/sdk/collateral';

import type { Step } from './context.ts';

export const createCurator: Step = async ({ cluster, config, admin, curator }) => {
  const { curator: id, timelockSecs } = config.collateral;
  const done = { what: `curator ${id}`, address: curator };
  const existing = await fetchMaybeCurator(cluster.rpc, curator);
  if (existing.exists) {
    if (existing.data.admin !== admin.address) {
      throw new Error(
        `curator ${curator} has another admin, ${existing.data.admin}: put that one's key file in the key folder.`,
      );
    }
    return [{ ...done, outcome: 'already there' }];
  }
  await send(cluster, admin, await createCuratorPlan(cluster, admin, { id: BigInt(id), timelockSecs }));
  return [{ ...done, outcome: 'created' }];
};
