//! One file per instruction: check, effect, interaction.

mod add_collateral;
mod borrow;
mod create_market;
mod deposit;
mod liquidate;
mod redeem;
mod repay;
mod set_collateral;
mod supply;
mod withdraw;

pub use add_collateral::add_collateral;
pub use borrow::borrow;
pub use create_market::create_market;
pub use deposit::deposit;
pub use liquidate::liquidate;
pub use redeem::redeem;
pub use repay::repay;
pub use set_collateral::set_collateral;
pub use supply::supply;
pub use withdraw::withdraw;

use crate::{
    accounts::{Accounts, now},
    error::{LenderError, require},
};
use scrip_interface::lender::Market;
use solana_program::{account_info::AccountInfo, program_error::ProgramError};

const BPS: u16 = 10_000;

/// The next account, a market, with the interest up to now.
fn accrued<'a, 'info>(
    accounts: &mut Accounts<'a, 'info>,
) -> Result<(&'a AccountInfo<'info>, Market), ProgramError> {
    let (account, mut market) = accounts.state::<Market>()?;
    market.accrue(now()?).ok_or(LenderError::Overflow)?;
    Ok((account, market))
}

fn not_zero(amount: u64) -> Result<(), LenderError> {
    require(amount > 0, LenderError::AmountZero)
}
