/** Who may hold shares: registration, and what becomes of it in an open, a frozen and a hooked ticker. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { AccountRole, generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner } from '@solana/kit';
import { AccountState, fetchToken } from '@solana-program/token-2022';
import {
  announceChangePlan,
  canMint,
  canRedeem,
  fetchTickerTable,
  findTokenAccount,
  freezePlan,
  liftHoldPlan,
  openTickerPlan,
  parseAmount,
  passTime,
  placeHoldPlan,
  reclaimRedemptionPlan,
  requestRedemptionPlan,
  send,
  setPrimaryKycPlan,
  thawPlan,
  transferPlan,
} from '@scrip/sdk';
import {
  barInvestorPlan,
  canTransfer,
  closeInvestorPlan,
  dropVenuePlan,
  fetchInvestorView,
  fetchMaybeWallet,
  fetchWallet,
  findWallet,
  investorIdHash,
  linkWalletPlan,
  revokeInvestorPlan,
  setVenuePlan,
  Status,
  unbarInvestorPlan,
  unlinkWalletPlan,
  updateInvestorPlan,
} from '@scrip/sdk/gate';

import { assertRefused, investor, sendAll } from './chain.ts';
import {
  claimOf,
  complianceOf,
  DAY,
  gatedMarket,
  primaryPlan,
  provider,
  register,
  registered,
  type Market,
} from './gated.ts';

const SHARE = parseAmount('1');
const PART = parseAmount('0.125');
let market: Market;
let alice: KeyPairSigner;
before(async () => {
  market = await gatedMarket(140);
  const { context } = market;
  alice = await registered(context);
  for (const mint of mints())
    await send(context.cluster, alice, await primaryPlan(context, alice, mint, alice.address));
});

const mints = () => [market.open, market.frozen, market.hooked] as const;

async function stateOf(mint: Address, owner: Address) {
  const { data } = await fetchToken(market.context.cluster.rpc, await findTokenAccount(mint, owner));
  return { amount: data.amount, frozen: data.state === AccountState.Frozen };
}

const transfer = (from: KeyPairSigner, mint: Address, to: Address, amount = PART) =>
  transferPlan(market.context.cluster, from, mint, to, amount);

/** What `canTransfer` says of a transfer from Alice. */
async function reasonsTo(mint: Address, to: Address, from: Address = alice.address, amount = PART) {
  const {
    passesByPlan,
    source,
    destination,
    mint: ofMint,
  } = await canTransfer(market.context.cluster, {
    mint,
    from,
    to,
    amount,
  });
  const names = (list: typeof source) => list.map(({ name }) => name);
  return { passes: passesByPlan, source: names(source), destination: names(destination), mint: names(ofMint) };
}

test('a wallet is linked with its own signature, and with none but its own', async () => {
  const { context } = market;
  const { cluster, admin, issuer } = context;
  const [first, stranger] = [await investor(cluster), await generateKeyPairSigner()];
  const view = await register(context, [first]);
  assert.deepEqual([view.wallets, view.investor.status], [[first.address], Status.Active]);
  const record = await fetchWallet(cluster.rpc, await findWallet(cluster.programs.gate, issuer, first.address));
  assert.deepEqual([record.data.country, record.data.tier, record.data.investor], [276, 1, view.address]);

  const plan = await linkWalletPlan(cluster, admin, provider(context), view.investor.idHash, stranger);
  const unsigned = plan.map((one): Instruction => {
    const accounts = one.accounts!.map(({ address, ...rest }) =>
      address === stranger.address ? { address, role: AccountRole.READONLY } : { address, ...rest },
    );
    return { ...one, accounts };
  });
  await assertRefused(cluster, admin, unsigned, 'AccountNotSigner');
  // A wallet is one investor's.
  const other = await register(context, []);
  const again = await linkWalletPlan(cluster, admin, provider(context), other.investor.idHash, first);
  await assertRefused(cluster, admin, again, 'AccountAlreadyInUse');
});

test('an id hash needs a salt, and says nothing without it', async () => {
  const salt = new Uint8Array(32).fill(1);
  const hash = await investorIdHash(salt, 'passport C01X00T47');
  assert.notDeepEqual(
    hash,
    await investorIdHash(
      salt.map(() => 2),
      'passport C01X00T47',
    ),
  );
  await assert.rejects(investorIdHash(new Uint8Array(8), 'passport C01X00T47'), /at least 16 random bytes/);
});

