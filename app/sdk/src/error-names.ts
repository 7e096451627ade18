/** Errors by the names that their programs give them, in types: made from the generated constants. */
import type * as collateral from './generated/collateral/errors/collateral.ts';
import type * as gate from './generated/gate/errors/gate.ts';
import type * as issuer from './generated/issuer/errors/issuer.ts';
import type * as lender from './generated/lender/errors/lender.ts';

/** NONCE_USED -> NonceUsed */
type Pascal<S extends string> = S extends `${infer Word}_${infer Rest}`
  ? `${Capitalize<Lowercase<Word>>}${Pascal<Rest>}`
  : Capitalize<Lowercase<S>>;

type Names<Constant, Prefix extends string> = Constant extends `${Prefix}${infer Name}` ? Pascal<Name> : never;

export type IssuerErrorName = Names<keyof typeof issuer, 'ISSUER_ERROR__'>;
export type GateErrorName = Names<keyof typeof gate, 'GATE_ERROR__'>;
export type CollateralErrorName = Names<keyof typeof collateral, 'COLLATERAL_ERROR__'>;
export type LenderErrorName = Names<keyof typeof lender, 'LENDER_ERROR__'>;
