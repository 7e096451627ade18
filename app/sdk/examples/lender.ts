/** A lender: what an amount of shares is worth as collateral now, by simulation; nothing is signed or paid. */
import { formatDollars, parseAmount } from '@scrip/sdk';
import {
  allowed,
  collateralValueE8,
  fetchFeed,
  fetchValues,
  findValueAccounts,
  Flag,
  flagNames,
  liquidationValueE8,
  reasonsFor,
  sameHash,
  sessionName,
} from '@scrip/sdk/collateral';

import { newWallet, runIfMain, type Ground } from './ground.ts';

async function example({ cluster, mintOf, feedOf }: Ground): Promise<void> {
  const mint = await mintOf('AAPLx');
  const feed = await feedOf(mint);
  const { address: caller } = await newWallet(cluster);

  // Rules that were loosened since the lender read them have another hash: it agrees to that one, or stops.
  const agreed = (await fetchFeed(cluster.rpc, feed)).data.configHash;

  const accounts = await findValueAccounts(cluster, feed);
  const [value] = await fetchValues(cluster, caller, [{ accounts, raw: parseAmount('10') }]);
  if (!sameHash(value!.configHash, agreed)) throw new Error('The rules of this feed have changed.');

  const dollars = (valueE8: bigint) => `$${formatDollars(valueE8)}`;
  console.log(`10 AAPLx, session ${sessionName(value!)}, price ${value!.ageSecs} s old`);
  console.log(`  between ${dollars(value!.floorValueE8)} and ${dollars(value!.ceilingValueE8)}`);
  console.log(
    `  new debt may count on ${dollars(collateralValueE8(value!))}: the floor less ${value!.haircutBps / 100}%`,
  );
  console.log(`  a liquidation judges by ${dollars(liquidationValueE8(value!))}`);
  console.log(`  allowed: ${flagNames(allowed(value!)).join(', ') || 'nothing'}`);
  if (!(allowed(value!) & Flag.CanMintDebt)) for (const { text } of reasonsFor(value!)) console.log(`  ${text}`);
}

await runIfMain(import.meta.url, example);
