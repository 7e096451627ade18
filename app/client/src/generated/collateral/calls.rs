//! Made by app/sdk/scripts/rust/calls.mjs: instructions by what a caller must say. Not to be edited.

use super::instructions;
#[allow(unused_imports)]
use crate::programs::prelude::*;

/// Makes the signer, who was named, the admin.
#[derive(Clone, Debug)]
pub struct AcceptAdmin {
    pub pending_admin: Address,
    pub curator: Address,
}

impl AcceptAdmin {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AcceptAdmin {
            pending_admin: self.pending_admin,
            curator: self.curator,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes pending rules back. Signer: `authority` (FEED or GUARD).
#[derive(Clone, Debug)]
pub struct CancelFeed {
    pub authority: Address,
    pub curator: Address,
    pub mint: Address,
}

impl CancelFeed {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelFeed {
            authority: self.authority,
            curator: self.curator,
            feed: collateral::pda::feed(&programs.collateral, &self.curator, &self.mint).0,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes a pending year back. Signer: `authority` (CALENDAR or GUARD).
#[derive(Clone, Debug)]
pub struct CancelYear {
    pub authority: Address,
    pub curator: Address,
    pub calendar: Address,
}

impl CancelYear {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelYear {
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Creates a venue's calendar. Signers: `payer`, `authority` (role CALENDAR).
#[derive(Clone, Debug)]
pub struct CreateCalendar {
    pub payer: Address,
    pub authority: Address,
    pub curator: Address,
    pub args: instructions::CreateCalendarInstructionArgs,
}

impl CreateCalendar {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateCalendar {
            payer: self.payer,
            authority: self.authority,
            curator: self.curator,
            calendar: collateral::pda::calendar(
                &programs.collateral,
                &self.curator,
                &self.args.mic,
            )
            .0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Creates a curator. Anyone may: a lender decides by its feeds' addresses whom to trust.
///
/// Signer: `creator`, who pays.
#[derive(Clone, Debug)]
pub struct CreateCurator {
    pub creator: Address,
    pub args: instructions::CreateCuratorInstructionArgs,
}

impl CreateCurator {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateCurator {
            creator: self.creator,
            curator: collateral::pda::curator(&programs.collateral, &self.creator, self.args.id).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Creates a mint's feed. Its rules count at once: nobody relies on them yet. Signers: `payer`,
/// `authority` (role FEED).
#[derive(Clone, Debug)]
pub struct CreateFeed {
    pub payer: Address,
    pub authority: Address,
    pub curator: Address,
    pub calendar: Address,
    pub mint: Address,
    pub args: instructions::CreateFeedInstructionArgs,
}

impl CreateFeed {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateFeed {
            payer: self.payer,
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            mint: self.mint,
            feed: collateral::pda::feed(&programs.collateral, &self.curator, &self.mint).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Halts one security until a time. Signer: `authority` (FEED or GUARD).
#[derive(Clone, Debug)]
pub struct HaltTicker {
    pub authority: Address,
    pub curator: Address,
    pub mint: Address,
    pub args: instructions::HaltTickerInstructionArgs,
}

impl HaltTicker {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::HaltTicker {
            authority: self.authority,
            curator: self.curator,
            feed: collateral::pda::feed(&programs.collateral, &self.curator, &self.mint).0,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Halts a whole venue until a time. Signer: `authority` (CALENDAR or GUARD).
#[derive(Clone, Debug)]
pub struct HaltVenue {
    pub authority: Address,
    pub curator: Address,
    pub calendar: Address,
    pub args: instructions::HaltVenueInstructionArgs,
}

impl HaltVenue {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::HaltVenue {
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Records the current price in the feed, for lenders that read accounts, and as what
/// continuity across a change of the multiplier is measured against. Anyone may.
#[derive(Clone, Debug)]
pub struct Observe {
    pub feed: Address,
    pub calendar: Address,
    pub mint: Address,
}

impl Observe {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::Observe {
            feed: self.feed,
            calendar: self.calendar,
            mint: self.mint,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Names the next admin, who becomes it by accepting. Signer: `admin`.
#[derive(Clone, Debug)]
pub struct ProposeAdmin {
    pub admin: Address,
    pub curator: Address,
    pub args: instructions::ProposeAdminInstructionArgs,
}

impl ProposeAdmin {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ProposeAdmin {
            admin: self.admin,
            curator: self.curator,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Ends a security's halt after the timelock. Signer: `authority` (FEED).
#[derive(Clone, Debug)]
pub struct ResumeTicker {
    pub authority: Address,
    pub curator: Address,
    pub mint: Address,
}

impl ResumeTicker {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ResumeTicker {
            authority: self.authority,
            curator: self.curator,
            feed: collateral::pda::feed(&programs.collateral, &self.curator, &self.mint).0,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Ends a venue's halt after the timelock. Signer: `authority` (CALENDAR).
#[derive(Clone, Debug)]
pub struct ResumeVenue {
    pub authority: Address,
    pub curator: Address,
    pub calendar: Address,
}

impl ResumeVenue {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ResumeVenue {
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction())
    }
}

/// Changes a feed's rules: at once if they are tighter in every respect, else after the
/// timelock. Replaces what was pending. Signer: `authority` (FEED; GUARD to tighten).
#[derive(Clone, Debug)]
pub struct SetFeed {
    pub authority: Address,
    pub curator: Address,
    /// The calendar of the new rules.
    pub calendar: Address,
    pub mint: Address,
    pub args: instructions::SetFeedInstructionArgs,
}

impl SetFeed {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetFeed {
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            feed: collateral::pda::feed(&programs.collateral, &self.curator, &self.mint).0,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Replaces what a wallet may do. Signer: `admin`.
#[derive(Clone, Debug)]
pub struct SetRole {
    pub admin: Address,
    pub curator: Address,
    pub args: instructions::SetRoleInstructionArgs,
}

impl SetRole {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetRole {
            admin: self.admin,
            curator: self.curator,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Changes how long a loosening waits: longer at once, shorter after the present time. Signer:
/// `admin`.
#[derive(Clone, Debug)]
pub struct SetTimelock {
    pub admin: Address,
    pub curator: Address,
    pub args: instructions::SetTimelockInstructionArgs,
}

impl SetTimelock {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetTimelock {
            admin: self.admin,
            curator: self.curator,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Loads or changes a year: at once if it only closes more of a loaded year, else after the
/// timelock. Replaces what was pending. Signer: `authority` (CALENDAR; GUARD to close more).
#[derive(Clone, Debug)]
pub struct SetYear {
    pub authority: Address,
    pub curator: Address,
    pub calendar: Address,
    pub args: instructions::SetYearInstructionArgs,
}

impl SetYear {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetYear {
            authority: self.authority,
            curator: self.curator,
            calendar: self.calendar,
            event_authority: event_authority(&programs.collateral),
            program: programs.collateral,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Session, windows and what they allow, without a price: to guard a protocol's own.
#[derive(Clone, Debug)]
pub struct Status {
    pub feed: Address,
    pub calendar: Address,
    pub mint: Address,
}

impl Status {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts =
            instructions::Status { feed: self.feed, calendar: self.calendar, mint: self.mint };
        programs.place(accounts.instruction())
    }
}

/// What 1 to 5 raw amounts are worth, and what may be done with them. Read-only; answers by
/// return data (see `interface`). A market condition is a reason in the answer; a wrong account
/// is an error.
#[derive(Clone, Debug)]
pub struct Value {
    pub args: instructions::ValueInstructionArgs,
}

impl Value {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::Value {};
        programs.place(accounts.instruction(self.args))
    }
}
