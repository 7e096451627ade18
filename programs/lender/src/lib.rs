//! An example money market: a stablecoin, lent against tokenized shares.
//!
//! Native: `solana-program` and Borsh, no Anchor. Of Scrip it links `scrip-interface` alone, and it
//! learns what a share is worth, and what may be done with it, by one call to the collateral
//! program: see `pricing.rs`. `README.md` walks through it.

mod accounts;
pub mod error;
mod instructions;
mod ledger;
mod pricing;
mod token;

use accounts::Accounts;
use borsh::BorshDeserialize;
use error::LenderError;
use scrip_interface::lender::LenderInstruction as Ix;
use solana_program::{account_info::AccountInfo, entrypoint::ProgramResult, pubkey::Pubkey};

#[cfg(not(feature = "no-entrypoint"))]
scrip_entry::entrypoint!(process);

#[cfg(not(feature = "no-entrypoint"))]
scrip_entry::security_txt!("Scrip lender");

pub const ID: Pubkey = scrip_interface::ids::LENDER;

/// The builders of `scrip_interface::lender` give each instruction's accounts, in their order.
pub fn process(program: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    let instruction = Ix::try_from_slice(data).map_err(|_| LenderError::InstructionInvalid)?;
    let accounts = &mut Accounts::new(program, accounts);
    match instruction {
        Ix::CreateMarket { id, terms } => instructions::create_market(accounts, id, terms),
        Ix::AddCollateral { terms } => instructions::add_collateral(accounts, terms),
        Ix::SetCollateral { terms } => instructions::set_collateral(accounts, terms),
        Ix::Supply { amount } => instructions::supply(accounts, amount),
        Ix::Redeem { shares } => instructions::redeem(accounts, shares),
        Ix::Deposit { raw } => instructions::deposit(accounts, raw),
        Ix::Withdraw { raw } => instructions::withdraw(accounts, raw),
        Ix::Borrow { amount } => instructions::borrow(accounts, amount),
        Ix::Repay { max_amount } => instructions::repay(accounts, max_amount),
        Ix::Liquidate { max_repaid, min_seized } => {
            instructions::liquidate(accounts, max_repaid, min_seized)
        }
    }
}
