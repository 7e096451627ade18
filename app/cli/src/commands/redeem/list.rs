use crate::{
    context::Context,
    exit::Result,
    keys, names,
    output::{Cell, Page},
    price::price_of,
    units,
};
use scrip_client::issuer::accounts::Redemption;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Only of this ticker: a symbol, or a mint
    ticker: Option<String>,
    /// Only of this owner: an address, or a key file
    #[arg(long, value_parser = keys::address)]
    owner: Option<Pubkey>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    const MINT_AT: usize = 16;
    let securities = match &args.ticker {
        Some(name) => vec![names::security(context, name)?],
        None => names::securities(context)?,
    };
    let chain = context.chain()?;
    let now = chain.now()?;
    let mut rows = vec![];
    for security in securities.iter().filter(|one| one.ticker.open_redemptions > 0) {
        let price = price_of(context, security)?;
        let mut open = chain.accounts::<Redemption>(MINT_AT, &security.mint)?;
        open.retain(|(_, one)| args.owner.is_none_or(|owner| owner == one.owner));
        open.sort_by_key(|(_, one)| one.deadline);
        for (_, one) in open {
            rows.push(vec![
                security.symbol().into(),
                one.owner.into(),
                Cell::new(one.id.to_string(), one.id),
                security.amount(one.amount_left, price),
                standing(&one, now).into(),
                units::time(one.deadline),
                one.request.into(),
            ]);
        }
    }
    let mut page = Page::new();
    page.table(
        "redemptions",
        &["symbol", "owner", "id", "left", "standing", "deadline", "request"],
        rows,
    );
    Ok(page)
}

fn standing(redemption: &Redemption, now: i64) -> &'static str {
    const ACKNOWLEDGED: u8 = 1;
    const REJECTED: u8 = 2;
    match redemption.status {
        REJECTED => "rejected: claim it",
        _ if now > redemption.deadline => "overdue: reclaim it",
        ACKNOWLEDGED => "acknowledged",
        _ => "requested",
    }
}
