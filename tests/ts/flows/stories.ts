/** The flows, in the order of the table. Each starts with people of its own. */
import { createHash } from 'node:crypto';

import type { Address, Instruction, KeyPairSigner } from '@solana/kit';
import {
  acknowledgeRedemptionPlan,
  ActionKind,
  activateAttestorSetPlan,
  announceActionPlan,
  announceSeizurePlan,
  attestAcknowledge,
  attestAnnouncement,
  attestMint,
  attestMintPlan,
  attestQuote,
  attestReject,
  attestSchedule,
  attestSettle,
  cancelRedemptionPlan,
  chainTime,
  claimRedemptionPlan,
  closeActionPlan,
  createAttestorSetPlan,
  createTokenAccountPlan,
  decideActivation,
  decideRemoval,
  encodeBody,
  executeSeizurePlan,
  fetchLiveSets,
  findAttestorSet,
  findRedemption,
  findTokenAccount,
  Kind,
  liftHoldPlan,
  NO_ADDRESS,
  passTime,
  placeHoldPlan,
  postAttestationPlan,
  ratioTerms,
  reclaimRedemptionPlan,
  redeemForCashPlan,
  rejectRedemptionPlan,
  removeAttestorPlan,
  requestRedemptionPlan,
  scheduleActionPlan,
  send,
  settleRedemptionPlan,
  sha256,
  Side,
  subscribeForCashPlan,
  thawPlan,
  transferPlan,
  travelTo,
} from '@scrip/sdk';
import { fetchInvestorView, fetchWallet, findWallet, revokeInvestorPlan } from '@scrip/sdk/gate';
import { borrowPlan, depositPlan, fetchHoldings, repayPlan, withdrawPlan } from '@scrip/sdk/lender';

import { WINDOW } from '../acting.ts';
import { newKeys, setOf } from '../chain.ts';
import {
  DOLLAR,
  give,
  hookFinds,
  pricesNow,
  primaryPlan,
  registrationPlan,
  RESERVES,
  SHARE,
  type Scene,
} from './scene.ts';
import { derived, key, steadyHash } from './steady.ts';

type Story = (scene: Scene) => Promise<void>;

const MODES = ['open', 'frozen', 'hooked'] as const;
/** What has to be in the receiver's transaction besides, by mode. */
const MADE = { open: 'account', frozen: 'account, thaw', hooked: 'account' } as const;

const registration: Story = async ({ context, recorder, provider, owner }) => {
  const { cluster, admin, issuer } = context;
  const wallet = await owner('wallet');
  const plan = await registrationPlan(context, wallet);
  await recorder.land('KYC registration', 'person and first wallet', admin, plan);
  const { investor } = (await fetchWallet(cluster.rpc, await findWallet(cluster.programs.gate, issuer, wallet.address)))
    .data;
  const view = await fetchInvestorView(cluster, investor);
  const revoke = await revokeInvestorPlan(cluster, provider.authority, view);
  await recorder.land('KYC registration', 'revocation, of all wallets', admin, revoke);
};

const minting: Story = async (scene) => {
  const { recorder, mints, registered } = scene;
  for (const mode of MODES) {
    const owner = await registered('owner');
    const first = await primaryPlan(scene, mints[mode], owner, SHARE);
    await recorder.land(`Mint, ${mode}, 3 attestors of 5`, `${MADE[mode]}, mint`, owner, first);
    const again = await primaryPlan(scene, mints[mode], owner, SHARE);
    await recorder.land(`Mint, ${mode}, 3 attestors of 5`, 'mint to an account that is there', owner, again);
  }
};

const transfers: Story = async (scene) => {
  const { context, recorder, mints, registered } = scene;
  for (const mode of MODES) {
    const [owner, receiver] = [await registered('owner'), await registered('receiver')];
    const mint = mints[mode];
    await give(scene, mint, owner, SHARE);
    const plan = () => transferPlan(context.cluster, owner, mint, receiver.address, SHARE / 4n);
    const options = mode === 'hooked' ? { found: await hookFinds(scene) } : {};
    await recorder.land(`Transfer, ${mode}`, `${MADE[mode]}, transfer`, owner, await plan(), options);
    await recorder.land(`Transfer, ${mode}`, 'transfer to an account that is there', owner, await plan(), options);
  }
};

