use crate::{
    context::{Context, Step},
    exit::Result,
    keys, names,
    operator::operator,
    output::Page,
};
use clap::Subcommand;
use scrip_client::{
    issuer::instructions::{AcceptAdmin, ProposeAdmin, ProposeAdminInstructionArgs},
    programs::event_authority,
};
use scrip_interface::ids;
use solana_pubkey::Pubkey;

#[derive(Subcommand)]
pub enum Command {
    /// Propose the next admin. The present one stays until the other accepts
    Propose {
        /// Address, or a key file
        #[arg(value_parser = keys::address)]
        wallet: Pubkey,
    },
    /// Take a proposal back
    Withdraw,
    /// Become the admin, who proposed you
    Accept,
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    let (issuer, state) = names::issuer(context)?;
    let signer = operator(context, &issuer)?;
    let (event_authority, program) = (event_authority(&ids::ISSUER), ids::ISSUER);
    let propose = |pending_admin| {
        let accounts = ProposeAdmin { admin: signer.address(), issuer, event_authority, program };
        accounts.instruction(ProposeAdminInstructionArgs { pending_admin })
    };
    let (what, instruction) = match command {
        Command::Propose { wallet } => {
            context.confirm(&format!(
                "propose {wallet} as the admin, who may then do all that an admin may"
            ))?;
            (format!("propose {wallet} as the admin"), propose(wallet))
        }
        Command::Withdraw => ("withdraw the proposal".into(), propose(Pubkey::default())),
        Command::Accept => {
            context.confirm(&format!("take the place of the admin {}", state.admin))?;
            let accounts =
                AcceptAdmin { pending_admin: signer.address(), issuer, event_authority, program };
            ("become the admin".into(), accounts.instruction())
        }
    };
    context.send(Step::new(what, vec![instruction]), &[&signer.keypair])?;
    let mut page = Page::new();
    page.field("issuer", issuer);
    Ok(page)
}
