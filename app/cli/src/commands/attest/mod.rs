//! `attest`: one command per kind makes a file; `sign`, `show` and `submit` work with any.

mod acknowledge;
mod action;
mod attestors;
mod mint;
mod quote;
mod reject;
mod reserves;
mod settle;
mod show;
mod sign;
mod statement;
mod submit;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

pub use acknowledge::Args as AcknowledgeArgs;
pub use acknowledge::run as acknowledge;

#[derive(Subcommand)]
pub enum Command {
    /// That an amount may be minted to an owner, and what is held
    Mint(mint::Args),
    /// What is held for one ticker
    Reserves(reserves::Args),
    /// What is held for many tickers, signed once and applied to each
    Statement(statement::Args),
    /// That a redemption was taken up and will be paid
    Acknowledge(acknowledge::Args),
    /// That a redemption was paid out, in part or whole: the shares are burned
    Settle(settle::Args),
    /// That a redemption will not be paid: the owner may take the shares back
    Reject(reject::Args),
    /// A price in cash, for at most a minute
    Quote(quote::Args),
    /// A step of a corporate action
    #[command(subcommand)]
    Action(action::Command),
    /// A decision about the custodian's own attestors
    #[command(subcommand)]
    Attestors(attestors::Command),
    /// Sign files with an attestor's key. Needs no network: what is signed is made anew from the readable fields
    Sign(sign::Args),
    /// Show what a file says, and who has signed it. Needs no network
    Show(show::Args),
    /// Gather files, check every signature, and send what has enough of them
    Submit(submit::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Mint(args) => mint::run(context, &args),
        Command::Reserves(args) => reserves::run(context, &args),
        Command::Statement(args) => statement::run(context, &args),
        Command::Acknowledge(args) => acknowledge::run(context, &args),
        Command::Settle(args) => settle::run(context, &args),
        Command::Reject(args) => reject::run(context, &args),
        Command::Quote(args) => quote::run(context, &args),
        Command::Action(command) => action::run(context, command),
        Command::Attestors(command) => attestors::run(context, command),
        Command::Sign(args) => sign::run(context, &args),
        Command::Show(args) => show::run(&args),
        Command::Submit(args) => submit::run(context, &args),
    }
}
