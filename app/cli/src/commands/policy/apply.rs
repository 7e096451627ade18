use super::show;
use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    output::Page,
};
use scrip_client::{
    gate::instructions::{ApplyPolicy, UpdateExtraAccountMetas},
    programs::event_authority,
};
use scrip_interface::{gate, ids};

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let (event_authority, program) = (event_authority(&ids::GATE), ids::GATE);
    let policy = security.policy();
    let mut instructions = vec![ApplyPolicy { policy, event_authority, program }.instruction()];
    if security.hook == Some(ids::GATE) {
        let list = gate::pda::hook_metas(&ids::GATE, &security.mint).0;
        let accounts =
            UpdateExtraAccountMetas { mint: security.mint, policy, list, event_authority, program };
        instructions.push(accounts.instruction());
    }
    context
        .send(Step::new(format!("apply the policy of {}", security.symbol()), instructions), &[])?;
    show::run(context, &args.ticker)
}
