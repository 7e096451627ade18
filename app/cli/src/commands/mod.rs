//! One file per command. Each has its arguments, `Args`, and `run`, which reads, sends and gives a page; groups of
//! commands are folders.

mod action;
mod airdrop;
mod attest;
mod attestors;
mod audit;
mod completions;
mod config;
mod curator;
mod custodian;
mod explain;
mod freeze;
mod hold;
mod issuer;
mod key;
mod kyc;
mod migrate;
mod mint;
mod policy;
mod price;
mod redeem;
mod seize;
mod status;
mod thaw;
mod ticker;
mod value;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Settings that need not be given each time
    #[command(subcommand)]
    Config(config::Command),
    /// Key files
    #[command(subcommand)]
    Key(key::Command),
    /// Ask a local or test cluster for SOL
    Airdrop(airdrop::Args),
    /// The issuer: who governs, with which powers, what is paused
    #[command(subcommand)]
    Issuer(issuer::Command),
    /// Custodians: who holds the shares
    #[command(subcommand)]
    Custodian(custodian::Command),
    /// Attestors: whose signatures count for a custodian
    #[command(subcommand)]
    Attestors(attestors::Command),
    /// Tickers: listed securities
    #[command(subcommand)]
    Ticker(ticker::Command),
    /// Attestations: make, sign, check and send what a custodian's attestors say
    #[command(subcommand)]
    Attest(attest::Command),
    /// Mint with attestors' key files that are all here: one owner, or a table of them
    ///
    /// Where the keys are on several machines: attest mint, attest sign, attest submit.
    ///
    /// A batch is a table with the columns owner and amount: CSV with a head line. What has been done stands in a file
    /// beside it, FILE.csv.progress: run the same command again after an interruption, and it goes on. Each row has a
    /// nonce of its own, so no row is ever minted twice.
    Mint(mint::Args),
    /// Redemption by request: the investor's side, and the custodian's answer
    #[command(subcommand)]
    Redeem(redeem::Command),
    /// The KYC desk: providers, investors and their wallets
    #[command(subcommand)]
    Kyc(kyc::Command),
    /// Who may hold a ticker
    #[command(subcommand)]
    Policy(policy::Command),
    /// Price feeds and market calendars for lenders
    #[command(subcommand)]
    Curator(curator::Command),
    /// Prices
    #[command(subcommand)]
    Price(price::Command),
    /// What an amount is worth to a lender now, and what may be done with it
    Value(value::Args),
    /// How the issuer and its tickers stand, at a glance
    Status(status::Args),
    /// Corporate actions: splits, dividends and the like
    #[command(subcommand)]
    Action(action::Command),
    /// Holds: accounts that compliance stops
    #[command(subcommand)]
    Hold(hold::Command),
    /// Seizures and recoveries
    #[command(subcommand)]
    Seize(seize::Command),
    /// Thaw an account that is not held, where its owner may hold the ticker. Anybody may
    Thaw(thaw::Args),
    /// Freeze an account that is held, or whose owner may not hold the ticker. Anybody may
    Freeze(freeze::Args),
    /// Bring accounts of an older layout to this release's. Anybody may
    Migrate(migrate::Args),
    /// Tell a transaction in words: its instructions, what they published, why it failed
    Explain(explain::Args),
    /// Recompute a ticker's books from the chain and say what does not add up
    Audit(audit::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Config(command) => config::run(context, command),
        Command::Key(command) => key::run(context, command),
        Command::Airdrop(args) => airdrop::run(context, &args),
        Command::Issuer(command) => issuer::run(context, command),
        Command::Custodian(command) => custodian::run(context, command),
        Command::Attestors(command) => attestors::run(context, command),
        Command::Ticker(command) => ticker::run(context, command),
        Command::Attest(command) => attest::run(context, command),
        Command::Mint(args) => mint::run(context, &args),
        Command::Redeem(command) => redeem::run(context, command),
        Command::Kyc(command) => kyc::run(context, command),
        Command::Policy(command) => policy::run(context, command),
        Command::Curator(command) => curator::run(context, command),
        Command::Price(command) => price::run(context, command),
        Command::Value(args) => value::run(context, &args),
        Command::Status(args) => status::run(context, &args),
        Command::Action(command) => action::run(context, command),
        Command::Hold(command) => hold::run(context, command),
        Command::Seize(command) => seize::run(context, command),
        Command::Thaw(args) => thaw::run(context, &args),
        Command::Freeze(args) => freeze::run(context, &args),
        Command::Migrate(args) => migrate::run(context, &args),
        Command::Explain(args) => explain::run(context, &args),
        Command::Audit(args) => audit::run(context, &args),
        Command::Completions(args) => completions::run(&args),
    }
}
