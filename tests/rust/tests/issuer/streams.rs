//! Event streams can be replayed: numbered without a gap, and hashed to what the account says.

use issuer::{state::Issuer, stream::Stream};
use scrip_tests::{
    build::{AttestMint, CreateCustodian, CreateIssuer, RequestRedemption, SettleRedemption},
    vm::{Vm, key},
    world::{SHARE, World},
};
use solana_signer::Signer;

/// What an auditor computes from the events alone.
fn replay(events: &[Vec<u8>]) -> Stream {
    let mut stream = Stream { sequence: 0, hash: [0; 32] };
    for event in events {
        stream.sequence += 1;
        // Every event begins, after its discriminator, with its number.
        assert_eq!(event[8..16], stream.sequence.to_le_bytes());
        stream.hash = scrip_interface::sha256(&[&stream.hash, event]);
    }
    stream
}

#[test]
fn a_tickers_events_hash_to_its_stream() {
    let mut world = World::new();
    let alice = world.investor("alice");
    let mut events = Vec::new();
    for amount in [SHARE, 2 * SHARE] {
        let mint = AttestMint::new(&mut world, &alice.pubkey(), amount);
        events.extend(mint.send(&mut world).unwrap().event_bytes());
    }
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    events.extend(request.send(&mut world, &alice).unwrap().event_bytes());
    let settle = SettleRedemption::new(&mut world, &request, SHARE);
    events.extend(settle.send(&mut world).unwrap().event_bytes());
    assert_eq!(replay(&events), world.ticker().stream);

    events.remove(1);
    let short = std::panic::catch_unwind(|| replay(&events));
    assert!(short.is_err(), "a missing event must show");
}

#[test]
fn an_issuers_events_hash_to_its_stream() {
    let mut vm = Vm::new();
    let (payer, admin) = (vm.payer.pubkey(), key("admin"));
    let create = CreateIssuer::new(&payer, &admin.pubkey());
    let mut events = create.send(&mut vm, &[&admin]).unwrap().event_bytes();
    let address = create.accounts.issuer;
    for number in [0, 1] {
        let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &address, number);
        events.extend(custodian.send(&mut vm, &[&admin]).unwrap().event_bytes());
    }
    assert_eq!(replay(&events), vm.state::<Issuer>(&address).stream);
}

#[test]
fn nobody_else_can_emit_the_programs_events() {
    let world = World::new();
    let mut vm = world.vm;
    let mut data = anchor_lang::event::EVENT_IX_TAG_LE.to_vec();
    data.extend_from_slice(&[0; 40]);
    let event_authority = scrip_tests::build::event_authority();
    let accounts = vec![solana_instruction::AccountMeta::new_readonly(event_authority, false)];
    let forged = solana_instruction::Instruction { program_id: issuer::ID, accounts, data };
    let code = anchor_lang::error::ErrorCode::ConstraintSigner.into();
    scrip_tests::vm::assert_fails_with(vm.send(&[forged], &[]), code);
}
