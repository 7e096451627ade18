/**
 * @scrip/sdk/collateral: the generated client of the collateral program. A subpath, since some of
 * its names (`Stream`, `RoleGrant`, `getSetTimelockInstruction`) are the issuer's too.
 */
export * from '../generated/collateral/index.ts';
