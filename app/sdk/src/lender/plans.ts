/** The acts of a market's owner, of suppliers, debtors and liquidators. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import {
  getAddCollateralInstruction,
  getBorrowInstruction,
  getCreateMarketInstruction,
  getDepositInstruction,
  getLiquidateInstruction,
  getRedeemInstruction,
  getRepayInstruction,
  getSetCollateralInstruction,
  getSupplyInstruction,
  getWithdrawInstruction,
} from '../generated/lender/instructions/index.ts';
import type { CollateralTermsArgs, MarketTermsArgs } from '../generated/lender/types/index.ts';
import { findTokenAccount } from '../pdas.ts';
import type { Cash } from '../plans/cash.ts';
import { createTokenAccountPlan } from '../plans/mint.ts';
import { holdingMetas, type Held } from './holdings.ts';
import { findCollateral, findMarket, findPosition, findSupplier } from './pdas.ts';

/** Which deployment a plan is for. */
type Programs = Pick<Cluster, 'programs'>;

/** A market and what it lends. */
export type LentMarket = Readonly<{ address: Address; cash: Cash }>;

/** Holdings as `fetchHoldings` finds them, in their order. */
export type Holdings = readonly Pick<Held, 'address' | 'accounts'>[];

/** Creates a market, and the vault for its cash, which must be there first. Anyone may. */
export async function createMarketPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  cash: Cash,
  id: bigint,
  terms: MarketTermsArgs,
): Promise<{ market: LentMarket; plan: Instruction[] }> {
  const address = await findMarket(programs.lender, owner.address, id);
  const input = {
    owner,
    market: address,
    cashMint: cash.mint,
    cashVault: await findTokenAccount(cash.mint, address, cash.tokenProgram),
    cashProgram: cash.tokenProgram,
    id,
    terms,
  };
  const plan = [
    ...(await createTokenAccountPlan(owner, cash.mint, address, cash.tokenProgram)),
    getCreateMarketInstruction(input, { programAddress: programs.lender }),
  ];
  return { market: { address, cash }, plan };
}

/** A kind of collateral, and the rules that the owner has read: `terms.configHash` is their hash. */
export type NewCollateral = Readonly<{ mint: Address; feed: Address; calendar: Address; terms: CollateralTermsArgs }>;

/** Lets a market take a mint, and makes the vault for it. By the market's owner. */
export async function addCollateralPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  { mint, feed, calendar, terms }: NewCollateral,
): Promise<Instruction[]> {
  const input = {
    owner,
    market: market.address,
    ...(await stockAccounts(programs.lender, market, mint)),
    collateralProgram: programs.collateral,
    feed,
    calendar,
    terms,
  };
  return [
    ...(await createTokenAccountPlan(owner, mint, market.address)),
    getAddCollateralInstruction(input, { programAddress: programs.lender }),
  ];
}

/** Changes a collateral's terms; to agree to a feed's loosened rules is to set their hash. */
export async function setCollateralPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: Address,
  mint: Address,
  terms: CollateralTermsArgs,
): Promise<Instruction[]> {
  const collateral = await findCollateral(programs.lender, market, mint);
  return [getSetCollateralInstruction({ owner, market, collateral, terms }, { programAddress: programs.lender })];
}

/** Puts cash (`amount` in its smallest unit) into the pool, from the owner's associated token account. */
export async function supplyPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  amount: bigint,
): Promise<Instruction[]> {
  const input = {
    owner,
    ...(await cashAccounts(market)),
    supplier: await findSupplier(programs.lender, market.address, owner.address),
    source: await cashOf(market, owner.address),
    amount,
  };
  return [getSupplyInstruction(input, { programAddress: programs.lender })];
}

/** Takes cash out of the pool, for `shares` of it as `Supplier` counts them. */
export async function redeemPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  shares: bigint,
): Promise<Instruction[]> {
  const input = {
    owner,
    ...(await cashAccounts(market)),
    supplier: await findSupplier(programs.lender, market.address, owner.address),
    destination: await cashOf(market, owner.address),
    shares,
  };
  return [...(await cashAccountPlan(owner, market)), getRedeemInstruction(input, { programAddress: programs.lender })];
}

