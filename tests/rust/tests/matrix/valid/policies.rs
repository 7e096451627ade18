//! The gate's policies and lists, of tickers and of mints of others.

use super::{OURS, Valid};
use gate::{
    constants::FOREIGN_TIMELOCK_SECS,
    instruction::{CancelPolicy, PausePolicy, UnpausePolicy},
    state::PolicyTerms,
};
use scrip_interface::issuer::{Mode, role};
use scrip_tests::{
    build::{TIMELOCK_SECS, token_account},
    gate::{
        Foreign, Gated, apply_policy, can_transfer, create_policy, govern_policy,
        initialize_hook_list, place, place_config, record, set_policy, terms, update_hook_list,
    },
    vm::key,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub const FORMS: super::Room = &[
    ("create_policy", || {
        let mut gated = Gated::without_policy(Mode::Hooked);
        let (official, grant) = official(&mut gated);
        let (issuer, mint) = (gated.issuer(), gated.mint());
        gated.registered("alice");
        let mut create = create_policy(&gated.vm, &issuer, &official.pubkey(), &mint, terms());
        create.accounts.role_grant = Some(grant);
        Valid::of(gated.world.vm, create.instruction(), &[&official])
    }),
    ("create_policy/foreign", || {
        let mut foreign = Foreign::new();
        let keeper = foreign.authority.pubkey();
        place(&mut foreign.vm, &record(&keeper, &key("alice").pubkey()));
        let create = foreign.policy_call(terms()).instruction();
        Valid::of(foreign.vm, create, &[&foreign.authority])
    }),
    ("set_policy", || {
        let gated = Gated::hooked();
        let (issuer, mint, officer) = (gated.issuer(), gated.mint(), gated.officer.pubkey());
        let set = set_policy(&issuer, &officer, Some(gated.officer_grant), &mint, looser());
        Valid::of(gated.world.vm, set.instruction(), &[&gated.officer])
    }),
    ("apply_policy", || {
        let mut gated = Gated::hooked();
        gated.set_policy(looser()).expect(OURS);
        let later = gated.vm.now() + i64::from(TIMELOCK_SECS.max(FOREIGN_TIMELOCK_SECS));
        gated.vm.set_time(later);
        let apply = apply_policy(&gated.mint()).instruction();
        Valid::of(gated.world.vm, apply, &[])
    }),
    ("cancel_policy", || {
        let mut gated = Gated::hooked();
        gated.set_policy(looser()).expect(OURS);
        governed(gated, CancelPolicy {})
    }),
    ("pause_policy", || governed(Gated::hooked(), PausePolicy {})),
    ("unpause_policy", || {
        let mut gated = Gated::hooked();
        gated.set_pause(true).expect(OURS);
        governed(gated, UnpausePolicy {})
    }),
    ("claim_policy", || {
        let (mut foreign, heir) = (Foreign::with_policy(terms()), key("heir"));
        let mint = foreign.mint;
        place_config(&mut foreign.vm, &mint, &heir.pubkey());
        let claim = foreign.claim(&heir.pubkey()).instruction();
        Valid::of(foreign.vm, claim, &[&heir])
    }),
    ("initialize_extra_account_metas", || {
        let mut gated = Gated::without_policy(Mode::Hooked);
        let (official, grant) = official(&mut gated);
        let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
        let policy = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms());
        policy.send(&mut gated.vm, &[&admin]).expect(OURS);
        let mut list = initialize_hook_list(&gated.vm, &issuer, &official.pubkey(), &mint);
        list.accounts.role_grant = Some(grant);
        Valid::of(gated.world.vm, list.instruction(), &[&official])
    }),
    ("update_extra_account_metas", || {
        let gated = Gated::hooked();
        let update = update_hook_list(&gated.mint()).instruction();
        Valid::of(gated.world.vm, update, &[])
    }),
    ("initialize_token_acl_metas/foreign", || {
        let foreign = Foreign::with_policy(terms());
        let lists = foreign.acl_lists().instruction();
        Valid::of(foreign.vm, lists, &[&foreign.authority])
    }),
    ("initialize_token_acl_metas", || {
        // For a ticker they are of no use, and do no harm.
        let mut gated = Gated::new(Mode::Frozen);
        let (official, grant) = official(&mut gated);
        let (issuer, mint) = (gated.issuer(), gated.mint());
        let mut lists = Foreign::new().acl_lists();
        (lists.accounts.payer, lists.accounts.operator) =
            (gated.vm.payer.pubkey(), official.pubkey());
        (lists.accounts.issuer, lists.accounts.mint) = (issuer, mint);
        lists.accounts.role_grant = Some(grant);
        lists.accounts.policy = scrip_tests::gate::policy_address(&mint);
        lists.accounts.thaw_list = scrip_interface::gate::pda::thaw_metas(&gate::ID, &mint).0;
        lists.accounts.freeze_list = scrip_interface::gate::pda::freeze_metas(&gate::ID, &mint).0;
        Valid::of(gated.world.vm, lists.instruction(), &[&official])
    }),
    ("can_transfer", || {
        let mut gated = Gated::hooked();
        let owners = ["alice", "bob"].map(|name| gated.registered(name).pubkey());
        let (issuer, mint) = (gated.issuer(), gated.mint());
        let accounts = owners.map(|owner| token_account(&owner, &mint));
        let ask = can_transfer(&issuer, &mint, accounts, owners, 1).instruction();
        Valid::of(gated.world.vm, ask, &[])
    }),
];

/// It takes every tier.
fn looser() -> PolicyTerms {
    PolicyTerms { min_tier: 0, ..terms() }
}

fn official(gated: &mut Gated) -> (Keypair, Pubkey) {
    let wallet = key("official");
    let grant = gated.grant(&wallet.pubkey(), role::ALL);
    (wallet, grant)
}

fn governed<D: anchor_lang::InstructionData>(mut gated: Gated, data: D) -> Valid {
    let (official, grant) = official(&mut gated);
    let (issuer, mint) = (gated.issuer(), gated.mint());
    let call = govern_policy(&issuer, &official.pubkey(), Some(grant), &mint, data);
    Valid::of(gated.world.vm, call.instruction(), &[&official])
}
