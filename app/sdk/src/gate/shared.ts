/** What all plans of the gate need. */
import type { Address } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { findEventAuthority } from '../pdas.ts';
import type { Deployment } from '../plans/shared.ts';
import { operatorAccounts, type Operator } from '../plans/governance.ts';

/** Which deployment a plan is for. */
export type Gate = Pick<Cluster, 'programs'>;

/** The two accounts that every instruction with an event needs, and the program's address as an option. */
export async function deployed({ programs }: Gate) {
  const program = programs.gate;
  return [{ eventAuthority: await findEventAuthority(program), program }, { programAddress: program }] as const;
}

/** Who acts for an issuer: its admin or by a role grant. The keeper of a registry of its own needs no grant. */
export async function manager(cluster: Deployment, issuer: Address, operator: Operator) {
  return { ...(await operatorAccounts(cluster, issuer, operator)), issuer };
}
