//! One account of a good instruction is not what it should be: the program must notice, whichever
//! it is.

use super::{
    arena::Arena,
    attested::call::TickerAccounts,
    plan::{INSTRUCTIONS, Plan, Refusals},
    rng::Rng,
};
use solana_pubkey::Pubkey;

/// Accounts that may be others than they are: instruction (or any) and account.
const FREE: [(&str, &str); 40] = [
    // Nothing reads it: the program calls itself by its own id.
    ("", "program"),
    // Without anything to bring in line there is no event.
    ("sync_transfer_pause", "event_authority"),
    // Whoever pays, and whatever is migrated.
    ("", "payer"),
    ("migrate", "account"),
    ("migrate", "custodian"),
    ("create_issuer", "creator"),
    ("create_issuer", "admin"),
    // Judged, not trusted: the answer says what is wrong with it.
    ("can_redeem", "source"),
    // What is no policy is told as one that is missing, and then nobody asks for a record.
    ("can_mint", "policy"),
    ("can_redeem", "policy"),
    ("can_mint", "wallet_record"),
    ("can_redeem", "wallet_record"),
    // They sign only while the mint is paused or the destination frozen.
    ("settle_redemption", "authority"),
    ("cancel_redemption", "authority"),
    ("claim_redemption", "authority"),
    ("reclaim_redemption", "authority"),
    ("set_ticker_pause", "authority"),
    ("sync_transfer_pause", "authority"),
    // It signs where the multiplier changes.
    ("schedule_action", "authority"),
    ("cancel_action", "authority"),
    // It signs where the account is not frozen already.
    ("place_hold", "authority"),
    ("announce_seizure", "authority"),
    // Read once something is held; the authority signs where there is something to do.
    ("thaw", "hold"),
    ("freeze", "hold"),
    ("cancel_redemption", "hold"),
    ("claim_redemption", "hold"),
    ("reclaim_redemption", "hold"),
    ("thaw", "authority"),
    ("freeze", "authority"),
    // Anybody may propose a set, take back what he paid for, and clear away what is over.
    ("create_attestor_set", "proposer"),
    ("withdraw_attestor_set", "operator"),
    ("close_announcement", "operator"),
    // The wallet itself may, and it can be the thief's.
    ("gate/unlink_wallet", "operator"),
    // Whoever finds nothing to do tells nothing.
    ("gate/update_extra_account_metas", "event_authority"),
    // Judged, not trusted.
    ("gate/can_transfer", "source"),
    ("gate/can_transfer", "destination"),
    // Without a policy nobody asks for records.
    ("gate/can_transfer", "source_wallet"),
    ("gate/can_transfer", "destination_wallet"),
    // It makes an account the first time only.
    ("lender/Supply", "system_program"),
    ("lender/Deposit", "system_program"),
];

fn is_free(instruction: &str, account: &str) -> bool {
    FREE.iter().any(|(of, name)| (of.is_empty() || *of == instruction) && *name == account)
}

/// Spoils the plan, if it can be spoiled; then it must be refused.
pub fn spoil(arena: &Arena, plan: &mut Plan, rng: &mut Rng) {
    let Some(names) = INSTRUCTIONS.get(plan.name) else { return };
    let metas = &plan.call.accounts;
    let given = |place: &usize| {
        let absent = metas[*place].pubkey == plan.call.program_id && names[*place] != "program";
        !absent && !is_free(plan.name, &names[*place])
    };
    let Some(place) = rng.one((0..names.len()).filter(given)) else { return };
    let mut meta = metas[place].clone();
    if meta.is_signer {
        let signs_elsewhere = |key: &Pubkey| {
            let others = metas.iter().enumerate().filter(|(other, _)| *other != place);
            *key == arena.payer()
                || others.into_iter().any(|(_, it)| it.is_signer && it.pubkey == *key)
        };
        if rng.percent(50) && !signs_elsewhere(&meta.pubkey) {
            meta.is_signer = false;
        } else {
            meta.pubkey = arena.thief;
        }
    } else {
        let Some(other) = another(arena, rng, plan.name, &names[place], &meta.pubkey) else {
            return;
        };
        meta.pubkey = other;
    }
    if meta == metas[place] {
        return;
    }
    let how = if meta.is_signer == metas[place].is_signer { "is" } else { "does not sign:" };
    plan.spoiled = Some(format!("`{}` {how} {}", names[place], meta.pubkey));
    plan.call.accounts[place] = meta;
    plan.refusals = Refusals::any();
    (plan.answer, plan.judge) = (None, None);
}

/// An account that is not the right one: the thief's own of that kind, another ticker's, or one of
/// another kind.
fn another(arena: &Arena, rng: &mut Rng, of: &str, name: &str, right: &Pubkey) -> Option<Pubkey> {
    let other = match rng.below(4) {
        0 | 1 => arena.foreign.accounts.get(name).copied(),
        2 if !matches!(
            of,
            "set_terms" | "set_price_band" | "set_primary_kyc" | "set_action_window"
        ) =>
        {
            sibling(arena, rng, name, right)
        }
        _ => None,
    };
    other.or_else(|| of_another_kind(arena, rng, name)).filter(|other| other != right)
}

/// The account of the same name of another ticker of ours.
fn sibling(arena: &Arena, rng: &mut Rng, name: &str, right: &Pubkey) -> Option<Pubkey> {
    let mint = *rng.one(arena.model.tickers.keys())?;
    let of = TickerAccounts::of(&mint);
    let sibling = match name {
        "mint" => mint,
        "ticker" => of.ticker,
        "nonces" => of.nonces,
        "authority" => of.authority,
        "escrow" => of.escrow,
        "escrow_account" => of.escrow_account,
        _ => return None,
    };
    (sibling != *right).then_some(sibling)
}

fn kind(name: &str) -> u8 {
    match name {
        "issuer" => 0,
        "custodian" | "next_custodian" => 1,
        "attestor_set" | "signing_set" | "replaced" => 2,
        "ticker" => 3,
        "mint" | "cash_mint" => 4,
        "source" | "destination" | "escrow_account" | "vault" | "cash_source"
        | "cash_destination" | "token_account" | "from" => 5,
        _ => 9,
    }
}

fn of_another_kind(arena: &Arena, rng: &mut Rng, name: &str) -> Option<Pubkey> {
    let model = &arena.model;
    let mint = rng.one(model.tickers.keys()).copied();
    let choices = [
        (0, Some(arena.issuer())),
        (1, rng.one(model.custodians.keys()).copied()),
        (2, rng.one(model.sets.keys()).copied()),
        (3, mint.map(|mint| TickerAccounts::of(&mint).ticker)),
        (4, mint),
        (5, mint.map(|mint| crate::fuzz::address::token_account(&arena.thief, &mint))),
        (9, Some(arena.thief)),
        (9, Some(Pubkey::new_from_array([5; 32]))),
    ];
    let fitting = choices.into_iter().filter(|(of, _)| *of == 9 || *of != kind(name));
    rng.one(fitting.filter_map(|(_, choice)| choice))
}
