//! The lender's accounts: eight bytes that tell the kind, the layout's version, the bump, then
//! Borsh. Sizes are fixed; every account ends with reserved bytes.

use borsh::{BorshDeserialize, BorshSerialize};
use scrip_math::lending::{CashAmount, DebtIndex, DebtUnits, PoolShares, RateE9};
use scrip_math::{Bps, Timestamp};
use solana_pubkey::Pubkey;

pub const ACCOUNT_VERSION: u8 = 1;
/// Kinds of collateral in one position: as many as one call can value.
pub const MAX_HOLDINGS: usize = crate::collateral::MAX_ENTRIES;

/// An account of the lender, whose owner program the caller has checked.
pub trait LenderAccount: BorshSerialize + BorshDeserialize {
    const KIND: [u8; 8];
    /// Bytes of the whole account.
    const LEN: usize;

    fn read(data: &[u8]) -> Option<Self> {
        let (kind, data) = data.split_first_chunk::<8>()?;
        let (version, mut body) = data.split_first()?;
        let known = *kind == Self::KIND && *version == ACCOUNT_VERSION;
        if known { Self::deserialize(&mut body).ok() } else { None }
    }

    /// `None` if the data is too short.
    fn write(&self, data: &mut [u8]) -> Option<()> {
        let (kind, data) = data.split_first_chunk_mut::<8>()?;
        let (version, mut body) = data.split_first_mut()?;
        (*kind, *version) = (Self::KIND, ACCOUNT_VERSION);
        self.serialize(&mut body).ok()
    }
}

/// What the creator of a market decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MarketTerms {
    /// Interest per year while nothing is lent, and how much more when everything is.
    pub base_rate_bps: u16,
    pub slope_bps: u16,
    /// How much of a debt one liquidation may repay.
    pub close_factor_bps: u16,
    /// In the lent token's smallest unit: a smaller debt is not worth a liquidation.
    pub min_debt: u64,
}

/// What the market's owner decides about a collateral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CollateralTerms {
    /// The feed's rules that the owner has agreed to: they, or stricter ones, are applied.
    pub config_hash: [u8; 32],
    /// How much may be borrowed against the floor less haircut.
    pub ltv_bps: u16,
    /// Above which debt a position is liquidated, of its value without haircut.
    pub liquidation_bps: u16,
    /// What a liquidator gets above what was repaid.
    pub bonus_bps: u16,
    /// The most that the market takes, in raw units.
    pub max_raw: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Market {
    pub bump: u8,
    /// Who created it, and sets the terms of its collaterals.
    pub owner: Pubkey,
    pub id: u64,
    /// The lent token, taken at one US dollar.
    pub cash_mint: Pubkey,
    /// Token or Token-2022.
    pub cash_program: Pubkey,
    /// The market's associated token account.
    pub cash_vault: Pubkey,
    pub cash_decimals: u8,
    pub terms: MarketTerms,
    pub accrued_at: i64,
    /// What a unit of debt has grown to, times 10^15.
    pub index: u64,
    /// Of all positions together.
    pub debt_units: u64,
    /// What is in the vault and not lent. Tokens sent there by themselves do not count.
    pub cash: u64,
    /// Of all suppliers together.
    pub shares: u64,
    /// Debts that no collateral was left for, ever, in the lent token: the suppliers' loss.
    pub bad_debt: u64,
    pub reserved: [u8; 64],
}

/// A kind of collateral of a market.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Collateral {
    pub bump: u8,
    pub market: Pubkey,
    pub mint: Pubkey,
    /// Where a client finds the accounts that value it. What binds the answer is the hash.
    pub feed: Pubkey,
    /// The market's associated token account.
    pub vault: Pubkey,
    pub decimals: u8,
    pub terms: CollateralTerms,
    /// Raw units of all positions together.
    pub deposited: u64,
    pub reserved: [u8; 64],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Holding {
    /// The [`Collateral`] account. The empty key: a free place.
    pub collateral: Pubkey,
    pub raw: u64,
}

/// A debtor's collateral and debt.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Position {
    pub bump: u8,
    pub market: Pubkey,
    pub owner: Pubkey,
    pub debt_units: u64,
    /// Those in use come first.
    pub holdings: [Holding; MAX_HOLDINGS],
    pub reserved: [u8; 32],
}

