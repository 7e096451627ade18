/** Addresses of all accounts, held against those of the programs' own Rust code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getAddressDecoder, type Address } from '@solana/kit';
import * as issuer from '@scrip/sdk';
import * as collateral from '@scrip/sdk/collateral';
import * as gate from '@scrip/sdk/gate';
import * as lender from '@scrip/sdk/lender';

import { readFixture } from './fixtures.ts';

type Golden = {
  addresses: { program: string; name: string; address: string; bump: number }[];
  associated: { token2022: string; token: string }[];
};

const golden = readFixture('addresses_golden') as Golden;
/** The address of 32 equal bytes. */
const a = (number: number) => getAddressDecoder().decode(new Uint8Array(32).fill(number));
const ID = 0x0102030405060708n;
const NUMBER = 0x0a0b0c0d;
const HASH = new Uint8Array(32).fill(9);

const of = {
  issuer: issuer.ISSUER_PROGRAM_ADDRESS,
  gate: gate.GATE_PROGRAM_ADDRESS,
  collateral: collateral.COLLATERAL_PROGRAM_ADDRESS,
  lender: lender.LENDER_PROGRAM_ADDRESS,
};
const first = async (found: Promise<readonly [Address, number]>) => (await found)[0];

/** In each program, by the golden names. */
const FOUND: Readonly<Record<string, Readonly<Record<string, () => Promise<Address>>>>> = {
  issuer: {
    issuer: () => issuer.findIssuer(of.issuer, a(1), ID),
    custodian: () => issuer.findCustodian(of.issuer, a(2), NUMBER),
    attestorSet: () => issuer.findAttestorSet(of.issuer, a(3), NUMBER),
    nonceWindow: () => issuer.findNonceWindow(of.issuer, a(4)),
    ticker: () => issuer.findTicker(of.issuer, a(4)),
    symbol: () => issuer.findSymbol(of.issuer, a(2), 'BRK.Bx'),
    redemption: () => issuer.findRedemption(of.issuer, a(4), a(5), 7n),
    roleGrant: () => issuer.findRoleGrant(of.issuer, a(2), a(5)),
    announcement: () => issuer.findAnnouncement(of.issuer, a(2), ID),
    attestationOfMint: () => issuer.findPostedAttestation(of.issuer, a(2), issuer.Kind.Mint, HASH),
    attestationOfQuote: () => issuer.findPostedAttestation(of.issuer, a(2), issuer.Kind.Quote, HASH),
    ownerLimits: () => issuer.findOwnerLimits(of.issuer, a(4), a(5)),
    hold: () => issuer.findHold(of.issuer, a(4), a(6)),
    seizure: () => issuer.findSeizure(of.issuer, a(4), HASH),
    cashDesk: () => issuer.findCashDesk(of.issuer, a(2), a(7)),
    corporateAction: () => issuer.findCorporateAction(of.issuer, a(4), NUMBER),
    history: () => issuer.findHistory(of.issuer, a(4)),
    authority: () => issuer.findAuthority(of.issuer, a(4)),
    delegate: () => issuer.findDelegate(of.issuer, a(4)),
    escrow: () => issuer.findEscrow(of.issuer, a(4)),
    eventAuthority: () => issuer.findEventAuthority(of.issuer),
  },
  gate: {
    registry: () => gate.findRegistry(of.gate, a(2)),
    provider: () => gate.findProvider(of.gate, a(2), 200),
    investor: () => gate.findInvestor(of.gate, a(2), HASH),
    wallet: () => gate.findWallet(of.gate, a(2), a(5)),
    policy: () => gate.findPolicy(of.gate, a(4)),
    hookMetas: () => gate.findHookList(of.gate, a(4)),
    thawMetas: () => first(gate.findThawMetasPda({ mint: a(4) }, { programAddress: of.gate })),
    eventAuthority: () => first(gate.findEventAuthorityPda({ programAddress: of.gate })),
    freezeMetas: () => first(gate.findFreezeMetasPda({ mint: a(4) }, { programAddress: of.gate })),
  },
  collateral: {
    curator: () => collateral.findCurator(of.collateral, a(1), ID),
    calendar: () => collateral.findCalendar(of.collateral, a(2), 'XNYS'),
    eventAuthority: () => first(collateral.findEventAuthorityPda({ programAddress: of.collateral })),
    feed: () => collateral.findFeed(of.collateral, a(2), a(4)),
  },
  lender: {
    market: () => lender.findMarket(of.lender, a(1), ID),
    collateral: () => lender.findCollateral(of.lender, a(2), a(4)),
    position: () => lender.findPosition(of.lender, a(2), a(5)),
    supplier: () => lender.findSupplier(of.lender, a(2), a(5)),
  },
};

for (const { program, name, address } of golden.addresses) {
  test(`${program}: ${name} is at its golden address`, async () => {
    const find = FOUND[program]?.[name];
    assert.ok(find, `the SDK finds no ${name}`);
    assert.equal(await find(), address);
  });
}

test('every kind of address that the generated clients find has a golden one', () => {
  const clients = { issuer, gate, collateral, lender };
  const generated = Object.entries(clients).flatMap(([program, client]) =>
    Object.keys(client).flatMap((name) => {
      const kind = /^find(\w+)Pda$/.exec(name)?.[1];
      return kind ? [`${program} ${kind[0]?.toLowerCase()}${kind.slice(1)}`] : [];
    }),
  );
  const held = golden.addresses.map(({ program, name }) => `${program} ${name.replace(/Of[A-Z]\w+$/, '')}`);
  assert.deepEqual(generated.sort(), [...new Set(held)].sort());
});

test('associated token accounts are at their golden addresses, under either token program', async () => {
  const [{ token2022, token }] = golden.associated as [Golden['associated'][number]];
  assert.equal(await issuer.findTokenAccount(a(4), a(5)), token2022);
  assert.equal(await issuer.findTokenAccount(a(4), a(5), issuer.TOKEN_PROGRAM_ADDRESS), token);
});