/** A request of the owner's, noted down under a flow. */
async function request(scene: Scene, flow: string, owner: KeyPairSigner, mint: Address, id: bigint) {
  const { cluster, issuer } = scene.context;
  const registered = mint === scene.mints.hooked;
  const plan = await requestRedemptionPlan(cluster, issuer, owner, { mint, id, amount: SHARE }, { registered });
  const options = registered ? { found: await hookFinds(scene, { escrow: true }) } : {};
  await scene.recorder.land(flow, 'request', owner, plan, options);
  return { mint, redemption: await findRedemption(cluster.programId, mint, owner.address, id) };
}

const redemption: Story = async (scene) => {
  const { context, recorder, mints, quorum, owner, registered } = scene;
  const { cluster, issuer, admin } = context;
  const alice = await owner('owner');
  const mint = mints.open;
  await give(scene, mint, alice, 4n * SHARE);

  const paid = 'Redemption, paid';
  const first = await request(scene, paid, alice, mint, 0n);
  const taken = await attestAcknowledge(cluster, quorum, first);
  const acknowledge = await acknowledgeRedemptionPlan(cluster, issuer, taken.body, taken.signed);
  await recorder.land(paid, 'acknowledged by 3 of 5', admin, acknowledge);
  const payoutReference = createHash('sha256').update('wire').digest();
  const settled = await attestSettle(cluster, quorum, { ...first, amount: SHARE, payoutReference });
  const settle = await settleRedemptionPlan(cluster, issuer, alice.address, settled.body, settled.signed);
  await recorder.land(paid, 'settled by 3 of 5: burned', admin, settle);

  const cancelled = 'Redemption, cancelled by its owner';
  await request(scene, cancelled, alice, mint, 0n);
  await recorder.land(cancelled, 'cancel', alice, await cancelRedemptionPlan(cluster, issuer, alice, { mint, id: 0n }));

  const rejected = 'Redemption, rejected';
  const second = await request(scene, rejected, alice, mint, 0n);
  const no = await attestReject(cluster, quorum, { ...second, reason: 1 });
  await recorder.land(
    rejected,
    'rejected by 3 of 5',
    admin,
    await rejectRedemptionPlan(cluster, issuer, no.body, no.signed),
  );
  await recorder.land(rejected, 'claim', alice, await claimRedemptionPlan(cluster, issuer, alice, { mint, id: 0n }));

  const strict = await registered('owner');
  await give(scene, mints.hooked, strict, SHARE);
  const hooked = 'Redemption, hooked, cancelled';
  await request(scene, hooked, strict, mints.hooked, 0n);
  const cancel = await cancelRedemptionPlan(cluster, issuer, strict, { mint: mints.hooked, id: 0n });
  await recorder.land(hooked, 'cancel', strict, cancel, { found: await hookFinds(scene, { escrow: true }) });
};

const cashTrades: Story = async ({ context, recorder, mints, quorum, cash, tables, owner }) => {
  const { cluster, issuer } = context;
  const alice = await owner('owner');
  const quote = async (side: Side) => {
    const reserves = side === Side.Subscribe ? { reserves: RESERVES } : {};
    const trade = { mint: mints.open, side, owner: alice.address, amount: SHARE, cashAmount: 200n * DOLLAR };
    const { body, signed } = await attestQuote(cluster, quorum, { ...trade, cashMint: cash.mint, ...reserves });
    const terms = { cashLimit: body.cashAmount, deadline: body.header.expiresAt };
    return [issuer, alice, cash, body, signed, terms] as const;
  };
  const options = { lookupTables: tables };
  const bought = await subscribeForCashPlan(cluster, ...(await quote(Side.Subscribe)));
  await recorder.land('Cash: subscribe', 'account, trade by 3 of 5', alice, bought, options);
  const sold = await redeemForCashPlan(cluster, ...(await quote(Side.Redeem)));
  await recorder.land('Cash: redeem', 'trade by 3 of 5', alice, sold, options);
};