test('the primary market of every mode is for registered wallets: the mint, and what is asked before', async () => {
  const { context } = market;
  const { cluster, issuer } = context;
  const stranger = await investor(cluster);
  const abroad = await registered(context, { country: 'JP' });
  for (const mint of mints()) {
    for (const [wallet, error, bit] of [
      [stranger, 'NotRegistered', 'NotRegistered'],
      [abroad, 'CountryNotAllowed', 'CountryNotAllowed'],
    ] as const) {
      await assertRefused(cluster, wallet, await primaryPlan(context, wallet, mint, wallet.address), error);
      const question = { issuer, mint, owner: wallet.address, amount: 1n, caller: wallet.address };
      const { reasons } = await canMint(cluster, { ...question, registered: true });
      assert.deepEqual(
        reasons.map(({ name }) => name),
        [bit],
      );
      const bare = await canMint(cluster, question);
      assert.deepEqual(
        bare.reasons.map(({ name }) => name),
        ['RegistrationMissing'],
      );
    }
  }
});

test('an open ticker moves freely, also to who is not registered', async () => {
  const { cluster } = market.context;
  const stranger = await investor(cluster);
  assert.deepEqual(await reasonsTo(market.open, stranger.address), {
    passes: true,
    source: [],
    destination: ['ACCOUNT_MISSING'],
    mint: [],
  });
  await send(cluster, alice, await transfer(alice, market.open, stranger.address));
  assert.equal((await stateOf(market.open, stranger.address)).amount, PART);
  // Out by the primary market it goes with a record only.
  const { issuer } = market.context;
  const question = { issuer, mint: market.open, owner: stranger.address, id: 0n, amount: 1n, caller: stranger.address };
  const { reasons } = await canRedeem(cluster, { ...question, registered: true });
  assert.deepEqual(
    reasons.map(({ name }) => name),
    ['NotRegistered'],
  );
});

test('one transaction makes the account, thaws it and receives', async () => {
  const { context, frozen } = market;
  const { cluster } = context;
  const bob = await registered(context, { country: 'CH', tier: 2 });
  const plan = await transfer(alice, frozen, bob.address);
  assert.equal(plan.length, 3);
  assert.deepEqual((await reasonsTo(frozen, bob.address)).destination, ['ACCOUNT_MISSING', 'THAW_FIRST']);
  await send(cluster, alice, plan);
  assert.deepEqual(await stateOf(frozen, bob.address), { amount: PART, frozen: false });
  // From now on a transfer is a bare one.
  assert.equal((await transfer(alice, frozen, bob.address)).length, 2);
  assert.deepEqual(await reasonsTo(frozen, bob.address), { passes: true, source: [], destination: [], mint: [] });
});

test('anybody may pay for a mint that makes the account and thaws it: with a table it fits a transaction', async () => {
  const { context, frozen } = market;
  const { cluster, issuer, admin } = context;
  const carol = await generateKeyPairSigner();
  await register(context, [carol]);
  const plan = await primaryPlan(context, admin, frozen, carol.address);
  await assert.rejects(send(cluster, admin, plan), /1232 are allowed/);
  const lookupTables = await fetchTickerTable(cluster, issuer, frozen);
  await send(cluster, admin, plan, { lookupTables });
  assert.deepEqual(await stateOf(frozen, carol.address), { amount: SHARE, frozen: false });
});

/** Told by `canTransfer`, and by the transfer itself: the issuer's thaw in a frozen ticker, the hook in a hooked one. */
const REFUSED = [
  ['no record', undefined, 'NOT_REGISTERED', 'NotRegistered', 'NotRegistered'],
  ['another country', { country: 'JP' }, 'COUNTRY_NOT_ALLOWED', 'CountryNotAllowed', 'CountryNotAllowed'],
  ['a low tier', { tier: 0 }, 'TIER_TOO_LOW', 'TierTooLow', 'TierTooLow'],
  ['an old record', { days: 1n }, 'EXPIRED', 'RecordExpired', 'Expired'],
] as const;

test('who may not hold shares gets none, and is told why', async () => {
  const { context, frozen, hooked } = market;
  const { cluster } = context;
  const wallets = await Promise.all(
    REFUSED.map(([, said]) => (said === undefined ? investor(cluster) : registered(context, said))),
  );
  await passTime(cluster, DAY);
  for (const [i, [what, , reason, byThaw, byHook]] of REFUSED.entries()) {
    const to = wallets[i]!.address;
    assert.deepEqual(
      await reasonsTo(frozen, to),
      {
        passes: false,
        source: [],
        destination: [reason, 'ACCOUNT_MISSING', 'ACCOUNT_FROZEN'],
        mint: [],
      },
      what,
    );
    const asked = await reasonsTo(hooked, to);
    assert.deepEqual([asked.passes, asked.destination], [false, [reason, 'ACCOUNT_MISSING']], what);
    await assertRefused(cluster, alice, await transfer(alice, frozen, to), byThaw);
    await assertRefused(cluster, alice, await transfer(alice, hooked, to), byHook);
  }
});

