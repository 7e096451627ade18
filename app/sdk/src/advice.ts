/** What to do about each refusal of issuer and gate. The types hold it complete: an error without advice does not compile. */
import type { GateErrorName, IssuerErrorName } from './error-names.ts';

const ANNOUNCE = 'Announce the change first (announceChangePlan) and make it once the timelock has passed.';
const ASK_AGAIN = 'Ask the custodian for a new attestation.';
const DERIVED = 'Use the plans of this SDK: they derive the address from mint, issuer and owner.';
const LIFT_POLICY_PAUSE = "Wait until the issuer lifts the policy's pause (unpausePolicyPlan).";
const NOT_FOR_THEM = 'They may not take this token; fetchPolicyView says who may.';
const REGISTER = 'A provider that the policy accepts must register the wallet; fetchPolicyView says which.';
const REGISTER_ANEW =
  'Its provider must vouch for the investor again (updateInvestorPlan), unless the issuer barred it.';
const HIGHER_TIER = 'Its provider must find the investor fit for a higher tier (updateInvestorPlan).';
const RENEW = 'Its provider must look again and renew the record (updateInvestorPlan).';
const TOO_MUCH = 'Split it into smaller amounts.';
const UNEXPECTED = 'This should not happen: report it, with the transaction.';
const WAIT_OR_LESS = 'Wait until the limit has drained, or take a smaller amount.';

