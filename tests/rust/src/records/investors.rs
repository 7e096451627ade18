//! Builders of the instructions about investors and their wallets.

use super::{Office, Registrar, Sas, claim, gate_call, wallet_address};
use crate::build::Call;
use gate::{
    accounts, instruction as data,
    instructions::RegisterInvestorArgs,
    state::{Claim, Investor, Wallet},
};
use scrip_interface::{gate::pda, sha256};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// As [`claim`] has it.
pub fn register_investor(
    office: &Office,
    provider: &Registrar,
    id_hash: [u8; 32],
) -> Call<accounts::RegisterInvestor, data::RegisterInvestor> {
    let issuer = provider.issuer;
    gate_call!(
        RegisterInvestor {
            payer: office.world.vm.payer.pubkey(),
            authority: provider.authority.pubkey(),
            issuer: issuer,
            provider: provider.address,
            investor: pda::investor(&gate::ID, &issuer, &id_hash).0,
            system_program: Pubkey::default(),
        },
        data::RegisterInvestor {
            args: RegisterInvestorArgs { id_hash, claim: claim(&office.world.vm) },
        }
    )
}

pub fn link_wallet(
    office: &Office,
    provider: &Registrar,
    investor: &Pubkey,
    owner: &Pubkey,
) -> Call<accounts::LinkWallet, data::LinkWallet> {
    gate_call!(
        LinkWallet {
            payer: office.world.vm.payer.pubkey(),
            authority: provider.authority.pubkey(),
            owner: *owner,
            issuer: provider.issuer,
            provider: provider.address,
            investor: *investor,
            wallet: wallet_address(&provider.issuer, owner),
            system_program: Pubkey::default(),
        },
        data::LinkWallet {}
    )
}

/// By the owner, from the issuer's records.
pub fn unlink_wallet(
    office: &Office,
    owner: &Pubkey,
) -> Call<accounts::UnlinkWallet, data::UnlinkWallet> {
    unlink_record(office, &office.wallet_address(owner))
}

/// By the owner that the record names, from the investor that it names.
pub fn unlink_record(
    office: &Office,
    record: &Pubkey,
) -> Call<accounts::UnlinkWallet, data::UnlinkWallet> {
    let Wallet { owner, investor, .. } = office.world.vm.state(record);
    gate_call!(
        UnlinkWallet {
            operator: owner,
            provider: provider_of(office, &investor),
            investor: investor,
            wallet: *record,
            rent_payer: office.world.vm.payer.pubkey(),
        },
        data::UnlinkWallet {}
    )
}

pub fn update_investor(
    office: &Office,
    provider: &Registrar,
    investor: &Pubkey,
    claim: Claim,
) -> Call<accounts::ChangeInvestor, data::UpdateInvestor> {
    let mut call = gate_call!(
        ChangeInvestor {
            authority: provider.authority.pubkey(),
            provider: provider.address,
            investor: *investor,
        },
        data::UpdateInvestor { claim }
    );
    call.remaining = office.records_of(investor);
    call
}

pub fn revoke_investor(
    office: &Office,
    provider: &Registrar,
    investor: &Pubkey,
) -> Call<accounts::ChangeInvestor, data::RevokeInvestor> {
    let update = update_investor(office, provider, investor, claim(&office.world.vm));
    let mut call = Call::of(gate::ID, update.accounts, data::RevokeInvestor {});
    call.remaining = update.remaining;
    call
}

pub fn bar_investor(
    office: &Office,
    investor: &Pubkey,
) -> Call<accounts::BarInvestor, data::BarInvestor> {
    let mut call = gate_call!(
        BarInvestor {
            operator: office.officer.pubkey(),
            role_grant: Some(office.role_grant),
            issuer: office.world.vm.state::<Investor>(investor).issuer,
            provider: provider_of(office, investor),
            investor: *investor,
        },
        data::BarInvestor {}
    );
    call.remaining = office.records_of(investor);
    call
}

pub fn unbar_investor(
    office: &Office,
    investor: &Pubkey,
) -> Call<accounts::BarInvestor, data::UnbarInvestor> {
    let bar = bar_investor(office, investor);
    let mut call = Call::of(gate::ID, bar.accounts, data::UnbarInvestor {});
    call.remaining = bar.remaining;
    call
}

/// By its provider.
pub fn close_investor(
    office: &Office,
    provider: &Registrar,
    investor: &Pubkey,
) -> Call<accounts::CloseInvestor, data::CloseInvestor> {
    gate_call!(
        CloseInvestor {
            operator: provider.authority.pubkey(),
            role_grant: None,
            issuer: provider.issuer,
            provider: provider.address,
            investor: *investor,
            rent_payer: office.world.vm.payer.pubkey(),
        },
        data::CloseInvestor {}
    )
}

pub fn register_from_sas(
    office: &Office,
    sas: &Sas,
    owner: &Pubkey,
) -> Call<accounts::RegisterFromSas, data::RegisterFromSas> {
    let attestation = sas.attestation_address(owner);
    let issuer = office.issuer();
    gate_call!(
        RegisterFromSas {
            payer: office.world.vm.payer.pubkey(),
            owner: *owner,
            issuer: issuer,
            provider: sas.provider,
            credential: sas.credential.address(),
            schema: sas.schema.address(),
            attestation: attestation,
            investor: sas_investor(&issuer, &attestation),
            wallet: wallet_address(&issuer, owner),
            system_program: Pubkey::default(),
        },
        data::RegisterFromSas {}
    )
}

pub fn sync_from_sas(
    office: &Office,
    sas: &Sas,
    owner: &Pubkey,
) -> Call<accounts::SyncFromSas, data::SyncFromSas> {
    let attestation = sas.attestation_address(owner);
    let investor = sas_investor(&office.issuer(), &attestation);
    let mut call = gate_call!(
        SyncFromSas {
            provider: sas.provider,
            credential: sas.credential.address(),
            schema: sas.schema.address(),
            investor: investor,
            attestation: attestation,
        },
        data::SyncFromSas {}
    );
    call.remaining = office.records_of(&investor);
    call
}

/// Where the investor of an attestation is.
pub fn sas_investor(issuer: &Pubkey, attestation: &Pubkey) -> Pubkey {
    let id_hash = sha256(&[b"sas", attestation.as_ref()]);
    pda::investor(&gate::ID, issuer, &id_hash).0
}

fn provider_of(office: &Office, investor: &Pubkey) -> Pubkey {
    let Investor { issuer, provider, .. } = office.world.vm.state(investor);
    pda::provider(&gate::ID, &issuer, provider).0
}
