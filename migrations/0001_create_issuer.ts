/** The issuer: whoever trusts Scrip's tokens trusts this address. */
import type { Address } from '@solana/kit';
import {
  chainTime,
  eventAccounts,
  fetchMaybeIssuer,
  fetchMaybeRoleGrant,
  findRoleGrant,
  getCreateIssuerInstruction,
  Role,
} from '@scrip/sdk';

import type { Context, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

export const createIssuer: Step = async (context) => {
  const { cluster, config, admin, issuer } = context;
  const existing = await fetchMaybeIssuer(cluster.rpc, issuer, CONFIRMED);
  const done = { what: `issuer ${config.issuer.id}`, address: issuer };
  if (existing.exists) {
    if (context.granted) await requireList(context, existing.data.admin);
    return [{ ...done, outcome: 'already there' }];
  }
  if (config.issuer.creator !== undefined && config.issuer.creator !== admin.address) {
    throw new Error(`there is no issuer ${issuer} of ${config.issuer.creator}, and only that one can create it.`);
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

/** Once the issuer has been handed over, whoever lists for it has that role and no other power. */
async function requireList({ cluster, issuer, admin: { address } }: Context, admin: Address): Promise<void> {
  const grant = await fetchMaybeRoleGrant(
    cluster.rpc,
    await findRoleGrant(cluster.programId, issuer, address),
    CONFIRMED,
  );
  const lists =
    grant.exists && (grant.data.roles & Role.List) !== 0 && grant.data.expiresAt > (await chainTime(cluster));
  if (!lists) {
    throw new Error(
      `issuer ${issuer} has another admin, ${admin}: put that one's key file in the key folder, or have it grant LIST to ${address}.`,
    );
  }
}
