use super::Args;
use crate::{
    attestation::{
        File, Terms,
        prepare::{self, Making, file},
        submit,
    },
    context::Context,
    exit::Result,
    names::{Security, holding},
    output::{Cell, Page},
    price::price_of,
    units::Amount,
};
use scrip_interface::attestation::Kind;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;

pub fn run(
    context: &Context,
    args: &Args,
    security: &Security,
    attestors: &[Keypair],
    owner: Pubkey,
    amount: Amount,
) -> Result<Page> {
    let raw = amount.raw(security.multiplier)?;
    let file = signed(context, args, security, attestors, (owner, raw, None))?;
    let mut page = Page::new();
    prepare::show(&mut page, &file);
    page.append(submit::submit(context, &file)?);
    let price = price_of(context, security)?;
    page.field("minted", security.amount(raw, price)).field("owner", owner);
    let account = security.account_of(&owner);
    page.field("token_account", account);
    page.field(
        "balance",
        match holding(context, &account)? {
            Some(holding) => security.amount(holding.amount, price),
            None => Cell::none(),
        },
    );
    Ok(page)
}

/// The attestation of a mint of a raw amount to an owner, signed with the keys that are here.
pub fn signed(
    context: &Context,
    args: &Args,
    security: &Security,
    attestors: &[Keypair],
    (owner, raw, nonce): (Pubkey, u64, Option<u64>),
) -> Result<File> {
    let making = Making {
        set: args.set,
        nonce,
        valid: args.valid,
        out: None,
        attestors: vec![],
        submit: true,
    };
    let header = making.about(context, security, Kind::Mint)?;
    let terms = Terms::Mint {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        owner,
        amount: raw,
        reserves: args.holding.reserves(header.issued_at),
    };
    let mut file = file(header, terms, security);
    for attestor in attestors {
        file.sign(attestor);
    }
    Ok(file)
}
