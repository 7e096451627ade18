/**
 * @scrip/sdk: the generated client of the issuer program, and what generation cannot do:
 * attestations, amounts, addresses, whole transactions, errors by name.
 */
export * from './generated/index.ts';

export * from './amounts.ts';
export * from './attestation.ts';
export * from './cluster.ts';
export * from './custodian.ts';
export * from './ed25519.ts';
export * from './errors.ts';
export * from './nonces.ts';
export * from './pdas.ts';
export * from './plans.ts';
export * from './views.ts';
