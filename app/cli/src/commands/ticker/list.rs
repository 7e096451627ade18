use super::facts::{self, Facts};
use crate::{
    context::{Context, Step},
    exit::{Failure, Result},
    names,
    operator::operator,
    output::{Cell, Page},
    units::{self, padded, parse_secs},
};
use clap::ValueEnum;
use scrip_client::{
    issuer::{
        instructions::{ListTicker, ListTickerInstructionArgs},
        types::{Limit, TickerTerms},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{
    ids,
    mint::TOKEN_2022,
    pda,
    token_account::{ASSOCIATED_TOKEN, associated},
};
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::path::PathBuf;

/// What a token's name may have.
const MAX_NAME_BYTES: usize = 64;

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    /// Free transfers; accounts can be held
    Open,
    /// Accounts start frozen and are thawed for registered wallets
    Frozen,
    /// Every transfer is checked by the gate's hook
    Hooked,
}

#[derive(clap::Args)]
pub struct Args {
    /// Symbol of the token, like AAPLx
    symbol: String,
    /// Tickers file with a row of this symbol
    #[arg(long, default_value = "app/data/tickers.json")]
    file: PathBuf,
    /// Name of the share; with --underlying and --mic no file is read
    #[arg(long, requires_all = ["underlying", "mic"])]
    name: Option<String>,
    /// Symbol of the share, like AAPL
    #[arg(long)]
    underlying: Option<String>,
    /// Market, by its identifier code (ISO 10383), like XNAS
    #[arg(long)]
    mic: Option<String>,
    /// ISIN of the share
    #[arg(long)]
    isin: Option<String>,
    /// Address of the token's metadata; {symbol} is replaced
    #[arg(
        long,
        value_name = "URI",
        default_value = "https://scrip.example/metadata/{symbol}.json"
    )]
    uri: String,
    /// How strict it is about holders, for good but for opening
    #[arg(long, value_enum, default_value = "open")]
    mode: Mode,
    /// Mint to and redeem from registered wallets only, though it is open
    #[arg(long)]
    primary_kyc: bool,
    #[command(flatten)]
    terms: TermsArgs,
}

// A ticker's terms, as flags.
#[derive(clap::Args, Clone)]
pub struct TermsArgs {
    /// Oldest statement of reserves that a mint may rest on
    #[arg(long, value_name = "SPAN", default_value = "1d", value_parser = parse_secs)]
    pub max_statement_age: u32,
    /// How many receivable shares count, in hundredths of a percent of the settled ones
    #[arg(long, value_name = "BPS", default_value_t = 500)]
    pub max_receivable_bps: u16,
    /// From a request to its deadline
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = parse_secs)]
    pub redemption: u32,
    /// From an acknowledgement to the deadline
    #[arg(long, value_name = "SPAN", default_value = "3d", value_parser = parse_secs)]
    pub payout: u32,
    /// Smallest redemption, raw
    #[arg(long, value_name = "RAW", default_value_t = 0)]
    pub min_redemption: u64,
    /// Most that is minted, RAW/SPAN: 100000000000/1d
    #[arg(long, value_name = "RAW/SPAN", value_parser = parse_limit)]
    pub mint_limit: Option<Limit>,
    /// Most that is minted to one owner, RAW/SPAN
    #[arg(long, value_name = "RAW/SPAN", value_parser = parse_limit)]
    pub owner_mint_limit: Option<Limit>,
    /// Most that is redeemed for cash, RAW/SPAN
    #[arg(long, value_name = "RAW/SPAN", value_parser = parse_limit)]
    pub cash_limit: Option<Limit>,
    /// Most that one owner redeems for cash, RAW/SPAN
    #[arg(long, value_name = "RAW/SPAN", value_parser = parse_limit)]
    pub owner_cash_limit: Option<Limit>,
}

fn parse_limit(text: &str) -> std::result::Result<Limit, String> {
    let (capacity, span) = text.split_once('/').ok_or("write RAW/SPAN, like 100000000000/1d")?;
    let capacity = capacity.parse().map_err(|_| format!("\"{capacity}\" is no raw amount"))?;
    Ok(Limit { capacity, window_secs: parse_secs(span)? })
}

