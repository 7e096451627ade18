/** Made by app/sdk/scripts/events.mjs from the IDL: do not edit. */
import type { Decoder } from '@solana/kit';

import {
  getActionAnnouncedDecoder,
  type ActionAnnounced,
  getActionCancelledDecoder,
  type ActionCancelled,
  getActionClosedDecoder,
  type ActionClosed,
  getActionScheduledDecoder,
  type ActionScheduled,
  getActionWindowChangedDecoder,
  type ActionWindowChanged,
  getAdminChangedDecoder,
  type AdminChanged,
  getAdminProposedDecoder,
  type AdminProposed,
  getAnnouncementClosedDecoder,
  type AnnouncementClosed,
  getAttestorRemovedDecoder,
  type AttestorRemoved,
  getAttestorSetActivatedDecoder,
  type AttestorSetActivated,
  getAttestorSetCreatedDecoder,
  type AttestorSetCreated,
  getAttestorSetWithdrawnDecoder,
  type AttestorSetWithdrawn,
  getCashDeskFundedDecoder,
  type CashDeskFunded,
  getCashDeskOpenedDecoder,
  type CashDeskOpened,
  getCashWithdrawnDecoder,
  type CashWithdrawn,
  getChangeAnnouncedDecoder,
  type ChangeAnnounced,
  getCustodianChangedDecoder,
  type CustodianChanged,
  getCustodianCreatedDecoder,
  type CustodianCreated,
  getDeskLimitChangedDecoder,
  type DeskLimitChanged,
  getHoldLiftedDecoder,
  type HoldLifted,
  getHoldPlacedDecoder,
  type HoldPlaced,
  getIssuerCreatedDecoder,
  type IssuerCreated,
  getIssuerPauseChangedDecoder,
  type IssuerPauseChanged,
  getMetadataUpdatedDecoder,
  type MetadataUpdated,
  getPriceBandChangedDecoder,
  type PriceBandChanged,
  getPrimaryKycChangedDecoder,
  type PrimaryKycChanged,
  getRedemptionAcknowledgedDecoder,
  type RedemptionAcknowledged,
  getRedemptionRejectedDecoder,
  type RedemptionRejected,
  getRedemptionRequestedDecoder,
  type RedemptionRequested,
  getRedemptionReturnedDecoder,
  type RedemptionReturned,
  getRedemptionSettledDecoder,
  type RedemptionSettled,
  getReservesAttestedDecoder,
  type ReservesAttested,
  getRoleGrantedDecoder,
  type RoleGranted,
  getRoleRevokedDecoder,
  type RoleRevoked,
  getSeizureAnnouncedDecoder,
  type SeizureAnnounced,
  getSeizureCancelledDecoder,
  type SeizureCancelled,
  getSeizureContestedDecoder,
  type SeizureContested,
  getSeizureExecutedDecoder,
  type SeizureExecuted,
  getSharesMintedDecoder,
  type SharesMinted,
  getSharesRedeemedDecoder,
  type SharesRedeemed,
  getSharesSubscribedDecoder,
  type SharesSubscribed,
  getStatementAttestedDecoder,
  type StatementAttested,
  getTermsChangedDecoder,
  type TermsChanged,
  getTickerListedDecoder,
  type TickerListed,
  getTickerOpenedDecoder,
  type TickerOpened,
  getTickerPauseChangedDecoder,
  type TickerPauseChanged,
  getTimelockChangedDecoder,
  type TimelockChanged,
  getTransferPauseSyncedDecoder,
  type TransferPauseSynced,
} from './types';