/** Of the issuer program, by the error's name in the IDL. */
export const ADVICE: Readonly<Record<IssuerErrorName, string>> = {
  // Which account.
  WrongIssuer: 'Name accounts of one issuer: `issuer` of the ticker, custodian or desk says which.',
  WrongCustodian: "Let a set of the ticker's custodian sign (`custodian` of the ticker; fetchLiveSets).",
  WrongMint: DERIVED,
  WrongSubject: DERIVED,
  WrongRentPayer: 'Name who paid the rent, as the account says: it is paid back there.',
  WrongEscrow: DERIVED,
  WrongTokenAccount: DERIVED,
  WrongHold: DERIVED,
  WrongOwner: DERIVED,
  WrongWalletRecord: DERIVED,
  WrongCashDesk: 'Name the desk of this issuer and cash mint (findCashDesk).',
  WrongCashProgram: "Give the program that owns the cash mint's account.",
  LayoutUnknown: 'Only issuers, tickers, custodians and the like are migrated: name one of them.',

  // What is listed.
  SymbolInvalid: 'Write 1 to 16 letters, digits, dots or dashes, like BRK.Bx.',
  IsinInvalid: 'Copy the ISIN anew: two letters, nine letters or digits, a check digit.',
  MicInvalid: 'Write the ISO 10383 code of the exchange, like XNAS.',
  MetadataInvalid: 'Shorten the name to 64 bytes and the URI to 128.',
  TermsInvalid: 'Choose terms within the limits that the README of the program lists.',
  ModeUnknown: 'Choose one of Mode.',

  // Who may do it.
  NotAdmin: "Sign with the issuer's admin.",
  PowerMissing: 'Sign as the admin or with a wallet that has the role, and give its role grant.',
  RoleGrantExpired: 'The admin must revoke the grant and make a new one.',
  NotPendingAdmin: 'The admin must propose this wallet first.',
  RolesInvalid: 'Combine bits of Role, and let the grant expire later than now.',
  TimelockInvalid: 'Choose a timelock from 3,600 to 2,592,000 seconds.',

  // The timelock.
  AnnouncementMissing: ANNOUNCE,
  AnnouncementMismatch: 'Make exactly the announced change, or announce this one.',
  TimelockNotPassed: "Wait until ready_at, in the chain's time: of the announcement, or of the set that signs a quote.",
  AnnouncementExpired: ANNOUNCE,
  AnnouncementUsed: 'Close the announcement and announce the change again.',
  AnnouncementPending: 'Ask the admin or the announcer to take it back.',

  // Pauses.
  MintingPaused: 'Wait until the UNPAUSE role lifts the pause; a short statement of reserves sets it too.',
  RedemptionRequestsPaused: 'Wait until the UNPAUSE role lifts the pause; open redemptions go on meanwhile.',
  CashPaused: 'Wait until the UNPAUSE role lifts the pause; redemptions by request are another way out.',
  TransfersPaused: 'Wait until the UNPAUSE role lifts the pause; overdue redemptions can be reclaimed meanwhile.',
  PauseInvalid: 'Combine bits of Pause, each to set or to lift and not both.',

  // Attestors and attestations.
  AttestorUnknown: 'Sign with members of this attestor set: a key that was removed or rotated out counts no more.',
  AttestorRepeated: 'Give each signature once (joinSignatures does).',
  AttestorsInvalid: 'Give 1 to 16 different keys in rising order of their bytes.',
  AttestorNotFound: 'Nothing to do: no live set has this key (any more).',
  ThresholdInvalid: 'Choose a threshold from 1 to the number of attestors.',
  KindsInvalid: 'Combine kinds with kindsMask.',
  KindNotAllowed: 'Let another set of the custodian sign: this one is not for this kind (`kinds` of the set).',
  ValidityInvalid: 'Let the set expire after it becomes valid, and later than now.',
  OverlapInvalid: 'Choose an overlap within the limit; 0 ends the replaced set at once.',
  CustodianInvalid: 'Name another custodian, one that has a live attestor set.',
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
  AttestationNotYetIssued: "Wait a moment: the attestor's clock is ahead of the chain's; sign by chainTime.",
  AttestationLifetimeInvalid: 'Sign for a shorter time, and let it expire after it is issued.',
  AttestationBodyInvalid: 'Post the body as encodeBody makes it, for this issuer and attestor set.',
  Ed25519Missing: 'Put the Ed25519 instruction right before this one (plans do), or name the posted attestation.',
  Ed25519LayoutInvalid: 'Make the instruction with ed25519Instruction: one layout only is accepted.',
  NonceTooFarAhead: 'Use the next nonce (fetchNextNonce), or one within 1,024 of it.',
  NonceUsed: 'It has landed already, or another one with its nonce has: ask the custodian which.',
  NonceTooOld: ASK_AGAIN,
  AttestationNotExpired: "Close it after its expiry, in the chain's time.",
  NoNewSignature: 'Post signatures of other attestors, or consume it.',
  LayoutOutdated: 'Anyone can bring the account to this layout: send migrateAccountPlan.',

  // Reserves.
  StatementStale: ASK_AGAIN,
  StatementInFuture: "Date the statement by the chain's clock (chainTime), not ahead of it.",
  StatementNotNewer: 'Nothing to do: the ticker knows this statement or a newer one.',
  StatementProofInvalid: 'Apply the last signed statement, with the numbers and the proof made for it.',
  ReservesInsufficient: 'The custodian must buy first and attest more.',

  // Redemptions.
  RedemptionIdInvalid: 'Use an id from 0 to 7 that is free.',
  NotRedemptionOwner: 'Sign with the wallet that requested the redemption.',
  AmountZero: 'Choose an amount above 0.',
  AmountAboveRedemption: 'Settle no more than is left (`amountLeft` of the redemption).',
  AmountOverflow: TOO_MUCH,
  MultiplierInvalid: 'Wait for the issuer: amounts of this mint cannot be counted with its multiplier.',
  WrongDestinationOwner:
    "Give the owner's associated token account (findTokenAccount); make it first where it is not there.",
  DestinationOwnerNotImmutable: 'Receive in the associated token account: its owner cannot be replaced.',
  InvariantSupply: UNEXPECTED,
  InvariantEscrow: UNEXPECTED,
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
  OwnerLimitsInUse: 'Close the record once its limits have drained: after their window of time.',
  PriceOutsideBand: 'Ask for a new quote; if the price has moved, the CASH role must move the band.',
  CashInsufficient: 'Fund the desk, or redeem by request.',
  CashTermsNotMet: 'Ask for a new quote, or accept its price.',
  DeadlinePassed: 'Ask for a new quote and set a later deadline.',
  CashMintNotAllowed: 'Choose a stablecoin without a transfer fee, hook or permanent delegate.',
  PriceBandInvalid: 'Choose a minimum above 0 and at most the maximum, for at most 7 days.',
  DeskLimitInvalid: 'Give the limit a window of more than 0 seconds.',

  // Registration, frozen accounts, modes.
  RegistrationMissing: 'Give policy and record (registered: true).',
  PolicyMissing: 'The issuer must create the policy of this mint (createPolicyPlan).',
  PolicyPaused: LIFT_POLICY_PAUSE,
  RecordRevoked: REGISTER_ANEW,
  CountryNotAllowed: NOT_FOR_THEM,
  TierTooLow: HIGHER_TIER,
  VenueNotAllowed: NOT_FOR_THEM,
  NotRegistered: REGISTER,
  RecordExpired: RENEW,
  ProviderNotAccepted: REGISTER,
  AccountHeld: 'Only the COMPLIANCE role lifts a hold (liftHoldPlan).',
  FreezeUnfounded: 'Nothing to do, or place a hold (placeHoldPlan).',
  EscrowExempt: 'Hold the account of the owner instead: shares in escrow are in a redemption.',
  TickerOpen: 'Nothing to do: everybody may hold this ticker.',
  CorporateActionWindow: 'Try again once the window around the corporate action has passed; ways out are open.',
  WindowInvalid: 'Choose 60 to 86,400 seconds on either side; 0 stands for the default.',
  WrongAction: "Name the ticker's open action (`openAction` of the ticker is its number).",
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
  DestinationNotAssociated: "Take them back to the owner's associated token account (findTokenAccount).",
  HistoryTooShort: 'Ask for a later time, or read older events: the chain keeps 32 multipliers.',
  MultiplierPending: 'Wait for the pending change of the multiplier.',
  HoldUnderSeizure: 'Execute or cancel the seizure first (executeSeizurePlan, cancelSeizurePlan).',
  SeizureInvalid: 'Name an amount (a recovery takes all), another owner to receive it, and not the escrow.',
  SeizureExecuted: 'Nothing to do: the shares have moved.',
  SeizureContested: 'One contest is heard: its note is on record, and the delay is added already.',
  ContestTooLate: 'Turn to the issuer: the time to contest is over, whether it was executed or not.',
  NotSameInvestor: 'The provider must link both wallets to the one investor (linkWalletPlan).',
};

