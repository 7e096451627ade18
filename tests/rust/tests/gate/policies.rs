//! A policy is made by who governs the mint, and by nobody else.

use gate::{
    error::GateError,
    event::{PolicyClaimed, PolicyCreated},
    state::PolicyTerms,
};
use scrip_client::gate::catalog;
use scrip_interface::{
    gate::{flag, pda},
    issuer::{Mode, role},
    pda as issuer_pda,
};
use scrip_tests::{
    build::role_grant,
    gate::{
        Foreign, Gated, assert_refused, create_policy, make_mint, mint_config, place_config,
        policy_address, policy_state, terms,
    },
    golden::{check, stream},
    vm::{assert_fails_with, key},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[test]
fn a_tickers_policy_has_its_terms_and_the_issuers_addresses() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    let call = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms());
    let created = call.send(&mut gated.vm, &[&admin]).unwrap();
    let state = policy_state(&gated.vm, &mint);
    assert_eq!((state.mint, state.issuer, state.paused), (mint, issuer, 0));
    assert_eq!(state.escrow, issuer_pda::escrow(&issuer::ID, &mint).0);
    assert_eq!(state.delegate, issuer_pda::delegate(&issuer::ID, &mint).0);
    assert_eq!((state.terms(), state.pending_at), (terms(), 0));
    let event = &created.events::<PolicyCreated>()[0];
    assert_eq!((event.sequence, event.policy), (1, policy_address(&mint)));
    assert_eq!((event.mint, event.issuer, event.terms), (mint, issuer, terms()));
}

#[test]
fn accounts_have_their_sizes() {
    assert_eq!(gate::state::Policy::SPACE, 536);
    assert_eq!(gate::lists::HOOK_LIST_LEN, 121);
    assert_eq!(gate::lists::ACL_LIST_LEN, 86);
}

#[test]
fn a_policy_is_made_with_list_or_compliance() {
    let mut gated = Gated::without_policy(Mode::Frozen);
    let (issuer, mint) = (gated.issuer(), gated.mint());
    let (clerk, lister, officer) = (key("clerk"), key("lister"), gated.officer.insecure_clone());
    gated.grant(&clerk.pubkey(), role::ALL & !(role::LIST | role::COMPLIANCE));
    gated.grant(&lister.pubkey(), role::LIST);

    let mut call = create_policy(&gated.vm, &issuer, &clerk.pubkey(), &mint, terms());
    assert_refused(call.send(&mut gated.vm, &[&clerk]), GateError::PowerMissing);
    call.accounts.role_grant = Some(role_grant(&gated, &clerk.pubkey()));
    assert_refused(call.send(&mut gated.vm, &[&clerk]), GateError::PowerMissing);
    // Another's grant.
    call.accounts.role_grant = Some(role_grant(&gated, &lister.pubkey()));
    assert_refused(call.send(&mut gated.vm, &[&clerk]), GateError::PowerMissing);

    for operator in [lister, officer] {
        let mut trial = create_policy(&gated.vm, &issuer, &operator.pubkey(), &mint, terms());
        trial.accounts.role_grant = Some(role_grant(&gated, &operator.pubkey()));
        let before = gated.vm.svm.clone();
        trial.send(&mut gated.vm, &[&operator]).unwrap();
        gated.vm.svm = before;
    }
}

#[test]
fn an_expired_grant_is_none() {
    let mut gated = Gated::without_policy(Mode::Frozen);
    let (issuer, mint, officer) = (gated.issuer(), gated.mint(), gated.officer.insecure_clone());
    let mut call = create_policy(&gated.vm, &issuer, &officer.pubkey(), &mint, terms());
    call.accounts.role_grant = Some(gated.officer_grant);
    let grant: issuer::state::RoleGrant = gated.vm.state(&gated.officer_grant);
    gated.vm.set_time(grant.expires_at);
    assert_refused(call.send(&mut gated.vm, &[&officer]), GateError::RoleGrantExpired);
}

