//! The example lender: addresses, account layouts and instructions, for wallets and for bots that
//! liquidate.

mod instruction;
pub mod pda;
mod state;

pub use instruction::{
    CallValue, CashAccounts, CollateralAccounts, LenderInstruction, add_collateral, borrow,
    create_market, deposit, liquidate, redeem, repay, set_collateral, supply, withdraw,
};
pub use state::{
    ACCOUNT_VERSION, Collateral, CollateralTerms, Holding, LenderAccount, MAX_HOLDINGS, Market,
    MarketTerms, Position, Supplier,
};
