/** The custodian that holds the shares. Its legal name goes on chain as a hash. */
import { createHash } from 'node:crypto';

import { eventAccounts, fetchMaybeCustodian, getCreateCustodianInstruction } from '@scrip/sdk';

import type { Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

export const createCustodian: Step = async (context) => {
  const { cluster, config, admin, issuer, custodian } = context;
  const { number, name } = config.custodian;
  const nameHash = createHash('sha256').update(name).digest();
  const existing = await fetchMaybeCustodian(cluster.rpc, custodian, CONFIRMED);
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
  await submit(context, done.what, [instruction]);
  return [{ ...done, outcome: 'created' }];
};
