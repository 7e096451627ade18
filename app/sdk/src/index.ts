/**
 * @scrip/sdk: the generated client of the issuer program, and what generation cannot do:
 * attestations, amounts, addresses, whole transactions, errors by name.
 */
export * from './generated/issuer/index.ts';

export * from './actions.ts';
export * from './advice.ts';
export * from './amounts.ts';
export * from './attestation.ts';
export * from './bodies.ts';
export * from './claim.ts';
export * from './cluster.ts';
export * from './custodian.ts';
export * from './decimals.ts';
export * from './dollars.ts';
export * from './ed25519.ts';
export type * from './error-names.ts';
export * from './errors.ts';
export * from './events/index.ts';
export * from './foreign-errors.ts';
export * from './hash.ts';
export * from './local.ts';
export * from './logs.ts';
export * from './lookup.ts';
export * from './merkle.ts';
export * from './metadata.ts';
export * from './modes.ts';
export * from './multipliers.ts';
export * from './nonces.ts';
export * from './pdas.ts';
export * from './plans/index.ts';
export * from './preflight.ts';
export * from './readiness.ts';
export * from './seizures.ts';
export * from './send.ts';
export * from './simulate.ts';
export * from './tables.ts';
export * from './verification.ts';
export * from './views.ts';
export * from './wording.ts';
