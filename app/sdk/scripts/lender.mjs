// The lender as Codama's nodes. It is a native program and has no IDL: this file says once more what
// programs/interface/src/lender says, and tests/ts/lending-golden.test.ts holds both together by bytes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import {
  accountNode,
  arrayTypeNode,
  bytesTypeNode,
  bytesValueNode,
  definedTypeLinkNode,
  definedTypeNode,
  errorNode,
  fieldDiscriminatorNode,
  fixedCountNode,
  fixedSizeTypeNode,
  instructionAccountNode,
  instructionArgumentNode,
  instructionNode,
  numberTypeNode,
  numberValueNode,
  programNode,
  publicKeyTypeNode,
  publicKeyValueNode,
  rootNode,
  structFieldTypeNode,
  structTypeNode,
} from 'codama';

const PROGRAM = 'Scrip1enderXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX';
const COLLATERAL_PROGRAM = 'Scripco11atera1XXXXXXXXXXXXXXXXXXXXXXXXXXXX';
const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';
const SYSTEM = '11111111111111111111111111111111';
/** Kinds of collateral in one position. */
const MAX_HOLDINGS = 5;

const number = (format) => numberTypeNode(format);
const bytes = (size) => fixedSizeTypeNode(bytesTypeNode(), size);
const key = publicKeyTypeNode();
const link = definedTypeLinkNode;
const struct = (fields) =>
  structTypeNode(Object.entries(fields).map(([name, type]) => structFieldTypeNode({ name, type })));

const TYPES = {
  marketTerms: {
    baseRateBps: number('u16'),
    slopeBps: number('u16'),
    closeFactorBps: number('u16'),
    minDebt: number('u64'),
  },
  collateralTerms: {
    configHash: bytes(32),
    ltvBps: number('u16'),
    liquidationBps: number('u16'),
    bonusBps: number('u16'),
    maxRaw: number('u64'),
  },
  holding: { collateral: key, raw: number('u64') },
};

/** After eight letters that tell the kind, and the layout's version. */
const ACCOUNTS = {
  market: [
    'LendMrkt',
    {
      bump: number('u8'),
      owner: key,
      id: number('u64'),
      cashMint: key,
      cashProgram: key,
      cashVault: key,
      cashDecimals: number('u8'),
      terms: link('marketTerms'),
      accruedAt: number('i64'),
      index: number('u64'),
      debtUnits: number('u64'),
      cash: number('u64'),
      shares: number('u64'),
      badDebt: number('u64'),
      reserved: bytes(64),
    },
  ],
  collateral: [
    'LendColl',
    {
      bump: number('u8'),
      market: key,
      mint: key,
      feed: key,
      vault: key,
      decimals: number('u8'),
      terms: link('collateralTerms'),
      deposited: number('u64'),
      reserved: bytes(64),
    },
  ],
  position: [
    'LendPosn',
    {
      bump: number('u8'),
      market: key,
      owner: key,
      debtUnits: number('u64'),
      holdings: arrayTypeNode(link('holding'), fixedCountNode(MAX_HOLDINGS)),
      reserved: bytes(32),
    },
  ],
  supplier: ['LendSupp', { bump: number('u8'), market: key, owner: key, shares: number('u64'), reserved: bytes(32) }],
};

// How an account is given: `w` written, `s` signs; or the address that it always has.
const CASH = { cashMint: '', cashProgram: '' };
const VAULT_CASH = { cashVault: 'w', ...CASH };
const STOCK = { vault: 'w', mint: '', tokenProgram: TOKEN_2022 };
const SYSTEM_PROGRAM = { systemProgram: SYSTEM };

/**
 * In the order of their numbers: name, accounts, arguments. Where holdings are valued, the
 * collateral program, their `Collateral` accounts and what `value` takes follow.
 */
