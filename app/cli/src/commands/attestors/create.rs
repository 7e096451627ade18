use crate::{
    attestation::words::{kind_named, kind_names},
    context::{Context, Step},
    exit::{Failure, Result},
    keys, names,
    operator::operator,
    output::{Cell, Page},
    units::{self, Moment},
};
use scrip_client::{
    issuer::{
        accounts::AttestorSet,
        instructions::{CreateAttestorSet, CreateAttestorSetInstructionArgs},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{attestation::Kind, ids, pda};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// An attestor: its address, or a key file whose public half is meant. Once for each
    #[arg(long = "key", value_name = "KEY", required = true, value_parser = keys::address)]
    keys: Vec<Pubkey>,
    /// How many of them must sign
    #[arg(long)]
    threshold: u8,
    /// What they may sign: all, or of mint, reserves, statement, acknowledge, settle, reject, quote, action, attestors;
    /// otherwise what the set may whose place it takes, or all
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<String>,
    /// Number of the set within the custodian; otherwise the next one
    #[arg(long, value_name = "NUMBER")]
    index: Option<u32>,
    /// From when on they count; otherwise now
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,
    /// Until when they count
    #[arg(long, value_name = "TIME", default_value = "+365d")]
    until: Moment,
}

#[derive(clap::Args)]
pub struct RotateArgs {
    #[command(flatten)]
    set: Args,
    /// Number of the set whose place it takes
    #[arg(long, value_name = "NUMBER")]
    replaces: u32,
    /// How long the old set goes on counting after the activation
    #[arg(long, value_name = "SPAN", default_value = "1h", value_parser = units::parse_secs)]
    overlap: u32,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    create(context, args, None)
}

pub fn rotate(context: &Context, args: &RotateArgs) -> Result<Page> {
    create(context, &args.set, Some((args.replaces, args.overlap)))
}

fn create(context: &Context, args: &Args, replaces: Option<(u32, u32)>) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let (custodian, _) = names::custodian(context)?;
    let proposer = operator(context, &issuer)?;
    let chain = context.chain()?;
    let now = chain.now()?;
    let index = match args.index {
        Some(index) => index,
        None => {
            names::attestor_sets(context, &custodian)?.last().map_or(0, |(_, last)| last.index + 1)
        }
    };
    let (replaces, overlap_secs, kinds_before) = match replaces {
        Some((number, overlap)) => {
            let (address, set) = names::attestor_set(context, &custodian, number)?;
            (address, overlap, set.kinds)
        }
        None => (Pubkey::default(), 0, Kind::ALL_BITS),
    };
    let kinds = if args.kinds.is_empty() { kinds_before } else { mask(&args.kinds)? };
    let attestors = in_rising_order(&args.keys)?;
    let attestor_set = pda::attestor_set(&ids::ISSUER, &custodian, index).0;
    let accounts = CreateAttestorSet {
        payer: context.payer()?.pubkey(),
        proposer: proposer.address(),
        issuer,
        custodian,
        attestor_set,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let count = attestors.len();
    let contents = CreateAttestorSetInstructionArgs {
        index,
        attestors,
        threshold: args.threshold,
        kinds,
        valid_from: args.from.map_or(now, |from| from.seconds(now)),
        expires_at: args.until.seconds(now),
        replaces,
        overlap_secs,
    };
    let expires_at = contents.expires_at;
    let step =
        Step::new(format!("create attestor set {index}"), vec![accounts.instruction(contents)]);
    context.send(step, &[&proposer.keypair])?;
    let mut page = Page::new();
    page.field("attestor_set", attestor_set).field("index", index);
    page.field("threshold", Cell::new(format!("{} of {count}", args.threshold), args.threshold));
    page.field("may_sign", Cell::list(kind_names(kinds)));
    page.field("until", units::time(expires_at));
    tell_status(context, &mut page, &attestor_set)?;
    Ok(page)
}

fn tell_status(context: &Context, page: &mut Page, address: &Pubkey) -> Result<()> {
    if context.dry_run() {
        return Ok(());
    }
    let set: AttestorSet = context.chain()?.read("the attestor set", address)?;
    let proposed = set.status != 0;
    page.field("counts", !proposed);
    if proposed {
        let when = match set.ready_at {
            i64::MAX => "The admin did not propose it: only a quorum can activate it".into(),
            ready_at => format!(
                "The admin can activate it from {} on: scrip attestors activate {}",
                units::time_text(ready_at),
                set.index
            ),
        };
        page.note(format!(
            "It is proposed. {when}; a quorum at once: scrip attest attestors activate {}",
            set.index
        ));
    }
    Ok(())
}

/// As the program wants them; one that is there twice is a mistake that nobody should sign for.
fn in_rising_order(keys: &[Pubkey]) -> Result<Vec<Pubkey>> {
    let mut sorted = keys.to_vec();
    sorted.sort();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Failure::usage(format!("the key {} is there twice", pair[0])));
    }
    Ok(sorted)
}

fn mask(names: &[String]) -> Result<u16> {
    if names.iter().any(|name| name == "all") {
        return Ok(Kind::ALL_BITS);
    }
    names.iter().try_fold(0, |mask, name| {
        let kind = kind_named(name);
        let kind = kind.ok_or_else(|| {
            Failure::usage(format!(
                "\"{name}\" is no kind; kinds are all, {}",
                kind_names(Kind::ALL_BITS).join(", ")
            ))
        })?;
        Ok(mask | kind.bit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_none_may_be_there_twice() {
        let key = |byte| Pubkey::new_from_array([byte; 32]);
        assert_eq!(in_rising_order(&[key(3), key(1)]).unwrap(), [key(1), key(3)]);
        assert!(
            in_rising_order(&[key(3), key(1), key(3)])
                .unwrap_err()
                .message
                .ends_with("is there twice")
        );
    }

    #[test]
    fn kinds_make_a_mask() {
        let mask_of =
            |names: &[&str]| mask(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(mask_of(&["mint", "settle"]).unwrap(), Kind::Mint.bit() | Kind::Settle.bit());
        assert_eq!(mask_of(&["all"]).unwrap(), Kind::ALL_BITS);
        assert!(mask_of(&["everything"]).is_err());
    }
}
