use crate::{
    commands::hold::Whose,
    context::{Context, Step},
    exit::{Failure, Result},
    keys, names,
    operator::{hash_argument, operator},
    output::Page,
    units::{self, Amount},
};
use scrip_client::{
    issuer::{
        accounts::Seizure,
        instructions::{AnnounceSeizure, AnnounceSeizureInstructionArgs},
        types::SeizureKind,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
    /// The wallet that gets the shares: an address, or a key file
    #[arg(long, value_parser = keys::address)]
    to: Pubkey,
    /// At most so many; otherwise the whole balance
    #[arg(long)]
    amount: Option<Amount>,
    /// Give the shares back to an investor who has lost the wallet: --to is another wallet of the same
    #[arg(long, conflicts_with = "amount")]
    recovery: bool,
    /// Why, by a number of the issuer's own
    #[arg(long, value_name = "NUMBER")]
    reason: u16,
    /// Documents of the case: a file, or its sha256
    #[arg(long, value_name = "FILE|SHA256", value_parser = hash_argument)]
    case: [u8; 32],
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let (token_account, owner) = args.whose.find(context, &security)?;
    if owner == args.to {
        return Err(Failure::usage(
            "the shares are to go to another wallet than they are taken from",
        ));
    }
    let amount = args.amount.map_or(Ok(u64::MAX), |amount| amount.raw(security.multiplier))?;
    let (kind, verb) = if args.recovery {
        (SeizureKind::Recovery, "recover")
    } else {
        (SeizureKind::Seizure, "seize")
    };
    let how_much = args.amount.map_or_else(|| "all".into(), |_| security.amount(amount, None).text);
    context.confirm(&format!(
        "{verb} {how_much} of {} of {owner}, for {}; the account is stopped at once",
        security.symbol(),
        args.to
    ))?;
    let seizure = pda::seizure(&ids::ISSUER, &security.mint, &args.case).0;
    let accounts = AnnounceSeizure {
        payer: context.payer()?.pubkey(),
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        mint: security.mint,
        token_account,
        authority: security.authority(),
        hold: pda::hold(&ids::ISSUER, &security.mint, &token_account).0,
        seizure,
        token_program: TOKEN_2022,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let announce = accounts.instruction(AnnounceSeizureInstructionArgs {
        kind,
        reason: args.reason,
        case_hash: args.case,
        to_owner: args.to,
        amount,
    });
    context.send(
        Step::new(format!("announce to {verb} from {owner}"), vec![announce]),
        &[&operator.keypair],
    )?;
    let mut page = Page::new();
    page.field("seizure", seizure).field("case_sha256", hex::encode(args.case));
    if !context.dry_run() {
        let state: Seizure = context.chain()?.read("the seizure", &seizure)?;
        page.field("from", units::time(state.execute_at))
            .field("until", units::time(state.expires_at));
    }
    Ok(page)
}
