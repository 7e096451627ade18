//! The model against the accounts: every field that an instruction may change.

mod gate;
mod loans;

use super::{address::pda, arena::Arena, attested::effect::escrow_account, model::*};
use anchor_lang::{AccountDeserialize, Discriminator, ZeroCopy};
use issuer::state::{
    Announcement, Attestation, AttestorSet, Bucket, CashDesk, CorporateAction, Custodian, Hold,
    Issuer, NonceWindow, OwnerLimits, Redemption, RoleGrant, Seizure, ShareCount, Ticker,
};
use scrip_interface::mint::{Mint, extension};
use solana_pubkey::Pubkey;
use std::{collections::BTreeMap, fmt::Debug};

type Checked = Result<(), String>;

fn same<T: PartialEq + Debug>(what: impl Fn() -> String, chain: T, model: T) -> Checked {
    if chain == model {
        return Ok(());
    }
    Err(format!("{}: {chain:?} on chain, {model:?} in the model", what()))
}

macro_rules! fields {
    ($what:expr, $(($name:literal, $chain:expr, $model:expr)),+ $(,)?) => {
        $(same(|| format!("{} {}", $what, $name), $chain, $model)?;)+
    };
}
use fields;

pub fn compare(arena: &Arena) -> Checked {
    let model = &arena.model;
    issuer_and_roles(arena)?;
    for (address, custodian) in &model.custodians {
        compare_custodian(arena, address, custodian)?;
    }
    for (address, set) in &model.sets {
        compare_set(arena, address, set)?;
    }
    for (mint, ticker) in &model.tickers {
        compare_ticker(arena, mint, ticker)?;
    }
    for (address, it) in &model.redemptions {
        compare_redemption(arena, address, it)?;
    }
    for (account, hold) in &model.holds {
        compare_hold(arena, account, hold)?;
    }
    for (address, seizure) in &model.seizures {
        compare_seizure(arena, address, seizure)?;
    }
    balances_and_limits(arena)?;
    posted(arena)?;
    gate::compare(arena)?;
    loans::compare(arena)
}

fn state<T: ZeroCopy + Discriminator>(arena: &Arena, address: &Pubkey) -> Result<T, String> {
    of_program(arena, &issuer::ID, address)
}

fn of_program<T: ZeroCopy + Discriminator>(
    arena: &Arena,
    program: &Pubkey,
    address: &Pubkey,
) -> Result<T, String> {
    let account = arena.vm.account(address).ok_or_else(|| format!("{address} does not exist"))?;
    if account.owner != *program || !account.data.starts_with(T::DISCRIMINATOR) {
        return Err(format!("{address} is not of the kind it was"));
    }
    Ok(anchor_lang::__private::bytemuck::pod_read_unaligned(&account.data[8..]))
}

fn level(bucket: Bucket) -> Level {
    Level { used: bucket.level, since: bucket.updated_at }
}

fn count(shares: ShareCount) -> u128 {
    u128::from(shares.high) << 64 | u128::from(shares.low)
}

fn nonces(what: &str, chain: &issuer::state::Nonces, model: &Nonces) -> Checked {
    fields!(what, ("nonce base", chain.base, model.base()));
    let used = |nonce: &u64| chain.used[(nonce % 1_024 / 64) as usize] >> (nonce % 64) & 1 == 1;
    let known: Vec<u64> = (chain.base..=chain.base + 1_023).filter(used).collect();
    let expected = model.used.range(model.base()..).copied().collect::<Vec<_>>();
    same(|| format!("{what} nonces"), known, expected)
}

fn issuer_and_roles(arena: &Arena) -> Checked {
    let model = &arena.model;
    let of: Issuer = state(arena, &arena.issuer())?;
    fields!(
        "issuer",
        ("admin", of.admin, model.issuer.admin),
        ("pending admin", of.pending_admin, model.issuer.pending_admin),
        ("timelock", of.timelock_secs, model.issuer.timelock_secs),
        ("pauses", of.pauses, model.issuer.pauses),
    );
    for wallet in arena.keys.keys().filter(|wallet| !arena.attestors.contains(wallet)) {
        let address = pda::role_grant(&issuer::ID, &arena.issuer(), wallet).0;
        let exists = arena.vm.account(&address).is_some();
        same(|| format!("grant of {wallet}"), exists, model.grants.contains_key(wallet))?;
        if let Some(grant) = model.grants.get(wallet) {
            let of: RoleGrant = state(arena, &address)?;
            fields!(
                "grant",
                ("roles", of.roles, grant.roles),
                ("expiry", of.expires_at, grant.expires_at)
            );
        }
    }
    for id in 0..16 {
        let address = pda::announcement(&issuer::ID, &arena.issuer(), id).0;
        let chain = arena.vm.account(&address);
        let chain = chain.map(|it| Announcement::try_deserialize(&mut it.data.as_slice()));
        let chain = chain.transpose().map_err(|error| error.to_string())?;
        let chain = chain.map(|it| (it.change, it.announcer, it.ready_at, it.expires_at, it.made));
        let announced = model.announcements.get(&id).cloned();
        let announced =
            announced.map(|it| (it.change, it.announcer, it.ready_at, it.expires_at, it.made));
        same(|| format!("announcement {id}"), chain, announced)?;
    }
    Ok(())
}

