//! Builders for policies. `registry_of` is the Issuer, or the wallet that keeps the records.

use super::{GERMANY, SWITZERLAND};
use crate::{
    build::Call,
    vm::{Outcome, Vm, assert_fails_with},
};
use gate::{
    accounts,
    error::GateError,
    instruction as data,
    instructions::CanTransferArgs,
    state::{Policy, PolicyTerms},
};
use scrip_interface::{
    gate::{COUNTRY_BYTES, flag, pda},
    pda as issuer_pda,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Germans and Swiss of tier 1, known by the first provider; both sides are looked at.
pub fn terms() -> PolicyTerms {
    PolicyTerms {
        countries: countries(&[GERMANY, SWITZERLAND]),
        providers: 1,
        min_tier: 1,
        flags: flag::SOURCE_CHECK,
    }
}

pub fn countries(codes: &[u16]) -> [u8; COUNTRY_BYTES] {
    let mut bits = [0; COUNTRY_BYTES];
    for code in codes {
        bits[usize::from(code / 8)] |= 1 << (code % 8);
    }
    bits
}

pub fn policy_address(mint: &Pubkey) -> Pubkey {
    pda::policy(&gate::ID, mint).0
}

pub fn hook_list_address(mint: &Pubkey) -> Pubkey {
    pda::hook_metas(&gate::ID, mint).0
}

pub fn gate_event_authority() -> Pubkey {
    gate::EVENT_AUTHORITY_AND_BUMP.0
}

/// Asserts that a transaction failed with exactly this error of the gate's.
#[track_caller]
pub fn assert_refused(outcome: Outcome, expected: GateError) {
    assert_fails_with(outcome, expected.into());
}

pub fn policy_state(vm: &Vm, mint: &Pubkey) -> Policy {
    vm.state(&policy_address(mint))
}

pub fn create_registry(
    vm: &Vm,
    issuer: &Pubkey,
    operator: &Pubkey,
    role_grant: Option<Pubkey>,
) -> Call<accounts::CreateRegistry, data::CreateRegistry> {
    let accounts = accounts::CreateRegistry {
        payer: vm.payer.pubkey(),
        operator: *operator,
        role_grant,
        issuer: *issuer,
        registry: pda::registry(&gate::ID, issuer).0,
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::CreateRegistry {})
}

pub type CreatePolicy = Call<accounts::CreatePolicy, data::CreatePolicy>;

pub fn create_policy(
    vm: &Vm,
    issuer: &Pubkey,
    operator: &Pubkey,
    mint: &Pubkey,
    terms: PolicyTerms,
) -> CreatePolicy {
    let accounts = accounts::CreatePolicy {
        payer: vm.payer.pubkey(),
        operator: *operator,
        role_grant: None,
        issuer: *issuer,
        registry: pda::registry(&gate::ID, issuer).0,
        mint: *mint,
        ticker: issuer_pda::ticker(&issuer::ID, mint).0,
        mint_config: None,
        policy: policy_address(mint),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::CreatePolicy { terms })
}

pub type SetPolicy = Call<accounts::SetPolicy, data::SetPolicy>;

pub fn set_policy(
    issuer: &Pubkey,
    operator: &Pubkey,
    role_grant: Option<Pubkey>,
    mint: &Pubkey,
    terms: PolicyTerms,
) -> SetPolicy {
    let accounts = accounts::SetPolicy {
        operator: *operator,
        role_grant,
        issuer: *issuer,
        registry: pda::registry(&gate::ID, issuer).0,
        policy: policy_address(mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::SetPolicy { terms })
}

pub fn apply_policy(mint: &Pubkey) -> Call<accounts::ApplyPolicy, data::ApplyPolicy> {
    let accounts = accounts::ApplyPolicy {
        policy: policy_address(mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::ApplyPolicy {})
}

/// For `cancel_policy`, `pause_policy` and `unpause_policy`, by their data.
pub fn govern_policy<D>(
    issuer: &Pubkey,
    operator: &Pubkey,
    role_grant: Option<Pubkey>,
    mint: &Pubkey,
    data: D,
) -> Call<accounts::GovernPolicy, D>
where
    D: anchor_lang::InstructionData,
{
    let accounts = accounts::GovernPolicy {
        operator: *operator,
        role_grant,
        issuer: *issuer,
        policy: policy_address(mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data)
}

pub fn initialize_hook_list(
    vm: &Vm,
    issuer: &Pubkey,
    operator: &Pubkey,
    mint: &Pubkey,
) -> Call<accounts::InitializeExtraAccountMetas, data::InitializeExtraAccountMetas> {
    let accounts = accounts::InitializeExtraAccountMetas {
        payer: vm.payer.pubkey(),
        operator: *operator,
        role_grant: None,
        issuer: *issuer,
        mint: *mint,
        policy: policy_address(mint),
        list: hook_list_address(mint),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::InitializeExtraAccountMetas {})
}

pub fn update_hook_list(
    mint: &Pubkey,
) -> Call<accounts::UpdateExtraAccountMetas, data::UpdateExtraAccountMetas> {
    let accounts = accounts::UpdateExtraAccountMetas {
        mint: *mint,
        policy: policy_address(mint),
        list: hook_list_address(mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Call::of(gate::ID, accounts, data::UpdateExtraAccountMetas {})
}

pub type CanTransfer = Call<accounts::CanTransfer, data::CanTransfer>;

/// Between two owners' token accounts.
pub fn can_transfer(
    issuer: &Pubkey,
    mint: &Pubkey,
    [source, destination]: [Pubkey; 2],
    [source_owner, destination_owner]: [Pubkey; 2],
    amount: u64,
) -> CanTransfer {
    let record = |owner| pda::wallet(&gate::ID, issuer, owner).0;
    let accounts = accounts::CanTransfer {
        mint: *mint,
        source,
        destination,
        policy: policy_address(mint),
        source_wallet: record(&source_owner),
        destination_wallet: record(&destination_owner),
    };
    let args = CanTransferArgs { source_owner, destination_owner, amount };
    Call::of(gate::ID, accounts, data::CanTransfer { args })
}
