/** Addresses of the lender's accounts, for any deployment of it. */
import type { Address } from '@solana/kit';

import { first } from '../derived.ts';
import { findCollateralPda, findMarketPda, findPositionPda, findSupplierPda } from '../generated/lender/pdas/index.ts';

/** Owns its vaults, its associated token accounts. */
export const findMarket = (programAddress: Address, creator: Address, id: bigint) =>
  first(findMarketPda({ creator, id }, { programAddress }));

/** A mint that a market takes, and on what terms; owns nothing. */
export const findCollateral = (programAddress: Address, market: Address, mint: Address) =>
  first(findCollateralPda({ market, mint }, { programAddress }));

/** What an owner has deposited in a market and owes to it. */
export const findPosition = (programAddress: Address, market: Address, owner: Address) =>
  first(findPositionPda({ market, owner }, { programAddress }));

/** An owner's share of a market's cash. */
export const findSupplier = (programAddress: Address, market: Address, owner: Address) =>
  first(findSupplierPda({ market, owner }, { programAddress }));
