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

import { first } from '../derived.ts';
import {
  findHookMetasPda,
  findInvestorPda,
  findPolicyPda,
  findProviderPda,
  findRegistryPda,
  findWalletPda,
} from '../generated/gate/pdas/index.ts';

/** The program of sRFC-37, which holds the freeze authority of mints under it. */
export const TOKEN_ACL_ADDRESS = address('TACLkU6CiCdkQN2MjoyDkVg2yAH9zkxiHDsiztQ52TP');

/** Counts an issuer's providers. */
export const findRegistry = (programAddress: Address, issuer: Address) =>
  first(findRegistryPda({ issuer }, { programAddress }));

/** Who may register investors, by its number with the issuer. */
export const findProvider = (programAddress: Address, issuer: Address, number: number) =>
  first(findProviderPda({ issuer, number }, { programAddress }));

/** A person, by the salted hash that stands for it (`investorIdHash`). */
export const findInvestor = (programAddress: Address, issuer: Address, idHash: ReadonlyUint8Array) =>
  first(findInvestorPda({ issuer, idHash }, { programAddress }));

/** What a check reads of a wallet: an investor's, or a venue's. */
export const findWallet = (programAddress: Address, issuer: Address, owner: Address) =>
  first(findWalletPda({ issuer, owner }, { programAddress }));

/** Who may hold a mint. */
export const findPolicy = (programAddress: Address, mint: Address) =>
  first(findPolicyPda({ mint }, { programAddress }));

/** What a transfer of a hooked mint needs besides. */
export const findHookList = (programAddress: Address, mint: Address) =>
  first(findHookMetasPda({ mint }, { programAddress }));

/** How Token ACL governs a mint. */
export const findMintConfig = (mint: Address) =>
  first(
    getProgramDerivedAddress({
      programAddress: TOKEN_ACL_ADDRESS,
      seeds: ['MINT_CONFIG', getAddressEncoder().encode(mint)],
    }),
  );
