use super::show;
use crate::{
    context::{Context, Step},
    exit::Result,
    keys, names,
    operator::{self, Notice, operator, role_named, role_names, waits},
    output::{Cell, Page},
    units::{self, Moment},
};
use clap::Subcommand;
use scrip_client::{
    issuer::{
        accounts::RoleGrant,
        instructions::{GrantRole, GrantRoleInstructionArgs, RevokeRole},
        types::Change,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, issuer::role, pda};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[derive(Subcommand)]
pub enum Command {
    /// Show who has which roles
    Show,
    /// Grant roles to a wallet. compliance, corporate-action and cash are announced, and granted after the timelock
    Grant {
        /// Address, or a key file
        #[arg(value_parser = keys::address)]
        wallet: Pubkey,
        /// list, pause, unpause, compliance, corporate-action, cash
        #[arg(value_name = "ROLE", required = true, value_parser = role_named)]
        roles: Vec<u16>,
        /// Until when. Where roles are announced: give a time, the same again after the timelock
        #[arg(long, value_name = "TIME", default_value = "+365d")]
        until: Moment,
    },
    /// End a wallet's roles at once: by the admin, or the wallet itself
    Revoke {
        /// Address, or a key file
        #[arg(value_parser = keys::address)]
        wallet: Pubkey,
    },
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Show => {
            let mut page = Page::new();
            page.table(
                "roles",
                &["wallet", "roles", "until"],
                show::roles(context, &context.issuer()?)?,
            );
            Ok(page)
        }
        Command::Grant { wallet, roles, until } => {
            grant(context, wallet, roles.iter().fold(0, |all, one| all | one), until)
        }
        Command::Revoke { wallet } => revoke(context, wallet),
    }
}

fn grant(context: &Context, wallet: Pubkey, roles: u16, until: Moment) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let admin = operator(context, &issuer)?;
    let mut page = Page::new();
    page.field("wallet", wallet).field("roles", Cell::list(role_names(roles)));
    let waiting = roles & role::TIMELOCKED != 0;
    context.confirm(&format!("grant {} to {wallet}", role_names(roles).join(", ")))?;
    let (announcement, expires_at) = if waiting {
        match announced(context, &admin, wallet, roles, until)? {
            (Notice::Ripe(address), expires_at) => (Some(address), expires_at),
            (Notice::Waits { id, ready_at }, _) => {
                page.field("granted", false)
                    .field("ready_at", units::time(ready_at))
                    .note(waits(id, ready_at));
                return Ok(page);
            }
        }
    } else {
        (None, until.seconds(context.chain()?.now()?))
    };
    let accounts = GrantRole {
        payer: context.payer()?.pubkey(),
        admin: admin.address(),
        issuer,
        wallet,
        role_grant: pda::role_grant(&ids::ISSUER, &issuer, &wallet).0,
        announcement,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let args = GrantRoleInstructionArgs { roles, expires_at };
    context
        .send(Step::new("grant the roles", vec![accounts.instruction(args)]), &[&admin.keypair])?;
    page.field("granted", true).field("until", units::time(expires_at));
    Ok(page)
}

/// The notice of this grant. One that was announced with its own end is taken up as it is.
fn announced(
    context: &Context,
    admin: &operator::Operator,
    wallet: Pubkey,
    roles: u16,
    until: Moment,
) -> Result<(Notice, i64)> {
    let known = operator::announced(context)?.into_iter().find_map(|one| match one.change {
        Change::GrantRole { wallet: to, roles: granted, expires_at }
            if to == wallet && granted == roles =>
        {
            Some(expires_at)
        }
        _ => None,
    });
    let expires_at = match known {
        Some(expires_at) => expires_at,
        None => until.seconds(context.chain()?.now()?),
    };
    let change = Change::GrantRole { wallet, roles, expires_at };
    Ok((operator::notice(context, admin, &change)?, expires_at))
}

fn revoke(context: &Context, wallet: Pubkey) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let operator = operator(context, &issuer)?;
    let role_grant = pda::role_grant(&ids::ISSUER, &issuer, &wallet).0;
    let grant: RoleGrant =
        context.chain()?.read(&format!("a role grant of {wallet}"), &role_grant)?;
    context.confirm(&format!("end the roles of {wallet}"))?;
    let accounts = RevokeRole {
        operator: operator.address(),
        issuer,
        role_grant,
        rent_payer: grant.rent_payer,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    context
        .send(Step::new("revoke the roles", vec![accounts.instruction()]), &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("wallet", wallet).field("revoked", Cell::list(role_names(grant.roles)));
    Ok(page)
}