/// A lender's part of the pool.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Supplier {
    pub bump: u8,
    pub market: Pubkey,
    pub owner: Pubkey,
    pub shares: u64,
    pub reserved: [u8; 32],
}

impl LenderAccount for Market {
    const KIND: [u8; 8] = *b"LendMrkt";
    const LEN: usize = 9 + 1 + 32 + 8 + 3 * 32 + 1 + 14 + 6 * 8 + 64;
}

impl LenderAccount for Collateral {
    const KIND: [u8; 8] = *b"LendColl";
    const LEN: usize = 9 + 1 + 4 * 32 + 1 + 46 + 8 + 64;
}

impl LenderAccount for Position {
    const KIND: [u8; 8] = *b"LendPosn";
    const LEN: usize = 9 + 1 + 2 * 32 + 8 + MAX_HOLDINGS * 40 + 32;
}

impl LenderAccount for Supplier {
    const KIND: [u8; 8] = *b"LendSupp";
    const LEN: usize = 9 + 1 + 2 * 32 + 8 + 32;
}

impl Market {
    /// Brings the interest up to `now`. Everything below takes that for done. `None`, here and
    /// below: the result does not fit 64 bits.
    pub fn accrue(&mut self, now: Timestamp) -> Option<()> {
        let secs = now.secs_since(Timestamp(self.accrued_at));
        if secs == 0 {
            return Some(());
        }
        let debt = DebtUnits(self.debt_units).owed_floor(self.index())?;
        let MarketTerms { base_rate_bps, slope_bps, .. } = self.terms;
        let rate =
            RateE9::of_pool(Bps(base_rate_bps), Bps(slope_bps), CashAmount(self.cash), debt)?;
        self.index = self.index().after(rate, secs)?.0;
        self.accrued_at = now.0;
        Some(())
    }

    pub const fn index(&self) -> DebtIndex {
        DebtIndex(self.index)
    }

    /// What the suppliers own together: the cash, and what they are owed, rounded down.
    pub fn assets(&self) -> Option<CashAmount> {
        let debt = DebtUnits(self.debt_units).owed_floor(self.index())?;
        self.cash.checked_add(debt.0).map(CashAmount)
    }

    /// The shares that supplying an amount buys.
    pub fn shares_for(&self, amount: CashAmount) -> Option<PoolShares> {
        PoolShares(self.shares).bought(amount, self.assets()?)
    }

    /// What shares are worth.
    pub fn worth(&self, shares: PoolShares) -> Option<CashAmount> {
        shares.worth(self.assets()?, PoolShares(self.shares))
    }

    /// What a position owes, rounded up.
    pub fn debt_of(&self, position: &Position) -> Option<CashAmount> {
        DebtUnits(position.debt_units).owed_ceil(self.index())
    }
}

impl Position {
    /// The holdings in use, in the order in which they are valued.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.iter().take_while(|holding| holding.collateral != Pubkey::default())
    }

    pub fn holding(&self, collateral: &Pubkey) -> Option<&Holding> {
        self.holdings().find(|holding| holding.collateral == *collateral)
    }

    /// Adds to a holding, or begins one. `None`: no place, or too much.
    pub fn add(&mut self, collateral: Pubkey, raw: u64) -> Option<()> {
        let free = Pubkey::default();
        let of = |wanted: Pubkey| move |held: &&mut Holding| held.collateral == wanted;
        let holding = match self.holdings.iter_mut().find(of(collateral)) {
            Some(holding) => holding,
            None => self.holdings.iter_mut().find(of(free))?,
        };
        holding.collateral = collateral;
        holding.raw = holding.raw.checked_add(raw)?;
        Some(())
    }

    /// Takes from a holding; an empty one frees its place. `None`: there is not so much.
    pub fn take(&mut self, collateral: &Pubkey, raw: u64) -> Option<()> {
        let place = self.holdings.iter().position(|held| held.collateral == *collateral)?;
        let holding = self.holdings.get_mut(place)?;
        holding.raw = holding.raw.checked_sub(raw)?;
        if holding.raw == 0 {
            *holding = Holding::default();
            // Those behind it move up.
            self.holdings.get_mut(place..)?.rotate_left(1);
        }
        Some(())
    }
}
