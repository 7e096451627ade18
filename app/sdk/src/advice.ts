/** What to do about a refusal, where the program's own words leave that open. */

const ANNOUNCE = 'Announce the change first (announceChangePlan) and make it once the timelock has passed.';
const ASK_AGAIN = 'Ask the custodian for a new attestation.';
const REGISTER = 'A provider that the policy accepts must register the wallet; fetchPolicyView says which.';
const RENEW = 'Its provider must look again and renew the record (updateInvestorPlan).';
const WAIT_OR_LESS = 'Wait until the limit has drained, or take a smaller amount.';

/** Of the issuer program, by the error's name in the IDL. */
export const ADVICE: Readonly<Record<string, string>> = {
  // Who may do it.
  NotAdmin: "Sign with the issuer's admin.",
  PowerMissing: 'Sign as the admin or with a wallet that has the role, and give its role grant.',
  RoleGrantExpired: 'The admin must revoke the grant and make a new one.',
  NotPendingAdmin: 'The admin must propose this wallet first.',

  // The timelock.
  AnnouncementMissing: ANNOUNCE,
  AnnouncementMismatch: 'Make exactly the announced change, or announce this one.',
  TimelockNotPassed: "Wait until ready_at, in the chain's time.",
  AnnouncementExpired: ANNOUNCE,
  AnnouncementUsed: 'Close the announcement and announce the change again.',
  AnnouncementPending: 'Ask the admin or the announcer to take it back.',

  // Pauses.
  MintingPaused: 'Wait until the UNPAUSE role lifts the pause; a short statement of reserves sets it too.',
  RedemptionRequestsPaused: 'Wait until the UNPAUSE role lifts the pause; open redemptions go on meanwhile.',
  CashPaused: 'Wait until the UNPAUSE role lifts the pause; redemptions by request are another way out.',
  TransfersPaused: 'Wait until the UNPAUSE role lifts the pause; overdue redemptions can be reclaimed meanwhile.',

  // Attestors and attestations.
  AttestorUnknown: 'Sign with members of this attestor set: a key that was removed or rotated out counts no more.',
  ThresholdNotReached: 'Gather more signatures: post them over several transactions where one is too small.',
  AttestorSetExpired: "Sign with a live set of the custodian (fetchLiveSets): this one's overlap is over.",
  AttestorSetNotYetValid: 'Wait until valid_from, or sign with another live set.',
  AttestorSetProposed: 'A quorum must activate the set, or the admin after the timelock.',
  AttestorSetActive: 'Nothing to do: it counts already.',
  WrongReplacedSet: 'Propose a set that names the set it replaces, and replaces one that is live.',
  TooManyAttestorSets: 'Let a set expire first: replace one instead of adding another.',
  AttestorRemoved: 'Propose a set without that key: a removed one never comes back.',
  AttestorSetsIncomplete: 'Give all of fetchLiveSets, in that order.',
  TooFewAttestorsRemain: 'Rotate to a new set instead (createAttestorSetPlan, activateAttestorSetPlan).',
  AttestationMismatch:
    'Give exactly what was signed. A settlement names its request by number: one for an earlier request does not count.',
  AttestationExpired: ASK_AGAIN,
  NonceUsed: 'It has landed already, or another one with its nonce has: ask the custodian which.',
  NonceTooOld: ASK_AGAIN,
  AttestationNotExpired: "Close it after its expiry, in the chain's time.",
  NoNewSignature: 'Post signatures of other attestors, or consume it.',
  LayoutOutdated: 'Anyone can bring the account to this layout: send migrateAccountPlan.',

  // Reserves.
  StatementStale: ASK_AGAIN,
  StatementNotNewer: 'Nothing to do: the ticker knows this statement or a newer one.',
  StatementProofInvalid: 'Apply the last signed statement, with the numbers and the proof made for it.',
  ReservesInsufficient: 'The custodian must buy first and attest more.',

  // Redemptions.
  RedemptionIdInvalid: 'Use an id from 0 to 7 that is free.',
  AmountBelowMinimum: 'Redeem more at once, or for cash.',
  RedemptionAcknowledged: 'The custodian has taken it up: wait for the payout, or reclaim after the deadline.',
  RedemptionRejected: 'Claim the shares (claimRedemptionPlan).',
  RedemptionNotRejected: 'Cancel it before it is acknowledged, or reclaim after the deadline.',
  RedemptionOverdue: 'Its owner may reclaim the shares (reclaimRedemptionPlan).',
  RedemptionNotOverdue: "Wait until the deadline, in the chain's time.",

  // Limits and cash.
  TickerLimitExceeded: WAIT_OR_LESS,
  OwnerLimitExceeded: WAIT_OR_LESS,
  DeskLimitExceeded: WAIT_OR_LESS,
  OwnerLimitsMissing: "Open the owner's record (openOwnerLimitsPlan) and give it (ownerLimits: true).",
  PriceOutsideBand: 'Ask for a new quote; if the price has moved, the CASH role must move the band.',
  CashInsufficient: 'Fund the desk, or redeem by request.',
  CashTermsNotMet: 'Ask for a new quote, or accept its price.',
  DeadlinePassed: 'Ask for a new quote and set a later deadline.',

  // Registration, frozen accounts, modes.
  RegistrationMissing: 'Give policy and record (registered: true).',
  PolicyMissing: 'The issuer must create the policy of this mint (createPolicyPlan).',
  NotRegistered: REGISTER,
  RecordExpired: RENEW,
  ProviderNotAccepted: REGISTER,
  AccountHeld: 'Only the COMPLIANCE role lifts a hold (liftHoldPlan).',
  FreezeUnfounded: 'Nothing to do, or place a hold (placeHoldPlan).',
  CorporateActionWindow: 'Try again once the window around the corporate action has passed; ways out are open.',
  StatementPastAction: "Wait for the corporate action's second, or sign a statement dated before it.",
  ActionOpen: 'Close the open corporate action first (anybody may, after its window), or cancel it.',
  ActionTermsInvalid: 'Make the terms with ratioTerms, dividendTerms, symbolChangeTerms or mergerTerms.',
  ActionTooLarge: 'Have a quorum announce it, or split the change in two where it is beyond 1,000.',
  ActionScheduled: 'Cancel it and announce it anew to change its time or what is held after it (cancelActionPlan).',
  ActionNotScheduled: 'A quorum must schedule it first (scheduleActionPlan), or it is cancelled.',
  ActionTimeInvalid: "Choose a time after the window before it, in the chain's time, and within 30 days.",
  ActionEffective: 'Announce a correction (ActionKind.Correction).',
  ActionNotOver: "Wait until the window after it has passed, in the chain's time (fetchActionView).",
  TooManyActions: 'Schedule it after midnight UTC.',
  HistoryTooShort: 'Ask for a later time, or read older events: the chain keeps 32 multipliers.',
  MultiplierPending: 'Wait for the pending change of the multiplier.',
  HoldUnderSeizure: 'Execute or cancel the seizure first (executeSeizurePlan, cancelSeizurePlan).',
  NotSameInvestor: 'The provider must link both wallets to the one investor (linkWalletPlan).',
};

/** Of the gate program. */
export const GATE_ADVICE: Readonly<Record<string, string>> = {
  PowerMissing: 'Sign as the admin or with a wallet that has the role, and give its role grant.',
  RoleGrantExpired: 'The admin must revoke the grant and make a new one.',
  NotRegistered: REGISTER,
  Expired: RENEW,
  ProviderNotAccepted: REGISTER,
  ProviderWidened: 'Add another provider and let the policies accept it.',
  ProviderNumberInvalid: "Read the registry's count: that is the next number.",
  WalletsIncomplete: 'Read the investor anew: a wallet was linked or unlinked meanwhile.',
  InvestorBarred: 'Only the COMPLIANCE role lifts a bar (unbarInvestorPlan).',
  InvestorRevoked: 'Its provider must vouch for it again first (updateInvestorPlan).',
  InvestorHasWallets: 'Unlink its wallets first (unlinkWalletPlan).',
  TimelockNotOver: "Wait until pending_at, in the chain's time.",
  AccountsMissing: 'Resolve the accounts of the transfer hook from the chain (transferPlan does).',
  OwnerNotImmutable: 'Receive in an associated token account: its owner cannot be replaced.',
};
