//! Reading what an audit of a ticker needs, and auditing it.

use super::{Chain, ChainError, Result};
use crate::{
    accounts::{Account, DecodeError},
    audit::{Check, Facts, audit, burned_by_holders},
    events::{Event, events},
    issuer::accounts::{History, Redemption, Ticker},
};
use scrip_interface::{
    mint::{Mint, TOKEN_2022},
    pda,
    token_account::{TokenAccount, associated},
};
use solana_account::Account as Bytes;
use solana_address::Address;
use solana_signature::Signature;

/// Where a redemption names its mint.
const REDEMPTION_MINT: usize = 16;
/// How often to begin anew because the ticker changed meanwhile.
const ATTEMPTS: usize = 5;

/// An audited ticker.
#[derive(Clone, Debug)]
pub struct Audited {
    pub ticker: Ticker,
    pub address: Address,
    /// The chain's time as of which it was audited.
    pub now: i64,
    /// Raw.
    pub supply: u64,
    pub events: usize,
    pub transactions: usize,
    pub checks: Vec<Check>,
}

/// Accounts of one moment.
struct Moment {
    now: i64,
    ticker: Ticker,
    mint: Vec<u8>,
    escrow: Option<u64>,
    history: Option<History>,
    redemptions: Vec<Redemption>,
}

impl Chain {
    /// Reads all that is known of a listed mint, recomputes its books and tells what does not add up.
    /// Reads every transaction of the ticker; those of the mint too, if burns by holders have to
    /// explain a difference.
    pub fn audit(&self, mint: &Address) -> Result<Audited> {
        let address = pda::ticker(&self.programs.issuer, mint).0;
        let moment = self.moment(mint, &address)?;
        let signatures = self.signatures(&address)?;
        let events = self.stream(&address, &signatures, moment.ticker.stream.sequence)?;
        let parsed = Mint::parse(&moment.mint)
            .ok_or(ChainError::Missing { what: "the mint", address: *mint })?;
        let books = moment.ticker.minted.checked_sub(moment.ticker.redeemed);
        let burned = match books == Some(parsed.supply().0) {
            true => None,
            false => Some(self.burned(mint)?),
        };
        let facts = Facts {
            now: moment.now,
            ticker: &moment.ticker,
            authority: pda::authority(&self.programs.issuer, mint).0,
            delegate: pda::delegate(&self.programs.issuer, mint).0,
            mint: parsed,
            escrow: moment.escrow,
            redemptions: &moment.redemptions,
            history: moment.history.as_ref(),
            events: &events,
            burned,
        };
        let checks = audit(&facts);
        Ok(Audited {
            address,
            now: moment.now,
            supply: parsed.supply().0,
            events: events.len(),
            transactions: signatures.len(),
            checks,
            ticker: moment.ticker,
        })
    }

    /// Everything as of one state of the ticker: read again if it changed meanwhile.
    fn moment(&self, mint: &Address, ticker: &Address) -> Result<Moment> {
        let issuer = &self.programs.issuer;
        let escrow = associated(&pda::escrow(issuer, mint).0, &TOKEN_2022, mint);
        let addresses = [*ticker, *mint, escrow, pda::history(issuer, mint).0];
        let mut before: Option<Vec<Option<Bytes>>> = None;
        let mut redemptions = vec![];
        for _ in 0..=ATTEMPTS {
            let now = self.accounts(&addresses)?;
            let same = before.as_ref() == Some(&now);
            if same {
                let now = self.now()?;
                return read(now, &addresses, before.unwrap_or_default(), redemptions);
            }
            redemptions = self.all::<Redemption>(REDEMPTION_MINT, mint.as_ref())?;
            before = Some(now);
        }
        Err(ChainError::Says("the ticker changes all the time: try again".into()))
    }

    /// The events of the ticker's stream up to a number, in order.
    fn stream(&self, ticker: &Address, signatures: &[Signature], until: u64) -> Result<Vec<Event>> {
        let mut found = Vec::new();
        for signature in signatures {
            let executed = self.transaction(signature)?;
            if executed.outcome.is_err() {
                continue;
            }
            let events = events(&executed.calls, &self.programs);
            found.extend(
                events
                    .into_iter()
                    .filter(|event| event.stream() == Some(*ticker) && event.sequence <= until),
            );
        }
        found.sort_by_key(|event| event.sequence);
        Ok(found)
    }

    /// What holders burned of a mint themselves: burns that the issuer's program did not call.
    fn burned(&self, mint: &Address) -> Result<u64> {
        let mut burned = 0u64;
        for signature in self.signatures(mint)? {
            let executed = self.transaction(&signature)?;
            if executed.outcome.is_err() {
                continue;
            }
            let more = burned_by_holders(&executed.calls, mint, &self.programs.issuer);
            burned = burned.saturating_add(more);
        }
        Ok(burned)
    }
}

fn read(
    now: i64,
    [ticker_at, mint_at, _, history_at]: &[Address; 4],
    found: Vec<Option<Bytes>>,
    redemptions: Vec<(Address, Redemption)>,
) -> Result<Moment> {
    let mut found = found.into_iter();
    let mut next = || found.next().flatten();
    let missing = |what, address: &Address| ChainError::Missing { what, address: *address };
    let unreadable =
        |address: &Address, error: DecodeError| ChainError::Unreadable { address: *address, error };
    let ticker = next().ok_or_else(|| missing("the ticker", ticker_at))?;
    let mint = next().ok_or_else(|| missing("the mint", mint_at))?;
    let (escrow, history) = (next(), next());
    let ticker = Ticker::decode(&ticker.data).map_err(|error| unreadable(ticker_at, error))?;
    let history = history.map(|bytes| History::decode(&bytes.data)).transpose();
    Ok(Moment {
        now,
        ticker,
        mint: mint.data,
        escrow: escrow
            .and_then(|bytes| TokenAccount::parse(&bytes.data)?.amount())
            .map(|raw| raw.0),
        history: history.map_err(|error| unreadable(history_at, error))?,
        redemptions: redemptions.into_iter().map(|(_, redemption)| redemption).collect(),
    })
}
