/** The issuer: whoever trusts Scrip's tokens trusts this address. */
import { fetchMaybeIssuer, getCreateIssuerInstruction, eventAccounts, send } from '@scrip/sdk';

import type { Step } from './context.ts';

export const createIssuer: Step = async ({ cluster, config, admin, issuer }) => {
  const existing = await fetchMaybeIssuer(cluster.rpc, issuer);
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
  await send(cluster, admin, [instruction]);
  return [{ ...done, outcome: 'created' }];
};
