//! Builders of the instructions about a registry and its providers.

use super::{GERMANY, MAX_TIER, Office, SINGAPORE, SWITZERLAND, Sas, UNITED_STATES, gate_call};
use crate::build::{Call, YEAR};
use gate::{
    accounts, instruction as data,
    instructions::CreateProviderArgs,
    state::{Countries, ProviderLimits, evidence},
};
use scrip_interface::gate::pda;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub fn create_registry(
    payer: Pubkey,
    operator: Pubkey,
    role_grant: Option<Pubkey>,
    issuer: Pubkey,
) -> Call<accounts::CreateRegistry, data::CreateRegistry> {
    gate_call!(
        CreateRegistry {
            payer: payer,
            operator: operator,
            role_grant: role_grant,
            issuer: issuer,
            registry: pda::registry(&gate::ID, &issuer).0,
            system_program: Pubkey::default(),
        },
        data::CreateRegistry {}
    )
}

/// A bit for each.
pub fn countries(codes: &[u16]) -> Countries {
    let mut countries = [0; 128];
    for code in codes {
        countries[usize::from(code / 8)] |= 1 << (code % 8);
    }
    countries
}

/// Three countries and the United States, up to the highest tier, for a year.
pub fn limits(office: &Office) -> ProviderLimits {
    ProviderLimits {
        countries: countries(&[GERMANY, SINGAPORE, SWITZERLAND, UNITED_STATES]),
        max_tier: MAX_TIER,
        expires_at: office.world.vm.now() + YEAR,
    }
}

/// One that signs.
pub fn create_provider(
    office: &Office,
    number: u8,
    authority: Pubkey,
) -> Call<accounts::CreateProvider, data::CreateProvider> {
    let args = CreateProviderArgs {
        number,
        evidence: evidence::SIGNATURE,
        authority,
        schema: Pubkey::default(),
        country_offset: 0,
        tier_offset: 0,
        limits: limits(office),
    };
    let issuer = office.issuer();
    gate_call!(
        CreateProvider {
            payer: office.world.vm.payer.pubkey(),
            operator: office.officer.pubkey(),
            role_grant: Some(office.role_grant),
            issuer: issuer,
            registry: office.registry,
            provider: pda::provider(&gate::ID, &issuer, number).0,
            system_program: Pubkey::default(),
        },
        data::CreateProvider { args }
    )
}

/// One that goes by attestations of this credential and schema.
pub fn create_sas_provider(
    office: &Office,
    sas: &Sas,
) -> Call<accounts::CreateProvider, data::CreateProvider> {
    let number = office.registry().providers;
    let mut call = create_provider(office, number, sas.credential.address());
    call.data.args.evidence = evidence::SAS;
    call.data.args.schema = sas.schema.address();
    call.data.args.country_offset = super::COUNTRY_OFFSET;
    call.data.args.tier_offset = super::TIER_OFFSET;
    call
}

pub fn set_provider(
    office: &Office,
    provider: &Pubkey,
    limits: ProviderLimits,
) -> Call<accounts::SetProvider, data::SetProvider> {
    gate_call!(
        SetProvider {
            operator: office.officer.pubkey(),
            role_grant: Some(office.role_grant),
            issuer: office.issuer(),
            registry: office.registry,
            provider: *provider,
        },
        data::SetProvider { limits }
    )
}