impl TermsArgs {
    pub fn terms(&self) -> TickerTerms {
        let limit =
            |limit: &Option<Limit>| limit.clone().unwrap_or(Limit { capacity: 0, window_secs: 0 });
        TickerTerms {
            max_statement_age_secs: self.max_statement_age,
            max_receivable_bps: self.max_receivable_bps,
            redemption_secs: self.redemption,
            payout_secs: self.payout,
            min_redemption: self.min_redemption,
            mint_limit: limit(&self.mint_limit),
            owner_mint_limit: limit(&self.owner_mint_limit),
            cash_limit: limit(&self.cash_limit),
            owner_cash_limit: limit(&self.owner_cash_limit),
        }
    }
}

impl Args {
    /// By flags, or out of the file.
    fn facts(&self) -> Result<Facts> {
        let (Some(name), Some(underlying), Some(mic)) = (&self.name, &self.underlying, &self.mic)
        else {
            let row = facts::row(&self.file, &self.symbol)?;
            return Ok(Facts { isin: self.isin.clone().or(row.isin.clone()), ..row });
        };
        Ok(Facts {
            symbol: self.symbol.clone(),
            name: name.clone(),
            underlying: underlying.clone(),
            mic: mic.clone(),
            isin: self.isin.clone(),
            feeds: facts::Feeds::default(),
        })
    }
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let facts = args.facts()?;
    let (issuer, _) = names::issuer(context)?;
    let (custodian, _) = names::custodian(context)?;
    let operator = operator(context, &issuer)?;
    if let Some(mint) = names::listed_mint(context, &args.symbol)? {
        return Err(Failure::refused(format!("{} is listed already: {mint}", args.symbol)));
    }
    context.confirm(&format!(
        "list {} ({}, {} on {}) as {}",
        facts.symbol,
        facts.name,
        facts.underlying,
        facts.mic,
        args.mode.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    ))?;
    // Signs once, for its own creation; no key to it is needed or kept.
    let mint_key = Keypair::new();
    let mint = mint_key.pubkey();
    let escrow = pda::escrow(&ids::ISSUER, &mint).0;
    let symbol: [u8; 16] = padded(&facts.symbol)?;
    let accounts = ListTicker {
        payer: context.payer()?.pubkey(),
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        custodian,
        mint,
        ticker: pda::ticker(&ids::ISSUER, &mint).0,
        symbol_record: pda::symbol(&ids::ISSUER, &issuer, &symbol).0,
        nonces: pda::nonce_window(&ids::ISSUER, &mint).0,
        authority: pda::authority(&ids::ISSUER, &mint).0,
        delegate: pda::delegate(&ids::ISSUER, &mint).0,
        escrow,
        escrow_account: associated(&escrow, &TOKEN_2022, &mint),
        token_program: TOKEN_2022,
        associated_token_program: ASSOCIATED_TOKEN,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let list = accounts.instruction(ListTickerInstructionArgs {
        symbol,
        underlying: padded(&facts.underlying)?,
        isin: padded(facts.isin.as_deref().unwrap_or_default())?,
        mic: padded(&facts.mic)?,
        name: token_name(&facts.name),
        uri: args.uri.replace("{symbol}", &facts.symbol),
        terms: args.terms.terms(),
        mode: args.mode as u8,
        primary_kyc: args.primary_kyc,
    });
    context.send(
        Step::new(format!("list {}", facts.symbol), vec![list]),
        &[&operator.keypair, &mint_key],
    )?;
    let mut page = Page::new();
    page.field("symbol", facts.symbol.as_str())
        .field("mint", mint)
        .field("name", token_name(&facts.name));
    page.field("isin", facts.isin.clone().map_or_else(Cell::none, Cell::from));
    page.field("redemption_secs", units::span(args.terms.redemption));
    page.note(format!(
        "Next: scrip attest mint {} --to OWNER --amount SHARES --settled SHARES",
        facts.symbol
    ));
    Ok(page)
}

/// The share's name with what says that this is a token of it, where the program has room for both.
fn token_name(share: &str) -> String {
    let name = format!("{share} xStock");
    if name.len() <= MAX_NAME_BYTES { name } else { share.to_owned() }
}