fn compare_custodian(arena: &Arena, address: &Pubkey, model: &CustodianState) -> Checked {
    let of: Custodian = state(arena, address)?;
    let what = format!("custodian {}", model.number);
    let live = of.sets.map(|set| (set.address, set.expires_at));
    fields!(
        what,
        ("tickers", of.tickers, model.tickers),
        ("statement", (of.statement.as_of, of.statement.root), model.statement),
        ("live sets", live, model.live),
        ("removed keys", of.removed_count, model.removed.len() as u64),
    );
    nonces(&what, &of.nonces, &model.nonces)
}

fn compare_set(arena: &Arena, address: &Pubkey, model: &SetState) -> Checked {
    let of: AttestorSet = state(arena, address)?;
    fields!(
        format!("set {address}"),
        ("members", of.members().to_vec(), model.members.clone()),
        ("threshold", of.threshold, model.threshold),
        ("kinds", of.kinds, model.kinds),
        ("status", of.status, u8::from(!model.active)),
        ("valid from", of.valid_from, model.valid_from),
        ("expiry", of.expires_at, model.expires_at),
        ("ready", of.ready_at, model.ready_at),
        ("replaces", of.replaces, model.replaces),
        ("overlap", of.overlap_secs, model.overlap_secs),
        ("custodian", of.custodian, model.custodian),
    );
    Ok(())
}

fn compare_ticker(arena: &Arena, mint: &Pubkey, model: &TickerState) -> Checked {
    let of: Ticker = state(arena, &pda::ticker(&issuer::ID, mint).0)?;
    let what = format!("ticker {mint}");
    let band = (of.price_band.min_price_e8, of.price_band.max_price_e8, of.price_band.expires_at);
    fields!(
        what,
        ("custodian", of.custodian, model.custodian),
        ("pauses", of.pauses, model.pauses),
        ("terms", of.terms(), model.terms),
        ("minted", of.minted, model.minted),
        ("redeemed", of.redeemed, model.redeemed),
        ("open redemptions", of.open_redemptions, model.open),
        ("statement's date", of.reserves.as_of, model.reserves.as_of),
        ("settled", count(of.reserves.settled), model.reserves.settled_shares_e8),
        ("receivable", count(of.reserves.receivable), model.reserves.receivable_shares_e8),
        ("mint bucket", level(of.mint_bucket), model.mint_level),
        ("cash bucket", level(of.cash_bucket), model.cash_level),
        ("price band", band, model.band),
        ("ISIN", of.isin, model.isin),
        ("MIC", of.mic, model.mic),
        ("underlying", of.underlying, model.underlying),
        ("action sequence", of.action_sequence, model.action_sequence),
        ("open action", of.open_action, model.action.as_ref().map_or(0, |it| it.sequence)),
        ("window", window(&of), model.window),
        ("mode", of.mode, model.mode),
        ("primary KYC", of.primary_kyc, u8::from(model.primary_kyc)),
        ("holds", of.holds, arena.model.holds_of(mint)),
        ("seized", of.seized, model.seized),
    );
    if let Some(action) = &model.action {
        compare_action(arena, mint, action, model)?;
    }
    let account = arena.vm.account(mint).ok_or("the mint is gone")?;
    let token = Mint::parse(&account.data).ok_or("the mint is no mint")?;
    fields!(
        what,
        ("supply", token.supply().0, model.supply),
        ("pause of the mint", token.is_paused(), model.mint_paused),
        ("new accounts are frozen", new_accounts_are_frozen(&token), model.mode == MODE_FROZEN),
    );
    let window: NonceWindow = state(arena, &pda::nonce_window(&issuer::ID, mint).0)?;
    nonces(&what, &window.nonces, &model.nonces)
}

fn window(ticker: &Ticker) -> (i64, i64) {
    let window = ticker.window();
    (window.before_secs.into(), window.after_secs.into())
}

fn compare_action(
    arena: &Arena,
    mint: &Pubkey,
    model: &ActionState,
    ticker: &TickerState,
) -> Checked {
    let address = pda::corporate_action(&issuer::ID, mint, model.sequence).0;
    let of: CorporateAction = state(arena, &address)?;
    let scheduled = model
        .scheduled
        .map_or((0, 0, 0), |it| (it.effective_at, it.old.to_bits(), it.new.to_bits()));
    let after = ticker.next.map_or((0, 0), |it| (it.settled_shares_e8, it.receivable_shares_e8));
    let stored: Ticker = state(arena, &pda::ticker(&issuer::ID, mint).0)?;
    let waits = stored.next_waits != 0;
    let next = (count(stored.next_settled), count(stored.next_receivable));
    fields!(
        format!("action of {mint}"),
        ("mint", of.mint, *mint),
        ("terms", of.terms(), model.terms.into()),
        ("request", of.request, model.request),
        ("announcer", of.announcer, model.announcer),
        ("rent payer", of.rent_payer, model.rent_payer),
        ("ready", of.ready_at, model.ready_at),
        ("schedule", (of.effective_at, of.old_multiplier, of.new_multiplier), scheduled),
        ("wait of the next shares", waits, ticker.next.is_some()),
        ("next shares", if waits { next } else { (0, 0) }, after),
    );
    Ok(())
}

