//! Questions, whose answers the model knows too; and migration.

use super::{actions::SHARE, common::*};
use crate::fuzz::address::{pda, token_account};
use crate::fuzz::attested::call::{TickerAccounts, limits_record};
use issuer::{error::IssuerError, instructions::*};
use scrip_interface::preflight;

const VERSION: u8 = 1;

fn answer(
    name: &'static str,
    call: solana_instruction::Instruction,
    bytes: Vec<u8>,
) -> Option<Plan> {
    Some(Plan { answer: Some(bytes), ..Plan::new(name, call, Refusals::none()) })
}

/// Those that are read; seldom none, though they would be.
fn asked_accounts(
    arena: &Arena,
    rng: &mut Rng,
    mint: &Pubkey,
    owner: &Pubkey,
) -> (Option<Pubkey>, Option<Pubkey>) {
    if rng.percent(10) { (None, None) } else { arena.registration(mint, owner) }
}

fn registration_reasons(
    model: &Model,
    mint: &Pubkey,
    owner: &Pubkey,
    record: Option<Pubkey>,
) -> u32 {
    if !model.asks_registration(mint) {
        return 0;
    }
    if record.is_none() {
        return preflight::REGISTRATION_MISSING;
    }
    let bits = [
        (IssuerError::PolicyPaused, preflight::POLICY_PAUSED),
        (IssuerError::PolicyMissing, preflight::POLICY_MISSING),
        (IssuerError::NotRegistered, preflight::NOT_REGISTERED),
        (IssuerError::RecordRevoked, preflight::REVOKED),
        (IssuerError::RecordExpired, preflight::EXPIRED),
        (IssuerError::CountryNotAllowed, preflight::COUNTRY_NOT_ALLOWED),
        (IssuerError::TierTooLow, preflight::TIER_TOO_LOW),
        (IssuerError::ProviderNotAccepted, preflight::PROVIDER_NOT_ACCEPTED),
        (IssuerError::VenueNotAllowed, preflight::VENUE_NOT_ALLOWED),
    ];
    let against: Vec<u32> = model.reasons(mint, owner).into_iter().map(u32::from).collect();
    bits.iter().filter(|(error, _)| against.contains(&u32::from(*error))).map(|(_, bit)| bit).sum()
}

fn reasons(list: &[(bool, u32)], more: u32) -> Vec<u8> {
    let mask: u32 = list.iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).sum();
    let mask = mask | more;
    [&[VERSION], mask.to_le_bytes().as_slice()].concat()
}

pub fn can_mint(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (model, now) = (&arena.model, arena.model.now);
    let (mint, ticker) = rng.one(model.tickers.iter())?;
    let owner = *rng.pick(&arena.users)?;
    let amount = rng.below(3) * rng.below(1_000 * SHARE);
    let (policy, wallet_record) = asked_accounts(arena, rng, mint, &owner);
    let accounts = issuer::accounts::CanMint {
        policy,
        wallet_record,
        issuer: arena.issuer(),
        ticker: pda::ticker(&issuer::ID, mint).0,
        mint: *mint,
        owner_limits: limits_record(arena, mint, &owner),
    };
    let pauses = model.pauses(mint);
    let terms = &ticker.terms;
    let record = model.owner_limits.get(&(*mint, owner));
    let own = terms.owner_mint_limit;
    let within = record.is_none_or(|it| it.mint_level.after(amount, own, now).is_some());
    let covered = ticker.covers(ticker.supply.saturating_add(amount), now);
    let list = [
        (amount == 0, preflight::AMOUNT_ZERO),
        (pauses & PAUSE_MINT != 0, preflight::MINT_PAUSED),
        (ticker.stale(ticker.held(now).as_of, now), preflight::STATEMENT_STALE),
        (ticker.is_closed_for_action(now), preflight::CORPORATE_ACTION_WINDOW),
        (pauses & PAUSE_TRANSFER != 0 || ticker.mint_paused, preflight::TRANSFER_PAUSED),
        (!covered, preflight::RESERVES_INSUFFICIENT),
        (ticker.mint_level.after(amount, terms.mint_limit, now).is_none(), preflight::TICKER_LIMIT),
        (record.is_none() && own.window_secs != 0, preflight::OWNER_LIMITS_MISSING),
        (!within, preflight::OWNER_LIMIT),
    ];
    let data = issuer::instruction::CanMint { args: CanMintArgs { owner, amount } };
    let asked = registration_reasons(model, mint, &owner, wallet_record);
    answer("can_mint", instruction(&accounts, &data), reasons(&list, asked))
}

