use super::show;
use crate::{
    context::{Context, Step},
    countries,
    exit::Result,
    names,
    operator::operator,
    output::Page,
};
use scrip_client::{
    gate::{
        accounts::Policy,
        instructions::{
            CreatePolicy, CreatePolicyInstructionArgs, InitializeExtraAccountMetas, SetPolicy,
            SetPolicyInstructionArgs, UpdateExtraAccountMetas,
        },
        types::PolicyTerms,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{gate, ids};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Countries whose residents may hold it: CH,DE,SG
    #[arg(long, value_name = "CODE", value_delimiter = ',', required = true, value_parser = countries::number)]
    countries: Vec<u16>,
    /// Numbers of the providers whose word counts
    #[arg(long, value_name = "NUMBER", value_delimiter = ',', default_value = "0", value_parser = clap::value_parser!(u8).range(0..64))]
    providers: Vec<u8>,
    /// Lowest tier
    #[arg(long, default_value_t = 1)]
    min_tier: u8,
    /// Check who sends, too, not only who receives
    #[arg(long)]
    source_check: bool,
    /// Protocols that are on record as venues may hold it
    #[arg(long)]
    venues: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let chain = context.chain()?;
    let payer = context.payer()?.pubkey();
    let flag = |on: bool, bit: u8| if on { bit } else { 0 };
    let terms = PolicyTerms {
        countries: countries::set(&args.countries),
        providers: args.providers.iter().fold(0, |bits, number| bits | 1u64 << number),
        min_tier: args.min_tier,
        flags: flag(args.source_check, gate::flag::SOURCE_CHECK)
            | flag(args.venues, gate::flag::VENUES),
    };
    context.confirm(&format!("change who may hold {}", security.symbol()))?;
    let (event_authority, program) = (event_authority(&ids::GATE), ids::GATE);
    let (policy, registry) = (security.policy(), gate::pda::registry(&ids::GATE, &issuer).0);
    let known: Option<Policy> = chain.find(&policy)?;
    let mut instructions = vec![if known.is_some() {
        SetPolicy {
            operator: operator.address(),
            role_grant: operator.grant,
            issuer,
            registry,
            policy,
            event_authority,
            program,
        }
        .instruction(SetPolicyInstructionArgs { terms })
    } else {
        CreatePolicy {
            payer,
            operator: operator.address(),
            role_grant: operator.grant,
            issuer,
            registry,
            mint: security.mint,
            ticker: security.address,
            mint_config: None,
            policy,
            system_program: SYSTEM,
            event_authority,
            program,
        }
        .instruction(CreatePolicyInstructionArgs { terms })
    }];
    // A hooked mint's transfers find the policy by a list, which has to say the same.
    if security.hook == Some(ids::GATE) {
        let list = gate::pda::hook_metas(&ids::GATE, &security.mint).0;
        instructions.push(if chain.bytes(&list)?.is_some() {
            UpdateExtraAccountMetas { mint: security.mint, policy, list, event_authority, program }
                .instruction()
        } else {
            InitializeExtraAccountMetas {
                payer,
                operator: operator.address(),
                role_grant: operator.grant,
                issuer,
                mint: security.mint,
                policy,
                list,
                system_program: SYSTEM,
                event_authority,
                program,
            }
            .instruction()
        });
    }
    let step = Step::new(format!("set the policy of {}", security.symbol()), instructions);
    context.send(step, &[&operator.keypair])?;
    if context.dry_run() {
        return Ok(Page::new());
    }
    show::run(context, &args.ticker)
}
