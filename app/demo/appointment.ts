/** Roles that not even the admin has without notice: announced, and granted after the timelock. */
import { generateKeyPairSigner, type KeyPairSigner } from '@solana/kit';
import { airdrop, announceChangePlan, chainTime, grantRolePlan, send } from '@scrip/sdk';

import type { Output } from './output.ts';
import { waitOnChain, type World } from './world.ts';

const ROLE_SECS = 90n * 86_400n;

/** A new wallet with these bits of `Role`; `announcement` is the number of one that is free. */
export async function appoint(
  world: World,
  what: string,
  roles: number,
  announcement: bigint,
  output: Output,
): Promise<KeyPairSigner> {
  const { cluster, issuer, admin, config } = world.context;
  const wallet = await generateKeyPairSigner();
  await airdrop(cluster, wallet.address, 1);
  const grant = { wallet: wallet.address, roles, expiresAt: (await chainTime(cluster)) + ROLE_SECS };
  const change = { __kind: 'GrantRole', ...grant } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, announcement, change));
  output.say(`The admin announces ${what}: the role waits for the timelock.`);
  await waitOnChain(world, config.issuer.timelockSecs, `${config.issuer.timelockSecs / 60} minutes`, output);
  await send(cluster, admin, await grantRolePlan(cluster, issuer, admin, { ...grant, announcement }));
  return wallet;
}