const lending: Story = async (scene) => {
  const { context, recorder, mints, market, owner } = scene;
  const { cluster } = context;
  const alice = await owner('owner');
  const mint = mints.open;
  await give(scene, mint, alice, 10n * SHARE);
  const holdings = async () => (await fetchHoldings(cluster, market.address, alice.address)).holdings;
  const land = async (step: string, plan: readonly Instruction[]) => {
    // Interest is counted at most once a second: each step is in another one.
    await passTime(cluster, 1n);
    await recorder.land('Loan against shares', step, alice, plan);
  };
  await land('deposit', await depositPlan(cluster, alice, market, mint, 10n * SHARE));
  await pricesNow(scene);
  await land('borrow', await borrowPlan(cluster, alice, market, 500n * DOLLAR, await holdings()));
  await land('repay', await repayPlan(cluster, alice, market, alice.address, 2n ** 64n - 1n));
  await land('withdraw', await withdrawPlan(cluster, alice, market, mint, 10n * SHARE, []));
};

const holds: Story = async (scene) => {
  const { context, recorder, mints, officer, registered } = scene;
  const { cluster, issuer, admin } = context;
  const owner = await registered('owner');
  const mint = mints.frozen;
  await give(scene, mint, owner, SHARE);
  const account = await findTokenAccount(mint, owner.address);
  const why = { reason: 1, caseHash: crypto.getRandomValues(new Uint8Array(32)) };
  const flow = 'Hold of an account, frozen';
  await recorder.land(flow, 'placed', admin, await placeHoldPlan(cluster, issuer, officer, mint, account, why));
  await recorder.land(flow, 'lifted', admin, await liftHoldPlan(cluster, issuer, officer, mint, account));
  await recorder.land(flow, 'thaw', admin, await thawPlan(cluster, issuer, mint, owner.address));
};

const seizure: Story = async (scene) => {
  const { context, recorder, mints, officer, registered } = scene;
  const { cluster, issuer, admin, config } = context;
  const [owner, to] = [await registered('owner'), await registered('new owner')];
  const mint = mints.frozen;
  await give(scene, mint, owner, SHARE);
  const caseHash = await steadyHash((hash) => derived(cluster.programId, 'seizure', key(mint), hash));
  const from = await findTokenAccount(mint, owner.address);
  const notice = { mint, from, to: to.address, reason: 1, caseHash };
  const flow = 'Seizure, frozen';
  await recorder.land(flow, 'announced', admin, await announceSeizurePlan(cluster, issuer, officer, notice));
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  const execute = await executeSeizurePlan(cluster, issuer, officer, { mint, caseHash });
  await recorder.land(flow, 'executed after the timelock', admin, execute);
};

const reclaim: Story = async (scene) => {
  const { context, recorder, mints, owner } = scene;
  const { cluster, issuer, config } = context;
  const alice = await owner('owner');
  await give(scene, mints.open, alice, SHARE);
  const flow = 'Redemption, ignored';
  await request(scene, flow, alice, mints.open, 1n);
  await passTime(cluster, BigInt(config.tickers.terms.redemptionSecs));
  const back = await reclaimRedemptionPlan(cluster, issuer, alice, { mint: mints.open, id: 1n });
  await recorder.land(flow, 'reclaimed after the deadline', alice, back);
};

const rotation: Story = async ({ context, recorder, quorum }) => {
  const { cluster, issuer, custodian, attestorSet, admin } = context;
  const place = { issuer, custodian };
  const index = await steadyIndex(context.cluster.programId, custodian);
  const set = await setOf(context, index, await newKeys(5), { replaces: attestorSet, overlapSecs: 3_600 });
  const flow = 'Attestors rotated';
  await recorder.land(flow, 'proposed: 5 keys', admin, await createAttestorSetPlan(cluster, place, admin, set));
  const proposed = await findAttestorSet(cluster.programId, custodian, index);
  const decision = await decideActivation(cluster, quorum, custodian, proposed);
  const activate = await activateAttestorSetPlan(cluster, place, proposed, attestorSet, { quorum: decision });
  await recorder.land(flow, 'activated by 3 of 5', admin, activate);

  const lost = set.attestors[0]!;
  const removal = await decideRemoval(cluster, quorum, custodian, lost);
  const sets = await fetchLiveSets(cluster, custodian);
  const remove = await removeAttestorPlan(cluster, place, sets, lost, { quorum: removal });
  await recorder.land('Attestor removed', 'out of all live sets, by 3 of 5', admin, remove);
};