#[test]
fn a_stranger_makes_no_policy_for_a_ticker() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (issuer, mint, mallory) = (gated.issuer(), gated.mint(), key("mallory"));
    let stranger = mallory.pubkey();
    // With a registry of his own, as if there were no ticker.
    scrip_tests::gate::create_registry(&gated.vm, &stranger, &stranger, None)
        .send(&mut gated.vm, &[&mallory])
        .unwrap();
    let none = PolicyTerms { providers: 0, ..terms() };
    let own = create_policy(&gated.vm, &stranger, &stranger, &mint, none);
    assert_refused(own.send(&mut gated.vm, &[&mallory]), GateError::WrongIssuer);
    // With a Token ACL config that the ticker's mint cannot have.
    place_config(&mut gated.vm, &mint, &stranger);
    let mut configured = create_policy(&gated.vm, &stranger, &stranger, &mint, none);
    configured.accounts.mint_config = Some(mint_config(&mint));
    assert_refused(configured.send(&mut gated.vm, &[&mallory]), GateError::WrongIssuer);
    // The ticker's address is not his to choose.
    configured.accounts.ticker = key("no ticker").pubkey();
    let seeds = anchor_lang::error::ErrorCode::ConstraintSeeds.into();
    assert_fails_with(configured.send(&mut gated.vm, &[&mallory]), seeds);

    let call = create_policy(&gated.vm, &issuer, &stranger, &mint, none);
    assert_refused(call.send(&mut gated.vm, &[&mallory]), GateError::PowerMissing);
    // Another issuer's admin, with that issuer's registry.
    let other = gated.another_issuer();
    let admin = gated.admin.insecure_clone();
    let mut call = create_policy(&gated.vm, &other, &admin.pubkey(), &mint, none);
    call.accounts.registry = pda::registry(&gate::ID, &issuer).0;
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::WrongIssuer);
}

#[test]
fn an_attackers_issuer_is_none() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (mint, admin) = (gated.mint(), gated.admin.insecure_clone());
    let ticker = gated.listed.accounts.ticker;
    // The right bytes under another program.
    let issuer = gated.issuer();
    gated.vm.edit(&issuer, |account| account.owner = key("attacker").pubkey());
    let call = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms());
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::WrongIssuer);
    gated.vm.edit(&ticker, |account| account.data[0] ^= 1);
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::WrongMint);
}

#[test]
fn a_policy_is_made_once_and_not_hindered_by_lamports() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    gated.vm.svm.airdrop(&policy_address(&mint), 1_000_000).unwrap();
    let call = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms());
    call.send(&mut gated.vm, &[&admin]).unwrap();
    assert_fails_with(call.send(&mut gated.vm, &[&admin]), 0);
}

#[test]
fn terms_name_what_there_is() {
    let mut gated = Gated::without_policy(Mode::Hooked);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    let mut call = create_policy(&gated.vm, &issuer, &admin.pubkey(), &mint, terms());
    // There are providers 0 and 1. One that comes later must be accepted then, and that waits.
    for providers in [1 << 2, 1 << 63, u64::MAX] {
        call.data.terms.providers = providers;
        assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::ProviderUnknown);
    }
    call.data.terms = PolicyTerms { flags: flag::ALL + 1, ..terms() };
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::PolicyFlagsUnknown);
    call.data.terms = PolicyTerms { flags: flag::ALL, providers: 0b11, ..terms() };
    call.send(&mut gated.vm, &[&admin]).unwrap();
}

#[test]
fn a_foreign_mints_policy_is_made_by_its_config_authority() {
    let mut foreign = Foreign::new();
    let (mint, keeper) = (foreign.mint, foreign.authority.insecure_clone());
    let mallory = key("mallory");
    foreign.open_registry(&mallory);

    let mut call = foreign.policy_call(terms());
    call.accounts.mint_config = None;
    assert_refused(call.send(&mut foreign.vm, &[&keeper]), GateError::NotConfigAuthority);
    let mut theirs =
        create_policy(&foreign.vm, &mallory.pubkey(), &mallory.pubkey(), &mint, terms());
    theirs.accounts.mint_config = Some(mint_config(&mint));
    assert_refused(theirs.send(&mut foreign.vm, &[&mallory]), GateError::NotConfigAuthority);
    // For somebody else's registry.
    theirs.accounts.issuer = keeper.pubkey();
    theirs.accounts.registry = pda::registry(&gate::ID, &keeper.pubkey()).0;
    assert_refused(theirs.send(&mut foreign.vm, &[&mallory]), GateError::WrongIssuer);
    // The config of another mint.
    let other = make_mint(&mut foreign.vm, "mallory's mint", &mallory.pubkey(), false);
    place_config(&mut foreign.vm, &other, &mallory.pubkey());
    let mut theirs =
        create_policy(&foreign.vm, &mallory.pubkey(), &mallory.pubkey(), &mint, terms());
    theirs.accounts.mint_config = Some(mint_config(&other));
    let seeds = anchor_lang::error::ErrorCode::ConstraintSeeds.into();
    assert_fails_with(theirs.send(&mut foreign.vm, &[&mallory]), seeds);

    foreign.create_policy(terms()).unwrap();
    let state = policy_state(&foreign.vm, &mint);
    assert_eq!((state.issuer, state.escrow), (keeper.pubkey(), Pubkey::default()));
    assert_eq!(state.delegate, Pubkey::default());
}

