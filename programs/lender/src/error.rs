//! What was wrong, as a fact. Append only: a number, once released, keeps its meaning.

use solana_program::program_error::ProgramError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum LenderError {
    // Who and which account.
    /// The data is no instruction of this program.
    InstructionInvalid = 8_000,
    /// There are fewer accounts than the instruction needs.
    AccountsMissing,
    /// An account that must sign has not.
    SignatureMissing,
    /// The account is not this program's, or of another kind.
    AccountInvalid,
    /// The account's address is not the derived one.
    WrongAddress,
    /// The account is of another market.
    WrongMarket,
    /// The signer is not the account's owner.
    WrongOwner,
    /// The vault is not the market's for this token.
    WrongVault,
    /// The mint is not the one that is meant.
    WrongMint,
    /// The token program is not the mint's.
    WrongTokenProgram,
    /// The program is not the collateral program.
    WrongCollateralProgram,
    /// The collaterals are not the position's holdings, in their order.
    WrongHoldings,

    // Terms and amounts.
    /// A term is beyond its limit, or does not fit another one.
    TermsInvalid,
    /// Nothing would be moved.
    AmountZero,
    /// A vault has not changed by the amount moved: the token takes a fee.
    TransferIncomplete,
    /// A number does not fit 64 bits.
    Overflow,
    /// The market has not so much that is not lent.
    CashInsufficient,
    /// The supplier has not so many shares.
    SharesInsufficient,
    /// The position does not hold so much.
    CollateralInsufficient,
    /// The market takes no more of this collateral.
    DepositLimit,
    /// The position holds as many kinds of collateral as can be valued at once.
    PositionFull,
    /// A position with debt takes only collateral that it holds already.
    CollateralNotHeld,

    // What a collateral is worth.
    /// The collateral program's answer is not to the question asked.
    AnswerInvalid,
    /// The feed's rules are not those that the market's owner has agreed to.
    RulesNotAgreed,
    /// The collateral program does not allow this now: the log says why.
    NotAllowed,
    /// The collateral does not carry so much debt.
    DebtTooHigh,
    /// The debt would be too small to be worth a liquidation.
    DebtTooSmall,
    /// There is no debt.
    NoDebt,
    /// The position is not to be liquidated.
    Healthy,
    /// Less would be seized than the liquidator asks for.
    SeizedTooLittle,
}

impl From<LenderError> for ProgramError {
    fn from(error: LenderError) -> Self {
        Self::Custom(error as u32)
    }
}

/// For conditions: `require(owner == signer, LenderError::WrongOwner)?`.
pub fn require(condition: bool, error: LenderError) -> Result<(), LenderError> {
    if condition { Ok(()) } else { Err(error) }
}
