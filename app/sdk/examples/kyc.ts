/** A KYC provider registers a person and a wallet of theirs; the chain learns a salted hash, a country, a tier, a date. */
import type { KeyPairSigner } from '@solana/kit';
import { chainTime, send } from '@scrip/sdk';
import {
  countryNumber,
  fetchInvestorView,
  findInvestor,
  investorIdHash,
  linkWalletPlan,
  registerInvestorPlan,
  revokeInvestorPlan,
  Status,
  type InvestorView,
} from '@scrip/sdk/gate';

import { newWallet, runIfMain, type Ground } from './ground.ts';

const YEAR_SECS = 365n * 86_400n;
/** The provider's secret, the same for all its customers; of random bytes, kept with the customers' files. */
const SALT = crypto.getRandomValues(new Uint8Array(32));

/** One transaction: the person and the first wallet. The provider signs, and the wallet itself; `payer` pays the rent. */
export async function register(
  { cluster, issuer, provider }: Ground,
  payer: KeyPairSigner,
  customer: string,
  wallet: KeyPairSigner,
): Promise<InvestorView> {
  const idHash = await investorIdHash(SALT, customer);
  const claim = { country: countryNumber('DE'), tier: 1, expiresAt: (await chainTime(cluster)) + YEAR_SECS };
  await send(cluster, payer, [
    ...(await registerInvestorPlan(cluster, payer, provider, idHash, claim)),
    ...(await linkWalletPlan(cluster, payer, provider, idHash, wallet)),
  ]);
  return fetchInvestorView(cluster, await findInvestor(cluster.programs.gate, issuer, idHash));
}

async function example(ground: Ground): Promise<void> {
  const { cluster, provider } = ground;
  const [payer, alice] = [await newWallet(cluster), await newWallet(cluster)];
  const view = await register(ground, payer, 'customer 1', alice);
  console.log(`${view.address} is registered, with ${view.wallets.length} wallet: ${view.wallets[0]}`);

  // What the provider says anew reaches all of the person's wallets at once, or none.
  await send(cluster, payer, await revokeInvestorPlan(cluster, provider.authority, view));
  const { investor } = await fetchInvestorView(cluster, view.address);
  console.log(`revoked: ${investor.status === Status.Revoked}`);
}

await runIfMain(import.meta.url, example);
