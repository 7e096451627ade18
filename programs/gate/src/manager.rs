//! Who keeps the records and policies of an issuer.

use crate::{constants::FOREIGN_TIMELOCK_SECS, error::GateError};
use anchor_lang::prelude::*;
use scrip_interface::{
    ids,
    issuer::{Issuer, RoleGrant},
};
use scrip_math::Timestamp;

/// The operator, who has signed, has this role of the issuer: an Issuer of the issuer program, by its
/// admin or a grant; or, for mints without a ticker, the operator's own wallet. (An Issuer's address
/// never signs: it cannot be taken for a wallet.)
pub fn require_power(
    issuer: &AccountInfo,
    operator: &Pubkey,
    grant: Option<&AccountInfo>,
    role: u16,
    now: i64,
) -> Result<()> {
    if issuer.key == operator {
        return Ok(());
    }
    require_keys_eq!(*issuer.owner, ids::ISSUER, GateError::WrongIssuer);
    let data = issuer.try_borrow_data()?;
    let state = Issuer::parse(&data).ok_or(GateError::WrongIssuer)?;
    let grant_data = match grant {
        Some(grant) => {
            require_keys_eq!(*grant.owner, ids::ISSUER, GateError::PowerMissing);
            Some(grant.try_borrow_data()?)
        }
        None => None,
    };
    let grant = match &grant_data {
        Some(data) => Some(RoleGrant::parse(data).ok_or(GateError::PowerMissing)?),
        None => None,
    };
    state
        .require_power(issuer.key, operator, grant.as_ref(), role, Timestamp(now))
        .map_err(|error| GateError::from(error).into())
}

/// How long the loosening of a policy waits.
pub fn timelock_secs(issuer: &AccountInfo) -> Result<u32> {
    if *issuer.owner != ids::ISSUER {
        return Ok(FOREIGN_TIMELOCK_SECS);
    }
    let data = issuer.try_borrow_data()?;
    Ok(Issuer::parse(&data).ok_or(GateError::WrongIssuer)?.timelock_secs())
}
