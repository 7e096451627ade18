/** @scrip/sdk/lender: the client of the example lender, generated from nodes written by hand (scripts/lender.mjs). */
export * from '../generated/lender/index.ts';
