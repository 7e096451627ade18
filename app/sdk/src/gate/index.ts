/**
 * @scrip/sdk/gate: the client of the gate program. A subpath, since some of its generated names
 * (`Policy`, `Stream`) are others' too, and since a page that shows a balance needs no table of countries.
 */
export * from '../generated/gate/index.ts';

export * from './countries.ts';
export * from './investors.ts';
export * from './pdas.ts';
export * from './policies.ts';
export * from './reasons.ts';
export * from './registry.ts';
export * from './sas.ts';
export { type Gate } from './shared.ts';
export * from './transfers.ts';
