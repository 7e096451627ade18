/** @scrip/sdk/lender: the client of the example lender, generated from nodes written by hand (scripts/lender.mjs). */
export * from '../generated/lender/index.ts';

export * from './advice.ts';
export * from './holdings.ts';
export * from './ledger.ts';
export * from './pdas.ts';
export * from './plans.ts';
export * from './refusals.ts';
export * from './views.ts';
