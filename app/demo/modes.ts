/** One ticker of each mode: who may hold it, who may not, and what becomes of who no longer may. */
import type { Address, Instruction } from '@solana/kit';
import { findListedMint } from '@scrip/migrations';
import {
  attestMint,
  attestMintPlan,
  chainTime,
  fetchTickerView,
  findTokenAccount,
  freezePlan,
  liftHoldPlan,
  MODE_NAMES,
  parseAmount,
  placeHoldPlan,
  receivePlan,
  send,
  transferPlan,
  type ModeName,
} from '@scrip/sdk';
import { fetchPolicyView, revokeInvestorPlan, setVenuePlan, type InvestorView } from '@scrip/sdk/gate';

import {
  complianceOf,
  expectReasons,
  newcomer,
  passes,
  providerOf,
  refused,
  register,
  renderRows,
  type Ledger,
} from './holders.ts';
import type { Output } from './output.ts';
import { balanceOf, createInvestor, expectEqual, quorum, waitOnChain, type Investor, type World } from './world.ts';

const SYMBOLS: Readonly<Record<ModeName, string>> = { open: 'HOODx', frozen: 'MSTRx', hooked: 'COINx' };
const HELD = parseAmount('100');
const BOUGHT = parseAmount('10');
const SENT = parseAmount('1');
const HOUR = 3_600;
const VENUE_SECS = 90n * 86_400n;

/** By what a transfer is refused: the issuer's thaw in frozen mode, the hook in hooked mode. */
const EXPIRED = { frozen: 'RecordExpired', hooked: 'Expired' } as const;
const REVOKED = { frozen: 'RecordRevoked', hooked: 'Revoked' } as const;

type Cast = Readonly<{
  erin: Investor;
  frank: Investor;
  franksRecord: InvestorView;
  /** Never registered. */
  grace: Investor;
  /** Of a country that the policy leaves out. */
  hiro: Investor;
  /** Registered, a while ago. */
  ivan: Investor;
  /** A protocol's vault. */
  vault: Investor;
}>;

type Scene = Readonly<{ world: World; cast: Cast; mode: ModeName; mint: Address; ledger: Ledger }>;

export async function tellModes(world: World, output: Output): Promise<void> {
  output.heading('One ticker of each mode');
  const cast = await meet(world, output);
  const ledger: Ledger = { rows: [], output };
  const scenes: Scene[] = [];
  for (const mode of MODE_NAMES) {
    const mint = await findListedMint(world.context.cluster, world.context.issuer, SYMBOLS[mode]);
    if (mint === undefined) throw new Error(`${SYMBOLS[mode]} is not listed: the story needs it.`);
    scenes.push({ world, cast, mode, mint, ledger });
  }
  const [open, ...strict] = scenes as [Scene, ...Scene[]];
  const { rules } = await fetchPolicyView(world.context.cluster, open.mint);
  output.say(`The policy of all three: ${rules.countries.join(', ')}, from tier ${rules.minTier}.`);
  for (const scene of scenes) await buyAtPrimary(scene);
  await moveFreely(open);
  for (const scene of strict) await moveRegistered(scene);
  await revoke(world, cast, strict);
  const rows = MODE_NAMES.flatMap((mode) => ledger.rows.filter((row) => row.mode === mode));
  output.say(`\n${renderRows(rows)}`);
  output.say(
    '\nA transfer in frozen mode, once the account is thawed, is a bare one of Token-2022: nothing of Scrip takes part.',
  );
}

/** Who takes part. The provider has looked at their papers; each wallet signs its own registration. */
async function meet(world: World, output: Output): Promise<Cast> {
  const { context } = world;
  const { cluster, admin, issuer } = context;
  // Who buys pays for it; for the others the admin does.
  const [erin, grace] = (await Promise.all(['Erin', 'Grace'].map((name) => createInvestor(context, name)))) as [
    Investor,
    Investor,
  ];
  const names = ['Frank', 'Hiro', 'Ivan', 'a vault'];
  const [frank, hiro, ivan, vault] = (await Promise.all(names.map(newcomer))) as [
    Investor,
    Investor,
    Investor,
    Investor,
    Investor,
  ];
  const [franksRecord] = await Promise.all([
    register(world, frank, { country: 'SG', tier: 2 }),
    register(world, erin, { country: 'DE' }),
    register(world, hiro, { country: 'JP' }),
    register(world, ivan, { country: 'CH', validSecs: BigInt(HOUR) }),
  ]);
  const until = (await chainTime(cluster)) + VENUE_SECS;
  await send(cluster, admin, await setVenuePlan(cluster, issuer, complianceOf(context), vault.wallet.address, until));
  output.say(
    'The provider registers Erin (Germany), Frank (Singapore), Hiro (Japan) and, for an hour, Ivan (Switzerland).',
  );
  output.say("Grace is nobody's customer. Compliance admits a protocol's vault as a venue.");
  await waitOnChain(world, HOUR, "an hour, and Ivan's record", output);
  return { erin, frank, franksRecord, grace, hiro, ivan, vault };
}

