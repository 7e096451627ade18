/** The curator of price feeds: lenders pin its feeds, and see its changes ahead by the timelock. */
import { createCuratorPlan, fetchMaybeCurator } from '@scrip/sdk/collateral';

import type { Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

/** The role of who may make feeds. */
const FEED = 1;

export const createCurator: Step = async (context) => {
  const { cluster, config, admin, curator } = context;
  const { curator: id, timelockSecs } = config.collateral;
  const done = { what: `curator ${id}`, address: curator };
  const existing = await fetchMaybeCurator(cluster.rpc, curator, CONFIRMED);
  if (existing.exists) {
    const { admin: other, roles } = existing.data;
    const may = roles.some(({ wallet, mask }) => wallet === admin.address && (mask & FEED) !== 0);
    if (other !== admin.address && !may) {
      throw new Error(
        `curator ${curator} has another admin, ${other}: put that one's key file in the key folder, or have it give FEED to ${admin.address}.`,
      );
    }
    return [{ ...done, outcome: 'already there' }];
  }
  if (config.collateral.creator !== undefined && config.collateral.creator !== admin.address) {
    throw new Error(`there is no curator ${curator} of ${config.collateral.creator}, and only that one can create it.`);
  }
  await submit(context, done.what, await createCuratorPlan(cluster, admin, { id: BigInt(id), timelockSecs }));
  return [{ ...done, outcome: 'created' }];
};
