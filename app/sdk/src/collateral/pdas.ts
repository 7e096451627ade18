/** Addresses of the collateral program's accounts, for any deployment of it. */
import {
  address,
  getAddressEncoder,
  getProgramDerivedAddress,
  getU16Encoder,
  getU64Encoder,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';

/** Pyth's push oracle since August 2026: keeps price accounts up at addresses that follow from the feed id. */
export const PUSH_ORACLE_ADDRESS = address('pyt2F414BA6dPttK6RddPZUdHfapoBN24GL5wbrPCou');

const key = (address: Address) => getAddressEncoder().encode(address);

const find = async (programAddress: Address, ...seeds: (string | ReadonlyUint8Array)[]): Promise<Address> =>
  (await getProgramDerivedAddress({ programAddress, seeds }))[0];

/** A curator of feeds: the `id`th of who created it. */
export const findCurator = (program: Address, creator: Address, id: bigint) =>
  find(program, 'curator', key(creator), getU64Encoder().encode(id));

/** `mic`: a market identifier code (ISO 10383), four capital letters or digits. */
export const findCalendar = (program: Address, curator: Address, mic: string) =>
  find(program, 'calendar', key(curator), micBytes(mic));

/** A curator's rules and last observation for a mint. */
export const findFeed = (program: Address, curator: Address, mint: Address) =>
  find(program, 'feed', key(curator), key(mint));

/** Where the push oracle keeps a feed's price, if it does; shard 0 is the usual one. */
export const findPushPrice = (feedId: ReadonlyUint8Array, shard = 0) =>
  find(PUSH_ORACLE_ADDRESS, getU16Encoder().encode(shard), feedId);

/** A market identifier code as seeds hold it. Throws for what is none. */
export function micBytes(mic: string): Uint8Array {
  if (!/^[A-Z0-9]{4}$/.test(mic)) throw new Error(`"${mic}" is no market identifier code, like "XNYS".`);
  return new TextEncoder().encode(mic);
}
