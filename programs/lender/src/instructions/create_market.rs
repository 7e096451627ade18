use super::BPS;
use crate::{
    accounts::{Accounts, now},
    error::{LenderError, require},
    token::{TOKEN, decimals},
};
use scrip_interface::{
    lender::{
        Market, MarketTerms,
        pda::{self, MARKET_SEED},
    },
    math::{lending::DebtIndex, valuation::MAX_DECIMALS},
    mint::TOKEN_2022,
    token_account::associated,
};
use solana_program::entrypoint::ProgramResult;

/// Anyone may: suppliers and debtors choose a market by its owner and its terms.
pub fn create_market(accounts: &mut Accounts, id: u64, terms: MarketTerms) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, cash_mint, vault, token) =
        (accounts.next()?, accounts.next()?, accounts.next()?, accounts.next()?);

    let MarketTerms { base_rate_bps, slope_bps, close_factor_bps, .. } = terms;
    let valid = base_rate_bps <= BPS && slope_bps <= BPS && (1..=BPS).contains(&close_factor_bps);
    require(valid, LenderError::TermsInvalid)?;
    require([TOKEN, TOKEN_2022].contains(token.key), LenderError::WrongTokenProgram)?;
    let cash_decimals = decimals(cash_mint, token.key)?;
    require(cash_decimals <= MAX_DECIMALS, LenderError::WrongMint)?;
    // No one but the market has ever had a say over its associated account.
    let expected = associated(market.key, token.key, cash_mint.key);
    require(*vault.key == expected && vault.owner == token.key, LenderError::WrongVault)?;

    let (address, bump) = pda::market(accounts.program, owner.key, id);
    let state = Market {
        bump,
        owner: *owner.key,
        id,
        cash_mint: *cash_mint.key,
        cash_program: *token.key,
        cash_vault: *vault.key,
        cash_decimals,
        terms,
        accrued_at: now()?.0,
        index: DebtIndex::ONE.0,
        debt_units: 0,
        cash: 0,
        shares: 0,
        bad_debt: 0,
        reserved: [0; 64],
    };
    let seeds: [&[u8]; 3] = [MARKET_SEED, owner.key.as_ref(), &id.to_le_bytes()];
    accounts.create(owner, market, (address, bump), &seeds, &state)
}
