use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::operator,
    output::{Cell, Page},
};
use scrip_client::{
    issuer::{
        instructions::{
            SetIssuerPause, SetIssuerPauseInstructionArgs, SetTickerPause,
            SetTickerPauseInstructionArgs,
        },
        types::SetPauseArgs,
    },
    programs::event_authority,
};
use scrip_interface::{ids, mint::TOKEN_2022};

/// Bits of what is paused, by the names that commands take.
const PAUSES: [(&str, u8); 4] = [("mint", 1), ("redeem", 2), ("cash", 4), ("transfer", 8)];

pub fn pause_names(mask: u8) -> Vec<&'static str> {
    PAUSES.iter().filter(|(_, bit)| mask & bit != 0).map(|(name, _)| *name).collect()
}

fn pause_named(name: &str) -> std::result::Result<u8, String> {
    let bit = PAUSES.iter().find(|(known, _)| *known == name).map(|(_, bit)| *bit);
    let all = PAUSES.iter().fold(0, |all, (_, bit)| all | bit);
    if name == "all" { Some(all) } else { bit }
        .ok_or_else(|| "it is mint, redeem, cash, transfer or all".into())
}

#[derive(clap::Args)]
pub struct Args {
    /// mint, redeem, cash, transfer, or all. Settlement, claim and reclaim always work
    #[arg(value_name = "WHAT", required = true, value_parser = pause_named)]
    what: Vec<u8>,
    /// Only this ticker
    #[arg(long, value_name = "TICKER")]
    ticker: Option<String>,
}

/// Pauses, or lifts pauses.
pub fn run(context: &Context, args: &Args, pause: bool) -> Result<Page> {
    let bits = args.what.iter().fold(0, |all, one| all | one);
    let change = if pause {
        SetPauseArgs { pause: bits, unpause: 0 }
    } else {
        SetPauseArgs { pause: 0, unpause: bits }
    };
    let verb = if pause { "pause" } else { "unpause" };
    let of = args.ticker.as_deref().unwrap_or("all tickers of the issuer");
    context.confirm(&format!("{verb} {} for {of}", pause_names(bits).join(", ")))?;
    let mut page = Page::new();
    let (instruction, operator) = match &args.ticker {
        Some(name) => {
            let security = names::security(context, name)?;
            let operator = operator(context, &security.ticker.issuer)?;
            page.field("ticker", security.symbol());
            let accounts = SetTickerPause {
                operator: operator.address(),
                role_grant: operator.grant,
                issuer: security.ticker.issuer,
                ticker: security.address,
                mint: security.mint,
                authority: security.authority(),
                token_program: TOKEN_2022,
                event_authority: event_authority(&ids::ISSUER),
                program: ids::ISSUER,
            };
            (accounts.instruction(SetTickerPauseInstructionArgs { args: change }), operator)
        }
        None => {
            let (issuer, _) = names::issuer(context)?;
            let operator = operator(context, &issuer)?;
            page.field("issuer", issuer);
            let accounts = SetIssuerPause {
                operator: operator.address(),
                role_grant: operator.grant,
                issuer,
                event_authority: event_authority(&ids::ISSUER),
                program: ids::ISSUER,
            };
            (accounts.instruction(SetIssuerPauseInstructionArgs { args: change }), operator)
        }
    };
    context.send(Step::new(format!("{verb} {of}"), vec![instruction]), &[&operator.keypair])?;
    page.field(if pause { "paused" } else { "lifted" }, Cell::list(pause_names(bits)));
    Ok(page)
}
