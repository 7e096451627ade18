// Every kind of address that a program's accounts have: the word that its seeds begin with, then what it is found by.
// Named like the functions of programs/interface; `tests/fixtures/addresses_golden.json` holds both together.
import {
  bytesTypeNode,
  constantPdaSeedNodeFromString,
  fixedSizeTypeNode,
  numberTypeNode,
  pdaNode,
  publicKeyTypeNode,
  variablePdaSeedNode,
} from 'codama';

const KEY = publicKeyTypeNode();
const U8 = numberTypeNode('u8');
const U32 = numberTypeNode('u32');
const U64 = numberTypeNode('u64');
const bytes = (size) => fixedSizeTypeNode(bytesTypeNode(), size);
const HASH = bytes(32);
const EVENTS = { eventAuthority: ['__event_authority', {}] };

const KINDS = {
  issuer: {
    issuer: ['issuer', { creator: KEY, id: U64 }],
    custodian: ['custodian', { issuer: KEY, number: U32 }],
    attestorSet: ['attestors', { custodian: KEY, index: U32 }],
    nonceWindow: ['nonces', { mint: KEY }],
    ticker: ['ticker', { mint: KEY }],
    symbol: ['symbol', { issuer: KEY, symbol: bytes(16) }],
    redemption: ['redemption', { mint: KEY, owner: KEY, id: U64 }],
    roleGrant: ['role', { issuer: KEY, wallet: KEY }],
    announcement: ['announcement', { issuer: KEY, id: U64 }],
    attestation: ['attestation', { issuer: KEY, kind: U8, digest: HASH }],
    ownerLimits: ['limits', { mint: KEY, owner: KEY }],
    hold: ['hold', { mint: KEY, tokenAccount: KEY }],
    seizure: ['seizure', { mint: KEY, caseHash: HASH }],
    corporateAction: ['action', { mint: KEY, sequence: U32 }],
    history: ['history', { mint: KEY }],
    cashDesk: ['desk', { issuer: KEY, cashMint: KEY }],
    authority: ['authority', { mint: KEY }],
    delegate: ['delegate', { mint: KEY }],
    escrow: ['escrow', { mint: KEY }],
    ...EVENTS,
  },
  gate: {
    registry: ['registry', { issuer: KEY }],
    provider: ['provider', { issuer: KEY, number: U8 }],
    investor: ['investor', { issuer: KEY, idHash: HASH }],
    wallet: ['wallet', { issuer: KEY, owner: KEY }],
    policy: ['policy', { mint: KEY }],
    hookMetas: ['extra-account-metas', { mint: KEY }],
    thawMetas: ['thaw_extra_account_metas', { mint: KEY }],
    freezeMetas: ['freeze_extra_account_metas', { mint: KEY }],
    ...EVENTS,
  },
  collateral: {
    curator: ['curator', { creator: KEY, id: U64 }],
    calendar: ['calendar', { curator: KEY, mic: bytes(4) }],
    feed: ['feed', { curator: KEY, mint: KEY }],
    ...EVENTS,
  },
  lender: {
    market: ['market', { creator: KEY, id: U64 }],
    collateral: ['collateral', { market: KEY, mint: KEY }],
    position: ['position', { market: KEY, owner: KEY }],
    supplier: ['supplier', { market: KEY, owner: KEY }],
  },
};

/** Of each program, by name. */
export const PDAS = Object.fromEntries(
  Object.entries(KINDS).map(([program, kinds]) => [
    program,
    Object.fromEntries(Object.entries(kinds).map(([name, [word, seeds]]) => [name, kind(name, word, seeds)])),
  ]),
);

/** The associated token account program's. */
export const ASSOCIATED = pdaNode({
  name: 'associatedTokenAccount',
  programId: 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
  seeds: ['owner', 'tokenProgram', 'mint'].map((seed) => variablePdaSeedNode(seed, KEY)),
});

function kind(name, word, seeds) {
  const variables = Object.entries(seeds).map(([seed, type]) => variablePdaSeedNode(seed, type));
  return pdaNode({ name, seeds: [constantPdaSeedNodeFromString('utf8', word), ...variables] });
}
