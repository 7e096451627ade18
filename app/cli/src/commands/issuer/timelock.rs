use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::{Notice, notice, operator, waits},
    output::Page,
    units,
};
use scrip_client::{
    issuer::{
        instructions::{SetTimelock, SetTimelockInstructionArgs},
        types::Change,
    },
    programs::event_authority,
};
use scrip_interface::ids;

#[derive(clap::Args)]
pub struct Args {
    /// An hour to 30 days
    #[arg(value_name = "SPAN", value_parser = units::parse_secs)]
    secs: u32,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, state) = names::issuer(context)?;
    let admin = operator(context, &issuer)?;
    context.confirm(&format!(
        "make dangerous changes wait for {}",
        units::span_text(args.secs.into())
    ))?;
    let mut page = Page::new();
    page.field("issuer", issuer);
    let shorter = args.secs < state.timelock_secs;
    let announcement = if shorter {
        match notice(context, &admin, &Change::SetTimelock { secs: args.secs })? {
            Notice::Ripe(address) => Some(address),
            Notice::Waits { id, ready_at } => {
                page.field("ready_at", units::time(ready_at)).note(waits(id, ready_at));
                return Ok(page);
            }
        }
    } else {
        None
    };
    let accounts = SetTimelock {
        admin: admin.address(),
        issuer,
        announcement,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let change = accounts.instruction(SetTimelockInstructionArgs { secs: args.secs });
    context.send(Step::new("change the timelock", vec![change]), &[&admin.keypair])?;
    page.field("timelock_secs", units::span(args.secs));
    Ok(page)
}
