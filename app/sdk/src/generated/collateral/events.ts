/** Made by app/sdk/scripts/events.mjs from the IDL: do not edit. */
import type { Decoder } from '@solana/kit';

import {
  getAdminAcceptedDecoder,
  type AdminAccepted,
  getAdminProposedDecoder,
  type AdminProposed,
  getCalendarCreatedDecoder,
  type CalendarCreated,
  getChangeCancelledDecoder,
  type ChangeCancelled,
  getCuratorCreatedDecoder,
  type CuratorCreated,
  getFeedCreatedDecoder,
  type FeedCreated,
  getFeedSetDecoder,
  type FeedSet,
  getHaltSetDecoder,
  type HaltSet,
  getPriceObservedDecoder,
  type PriceObserved,
  getRoleSetDecoder,
  type RoleSet,
  getTimelockSetDecoder,
  type TimelockSet,
  getYearSetDecoder,
  type YearSet,
} from './types';

/** The program's events, by their names. */
export type CollateralEvents = {
  AdminAccepted: AdminAccepted;
  AdminProposed: AdminProposed;
  CalendarCreated: CalendarCreated;
  ChangeCancelled: ChangeCancelled;
  CuratorCreated: CuratorCreated;
  FeedCreated: FeedCreated;
  FeedSet: FeedSet;
  HaltSet: HaltSet;
  PriceObserved: PriceObserved;
  RoleSet: RoleSet;
  TimelockSet: TimelockSet;
  YearSet: YearSet;
};

/** The 8 bytes that each begins with, in hex, and what reads the rest. */
export const COLLATERAL_EVENTS: {
  readonly [K in keyof CollateralEvents]: Readonly<{ discriminator: string; decoder: () => Decoder<CollateralEvents[K]> }>;
} = {
  AdminAccepted: { discriminator: 'ae0c4c8b9e636efe', decoder: getAdminAcceptedDecoder },
  AdminProposed: { discriminator: '81f9e2e3c7526ef3', decoder: getAdminProposedDecoder },
  CalendarCreated: { discriminator: 'e6c34c426e31e5dc', decoder: getCalendarCreatedDecoder },
  ChangeCancelled: { discriminator: '8bb36151d615775d', decoder: getChangeCancelledDecoder },
  CuratorCreated: { discriminator: '8494b84e933872c1', decoder: getCuratorCreatedDecoder },
  FeedCreated: { discriminator: '307256fd7142fa62', decoder: getFeedCreatedDecoder },
  FeedSet: { discriminator: 'e3972c3aab9fc20c', decoder: getFeedSetDecoder },
  HaltSet: { discriminator: '48488817a61acddf', decoder: getHaltSetDecoder },
  PriceObserved: { discriminator: '7c4d911b3cd19cf8', decoder: getPriceObservedDecoder },
  RoleSet: { discriminator: 'bc388b5172416cc4', decoder: getRoleSetDecoder },
  TimelockSet: { discriminator: '88b5709765962e8c', decoder: getTimelockSetDecoder },
  YearSet: { discriminator: 'c36913f2ab6caa27', decoder: getYearSetDecoder },
};
