//! A program's call to itself carries an event, and nobody else's call does: an auditor goes by that.

use anchor_lang::{Discriminator, error::ErrorCode, event::EVENT_IX_TAG_LE};
use scrip_tests::vm::{Vm, assert_fails_with, key, program_path};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Each program, its event authority, and an event of it that would be believed.
fn programs() -> [(Pubkey, Pubkey, Vec<u8>); 3] {
    let event = |discriminator: &[u8]| [EVENT_IX_TAG_LE, discriminator, &[1; 64]].concat();
    [
        (issuer::ID, issuer::event::SharesMinted::DISCRIMINATOR),
        (gate::ID, gate::event::RegistryCreated::DISCRIMINATOR),
        (collateral::ID, collateral::event::CuratorCreated::DISCRIMINATOR),
    ]
    .map(|(program, discriminator)| {
        let authority = Pubkey::find_program_address(&[b"__event_authority"], &program).0;
        (program, authority, event(discriminator))
    })
}

#[test]
fn an_event_without_the_programs_own_signature_is_refused() {
    let mut vm = Vm::new();
    let path = program_path("collateral");
    vm.svm.add_program_from_file(collateral::ID, &path).expect("the program loads");
    let thief = key("thief");
    for (program_id, authority, data) in programs() {
        let unsigned = AccountMeta::new_readonly(authority, false);
        let stranger = AccountMeta::new_readonly(thief.pubkey(), true);
        for (accounts, expected) in [
            (vec![unsigned.clone()], ErrorCode::ConstraintSigner),
            (vec![unsigned.clone(), stranger.clone()], ErrorCode::ConstraintSigner),
            (vec![stranger.clone()], ErrorCode::ConstraintSeeds),
            (vec![stranger, unsigned], ErrorCode::ConstraintSeeds),
        ] {
            let signs = accounts.iter().any(|account| account.is_signer);
            let signers = if signs { vec![&thief] } else { vec![] };
            let instruction = Instruction { program_id, accounts, data: data.clone() };
            assert_fails_with(vm.send(&[instruction], &signers), expected.into());
        }
    }
    assert!(vm.events.is_empty());
}
