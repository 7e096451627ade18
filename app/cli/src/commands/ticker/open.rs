use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::{Notice, notice, operator, waits},
    output::Page,
    units,
};
use scrip_client::{
    issuer::{instructions::OpenTicker, types::Change},
    programs::event_authority,
};
use scrip_interface::{ids, mint::TOKEN_2022};

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    context.confirm(&format!("let anybody hold {}, for good", security.symbol()))?;
    let mut page = Page::new();
    page.field("symbol", security.symbol());
    match notice(context, &operator, &Change::OpenMode { mint: security.mint })? {
        Notice::Waits { id, ready_at } => {
            page.field("opened", false)
                .field("ready_at", units::time(ready_at))
                .note(waits(id, ready_at));
        }
        Notice::Ripe(announcement) => {
            let accounts = OpenTicker {
                operator: operator.address(),
                role_grant: operator.grant,
                issuer,
                ticker: security.address,
                mint: security.mint,
                authority: security.authority(),
                announcement: Some(announcement),
                token_program: TOKEN_2022,
                event_authority: event_authority(&ids::ISSUER),
                program: ids::ISSUER,
            };
            let step =
                Step::new(format!("open {}", security.symbol()), vec![accounts.instruction()]);
            context.send(step, &[&operator.keypair])?;
            page.field("opened", true);
        }
    }
    Ok(page)
}
