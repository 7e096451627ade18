//! Made by app/sdk/scripts/rust/catalog.mjs: what the program's bytes mean. Not to be edited.

use crate::catalog::{
    AccountEntry, AccountRole, ErrorEntry, EventEntry, InstructionEntry, Program, value,
};

/// All that the program reads, keeps and says.
pub const PROGRAM: Program = Program {
    name: "collateral",
    id: scrip_interface::ids::COLLATERAL,
    instructions: &[
        InstructionEntry {
            name: "accept_admin",
            docs: "Makes the signer, who was named, the admin.",
            discriminator: &[112, 42, 45, 90, 116, 181, 13, 170],
            accounts: &[
                AccountRole {
                    name: "pending_admin",
                    writable: false,
                    signer: true,
                    optional: false,
                },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "cancel_feed",
            docs: "Takes pending rules back. Signer: `authority` (FEED or GUARD).",
            discriminator: &[91, 194, 217, 24, 41, 85, 186, 122],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "cancel_year",
            docs: "Takes a pending year back. Signer: `authority` (CALENDAR or GUARD).",
            discriminator: &[195, 225, 70, 22, 255, 246, 9, 79],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "create_calendar",
            docs: "Creates a venue's calendar. Signers: `payer`, `authority` (role CALENDAR).",
            discriminator: &[140, 70, 1, 99, 123, 36, 66, 161],
            accounts: &[
                AccountRole { name: "payer", writable: true, signer: true, optional: false },
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::CreateCalendarInstructionArgs>,
        },
        InstructionEntry {
            name: "create_curator",
            docs: "Creates a curator. Anyone may: a lender decides by its feeds' addresses whom to trust. Signer: `creator`, who pays.",
            discriminator: &[239, 178, 93, 184, 88, 27, 201, 122],
            accounts: &[
                AccountRole { name: "creator", writable: true, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::CreateCuratorInstructionArgs>,
        },
        InstructionEntry {
            name: "create_feed",
            docs: "Creates a mint's feed. Its rules count at once: nobody relies on them yet. Signers: `payer`, `authority` (role FEED).",
            discriminator: &[173, 86, 95, 94, 13, 193, 67, 180],
            accounts: &[
                AccountRole { name: "payer", writable: true, signer: true, optional: false },
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: false, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::CreateFeedInstructionArgs>,
        },
        InstructionEntry {
            name: "halt_ticker",
            docs: "Halts one security until a time. Signer: `authority` (FEED or GUARD).",
            discriminator: &[138, 177, 151, 238, 30, 139, 133, 55],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::HaltTickerInstructionArgs>,
        },
        InstructionEntry {
            name: "halt_venue",
            docs: "Halts a whole venue until a time. Signer: `authority` (CALENDAR or GUARD).",
            discriminator: &[20, 232, 167, 186, 182, 76, 85, 151],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::HaltVenueInstructionArgs>,
        },
        InstructionEntry {
            name: "observe",
            docs: "Records the current price in the feed, for lenders that read accounts, and as what continuity across a change of the multiplier is measured against. Anyone may.",
            discriminator: &[204, 78, 178, 115, 194, 147, 65, 74],
            accounts: &[
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: false, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "propose_admin",
            docs: "Names the next admin, who becomes it by accepting. Signer: `admin`.",
            discriminator: &[121, 214, 199, 212, 87, 39, 117, 234],
            accounts: &[
                AccountRole { name: "admin", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::ProposeAdminInstructionArgs>,
        },
        InstructionEntry {
            name: "resume_ticker",
            docs: "Ends a security's halt after the timelock. Signer: `authority` (FEED).",
            discriminator: &[199, 136, 40, 145, 92, 237, 43, 184],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "resume_venue",
            docs: "Ends a venue's halt after the timelock. Signer: `authority` (CALENDAR).",
            discriminator: &[136, 91, 62, 29, 95, 161, 89, 53],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "set_feed",
            docs: "Changes a feed's rules: at once if they are tighter in every respect, else after the timelock. Replaces what was pending. Signer: `authority` (FEED; GUARD to tighten).",
            discriminator: &[79, 150, 2, 207, 41, 104, 77, 41],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: false, signer: false, optional: false },
                AccountRole { name: "feed", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::SetFeedInstructionArgs>,
        },
        InstructionEntry {
            name: "set_role",
            docs: "Replaces what a wallet may do. Signer: `admin`.",
            discriminator: &[77, 78, 62, 233, 192, 61, 199, 190],
            accounts: &[
                AccountRole { name: "admin", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::SetRoleInstructionArgs>,
        },
        InstructionEntry {
            name: "set_timelock",
            docs: "Changes how long a loosening waits: longer at once, shorter after the present time. Signer: `admin`.",
            discriminator: &[131, 159, 222, 21, 225, 226, 54, 214],
            accounts: &[
                AccountRole { name: "admin", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::SetTimelockInstructionArgs>,
        },
        InstructionEntry {
            name: "set_year",
            docs: "Loads or changes a year: at once if it only closes more of a loaded year, else after the timelock. Replaces what was pending. Signer: `authority` (CALENDAR; GUARD to close more).",
            discriminator: &[113, 172, 88, 94, 249, 100, 134, 163],
            accounts: &[
                AccountRole { name: "authority", writable: false, signer: true, optional: false },
                AccountRole { name: "curator", writable: true, signer: false, optional: false },
                AccountRole { name: "calendar", writable: true, signer: false, optional: false },
                AccountRole {
                    name: "event_authority",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "program", writable: false, signer: false, optional: false },
            ],
            args: value::<super::instructions::SetYearInstructionArgs>,
        },
        InstructionEntry {
            name: "status",
            docs: "Session, windows and what they allow, without a price: to guard a protocol's own.",
            discriminator: &[218, 160, 35, 24, 130, 107, 205, 125],
            accounts: &[
                AccountRole { name: "feed", writable: false, signer: false, optional: false },
                AccountRole { name: "calendar", writable: false, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
            ],
            args: value::<()>,
        },
        InstructionEntry {
            name: "value",
            docs: "What 1 to 5 raw amounts are worth, and what may be done with them. Read-only; answers by return data (see `interface`). A market condition is a reason in the answer; a wrong account is an error.",
            discriminator: &[88, 248, 79, 196, 62, 175, 241, 16],
            accounts: &[],
            args: value::<super::instructions::ValueInstructionArgs>,
        },
    ],
    accounts: &[
        AccountEntry {
            name: "Calendar",
            discriminator: &[157, 240, 186, 57, 213, 147, 151, 46],
            value: value::<super::accounts::Calendar>,
        },
        AccountEntry {
            name: "Curator",
            discriminator: &[126, 235, 162, 20, 21, 83, 244, 236],
            value: value::<super::accounts::Curator>,
        },
        AccountEntry {
            name: "Feed",
            discriminator: &[69, 191, 16, 227, 132, 187, 84, 227],
            value: value::<super::accounts::Feed>,
        },
    ],
    events: &[
        EventEntry {
            name: "AdminAccepted",
            docs: "",
            discriminator: &[174, 12, 76, 139, 158, 99, 110, 254],
            stream: "curator",
            value: value::<super::types::AdminAccepted>,
        },
        EventEntry {
            name: "AdminProposed",
            docs: "",
            discriminator: &[129, 249, 226, 227, 199, 82, 110, 243],
            stream: "curator",
            value: value::<super::types::AdminProposed>,
        },
        EventEntry {
            name: "CalendarCreated",
            docs: "",
            discriminator: &[230, 195, 76, 66, 110, 49, 229, 220],
            stream: "curator",
            value: value::<super::types::CalendarCreated>,
        },
        EventEntry {
            name: "ChangeCancelled",
            docs: "",
            discriminator: &[139, 179, 97, 81, 214, 21, 119, 93],
            stream: "curator",
            value: value::<super::types::ChangeCancelled>,
        },
        EventEntry {
            name: "CuratorCreated",
            docs: "",
            discriminator: &[132, 148, 184, 78, 147, 56, 114, 193],
            stream: "curator",
            value: value::<super::types::CuratorCreated>,
        },
        EventEntry {
            name: "FeedCreated",
            docs: "",
            discriminator: &[48, 114, 86, 253, 113, 66, 250, 98],
            stream: "curator",
            value: value::<super::types::FeedCreated>,
        },
        EventEntry {
            name: "FeedSet",
            docs: "",
            discriminator: &[227, 151, 44, 58, 171, 159, 194, 12],
            stream: "curator",
            value: value::<super::types::FeedSet>,
        },
        EventEntry {
            name: "HaltSet",
            docs: "",
            discriminator: &[72, 72, 136, 23, 166, 26, 205, 223],
            stream: "curator",
            value: value::<super::types::HaltSet>,
        },
        EventEntry {
            name: "PriceObserved",
            docs: "",
            discriminator: &[124, 77, 145, 27, 60, 209, 156, 248],
            stream: "feed",
            value: value::<super::types::PriceObserved>,
        },
        EventEntry {
            name: "RoleSet",
            docs: "",
            discriminator: &[188, 56, 139, 81, 114, 65, 108, 196],
            stream: "curator",
            value: value::<super::types::RoleSet>,
        },
        EventEntry {
            name: "TimelockSet",
            docs: "",
            discriminator: &[136, 181, 112, 151, 101, 150, 46, 140],
            stream: "curator",
            value: value::<super::types::TimelockSet>,
        },
        EventEntry {
            name: "YearSet",
            docs: "",
            discriminator: &[195, 105, 19, 242, 171, 108, 170, 39],
            stream: "curator",
            value: value::<super::types::YearSet>,
        },
    ],
    errors: &[
        ErrorEntry {
            code: 7000,
            name: "NotAdmin",
            message: "the signer is not the curator's admin",
            advice: Some("Sign with the curator's admin."),
        },
        ErrorEntry {
            code: 7001,
            name: "NotPendingAdmin",
            message: "the signer is not the wallet that was named as the next admin",
            advice: Some("The admin must propose this wallet first."),
        },
        ErrorEntry {
            code: 7002,
            name: "RoleMissing",
            message: "the signer's role does not allow this",
            advice: Some("Sign as the admin, or have it give the wallet this role."),
        },
        ErrorEntry {
            code: 7003,
            name: "WrongCurator",
            message: "the account belongs to another curator",
            advice: None,
        },
        ErrorEntry {
            code: 7004,
            name: "WrongCalendar",
            message: "the calendar is not the one of the feed's rules",
            advice: None,
        },
        ErrorEntry {
            code: 7005,
            name: "WrongMint",
            message: "the mint is not the feed's",
            advice: None,
        },
        ErrorEntry {
            code: 7006,
            name: "MintInvalid",
            message: "the account is not an initialised Token-2022 mint with extensions",
            advice: Some("Name a mint of Token-2022 that has extensions."),
        },
        ErrorEntry {
            code: 7007,
            name: "AdminInvalid",
            message: "the admin cannot be the empty key",
            advice: Some("Name a wallet."),
        },
        ErrorEntry {
            code: 7008,
            name: "RoleInvalid",
            message: "a role has unknown bits, or the wallet is the empty key",
            advice: Some("Combine bits of the known roles, for a wallet."),
        },
        ErrorEntry {
            code: 7009,
            name: "RolesFull",
            message: "the curator has no place for another wallet",
            advice: Some("Take another wallet's role away first."),
        },
        ErrorEntry {
            code: 7010,
            name: "TimelockInvalid",
            message: "a timelock is between an hour and 30 days",
            advice: Some("Choose a timelock from 3,600 to 2,592,000 seconds."),
        },
        ErrorEntry {
            code: 7011,
            name: "MicInvalid",
            message: "a market identifier code is four capital letters or digits",
            advice: Some("Write the ISO 10383 code of the exchange, like XNAS."),
        },
        ErrorEntry {
            code: 7012,
            name: "HoursInvalid",
            message: "the hours are not in order within a day",
            advice: Some("Order the hours: pre, regular, post, overnight, each within the day."),
        },
        ErrorEntry {
            code: 7013,
            name: "YearInvalid",
            message: "a year is 2000 to 2399, has no days beyond its end, and is given once",
            advice: Some("Give each year of 2000 to 2399 once, with days that it has."),
        },
        ErrorEntry {
            code: 7014,
            name: "YearTooOld",
            message: "the calendar holds later years only",
            advice: Some(
                "Nothing to do: the calendar holds the eight latest years that it was given.",
            ),
        },
        ErrorEntry {
            code: 7015,
            name: "ConfigInvalid",
            message: "a feed's rules are incomplete or beyond a limit",
            advice: None,
        },
        ErrorEntry {
            code: 7016,
            name: "NothingPending",
            message: "no change is pending",
            advice: Some("Nothing to do: no change waits."),
        },
        ErrorEntry {
            code: 7017,
            name: "HaltInvalid",
            message: "a halt ends in the future",
            advice: Some("Let the halt end later than now, in the chain's time."),
        },
        ErrorEntry {
            code: 7018,
            name: "NotHalted",
            message: "there is no halt",
            advice: Some("Nothing to do: there is no halt to lift."),
        },
        ErrorEntry {
            code: 7019,
            name: "AmountsInvalid",
            message: "one to five amounts are valued at a time",
            advice: Some("Ask for 1 to 5 amounts at a time."),
        },
        ErrorEntry {
            code: 7020,
            name: "AccountsInvalid",
            message: "the accounts are not exactly those that the feeds need",
            advice: None,
        },
        ErrorEntry {
            code: 7021,
            name: "OracleProgramUnknown",
            message: "the price account is not of an oracle program",
            advice: Some("Give an account that one of Pyth's programs owns."),
        },
        ErrorEntry {
            code: 7022,
            name: "WrongPriceAccount",
            message: "the price account is not the one that the feed names",
            advice: Some("Give the account that the rules pin."),
        },
        ErrorEntry {
            code: 7023,
            name: "WrongFeedId",
            message: "the price account holds another feed",
            advice: Some("Give the price account of the feed id that the rules name."),
        },
        ErrorEntry {
            code: 7024,
            name: "PriceLayoutInvalid",
            message: "the price account is not in a known layout",
            advice: Some(
                "Post a new price update of this feed, fully verified, and give its account.",
            ),
        },
        ErrorEntry {
            code: 7025,
            name: "PriceNotVerified",
            message: "the price update is not fully verified",
            advice: Some(
                "Post a new price update of this feed, fully verified, and give its account.",
            ),
        },
        ErrorEntry {
            code: 7026,
            name: "ObservationUnusable",
            message: "the price cannot be recorded",
            advice: Some("Post a newer price."),
        },
    ],
};

impl crate::accounts::Account for super::accounts::Calendar {
    const NAME: &'static str = "Calendar";
    const DISCRIMINATOR: &'static [u8] = &[157, 240, 186, 57, 213, 147, 151, 46];
    const PROGRAM: &'static Program = &PROGRAM;
}

impl crate::accounts::Account for super::accounts::Curator {
    const NAME: &'static str = "Curator";
    const DISCRIMINATOR: &'static [u8] = &[126, 235, 162, 20, 21, 83, 244, 236];
    const PROGRAM: &'static Program = &PROGRAM;
}

impl crate::accounts::Account for super::accounts::Feed {
    const NAME: &'static str = "Feed";
    const DISCRIMINATOR: &'static [u8] = &[69, 191, 16, 227, 132, 187, 84, 227];
    const PROGRAM: &'static Program = &PROGRAM;
}
