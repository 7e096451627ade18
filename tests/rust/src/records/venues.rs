//! Builders of the instructions about venues.

use super::{Office, gate_call, wallet_address};
use crate::build::{Call, YEAR};
use gate::{accounts, instruction as data};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// For a year.
pub fn set_venue(office: &Office, owner: &Pubkey) -> Call<accounts::SetVenue, data::SetVenue> {
    gate_call!(
        SetVenue {
            payer: office.world.vm.payer.pubkey(),
            operator: office.officer.pubkey(),
            role_grant: Some(office.role_grant),
            issuer: office.issuer(),
            registry: office.registry,
            owner: *owner,
            wallet: wallet_address(&office.issuer(), owner),
            system_program: Pubkey::default(),
        },
        data::SetVenue { expires_at: office.world.vm.now() + YEAR }
    )
}

pub fn drop_venue(office: &Office, owner: &Pubkey) -> Call<accounts::DropVenue, data::DropVenue> {
    gate_call!(
        DropVenue {
            operator: office.officer.pubkey(),
            role_grant: Some(office.role_grant),
            issuer: office.issuer(),
            registry: office.registry,
            wallet: wallet_address(&office.issuer(), owner),
            rent_payer: office.world.vm.payer.pubkey(),
        },
        data::DropVenue {}
    )
}
