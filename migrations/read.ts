/** Reading many accounts at a time. */
import type { Address } from '@solana/kit';
import type { Rpc } from '@scrip/sdk';

/** What a transaction has just changed must be seen: the default would be what is final. */
export const CONFIRMED = { commitment: 'confirmed' } as const;

/** What getMultipleAccounts takes. */
const ACCOUNTS = 100;

type FetchAll<Account> = (rpc: Rpc, addresses: Address[], config: typeof CONFIRMED) => Promise<Account[]>;

/** The accounts at these addresses, in their order, by a generated `fetchAllMaybe..`, a hundred to a request. */
export async function readAll<Account>(
  rpc: Rpc,
  fetchAll: FetchAll<Account>,
  addresses: readonly Address[],
): Promise<Account[]> {
  const parts = Array.from({ length: Math.ceil(addresses.length / ACCOUNTS) }, (_, i) =>
    fetchAll(rpc, addresses.slice(i * ACCOUNTS, (i + 1) * ACCOUNTS), CONFIRMED),
  );
  return (await Promise.all(parts)).flat();
}
