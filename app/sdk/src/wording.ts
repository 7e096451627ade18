/** What an attestation says, in words: for the person who is to sign it, or reads it afterwards. */
import { getBase16Decoder, type Address, type ReadonlyUint8Array } from '@solana/kit';

import { Decision, Side, Step, type Bodies, type BodyKind, type Header, type ReserveStatement } from './bodies.ts';
import { formatDecimal } from './decimals.ts';
import { formatShares } from './dollars.ts';

/** Names for addresses; an address that has none is written as it is. */
export type Names = Readonly<{
  names?: ReadonlyMap<Address, string>;
  /** Of the cash mint of a quote; its amount is written in whole units then. */
  cashDecimals?: number;
}>;

type Writer = Readonly<{ name: (address: Address) => string; cash: (amount: bigint) => string }>;

/** Lines: what is said, then for which chain, program, set and time. */
export function describeBody<K extends BodyKind>(kind: K, body: Bodies[K], { names, cashDecimals }: Names = {}) {
  const writer: Writer = {
    name: (address) => names?.get(address) ?? address,
    cash: (amount) => (cashDecimals === undefined ? `${amount} units` : formatDecimal(amount, cashDecimals)),
  };
  return [...SENTENCES[kind](body, writer), ...headerLines(body.header, writer)];
}

const SENTENCES: { readonly [K in BodyKind]: (body: Bodies[K], writer: Writer) => string[] } = {
  Mint: ({ header, owner, amount, statement }, { name }) => [
    `Mint ${tokens(amount)} of ${name(header.subject)} to ${name(owner)}, once.`,
    reserves(statement),
  ],
  Reserve: ({ header, statement }, { name }) => [`Reserves of ${name(header.subject)}.`, reserves(statement)],
  Statement: ({ header, asOf, root }, { name }) => [
    `Reserves of all tickers of custodian ${name(header.subject)} as of ${time(asOf)}, by the root ${hex(root)}.`,
  ],
  Acknowledge: ({ redemption, request }, { name }) => [
    `Take up redemption ${name(redemption)}, request ${request}: it will be paid.`,
  ],
  Settle: ({ redemption, request, amount, payoutReference }, { name }) => [
    `Redemption ${name(redemption)}, request ${request}: ${tokens(amount)} are paid out and may be burned.`,
    `Reference of the payout: ${hex(payoutReference)}.`,
  ],
  Reject: ({ redemption, request, reason }, { name }) => [
    `Reject redemption ${name(redemption)}, request ${request}, for reason ${reason}: the owner takes the tokens back.`,
  ],
  Quote: (body, writer) => [quote(body, writer), ...(body.side === Side.Redeem ? [] : [reserves(body.statement)])],
  Action: action,
  Attestors: ({ header, decision, target, value }, { name }) => {
    const custodian = name(header.subject);
    const sentences = {
      [Decision.ActivateSet]: `Custodian ${custodian}: activate attestor set ${name(target)}, contents ${hex(value)}.`,
      [Decision.RemoveAttestor]: `Custodian ${custodian}: remove attestor with key ${hex(value)} for ever.`,
      [Decision.ChangeCustodian]: `Move the ticker of ${name(target)} to the custodian with address ${hex(value)}.`,
    };
    return [sentences[decision]];
  },
};

function quote({ header, side, owner, amount, cashMint, cashAmount }: Bodies['Quote'], { name, cash }: Writer): string {
  const [tokensOf, paid] = [`${tokens(amount)} of ${name(header.subject)}`, `${cash(cashAmount)} of ${name(cashMint)}`];
  return side === Side.Subscribe
    ? `${name(owner)} may buy ${tokensOf} for ${paid}, once.`
    : `${name(owner)} may sell ${tokensOf} for ${paid}, once.`;
}

function action(body: Bodies['Action'], { name }: Writer): string[] {
  const { header, step, request, termsHash, effectiveAt, settledAfterE8, receivableAfterE8 } = body;
  const mint = name(header.subject);
  switch (step) {
    case Step.Announce:
      return [`Announce a corporate action of ${mint} with the terms ${hex(termsHash)}.`];
    case Step.Cancel:
      return [`Take back the corporate action of ${mint} announced as event ${request}.`];
    default:
      return [
        `The corporate action of ${mint} announced as event ${request} takes effect at ${time(effectiveAt)}.`,
        `From then on ${formatShares(settledAfterE8)} shares are settled, ${formatShares(receivableAfterE8)} receivable.`,
      ];
  }
}

const reserves = ({ asOf, settledSharesE8, receivableSharesE8 }: ReserveStatement) =>
  `Held as of ${time(asOf)}: ${formatShares(settledSharesE8)} shares settled, ${formatShares(receivableSharesE8)} receivable.`;

function headerLines({ genesisHash, programId, attestorSet, nonce, issuedAt, expiresAt }: Header, { name }: Writer) {
  return [
    `Counts from ${time(issuedAt)} until before ${time(expiresAt)}, with nonce ${nonce}.`,
    `For chain ${hex(genesisHash)}, program ${name(programId)}, attestor set ${name(attestorSet)}.`,
  ];
}

/** Raw amounts are tokens, which a multiplier makes shares: the words do not mix them up. */
const tokens = (raw: bigint) => `${formatShares(raw)} tokens`;
const hex = (bytes: ReadonlyUint8Array) => getBase16Decoder().decode(bytes);

/** 2026-11-28T12:00:00Z; the number where that is no date. */
export function time(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString().replace('.000Z', 'Z');
}
