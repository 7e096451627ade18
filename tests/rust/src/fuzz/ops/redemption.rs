//! What owners do about redemptions, and statements that anybody applies.

use super::{actions, common::*, token::hook_accounts};
use crate::fuzz::address::{pda, token_account};
use crate::fuzz::attested::{call::TickerAccounts, effect::record_reserves};
use issuer::{error::IssuerError, event::RedemptionRequested, instructions::*};
use scrip_interface::mint::TOKEN_2022;
use solana_instruction::Instruction;

pub fn request_redemption(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mint = actions::ticker(arena, rng, PAUSE_REQUEST | PAUSE_TRANSFER)?;
    let any = rng.percent(4);
    let able = |user: &&Pubkey| {
        let account = token_account(user, &mint);
        let free = !model.is_frozen(&account) && model.may_trade(&mint, user).is_empty();
        any || model.amount(&account) > 0 && free
    };
    let owner = *rng.one(arena.users.iter().filter(able))?;
    let source = token_account(&owner, &mint);
    let balance = model.amount(&source);
    let min = model.ticker(&mint).terms.min_redemption;
    let amount = match rng.below(40) {
        0 => 0,
        1 => balance + 1,
        2 => min.saturating_sub(1),
        3 => balance,
        _ => min.max(1 + rng.below(balance.max(1) / 3 + 1)),
    };
    let address = |id: u64| pda::redemption(&issuer::ID, &mint, &owner, id).0;
    let id = match rng.below(30) {
        0 => 8 + rng.below(2),
        1 => rng.below(8),
        _ => (0..8).find(|id| !model.redemptions.contains_key(&address(*id)))?,
    };
    let redemption = address(id);
    let mut refusals = model.not_paused(&mint, PAUSE_REQUEST | PAUSE_TRANSFER);
    refusals.unless(id < 8, IssuerError::RedemptionIdInvalid);
    refusals.unless(amount > 0, IssuerError::AmountZero);
    refusals.unless(amount >= min, IssuerError::AmountBelowMinimum);
    refusals.unless_code(!model.redemptions.contains_key(&redemption), code::ALREADY_IN_USE);
    refusals.unless_code(amount <= balance, code::INSUFFICIENT_FUNDS);
    refusals.unless_code(!model.is_frozen(&source), code::ACCOUNT_FROZEN);
    refusals.unless_code(!model.ticker(&mint).mint_paused, code::MINT_PAUSED);
    let (policy, mut wallet_record) = arena.registration(&mint, &owner);
    if policy.is_some() && rng.percent(3) {
        wallet_record = None;
        refusals.unless(false, IssuerError::RegistrationMissing);
    }
    refusals.add(model.may_trade(&mint, &owner));
    let (rent_payer, of) = (payer(arena, rng), TickerAccounts::of(&mint));
    let accounts = issuer::accounts::RequestRedemption {
        policy,
        wallet_record,
        payer: rent_payer,
        owner,
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        redemption,
        source,
        escrow_account: of.escrow_account,
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data =
        issuer::instruction::RequestRedemption { args: RequestRedemptionArgs { id, amount } };
    let mut call = instruction(&accounts, &data);
    call.accounts.extend(hook_accounts(arena, &mint, &owner, &of.escrow));
    refusals.add(model.hook(&mint, &owner, &of.escrow, false));
    let plan = Plan::new("request_redemption", call, refusals);
    Some(plan.then(move |model, receipt| {
        let request = receipt.events::<RedemptionRequested>()[0].sequence;
        let (now, ticker) = (model.now, model.ticker_mut(&mint));
        ticker.open += amount;
        let it = RedemptionState {
            mint,
            owner,
            rent_payer,
            id,
            amount,
            left: amount,
            status: Status::Requested,
            deadline: now + i64::from(ticker.terms.redemption_secs),
            payout_secs: ticker.terms.payout_secs,
            request,
            reference: [0; 32],
            reason: 0,
        };
        model.redemptions.insert(redemption, it);
        model.debit(&source, amount);
        model.credit(&of.escrow_account, amount);
    }))
}

fn returns(
    it: &RedemptionState,
    address: &Pubkey,
    issuer: Pubkey,
) -> issuer::accounts::ReturnRedemption {
    let of = TickerAccounts::of(&it.mint);
    let destination = token_account(&it.owner, &it.mint);
    issuer::accounts::ReturnRedemption {
        owner: it.owner,
        issuer,
        ticker: of.ticker,
        redemption: *address,
        rent_payer: it.rent_payer,
        mint: it.mint,
        authority: of.authority,
        escrow: of.escrow,
        escrow_account: of.escrow_account,
        destination,
        hold: pda::hold(&issuer::ID, &it.mint, &destination).0,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    }
}

/// What must always work for an owner after the deadline.
pub fn reclaim_instruction(arena: &Arena, address: &Pubkey) -> Instruction {
    let it = &arena.model.redemptions[address];
    let accounts = returns(it, address, arena.issuer());
    let mut call = instruction(&accounts, &issuer::instruction::ReclaimRedemption {});
    call.accounts.extend(hook_accounts(arena, &it.mint, &accounts.escrow, &it.owner));
    call
}

fn return_plan(
    arena: &Arena,
    rng: &mut Rng,
    name: &'static str,
    address: Pubkey,
    call: impl FnOnce(&issuer::accounts::ReturnRedemption) -> Instruction,
    mut refusals: Refusals,
) -> Plan {
    let it = &arena.model.redemptions[&address];
    let mut accounts = returns(it, &address, arena.issuer());
    match rng.below(30) {
        0 => {
            // Somebody else wants the shares.
            accounts.owner = *rng.pick(&arena.users).expect("some");
            accounts.destination = token_account(&accounts.owner, &it.mint);
            accounts.hold = pda::hold(&issuer::ID, &it.mint, &accounts.destination).0;
            refusals.unless(accounts.owner == it.owner, IssuerError::NotRedemptionOwner);
        }
        1 => {
            let other = *rng.pick(&arena.users).expect("some");
            accounts.destination = token_account(&other, &it.mint);
            refusals.unless(other == it.owner, IssuerError::DestinationNotAssociated);
        }
        _ => {}
    }
    let (mint, left, owner) = (it.mint, it.left, it.owner);
    let of = TickerAccounts::of(&mint);
    let mut call = call(&accounts);
    call.accounts.extend(hook_accounts(arena, &mint, &of.escrow, &accounts.owner));
    Plan::new(name, call, refusals).then(move |model, _| {
        model.redemptions.remove(&address);
        model.ticker_mut(&mint).open -= left;
        model.debit(&of.escrow_account, left);
        model.credit(&token_account(&owner, &mint), left);
    })
}

fn one(arena: &Arena, rng: &mut Rng, fits: impl Fn(&RedemptionState) -> bool) -> Option<Pubkey> {
    let any = rng.percent(6);
    let open = arena.model.redemptions.iter().filter(|(_, it)| any || fits(it));
    rng.one(open).map(|(address, _)| *address)
}

pub fn cancel_redemption(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let fits = |it: &RedemptionState| {
        it.status == Status::Requested && model.pauses(&it.mint) & PAUSE_TRANSFER == 0
    };
    let address = one(arena, rng, fits)?;
    let it = &model.redemptions[&address];
    let mut refusals = model.not_paused(&it.mint, PAUSE_TRANSFER);
    refusals.unless(it.status != Status::Rejected, IssuerError::RedemptionRejected);
    refusals.unless(it.status != Status::Acknowledged, IssuerError::RedemptionAcknowledged);
    let call = |accounts: &_| instruction(accounts, &issuer::instruction::CancelRedemption {});
    Some(return_plan(arena, rng, "cancel_redemption", address, call, refusals))
}

pub fn claim_redemption(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let address = one(arena, rng, |it| it.status == Status::Rejected)?;
    let it = &arena.model.redemptions[&address];
    let mut refusals = Refusals::none();
    refusals.unless(it.status == Status::Rejected, IssuerError::RedemptionNotRejected);
    let call = |accounts: &_| instruction(accounts, &issuer::instruction::ClaimRedemption {});
    Some(return_plan(arena, rng, "claim_redemption", address, call, refusals))
}

pub fn reclaim_redemption(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let now = arena.model.now;
    let address = one(arena, rng, |it| it.deadline <= now)?;
    let it = &arena.model.redemptions[&address];
    let mut refusals = Refusals::none();
    refusals.unless(now >= it.deadline, IssuerError::RedemptionNotOverdue);
    let call = |accounts: &_| instruction(accounts, &issuer::instruction::ReclaimRedemption {});
    Some(return_plan(arena, rng, "reclaim_redemption", address, call, refusals))
}

pub fn apply_statement(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(6);
    let news = |mint: &Pubkey| {
        let ticker = model.ticker(mint);
        any || model.custodians[&ticker.custodian].statement.0 > ticker.held(model.now).as_of
    };
    let mint = *rng.one(model.tickers.keys().filter(|mint| news(mint)))?;
    let custodian = model.ticker(&mint).custodian;
    let (as_of, root) = model.custodians[&custodian].statement;
    // A proof of what was signed, or one of an older root, or another ticker's.
    let right = rng.percent(90);
    let book = if right { model.books.get(&root) } else { rng.one(model.books.values()) };
    let lines = book?.iter().filter(|(of, ..)| !right || *of == mint);
    let (of, line, proof, sequence) = rng.one(lines)?;
    let signed = model.books.get(&root);
    let same = |it: &(Pubkey, _, _, _)| it.0 == mint && it.1 == *line && it.2 == *proof;
    let of_now = *sequence == model.ticker(&mint).action_sequence;
    let proven = *of == mint && of_now && signed.is_some_and(|book| book.iter().any(same));
    let mut statement = *line;
    statement.as_of = as_of;
    let mut refusals = Refusals::none();
    refusals.unless(proven, IssuerError::StatementProofInvalid);
    let ticker = model.ticker(&mint);
    refusals.unless(as_of > ticker.held(model.now).as_of, IssuerError::StatementNotNewer);
    refusals.add(ticker.of_this_side(as_of, model.now));
    refusals.unless(as_of <= model.now + 60, IssuerError::StatementInFuture);
    let accounts = issuer::accounts::ApplyStatement {
        custodian,
        ticker: pda::ticker(&issuer::ID, &mint).0,
        mint,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ApplyStatementArgs {
        settled_shares_e8: statement.settled_shares_e8,
        receivable_shares_e8: statement.receivable_shares_e8,
        proof: proof.clone(),
    };
    let call = instruction(&accounts, &issuer::instruction::ApplyStatement { args });
    let plan = Plan::new("apply_statement", call, refusals);
    Some(plan.then(move |model, _| record_reserves(model, &mint, &statement)))
}
