/** What the generated builders fill in by themselves, for every instruction: the golden addresses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  createNoopSigner,
  getAddressDecoder,
  type AccountMeta,
  type Address,
  type Instruction,
  type ReadonlyUint8Array,
} from '@solana/kit';
import * as issuer from '@scrip/sdk';
import * as collateral from '@scrip/sdk/collateral';
import * as gate from '@scrip/sdk/gate';
import * as lender from '@scrip/sdk/lender';

import { readFixture } from './fixtures.ts';

const golden = readFixture('addresses_golden') as { addresses: { program: string; name: string; address: Address }[] };
const a = (number: number) => getAddressDecoder().decode(new Uint8Array(32).fill(number));
const HASH = new Uint8Array(32).fill(9);
const ID = 0x0102030405060708n;
const NUMBER = 0x0a0b0c0d;
/** Whatever has to be named and is no seed. */
const OTHER = a(99);
const ELSEWHERE = a(98);

type Find = () => Address | Promise<Address>;
type Program = {
  client: object;
  address: Address;
  /** The seeds of the golden addresses; `instruction.name` goes first. */
  seeds: Record<string, unknown>;
  /** What is filled in, by the account's name: a golden address by its own, or how it is found. */
  found: Record<string, string | Find>;
  /** What the caller must name, since a seed is neither account nor argument. */
  asked: Record<string, string>;
};

const at = (program: string, name: string) => {
  const row = golden.addresses.find((row) => row.program === program && row.name === name);
  assert.ok(row, `there is no golden ${program} ${name}`);
  return row.address;
};
const token = issuer.TOKEN_PROGRAM_ADDRESS;
const own: Find = () => issuer.findTokenAccount(a(4), a(5));
const ownHold: Find = async () => issuer.findHold(issuer.ISSUER_PROGRAM_ADDRESS, a(4), await own());
const ownCash: Find = () => issuer.findTokenAccount(a(7), a(5), token);
const constant =
  (address: string): Find =>
  () =>
    address as Address;
const COMMON = {
  tokenProgram: constant('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'),
  systemProgram: constant('11111111111111111111111111111111'),
  associatedTokenProgram: constant('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL'),
};
const vault: Find = () => issuer.findTokenAccount(a(7), at('issuer', 'cashDesk'), token);

