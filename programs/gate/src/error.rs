use anchor_lang::prelude::*;
use scrip_interface::{gate::Reasons, issuer::PowerError};

/// What was wrong, as a fact. Append only: a number, once released, keeps its meaning.
#[error_code(offset = 9000)]
pub enum GateError {
    // Who and which account.
    #[msg("the signer has no grant of the role that this needs")]
    PowerMissing,
    #[msg("the signer's role grant has expired")]
    RoleGrantExpired,
    #[msg("the account is no issuer, and not the signer's own registry")]
    WrongIssuer,
    #[msg("the account belongs to another mint")]
    WrongMint,
    #[msg("the account is not the one that paid the rent")]
    WrongRentPayer,

    // Why a wallet may not hold or move a mint.
    #[msg("the mint's policy is paused")]
    PolicyPaused,
    #[msg("the gate has no record of this wallet")]
    NotRegistered,
    #[msg("the wallet's record was revoked")]
    Revoked,
    #[msg("the wallet's record has expired")]
    Expired,
    #[msg("the mint is not for investors of this country")]
    CountryNotAllowed,
    #[msg("the mint asks for a higher tier")]
    TierTooLow,
    #[msg("the mint's policy does not accept who registered this wallet")]
    ProviderNotAccepted,
    #[msg("the mint's policy takes no venues")]
    VenueNotAllowed,

    // Records.
    #[msg("the signer is not the provider's authority")]
    NotProvider,
    #[msg("the account belongs to another provider")]
    WrongProvider,
    #[msg("the provider goes by another kind of evidence")]
    WrongEvidence,
    #[msg("the provider's time is over")]
    ProviderExpired,
    #[msg("a provider needs an authority, real countries and what its evidence needs, no more")]
    ProviderInvalid,
    #[msg("the number is not the registry's next")]
    ProviderNumberInvalid,
    #[msg("the registry has all the providers it can have")]
    TooManyProviders,
    #[msg("a provider gets no countries or tiers beyond those it has")]
    ProviderWidened,
    #[msg("the provider has no say about this country")]
    CountryNotOfProvider,
    #[msg("the provider may not give so high a tier")]
    TierNotOfProvider,
    #[msg("a record must expire later than now, within two years")]
    ValidityInvalid,
    #[msg("the issuer has barred the investor")]
    InvestorBarred,
    #[msg("the investor is not barred")]
    InvestorNotBarred,
    #[msg("the investor's provider has taken its word back")]
    InvestorRevoked,
    #[msg("the wallet is another investor's")]
    WrongInvestor,
    #[msg("the signer is neither the wallet nor its provider")]
    NotOwnerNorProvider,
    #[msg("the investor has all the wallets it can have")]
    TooManyWallets,
    #[msg("the records given are not those of all the investor's wallets, in its order")]
    WalletsIncomplete,
    #[msg("the investor still has wallets")]
    InvestorHasWallets,
    #[msg("the wallet is not a venue")]
    NotAVenue,

    // Evidence of the Solana Attestation Service.
    #[msg("the account is not the provider's credential")]
    SasCredentialInvalid,
    #[msg("the account is not the provider's schema, or has no country and tier where it says")]
    SasSchemaInvalid,
    #[msg("the schema is paused")]
    SasSchemaPaused,
    #[msg("the account is no attestation of the provider's credential and schema")]
    SasAttestationInvalid,
    #[msg("the attestation has expired")]
    SasAttestationExpired,
    #[msg("the credential no longer authorises who signed the attestation")]
    SasSignerNotAuthorized,
    #[msg("the attestation is about another wallet")]
    SasWrongSubject,
    #[msg("the attestation is not the one that the investor was registered from")]
    SasWrongAttestation,

    // Policies, the lists of extra accounts, the transfer hook and the gate of sRFC-37.
    #[msg("the account is no mint of Token-2022 with extensions")]
    MintInvalid,
    #[msg("the mint could be closed and made again under its policy")]
    MintClosable,
    #[msg("the mint is not under Token ACL with the signer as its authority")]
    NotConfigAuthority,
    #[msg("the policy is of a mint with a ticker")]
    TickerGoverned,
    #[msg("the policy is the signer's already")]
    AlreadyClaimed,
    #[msg("the policy has flags that this release does not know")]
    PolicyFlagsUnknown,
    #[msg("the issuer has no provider of this number")]
    ProviderUnknown,
    #[msg("nothing is pending")]
    NothingPending,
    #[msg("the wait is not over")]
    TimelockNotOver,
    #[msg("the account is not the mint's policy")]
    WrongPolicy,
    #[msg("the account is not the gate's record of this wallet")]
    WrongWallet,
    #[msg("accounts that the check needs were left out")]
    AccountsMissing,
    #[msg("the account is no token account of this mint and owner")]
    TokenAccountInvalid,
    #[msg("no transfer is under way")]
    NotTransferring,
    #[msg("the token account's owner could be replaced")]
    OwnerNotImmutable,
    #[msg("the call does not come from Token ACL")]
    NotTokenAcl,
    #[msg("the wallet may hold the mint")]
    MayHold,
}

impl GateError {
    /// The first of the reasons, of which there is one.
    pub fn of(reasons: Reasons) -> Self {
        [
            (Reasons::POLICY_PAUSED, Self::PolicyPaused),
            (Reasons::NOT_REGISTERED, Self::NotRegistered),
            (Reasons::REVOKED, Self::Revoked),
            (Reasons::EXPIRED, Self::Expired),
            (Reasons::VENUE_NOT_ALLOWED, Self::VenueNotAllowed),
            (Reasons::PROVIDER_NOT_ACCEPTED, Self::ProviderNotAccepted),
            (Reasons::COUNTRY_NOT_ALLOWED, Self::CountryNotAllowed),
            (Reasons::TIER_TOO_LOW, Self::TierTooLow),
            (Reasons::OWNER_NOT_IMMUTABLE, Self::OwnerNotImmutable),
        ]
        .into_iter()
        // One that only a later release knows: refused all the same.
        .find_map(|(reason, error)| reasons.has(reason).then_some(error))
        .unwrap_or(Self::NotRegistered)
    }
}

impl From<PowerError> for GateError {
    fn from(error: PowerError) -> Self {
        match error {
            PowerError::Missing => Self::PowerMissing,
            PowerError::Expired => Self::RoleGrantExpired,
        }
    }
}
