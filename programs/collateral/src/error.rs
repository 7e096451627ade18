use anchor_lang::prelude::*;

/// What was wrong, as a fact. Append only: a number, once released, keeps its meaning. A market
/// condition is never an error: it is a reason in the answer.
#[error_code(offset = 7000)]
pub enum CollateralError {
    // Who and which account.
    #[msg("the signer is not the curator's admin")]
    NotAdmin,
    #[msg("the signer is not the wallet that was named as the next admin")]
    NotPendingAdmin,
    #[msg("the signer's role does not allow this")]
    RoleMissing,
    #[msg("the account belongs to another curator")]
    WrongCurator,
    #[msg("the calendar is not the one of the feed's rules")]
    WrongCalendar,
    #[msg("the mint is not the feed's")]
    WrongMint,
    #[msg("the account is not an initialised Token-2022 mint with extensions")]
    MintInvalid,

    // Curator.
    #[msg("the admin cannot be the empty key")]
    AdminInvalid,
    #[msg("a role has unknown bits, or the wallet is the empty key")]
    RoleInvalid,
    #[msg("the curator has no place for another wallet")]
    RolesFull,
    #[msg("a timelock is between an hour and 30 days")]
    TimelockInvalid,

    // Calendar.
    #[msg("a market identifier code is four capital letters or digits")]
    MicInvalid,
    #[msg("the hours are not in order within a day")]
    HoursInvalid,
    #[msg("a year is 2000 to 2399, has no days beyond its end, and is given once")]
    YearInvalid,
    #[msg("the calendar holds later years only")]
    YearTooOld,

    // Rules.
    #[msg("a feed's rules are incomplete or beyond a limit")]
    ConfigInvalid,
    #[msg("no change is pending")]
    NothingPending,
    #[msg("a halt ends in the future")]
    HaltInvalid,
    #[msg("there is no halt")]
    NotHalted,

    // Asking.
    #[msg("one to five amounts are valued at a time")]
    AmountsInvalid,
    #[msg("the accounts are not exactly those that the feeds need")]
    AccountsInvalid,
    #[msg("the price account is not of an oracle program")]
    OracleProgramUnknown,
    #[msg("the price account is not the one that the feed names")]
    WrongPriceAccount,
    #[msg("the price account holds another feed")]
    WrongFeedId,
    #[msg("the price account is not in a known layout")]
    PriceLayoutInvalid,
    #[msg("the price update is not fully verified")]
    PriceNotVerified,
    #[msg("the price cannot be recorded")]
    ObservationUnusable,
}
