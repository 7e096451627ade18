use crate::{
    attestation::{
        File, Terms,
        prepare::Making,
        terms::{AttestorsDecision, Key, SetContents},
    },
    context::Context,
    exit::Result,
    keys, names,
    output::Page,
};
use clap::Subcommand;
use scrip_interface::attestation::Kind;
use solana_pubkey::Pubkey;

#[derive(Subcommand)]
pub enum Command {
    /// That a proposed set counts from now on
    Activate {
        /// Number of the proposed set
        index: u32,
        #[command(flatten)]
        making: Making,
    },
    /// That a key counts no more, in no set and for good
    Remove {
        /// The key: an address, or a key file
        #[arg(value_parser = keys::address)]
        key: Pubkey,
        #[command(flatten)]
        making: Making,
    },
    /// That a ticker rests on another custodian of the issuer from now on
    ChangeCustodian {
        /// Symbol, or mint
        ticker: String,
        /// Number of the next custodian
        next: u32,
        #[command(flatten)]
        making: Making,
    },
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    let (custodian, state) = names::custodian(context)?;
    let (decision, making) = match command {
        Command::Activate { index, making } => {
            let (_, set) = names::attestor_set(context, &custodian, index)?;
            let set = SetContents {
                index,
                threshold: set.threshold,
                kinds: set.kinds,
                valid_from: set.valid_from,
                expires_at: set.expires_at,
                replaces: set.replaces,
                overlap_secs: set.overlap_secs,
                attestors: set
                    .attestors
                    .iter()
                    .take(set.count.into())
                    .map(|key| Key(*key))
                    .collect(),
            };
            (AttestorsDecision::ActivateSet { set }, making)
        }
        Command::Remove { key, making } => {
            (AttestorsDecision::RemoveAttestor { attestor: key }, making)
        }
        Command::ChangeCustodian { ticker, next, making } => {
            let mint = names::security(context, &ticker)?.mint;
            (AttestorsDecision::ChangeCustodian { mint, next }, making)
        }
    };
    let header = making.about_custodian(context, custodian, &state, Kind::Attestors)?;
    making.finish(context, File::new(header, Terms::Attestors { decision }, None))
}