test('a venue receives and sends until it is dropped', async () => {
  const { context, hooked, frozen } = market;
  const { cluster, issuer, admin } = context;
  const vault = await investor(cluster);
  const expiresAt = (await claimOf(context)).expiresAt;
  await send(cluster, admin, await setVenuePlan(cluster, issuer, complianceOf(context), vault.address, expiresAt));
  for (const mint of [frozen, hooked]) {
    await send(cluster, alice, await transfer(alice, mint, vault.address));
    await send(cluster, vault, await transfer(vault, mint, alice.address, 1n));
    assert.equal((await stateOf(mint, vault.address)).amount, PART - 1n);
  }
  const drop = await dropVenuePlan(cluster, issuer, complianceOf(context), vault.address, admin.address);
  await send(cluster, admin, drop);
  await assertRefused(cluster, alice, await transfer(alice, hooked, vault.address), 'NotRegistered');
});

test('a change reaches all wallets at once; who is revoked is frozen by anyone, and thawed when vouched for again', async () => {
  const { context, frozen, hooked } = market;
  const { cluster, issuer, admin } = context;
  const [first, second] = [await investor(cluster), await investor(cluster)];
  const view = await register(context, [first, second]);
  for (const mint of [frozen, hooked]) await send(cluster, alice, await transfer(alice, mint, second.address));
  const { authority } = provider(context);

  const freeze = await freezePlan(cluster, issuer, frozen, second.address);
  await assertRefused(cluster, alice, freeze, 'FreezeUnfounded');
  const revoke = await revokeInvestorPlan(cluster, authority, view);
  const incomplete = revoke.map((one): Instruction => ({ ...one, accounts: one.accounts!.slice(0, -1) }));
  await assertRefused(cluster, admin, incomplete, 'WalletsIncomplete');
  await send(cluster, admin, revoke);
  for (const { address } of [first, second]) {
    const { data } = await fetchWallet(cluster.rpc, await findWallet(cluster.programs.gate, issuer, address));
    assert.equal(data.status, Status.Revoked);
  }

  await assertRefused(cluster, second, await transfer(second, hooked, alice.address, 1n), 'Revoked');
  // Frozen mode moves until somebody, anybody, freezes.
  await send(cluster, second, await transfer(second, frozen, alice.address, 1n));
  await send(cluster, alice, freeze);
  assert.equal((await stateOf(frozen, second.address)).frozen, true);
  assert.deepEqual((await reasonsTo(frozen, alice.address, second.address, 1n)).source, ['REVOKED', 'ACCOUNT_FROZEN']);
  await assertRefused(cluster, second, await transfer(second, frozen, alice.address, 1n), 'RecordRevoked');

  await send(cluster, admin, await updateInvestorPlan(cluster, authority, view, await claimOf(context)));
  // The plan thaws the sender.
  await send(cluster, second, await transfer(second, frozen, alice.address, 1n));
  await send(cluster, second, await transfer(second, hooked, alice.address, 1n));
});

test("the issuer's bar stands above the provider's word", async () => {
  const { context, hooked } = market;
  const { cluster, admin } = context;
  const wallet = await investor(cluster);
  const view = await register(context, [wallet]);
  const { authority } = provider(context);
  await send(cluster, admin, await barInvestorPlan(cluster, complianceOf(context), view));
  const vouch = await updateInvestorPlan(cluster, authority, view, await claimOf(context));
  await assertRefused(cluster, admin, vouch, 'InvestorBarred');
  const leave = await unlinkWalletPlan(cluster, wallet, view, wallet.address, admin.address);
  await assertRefused(cluster, wallet, leave, 'InvestorBarred');
  await assertRefused(cluster, alice, await transfer(alice, hooked, wallet.address), 'Revoked');
  await send(cluster, admin, await unbarInvestorPlan(cluster, complianceOf(context), view));
  await send(cluster, alice, await transfer(alice, hooked, wallet.address));

  await assertRefused(
    cluster,
    admin,
    await closeInvestorPlan(cluster, complianceOf(context), view),
    'InvestorHasWallets',
  );
  await send(cluster, wallet, leave);
  await send(cluster, admin, await closeInvestorPlan(cluster, { signer: authority, payer: admin }, view));
  const record = await findWallet(cluster.programs.gate, context.issuer, wallet.address);
  assert.equal((await fetchMaybeWallet(cluster.rpc, record)).exists, false);
  await assert.rejects(fetchInvestorView(cluster, view.address));
});