/** The program's events, by their names. */
export type IssuerEvents = {
  ActionAnnounced: ActionAnnounced;
  ActionCancelled: ActionCancelled;
  ActionClosed: ActionClosed;
  ActionScheduled: ActionScheduled;
  ActionWindowChanged: ActionWindowChanged;
  AdminChanged: AdminChanged;
  AdminProposed: AdminProposed;
  AnnouncementClosed: AnnouncementClosed;
  AttestorRemoved: AttestorRemoved;
  AttestorSetActivated: AttestorSetActivated;
  AttestorSetCreated: AttestorSetCreated;
  AttestorSetWithdrawn: AttestorSetWithdrawn;
  CashDeskFunded: CashDeskFunded;
  CashDeskOpened: CashDeskOpened;
  CashWithdrawn: CashWithdrawn;
  ChangeAnnounced: ChangeAnnounced;
  CustodianChanged: CustodianChanged;
  CustodianCreated: CustodianCreated;
  DeskLimitChanged: DeskLimitChanged;
  HoldLifted: HoldLifted;
  HoldPlaced: HoldPlaced;
  IssuerCreated: IssuerCreated;
  IssuerPauseChanged: IssuerPauseChanged;
  MetadataUpdated: MetadataUpdated;
  PriceBandChanged: PriceBandChanged;
  PrimaryKycChanged: PrimaryKycChanged;
  RedemptionAcknowledged: RedemptionAcknowledged;
  RedemptionRejected: RedemptionRejected;
  RedemptionRequested: RedemptionRequested;
  RedemptionReturned: RedemptionReturned;
  RedemptionSettled: RedemptionSettled;
  ReservesAttested: ReservesAttested;
  RoleGranted: RoleGranted;
  RoleRevoked: RoleRevoked;
  SeizureAnnounced: SeizureAnnounced;
  SeizureCancelled: SeizureCancelled;
  SeizureContested: SeizureContested;
  SeizureExecuted: SeizureExecuted;
  SharesMinted: SharesMinted;
  SharesRedeemed: SharesRedeemed;
  SharesSubscribed: SharesSubscribed;
  StatementAttested: StatementAttested;
  TermsChanged: TermsChanged;
  TickerListed: TickerListed;
  TickerOpened: TickerOpened;
  TickerPauseChanged: TickerPauseChanged;
  TimelockChanged: TimelockChanged;
  TransferPauseSynced: TransferPauseSynced;
};

