//! What people call things, and what they are on the chain: tickers by symbol or mint, custodians and attestor sets
//! by number.

use crate::{
    context::Context,
    exit::{Failure, Result},
    output::Cell,
    units,
};
use scrip_client::{
    issuer::{
        accounts::{AttestorSet, Custodian, Issuer, Symbol, Ticker},
        types::ReserveSnapshot,
    },
    reserves::{counted_shares, snapshot_at},
};
use scrip_interface::{
    gate, ids,
    issuer::Mode,
    mint::{Mint, TOKEN_2022},
    pda,
    token_account::{TokenAccount, associated},
};
use scrip_math::{Multiplier, RawAmount, Timestamp};
use solana_pubkey::Pubkey;

/// A listed security as the chain has it at `now`.
pub struct Security {
    pub mint: Pubkey,
    /// Of the ticker's account.
    pub address: Pubkey,
    pub ticker: Ticker,
    pub supply: u64,
    pub multiplier: Multiplier,
    /// The one that will replace it, while its time has not come.
    pub next_multiplier: Option<(Multiplier, i64)>,
    pub mint_paused: bool,
    pub starts_frozen: bool,
    pub hook: Option<Pubkey>,
    pub now: i64,
}

/// Finds a ticker by its symbol with the issuer, or by its mint.
pub fn security(context: &Context, name: &str) -> Result<Security> {
    let chain = context.chain()?;
    let mint = match name.parse::<Pubkey>() {
        Ok(mint) => mint,
        Err(_) => listed_mint(context, name)?.ok_or_else(|| {
            Failure::missing(format!("{name} is not listed with this issuer"))
                .hint("scrip ticker show lists all")
        })?,
    };
    let address = pda::ticker(&ids::ISSUER, &mint).0;
    let ticker: Ticker = chain.read(&format!("the ticker of {name}"), &address)?;
    Security::read(context, mint, address, ticker, chain.now()?)
}

/// The mint of a symbol of the issuer, if it is listed.
pub fn listed_mint(context: &Context, symbol: &str) -> Result<Option<Pubkey>> {
    let address = pda::symbol(&ids::ISSUER, &context.issuer()?, &units::padded(symbol)?).0;
    let record: Option<Symbol> = context.chain()?.find(&address)?;
    Ok(record.map(|record| record.mint))
}

impl Security {
    pub fn read(
        context: &Context,
        mint: Pubkey,
        address: Pubkey,
        ticker: Ticker,
        now: i64,
    ) -> Result<Self> {
        let bytes = context.chain()?.bytes(&mint)?.filter(|bytes| bytes.owner == TOKEN_2022);
        let broken = || Failure::missing(format!("{mint} is no mint with a multiplier"));
        let bytes = bytes.ok_or_else(broken)?;
        let parsed = Mint::parse(&bytes.data).ok_or_else(broken)?;
        let scaled = parsed.scaled_ui().ok_or_else(broken)?;
        let multiplier = scaled.current(Timestamp(now)).map_err(|_| broken())?;
        let next = scaled.pending(Timestamp(now)).map_err(|_| broken())?;
        Ok(Self {
            mint,
            address,
            ticker,
            supply: parsed.supply().0,
            multiplier,
            next_multiplier: next.map(|next| (next, scaled.effective_at.0)),
            mint_paused: parsed.is_paused(),
            starts_frozen: parsed.starts_frozen(),
            hook: parsed.hook_program(),
            now,
        })
    }

    pub fn symbol(&self) -> String {
        units::padded_text(&self.ticker.symbol)
    }

