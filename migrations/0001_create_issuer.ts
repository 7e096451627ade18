/** The issuer: whoever trusts Scrip's tokens trusts this address. */
import { fetchMaybeIssuer, getCreateIssuerInstruction, eventAccounts } from '@scrip/sdk';

import type { Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

export const createIssuer: Step = async (context) => {
  const { cluster, config, admin, issuer } = context;
  const existing = await fetchMaybeIssuer(cluster.rpc, issuer, CONFIRMED);
  const done = { what: `issuer ${config.issuer.id}`, address: issuer };
  if (existing.exists) {
    if (existing.data.admin !== admin.address) {
      throw new Error(
        `issuer ${issuer} has another admin, ${existing.data.admin}: put that one's key file in the key folder.`,
      );
    }
    return [{ ...done, outcome: 'already there' }];
  }
  const instruction = getCreateIssuerInstruction(
    {
      creator: admin,
      admin,
      issuer,
      ...(await eventAccounts(cluster)),
      id: config.issuer.id,
      genesisHash: cluster.genesisHash,
      timelockSecs: config.issuer.timelockSecs,
    },
    { programAddress: cluster.programId },
  );
  await submit(context, done.what, [instruction]);
  return [{ ...done, outcome: 'created' }];
};