/** Of the gate program. */
export const GATE_ADVICE: Readonly<Record<GateErrorName, string>> = {
  // Which account.
  WrongIssuer: 'Name an Issuer account, or the signer itself as the keeper of a registry of its own.',
  WrongMint: DERIVED,
  WrongPolicy: DERIVED,
  WrongWallet: DERIVED,
  TokenAccountInvalid: DERIVED,
  WrongRentPayer: 'Name who paid the rent, as the account says: it is paid back there.',
  WrongProvider: "Name the provider that the investor's record names (fetchInvestorView).",
  WrongInvestor: "Name the investor that the wallet's record names.",
  NotAVenue: 'This is a wallet of an investor: its provider unlinks it (unlinkWalletPlan).',

  // Who may do it.
  NotProvider: "Sign with the provider's authority (`authority` of the provider).",
  NotOwnerNorProvider: 'Sign with the wallet itself or with its provider.',
  NotConfigAuthority: "Sign with the authority of the mint's Token ACL configuration.",
  PowerMissing: 'Sign as the admin or with a wallet that has the role, and give its role grant.',
  RoleGrantExpired: 'The admin must revoke the grant and make a new one.',
  NotRegistered: REGISTER,
  Expired: RENEW,
  Revoked: REGISTER_ANEW,
  CountryNotAllowed: NOT_FOR_THEM,
  TierTooLow: HIGHER_TIER,
  VenueNotAllowed: NOT_FOR_THEM,
  PolicyPaused: LIFT_POLICY_PAUSE,
  MayHold: 'Nothing to do: only the account of a wallet that may not hold the mint is frozen.',
  ProviderNotAccepted: REGISTER,
  ProviderWidened: 'Add another provider and let the policies accept it.',
  ProviderNumberInvalid: "Read the registry's count: that is the next number.",
  ProviderExpired: "COMPLIANCE must extend the provider's time (setProviderPlan).",
  ProviderInvalid: 'Give an authority and countries by countrySet; schema and offsets for SAS only.',
  ProviderUnknown: 'Name numbers below the count of the registry.',
  TooManyProviders: 'Change one of the 64 that there are (setProviderPlan).',
  WrongEvidence: "Register as the provider's evidence says: by its signature, or from an attestation of SAS.",
  CountryNotOfProvider:
    'Let a provider for this country register the investor, or widen the list of countries by another.',
  TierNotOfProvider: 'Claim a lower tier, or let a provider for higher ones register the investor.',
  ValidityInvalid: 'Let the record expire later than now and within 732 days.',
  WalletsIncomplete: 'Read the investor anew: a wallet was linked or unlinked meanwhile.',
  InvestorBarred: 'Only the COMPLIANCE role lifts a bar (unbarInvestorPlan).',
  InvestorRevoked: 'Its provider must vouch for it again first (updateInvestorPlan).',
  InvestorNotBarred: 'Nothing to do: there is no bar to lift.',
  TooManyWallets: 'Unlink one of the eight first (unlinkWalletPlan).',
  InvestorHasWallets: 'Unlink its wallets first (unlinkWalletPlan).',
  TimelockNotOver: "Wait until pending_at, in the chain's time.",
  NothingPending: 'Nothing to do: no looser terms wait.',
  TickerGoverned: "Change it as the ticker's issuer: by its COMPLIANCE role.",
  AlreadyClaimed: 'Nothing to do.',
  PolicyFlagsUnknown: 'Make the terms with policyTerms, of this release of the SDK.',
  MintInvalid: 'Name a mint of Token-2022 that has extensions.',
  MintClosable: 'Take away the close authority of the mint first.',
  SasCredentialInvalid: "Give the credential that the provider's record names.",
  SasSchemaInvalid: "Give the schema that the provider's record names, with country and tier where it says.",
  SasSchemaPaused: 'Wait until the issuer of the schema lifts its pause.',
  SasAttestationInvalid: "Give an attestation of the provider's credential and schema.",
  SasAttestationExpired: 'Ask the provider for a new attestation, then registerFromSasPlan or syncFromSasPlan.',
  SasSignerNotAuthorized: 'Ask the provider for an attestation by a signer that the credential still names.',
  SasWrongSubject: 'Give the attestation whose nonce is this wallet.',
  SasWrongAttestation: 'Give the attestation that the investor was registered from (its record names it).',
  AccountsMissing: 'Resolve the accounts of the transfer hook from the chain (transferPlan does).',
  NotTransferring: 'Send a transfer of Token-2022: the hook is not called by itself.',
  NotTokenAcl: 'Thaw or freeze through the Token ACL program.',
  OwnerNotImmutable: 'Receive in an associated token account: its owner cannot be replaced.',
};
