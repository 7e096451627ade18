//! The gate's accounts of our issuer.

use super::*;
use crate::fuzz::address::gate_pda;
use ::gate::state::{Investor, Policy, Provider, Registry, Wallet};
use scrip_interface::gate::{Kind, Status};

pub fn compare(arena: &Arena) -> Checked {
    let model = &arena.model;
    let id = &::gate::ID;
    for (issuer, providers) in &model.gate.registries {
        let of: Registry = own(arena, &gate_pda::registry(id, issuer).0)?;
        same(|| format!("providers of {issuer}"), of.providers, *providers)?;
    }
    for (number, it) in &model.gate.providers {
        let of: Provider = own(arena, &gate_pda::provider(id, &arena.issuer(), *number).0)?;
        fields!(
            format!("provider {number}"),
            ("authority", of.authority, it.authority),
            ("limits", of.limits(), it.limits),
        );
    }
    for (address, it) in &model.gate.investors {
        let of: Investor = own(arena, address)?;
        let status = match (it.barred, it.vouched) {
            (true, _) => Status::Barred,
            (_, true) => Status::Active,
            _ => Status::Revoked,
        };
        fields!(
            format!("investor {address}"),
            ("provider", of.provider, it.provider),
            ("status", of.status, status as u8),
            ("claim", of.claim(), it.claim),
            ("wallets", of.wallets().to_vec(), it.wallets.clone()),
            ("rent payer", of.rent_payer, it.rent_payer),
        );
    }
    for (owner, it) in &model.records {
        let of: Wallet = own(arena, &gate_pda::wallet(id, &arena.issuer(), owner).0)?;
        let kind = if it.venue { Kind::Venue } else { Kind::Investor } as u8;
        fields!(
            format!("record of {owner}"),
            ("kind", of.kind, kind),
            ("activity", of.status == Status::Active as u8, !it.revoked),
            ("word", (of.country, of.tier, of.provider), (it.country, it.tier, it.provider)),
            ("expiry", of.expires_at, it.expires_at),
            ("investor", of.investor, it.investor),
            ("rent payer", of.rent_payer, it.rent_payer),
        );
    }
    for owner in arena.users.iter().filter(|owner| !model.records.contains_key(owner)) {
        let record = gate_pda::wallet(id, &arena.issuer(), owner).0;
        same(|| format!("record of {owner}"), arena.vm.account(&record).is_some(), false)?;
    }
    for (mint, it) in &model.policies {
        let of: Policy = own(arena, &gate_pda::policy(id, mint).0)?;
        let pending = it.pending.map_or(0, |(_, at)| at);
        let providers = it.pending.map_or(0, |(terms, _)| terms.providers);
        let list = arena.vm.account(&gate_pda::hook_metas(id, mint).0);
        fields!(
            format!("policy of {mint}"),
            ("issuer", of.issuer, it.issuer),
            ("terms", of.terms(), it.terms),
            ("pause", of.paused != 0, it.paused),
            ("time of what is pending", of.pending_at, pending),
            ("providers of what is pending", of.pending_providers, providers),
            ("hook list", list.is_some(), it.hook_list.is_some()),
        );
    }
    Ok(())
}

fn own<T: ZeroCopy + Discriminator>(arena: &Arena, address: &Pubkey) -> Result<T, String> {
    of_program(arena, &::gate::ID, address)
}