/** New shares go to registered wallets only, in every mode: account made, thawed and filled in one transaction. */
async function buyAtPrimary({ world, cast, mode, mint, ledger }: Scene): Promise<void> {
  const { cluster, issuer } = world.context;
  const buy = async ({ wallet }: Investor): Promise<Instruction[]> => {
    const reserves = { settledSharesE8: HELD, receivableSharesE8: 0n };
    const order = { mint, owner: wallet.address, amount: BOUGHT, reserves };
    const { body, signed } = await attestMint(cluster, quorum(world.context), order);
    return [
      ...(await receivePlan(cluster, wallet, mint, wallet.address)),
      ...(await attestMintPlan(cluster, issuer, body, signed, { registered: true })),
    ];
  };
  await passes(world, ledger, mode, 'Erin buys from the issuer', await buy(cast.erin), cast.erin.wallet);
  await refused(
    world,
    ledger,
    mode,
    'Grace buys from the issuer',
    await buy(cast.grace),
    'NotRegistered',
    cast.grace.wallet,
  );
  expectEqual(`${SYMBOLS[mode]}'s supply`, (await fetchTickerView(cluster, mint)).supply, BOUGHT);
}

const fromErin = ({ world, cast, mint }: Scene, { wallet }: Investor) =>
  transferPlan(world.context.cluster, cast.erin.wallet, mint, wallet.address, SENT);

/** An open share goes to anybody; compliance can stop an account all the same. */
async function moveFreely(scene: Scene): Promise<void> {
  const { world, cast, mode, mint, ledger } = scene;
  const { context } = world;
  const { cluster, issuer, admin } = context;
  const { erin, grace } = cast;
  await passes(world, ledger, mode, 'Erin sends to Grace', await fromErin(scene, grace));
  const account = await findTokenAccount(mint, grace.wallet.address);
  const back = async () => transferPlan(cluster, grace.wallet, mint, erin.wallet.address, SENT);
  const why = { reason: 1, caseHash: new Uint8Array(32).fill(1) };
  await send(cluster, admin, await placeHoldPlan(cluster, issuer, complianceOf(context), mint, account, why));
  ledger.output.event('held', { mode, owner: grace.name });
  await refused(world, ledger, mode, 'Grace sends, her account is held', await back(), 'AccountHeld');
  await send(cluster, admin, await liftHoldPlan(cluster, issuer, complianceOf(context), mint, account));
  await passes(world, ledger, mode, 'Grace sends, the hold is lifted', await back());
  expectEqual("Erin's open shares", await balanceOf(world, mint, erin.wallet.address), BOUGHT);
}

/** A frozen or hooked one goes to who may hold it. */
async function moveRegistered(scene: Scene): Promise<void> {
  const { world, cast, mint, ledger } = scene;
  const mode = scene.mode as 'frozen' | 'hooked';
  const { erin, frank, grace, hiro, ivan, vault } = cast;
  await passes(world, ledger, mode, 'Erin sends to Frank, his first', await fromErin(scene, frank));
  await passes(world, ledger, mode, 'Erin sends to Frank again', await fromErin(scene, frank));
  await passes(world, ledger, mode, 'Erin sends to the vault', await fromErin(scene, vault));
  for (const [who, what, reason, error] of [
    [grace, 'Grace, unregistered', 'NOT_REGISTERED', 'NotRegistered'],
    [hiro, 'Hiro, of another country', 'COUNTRY_NOT_ALLOWED', 'CountryNotAllowed'],
    [ivan, 'Ivan, whose time is over', 'EXPIRED', EXPIRED[mode]],
  ] as const) {
    const frozen = mode === 'frozen' ? ['ACCOUNT_FROZEN'] : [];
    await expectReasons(world, mint, erin.wallet, who.wallet, [reason, 'ACCOUNT_MISSING', ...frozen]);
    await refused(world, ledger, mode, `Erin sends to ${what}`, await fromErin(scene, who), error);
  }
  expectEqual("Frank's shares", await balanceOf(world, mint, frank.wallet.address), 2n * SENT);
  expectEqual("the vault's shares", await balanceOf(world, mint, vault.wallet.address), SENT);
  expectEqual("Erin's shares", await balanceOf(world, mint, erin.wallet.address), BOUGHT - 3n * SENT);
}

/** The provider takes its word back: the hook knows at once, in frozen mode anybody freezes the account. */
async function revoke(world: World, { erin, frank, franksRecord }: Cast, strict: readonly Scene[]): Promise<void> {
  const { cluster, issuer, admin } = world.context;
  const { authority } = providerOf(world.context);
  await send(cluster, admin, await revokeInvestorPlan(cluster, authority, franksRecord));
  for (const { mode, mint, ledger } of strict) {
    if (mode === 'frozen') {
      const freeze = await freezePlan(cluster, issuer, mint, frank.wallet.address);
      await passes(world, ledger, mode, 'anybody freezes Frank, who is revoked', freeze);
    }
    const back = await transferPlan(cluster, frank.wallet, mint, erin.wallet.address, SENT);
    await refused(world, ledger, mode, 'Frank, revoked, sends', back, REVOKED[mode as 'frozen' | 'hooked']);
    expectEqual("Frank's shares", await balanceOf(world, mint, frank.wallet.address), 2n * SENT);
  }
}
