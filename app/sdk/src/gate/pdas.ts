/**
 * Addresses of the gate program's accounts, for any deployment of it. `issuer` is an Issuer of the
 * issuer program or, for mints without a ticker, the wallet that keeps the records.
 */
import {
  address,
  getAddressEncoder,
  getProgramDerivedAddress,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';

/** The program of sRFC-37, which holds the freeze authority of mints under it. */
export const TOKEN_ACL_ADDRESS = address('TACLkU6CiCdkQN2MjoyDkVg2yAH9zkxiHDsiztQ52TP');

const key = (address: Address) => getAddressEncoder().encode(address);

const find = async (programAddress: Address, ...seeds: (string | ReadonlyUint8Array)[]): Promise<Address> =>
  (await getProgramDerivedAddress({ programAddress, seeds }))[0];

/** Counts an issuer's providers. */
export const findRegistry = (program: Address, issuer: Address) => find(program, 'registry', key(issuer));

/** Who may register investors, by its number with the issuer. */
export const findProvider = (program: Address, issuer: Address, number: number) =>
  find(program, 'provider', key(issuer), new Uint8Array([number]));

/** A person, by the salted hash that stands for it (`investorIdHash`). */
export const findInvestor = (program: Address, issuer: Address, idHash: ReadonlyUint8Array) =>
  find(program, 'investor', key(issuer), idHash);

/** What a check reads of a wallet: an investor's, or a venue's. */
export const findWallet = (program: Address, issuer: Address, owner: Address) =>
  find(program, 'wallet', key(issuer), key(owner));

/** Who may hold a mint. */
export const findPolicy = (program: Address, mint: Address) => find(program, 'policy', key(mint));

/** What a transfer of a hooked mint needs besides. */
export const findHookList = (program: Address, mint: Address) => find(program, 'extra-account-metas', key(mint));

/** How Token ACL governs a mint. */
export const findMintConfig = (mint: Address) => find(TOKEN_ACL_ADDRESS, 'MINT_CONFIG', key(mint));
