/** Errors by the names that their programs give them, in types: made from the generated constants. */
import type * as collateral from './generated/collateral/errors/collateral.ts';
import type * as gate from './generated/gate/errors/gate.ts';
import type * as issuer from './generated/issuer/errors/issuer.ts';
import type * as lender from './generated/lender/errors/lender.ts';

/** NONCE_USED -> NonceUsed */
export type Pascal<S extends string> = S extends `${infer Word}_${infer Rest}`
  ? `${Capitalize<Lowercase<Word>>}${Pascal<Rest>}`
  : Capitalize<Lowercase<S>>;

/** The names in a module of generated constants that begin with `Prefix`. */
export type ErrorNames<Constant, Prefix extends string> = Constant extends `${Prefix}${infer Name}`
  ? Pascal<Name>
  : never;

/** An error of the issuer program. */
export type IssuerErrorName = ErrorNames<keyof typeof issuer, 'ISSUER_ERROR__'>;
/** An error of the gate program. */
export type GateErrorName = ErrorNames<keyof typeof gate, 'GATE_ERROR__'>;
/** An error of the collateral program. */
export type CollateralErrorName = ErrorNames<keyof typeof collateral, 'COLLATERAL_ERROR__'>;
/** An error of the lender program. */
export type LenderErrorName = ErrorNames<keyof typeof lender, 'LENDER_ERROR__'>;
