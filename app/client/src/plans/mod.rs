//! The instructions of each thing one does, complete: accounts found, attestation in its place. One
//! plan is one transaction, unless it says otherwise.

mod cash;
mod mint;
mod posted;
mod receive;
mod redemption;
mod reserves;
mod seizure;
mod transfer;

pub use cash::{Cash, Terms, redeem_for_cash, subscribe_for_cash};
pub use mint::{attest_mint, mint_table};
pub use posted::{SIGNATURES_PER_POST, post_attestation, posted_address};
pub use receive::receive;
pub use redemption::{
    OpenRedemption, Return, acknowledge_redemption, reject_redemption, request_redemption,
    return_redemption, settle_redemption,
};
pub use reserves::{attest_reserves, attest_statement};
pub use seizure::execute_seizure;
pub use transfer::transfer;

use crate::{
    attestation::AttestationError, hook::HookError, issuer::types::StatementArgs,
    programs::Programs, source::Source,
};
use scrip_interface::attestation::ReserveStatement;
use solana_address::Address;
use thiserror::Error;

/// Where and from what plans are made.
#[derive(Debug)]
pub struct Planner<'a, S> {
    pub source: &'a S,
    pub programs: &'a Programs,
}

// Not derived: a source need not be copied for it.
impl<S> Clone for Planner<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Planner<'_, S> {}

/// What a ticker asks for besides, of its primary market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Primary {
    /// It limits what one owner may be minted or redeem for cash.
    pub owner_limits: bool,
    /// It is for registered wallets: frozen and hooked tickers, and open ones with KYC at the primary.
    pub registered: bool,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError<E> {
    #[error(transparent)]
    Source(E),
    #[error(transparent)]
    Attestation(#[from] AttestationError),
    #[error(transparent)]
    Hook(#[from] HookError<E>),
    #[error("{what} is not on the chain ({address})")]
    Missing { what: &'static str, address: Address },
}

pub type Planned<S> = Result<Vec<solana_instruction::Instruction>, PlanError<<S as Source>::Error>>;

pub(crate) const fn statement_args(statement: &ReserveStatement) -> StatementArgs {
    StatementArgs {
        as_of: statement.as_of,
        settled_shares_e8: statement.settled_shares_e8,
        receivable_shares_e8: statement.receivable_shares_e8,
    }
}
