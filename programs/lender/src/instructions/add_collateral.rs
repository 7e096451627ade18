use super::set_collateral::validate;
use crate::{
    accounts::Accounts,
    error::{LenderError, require},
    token::decimals,
};
use scrip_interface::{
    collateral::{Expected, Kind, ReadError, read, status},
    ids::COLLATERAL,
    lender::{
        Collateral, CollateralTerms, Market,
        pda::{self, COLLATERAL_SEED},
    },
    math::RawAmount,
    mint::TOKEN_2022,
    token_account::associated,
};
use solana_program::{
    account_info::AccountInfo,
    entrypoint::ProgramResult,
    program::{get_return_data, invoke},
    pubkey::Pubkey,
};

/// Signer: the market's owner, who has read the feed's rules and names their hash.
pub fn add_collateral(accounts: &mut Accounts, terms: CollateralTerms) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, state) = accounts.state::<Market>()?;
    let (collateral, mint, vault) = (accounts.next()?, accounts.next()?, accounts.next()?);
    let (program, feed, calendar) = (accounts.next()?, accounts.next()?, accounts.next()?);

    require(state.owner == *owner.key, LenderError::WrongOwner)?;
    validate(&terms)?;
    // The cash vault would be the collateral's, too.
    require(*mint.key != state.cash_mint, LenderError::WrongMint)?;
    let decimals = decimals(mint, &TOKEN_2022)?;
    let expected = associated(market.key, &TOKEN_2022, mint.key);
    require(*vault.key == expected && *vault.owner == TOKEN_2022, LenderError::WrongVault)?;
    confirm_rules([feed, calendar, mint, program], mint.key, terms.config_hash)?;

    let (address, bump) = pda::collateral(accounts.program, market.key, mint.key);
    let state = Collateral {
        bump,
        market: *market.key,
        mint: *mint.key,
        feed: *feed.key,
        vault: *vault.key,
        decimals,
        terms,
        deposited: 0,
        reserved: [0; 64],
    };
    let seeds: [&[u8]; 3] = [COLLATERAL_SEED, market.key.as_ref(), mint.key.as_ref()];
    accounts.create(owner, collateral, (address, bump), &seeds, &state)
}

/// Asks `status`, which needs no price: that the feed is the mint's and its rules are the ones
/// agreed to shows now, not when somebody wants to borrow.
fn confirm_rules(
    [feed, calendar, mint, program]: [&AccountInfo; 4],
    asked: &Pubkey,
    config_hash: [u8; 32],
) -> ProgramResult {
    require(*program.key == COLLATERAL, LenderError::WrongCollateralProgram)?;
    let question = status(&COLLATERAL, *feed.key, *calendar.key, *mint.key);
    invoke(&question, &[feed, calendar, mint, program].map(Clone::clone))?;
    let returned = get_return_data().ok_or(LenderError::AnswerInvalid)?;
    let expected = [Expected { mint: *asked, raw: RawAmount(0), config_hash }];
    match read(&COLLATERAL, Kind::Status, &returned, &expected) {
        Ok(_) => Ok(()),
        Err(ReadError::WrongConfig) => Err(LenderError::RulesNotAgreed.into()),
        Err(_) => Err(LenderError::AnswerInvalid.into()),
    }
}