fn new_accounts_are_frozen(mint: &Mint) -> bool {
    mint.extension(extension::DEFAULT_ACCOUNT_STATE) == Some(&[2])
}

fn compare_hold(arena: &Arena, account: &Pubkey, model: &HoldState) -> Checked {
    let of: Hold = state(arena, &pda::hold(&issuer::ID, &model.mint, account).0)?;
    fields!(
        format!("hold of {account}"),
        ("token account", of.token_account, *account),
        ("mint", of.mint, model.mint),
        ("owner", of.owner, model.owner),
        ("operator", (of.placed_by, of.placed_at), (model.placed_by, model.placed_at)),
        ("reason", (of.reason, of.case_hash), (model.reason, model.case_hash)),
        ("rent payer", of.rent_payer, model.rent_payer),
        ("seizure", of.seizure, arena.model.seizure_of(account).unwrap_or_default()),
    );
    Ok(())
}

fn compare_seizure(arena: &Arena, address: &Pubkey, model: &SeizureState) -> Checked {
    let of: Seizure = state(arena, address)?;
    let state = match (model.moved, model.contested) {
        (Some(_), _) => 2,
        (None, contested) => u8::from(contested),
    };
    fields!(
        format!("seizure {address}"),
        ("mint", of.mint, model.mint),
        ("kind", (of.kind, of.state), (u8::from(model.recovery), state)),
        ("owners", (of.from_owner, of.to_owner), (model.from_owner, model.to_owner)),
        ("account", of.from, model.from),
        ("amount", (of.amount, of.moved), (model.amount, model.moved.unwrap_or(0))),
        ("hold", of.placed_hold, u8::from(model.placed_hold)),
        ("announced", of.announced_at, model.announced_at),
        ("times", (of.execute_at, of.expires_at), (model.execute_at, model.expires_at)),
        ("rent payer", of.rent_payer, model.rent_payer),
    );
    Ok(())
}

fn compare_redemption(arena: &Arena, address: &Pubkey, model: &RedemptionState) -> Checked {
    let of: Redemption = state(arena, address)?;
    fields!(
        format!("redemption {address}"),
        ("mint", of.mint, model.mint),
        ("owner", of.owner, model.owner),
        ("amount", of.amount, model.amount),
        ("amount left", of.amount_left, model.left),
        ("status", of.status, model.status as u8),
        ("deadline", of.deadline, model.deadline),
        ("request", of.request, model.request),
        ("reference", of.payout_reference, model.reference),
        ("reason", of.reject_reason, model.reason),
    );
    Ok(())
}

fn balances_and_limits(arena: &Arena) -> Checked {
    let model = &arena.model;
    for (address, holding) in &model.holdings {
        let account = arena.vm.account(address).ok_or("a token account is gone")?;
        let amount = u64::from_le_bytes(account.data[64..72].try_into().map_err(|_| "too short")?);
        let what = if *address == escrow_account(&holding.mint) { "escrow" } else { "account" };
        let frozen = account.data[108] == 2;
        fields!(
            format!("{what} {address} of {}", holding.owner),
            ("balance", amount, holding.amount),
            ("freeze", frozen, holding.frozen),
        );
    }
    for ((mint, owner), record) in &model.owner_limits {
        let of: OwnerLimits = state(arena, &pda::owner_limits(&issuer::ID, mint, owner).0)?;
        fields!(
            format!("limits of {owner}"),
            ("mint bucket", level(of.mint_bucket), record.mint_level),
            ("cash bucket", level(of.cash_bucket), record.cash_level),
        );
    }
    for (mint, desk) in &model.desks {
        let of: CashDesk = state(arena, &desk.address)?;
        fields!(
            format!("desk of {mint}"),
            ("outflow", of.outflow, desk.outflow.into()),
            ("bucket", level(of.outflow_bucket), desk.level),
        );
    }
    Ok(())
}

fn posted(arena: &Arena) -> Checked {
    for (address, posted) in &arena.model.posted {
        let of: Attestation = state(arena, address)?;
        fields!(
            format!("posted attestation {address}"),
            ("kind", of.kind, posted.kind),
            ("digest", of.digest, posted.digest),
            ("signers", of.signers().to_vec(), posted.signers.clone()),
            ("expiry", of.expires_at, posted.expires_at),
        );
    }
    Ok(())
}
