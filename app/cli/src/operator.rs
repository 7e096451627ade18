//! Who acts for the issuer: the admin, or a wallet with a role; and changes that wait for the timelock.

use crate::{
    context::{Context, Step},
    exit::{Failure, Result},
    names::issuer,
    units::time_text,
};
use scrip_client::{
    issuer::{
        accounts::{Announcement, RoleGrant},
        instructions::{AnnounceChange, AnnounceChangeInstructionArgs},
        types::Change,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, issuer::role, pda};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Offset of the issuer in an announcement.
const ANNOUNCEMENT_ISSUER_AT: usize = 10;

/// A key and, if it has one, its role grant.
pub struct Operator {
    pub keypair: Keypair,
    pub grant: Option<Pubkey>,
}

impl Operator {
    pub fn address(&self) -> Pubkey {
        self.keypair.pubkey()
    }
}

/// Who signs with `--keypair`. Its grant is given where there is one.
pub fn operator(context: &Context, issuer: &Pubkey) -> Result<Operator> {
    let keypair = context.keypair()?;
    let address = pda::role_grant(&ids::ISSUER, issuer, &keypair.pubkey()).0;
    let grant: Option<RoleGrant> = context.chain()?.find(&address)?;
    Ok(Operator { keypair, grant: grant.map(|_| address) })
}

/// The roles by the names that commands take.
pub const ROLES: [(&str, u16); 6] = [
    ("list", role::LIST),
    ("pause", role::PAUSE),
    ("unpause", role::UNPAUSE),
    ("compliance", role::COMPLIANCE),
    ("corporate-action", role::CORPORATE_ACTION),
    ("cash", role::CASH),
];

pub fn role_names(mask: u16) -> Vec<&'static str> {
    ROLES.iter().filter(|(_, bit)| mask & bit != 0).map(|(name, _)| *name).collect()
}

pub fn role_named(name: &str) -> std::result::Result<u16, String> {
    let found = ROLES.iter().find(|(role, _)| *role == name).map(|(_, bit)| *bit);
    found.ok_or_else(|| format!("roles are {}", ROLES.map(|(name, _)| name).join(", ")))
}

/// Where a change that waits for the timelock stands.
pub enum Notice {
    /// Announced long enough ago: the announcement's address.
    Ripe(Pubkey),
    /// Announced just now, or not long enough ago.
    Waits { id: u64, ready_at: i64 },
}

/// Finds the announcement of exactly this change, or makes it. The same command, run again after the timelock, goes on.
pub fn notice(context: &Context, operator: &Operator, change: &Change) -> Result<Notice> {
    let chain = context.chain()?;
    let (issuer_address, state) = issuer(context)?;
    let now = chain.now()?;
    let known = chain.accounts::<Announcement>(ANNOUNCEMENT_ISSUER_AT, &issuer_address)?;
    let open = |one: &&(Pubkey, Announcement)| {
        !one.1.made && one.1.expires_at > now && one.1.change == *change
    };
    if let Some((address, one)) = known.iter().filter(open).min_by_key(|(_, one)| one.ready_at) {
        return Ok(if one.ready_at <= now {
            Notice::Ripe(*address)
        } else {
            Notice::Waits { id: one.id, ready_at: one.ready_at }
        });
    }
    let id = known.iter().map(|(_, one)| one.id + 1).max().unwrap_or(0);
    let announcement = pda::announcement(&ids::ISSUER, &issuer_address, id).0;
    let accounts = AnnounceChange {
        payer: context.payer()?.pubkey(),
        operator: operator.address(),
        role_grant: operator.grant,
        issuer: issuer_address,
        announcement,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let args = AnnounceChangeInstructionArgs { id, change: change.clone() };
    let step = Step::new("announce the change", vec![accounts.instruction(args)]);
    context.send(step, &[&operator.keypair])?;
    Ok(Notice::Waits { id, ready_at: now.saturating_add(state.timelock_secs.into()) })
}

/// What to tell who has to wait.
pub fn waits(id: u64, ready_at: i64) -> String {
    format!(
        "Announced, as number {id}: it waits for the issuer's timelock. Run the same command again from {} on, within 14 days.",
        time_text(ready_at)
    )
}

/// A hash as an argument: 64 hex digits, or a file whose sha256 is meant.
pub fn hash_argument(text: &str) -> std::result::Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    if hex::decode_to_slice(text, &mut bytes).is_ok() {
        return Ok(bytes);
    }
    let content = std::fs::read(text)
        .map_err(|_| "it is neither 64 hex digits nor a file that can be read".to_owned())?;
    Ok(scrip_interface::sha256(&[&content]))
}

/// Refuses where the account that a command is about has been made already.
pub fn must_be_new(context: &Context, what: &str, address: &Pubkey) -> Result<()> {
    match context.chain()?.bytes(address)? {
        Some(bytes)
            if bytes.owner == ids::ISSUER
                || bytes.owner == ids::GATE
                || bytes.owner == ids::COLLATERAL =>
        {
            Err(Failure::refused(format!("{what} exists already: {address}")))
        }
        _ => Ok(()),
    }
}

/// The issuer's announcements that can still be made.
pub fn announced(context: &Context) -> Result<Vec<Announcement>> {
    let now = context.chain()?.now()?;
    let all =
        context.chain()?.accounts::<Announcement>(ANNOUNCEMENT_ISSUER_AT, &context.issuer()?)?;
    Ok(all
        .into_iter()
        .map(|(_, one)| one)
        .filter(|one| !one.made && one.expires_at > now)
        .collect())
}
