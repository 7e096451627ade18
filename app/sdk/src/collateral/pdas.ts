/** Addresses of the collateral program's accounts, for any deployment of it. */
import { address, getProgramDerivedAddress, getU16Encoder, type Address, type ReadonlyUint8Array } from '@solana/kit';

import { first } from '../derived.ts';
import { findCalendarPda, findCuratorPda, findFeedPda } from '../generated/collateral/pdas/index.ts';

/** Pyth's push oracle since August 2026: keeps price accounts up at addresses that follow from the feed id. */
export const PUSH_ORACLE_ADDRESS = address('pyt2F414BA6dPttK6RddPZUdHfapoBN24GL5wbrPCou');

/** A curator of feeds: the `id`th of who created it. */
export const findCurator = (programAddress: Address, creator: Address, id: bigint) =>
  first(findCuratorPda({ creator, id }, { programAddress }));

/** `mic`: a market identifier code (ISO 10383), four capital letters or digits. */
export const findCalendar = (programAddress: Address, curator: Address, mic: string) =>
  first(findCalendarPda({ curator, mic: micBytes(mic) }, { programAddress }));

/** A curator's rules and last observation for a mint. */
export const findFeed = (programAddress: Address, curator: Address, mint: Address) =>
  first(findFeedPda({ curator, mint }, { programAddress }));

/** Where the push oracle keeps a feed's price, if it does; shard 0 is the usual one. */
export const findPushPrice = (feedId: ReadonlyUint8Array, shard = 0) =>
  first(
    getProgramDerivedAddress({
      programAddress: PUSH_ORACLE_ADDRESS,
      seeds: [getU16Encoder().encode(shard), feedId],
    }),
  );

/** A market identifier code as seeds hold it. Throws for what is none. */
export function micBytes(mic: string): Uint8Array {
  if (!/^[A-Z0-9]{4}$/.test(mic)) throw new Error(`"${mic}" is no market identifier code, like "XNYS".`);
  return new TextEncoder().encode(mic);
}
