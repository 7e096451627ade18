//! Instructions of the collateral program that a curator sends.

use anchor_lang::{InstructionData, ToAccountMetas};
use collateral::{
    instructions::{CreateCalendarArgs, CreateCuratorArgs},
    state::{FeedConfig, Year},
};
use scrip_interface::collateral::pda;
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

use super::{MIC, NYSE_HOURS, nyse_years};

const ID: Pubkey = collateral::ID;
/// The default curator's: two days.
pub const TIMELOCK: i64 = 2 * 24 * 3_600;

pub fn collateral_instruction(
    accounts: &impl ToAccountMetas,
    data: &impl InstructionData,
) -> Instruction {
    Instruction { program_id: ID, accounts: accounts.to_account_metas(None), data: data.data() }
}

pub fn event_authority() -> Pubkey {
    collateral::EVENT_AUTHORITY_AND_BUMP.0
}

pub struct CreateCurator {
    pub args: CreateCuratorArgs,
    pub accounts: collateral::accounts::CreateCurator,
}

impl CreateCurator {
    pub fn new(creator: Pubkey, admin: Pubkey) -> Self {
        Self {
            args: CreateCuratorArgs { id: 0, admin, timelock_secs: 2 * 24 * 3_600 },
            accounts: collateral::accounts::CreateCurator {
                creator,
                curator: pda::curator(&ID, &creator, 0).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: ID,
            },
        }
    }

    pub fn instruction(&self) -> Instruction {
        let data = collateral::instruction::CreateCurator { args: self.args };
        collateral_instruction(&self.accounts, &data)
    }
}

pub struct CreateCalendar {
    pub args: CreateCalendarArgs,
    pub accounts: collateral::accounts::CreateCalendar,
}

impl CreateCalendar {
    /// NYSE, with three years.
    pub fn new(payer: Pubkey, authority: Pubkey, curator: Pubkey) -> Self {
        Self {
            args: CreateCalendarArgs { mic: MIC, hours: NYSE_HOURS, years: nyse_years() },
            accounts: collateral::accounts::CreateCalendar {
                payer,
                authority,
                curator,
                calendar: pda::calendar(&ID, &curator, &MIC).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: ID,
            },
        }
    }

    pub fn set_mic(&mut self, mic: [u8; 4]) {
        self.args.mic = mic;
        self.accounts.calendar = pda::calendar(&ID, &self.accounts.curator, &mic).0;
    }

    pub fn instruction(&self) -> Instruction {
        let data = collateral::instruction::CreateCalendar { args: self.args.clone() };
        collateral_instruction(&self.accounts, &data)
    }
}

pub struct CreateFeed {
    pub config: FeedConfig,
    pub accounts: collateral::accounts::CreateFeed,
}

impl CreateFeed {
    pub fn new(
        payer: Pubkey,
        authority: Pubkey,
        curator: Pubkey,
        mint: Pubkey,
        config: FeedConfig,
    ) -> Self {
        Self {
            config,
            accounts: collateral::accounts::CreateFeed {
                payer,
                authority,
                curator,
                calendar: config.calendar,
                mint,
                feed: pda::feed(&ID, &curator, &mint).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: ID,
            },
        }
    }

    pub fn instruction(&self) -> Instruction {
        let data = collateral::instruction::CreateFeed { config: self.config };
        collateral_instruction(&self.accounts, &data)
    }
}

/// What the admin alone may do.
pub fn administer(admin: Pubkey, curator: Pubkey, data: &impl InstructionData) -> Instruction {
    let accounts = collateral::accounts::Administer {
        admin,
        curator,
        event_authority: event_authority(),
        program: ID,
    };
    collateral_instruction(&accounts, data)
}

pub fn manage_calendar(
    authority: Pubkey,
    curator: Pubkey,
    calendar: Pubkey,
    data: &impl InstructionData,
) -> Instruction {
    let accounts = collateral::accounts::ManageCalendar {
        authority,
        curator,
        calendar,
        event_authority: event_authority(),
        program: ID,
    };
    collateral_instruction(&accounts, data)
}

pub fn manage_feed(
    authority: Pubkey,
    curator: Pubkey,
    feed: Pubkey,
    data: &impl InstructionData,
) -> Instruction {
    let accounts = collateral::accounts::ManageFeed {
        authority,
        curator,
        feed,
        event_authority: event_authority(),
        program: ID,
    };
    collateral_instruction(&accounts, data)
}

pub fn set_feed(
    authority: Pubkey,
    curator: Pubkey,
    feed: Pubkey,
    config: FeedConfig,
) -> Instruction {
    let accounts = collateral::accounts::SetFeed {
        authority,
        curator,
        calendar: config.calendar,
        feed,
        event_authority: event_authority(),
        program: ID,
    };
    collateral_instruction(&accounts, &collateral::instruction::SetFeed { config })
}

pub fn set_year(authority: Pubkey, curator: Pubkey, calendar: Pubkey, year: Year) -> Instruction {
    manage_calendar(authority, curator, calendar, &collateral::instruction::SetYear { year })
}