const PROGRAMS: Record<string, Program> = {
  issuer: {
    client: issuer,
    address: issuer.ISSUER_PROGRAM_ADDRESS,
    seeds: {
      ...{ creator: a(1), issuer: a(2), custodian: a(3), mint: a(4), owner: a(5), wallet: a(5), funder: a(5) },
      ...{ tokenAccount: a(6), from: a(6), cashMint: a(7), cashTokenProgram: token },
      ...{ number: NUMBER, index: NUMBER, caseHash: HASH, symbol: issuer.symbolBytes('BRK.Bx'), id: ID },
      ...{ 'requestRedemption.id': 7n, 'canRedeem.id': 7n },
    },
    found: {
      ...COMMON,
      ...{ ticker: 'ticker', nonces: 'nonceWindow', authority: 'authority', delegate: 'delegate', escrow: 'escrow' },
      ...{ history: 'history', hold: 'hold', eventAuthority: 'eventAuthority', desk: 'cashDesk', vault },
      escrowAccount: () => issuer.findTokenAccount(a(4), at('issuer', 'escrow')),
      ...{ cashSource: ownCash, cashDestination: ownCash, 'fundCashDesk.source': ownCash },
      ...{ 'attestMint.destination': own, 'subscribeForCash.destination': own, 'redeemForCash.source': own },
      ...{ 'requestRedemption.source': own, 'canRedeem.source': own },
      ...{ 'cancelRedemption.destination': own, 'claimRedemption.destination': own },
      ...{ 'reclaimRedemption.destination': own, 'reclaimRedemption.hold': ownHold },
      ...{ 'cancelRedemption.hold': ownHold, 'claimRedemption.hold': ownHold },
      ...{ 'createIssuer.issuer': 'issuer', 'createCustodian.custodian': 'custodian' },
      ...{ 'createAttestorSet.attestorSet': 'attestorSet', 'listTicker.symbolRecord': 'symbol' },
      ...{ 'grantRole.roleGrant': 'roleGrant', 'announceChange.announcement': 'announcement' },
      ...{ 'requestRedemption.redemption': 'redemption', 'canRedeem.redemption': 'redemption' },
      ...{ 'announceSeizure.seizure': 'seizure', 'openOwnerLimits.ownerLimits': 'ownerLimits' },
      'postAttestation.signatures': constant('Sysvar1nstructions1111111111111111111111111'),
    },
    asked: {
      // Optional there.
      ...{ announceAction: 'nonces', cancelAction: 'nonces' },
      ...{
        acknowledgeRedemption: 'ticker nonces',
        rejectRedemption: 'ticker nonces',
        requestRedemption: 'escrowAccount',
      },
      ...{ cancelSeizure: 'ticker hold', contestSeizure: 'ticker', liftHold: 'ticker hold', closeAction: 'ticker' },
      ...{ closeOwnerLimits: 'ticker', changeCustodian: 'ticker', setActionWindow: 'ticker', setDeskLimit: 'desk' },
      ...{ setPriceBand: 'ticker', setPrimaryKyc: 'ticker', setTerms: 'ticker', sharesAt: 'history' },
    },
  },
  gate: {
    client: gate,
    address: gate.GATE_PROGRAM_ADDRESS,
    seeds: { issuer: a(2), mint: a(4), owner: a(5), number: 200, idHash: HASH },
    found: {
      ...{
        systemProgram: COMMON.systemProgram,
        eventAuthority: 'eventAuthority',
        registry: 'registry',
        policy: 'policy',
      },
      ...{ list: 'hookMetas', thawList: 'thawMetas', freezeList: 'freezeMetas', wallet: 'wallet' },
      ...{ 'createProvider.provider': 'provider', 'registerInvestor.investor': 'investor' },
      'createPolicy.ticker': () => at('issuer', 'ticker'),
      'claimPolicy.mintConfig': () => gate.findMintConfig(a(4)),
    },
    asked: {
      ...{ applyPolicy: 'policy', cancelPolicy: 'policy', pausePolicy: 'policy', unpausePolicy: 'policy' },
      ...{ setPolicy: 'policy', dropVenue: 'wallet', unlinkWallet: 'wallet' },
    },
  },
  collateral: {
    client: collateral,
    address: collateral.COLLATERAL_PROGRAM_ADDRESS,
    seeds: { creator: a(1), curator: a(2), mint: a(4), id: ID, mic: collateral.micBytes('XNYS') },
    found: {
      ...{ systemProgram: COMMON.systemProgram, eventAuthority: 'eventAuthority' },
      ...{ 'createCurator.curator': 'curator', 'createCalendar.calendar': 'calendar', 'createFeed.feed': 'feed' },
    },
    asked: {},
  },
  lender: {
    client: lender,
    address: lender.LENDER_PROGRAM_ADDRESS,
    seeds: {
      ...{ market: a(2), mint: a(4), owner: a(5), payer: a(5), liquidator: a(5), cashMint: a(7), cashProgram: token },
      ...{ id: ID, 'createMarket.owner': a(1) },
    },
    found: {
      ...{ ...COMMON, position: 'position', supplier: 'supplier', collateral: 'collateral' },
      collateralProgram: () => collateral.COLLATERAL_PROGRAM_ADDRESS,
      'createMarket.market': 'market',
      'createMarket.cashVault': () => issuer.findTokenAccount(a(7), at('lender', 'market'), token),
      cashVault: () => issuer.findTokenAccount(a(7), a(2), token),
      vault: () => issuer.findTokenAccount(a(4), a(2)),
      ...{ 'supply.source': ownCash, 'redeem.destination': ownCash, 'borrow.destination': ownCash },
      ...{ 'repay.source': ownCash, 'liquidate.source': ownCash },
      ...{ 'deposit.source': own, 'withdraw.destination': own, 'liquidate.destination': own },
    },
    asked: { repay: 'position', liquidate: 'position', setCollateral: 'collateral' },
  },
};

