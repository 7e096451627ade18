/** What a local validator can do and no other cluster: have its clock moved. */
import { chainTime, isLocal, type Cluster } from './cluster.ts';

/**
 * Moves the chain's clock forward to a time in seconds since 1970. The validator is surfpool, whose
 * method takes milliseconds; it never goes back. Throws elsewhere than on this machine.
 */
export async function travelTo(cluster: Cluster, unixSeconds: bigint): Promise<void> {
  if (!isLocal(cluster)) throw new Error(`the clock of ${cluster.url} cannot be moved: it is not a local cluster.`);
  const now = await chainTime(cluster);
  if (unixSeconds < now)
    throw new Error(`the chain's clock is at ${now} already: it cannot go back to ${unixSeconds}.`);
  const response = await fetch(cluster.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'surfnet_timeTravel',
      params: [{ absoluteTimestamp: Number(unixSeconds * 1000n) }],
    }),
  });
  const { error } = (await response.json()) as { error?: { message: string } };
  if (error) throw new Error(`the local validator does not move its clock: ${error.message}.`);
}

/** Lets this many seconds pass on the chain. */
export async function passTime(cluster: Cluster, seconds: bigint): Promise<void> {
  await travelTo(cluster, (await chainTime(cluster)) + seconds);
}
