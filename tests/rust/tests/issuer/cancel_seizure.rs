use crate::execute_seizure::scene;
use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{HoldLifted, SeizureCancelled},
    state::role,
};
use scrip_interface::issuer::Mode;
use scrip_tests::{
    build::{Case, place_hold, thaw, token_account},
    vm::{assert_fails, assert_fails_with, key},
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[test]
fn cancel_seizure_lifts_the_hold_that_it_placed() {
    let (mut world, officer, alice, bob) = scene(Mode::Frozen);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    case.contested(&mut world, &alice).unwrap();
    let (payer, addresses) = (world.vm.payer.pubkey(), [case.address(&world), case.hold(&world)]);
    let rent: u64 = addresses.iter().map(|it| world.vm.account(it).unwrap().lamports).sum();
    let (before, lamports) =
        (world.ticker().stream.sequence, world.vm.account(&payer).unwrap().lamports);
    let receipt = case.cancelled(&mut world).unwrap();

    assert!(addresses.iter().all(|it| world.vm.account(it).is_none()));
    assert_eq!(world.vm.account(&payer).unwrap().lamports, lamports + rent - receipt.meta.fee);
    assert_eq!((world.ticker().holds, world.ticker().seized), (0, 0));
    let [event] = &receipt.events::<SeizureCancelled>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (before + 1, world.mint()));
    assert_eq!((event.seizure, event.case_hash), (addresses[0], case.hash));
    assert_eq!(event.operator, officer.wallet.pubkey());
    let [lifted] = &receipt.events::<HoldLifted>()[..] else { panic!("one event") };
    assert_eq!((lifted.sequence, lifted.case_hash), (before + 2, case.hash));
    // Frozen until somebody thaws it.
    let from = token_account(&case.from, &world.mint());
    assert!(world.is_frozen(&from));
    thaw(&world, &case.from).send(&mut world.vm, &[]).unwrap();
    assert_eq!((world.is_frozen(&from), world.balance(&case.from)), (false, 3 * SHARE));

    // Nothing is left to be executed; the case may be announced again, and waits again.
    let gone = case.executed(&mut world);
    assert_fails_with(gone, ErrorCode::AccountOwnedByWrongProgram.into());
    case.announced(&mut world);
    assert_fails(case.executed(&mut world), IssuerError::TimelockNotPassed);
}

#[test]
fn cancel_seizure_is_for_admin_and_compliance_until_it_expires() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    let pauser = key("pauser");
    let pauser_grant = world.grant(&pauser.pubkey(), role::ALL & !role::COMPLIANCE);
    let (admin, mallory) = (world.admin.insecure_clone(), key("mallory"));
    let by = |who: &Keypair, role_grant: Option<Pubkey>, world: &mut scrip_tests::world::World| {
        let mut call = case.cancel(world);
        (call.accounts.operator, call.accounts.role_grant) = (who.pubkey(), role_grant);
        call.send(&mut world.vm, &[who])
    };
    let expires_at = case.state(&world).expires_at;
    for time in [world.vm.now(), expires_at - 1] {
        world.vm.set_time(time);
        for (who, grant) in
            [(&alice, None), (&mallory, Some(officer.role_grant)), (&pauser, Some(pauser_grant))]
        {
            assert_fails(by(who, grant, &mut world), IssuerError::PowerMissing);
        }
    }
    world.vm.set_time(expires_at);
    by(&mallory, None, &mut world).unwrap();
    assert_eq!((world.ticker().holds, world.balance(&case.from)), (0, 3 * SHARE));
    case.announced(&mut world);
    by(&admin, None, &mut world).unwrap();
    assert_eq!(world.ticker().holds, 0);
}

#[test]
fn cancel_seizure_takes_no_accounts_of_something_else() {
    let (mut world, officer, alice, bob) = scene(Mode::Open);
    let case = Case::new(&officer, &alice.pubkey(), &bob);
    case.announced(&mut world);
    let dave = world.holder("dave", SHARE).pubkey();
    place_hold(&world, &officer, &dave).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let daves_hold = Case { from: dave, ..case }.hold(&world);
    let (other, other_issuer) = (world.list_another().accounts.ticker, world.another_issuer());
    type Change<'a> = &'a dyn Fn(&mut issuer::accounts::CancelSeizure);
    let wrong: [(Change, IssuerError); 4] = [
        (&|it| it.hold = daves_hold, IssuerError::WrongHold),
        (&|it| it.rent_payer = officer.wallet.pubkey(), IssuerError::WrongRentPayer),
        (&|it| it.ticker = other, IssuerError::WrongMint),
        (&|it| it.issuer = other_issuer, IssuerError::WrongIssuer),
    ];
    for (change, expected) in wrong {
        let mut call = case.cancel(&world);
        change(&mut call.accounts);
        assert_fails(call.send(&mut world.vm, &[&officer.wallet]), expected);
    }
    let mut unsigned = case.cancel(&world).instruction();
    unsigned.accounts[0].is_signer = false;
    assert_fails_with(world.vm.send(&[unsigned], &[]), ErrorCode::AccountNotSigner.into());
    assert_eq!(world.ticker().holds, 2);

    case.ripen(&mut world);
    case.executed(&mut world).unwrap();
    assert_fails(case.cancelled(&mut world), IssuerError::SeizureExecuted);
    assert_eq!(world.ticker().holds, 2);
}
