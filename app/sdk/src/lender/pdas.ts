/** Addresses of the lender's accounts, for any deployment of it. */
import type { Address } from '@solana/kit';

import { findCollateralPda, findMarketPda, findPositionPda, findSupplierPda } from '../generated/lender/pdas/index.ts';

const first = async (found: Promise<readonly [Address, number]>) => (await found)[0];

/** Owns its vaults, its associated token accounts. */
export const findMarket = (programAddress: Address, creator: Address, id: bigint) =>
  first(findMarketPda({ creator, id }, { programAddress }));

export const findCollateral = (programAddress: Address, market: Address, mint: Address) =>
  first(findCollateralPda({ market, mint }, { programAddress }));

export const findPosition = (programAddress: Address, market: Address, owner: Address) =>
  first(findPositionPda({ market, owner }, { programAddress }));

export const findSupplier = (programAddress: Address, market: Address, owner: Address) =>
  first(findSupplierPda({ market, owner }, { programAddress }));
