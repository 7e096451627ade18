//! Scrip's collateral program: what a tokenized share is worth to a lender, at any hour.
//!
//! A protocol asks by CPI and gets floor, middle and ceiling, session, age, haircut and what it may
//! do, with weekends, halts and corporate actions taken into account. It works for any Token-2022
//! mint. See `README.md` for the accounts, errors, reasons, trust model and invariants.

use anchor_lang::{prelude::*, solana_program::entrypoint::ProgramResult};

pub mod constants;
pub mod error;
pub mod event;
pub mod instructions;
mod judge;
pub mod oracle;
pub mod state;

use instructions::*;
use state::{FeedConfig, Year};

declare_id!(scrip_interface::ids::COLLATERAL);

// Not for who links this as a library to call it, and not on the host.
#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::entrypoint!(process);

#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::security_txt!("Scrip collateral");

/// What the program tells itself, which every event is, is not looked up among the instructions.
/// Everything else is Anchor's.
pub fn process<'info>(
    program: &'info Pubkey,
    accounts: &'info [AccountInfo<'info>],
    data: &'info [u8],
) -> ProgramResult {
    if scrip_stream::is_event(&EVENT_AUTHORITY_AND_BUMP.0, accounts, data) {
        return Ok(());
    }
    entry(program, accounts, data)
}

#[program]
pub mod collateral {
    use super::*;

    /// What 1 to 5 raw amounts are worth, and what may be done with them. Read-only; answers by
    /// return data (see `interface`). A market condition is a reason in the answer; a wrong account
    /// is an error.
    pub fn value<'info>(ctx: Context<'info, Value>, amounts: Vec<u64>) -> Result<()> {
        instructions::value(ctx, &amounts)
    }

    /// Session, windows and what they allow, without a price: to guard a protocol's own.
    pub fn status(ctx: Context<Status>) -> Result<()> {
        instructions::status(ctx)
    }

    /// Records the current price in the feed, for lenders that read accounts, and as what
    /// continuity across a change of the multiplier is measured against. Anyone may.
    pub fn observe<'info>(ctx: Context<'info, Observe<'info>>) -> Result<()> {
        instructions::observe(ctx)
    }

    /// Creates a curator. Anyone may: a lender decides by its feeds' addresses whom to trust.
    ///
    /// Signer: `creator`, who pays.
    pub fn create_curator(ctx: Context<CreateCurator>, args: CreateCuratorArgs) -> Result<()> {
        instructions::create_curator(ctx, args)
    }

    /// Names the next admin, who becomes it by accepting. Signer: `admin`.
    pub fn propose_admin(ctx: Context<Administer>, pending_admin: Pubkey) -> Result<()> {
        instructions::propose_admin(ctx, pending_admin)
    }

    /// Makes the signer, who was named, the admin.
    pub fn accept_admin(ctx: Context<AcceptAdmin>) -> Result<()> {
        instructions::accept_admin(ctx)
    }

    /// Replaces what a wallet may do. Signer: `admin`.
    pub fn set_role(ctx: Context<Administer>, wallet: Pubkey, mask: u32) -> Result<()> {
        instructions::set_role(ctx, wallet, mask)
    }

    /// Changes how long a loosening waits: longer at once, shorter after the present time. Signer:
    /// `admin`.
    pub fn set_timelock(ctx: Context<Administer>, timelock_secs: u32) -> Result<()> {
        instructions::set_timelock(ctx, timelock_secs)
    }

    /// Creates a venue's calendar. Signers: `payer`, `authority` (role CALENDAR).
    pub fn create_calendar(ctx: Context<CreateCalendar>, args: CreateCalendarArgs) -> Result<()> {
        instructions::create_calendar(ctx, args)
    }

    /// Loads or changes a year: at once if it only closes more of a loaded year, else after the
    /// timelock. Replaces what was pending. Signer: `authority` (CALENDAR; GUARD to close more).
    pub fn set_year(ctx: Context<ManageCalendar>, year: Year) -> Result<()> {
        instructions::set_year(ctx, year)
    }

    /// Takes a pending year back. Signer: `authority` (CALENDAR or GUARD).
    pub fn cancel_year(ctx: Context<ManageCalendar>) -> Result<()> {
        instructions::cancel_year(ctx)
    }

    /// Halts a whole venue until a time. Signer: `authority` (CALENDAR or GUARD).
    pub fn halt_venue(ctx: Context<ManageCalendar>, until: i64) -> Result<()> {
        instructions::halt_venue(ctx, until)
    }

    /// Ends a venue's halt after the timelock. Signer: `authority` (CALENDAR).
    pub fn resume_venue(ctx: Context<ManageCalendar>) -> Result<()> {
        instructions::resume_venue(ctx)
    }

    /// Creates a mint's feed. Its rules count at once: nobody relies on them yet. Signers: `payer`,
    /// `authority` (role FEED).
    pub fn create_feed(ctx: Context<CreateFeed>, config: FeedConfig) -> Result<()> {
        instructions::create_feed(ctx, config)
    }

    /// Changes a feed's rules: at once if they are tighter in every respect, else after the
    /// timelock. Replaces what was pending. Signer: `authority` (FEED; GUARD to tighten).
    pub fn set_feed(ctx: Context<SetFeed>, config: FeedConfig) -> Result<()> {
        instructions::set_feed(ctx, config)
    }

    /// Takes pending rules back. Signer: `authority` (FEED or GUARD).
    pub fn cancel_feed(ctx: Context<ManageFeed>) -> Result<()> {
        instructions::cancel_feed(ctx)
    }

    /// Halts one security until a time. Signer: `authority` (FEED or GUARD).
    pub fn halt_ticker(ctx: Context<ManageFeed>, until: i64) -> Result<()> {
        instructions::halt_ticker(ctx, until)
    }

    /// Ends a security's halt after the timelock. Signer: `authority` (FEED).
    pub fn resume_ticker(ctx: Context<ManageFeed>) -> Result<()> {
        instructions::resume_ticker(ctx)
    }
}
