/**
 * @scrip/sdk/collateral: the client of the collateral program. A subpath, since some of its generated
 * names (`Stream`, `RoleGrant`, `getSetTimelockInstruction`) are the issuer's too.
 */
export * from '../generated/collateral/index.ts';

export * from './advice.ts';
export * from './calendar.ts';
export * from './flags.ts';
export * from './local.ts';
export * from './pdas.ts';
export * from './plans.ts';
export * from './price.ts';
export * from './readiness.ts';
export * from './rules.ts';
export * from './valuation.ts';
export * from './views.ts';
