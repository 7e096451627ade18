/** An issuer with a ticker of each mode, a cash desk, a lender, and people whose costs do not differ by their keys. */
import type { Address, AddressesByLookupTableAddress, Instruction, KeyPairSigner } from '@solana/kit';
import { TOKEN_2022_PROGRAM_ADDRESS } from '@solana-program/token-2022';
import { localTime, nextWeekend } from '@scrip/data';
import { loadConfig, migrate, prepare, type Config, type Context } from '@scrip/migrations';
import {
  attestMint,
  attestMintPlan,
  cashTableAddresses,
  chainTime,
  createLookupTable,
  createTestCash,
  findEscrow,
  findTokenAccount,
  fundCashDeskPlan,
  giveTestTokens,
  openCashDeskPlan,
  parseAmount,
  receivePlan,
  Role,
  send,
  setPriceBandPlan,
  travelTo,
  type Operator,
  type Quorum,
  type TestCash,
} from '@scrip/sdk';
import { fetchFeed, findFeed, placePrice } from '@scrip/sdk/collateral';
import { countryNumber, linkWalletPlan, registerInvestorPlan, type ProviderSigner } from '@scrip/sdk/gate';
import { addCollateralPlan, createMarketPlan, supplyPlan, type LentMarket } from '@scrip/sdk/lender';

import { configFor, connectFromEnv, mintOf, operatorWith, quorumOf } from '../chain.ts';
import { complianceOf, provider } from '../gated.ts';
import { Recorder } from './recorder.ts';
import { derived, holding, key, steadyHash, steadyWallet, type Find, type Found } from './steady.ts';

const YEAR_SECS = 365n * 86_400n;
export const SHARE = parseAmount('1');
export const RESERVES = { settledSharesE8: parseAmount('1000000'), receivableSharesE8: 0n };
export const DOLLAR = 1_000_000n;
const PRICE = { priceE8: parseAmount('200'), confidenceE8: parseAmount('0.05') };

export type Mints = Readonly<Record<'open' | 'frozen' | 'hooked', Address>>;

/** What every flow is played on. */
export type Scene = Readonly<{
  context: Context;
  recorder: Recorder;
  mints: Mints;
  quorum: Quorum;
  cash: TestCash;
  /** What all trades of the open share for cash have in common. */
  tables: AddressesByLookupTableAddress;
  market: LentMarket;
  officer: Operator;
  provider: ProviderSigner;
  /** A new owner with funds and cash, as the table calls them. */
  owner: (role: string) => Promise<KeyPairSigner>;
  /** Registered with the provider. */
  registered: (role: string) => Promise<KeyPairSigner>;
}>;

function configOf(issuerId: number): Config {
  const local = loadConfig();
  const { modes, primaryKyc } = local.tickers;
  const config = configFor(issuerId, ['AAPLx', 'HOODx', 'MSTRx', 'COINx']);
  const strict = { modes: modes!, primaryKyc: primaryKyc! };
  return { ...config, gate: local.gate!, tickers: { ...config.tickers, ...strict } };
}

export async function openScene(issuerId: number): Promise<Scene> {
  const context = await prepare(await connectFromEnv(), configOf(issuerId));
  await migrate(context);
  const { cluster, admin, marketDays } = context;
  const mints = {
    open: await mintOf(context, 'AAPLx'),
    frozen: await mintOf(context, 'MSTRx'),
    hooked: await mintOf(context, 'COINx'),
  };
  const cash = await createTestCash(cluster, admin);
  // Lenders take new debt while the exchange is open. Before the desk's prices are set, which hold for a week.
  await travelTo(cluster, localTime(marketDays, nextWeekend(marketDays, await chainTime(cluster)).friday, '10:00'));
  const { tables } = await openDesk(context, mints.open, cash);
  const market = await openMarket(context, mints.open, cash);

  const recorder = new Recorder(cluster);
  const officer = complianceOf(context);
  for (const [signer, role] of [
    [admin, 'payer'],
    [officer.signer, 'compliance'],
    [provider(context).authority, 'provider'],
  ] as const) {
    recorder.name(signer, role);
  }
  const owner = async (role: string) => {
    const wallet = await steadyWallet(cluster, ownersFinds(context, mints, cash, market.address));
    recorder.name(wallet, role);
    await giveTestTokens(cluster, cash, wallet.address, 10_000n * DOLLAR);
    return wallet;
  };
  const registered = async (role: string) => {
    const wallet = await owner(role);
    await send(cluster, admin, await registrationPlan(context, wallet));
    return wallet;
  };
  const people = { officer, provider: provider(context), owner, registered };
  return { context, recorder, mints, quorum: quorumOf(context), cash, tables, market, ...people };
}

