/** Made by app/sdk/scripts/events.mjs from the IDL: do not edit. */
import type { Decoder } from '@solana/kit';

import {
  getExtraAccountsListedDecoder,
  type ExtraAccountsListed,
  getInvestorChangedDecoder,
  type InvestorChanged,
  getInvestorClosedDecoder,
  type InvestorClosed,
  getInvestorRegisteredDecoder,
  type InvestorRegistered,
  getPolicyAnnouncedDecoder,
  type PolicyAnnounced,
  getPolicyCancelledDecoder,
  type PolicyCancelled,
  getPolicyChangedDecoder,
  type PolicyChanged,
  getPolicyClaimedDecoder,
  type PolicyClaimed,
  getPolicyCreatedDecoder,
  type PolicyCreated,
  getPolicyPausedDecoder,
  type PolicyPaused,
  getPolicyUnpausedDecoder,
  type PolicyUnpaused,
  getProviderChangedDecoder,
  type ProviderChanged,
  getProviderCreatedDecoder,
  type ProviderCreated,
  getRegistryCreatedDecoder,
  type RegistryCreated,
  getVenueDroppedDecoder,
  type VenueDropped,
  getVenueSetDecoder,
  type VenueSet,
  getWalletLinkedDecoder,
  type WalletLinked,
  getWalletUnlinkedDecoder,
  type WalletUnlinked,
} from './types';

/** The program's events, by their names. */
export type GateEvents = {
  ExtraAccountsListed: ExtraAccountsListed;
  InvestorChanged: InvestorChanged;
  InvestorClosed: InvestorClosed;
  InvestorRegistered: InvestorRegistered;
  PolicyAnnounced: PolicyAnnounced;
  PolicyCancelled: PolicyCancelled;
  PolicyChanged: PolicyChanged;
  PolicyClaimed: PolicyClaimed;
  PolicyCreated: PolicyCreated;
  PolicyPaused: PolicyPaused;
  PolicyUnpaused: PolicyUnpaused;
  ProviderChanged: ProviderChanged;
  ProviderCreated: ProviderCreated;
  RegistryCreated: RegistryCreated;
  VenueDropped: VenueDropped;
  VenueSet: VenueSet;
  WalletLinked: WalletLinked;
  WalletUnlinked: WalletUnlinked;
};

/** The 8 bytes that each begins with, in hex, and what reads the rest. */
export const GATE_EVENTS: {
  readonly [K in keyof GateEvents]: Readonly<{ discriminator: string; decoder: () => Decoder<GateEvents[K]> }>;
} = {
  ExtraAccountsListed: { discriminator: 'a805f791f2f82394', decoder: getExtraAccountsListedDecoder },
  InvestorChanged: { discriminator: '186a7ddfb8a6d5a6', decoder: getInvestorChangedDecoder },
  InvestorClosed: { discriminator: '6e45bc8f656f5977', decoder: getInvestorClosedDecoder },
  InvestorRegistered: { discriminator: 'b803a05eae4c18b9', decoder: getInvestorRegisteredDecoder },
  PolicyAnnounced: { discriminator: '55983fc8305adb36', decoder: getPolicyAnnouncedDecoder },
  PolicyCancelled: { discriminator: '21d5235404d4b5ed', decoder: getPolicyCancelledDecoder },
  PolicyChanged: { discriminator: 'f8b8712d7bff2bf8', decoder: getPolicyChangedDecoder },
  PolicyClaimed: { discriminator: '1db2484e493fafd7', decoder: getPolicyClaimedDecoder },
  PolicyCreated: { discriminator: '3bbd4179569d6c0a', decoder: getPolicyCreatedDecoder },
  PolicyPaused: { discriminator: '7d725995e5e7fe25', decoder: getPolicyPausedDecoder },
  PolicyUnpaused: { discriminator: '7b3e474d1ad7cc5a', decoder: getPolicyUnpausedDecoder },
  ProviderChanged: { discriminator: 'cb7346b004d7f8b0', decoder: getProviderChangedDecoder },
  ProviderCreated: { discriminator: '8f6f91bcb98c6f22', decoder: getProviderCreatedDecoder },
  RegistryCreated: { discriminator: '9b964b45deb9ea84', decoder: getRegistryCreatedDecoder },
  VenueDropped: { discriminator: 'db018a6d54659c6d', decoder: getVenueDroppedDecoder },
  VenueSet: { discriminator: '08768483ffa5b5ca', decoder: getVenueSetDecoder },
  WalletLinked: { discriminator: '751f750dd8d43f21', decoder: getWalletLinkedDecoder },
  WalletUnlinked: { discriminator: '773187aa33c5c0ae', decoder: getWalletUnlinkedDecoder },
};
