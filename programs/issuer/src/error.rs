use anchor_lang::prelude::*;
use scrip_interface::gate::Reasons;

/// What was wrong, as a fact. Append only: a number, once released, keeps its meaning.
#[error_code(offset = 6000)]
pub enum IssuerError {
    // Who and which account.
    #[msg("the signer is not the issuer's admin")]
    NotAdmin,
    #[msg("the account belongs to another issuer")]
    WrongIssuer,
    #[msg("the attestor set belongs to another custodian than the ticker's")]
    WrongCustodian,
    #[msg("the account belongs to another mint")]
    WrongMint,
    #[msg("the nonce window belongs to another subject")]
    WrongSubject,
    #[msg("the account is not the one that paid the rent")]
    WrongRentPayer,
    #[msg("the escrow account is not the ticker's own")]
    WrongEscrow,

    // Listing.
    #[msg("a symbol is 1 to 16 letters, digits, dots or dashes, padded with zeros")]
    SymbolInvalid,
    #[msg("the ISIN's form or check digit is wrong")]
    IsinInvalid,
    #[msg("a market identifier code is four capital letters or digits")]
    MicInvalid,
    #[msg("a name is 1 to 64 bytes and an URI at most 128")]
    MetadataInvalid,
    #[msg("a ticker's term is zero or beyond its limit")]
    TermsInvalid,

    // Attestor sets.
    #[msg("a set has 1 to 16 attestors, in rising order of their keys, none twice")]
    AttestorsInvalid,
    #[msg("the threshold is 0 or above the number of attestors")]
    ThresholdInvalid,
    #[msg("the mask of kinds is empty or has unknown bits")]
    KindsInvalid,
    #[msg("the set expires before it is valid, or has expired already")]
    ValidityInvalid,

