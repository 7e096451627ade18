/** Minting: three attestors sign 48 bytes, each on its own machine, and anybody lands what they signed. */
import type { Address, KeyPairSigner } from '@solana/kit';
import {
  areSignaturesTrue,
  attestMint,
  attestMintPlan,
  fetchTickerView,
  formatAmount,
  joinSignatures,
  parseAmount,
  receivePlan,
  resign,
  send,
} from '@scrip/sdk';

import { newWallet, runIfMain, type Ground } from './ground.ts';

/** What the custodian holds of this security. The program mints nothing that it does not cover. */
const RESERVES = { settledSharesE8: parseAmount('1000000'), receivableSharesE8: 0n };

/** The account made, thawed where the mint's mode asks for that, and filled: one transaction. `amount` is raw. */
export async function mintTo(
  { cluster, issuer, attestorSet, attestors }: Ground,
  payer: KeyPairSigner,
  mint: Address,
  owner: Address,
  amount: bigint,
  registered = false,
): Promise<void> {
  const [first, ...others] = attestors;
  // The first attestor writes the order down, reads nonce and action sequence from the chain, and signs.
  const order = { mint, owner, amount, reserves: RESERVES };
  const said = await attestMint(cluster, { attestorSet, signers: [first!] }, order);
  // The others check it against their own books, and sign the same words.
  const alsoSaid = await Promise.all(others.map((attestor) => resign(said, [attestor])));
  const signed = joinSignatures([said, ...alsoSaid].map(({ signed }) => signed));
  if (!(await areSignaturesTrue(signed))) throw new Error('A signature is wrong: the whole transaction would fail.');

  await send(cluster, payer, [
    ...(await receivePlan(cluster, payer, mint, owner)),
    ...(await attestMintPlan(cluster, issuer, said.body, signed, { registered })),
  ]);
}

async function example(ground: Ground): Promise<void> {
  const { cluster } = ground;
  const mint = await ground.mintOf('AAPLx');
  const alice = await newWallet(cluster);
  await mintTo(ground, alice, mint, alice.address, parseAmount('2.5'));
  const { supply, supplySharesE8, countedSharesE8 } = await fetchTickerView(cluster, mint);
  console.log(
    `minted 2.5 AAPLx; the supply of ${formatAmount(supply)} stands for ${formatAmount(supplySharesE8)} shares`,
  );
  console.log(`attested: ${formatAmount(countedSharesE8)} shares`);
}

await runIfMain(import.meta.url, example);