/** Sixteen attestors beside the others, of whom ten sign: more than a transaction holds. */
const posting: Story = async (scene) => {
  const { context, recorder, mints, quorum, owner } = scene;
  const { cluster, issuer, custodian, admin } = context;
  const { programId } = cluster;
  const place = { issuer, custodian };
  const members = await newKeys(16);
  // The first one is the rotation's.
  const index = await steadyIndex(programId, custodian, await steadyIndex(programId, custodian));
  const set = await setOf(context, index, members, { threshold: 10 });
  await send(cluster, admin, await createAttestorSetPlan(cluster, place, admin, set));
  const attestorSet = await findAttestorSet(programId, custodian, index);
  const decision = await decideActivation(cluster, quorum, custodian, attestorSet);
  const activate = await activateAttestorSetPlan(cluster, place, attestorSet, NO_ADDRESS, { quorum: decision });
  await send(cluster, admin, activate);

  const alice = await owner('owner');
  const mint = mints.open;
  await send(cluster, alice, await createTokenAccountPlan(alice, mint, alice.address));
  const ten = { attestorSet, signers: members.slice(0, 10) };
  const order = { mint, owner: alice.address, amount: SHARE, reserves: RESERVES };
  const attested = await attestMint(cluster, ten, order);
  const digest = await sha256(encodeBody('Mint', attested.body));
  const found = [derived(programId, 'attestation', key(issuer), new Uint8Array([Kind.Mint]), digest)];
  const { evidence, transactions } = await postAttestationPlan(cluster, issuer, alice, attested);
  const flow = 'Mint, 10 attestors of 16, posted';
  const steps = [['opened', { found }] as const, ['7 signatures', {}] as const, ['3 signatures', {}] as const];
  for (const [i, [step, options]] of steps.entries()) {
    await recorder.land(flow, step, alice, transactions[i]!, options);
  }
  await recorder.land(
    flow,
    'mint by what is posted',
    alice,
    await attestMintPlan(cluster, issuer, attested.body, evidence),
  );
};

/** Far enough for the window before it. */
const AHEAD_SECS = 7_200n;

const split: Story = async ({ context, recorder, mints, quorum }) => {
  const { cluster, issuer, admin } = context;
  const { programId } = cluster;
  const mint = mints.frozen;
  const facts = { exDate: await chainTime(cluster), evidenceHash: new Uint8Array(32).fill(7) };
  const terms = ratioTerms(ActionKind.Split, { numerator: 10n, denominator: 1n }, facts);
  const flow = 'Corporate action: a split';
  const decider = { quorum: await attestAnnouncement(cluster, quorum, { mint, terms }), payer: admin };
  const announce = await announceActionPlan(cluster, issuer, decider, mint, terms);
  const number = new Uint8Array(Uint32Array.of(1).buffer);
  const found = [derived(programId, 'action', key(mint), number), derived(programId, 'history', key(mint))];
  await recorder.land(flow, 'announced by 3 of 5', admin, announce, { found });

  const effectiveAt = (await chainTime(cluster)) + AHEAD_SECS;
  const after = { settledSharesE8: 10n * RESERVES.settledSharesE8, receivableSharesE8: 0n };
  const attested = await attestSchedule(cluster, quorum, { mint, effectiveAt, after });
  await recorder.land(flow, 'scheduled by 3 of 5', admin, await scheduleActionPlan(cluster, issuer, attested));
  await travelTo(cluster, effectiveAt + WINDOW);
  await recorder.land(flow, 'closed after its window', admin, await closeActionPlan(cluster, mint));
};

/** A number beyond `after` whose set's address is found at the first try. */
async function steadyIndex(program: Address, custodian: Address, after = 0): Promise<number> {
  for (let index = after + 1; ; index++) {
    const seed = new Uint8Array(Uint32Array.of(index).buffer);
    if ((await derived(program, 'attestors', key(custodian), seed))[1] === 255) return index;
  }
}

/** In the table's order; what moves the clock by days comes last. */
export const STORIES: readonly Story[] = [
  registration,
  minting,
  transfers,
  redemption,
  cashTrades,
  lending,
  holds,
  seizure,
  split,
  rotation,
  posting,
  reclaim,
];
