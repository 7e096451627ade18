//! Made by app/sdk/scripts/rust/catalog.mjs: what the program's bytes mean. Not to be edited.

use crate::catalog::{
    AccountEntry, AccountRole, ErrorEntry, EventEntry, InstructionEntry, Program, value,
};

/// All that the program reads, keeps and says.
pub const PROGRAM: Program = Program {
    name: "lender",
    id: scrip_interface::ids::LENDER,
    instructions: &[
        InstructionEntry {
            name: "create_market",
            docs: "",
            discriminator: &[0],
            accounts: &[
                AccountRole { name: "owner", writable: true, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::CreateMarketInstructionArgs>,
        },
        InstructionEntry {
            name: "add_collateral",
            docs: "",
            discriminator: &[1],
            accounts: &[
                AccountRole { name: "owner", writable: true, signer: true, optional: false },
                AccountRole { name: "market", writable: false, signer: false, optional: false },
                AccountRole { name: "collateral", writable: true, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole { name: "vault", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "collateral_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "feed", writable: false, signer: false, optional: false },
                AccountRole { name: "calendar", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::AddCollateralInstructionArgs>,
        },
        InstructionEntry {
            name: "set_collateral",
            docs: "",
            discriminator: &[2],
            accounts: &[
                AccountRole { name: "owner", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: false, signer: false, optional: false },
                AccountRole { name: "collateral", writable: true, signer: false, optional: false },
            ],
            args: value::<super::instructions::SetCollateralInstructionArgs>,
        },
        InstructionEntry {
            name: "supply",
            docs: "",
            discriminator: &[3],
            accounts: &[
                AccountRole { name: "owner", writable: true, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "supplier", writable: true, signer: false, optional: false },
                AccountRole { name: "source", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::SupplyInstructionArgs>,
        },
        InstructionEntry {
            name: "redeem",
            docs: "",
            discriminator: &[4],
            accounts: &[
                AccountRole { name: "owner", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "supplier", writable: true, signer: false, optional: false },
                AccountRole { name: "destination", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::RedeemInstructionArgs>,
        },
        InstructionEntry {
            name: "deposit",
            docs: "",
            discriminator: &[5],
            accounts: &[
                AccountRole { name: "owner", writable: true, signer: true, optional: false },
                AccountRole { name: "market", writable: false, signer: false, optional: false },
                AccountRole { name: "collateral", writable: true, signer: false, optional: false },
                AccountRole { name: "position", writable: true, signer: false, optional: false },
                AccountRole { name: "source", writable: true, signer: false, optional: false },
                AccountRole { name: "vault", writable: true, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "token_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole {
                    name: "system_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::DepositInstructionArgs>,
        },
        InstructionEntry {
            name: "withdraw",
            docs: "",
            discriminator: &[6],
            accounts: &[
                AccountRole { name: "owner", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "collateral", writable: true, signer: false, optional: false },
                AccountRole { name: "position", writable: true, signer: false, optional: false },
                AccountRole { name: "destination", writable: true, signer: false, optional: false },
                AccountRole { name: "vault", writable: true, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "token_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::WithdrawInstructionArgs>,
        },
        InstructionEntry {
            name: "borrow",
            docs: "",
            discriminator: &[7],
            accounts: &[
                AccountRole { name: "owner", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "position", writable: true, signer: false, optional: false },
                AccountRole { name: "destination", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::BorrowInstructionArgs>,
        },
        InstructionEntry {
            name: "repay",
            docs: "",
            discriminator: &[8],
            accounts: &[
                AccountRole { name: "payer", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "position", writable: true, signer: false, optional: false },
                AccountRole { name: "source", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::RepayInstructionArgs>,
        },
        InstructionEntry {
            name: "liquidate",
            docs: "",
            discriminator: &[9],
            accounts: &[
                AccountRole { name: "liquidator", writable: false, signer: true, optional: false },
                AccountRole { name: "market", writable: true, signer: false, optional: false },
                AccountRole { name: "position", writable: true, signer: false, optional: false },
                AccountRole { name: "source", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_vault", writable: true, signer: false, optional: false },
                AccountRole { name: "cash_mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "cash_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
                AccountRole { name: "collateral", writable: true, signer: false, optional: false },
                AccountRole { name: "destination", writable: true, signer: false, optional: false },
                AccountRole { name: "vault", writable: true, signer: false, optional: false },
                AccountRole { name: "mint", writable: false, signer: false, optional: false },
                AccountRole {
                    name: "token_program",
                    writable: false,
                    signer: false,
                    optional: false,
                },
            ],
            args: value::<super::instructions::LiquidateInstructionArgs>,
        },
    ],
    accounts: &[
        AccountEntry {
            name: "Market",
            discriminator: &[76, 101, 110, 100, 77, 114, 107, 116],
            value: value::<super::accounts::Market>,
        },
        AccountEntry {
            name: "Collateral",
            discriminator: &[76, 101, 110, 100, 67, 111, 108, 108],
            value: value::<super::accounts::Collateral>,
        },
        AccountEntry {
            name: "Position",
            discriminator: &[76, 101, 110, 100, 80, 111, 115, 110],
            value: value::<super::accounts::Position>,
        },
        AccountEntry {
            name: "Supplier",
            discriminator: &[76, 101, 110, 100, 83, 117, 112, 112],
            value: value::<super::accounts::Supplier>,
        },
    ],
    events: &[],
    errors: &[
        ErrorEntry {
            code: 8000,
            name: "InstructionInvalid",
            message: "The data is no instruction of this program",
            advice: Some(
                "Make the instruction with the plans of @scrip/sdk/lender, of the same release.",
            ),
        },
        ErrorEntry {
            code: 8001,
            name: "AccountsMissing",
            message: "There are fewer accounts than the instruction needs",
            advice: Some("Read the position anew and give all its holdings, in their order."),
        },
        ErrorEntry {
            code: 8002,
            name: "SignatureMissing",
            message: "An account that must sign has not",
            advice: Some("Sign with the wallet that the instruction names."),
        },
        ErrorEntry {
            code: 8003,
            name: "AccountInvalid",
            message: "The account is not this program's, or of another kind",
            advice: Some(
                "Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.",
            ),
        },
        ErrorEntry {
            code: 8004,
            name: "WrongAddress",
            message: "The account's address is not the derived one",
            advice: Some(
                "Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.",
            ),
        },
        ErrorEntry {
            code: 8005,
            name: "WrongMarket",
            message: "The account is of another market",
            advice: Some(
                "Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.",
            ),
        },
        ErrorEntry {
            code: 8006,
            name: "WrongOwner",
            message: "The signer is not the account's owner",
            advice: Some("Sign with the position's or the market's owner."),
        },
        ErrorEntry {
            code: 8007,
            name: "WrongVault",
            message: "The vault is not the market's for this token",
            advice: Some(
                "Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.",
            ),
        },
        ErrorEntry {
            code: 8008,
            name: "WrongMint",
            message: "The mint is not the one that is meant",
            advice: Some(
                "Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.",
            ),
        },
        ErrorEntry {
            code: 8009,
            name: "WrongTokenProgram",
            message: "The token program is not the mint's",
            advice: Some("Give the program that owns the mint's account."),
        },
        ErrorEntry {
            code: 8010,
            name: "WrongCollateralProgram",
            message: "The program is not the collateral program",
            advice: Some("Give the collateral program that the market was made with."),
        },
        ErrorEntry {
            code: 8011,
            name: "WrongHoldings",
            message: "The collaterals are not the position's holdings, in their order",
            advice: Some("Read the position anew and give all its holdings, in their order."),
        },
        ErrorEntry {
            code: 8012,
            name: "TermsInvalid",
            message: "A term is beyond its limit, or does not fit another one",
            advice: Some(
                "Choose loan-to-value below the liquidation threshold, both below 10,000, and a bonus that it leaves room for.",
            ),
        },
        ErrorEntry {
            code: 8013,
            name: "AmountZero",
            message: "Nothing would be moved",
            advice: Some("Choose an amount above 0."),
        },
        ErrorEntry {
            code: 8014,
            name: "TransferIncomplete",
            message: "A vault has not changed by the amount moved: the token takes a fee",
            advice: Some("Lend and deposit tokens without a transfer fee."),
        },
        ErrorEntry {
            code: 8015,
            name: "Overflow",
            message: "A number does not fit 64 bits",
            advice: Some("Take a smaller amount."),
        },
        ErrorEntry {
            code: 8016,
            name: "CashInsufficient",
            message: "The market has not so much that is not lent",
            advice: Some("Take less, or wait until debtors repay or others supply."),
        },
        ErrorEntry {
            code: 8017,
            name: "SharesInsufficient",
            message: "The supplier has not so many shares",
            advice: Some("Redeem no more shares than the supplier has."),
        },
        ErrorEntry {
            code: 8018,
            name: "CollateralInsufficient",
            message: "The position does not hold so much",
            advice: Some("Withdraw no more than the position holds."),
        },
        ErrorEntry {
            code: 8019,
            name: "DepositLimit",
            message: "The market takes no more of this collateral",
            advice: Some("Deposit less, or wait until the market's owner raises the limit."),
        },
        ErrorEntry {
            code: 8020,
            name: "PositionFull",
            message: "The position holds as many kinds of collateral as can be valued at once",
            advice: Some("Withdraw one kind of collateral first, or use another wallet."),
        },
        ErrorEntry {
            code: 8021,
            name: "CollateralNotHeld",
            message: "A position with debt takes only collateral that it holds already",
            advice: Some("Repay the debt first, or deposit a kind that the position holds."),
        },
        ErrorEntry {
            code: 8022,
            name: "AnswerInvalid",
            message: "The collateral program's answer is not to the question asked",
            advice: Some("Value with the collateral program, mints and amounts of this position."),
        },
        ErrorEntry {
            code: 8023,
            name: "RulesNotAgreed",
            message: "The feed's rules are not those that the market's owner has agreed to",
            advice: Some(
                "The market's owner must read the loosened rules and agree to their hash.",
            ),
        },
        ErrorEntry {
            code: 8024,
            name: "NotAllowed",
            message: "The collateral program does not allow this now: the log says why",
            advice: Some(
                "Wait until the reasons are over; repaying and adding collateral are open.",
            ),
        },
        ErrorEntry {
            code: 8025,
            name: "DebtTooHigh",
            message: "The collateral does not carry so much debt",
            advice: Some("Borrow less, repay, or add collateral."),
        },
        ErrorEntry {
            code: 8026,
            name: "DebtTooSmall",
            message: "The debt would be too small to be worth a liquidation",
            advice: Some("Borrow more, or repay all of it."),
        },
        ErrorEntry {
            code: 8027,
            name: "NoDebt",
            message: "There is no debt",
            advice: Some("Nothing to do."),
        },
        ErrorEntry {
            code: 8028,
            name: "Healthy",
            message: "The position is not to be liquidated",
            advice: Some("Wait: a position is liquidated once its health is below 10,000."),
        },
        ErrorEntry {
            code: 8029,
            name: "SeizedTooLittle",
            message: "Less would be seized than the liquidator asks for",
            advice: Some("Repay more, or ask for less collateral: the price has moved."),
        },
    ],
};

impl crate::accounts::Account for super::accounts::Market {
    const NAME: &'static str = "Market";
    const DISCRIMINATOR: &'static [u8] = &[76, 101, 110, 100, 77, 114, 107, 116];
    const PROGRAM: &'static Program = &PROGRAM;
}

impl crate::accounts::Account for super::accounts::Collateral {
    const NAME: &'static str = "Collateral";
    const DISCRIMINATOR: &'static [u8] = &[76, 101, 110, 100, 67, 111, 108, 108];
    const PROGRAM: &'static Program = &PROGRAM;
}

impl crate::accounts::Account for super::accounts::Position {
    const NAME: &'static str = "Position";
    const DISCRIMINATOR: &'static [u8] = &[76, 101, 110, 100, 80, 111, 115, 110];
    const PROGRAM: &'static Program = &PROGRAM;
}

impl crate::accounts::Account for super::accounts::Supplier {
    const NAME: &'static str = "Supplier";
    const DISCRIMINATOR: &'static [u8] = &[76, 101, 110, 100, 83, 117, 112, 112];
    const PROGRAM: &'static Program = &PROGRAM;
}