#[test]
fn a_look_alike_of_a_config_is_none() {
    let mut foreign = Foreign::new();
    let (config, call) = (mint_config(&foreign.mint), foreign.policy_call(terms()));
    let keeper = foreign.authority.insecure_clone();
    let real = foreign.vm.account(&config).unwrap();
    type Edit = fn(&mut solana_account::Account);
    let edits: [Edit; 4] = [
        |account| account.owner = key("attacker's program").pubkey(),
        |account| account.data[0] = 0,
        |account| account.data[4] ^= 1,
        |account| account.data.push(0),
    ];
    for edit in edits {
        foreign.vm.edit(&config, edit);
        assert_refused(call.send(&mut foreign.vm, &[&keeper]), GateError::NotConfigAuthority);
        foreign.vm.svm.set_account(config, real.clone()).unwrap();
    }
    call.send(&mut foreign.vm, &[&keeper]).unwrap();
}

/// Closed and made again by somebody else, it would find the policy of the first.
#[test]
fn a_mint_that_could_be_reset_gets_no_policy() {
    let mut foreign = Foreign::new();
    let keeper = foreign.authority.insecure_clone();
    foreign.mint = make_mint(&mut foreign.vm, "closable", &keeper.pubkey(), true);
    place_config(&mut foreign.vm, &foreign.mint.clone(), &keeper.pubkey());
    assert_refused(foreign.create_policy(terms()), GateError::MintClosable);

    // What is no mint of Token-2022, as a classic one.
    foreign.mint = make_mint(&mut foreign.vm, "elsewhere", &keeper.pubkey(), false);
    place_config(&mut foreign.vm, &foreign.mint.clone(), &keeper.pubkey());
    let real = foreign.vm.account(&foreign.mint).unwrap();
    foreign.vm.edit(&foreign.mint.clone(), |account| account.owner = key("classic").pubkey());
    assert_refused(foreign.create_policy(terms()), GateError::MintInvalid);
    foreign.vm.edit(&foreign.mint.clone(), |account| {
        account.owner = real.owner;
        account.data.truncate(82);
    });
    assert_refused(foreign.create_policy(terms()), GateError::MintInvalid);
}

#[test]
fn the_next_config_authority_claims_the_policy() {
    let mut foreign = Foreign::with_policy(terms());
    let (mint, heir) = (foreign.mint, key("heir"));
    let call = foreign.claim(&heir.pubkey());
    assert_refused(call.send(&mut foreign.vm, &[&heir]), GateError::NotConfigAuthority);
    let keeper = foreign.authority.insecure_clone();
    let own = foreign.claim(&keeper.pubkey());
    assert_refused(own.send(&mut foreign.vm, &[&keeper]), GateError::AlreadyClaimed);

    place_config(&mut foreign.vm, &mint, &heir.pubkey());
    let claimed = call.send(&mut foreign.vm, &[&heir]).unwrap();
    let state = policy_state(&foreign.vm, &mint);
    assert_eq!((state.issuer, state.providers), (heir.pubkey(), 0));
    assert_eq!(state.terms(), PolicyTerms { providers: 0, ..terms() });
    let event = &claimed.events::<PolicyClaimed>()[0];
    assert_eq!((event.policy, event.issuer), (policy_address(&mint), heir.pubkey()));
    assert_refused(own.send(&mut foreign.vm, &[&keeper]), GateError::NotConfigAuthority);

    let policy = policy_address(&mint);
    let told = foreign.vm.events.iter().filter(|event| event[16..48] == policy.to_bytes());
    let told: Vec<_> = told.cloned().collect();
    let golden = stream(&catalog::PROGRAM, &policy, &told, &state.stream);
    check("events_golden.json", "claimedPolicy", vec![golden].into());
}

#[test]
fn a_tickers_policy_cannot_be_claimed() {
    let mut gated = Gated::hooked();
    let (mint, mallory) = (gated.mint(), key("mallory"));
    place_config(&mut gated.vm, &mint, &mallory.pubkey());
    let foreign = Foreign { mint, ..Foreign::new() };
    let call = foreign.claim(&mallory.pubkey());
    assert_refused(call.send(&mut gated.vm, &[&mallory]), GateError::TickerGoverned);
}
