/**
 * Compliance gets its role. The grant is announced and waits for the timelock: on a local cluster the
 * clock is moved, elsewhere a later run goes on.
 */
import {
  announceChangePlan,
  chainTime,
  closeAnnouncementPlan,
  fetchMaybeAnnouncement,
  fetchMaybeRoleGrant,
  findAnnouncement,
  findRoleGrant,
  grantRolePlan,
  isLocal,
  Role,
  travelTo,
  type Announcement,
} from '@scrip/sdk';

import type { Context, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

/** The announcement's number: this step's. */
const ANNOUNCEMENT = 8n;
const DAY_SECS = 86_400n;

export const grantCompliance: Step = async (context) => {
  const { cluster, admin, issuer, complianceAddress } = context;
  if (complianceAddress === undefined) return [];
  const { programId } = cluster;
  const roleGrant = await findRoleGrant(programId, issuer, complianceAddress);
  const done = { what: 'role COMPLIANCE', address: roleGrant };
  if (await hasCompliance(context)) return [{ ...done, outcome: 'already there' }];

  const { readyAt, expiresAt } = await announced(context);
  if ((await chainTime(cluster)) < readyAt) {
    if (!isLocal(cluster)) return [{ ...done, outcome: 'waits for the timelock' }];
    await travelTo(cluster, readyAt);
  }
  const grant = { wallet: complianceAddress, roles: Role.Compliance, expiresAt, announcement: ANNOUNCEMENT };
  await submit(context, done.what, [
    ...(await grantRolePlan(cluster, issuer, admin, grant)),
    ...(await closeAnnouncementPlan(cluster, issuer, admin, ANNOUNCEMENT, admin.address)),
  ]);
  return [{ ...done, outcome: 'created' }];
};

/** Whether compliance can act now: the steps that come after wait for it. */
export async function hasCompliance({ cluster, issuer, complianceAddress }: Context): Promise<boolean> {
  if (complianceAddress === undefined) return false;
  const grant = await fetchMaybeRoleGrant(
    cluster.rpc,
    await findRoleGrant(cluster.programId, issuer, complianceAddress),
    CONFIRMED,
  );
  if (!grant.exists) return false;
  const { roles, expiresAt } = grant.data;
  if ((roles & Role.Compliance) === 0 || expiresAt <= (await chainTime(cluster))) {
    throw new Error(`the role grant of ${complianceAddress} has expired or has other roles: the admin must revoke it.`);
  }
  return true;
}

/** When the grant may be made, and until when it will last: as announced before, or announced now. */
async function announced(context: Context): Promise<{ readyAt: bigint; expiresAt: bigint }> {
  const { cluster, config, admin, issuer, complianceAddress } = context;
  const address = await findAnnouncement(cluster.programId, issuer, ANNOUNCEMENT);
  const existing = await fetchMaybeAnnouncement(cluster.rpc, address, CONFIRMED);
  if (existing.exists) return requireGrant(context, existing.data);
  const expiresAt = (await chainTime(cluster)) + BigInt(config.gate!.complianceDays) * DAY_SECS;
  const change = { __kind: 'GrantRole', wallet: complianceAddress!, roles: Role.Compliance, expiresAt } as const;
  const plan = await announceChangePlan(cluster, issuer, { signer: admin }, ANNOUNCEMENT, change);
  await submit(context, 'announcement of the role COMPLIANCE', plan);
  const made = await fetchMaybeAnnouncement(cluster.rpc, address, CONFIRMED);
  if (!made.exists) throw new Error(`announcement ${ANNOUNCEMENT} of ${issuer} was made, and is not there.`);
  return requireGrant(context, made.data);
}

function requireGrant({ complianceAddress }: Context, { change, readyAt }: Announcement) {
  if (change.__kind !== 'GrantRole' || change.wallet !== complianceAddress || change.roles !== Role.Compliance) {
    throw new Error(`announcement ${ANNOUNCEMENT} is of another change: it must be closed first.`);
  }
  return { readyAt, expiresAt: change.expiresAt };
}
