//! The gate's records fit together, and a hooked token is only where it may be.

use super::{Checked, holders::is_registered, rule, snapshot::Snapshot};
use crate::fuzz::{
    address::{gate_pda as pda, pda as issuer_pda},
    arena::Arena,
};
use gate::state::{Investor, Wallet};
use scrip_interface::{
    gate::{Kind, Status},
    mint::TOKEN_2022,
    token_account::TokenAccount,
};
use solana_pubkey::Pubkey;
use std::collections::BTreeMap;

/// Each wallet says what its investor says, and each investor lists its wallets.
pub fn records(now: &Snapshot) -> Checked {
    let mut linked = BTreeMap::new();
    for (address, it) in &now.investors {
        let status = if it.vouched != 0 { Status::Active } else { Status::Revoked } as u8;
        let barred = it.status == Status::Barred as u8;
        rule(barred || it.status == status, || format!("the status of investor {address}"))?;
        for owner in it.wallets() {
            let twice = linked.insert((it.issuer, *owner), *address);
            rule(twice.is_none(), || format!("{owner} has two investors"))?;
        }
    }
    for (address, it) in &now.wallets {
        let right = pda::wallet(&gate::ID, &it.issuer, &it.owner).0;
        rule(right == *address, || format!("the record {address} is not of {}", it.owner))?;
        if it.kind == Kind::Venue as u8 || it.investor == Pubkey::default() {
            continue;
        }
        let investor = linked.remove(&(it.issuer, it.owner));
        rule(investor == Some(it.investor), || format!("no investor lists {}", it.owner))?;
        let follows = follows(it, &now.investors[&it.investor]);
        rule(follows, || format!("the record of {} is not as its investor's", it.owner))?;
    }
    rule(linked.is_empty(), || format!("wallets without a record: {linked:?}"))
}

fn follows(wallet: &Wallet, investor: &Investor) -> bool {
    let said = |of: (u8, u16, u8, u8, i64)| of;
    said((wallet.status, wallet.country, wallet.tier, wallet.provider, wallet.expires_at))
        == said((
            investor.status,
            investor.country,
            investor.tier,
            investor.provider,
            investor.expires_at,
        ))
}

/// Owner and balance of every account of every hooked mint, whoever made it.
pub type Holders = BTreeMap<Pubkey, (Pubkey, Pubkey, u64)>;

pub fn hooked_holders(arena: &Arena, now: &Snapshot) -> Holders {
    let hooked = |mint: &Pubkey| now.tickers.get(mint).is_some_and(|ticker| ticker.mode == 2);
    if !now.tickers.values().any(|ticker| ticker.mode == 2) {
        return Holders::new();
    }
    let all = arena.vm.svm.get_program_accounts(&TOKEN_2022);
    let read = |(address, account): &(Pubkey, solana_account::Account)| {
        let token = TokenAccount::parse(&account.data)?;
        let mint = token.mint().filter(hooked)?;
        Some((*address, (mint, token.owner()?, token.amount()?.0)))
    };
    all.iter().filter_map(read).collect()
}

/// A hooked token reaches no wallet that may not hold it: what grows belongs to somebody with a
/// valid record, to the escrow, or comes out of it or of a seizure.
pub fn hooked(name: &str, was: &Holders, is: &Holders, arena: &Arena) -> Checked {
    for (account, (mint, owner, amount)) in is {
        let before = was.get(account).map_or(0, |(.., amount)| *amount);
        if *amount <= before {
            continue;
        }
        let escrow = issuer_pda::escrow(&issuer::ID, mint).0;
        let returned =
            matches!(name, "cancel_redemption" | "claim_redemption" | "reclaim_redemption");
        let fine = *owner == escrow
            || returned
            || name == "execute_seizure"
            || is_registered(arena, mint, owner);
        rule(fine, || format!("{name} gave {owner} shares of the hooked {mint}"))?;
    }
    Ok(())
}
