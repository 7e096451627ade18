//! Executing an announced seizure or recovery.

use super::{PlanError, Planned, Planner};
use crate::{
    hook::{Move, add_hook_accounts},
    issuer::{accounts::Seizure, calls, types::SeizureKind},
    source::{Source, scrip_account},
    token::create_account,
};
use scrip_interface::{mint::TOKEN_2022, pda, token_account::associated};
use solana_address::Address;

/// Moves the announced shares to the associated account of the announced wallet, which is made if it is
/// not there. `operator` has the COMPLIANCE role and pays. `to_compliance`: that wallet is the issuer's
/// own, by its role grant.
pub fn execute_seizure<S: Source>(
    on: Planner<S>,
    issuer: &Address,
    operator: &Address,
    mint: &Address,
    case_hash: &[u8; 32],
    to_compliance: bool,
) -> Planned<S> {
    let programs = on.programs;
    let address = pda::seizure(&programs.issuer, mint, case_hash).0;
    let found = on.source.read_one(&address).map_err(PlanError::Source)?;
    let seizure = scrip_account::<Seizure>(found, &programs.issuer)
        .ok_or(PlanError::Missing { what: "the seizure", address })?;
    let is_recovery = seizure.kind == SeizureKind::Recovery as u8;
    let mut execute = calls::ExecuteSeizure {
        operator: *operator,
        role_grant: true,
        issuer: *issuer,
        mint: *mint,
        case_hash: *case_hash,
        from: seizure.from,
        to_owner: seizure.to_owner,
        destination_grant: to_compliance,
        registered: !to_compliance,
        from_record: is_recovery,
        from_owner: seizure.from_owner,
    }
    .instruction(programs);
    let movement = Move {
        mint: *mint,
        source: seizure.from,
        destination: associated(&seizure.to_owner, &TOKEN_2022, mint),
        receiver: seizure.to_owner,
        authority: pda::delegate(&programs.issuer, mint).0,
        amount: seizure.amount,
    };
    add_hook_accounts(on.source, &mut execute, &movement)?;
    Ok(vec![create_account(operator, &seizure.to_owner, mint, &TOKEN_2022), execute])
}
