/** The instructions of each thing one does, complete: accounts found, attestation in its place. */
export * from './actions.ts';
export * from './attestors.ts';
export * from './cash.ts';
export * from './compliance.ts';
export * from './governance.ts';
export * from './mint.ts';
export * from './posted.ts';
export * from './redemption.ts';
export * from './reserves.ts';
export * from './seizure.ts';
export {
  eventAccounts,
  registrationAccounts,
  type Chain,
  type Deployment,
  type Evidence,
  type Program,
  type RegistrationOptions,
} from './shared.ts';
export * from './transfer.ts';
export * from './upkeep.ts';
