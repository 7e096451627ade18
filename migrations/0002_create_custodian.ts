/** The custodian that holds the shares. Its legal name goes on chain as a hash. */
import { createHash } from 'node:crypto';

import { eventAccounts, fetchMaybeCustodian, getCreateCustodianInstruction, send } from '@scrip/sdk';

import type { Step } from './context.ts';

export const createCustodian: Step = async ({ cluster, config, admin, issuer, custodian }) => {
  const { number, name } = config.custodian;
  const nameHash = createHash('sha256').update(name).digest();
  const existing = await fetchMaybeCustodian(cluster.rpc, custodian);
  const done = { what: `custodian ${number}, ${name}`, address: custodian };
  if (existing.exists) {
    if (Buffer.compare(Buffer.from(existing.data.nameHash), nameHash) !== 0) {
      throw new Error(`custodian ${number} exists under another name than "${name}": choose another custodian.number.`);
    }
    return [{ ...done, outcome: 'already there' }];
  }
  const instruction = getCreateCustodianInstruction(
    { payer: admin, admin, issuer, custodian, ...(await eventAccounts(cluster)), number, nameHash },
    { programAddress: cluster.programId },
  );
  await send(cluster, admin, [instruction]);
  return [{ ...done, outcome: 'created' }];
};