test('a hold stops an account in every mode, and nobody but compliance lifts it', async () => {
  const { context } = market;
  const { cluster, issuer, admin } = context;
  const held = await registered(context);
  const why = { reason: 3, caseHash: new Uint8Array(32).fill(9) };
  for (const mint of mints()) {
    await send(cluster, alice, await transfer(alice, mint, held.address));
    const account = await findTokenAccount(mint, held.address);
    const place = await placeHoldPlan(cluster, issuer, complianceOf(context), mint, account, why);
    await send(cluster, admin, place);
    await assertRefused(cluster, alice, await thawPlan(cluster, issuer, mint, held.address), 'AccountHeld');
    await assertRefused(cluster, held, await transfer(held, mint, alice.address, 1n), 'AccountHeld');
    const self = await liftHoldPlan(cluster, issuer, { signer: held }, mint, account, admin.address);
    await assertRefused(cluster, held, self, 'PowerMissing');
    await send(cluster, admin, await liftHoldPlan(cluster, issuer, complianceOf(context), mint, account));
    assert.equal((await stateOf(mint, held.address)).frozen, true);
    await send(cluster, held, await transfer(held, mint, alice.address, 1n));
  }
});

test('shares in escrow come back to an owner whose record has lapsed, in every mode', async () => {
  const { context } = market;
  const { cluster, issuer, admin } = context;
  const lapsing = await registered(context, { days: 3n });
  for (const mint of mints()) {
    await send(cluster, alice, await transfer(alice, mint, lapsing.address));
    const request = { mint, id: 0n, amount: PART };
    await send(cluster, lapsing, await requestRedemptionPlan(cluster, issuer, lapsing, request, { registered: true }));
    assert.equal((await stateOf(mint, lapsing.address)).amount, 0n);
  }
  await passTime(cluster, 8n * DAY);
  await assertRefused(cluster, admin, await thawPlan(cluster, issuer, market.frozen, lapsing.address), 'RecordExpired');
  await send(cluster, admin, await freezePlan(cluster, issuer, market.frozen, lapsing.address));
  for (const mint of mints()) {
    const back = await reclaimRedemptionPlan(cluster, issuer, lapsing, { mint, id: 0n });
    await send(cluster, lapsing, back);
    assert.deepEqual(await stateOf(mint, lapsing.address), { amount: PART, frozen: mint === market.frozen });
  }
  await assertRefused(cluster, lapsing, await transfer(lapsing, market.hooked, alice.address, 1n), 'Expired');
});

test('after the timelock a strict ticker is opened, and stays registered at the primary until that ends', async () => {
  const { context, frozen, hooked } = market;
  const { cluster, issuer, compliance, admin, config } = context;
  const operator = complianceOf(context);
  const stranger = await investor(cluster);
  const announce = (id: bigint, change: Parameters<typeof announceChangePlan>[4]) =>
    announceChangePlan(cluster, issuer, operator, id, change);
  await sendAll(context, admin, [
    await announce(1n, { __kind: 'OpenMode', mint: hooked }),
    await announce(2n, { __kind: 'OpenMode', mint: frozen }),
    await announce(3n, { __kind: 'EndPrimaryKyc', mint: hooked }),
  ]);
  assert.ok(compliance);
  const open = await openTickerPlan(cluster, issuer, operator, hooked, 1n);
  await assertRefused(cluster, admin, open, 'TimelockNotPassed');
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await sendAll(context, admin, [open, await openTickerPlan(cluster, issuer, operator, frozen, 2n)]);
  for (const mint of [hooked, frozen]) {
    const plan = await transfer(alice, mint, stranger.address);
    assert.equal(plan.length, 2);
    await send(cluster, alice, plan);
  }
  await assertRefused(
    cluster,
    stranger,
    await primaryPlan(context, stranger, hooked, stranger.address),
    'NotRegistered',
  );
  await send(cluster, admin, await setPrimaryKycPlan(cluster, issuer, operator, hooked, false, 3n));
  await send(cluster, stranger, await primaryPlan(context, stranger, hooked, stranger.address, { amount: SHARE }));
});