/** Addresses that programs find for an owner. */
function ownersFinds({ cluster, issuer }: Context, mints: Mints, cash: TestCash, market: Address): Find[] {
  const { programId, programs } = cluster;
  const { open, frozen, hooked } = mints;
  const redemption =
    (mint: Address, id: bigint): Find =>
    (owner) =>
      derived(programId, 'redemption', key(mint), key(owner), id);
  const hold: Find = async (owner) =>
    derived(programId, 'hold', key(frozen), key(await findTokenAccount(frozen, owner)));
  return [
    ...[open, frozen, hooked].map((mint) => holding(mint, TOKEN_2022_PROGRAM_ADDRESS)),
    holding(cash.mint, cash.tokenProgram),
    (owner) => derived(programs.gate, 'wallet', key(issuer), key(owner)),
    (owner) => derived(programs.lender, 'position', key(market), key(owner)),
    ...[0n, 1n].map((id) => redemption(open, id)),
    redemption(hooked, 0n),
    hold,
  ];
}

/** What Token-2022 finds in each transfer of a hooked mint: the hook's list; and the escrow's record, if it goes there. */
export async function hookFinds({ context, mints }: Scene, { escrow = false } = {}): Promise<Found[]> {
  const { cluster, issuer } = context;
  const { gate } = cluster.programs;
  const list = derived(gate, 'extra-account-metas', key(mints.hooked));
  if (!escrow) return [list];
  return [list, derived(gate, 'wallet', key(issuer), key(await findEscrow(cluster.programId, mints.hooked)))];
}

/** A person and the wallet, in one transaction. */
export async function registrationPlan(context: Context, wallet: KeyPairSigner): Promise<Instruction[]> {
  const { cluster, admin, issuer } = context;
  const { gate } = cluster.programs;
  const idHash = await steadyHash((hash) => derived(gate, 'investor', key(issuer), hash));
  const claim = { country: countryNumber('DE'), tier: 1, expiresAt: (await chainTime(cluster)) + YEAR_SECS };
  return [
    ...(await registerInvestorPlan(cluster, admin, provider(context), idHash, claim)),
    ...(await linkWalletPlan(cluster, admin, provider(context), idHash, wallet)),
  ];
}

async function openDesk(context: Context, mint: Address, cash: TestCash) {
  const { cluster, issuer, admin } = context;
  const treasurer = await operatorWith(context, Role.Cash);
  await giveTestTokens(cluster, cash, admin.address, 100_000n * DOLLAR);
  const outflow = { capacity: 50_000n * DOLLAR, windowSecs: 86_400 };
  await send(cluster, admin, await openCashDeskPlan(cluster, issuer, admin, cash, outflow));
  await send(cluster, admin, await fundCashDeskPlan(cluster, issuer, admin, cash, 50_000n * DOLLAR));
  const expiresAt = (await chainTime(cluster)) + 7n * 86_400n;
  const band = { minPriceE8: parseAmount('100'), maxPriceE8: parseAmount('300'), expiresAt };
  const operator = { signer: treasurer, granted: true };
  await send(cluster, treasurer, await setPriceBandPlan(cluster, issuer, operator, mint, band));
  const addresses = await cashTableAddresses(cluster, issuer, context.attestorSet, mint, cash);
  return { tables: await createLookupTable(cluster, admin, addresses) };
}

async function openMarket(context: Context, mint: Address, cash: TestCash): Promise<LentMarket> {
  const { cluster, admin, curator, calendar } = context;
  const rates = { baseRateBps: 200, slopeBps: 1_000, closeFactorBps: 5_000, minDebt: 100n * DOLLAR };
  const { market, plan } = await createMarketPlan(cluster, admin, cash, BigInt(context.config.issuer.id), rates);
  await send(cluster, admin, plan);
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  const { configHash } = (await fetchFeed(cluster.rpc, feed)).data;
  const terms = { ltvBps: 5_000, liquidationBps: 7_000, bonusBps: 500, maxRaw: parseAmount('1000'), configHash };
  await send(cluster, admin, await addCollateralPlan(cluster, admin, market, { mint, feed, calendar, terms }));
  await send(cluster, admin, await supplyPlan(cluster, admin, market, 20_000n * DOLLAR));
  return market;
}

/** Apple at 200 dollars, as of now. */
export async function pricesNow({ context, mints }: Scene): Promise<void> {
  const { cluster, curator } = context;
  const feed = await findFeed(cluster.programs.collateral, curator, mints.open);
  const { feedId } = (await fetchFeed(cluster.rpc, feed)).data.config.sources[0]!;
  await placePrice(cluster, { feedId, ...PRICE });
}

/** An account made, thawed where it must be, and filled; not noted down. */
export async function give(scene: Scene, mint: Address, owner: KeyPairSigner, amount: bigint): Promise<void> {
  await send(scene.context.cluster, owner, await primaryPlan(scene, mint, owner, amount));
}

/** The same as a plan, by three attestors of five. */
export async function primaryPlan(
  { context, quorum, mints }: Scene,
  mint: Address,
  owner: KeyPairSigner,
  amount: bigint,
): Promise<Instruction[]> {
  const { cluster, issuer } = context;
  const order = { mint, owner: owner.address, amount, reserves: RESERVES };
  const { body, signed } = await attestMint(cluster, quorum, order);
  const registered = mint !== mints.open;
  return [
    ...(await receivePlan(cluster, owner, mint, owner.address)),
    ...(await attestMintPlan(cluster, issuer, body, signed, { registered })),
  ];
}
