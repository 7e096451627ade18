//! Who may do what for an issuer.

use crate::{
    error::IssuerError,
    state::{Issuer, RoleGrant, role},
};
use anchor_lang::prelude::*;

/// The operator has this role: as the admin, where the admin needs no grant, or by a grant of this
/// issuer to this wallet that has not expired. A grant's account can be taken for what it says: only
/// this program writes one, and it names its issuer and wallet.
pub fn require_power(
    issuer: &AccountLoader<Issuer>,
    operator: &Pubkey,
    grant: &Option<AccountLoader<RoleGrant>>,
    role: u16,
    now: i64,
) -> Result<()> {
    if role & role::OF_ADMIN != 0 && issuer.load()?.admin == *operator {
        return Ok(());
    }
    let grant = grant.as_ref().ok_or(IssuerError::PowerMissing)?.load()?;
    require_keys_eq!(grant.issuer, issuer.key(), IssuerError::WrongIssuer);
    require_keys_eq!(grant.wallet, *operator, IssuerError::PowerMissing);
    require!(grant.roles & role != 0, IssuerError::PowerMissing);
    require!(now < grant.expires_at, IssuerError::RoleGrantExpired);
    Ok(())
}