pub fn can_redeem(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (mint, ticker) = rng.one(model.tickers.iter())?;
    let (owner, other) = (*rng.pick(&arena.users)?, *rng.pick(&arena.users)?);
    let asked = if rng.percent(20) { other } else { owner };
    let source = token_account(&asked, mint);
    let (id, amount) = (rng.below(9), rng.below(3) * rng.below(100 * SHARE));
    let redemption = pda::redemption(&issuer::ID, mint, &owner, id).0;
    let (policy, wallet_record) = asked_accounts(arena, rng, mint, &owner);
    let accounts = issuer::accounts::CanRedeem {
        policy,
        wallet_record,
        issuer: arena.issuer(),
        ticker: pda::ticker(&issuer::ID, mint).0,
        mint: *mint,
        source,
        redemption,
    };
    let pauses = model.pauses(mint);
    let valid = asked == owner;
    let taken = id >= 8 || model.redemptions.contains_key(&redemption);
    let list = [
        (amount == 0, preflight::AMOUNT_ZERO),
        (pauses & PAUSE_REQUEST != 0, preflight::REDEEM_REQUEST_PAUSED),
        (amount < ticker.terms.min_redemption, preflight::BELOW_MINIMUM),
        (taken, preflight::REDEMPTION_ID_TAKEN),
        (pauses & PAUSE_TRANSFER != 0 || ticker.mint_paused, preflight::TRANSFER_PAUSED),
        (!valid, preflight::ACCOUNT_INVALID),
        (valid && model.is_frozen(&source), preflight::ACCOUNT_FROZEN),
        (valid && model.amount(&source) < amount, preflight::BALANCE_TOO_LOW),
    ];
    let data = issuer::instruction::CanRedeem { args: CanRedeemArgs { owner, id, amount } };
    let asked = registration_reasons(model, mint, &owner, wallet_record);
    answer("can_redeem", instruction(&accounts, &data), reasons(&list, asked))
}

pub fn reserve_ratio(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (model, now) = (&arena.model, arena.model.now);
    let (mint, ticker) = rng.one(model.tickers.iter())?;
    let accounts =
        issuer::accounts::ShowReserveRatio { ticker: TickerAccounts::of(mint).ticker, mint: *mint };
    let (counted, as_of) = (ticker.counted(now), ticker.held(now).as_of);
    let owed = shares(ticker.supply, ticker.multipliers.now(now)).1;
    let ratio = (counted * 10_000)
        .checked_div(owed)
        .map_or(u64::MAX, |it| it.try_into().unwrap_or(u64::MAX));
    let mut bytes = vec![VERSION, u8::from(ticker.stale(as_of, now))];
    bytes.extend(as_of.to_le_bytes());
    bytes.extend(ticker.supply.to_le_bytes());
    bytes.extend(counted.to_le_bytes());
    bytes.extend(owed.to_le_bytes());
    bytes.extend(ratio.to_le_bytes());
    let call = instruction(&accounts, &issuer::instruction::ReserveRatio {});
    answer("reserve_ratio", call, bytes)
}

/// Of an account of the first layout, or of one that needs none: both land, any number of times.
pub fn migrate(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (old, current) = (&arena.old_accounts, arena.model.tickers.keys());
    let tickers: Vec<_> = current.map(|mint| pda::ticker(&issuer::ID, mint).0).collect();
    let account = if rng.percent(80) { *rng.pick(old)? } else { *rng.pick(&tickers)? };
    // The set goes to the custodian's list, so the custodian is first.
    let (custodian, set) = (old[1], old[2]);
    let data = |address: &Pubkey| arena.vm.account(address).expect("it exists").data;
    let first_layout = |address: &Pubkey| data(address)[8] == 1;
    let mut refusals = Refusals::none();
    let ready = account != set || !first_layout(&set) || !first_layout(&custodian);
    if !ready {
        // Anchor finds the old custodian too short to read.
        refusals.any = true;
    }
    let accounts = issuer::accounts::Migrate {
        payer: payer(arena, rng),
        account,
        custodian: (account == set).then_some(custodian),
        system_program: Pubkey::default(),
    };
    let call = instruction(&accounts, &issuer::instruction::Migrate {});
    Some(Plan::new("migrate", call, refusals))
}
