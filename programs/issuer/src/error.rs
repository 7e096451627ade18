use anchor_lang::prelude::*;

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
    #[msg("the account is not the one that paid this redemption's rent")]
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
    #[msg("a custodian with tickers changes its attestors by rotation only")]
    CustodianInUse,

    // Attestations.
    #[msg("the instruction just before this one is not an Ed25519 verification")]
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
    #[msg("the destination is not a token account of the attested owner")]
    WrongDestinationOwner,
    #[msg("the destination's owner could be replaced: use the associated token account")]
    DestinationOwnerNotImmutable,

    // Invariants: none of these can be reached; if one is, a change of state was stopped.
    #[msg("invariant: supply is above minted less redeemed")]
    InvariantSupply,
    #[msg("invariant: the escrow holds less than the open redemptions")]
    InvariantEscrow,
}
