use anchor_lang::error::ErrorCode;
use issuer::{event::IssuerCreated, state::Issuer};
use scrip_tests::{
    build::{CreateIssuer, GENESIS_HASH},
    vm::{Vm, assert_fails_with, key},
};
use solana_instruction_error::InstructionError;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;

#[test]
fn create_issuer_records_creator_admin_and_cluster() {
    let mut vm = Vm::new();
    let (creator, admin) = (vm.payer.pubkey(), key("admin").pubkey());
    let create = CreateIssuer::new(&creator, &admin);
    let receipt = create.send(&mut vm, &[&key("admin")]).unwrap();

    let issuer: Issuer = vm.state(&create.accounts.issuer);
    assert_eq!((issuer.version, issuer.id), (2, 0));
    assert_eq!((issuer.creator, issuer.admin), (creator, admin));
    assert_eq!(issuer.genesis_hash, GENESIS_HASH);
    assert_eq!(issuer.stream.sequence, 1);
    let [event] = &receipt.events::<IssuerCreated>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.issuer), (1, create.accounts.issuer));
    assert_eq!((event.creator, event.admin), (creator, admin));
}

#[test]
fn create_issuer_lets_nobody_take_anothers_address() {
    let mut vm = Vm::new();
    let (victim, thief) = (key("victim").pubkey(), vm.payer.pubkey());
    let mut create = CreateIssuer::new(&victim, &key("admin").pubkey());
    create.accounts.creator = thief;
    assert_fails_with(create.send(&mut vm, &[&key("admin")]), ErrorCode::ConstraintSeeds.into());
}

#[test]
fn create_issuer_works_once_per_id() {
    let mut vm = Vm::new();
    let create = CreateIssuer::new(&vm.payer.pubkey(), &key("admin").pubkey());
    create.send(&mut vm, &[&key("admin")]).unwrap();
    // The System program's "already in use".
    assert_fails_with(create.send(&mut vm, &[&key("admin")]), 0);
}

#[test]
fn create_issuer_is_not_blocked_by_lamports_sent_ahead() {
    let mut vm = Vm::new();
    let create = CreateIssuer::new(&vm.payer.pubkey(), &key("admin").pubkey());
    vm.svm.airdrop(&create.accounts.issuer, 1_000_000).unwrap();
    create.send(&mut vm, &[&key("admin")]).unwrap();
    assert_eq!(vm.state::<Issuer>(&create.accounts.issuer).version, 2);
}

#[test]
fn the_program_refuses_garbage() {
    let mut vm = Vm::new();
    let garbage = solana_instruction::Instruction {
        program_id: issuer::ID,
        accounts: vec![],
        data: vec![0xab; 24],
    };
    let failure = vm.send(&[garbage], &[]).unwrap_err();
    let code = u32::from(ErrorCode::InstructionFallbackNotFound);
    assert_eq!(
        failure.error,
        TransactionError::InstructionError(0, InstructionError::Custom(code))
    );
}
