/** An auditor: every event of a ticker out of the chain's transactions, proof that none is missing, and what they add up to. */
import { auditStream, fetchTickerView, findTicker, formatAmount, parseAmount } from '@scrip/sdk';

import { newWallet, runIfMain, type Ground } from './ground.ts';
import { mintTo } from './mint.ts';

async function example(ground: Ground): Promise<void> {
  const { cluster } = ground;
  const mint = await ground.mintOf('AAPLx');
  const alice = await newWallet(cluster);
  await mintTo(ground, alice, mint, alice.address, parseAmount('1'));

  // The account has a number and a running hash: events that lead to both are all there are.
  const { events, complete, problems } = await auditStream(cluster, await findTicker(cluster.programId, mint));
  for (const problem of problems) console.log(problem);
  console.log(`${events.length} events, complete: ${complete}`);

  let minted = 0n;
  for (const { event } of events) {
    if (event.program === 'issuer' && event.name === 'SharesMinted') minted += event.data.amount;
  }
  const { ticker } = await fetchTickerView(cluster, mint);
  console.log(`minted by events ${formatAmount(minted)}, by the account ${formatAmount(ticker.minted)}`);

  // An auditor who goes on from there reads only what is new.
  const last = events.at(-1)!;
  console.log(`the last one: ${last.event.name}, in transaction ${last.signature}`);
}

await runIfMain(import.meta.url, example);
