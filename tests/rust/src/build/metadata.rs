use super::{Call, event_authority};
use crate::world::World;
use issuer::instructions::MetadataChange;
use scrip_interface::mint::TOKEN_2022;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub type UpdateMetadata =
    Call<issuer::accounts::UpdateMetadata, issuer::instruction::UpdateMetadata>;

/// Of the world's mint, by its admin.
pub fn update_metadata(world: &World, change: MetadataChange) -> UpdateMetadata {
    let listed = &world.listed.accounts;
    let accounts = issuer::accounts::UpdateMetadata {
        payer: world.vm.payer.pubkey(),
        operator: world.admin.pubkey(),
        role_grant: None,
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        authority: listed.authority,
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::UpdateMetadata { change })
}
