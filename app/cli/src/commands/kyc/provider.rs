use crate::{
    context::{Context, Step},
    countries,
    exit::{Failure, Result},
    keys, names,
    operator::operator,
    output::{Cell, Page},
    units::{self, Moment},
};
use clap::Subcommand;
use scrip_client::{
    gate::{
        accounts::{Provider, Registry},
        instructions::{
            CreateProvider, CreateProviderInstructionArgs, CreateRegistry, SetProvider,
            SetProviderInstructionArgs,
        },
        types::ProviderLimits,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{gate, ids};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// By what a provider says that a wallet is an investor's: its signature.
const BY_SIGNATURE: u8 = 1;

#[derive(Subcommand)]
pub enum Command {
    /// Add a provider; opens the issuer's registry with the first. By the COMPLIANCE role
    Create(Create),
    /// Take countries or tiers from a provider, or move the end of its time. By the COMPLIANCE role
    Set(Set),
    /// Show the providers
    Show,
}

#[derive(clap::Args)]
pub struct Create {
    /// The key that registers: an address, or a key file
    #[arg(value_parser = keys::address)]
    authority: Pubkey,
    #[command(flatten)]
    limits: Limits,
}

#[derive(clap::Args)]
pub struct Set {
    /// Number of the provider
    number: u8,
    /// Countries that it keeps; otherwise all that it has
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = countries::number)]
    countries: Option<Vec<u16>>,
    /// Highest tier it may give from now on; otherwise as before
    #[arg(long, value_name = "TIER")]
    max_tier: Option<u8>,
    /// Until when it may register: +0s ends it at once; otherwise as before
    #[arg(long, value_name = "TIME")]
    until: Option<Moment>,
}

#[derive(clap::Args)]
struct Limits {
    /// Countries whose residents it may register: CH,DE,SG
    #[arg(long, value_name = "CODE", value_delimiter = ',', required = true, value_parser = countries::number)]
    countries: Vec<u16>,
    /// Highest tier it may give
    #[arg(long, default_value_t = 1)]
    max_tier: u8,
    /// Until when
    #[arg(long, value_name = "TIME", default_value = "+730d")]
    until: Moment,
}

impl Limits {
    fn on_chain(&self, now: i64) -> ProviderLimits {
        ProviderLimits {
            countries: countries::set(&self.countries),
            max_tier: self.max_tier,
            expires_at: self.until.seconds(now),
        }
    }
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Create(args) => create(context, &args),
        Command::Set(args) => set(context, &args),
        Command::Show => show(context),
    }
}

fn create(context: &Context, args: &Create) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let operator = operator(context, &issuer)?;
    let chain = context.chain()?;
    let registry = gate::pda::registry(&ids::GATE, &issuer).0;
    let known: Option<Registry> = chain.find(&registry)?;
    let number = known.as_ref().map_or(0, |registry| registry.providers);
    context.confirm(&format!("let {} register investors as provider {number}", args.authority))?;
    let payer = context.payer()?.pubkey();
    let (event_authority, program) = (event_authority(&ids::GATE), ids::GATE);
    let mut instructions = vec![];
    if known.is_none() {
        let accounts = CreateRegistry {
            payer,
            operator: operator.address(),
            role_grant: operator.grant,
            issuer,
            registry,
            system_program: SYSTEM,
            event_authority,
            program,
        };
        instructions.push(accounts.instruction());
    }
    let accounts = CreateProvider {
        payer,
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        registry,
        provider: gate::pda::provider(&ids::GATE, &issuer, number).0,
        system_program: SYSTEM,
        event_authority,
        program,
    };
    instructions.push(accounts.instruction(CreateProviderInstructionArgs {
        number,
        evidence: BY_SIGNATURE,
        authority: args.authority,
        schema: Pubkey::default(),
        country_offset: 0,
        tier_offset: 0,
        limits: args.limits.on_chain(chain.now()?),
    }));
    context
        .send(Step::new(format!("add provider {number}"), instructions), &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("provider", u32::from(number)).field("authority", args.authority);
    page.note(format!(
        "Policies accept it by its number: scrip policy set TICKER --providers {number} ..."
    ));
    Ok(page)
}

fn set(context: &Context, args: &Set) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let operator = operator(context, &issuer)?;
    let address = gate::pda::provider(&ids::GATE, &issuer, args.number).0;
    let chain = context.chain()?;
    let provider: Provider = chain.read(&format!("provider {}", args.number), &address)?;
    let now = chain.now()?;
    context.confirm(&format!(
        "change the limits of provider {}; what is taken never comes back",
        args.number
    ))?;
    let accounts = SetProvider {
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        registry: gate::pda::registry(&ids::GATE, &issuer).0,
        provider: address,
        event_authority: event_authority(&ids::GATE),
        program: ids::GATE,
    };
    let limits = ProviderLimits {
        countries: args.countries.as_deref().map_or(provider.countries, countries::set),
        max_tier: args.max_tier.unwrap_or(provider.max_tier),
        expires_at: args.until.map_or(provider.expires_at, |until| until.seconds(now)),
    };
    let change = accounts.instruction(SetProviderInstructionArgs { limits });
    context.send(
        Step::new(format!("change provider {}", args.number), vec![change]),
        &[&operator.keypair],
    )?;
    show(context)
}

fn show(context: &Context) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let chain = context.chain()?;
    let registry: Registry =
        chain.find(&gate::pda::registry(&ids::GATE, &issuer).0)?.ok_or_else(|| {
            Failure::missing("the issuer has no KYC providers yet")
                .hint("scrip kyc provider create")
        })?;
    let mut rows = vec![];
    for number in 0..registry.providers {
        let provider: Provider = chain.read(
            &format!("provider {number}"),
            &gate::pda::provider(&ids::GATE, &issuer, number).0,
        )?;
        rows.push(vec![
            u32::from(number).into(),
            provider.authority.into(),
            Cell::list(countries::codes(&provider.countries)),
            u32::from(provider.max_tier).into(),
            units::time(provider.expires_at),
        ]);
    }
    let mut page = Page::new();
    page.table("providers", &["number", "authority", "countries", "max_tier", "until"], rows);
    Ok(page)
}
