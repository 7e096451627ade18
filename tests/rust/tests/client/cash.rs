//! Shares against cash, in one transaction each way.

use scrip_client::{
    attestation::Evidence,
    plans::{Cash, Primary, Terms, redeem_for_cash, subscribe_for_cash},
};
use scrip_tests::{
    build::{Desk, PRICE, Redeem, Subscribe},
    vm::key,
    world::{SHARE, World},
};
use solana_signer::Signer;

#[test]
fn shares_are_bought_and_sold_with_the_accounts_made_on_the_way() {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let alice = key("alice");
    world.funded(&alice.pubkey());
    desk.coin.give(&mut world.vm, &alice.pubkey(), PRICE);
    let cash = Cash { mint: desk.coin.mint, token_program: desk.coin.program };
    let issuer = world.issuer();

    let buy = Subscribe::new(&mut world, &desk, &alice.pubkey());
    let (body, signed) = (buy.body(), world.signed(&buy.body()));
    let terms = Terms { cash_limit: PRICE, deadline: buy.args.deadline };
    let evidence = Evidence::Signed(&signed);
    let plan = subscribe_for_cash(
        world.planner(),
        &issuer,
        cash,
        &body,
        evidence,
        terms,
        Primary::default(),
    );
    world.vm.send_with_lookup_table(&plan.unwrap(), &[&alice]).unwrap();
    let coins = |world: &World| desk.coin.balance(&world.vm, &alice.pubkey());
    assert_eq!((world.balance(&alice.pubkey()), coins(&world)), (SHARE, 0));

    let sell = Redeem::new(&mut world, &desk, &alice.pubkey());
    let (body, signed) = (sell.body(), world.signed(&sell.body()));
    let evidence = Evidence::Signed(&signed);
    let dear = Terms { cash_limit: PRICE + 1, deadline: sell.args.deadline };
    let plan =
        redeem_for_cash(world.planner(), &issuer, cash, &body, evidence, dear, Primary::default());
    assert!(world.vm.send_with_lookup_table(&plan.unwrap(), &[&alice]).is_err());
    let terms = Terms { cash_limit: PRICE, ..dear };
    let evidence = Evidence::Signed(&signed);
    let plan =
        redeem_for_cash(world.planner(), &issuer, cash, &body, evidence, terms, Primary::default());
    world.vm.send_with_lookup_table(&plan.unwrap(), &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), coins(&world)), (0, PRICE));
}
