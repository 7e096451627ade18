//! What a multisig or a protocol does by calls of its own: the same as a wallet.

use issuer::{
    accounts::{AcceptAdmin, ProposeAdmin},
    error::IssuerError,
    event::SharesMinted,
    instruction,
    instructions::SetPauseArgs,
    state::{Custodian, Issuer, pause},
};
use scrip_interface::pda;
use scrip_tests::{
    build::{
        AttestMint, Call, CreateCustodian, CreateIssuer, Posted, RequestRedemption, TERMS,
        event_authority, reclaim, ticker_pause,
    },
    caller::Caller,
    vm::{Vm, assert_fails, key, program_path},
    world::{SHARE, World},
};
use solana_signer::Signer;

#[test]
fn a_program_mints_with_a_posted_attestation() {
    let mut world = World::new();
    let caller = Caller::deploy(&mut world.vm);
    let alice = world.investor("alice").pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    let posted = Posted::complete(&mut world, &mint.body(), &[0, 1, 2]);
    mint.accounts.signatures = posted.address();

    let receipt = world.vm.send(&[caller.forward(mint.instruction())], &[]).unwrap();
    assert_eq!((world.balance(&alice), world.supply()), (SHARE, SHARE));
    assert_eq!(receipt.events::<SharesMinted>().len(), 1);
    let again = world.vm.send(&[caller.forward(mint.instruction())], &[]);
    assert_fails(again, IssuerError::NonceUsed);
}

#[test]
fn a_program_does_not_make_an_attestation_count_twice_in_one_transaction() {
    let mut world = World::new();
    let caller = Caller::deploy(&mut world.vm);
    let alice = world.investor("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, SHARE);
    let forwarded = caller.forward(mint.instruction());
    let signatures = mint.signatures(&world);
    // The verification stands before the outer call, then before none.
    let twice = [signatures.clone(), forwarded.clone(), forwarded.clone()];
    assert_fails(world.vm.send(&twice, &[]), IssuerError::Ed25519Missing);
    let both = [signatures.clone(), forwarded.clone(), signatures.clone(), forwarded.clone()];
    assert_fails(world.vm.send(&both, &[]), IssuerError::NonceUsed);
    assert_eq!(world.supply(), 0);
    world.vm.send(&[signatures, forwarded], &[]).unwrap();
    assert_eq!(world.supply(), SHARE);
}

#[test]
fn a_programs_address_creates_and_runs_an_issuer() {
    let mut vm = Vm::new();
    let caller = Caller::deploy(&mut vm);
    let payer = vm.payer.pubkey();
    let create = CreateIssuer::new(&payer, &caller.signer);
    let data = instruction::CreateIssuer { args: create.args.clone() };
    let made = scrip_tests::build::instruction(&create.accounts, &data);
    vm.send(&[caller.forward(made)], &[]).unwrap();
    let issuer = create.accounts.issuer;
    assert_eq!(vm.state::<Issuer>(&issuer).admin, caller.signer);

    let custodian = CreateCustodian::new(&payer, &caller.signer, &issuer, 0);
    let data = instruction::CreateCustodian { args: custodian.args.clone() };
    let made = scrip_tests::build::instruction(&custodian.accounts, &data);
    vm.send(&[caller.forward(made)], &[]).unwrap();
    assert_eq!(vm.state::<Custodian>(&custodian.accounts.custodian).issuer, issuer);
}

#[test]
fn an_issuer_is_handed_over_to_a_programs_address() {
    let mut world = World::new();
    let caller = Caller::deploy(&mut world.vm);
    let (issuer, admin) = (world.listed.accounts.issuer, world.admin.insecure_clone());
    let (event_authority, program) = (event_authority(), issuer::ID);
    let propose = Call::new(
        ProposeAdmin { admin: admin.pubkey(), issuer, event_authority, program },
        instruction::ProposeAdmin { pending_admin: caller.signer },
    );
    propose.send(&mut world.vm, &[&admin]).unwrap();
    let accept = Call::new(
        AcceptAdmin { pending_admin: caller.signer, issuer, event_authority, program },
        instruction::AcceptAdmin,
    );
    world.vm.send(&[caller.forward(accept.instruction())], &[]).unwrap();

    let args = SetPauseArgs { pause: pause::ALL, unpause: 0 };
    let outcome = ticker_pause(&world, &admin.pubkey(), args).send(&mut world.vm, &[&admin]);
    assert_fails(outcome, IssuerError::PowerMissing);
    let by_program = ticker_pause(&world, &caller.signer, args).instruction();
    world.vm.send(&[caller.forward(by_program)], &[]).unwrap();
    assert_eq!(world.ticker().pauses, pause::ALL);
    assert!(world.mint_is_paused());
}

#[test]
fn the_same_program_elsewhere_is_another_admin() {
    let mut world = World::new();
    let right = Caller::deploy(&mut world.vm);
    let program = key("the same bytes elsewhere").pubkey();
    world.vm.svm.add_program_from_file(program, program_path("scrip_caller")).unwrap();
    let wrong = Caller { program, signer: scrip_caller::signer(&program).0 };
    let issuer = world.listed.accounts.issuer;
    world.vm.edit(&issuer, |account| {
        let admin = 8 + std::mem::offset_of!(Issuer, admin);
        account.data[admin..admin + 32].copy_from_slice(right.signer.as_ref());
    });
    let args = SetPauseArgs { pause: pause::MINT, unpause: 0 };
    let wrongly = wrong.forward(ticker_pause(&world, &wrong.signer, args).instruction());
    assert_fails(world.vm.send(&[wrongly], &[]), IssuerError::PowerMissing);
    let rightly = right.forward(ticker_pause(&world, &right.signer, args).instruction());
    world.vm.send(&[rightly], &[]).unwrap();
    assert_eq!(world.ticker().pauses, pause::MINT);
}

#[test]
fn a_programs_address_redeems_and_reclaims() {
    let mut world = World::new();
    let caller = Caller::deploy(&mut world.vm);
    let mint = world.mint();
    world.token_account_of(&caller.signer, &mint);
    AttestMint::new(&mut world, &caller.signer, SHARE).send(&mut world).unwrap();
    let request = RequestRedemption::new(&world, &caller.signer, 0, SHARE);
    world.vm.send(&[caller.forward(request.instruction())], &[]).unwrap();
    assert_eq!(world.escrow_balance(), SHARE);
    assert_eq!(
        request.accounts.redemption,
        pda::redemption(&issuer::ID, &mint, &caller.signer, 0).0
    );

    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    let back = reclaim(&world, &request).instruction();
    world.vm.send(&[caller.forward(back)], &[]).unwrap();
    assert_eq!((world.balance(&caller.signer), world.escrow_balance()), (SHARE, 0));
}
