/** Redemption by request: into escrow, taken up by the custodian, paid and burned; or taken back by the owner. */
import { createHash } from 'node:crypto';

import {
  acknowledgeRedemptionPlan,
  attestAcknowledge,
  attestSettle,
  cancelRedemptionPlan,
  canRedeem,
  fetchMaybeRedemption,
  fetchRedemption,
  findRedemption,
  formatAmount,
  parseAmount,
  requestRedemptionPlan,
  send,
  settleRedemptionPlan,
} from '@scrip/sdk';

import { newWallet, runIfMain, type Ground } from './ground.ts';
import { mintTo } from './mint.ts';

async function example(ground: Ground): Promise<void> {
  const { cluster, issuer, attestorSet, attestors } = ground;
  const mint = await ground.mintOf('AAPLx');
  const [alice, custodian] = [await newWallet(cluster), await newWallet(cluster)];
  await mintTo(ground, alice, mint, alice.address, parseAmount('3'));

  // The owner asks whether it would pass, without a signature, and then requests.
  const request = { mint, id: 0n, amount: parseAmount('2') };
  const question = { ...request, issuer, owner: alice.address, caller: alice.address };
  const { passes, reasons } = await canRedeem(cluster, question);
  if (!passes) throw new Error(reasons.map(({ text }) => text).join(' '));
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, request));
  const redemption = await findRedemption(cluster.programId, mint, alice.address, request.id);
  const { amountLeft, deadline } = (await fetchRedemption(cluster.rpc, redemption)).data;
  console.log(`${formatAmount(amountLeft)} in escrow; hers again if it is not settled by ${deadline}`);

  // The custodian takes it up, sells, and says what has been paid: that is burned.
  const quorum = { attestorSet, signers: attestors };
  const taken = await attestAcknowledge(cluster, quorum, { mint, redemption });
  await send(cluster, custodian, await acknowledgeRedemptionPlan(cluster, issuer, taken.body, taken.signed));
  const payoutReference = createHash('sha256').update('wire 2026-0001').digest();
  const paid = await attestSettle(cluster, quorum, { mint, redemption, amount: request.amount, payoutReference });
  await send(cluster, custodian, await settleRedemptionPlan(cluster, issuer, alice.address, paid.body, paid.signed));
  console.log(`settled and closed: ${!(await fetchMaybeRedemption(cluster.rpc, redemption)).exists}`);

  // Until the custodian has taken one up, its owner takes it back at once.
  const other = { mint, id: 1n, amount: parseAmount('1') };
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, other));
  await send(cluster, alice, await cancelRedemptionPlan(cluster, issuer, alice, other));
  console.log('another one cancelled: the shares are back');
}

await runIfMain(import.meta.url, example);
