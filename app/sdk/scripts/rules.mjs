// Accounts that a caller need not name, by program and name: how their address follows from what else an instruction
// says. A rule for one instruction goes before the general one; `null`: to be named after all.
// Seeds are accounts or arguments by their names. Where the instruction has neither, Rust's calls ask for the seed
// instead of the account, and TypeScript's builders for the account.
import { PDAS } from './kinds.mjs';

/** An account of a program's; `from` says what a seed is called in the instruction, where not by its own name. */
function at(program, name, from = {}) {
  const pda = PDAS[program][name];
  if (!pda) throw new Error(`${program} has no address of kind ${name}.`);
  const seeds = pda.seeds.filter(({ kind }) => kind === 'variablePdaSeedNode').map((seed) => seed.name);
  const unknown = Object.keys(from).filter((seed) => !seeds.includes(seed));
  if (unknown.length) throw new Error(`${name} has no seed ${unknown.join(', ')}.`);
  return { program, pda, seeds: seeds.map((seed) => ({ seed, from: from[seed] ?? seed })) };
}

/** An associated token account under Token-2022, or where `tokenProgram` says. Its owner is a name, or what a rule finds. */
const associated = (owner) => ({ owner, mint: 'mint' });
const cashOf = (owner) => ({ owner, mint: 'cashMint', tokenProgram: 'cashTokenProgram' });

const issuer = (name, from) => at('issuer', name, from);
const gate = (name, from) => at('gate', name, from);
const collateral = (name, from) => at('collateral', name, from);
const lender = (name, from) => at('lender', name, from);

const OPERATOR_GRANT = issuer('roleGrant', { wallet: 'operator' });
const OWN = associated('owner');
/** What a market lends. */
const lentTo = (owner) => ({ owner, mint: 'cashMint', tokenProgram: 'cashProgram' });

const RETURNS = ['cancelRedemption', 'claimRedemption', 'reclaimRedemption'];

export const RULES = {
  issuer: {
    ticker: issuer('ticker'),
    nonces: issuer('nonceWindow'),
    authority: issuer('authority'),
    delegate: issuer('delegate'),
    escrow: issuer('escrow'),
    history: issuer('history'),
    escrowAccount: associated(issuer('escrow')),
    roleGrant: OPERATOR_GRANT,
    'grantRole.roleGrant': issuer('roleGrant'),
    'revokeRole.roleGrant': issuer('roleGrant'),
    announcement: issuer('announcement'),
    ownerLimits: issuer('ownerLimits'),
    policy: gate('policy'),
    walletRecord: gate('wallet'),
    desk: issuer('cashDesk'),
    vault: cashOf(issuer('cashDesk')),
    cashSource: cashOf('owner'),
    cashDestination: cashOf('owner'),
    'fundCashDesk.source': cashOf('funder'),
    'attestMint.destination': OWN,
    'subscribeForCash.destination': OWN,
    'redeemForCash.source': OWN,
    'requestRedemption.source': OWN,
    'canRedeem.source': OWN,
    'requestRedemption.redemption': issuer('redemption'),
    'canRedeem.redemption': issuer('redemption'),
    'createIssuer.issuer': issuer('issuer'),
    'createCustodian.custodian': issuer('custodian'),
    'createAttestorSet.attestorSet': issuer('attestorSet'),
    'listTicker.symbolRecord': issuer('symbol'),
    'openAttestation.attestation': issuer('attestation', { digest: { sha256: 'body' } }),
    action: issuer('corporateAction'),
    hold: issuer('hold'),
    'cancelSeizure.hold': issuer('hold', { tokenAccount: 'from' }),
    'executeSeizure.hold': issuer('hold', { tokenAccount: 'from' }),
    seizure: issuer('seizure'),
    'executeSeizure.destination': associated('toOwner'),
    'executeSeizure.destinationGrant': issuer('roleGrant', { wallet: 'toOwner' }),
    'executeSeizure.walletRecord': gate('wallet', { owner: 'toOwner' }),
    'executeSeizure.fromRecord': gate('wallet', { owner: 'fromOwner' }),
    ...Object.fromEntries(
      RETURNS.flatMap((name) => [
        [`${name}.redemption`, issuer('redemption')],
        [`${name}.destination`, OWN],
        [`${name}.hold`, issuer('hold', { tokenAccount: 'destination' })],
      ]),
    ),
  },
  gate: {
    registry: gate('registry'),
    roleGrant: OPERATOR_GRANT,
    policy: gate('policy'),
    list: gate('hookMetas'),
    thawList: gate('thawMetas'),
    freezeList: gate('freezeMetas'),
    wallet: gate('wallet'),
    'createPolicy.ticker': issuer('ticker'),
    'createProvider.provider': gate('provider'),
    'registerInvestor.investor': gate('investor'),
    'canTransfer.sourceWallet': gate('wallet', { owner: 'sourceOwner' }),
    'canTransfer.destinationWallet': gate('wallet', { owner: 'destinationOwner' }),
  },
  collateral: {
    'createCurator.curator': collateral('curator'),
    'createCalendar.calendar': collateral('calendar'),
    feed: collateral('feed'),
    'observe.feed': null,
    'status.feed': null,
  },
  lender: {
    'createMarket.market': lender('market', { creator: 'owner' }),
    collateral: lender('collateral'),
    position: lender('position'),
    supplier: lender('supplier'),
    cashVault: lentTo('market'),
    vault: associated('market'),
    'supply.source': lentTo('owner'),
    'redeem.destination': lentTo('owner'),
    'deposit.source': OWN,
    'withdraw.destination': OWN,
    'borrow.destination': lentTo('owner'),
    'repay.source': lentTo('payer'),
    'liquidate.source': lentTo('liquidator'),
    'liquidate.destination': associated('liquidator'),
  },
};

/** The rule for an account of an instruction, if there is one. Names in camel case. */
export function ruleOf(program, instruction, account) {
  const rules = RULES[program];
  const own = rules[`${instruction}.${account}`];
  return own === undefined ? rules[account] : own;
}