const INSTRUCTIONS = [
  [
    'createMarket',
    { owner: 'ws', market: 'w', cashMint: '', cashVault: '', cashProgram: '', ...SYSTEM_PROGRAM },
    { id: number('u64'), terms: link('marketTerms') },
  ],
  [
    'addCollateral',
    {
      owner: 'ws',
      market: '',
      collateral: 'w',
      mint: '',
      vault: '',
      collateralProgram: COLLATERAL_PROGRAM,
      feed: '',
      calendar: '',
      ...SYSTEM_PROGRAM,
    },
    { terms: link('collateralTerms') },
  ],
  ['setCollateral', { owner: 's', market: '', collateral: 'w' }, { terms: link('collateralTerms') }],
  [
    'supply',
    { owner: 'ws', market: 'w', supplier: 'w', source: 'w', ...VAULT_CASH, ...SYSTEM_PROGRAM },
    { amount: number('u64') },
  ],
  ['redeem', { owner: 's', market: 'w', supplier: 'w', destination: 'w', ...VAULT_CASH }, { shares: number('u64') }],
  [
    'deposit',
    { owner: 'ws', market: '', collateral: 'w', position: 'w', source: 'w', ...STOCK, ...SYSTEM_PROGRAM },
    { raw: number('u64') },
  ],
  [
    'withdraw',
    { owner: 's', market: 'w', collateral: 'w', position: 'w', destination: 'w', ...STOCK },
    { raw: number('u64') },
  ],
  ['borrow', { owner: 's', market: 'w', position: 'w', destination: 'w', ...VAULT_CASH }, { amount: number('u64') }],
  ['repay', { payer: 's', market: 'w', position: 'w', source: 'w', ...VAULT_CASH }, { maxAmount: number('u64') }],
  [
    'liquidate',
    {
      liquidator: 's',
      market: 'w',
      position: 'w',
      source: 'w',
      ...VAULT_CASH,
      collateral: 'w',
      destination: 'w',
      ...STOCK,
    },
    { maxRepaid: number('u64'), minSeized: number('u64') },
  ],
];

export function lenderRoot() {
  return rootNode(
    programNode({
      name: 'lender',
      publicKey: PROGRAM,
      version: '0.1.0',
      definedTypes: Object.entries(TYPES).map(([name, fields]) => definedTypeNode({ name, type: struct(fields) })),
      accounts: Object.entries(ACCOUNTS).map(([name, [kind, fields]]) => account(name, kind, fields)),
      instructions: INSTRUCTIONS.map(([name, accounts, args], number) => instruction(number, name, accounts, args)),
      errors: errors(),
    }),
  );
}

function account(name, kind, fields) {
  const discriminator = structFieldTypeNode({
    name: 'discriminator',
    type: bytes(kind.length),
    defaultValue: bytesValueNode('base16', Buffer.from(kind).toString('hex')),
    defaultValueStrategy: 'omitted',
  });
  const data = struct({ version: number('u8'), ...fields });
  return accountNode({
    name,
    data: structTypeNode([discriminator, ...data.fields]),
    discriminators: [fieldDiscriminatorNode('discriminator')],
  });
}

function instruction(number, name, accounts, args) {
  const discriminator = instructionArgumentNode({
    name: 'discriminator',
    type: numberTypeNode('u8'),
    defaultValue: numberValueNode(number),
    defaultValueStrategy: 'omitted',
  });
  return instructionNode({
    name,
    accounts: Object.entries(accounts).map(([account, how]) => instructionAccount(account, how)),
    arguments: [
      discriminator,
      ...Object.entries(args).map(([argument, type]) => instructionArgumentNode({ name: argument, type })),
    ],
    discriminators: [fieldDiscriminatorNode('discriminator')],
  });
}

function instructionAccount(name, how) {
  const isAddress = how.length > 2;
  return instructionAccountNode({
    name,
    isWritable: !isAddress && how.includes('w'),
    isSigner: !isAddress && how.includes('s'),
    ...(isAddress && { defaultValue: publicKeyValueNode(how) }),
  });
}

/** The program's own enum: a comment, then a name, of which the first has its number. */
function errors() {
  const file = fileURLToPath(new URL('../../../programs/lender/src/error.rs', import.meta.url));
  const body = /enum LenderError \{\n(.*?)\n\}/s.exec(readFileSync(file, 'utf8'))?.[1];
  const found = [...(body ?? '').matchAll(/\/\/\/ (.+)\n\s*(\w+)(?: = ([\d_]+))?,/g)];
  const first = Number(found[0]?.[3]?.replaceAll('_', ''));
  const variants = [...(body ?? '').matchAll(/^ {4}\w+.*,$/gm)];
  if (!first || found.length !== variants.length) throw new Error(`${file} is not laid out as expected.`);
  return found.map(([, message, name], i) => errorNode({ name, code: first + i, message: message.replace(/\.$/, '') }));
}