/** The 8 bytes that each begins with, in hex, and what reads the rest. */
export const ISSUER_EVENTS: {
  readonly [K in keyof IssuerEvents]: Readonly<{ discriminator: string; decoder: () => Decoder<IssuerEvents[K]> }>;
} = {
  ActionAnnounced: { discriminator: 'b7c15a62c1630300', decoder: getActionAnnouncedDecoder },
  ActionCancelled: { discriminator: '79d5cd1de2b5e60d', decoder: getActionCancelledDecoder },
  ActionClosed: { discriminator: '0ccfafad078e6b4e', decoder: getActionClosedDecoder },
  ActionScheduled: { discriminator: '29b125ed72022125', decoder: getActionScheduledDecoder },
  ActionWindowChanged: { discriminator: '31ddb7b4ae8d897b', decoder: getActionWindowChangedDecoder },
  AdminChanged: { discriminator: 'e8221fe23e121372', decoder: getAdminChangedDecoder },
  AdminProposed: { discriminator: '81f9e2e3c7526ef3', decoder: getAdminProposedDecoder },
  AnnouncementClosed: { discriminator: 'c6287a9500b3d641', decoder: getAnnouncementClosedDecoder },
  AttestorRemoved: { discriminator: 'da267b934b86c97d', decoder: getAttestorRemovedDecoder },
  AttestorSetActivated: { discriminator: 'f232565c3bf8d065', decoder: getAttestorSetActivatedDecoder },
  AttestorSetCreated: { discriminator: '85b8caf091ef5ebe', decoder: getAttestorSetCreatedDecoder },
  AttestorSetWithdrawn: { discriminator: '9ba996a02cdea941', decoder: getAttestorSetWithdrawnDecoder },
  CashDeskFunded: { discriminator: '42eb045bb7dd39f7', decoder: getCashDeskFundedDecoder },
  CashDeskOpened: { discriminator: '6a5e1f34b8404ca4', decoder: getCashDeskOpenedDecoder },
  CashWithdrawn: { discriminator: '44ca29f4e0bc4213', decoder: getCashWithdrawnDecoder },
  ChangeAnnounced: { discriminator: 'eaf0951bf0c3302d', decoder: getChangeAnnouncedDecoder },
  CustodianChanged: { discriminator: 'bab9c8b0177bbe75', decoder: getCustodianChangedDecoder },
  CustodianCreated: { discriminator: '9f0733a0080adc5c', decoder: getCustodianCreatedDecoder },
  DeskLimitChanged: { discriminator: 'd1b2b70af241c2c7', decoder: getDeskLimitChangedDecoder },
  HoldLifted: { discriminator: 'f40fe13665ed68ec', decoder: getHoldLiftedDecoder },
  HoldPlaced: { discriminator: 'bc5aaa02a6996c79', decoder: getHoldPlacedDecoder },
  IssuerCreated: { discriminator: '0677da540c636ee2', decoder: getIssuerCreatedDecoder },
  IssuerPauseChanged: { discriminator: 'a2ad477c325b0933', decoder: getIssuerPauseChangedDecoder },
  MetadataUpdated: { discriminator: '8424d7f6a65abd2c', decoder: getMetadataUpdatedDecoder },
  PriceBandChanged: { discriminator: 'c1528ef9d29f82b1', decoder: getPriceBandChangedDecoder },
  PrimaryKycChanged: { discriminator: '107815f7ef47666d', decoder: getPrimaryKycChangedDecoder },
  RedemptionAcknowledged: { discriminator: 'ec4c411da9412cb8', decoder: getRedemptionAcknowledgedDecoder },
  RedemptionRejected: { discriminator: '364d107cf0170135', decoder: getRedemptionRejectedDecoder },
  RedemptionRequested: { discriminator: 'f59b6283d2198992', decoder: getRedemptionRequestedDecoder },
  RedemptionReturned: { discriminator: '37bccd2f36eccee3', decoder: getRedemptionReturnedDecoder },
  RedemptionSettled: { discriminator: '4b09c560f93d1bf5', decoder: getRedemptionSettledDecoder },
  ReservesAttested: { discriminator: '4df917fe34eb8391', decoder: getReservesAttestedDecoder },
  RoleGranted: { discriminator: 'dcb759e48f3ff63a', decoder: getRoleGrantedDecoder },
  RoleRevoked: { discriminator: 'a7b734e57ece3e3d', decoder: getRoleRevokedDecoder },
  SeizureAnnounced: { discriminator: 'c04a0f1859b7b485', decoder: getSeizureAnnouncedDecoder },
  SeizureCancelled: { discriminator: '2f654bd43a9eee18', decoder: getSeizureCancelledDecoder },
  SeizureContested: { discriminator: '87e9e354477f9491', decoder: getSeizureContestedDecoder },
  SeizureExecuted: { discriminator: '6526b10627a4dc95', decoder: getSeizureExecutedDecoder },
  SharesMinted: { discriminator: '7f8bee29762f7a27', decoder: getSharesMintedDecoder },
  SharesRedeemed: { discriminator: 'e8a6073843132a75', decoder: getSharesRedeemedDecoder },
  SharesSubscribed: { discriminator: '40559974372e8f37', decoder: getSharesSubscribedDecoder },
  StatementAttested: { discriminator: 'c7ecc6ba28021dfc', decoder: getStatementAttestedDecoder },
  TermsChanged: { discriminator: '5f19abc7d1722a61', decoder: getTermsChangedDecoder },
  TickerListed: { discriminator: '3cab225353d01076', decoder: getTickerListedDecoder },
  TickerOpened: { discriminator: 'cfe8b5476558e18a', decoder: getTickerOpenedDecoder },
  TickerPauseChanged: { discriminator: 'd401e99e9e5efeef', decoder: getTickerPauseChangedDecoder },
  TimelockChanged: { discriminator: '66e3d28fce3ace5b', decoder: getTimelockChangedDecoder },
  TransferPauseSynced: { discriminator: '013f31ad1e09be9e', decoder: getTransferPauseSyncedDecoder },
};
