//! Builders for the issuer's powers: admin, timelock, announcements, roles and pauses. Each is made
//! by the world's admin about the world's issuer.

use super::{Call, YEAR, event_authority};
use crate::world::World;
use issuer::{
    accounts, instruction as data,
    instructions::{AnnounceChangeArgs, GrantRoleArgs, SetPauseArgs},
    state::Change,
};
use scrip_interface::{mint::TOKEN_2022, pda};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub fn propose_admin(
    world: &World,
    pending_admin: &Pubkey,
) -> Call<accounts::ProposeAdmin, data::ProposeAdmin> {
    let accounts = accounts::ProposeAdmin {
        admin: world.admin.pubkey(),
        issuer: world.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::ProposeAdmin { pending_admin: *pending_admin })
}

pub fn accept_admin(
    world: &World,
    pending_admin: &Pubkey,
) -> Call<accounts::AcceptAdmin, data::AcceptAdmin> {
    let accounts = accounts::AcceptAdmin {
        pending_admin: *pending_admin,
        issuer: world.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::AcceptAdmin {})
}

/// Without an announcement.
pub fn set_timelock(world: &World, secs: u32) -> Call<accounts::SetTimelock, data::SetTimelock> {
    let accounts = accounts::SetTimelock {
        admin: world.admin.pubkey(),
        issuer: world.issuer(),
        announcement: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::SetTimelock { secs })
}

/// Where the announcement of this id is.
pub fn announcement(world: &World, id: u64) -> Pubkey {
    pda::announcement(&issuer::ID, &world.issuer(), id).0
}

pub fn announce_change(
    world: &World,
    id: u64,
    change: Change,
) -> Call<accounts::AnnounceChange, data::AnnounceChange> {
    let accounts = accounts::AnnounceChange {
        payer: world.vm.payer.pubkey(),
        operator: world.admin.pubkey(),
        role_grant: None,
        issuer: world.issuer(),
        announcement: announcement(world, id),
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::AnnounceChange { args: AnnounceChangeArgs { id, change } })
}

pub fn close_announcement(
    world: &World,
    id: u64,
) -> Call<accounts::CloseAnnouncement, data::CloseAnnouncement> {
    let accounts = accounts::CloseAnnouncement {
        operator: world.admin.pubkey(),
        issuer: world.issuer(),
        announcement: announcement(world, id),
        rent_payer: world.vm.payer.pubkey(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::CloseAnnouncement {})
}

/// Where a wallet's grant is.
pub fn role_grant(world: &World, wallet: &Pubkey) -> Pubkey {
    pda::role_grant(&issuer::ID, &world.issuer(), wallet).0
}

/// For a year, without an announcement.
pub fn grant_role(
    world: &World,
    wallet: &Pubkey,
    roles: u16,
) -> Call<accounts::GrantRole, data::GrantRole> {
    let accounts = accounts::GrantRole {
        payer: world.vm.payer.pubkey(),
        admin: world.admin.pubkey(),
        issuer: world.issuer(),
        wallet: *wallet,
        role_grant: role_grant(world, wallet),
        announcement: None,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = GrantRoleArgs { roles, expires_at: world.vm.now() + YEAR };
    Call::new(accounts, data::GrantRole { args })
}

pub fn revoke_role(world: &World, wallet: &Pubkey) -> Call<accounts::RevokeRole, data::RevokeRole> {
    let accounts = accounts::RevokeRole {
        operator: world.admin.pubkey(),
        issuer: world.issuer(),
        role_grant: role_grant(world, wallet),
        rent_payer: world.vm.payer.pubkey(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::RevokeRole {})
}

pub fn set_issuer_pause(
    world: &World,
    pause: u8,
    unpause: u8,
) -> Call<accounts::SetIssuerPause, data::SetIssuerPause> {
    let accounts = accounts::SetIssuerPause {
        operator: world.admin.pubkey(),
        role_grant: None,
        issuer: world.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::SetIssuerPause { args: SetPauseArgs { pause, unpause } })
}

pub fn set_ticker_pause(
    world: &World,
    pause: u8,
    unpause: u8,
) -> Call<accounts::SetTickerPause, data::SetTickerPause> {
    let listed = &world.listed.accounts;
    let accounts = accounts::SetTickerPause {
        operator: world.admin.pubkey(),
        role_grant: None,
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        authority: listed.authority,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::SetTickerPause { args: SetPauseArgs { pause, unpause } })
}

pub fn sync_transfer_pause(
    world: &World,
) -> Call<accounts::SyncTransferPause, data::SyncTransferPause> {
    let listed = &world.listed.accounts;
    let accounts = accounts::SyncTransferPause {
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        authority: listed.authority,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::SyncTransferPause {})
}
