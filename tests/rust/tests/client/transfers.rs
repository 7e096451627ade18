//! Moving shares, with what the mint's mode asks for.

use crate::{MODES, shareholder};
use gate::error::GateError;
use scrip_client::{
    hook::HookError,
    plans::{PlanError, transfer},
};
use scrip_interface::{issuer::Mode, math::RawAmount};
use scrip_tests::{
    build::token_account,
    gate::{Gated, assert_refused, hook_list_address},
    vm::key,
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_signer::Signer;

/// Alice has a share and pays for herself; Bob is registered and has no account yet.
fn scene(mode: Mode) -> (Gated, Keypair, Keypair) {
    let mut gated = Gated::new(mode);
    let bob = key("bob");
    gated.register(&bob.pubkey(), |_| {});
    let alice = shareholder(&mut gated, mode, "alice");
    (gated, alice, bob)
}

#[test]
fn a_transfer_makes_the_receivers_account_and_finds_what_the_mode_asks_for() {
    for mode in MODES {
        let (mut gated, alice, bob) = scene(mode);
        let mint = gated.mint();
        for part in [SHARE / 4, SHARE / 2] {
            let plan =
                transfer(gated.planner(), &alice.pubkey(), &mint, &bob.pubkey(), RawAmount(part));
            let plan = plan.unwrap();
            let moves = plan.last().unwrap();
            // Four of its own; for a hook: the policy, both records, the program and its list.
            assert_eq!(moves.accounts.len(), if mode == Mode::Hooked { 9 } else { 4 });
            gated.run(&plan, &alice).unwrap();
        }
        let left = [&alice, &bob].map(|owner| gated.balance(&owner.pubkey()));
        assert_eq!(left, [SHARE / 4, SHARE * 3 / 4], "{}", mode.name());
    }
}

#[test]
fn a_hooked_transfer_to_a_stranger_is_refused_by_the_hook_and_one_to_a_known_account_is_told_apart()
{
    let (mut gated, alice, _) = scene(Mode::Hooked);
    let (mint, stranger) = (gated.mint(), key("stranger"));
    let plan =
        transfer(gated.planner(), &alice.pubkey(), &mint, &stranger.pubkey(), RawAmount(SHARE));
    assert_refused(gated.run(&plan.unwrap(), &alice), GateError::NotRegistered);
    assert_eq!(gated.vm.account(&token_account(&stranger.pubkey(), &mint)), None);

    // A record that lapses between the plan and its landing is the hook's to see.
    let bob = key("bob");
    let plan = transfer(gated.planner(), &alice.pubkey(), &mint, &bob.pubkey(), RawAmount(SHARE));
    let now = gated.vm.now();
    gated.register(&bob.pubkey(), |wallet| wallet.expires_at = now);
    assert_refused(gated.run(&plan.unwrap(), &alice), GateError::Expired);
}

#[test]
fn without_the_hooks_list_there_is_no_plan() {
    let (mut gated, alice, bob) = scene(Mode::Hooked);
    let mint = gated.mint();
    gated.vm.edit(&hook_list_address(&mint), |account| account.data.clear());
    let plan = transfer(gated.planner(), &alice.pubkey(), &mint, &bob.pubkey(), RawAmount(1));
    assert!(matches!(plan, Err(PlanError::Hook(HookError::List(_)))), "{plan:?}");
    let nothing = key("no mint").pubkey();
    let plan = transfer(gated.planner(), &alice.pubkey(), &nothing, &bob.pubkey(), RawAmount(1));
    assert!(matches!(plan, Err(PlanError::Hook(HookError::NoMint(mint))) if mint == nothing));
}

#[test]
fn who_has_no_account_of_a_hooked_mint_has_nothing_to_send() {
    let (gated, _, bob) = scene(Mode::Hooked);
    let (mint, nobody) = (gated.mint(), key("nobody").pubkey());
    let plan = transfer(gated.planner(), &nobody, &mint, &bob.pubkey(), RawAmount(1));
    let account = token_account(&nobody, &mint);
    assert_eq!(plan, Err(PlanError::Hook(HookError::NoAccount { mint, account })));
}