    pub fn mode(&self) -> &'static str {
        Mode::from_byte(self.ticker.mode).map_or("unknown", Mode::name)
    }

    /// Whether minting and redemption are for registered wallets.
    pub const fn asks_registration(&self) -> bool {
        self.ticker.mode != Mode::Open as u8 || self.ticker.primary_kyc != 0
    }

    /// The gate's policy and its record of the owner, for instructions of a ticker that asks for them.
    pub fn registration(&self, owner: &Pubkey) -> (Option<Pubkey>, Option<Pubkey>) {
        if !self.asks_registration() {
            return (None, None);
        }
        (Some(self.policy()), Some(self.wallet_record(owner)))
    }

    pub fn policy(&self) -> Pubkey {
        gate::pda::policy(&ids::GATE, &self.mint).0
    }

    pub fn wallet_record(&self, owner: &Pubkey) -> Pubkey {
        gate::pda::wallet(&ids::GATE, &self.ticker.issuer, owner).0
    }

    pub fn authority(&self) -> Pubkey {
        pda::authority(&ids::ISSUER, &self.mint).0
    }

    pub fn nonces(&self) -> Pubkey {
        pda::nonce_window(&ids::ISSUER, &self.mint).0
    }

    /// An owner's associated account.
    pub fn account_of(&self, owner: &Pubkey) -> Pubkey {
        associated(owner, &TOKEN_2022, &self.mint)
    }

    /// What the custodian's word is now: a scheduled action's counts from its second on.
    pub fn reserves(&self) -> ReserveSnapshot {
        snapshot_at(&self.ticker, self.now)
    }

    /// What that counts for: settled, and receivable as far as the ticker takes it.
    pub fn counted_shares(&self) -> u128 {
        counted_shares(&self.ticker, &self.reserves()).0
    }

    /// Shares that the supply stands for, rounded up.
    pub fn owed_shares(&self) -> u128 {
        self.multiplier.shares_ceil(RawAmount(self.supply)).map_or(u128::MAX, |shares| shares.0)
    }

    /// A raw amount of it, for output.
    pub fn amount(&self, raw: u64, price: Option<u64>) -> Cell {
        units::amount(raw, self.multiplier, price)
    }
}

/// A token account of a mint: its owner, its balance, whether it is frozen.
pub struct Holding {
    pub owner: Pubkey,
    pub amount: u64,
    pub frozen: bool,
}

pub fn holding(context: &Context, account: &Pubkey) -> Result<Option<Holding>> {
    let bytes = context.chain()?.bytes(account)?.filter(|bytes| bytes.owner == TOKEN_2022);
    Ok(bytes.and_then(|bytes| {
        let account = TokenAccount::parse(&bytes.data)?;
        Some(Holding {
            owner: account.owner()?,
            amount: account.amount()?.0,
            frozen: account.is_frozen(),
        })
    }))
}

pub fn issuer(context: &Context) -> Result<(Pubkey, Issuer)> {
    let address = context.issuer()?;
    Ok((address, context.chain()?.read("the issuer", &address)?))
}

/// The custodian by its number with the issuer.
pub fn custodian(context: &Context) -> Result<(Pubkey, Custodian)> {
    let number = context.custodian_number()?;
    let address = pda::custodian(&ids::ISSUER, &context.issuer()?, number).0;
    Ok((address, context.chain()?.read(&format!("custodian {number}"), &address)?))
}

pub fn attestor_set(
    context: &Context,
    custodian: &Pubkey,
    index: u32,
) -> Result<(Pubkey, AttestorSet)> {
    let address = pda::attestor_set(&ids::ISSUER, custodian, index).0;
    Ok((address, context.chain()?.read(&format!("attestor set {index}"), &address)?))
}

/// All sets of a custodian, by their numbers.
pub fn attestor_sets(context: &Context, custodian: &Pubkey) -> Result<Vec<(Pubkey, AttestorSet)>> {
    const CUSTODIAN_AT: usize = 24;
    let mut sets = context.chain()?.accounts::<AttestorSet>(CUSTODIAN_AT, custodian)?;
    sets.sort_by_key(|(_, set)| set.index);
    Ok(sets)
}

/// All securities of the issuer, by symbol.
pub fn securities(context: &Context) -> Result<Vec<Security>> {
    const ISSUER_AT: usize = 32;
    let chain = context.chain()?;
    let now = chain.now()?;
    let mut found = vec![];
    for (address, ticker) in chain.accounts::<Ticker>(ISSUER_AT, &context.issuer()?)? {
        found.push(Security::read(context, ticker.mint, address, ticker, now)?);
    }
    found.sort_by_key(Security::symbol);
    Ok(found)
}
