//! Minting, and what the custodian says it holds.

use crate::{MODES, primary};
use issuer::{error::IssuerError, instructions::StatementArgs};
use scrip_client::{
    Programs,
    attestation::Evidence,
    plans::{attest_mint, attest_reserves, attest_statement, post_attestation, posted_address},
};
use scrip_interface::{attestation::Body, issuer::Mode, merkle};
use scrip_tests::{
    build::{self, AttestMint},
    gate::Gated,
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_signer::Signer;

#[test]
fn a_mint_makes_the_account_thaws_it_and_fills_it_in_every_mode() {
    for mode in MODES {
        let mut gated = Gated::new(mode);
        let alice = key("alice");
        gated.register(&alice.pubkey(), |_| {});
        let (issuer, payer) = (gated.issuer(), gated.vm.payer.pubkey());
        let body = AttestMint::new(&mut gated, &alice.pubkey(), SHARE).body();
        let signed = gated.signed(&body);
        let evidence = Evidence::Signed(&signed);
        let plan = attest_mint(gated.planner(), &payer, &issuer, &body, evidence, primary(mode));
        gated.run(&plan.unwrap(), &alice).unwrap();
        assert_eq!(gated.balance(&alice.pubkey()), SHARE, "{}", mode.name());
    }
}

#[test]
fn a_mint_to_who_may_not_hold_the_share_is_refused_whole() {
    for mode in [Mode::Frozen, Mode::Hooked] {
        let mut gated = Gated::new(mode);
        let mallory = key("mallory");
        let (issuer, payer) = (gated.issuer(), gated.vm.payer.pubkey());
        let body = AttestMint::new(&mut gated, &mallory.pubkey(), SHARE).body();
        let signed = gated.signed(&body);
        let evidence = Evidence::Signed(&signed);
        let plan = attest_mint(gated.planner(), &payer, &issuer, &body, evidence, primary(mode));
        let outcome = gated.run(&plan.unwrap(), &mallory);
        assert_fails(outcome, IssuerError::NotRegistered);
        let account = build::token_account(&mallory.pubkey(), &gated.mint());
        assert_eq!(gated.vm.account(&account), None);
    }
}

#[test]
fn ten_of_sixteen_are_posted_in_parts_and_mint_once() {
    let mut world = World::with_quorum(10, 16);
    let alice = key("alice");
    let (issuer, payer) = (world.issuer(), world.vm.payer.pubkey());
    let programs = Programs::default();
    let body = AttestMint::new(&mut world, &alice.pubkey(), SHARE).body();
    let signed = world.signed(&body);
    let posts = post_attestation(&programs, &issuer, &payer, &body.header, &body, &signed).unwrap();
    assert_eq!(posts.len(), 3, "opened, seven signatures, three");

    let evidence = Evidence::Posted(posted_address(&programs, &issuer, &body));
    let mint = |world: &World| {
        attest_mint(world.planner(), &payer, &issuer, &body, evidence, primary(Mode::Open)).unwrap()
    };
    for (count, post) in posts.iter().enumerate() {
        let early = mint(&world);
        assert!(world.run(&early, &alice).is_err(), "after {count} transactions");
        world.run(post, &alice).unwrap();
    }
    let plan = mint(&world);
    world.run(&plan, &alice).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), SHARE);
    let again = mint(&world);
    assert_fails(world.run(&again, &alice), IssuerError::NonceUsed);
}

#[test]
fn reserves_are_recorded_alone_and_by_a_root_over_all_tickers() {
    let mut world = World::new();
    let (issuer, programs, now) = (world.issuer(), Programs::default(), world.vm.now());
    let statement = StatementArgs { as_of: now, settled_shares_e8: 7, receivable_shares_e8: 0 };
    let body = build::attest_reserves(&mut world, statement).body;
    let signed = world.signed(&body);
    let plan = attest_reserves(&programs, &issuer, &body, Evidence::Signed(&signed)).unwrap();
    world.run(&plan, &key("anyone")).unwrap();
    assert_eq!(world.ticker().reserves.as_of, now);

    world.vm.set_time(now + 1);
    let told = StatementArgs { as_of: now + 1, settled_shares_e8: 9, receivable_shares_e8: 0 };
    let leaf = merkle::leaf(&world.mint(), world.ticker().action_sequence, &told.into());
    let body = build::attest_statement(&mut world, now + 1, leaf).body;
    let signed = world.signed(&body);
    let plan = attest_statement(&programs, &issuer, &body, Evidence::Signed(&signed)).unwrap();
    world.run(&plan, &key("anyone")).unwrap();
    let custodian: issuer::state::Custodian = world.vm.state(&world.custodian.accounts.custodian);
    assert_eq!(custodian.statement.root, leaf);
}

#[test]
fn what_was_not_signed_is_refused_and_a_paused_policy_stops_what_was() {
    let mut gated = Gated::hooked();
    let alice = key("alice");
    gated.register(&alice.pubkey(), |_| {});
    let (issuer, payer) = (gated.issuer(), gated.vm.payer.pubkey());
    let body = AttestMint::new(&mut gated, &alice.pubkey(), SHARE).body();
    let mut more = body;
    more.amount += 1;
    assert_ne!(more.message(), body.message());
    let signed = gated.signed(&body);
    let evidence = Evidence::Signed(&signed);
    let plan =
        attest_mint(gated.planner(), &payer, &issuer, &more, evidence, primary(Mode::Hooked));
    assert_fails(gated.run(&plan.unwrap(), &alice), IssuerError::AttestationMismatch);
    gated.set_pause(true).unwrap();
    let evidence = Evidence::Signed(&signed);
    let plan =
        attest_mint(gated.planner(), &payer, &issuer, &body, evidence, primary(Mode::Hooked));
    assert_fails(gated.run(&plan.unwrap(), &alice), IssuerError::PolicyPaused);
}