    // Attestations.
    #[msg(
        "the instruction just before is not an Ed25519 verification, and no posted attestation is given"
    )]
    Ed25519Missing,
    #[msg("the Ed25519 instruction is not in the one accepted layout")]
    Ed25519LayoutInvalid,
    #[msg("the signed message is not the attestation of these arguments and accounts")]
    AttestationMismatch,
    #[msg("a signature is of a key outside the attestor set")]
    AttestorUnknown,
    #[msg("an attestor's signature is there twice")]
    AttestorRepeated,
    #[msg("fewer attestors signed than the set's threshold")]
    ThresholdNotReached,
    #[msg("this attestor set may not sign this kind of attestation")]
    KindNotAllowed,
    #[msg("the attestor set is not valid yet")]
    AttestorSetNotYetValid,
    #[msg("the attestor set has expired")]
    AttestorSetExpired,
    #[msg("the attestation is issued in the future")]
    AttestationNotYetIssued,
    #[msg("the attestation has expired")]
    AttestationExpired,
    #[msg("the attestation's lifetime is not positive or above the limit")]
    AttestationLifetimeInvalid,
    #[msg("the nonce was used before")]
    NonceUsed,
    #[msg("the nonce is below the window")]
    NonceTooOld,
    #[msg("the nonce is more than a window ahead")]
    NonceTooFarAhead,

    // Reserves, mint and redemption.
    #[msg("the statement of reserves is dated in the future")]
    StatementInFuture,
    #[msg("the statement of reserves is too old")]
    StatementStale,
    #[msg("supply would exceed the attested reserves")]
    ReservesInsufficient,
    #[msg("the mint's multiplier is not a positive normal number, or too large")]
    MultiplierInvalid,
    #[msg("the amount is zero")]
    AmountZero,
    #[msg("the amount is above what is left of the redemption")]
    AmountAboveRedemption,
    #[msg("an amount exceeds 64 bits")]
    AmountOverflow,
    #[msg("the destination is not a token account of the owner")]
    WrongDestinationOwner,
    #[msg("the destination's owner could be replaced: use the associated token account")]
    DestinationOwnerNotImmutable,

    // Invariants: none of these can be reached; if one is, a change of state was stopped.
    #[msg("invariant: supply is above minted less redeemed")]
    InvariantSupply,
    #[msg("invariant: the escrow holds less than the open redemptions")]
    InvariantEscrow,

    // Roles, the timelock and pauses.
    #[msg("the signer lacks the power that this needs: a role grant, or the admin's place")]
    PowerMissing,
    #[msg("the role grant has expired")]
    RoleGrantExpired,
    #[msg("the signer is not the proposed admin")]
    NotPendingAdmin,
    #[msg("a role grant needs a known role and an expiry in the future")]
    RolesInvalid,
    #[msg("the timelock is 1 hour to 30 days")]
    TimelockInvalid,
    #[msg("this change must be announced first: it waits for the timelock")]
    AnnouncementMissing,
    #[msg("the announcement is of another change")]
    AnnouncementMismatch,
    #[msg("the timelock has not passed yet")]
    TimelockNotPassed,
    #[msg("the announced change was not made in time: announce it again")]
    AnnouncementExpired,
    #[msg("the announced change was made already")]
    AnnouncementUsed,
    #[msg("the announcement still waits: only the admin or its announcer may take it back")]
    AnnouncementPending,
    #[msg("the mask of pauses is empty, has unknown bits, or sets and lifts the same one")]
    PauseInvalid,
    #[msg("minting is paused")]
    MintingPaused,
    #[msg("requests of redemptions are paused")]
    RedemptionRequestsPaused,
    #[msg("trades for cash are paused")]
    CashPaused,
    #[msg("all movements of this ticker are paused")]
    TransfersPaused,
    #[msg("the account has a layout of an earlier release: migrate it first")]
    LayoutOutdated,
    #[msg("the account is of no kind that has layouts to migrate")]
    LayoutUnknown,

    // Rotation of attestors.
    #[msg("the attestor set is only proposed")]
    AttestorSetProposed,
    #[msg("the attestor set is active already")]
    AttestorSetActive,
    #[msg("the set to replace is not the one the proposal names, or is no longer live")]
    WrongReplacedSet,
    #[msg("the overlap is above its limit")]
    OverlapInvalid,
    #[msg("a custodian has at most 8 live attestor sets")]
    TooManyAttestorSets,
    #[msg("the set has a key that was removed from this custodian's attestors")]
    AttestorRemoved,
    #[msg("all live sets of the custodian must be given, in its own order")]
    AttestorSetsIncomplete,
    #[msg("no live set of the custodian has this key")]
    AttestorNotFound,
    #[msg("fewer attestors than the threshold would remain: rotate the set instead")]
    TooFewAttestorsRemain,
    #[msg("the ticker's custodian must change to another one with a live attestor set")]
    CustodianInvalid,

    // Posted attestations and statements.
    #[msg("the posted body is not one of this kind, for this issuer and attestor set")]
    AttestationBodyInvalid,
    #[msg("none of these signatures is new")]
    NoNewSignature,
    #[msg("a posted attestation is closed after it has expired only")]
    AttestationNotExpired,
    #[msg("the ticker has a statement of this date or a later one")]
    StatementNotNewer,
    #[msg("the proof does not lead from this ticker's reserves to the signed root")]
    StatementProofInvalid,

    // Redemptions.
    #[msg("an owner has at most 8 open redemptions, of ids 0 to 7")]
    RedemptionIdInvalid,
    #[msg("the amount is below the ticker's smallest redemption")]
    AmountBelowMinimum,
    #[msg("the signer is not the redemption's owner")]
    NotRedemptionOwner,
    #[msg("the redemption was acknowledged already")]
    RedemptionAcknowledged,
    #[msg("the redemption was rejected: its owner may claim the shares")]
    RedemptionRejected,
    #[msg("the redemption was not rejected")]
    RedemptionNotRejected,
    #[msg("the redemption's deadline has passed: its owner may reclaim the shares")]
    RedemptionOverdue,
    #[msg("the redemption's deadline has not passed yet")]
    RedemptionNotOverdue,

    // Limits and cash.
    #[msg("the ticker's limit for this time is used up")]
    TickerLimitExceeded,
    #[msg("the owner's limit for this time is used up")]
    OwnerLimitExceeded,
    #[msg("the ticker limits each owner: open the owner's limits and give that account")]
    OwnerLimitsMissing,
    #[msg("the account belongs to another owner")]
    WrongOwner,
    #[msg("the owner's limits have not drained yet")]
    OwnerLimitsInUse,
    #[msg("cash is a mint of Token or Token-2022 with no extension but metadata")]
    CashMintNotAllowed,
    #[msg("the account belongs to another cash desk")]
    WrongCashDesk,
    #[msg("the token program is not the cash mint's")]
    WrongCashProgram,
    #[msg("the price is outside the ticker's band, or the band has expired")]
    PriceOutsideBand,
    #[msg("a band has a minimum above 0, a maximum not below it, and expires within 7 days")]
    PriceBandInvalid,
    #[msg("the desk's outflow limit for this time is used up")]
    DeskLimitExceeded,
    #[msg("a desk's outflow limit needs a window of time")]
    DeskLimitInvalid,
    #[msg("the desk's vault holds less than the amount")]
    CashInsufficient,
    #[msg("the cash amount is beyond what the owner accepts")]
    CashTermsNotMet,
    #[msg("the owner's own deadline has passed")]
    DeadlinePassed,
    #[msg("a mode is 0 (open), 1 (frozen) or 2 (hooked)")]
    ModeUnknown,

    // Registration: what the gate says of an owner.
    #[msg("the ticker is for registered wallets: give its policy and the owner's record")]
    RegistrationMissing,
    #[msg("the gate has no policy at this address")]
    PolicyMissing,
    #[msg("the account is not where the gate keeps this owner's record")]
    WrongWalletRecord,
    #[msg("the mint's policy is paused")]
    PolicyPaused,
    #[msg("the gate has no record of the owner")]
    NotRegistered,
    #[msg("the owner's record was revoked")]
    RecordRevoked,
    #[msg("the owner's record has expired")]
    RecordExpired,
    #[msg("the mint is not for investors of the owner's country")]
    CountryNotAllowed,
    #[msg("the mint asks for a higher tier than the owner's")]
    TierTooLow,
    #[msg("the mint's policy does not accept who registered the owner")]
    ProviderNotAccepted,
    #[msg("the mint's policy takes no venues")]
    VenueNotAllowed,

    // Frozen accounts, holds and modes.
    #[msg("the account is no token account of this mint")]
    WrongTokenAccount,
    #[msg("the token account is held: compliance must lift the hold first")]
    AccountHeld,
    #[msg("the account is not where this token account's hold is or would be")]
    WrongHold,
    #[msg("nothing is against the account: it is not held, and its owner may hold the mint")]
    FreezeUnfounded,
    #[msg("the escrow of redemptions is neither frozen nor held")]
    EscrowExempt,
    #[msg("the ticker is open already")]
    TickerOpen,

    // Seizures.
    #[msg(
        "a seizure names an amount, and a recovery all; to another owner than it takes from, and not the escrow"
    )]
    SeizureInvalid,
    #[msg("the seizure was executed: it is over")]
    SeizureExecuted,
    #[msg("the seizure was contested already")]
    SeizureContested,
    #[msg("the seizure may be executed already: it can be contested before that only")]
    ContestTooLate,
    #[msg("the token account's hold is an open seizure's: execute or cancel that first")]
    HoldUnderSeizure,
    #[msg("a recovery goes to another wallet of the same investor, by the gate's records of both")]
    NotSameInvestor,
    // Corporate actions.
    #[msg("the terms do not fit the kind of the corporate action, or do not agree with each other")]
    ActionTermsInvalid,
    #[msg(
        "a change is at most 1,000 to one or one to 1,000, and, but for splits, a quarter where no quorum announces it"
    )]
    ActionTooLarge,
    #[msg("the ticker has an open corporate action")]
    ActionOpen,
    #[msg("the account is not the ticker's open corporate action")]
    WrongAction,
    #[msg("the corporate action is scheduled already")]
    ActionScheduled,
    #[msg("the corporate action is not scheduled yet")]
    ActionNotScheduled,
    #[msg("a corporate action takes effect after the window before it, and within 30 days")]
    ActionTimeInvalid,
    #[msg("the corporate action has taken effect")]
    ActionEffective,
    #[msg("the window after the corporate action has not passed")]
    ActionNotOver,
    #[msg("at most 4 corporate actions of a ticker are scheduled in a day")]
    TooManyActions,
    #[msg("the mint has a pending change of its multiplier, which another would replace")]
    MultiplierPending,
    #[msg("closed around a corporate action's time")]
    CorporateActionWindow,
    #[msg(
        "the statement is dated at or after a pending corporate action's time: it waits for that"
    )]
    StatementPastAction,
    #[msg("a window is 60 seconds to a day on either side")]
    WindowInvalid,
    #[msg("the history of multipliers does not reach back to this time")]
    HistoryTooShort,
    #[msg("shares come back to the owner's associated token account")]
    DestinationNotAssociated,
}

impl IssuerError {
    /// The first of the gate's reasons.
    pub fn of(reasons: Reasons) -> Self {
        [
            (Reasons::POLICY_PAUSED, Self::PolicyPaused),
            (Reasons::NOT_REGISTERED, Self::NotRegistered),
            (Reasons::REVOKED, Self::RecordRevoked),
            (Reasons::EXPIRED, Self::RecordExpired),
            (Reasons::VENUE_NOT_ALLOWED, Self::VenueNotAllowed),
            (Reasons::PROVIDER_NOT_ACCEPTED, Self::ProviderNotAccepted),
            (Reasons::COUNTRY_NOT_ALLOWED, Self::CountryNotAllowed),
            (Reasons::TIER_TOO_LOW, Self::TierTooLow),
        ]
        .into_iter()
        // One that a later gate knows more of: refused all the same.
        .find_map(|(reason, error)| reasons.has(reason).then_some(error))
        .unwrap_or(Self::NotRegistered)
    }
}