type Parsed = { accounts?: Record<string, AccountMeta | undefined> };
type Client = Record<string, (...args: unknown[]) => unknown>;
type Decoder = { decode: (bytes: ReadonlyUint8Array) => Record<string, unknown> };

/** An instruction by its builder, with the accounts by their names; only what must be named is named. */
async function built({ client, seeds, found, asked }: Program, name: string, config?: { programAddress: Address }) {
  const { [`get${name}InstructionAsync`]: full, [`get${name}Instruction`]: plain, ...rest } = client as Client;
  const instruction = name[0]!.toLowerCase() + name.slice(1);
  const of = <T>(table: Record<string, T>, key: string) => table[`${instruction}.${key}`] ?? table[key];
  // Zeros are an argument of every type.
  const args = (rest[`get${name}InstructionDataDecoder`]!() as Decoder).decode(new Uint8Array(4096));
  const isFilledIn = (key: string) => of(found, key) !== undefined && !asked[instruction]?.split(' ').includes(key);
  const named = new Proxy(Object.fromEntries(Object.keys(args).map((key) => [key, of(seeds, key) ?? args[key]])), {
    get(all, key) {
      if (typeof key !== 'string' || key in all) return Reflect.get(all, key) as unknown;
      if (isFilledIn(key) || key === 'program' || key === 'mintConfig') return undefined;
      return createNoopSigner((of(seeds, key) ?? OTHER) as Address);
    },
  });
  const made = (await (full ?? plain)!(named, config)) as Instruction;
  const { accounts = {} } = rest[`parse${name}Instruction`]!(made) as Parsed;
  return { accounts, filledIn: Object.keys(accounts).filter(isFilledIn), find: (key: string) => of(found, key)! };
}

for (const [program, of] of Object.entries(PROGRAMS)) {
  const names = Object.keys(of.client).flatMap((name) => /^parse(\w+)Instruction$/.exec(name)?.[1] ?? []);
  const builders = names.filter((name) => `get${name}InstructionDataDecoder` in of.client && name !== program);

  test(`${program}: builders of all ${builders.length} instructions find what they are not told`, async () => {
    let count = 0;
    for (const name of builders) {
      const { accounts, filledIn, find } = await built(of, name);
      for (const key of filledIn) {
        const how = find(key);
        const expected = typeof how === 'string' ? at(program, how) : await how();
        assert.equal(accounts[key]?.address, expected, `${name}: ${key}`);
        count += 1;
      }
      if ('program' in accounts) assert.equal(accounts.program?.address, of.address);
    }
    assert.ok(count > builders.length, `${count} accounts were filled in`);
  });

  test(`${program}: builders for a deployment elsewhere look there`, async () => {
    for (const name of builders) {
      const [here, there] = [await built(of, name), await built(of, name, { programAddress: ELSEWHERE })];
      for (const key of here.filledIn) {
        const isOwn = typeof here.find(key) === 'string';
        if (isOwn) assert.notEqual(there.accounts[key]?.address, here.accounts[key]?.address, `${name}: ${key}`);
      }
      if ('program' in there.accounts) assert.equal(there.accounts.program?.address, ELSEWHERE);
    }
  });
}

test('an account that may be left out is left out', async () => {
  const { accounts } = await built(PROGRAMS.gate!, 'CreatePolicy');
  assert.equal(accounts.mintConfig, undefined);
  assert.ok('mintConfig' in accounts);
});