/** Adds `raw` of a mint as collateral, at any hour. */
export async function depositPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  mint: Address,
  raw: bigint,
): Promise<Instruction[]> {
  const input = {
    owner,
    market: market.address,
    ...(await stockAccounts(programs.lender, market, mint)),
    position: await findPosition(programs.lender, market.address, owner.address),
    source: await findTokenAccount(mint, owner.address),
    raw,
  };
  return [getDepositInstruction(input, { programAddress: programs.lender })];
}

/** Takes `raw` of a collateral out. `left` are the holdings that remain, for a position with debt; else none. */
export async function withdrawPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  mint: Address,
  raw: bigint,
  left: Holdings,
): Promise<Instruction[]> {
  const input = {
    owner,
    market: market.address,
    ...(await stockAccounts(programs.lender, market, mint)),
    position: await findPosition(programs.lender, market.address, owner.address),
    destination: await findTokenAccount(mint, owner.address),
    raw,
  };
  const instruction = getWithdrawInstruction(input, { programAddress: programs.lender });
  return [left.length === 0 ? instruction : valuing(instruction, programs.collateral, left)];
}

/** Lends `amount` (smallest unit of the cash mint) to the owner, if every holding may carry new debt now. */
export async function borrowPlan(
  { programs }: Programs,
  owner: TransactionSigner,
  market: LentMarket,
  amount: bigint,
  holdings: Holdings,
): Promise<Instruction[]> {
  const input = {
    owner,
    ...(await cashAccounts(market)),
    position: await findPosition(programs.lender, market.address, owner.address),
    destination: await cashOf(market, owner.address),
    amount,
  };
  const instruction = getBorrowInstruction(input, { programAddress: programs.lender });
  return [...(await cashAccountPlan(owner, market)), valuing(instruction, programs.collateral, holdings)];
}

/** Repays at most `maxAmount` (smallest unit of the cash mint) of anybody's debt. */
export async function repayPlan(
  { programs }: Programs,
  payer: TransactionSigner,
  market: LentMarket,
  debtor: Address,
  maxAmount: bigint,
): Promise<Instruction[]> {
  const input = {
    payer,
    ...(await cashAccounts(market)),
    position: await findPosition(programs.lender, market.address, debtor),
    source: await cashOf(market, payer.address),
    maxAmount,
  };
  return [getRepayInstruction(input, { programAddress: programs.lender })];
}

/** The liquidator's own terms: the most to pay (smallest unit of the cash mint), the least collateral to get (raw). */
export type LiquidationLimits = Readonly<{ maxRepaid: bigint; minSeized: bigint }>;

/** Repays debt of a position that is no longer healthy, for some of one collateral. */
export async function liquidatePlan(
  { programs }: Programs,
  liquidator: TransactionSigner,
  market: LentMarket,
  debtor: Address,
  mint: Address,
  limits: LiquidationLimits,
  holdings: Holdings,
): Promise<Instruction[]> {
  const input = {
    liquidator,
    ...(await cashAccounts(market)),
    position: await findPosition(programs.lender, market.address, debtor),
    source: await cashOf(market, liquidator.address),
    ...(await stockAccounts(programs.lender, market, mint)),
    destination: await findTokenAccount(mint, liquidator.address),
    ...limits,
  };
  const instruction = getLiquidateInstruction(input, { programAddress: programs.lender });
  return [
    ...(await createTokenAccountPlan(liquidator, mint, liquidator.address)),
    valuing(instruction, programs.collateral, holdings),
  ];
}

const cashOf = ({ cash }: LentMarket, owner: Address) => findTokenAccount(cash.mint, owner, cash.tokenProgram);

const cashAccountPlan = (owner: TransactionSigner, { cash }: LentMarket) =>
  createTokenAccountPlan(owner, cash.mint, owner.address, cash.tokenProgram);

async function cashAccounts(market: LentMarket) {
  const { address, cash } = market;
  return {
    market: address,
    cashVault: await cashOf(market, address),
    cashMint: cash.mint,
    cashProgram: cash.tokenProgram,
  };
}

async function stockAccounts(program: Address, { address }: LentMarket, mint: Address) {
  const collateral = await findCollateral(program, address, mint);
  return { collateral, mint, vault: await findTokenAccount(mint, address) };
}

/** Followed by what its holdings are valued with. */
function valuing<T extends Instruction>(instruction: T, collateralProgram: Address, holdings: Holdings): Instruction {
  return { ...instruction, accounts: [...(instruction.accounts ?? []), ...holdingMetas(collateralProgram, holdings)] };
}
