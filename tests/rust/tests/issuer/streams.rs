//! Event streams can be replayed: numbered without a gap, and hashed to what the account says.

use issuer::{
    instructions::{MetadataChange, StatementArgs},
    state::{AttestorSet, Change, Issuer, Limit, pause, role},
};
use scrip_client::issuer::catalog;
use scrip_interface::{attestation::ReserveStatement, issuer::Mode, merkle};
use scrip_stream::Stream;
use scrip_tests::{
    attest::attestors,
    build::*,
    golden::{check, stream},
    vm::key,
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

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

/// Where every event of the issuer's has its issuer, custodian or desk, a ticker's has its mint.
fn is_about(event: &[u8], subject: &Pubkey) -> bool {
    event[16..48] == subject.to_bytes()
}

/// Both streams of the world, replayed from everything that was ever emitted. Returns how many
/// events each has.
fn replay_both(world: &World) -> (u64, u64) {
    let (of_ticker, of_issuer): (Vec<_>, Vec<_>) =
        world.vm.events.iter().cloned().partition(|event| is_about(event, &world.mint()));
    let issuer: Issuer = world.vm.state(&world.listed.accounts.issuer);
    assert_eq!(replay(&of_ticker), world.ticker().stream);
    assert_eq!(replay(&of_issuer), issuer.stream);
    (world.ticker().stream.sequence, issuer.stream.sequence)
}

/// Both streams, as TypeScript's tests read them.
fn golden_streams(world: &World) -> serde_json::Value {
    let (of_ticker, of_issuer): (Vec<_>, Vec<_>) =
        world.vm.events.iter().cloned().partition(|event| is_about(event, &world.mint()));
    let issuer: Issuer = world.vm.state(&world.listed.accounts.issuer);
    let (program, accounts) = (&catalog::PROGRAM, &world.listed.accounts);
    vec![
        stream(program, &accounts.issuer, &of_issuer, &issuer.stream),
        stream(program, &accounts.ticker, &of_ticker, &world.ticker().stream),
    ]
    .into()
}

/// All events of the IDL, by discriminator.
fn known_events() -> BTreeMap<Vec<u8>, String> {
    let idl = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/issuer.json");
    let idl: serde_json::Value = serde_json::from_str(&fs::read_to_string(idl).unwrap()).unwrap();
    let events = idl["events"].as_array().unwrap().iter();
    events
        .map(|event| {
            let discriminator = event["discriminator"].as_array().unwrap().iter();
            let bytes = discriminator.map(|byte| byte.as_u64().unwrap() as u8).collect();
            (bytes, event["name"].as_str().unwrap().to_owned())
        })
        .collect()
}

/// Pauses, and what a custodian says: statements, and answers to redemptions.
fn tell_of_redemptions(world: &mut World, alice: &Keypair) {
    let (admin, owner) = (world.admin.insecure_clone(), alice.pubkey());
    for (pause, unpause) in [(pause::TRANSFER, 0), (0, pause::TRANSFER)] {
        set_issuer_pause(world, pause, unpause).send(&mut world.vm, &[&admin]).unwrap();
        // The second one finds nothing to do, and tells nothing.
        for _ in 0..2 {
            sync_transfer_pause(world).send(&mut world.vm, &[]).unwrap();
        }
    }
    let as_of = world.vm.now();
    let statement = StatementArgs { as_of, settled_shares_e8: SETTLED_E8, receivable_shares_e8: 0 };
    attest_reserves(world, statement).send(world).unwrap();
    world.vm.set_time(as_of + 1);
    let statement = ReserveStatement { as_of: as_of + 1, ..statement.into() };
    let root = merkle::leaf(&world.mint(), 0, &statement);
    attest_statement(world, as_of + 1, root).send(world).unwrap();
    apply_statement(&world.listed, SETTLED_E8, 0, vec![]).send(&mut world.vm, &[]).unwrap();

    let requests = [0, 1, 2].map(|id| {
        let request = RequestRedemption::new(world, &owner, id, SHARE);
        request.send(world, alice).unwrap();
        request
    });
    cancel(world, &requests[0]).send(&mut world.vm, &[alice]).unwrap();
    reject(world, &requests[1], 7).send(world).unwrap();
    claim(world, &requests[1]).send(&mut world.vm, &[alice]).unwrap();
    acknowledge(world, &requests[2]).send(world).unwrap();
    set_ticker_pause(world, pause::ALL, 0).send(&mut world.vm, &[&admin]).unwrap();
    world.vm.set_time(as_of + i64::from(TERMS.redemption_secs));
    reclaim(world, &requests[2]).send(&mut world.vm, &[alice]).unwrap();
    set_ticker_pause(world, 0, pause::ALL).send(&mut world.vm, &[&admin]).unwrap();
}

/// Attestors and admins come and go.
fn tell_of_governance(world: &mut World) {
    let admin = world.admin.insecure_clone();
    let captured = world.attestors[0].pubkey();
    remove_attestor(world, &captured).send(&mut world.vm, &[&admin]).unwrap();
    let next = attestors("next", 3);
    let withdrawn = propose_set(world, 1, &next, 2);
    withdrawn.send(&mut world.vm, &[&admin]).unwrap();
    withdraw_attestor_set(world, &withdrawn).send(&mut world.vm, &[&admin]).unwrap();
    let proposed = propose_set(world, 2, &next, 2);
    proposed.send(&mut world.vm, &[&admin]).unwrap();
    let now = world.vm.now();
    world.vm.set_time(now + i64::from(TIMELOCK_SECS));
    activate_attestor_set(world, &proposed).send(&mut world.vm, &[&admin]).unwrap();

    // The removed attestor does not come along.
    world.attestors.remove(0);
    let theirs: AttestorSet = {
        let set = world.another_custodians_set();
        world.vm.state(&set)
    };
    let (id, mint) = (900, world.mint());
    let change = Change::ChangeCustodian { mint, custodian: theirs.custodian };
    announce_change(world, id, change).send(&mut world.vm, &[&admin]).unwrap();
    world.ripen(&announcement(world, id));
    change_custodian(world, &theirs.custodian, id).send(&mut world.vm, &[&admin]).unwrap();
    close_announcement(world, id).send(&mut world.vm, &[&admin]).unwrap();

    let lister = key("lister").pubkey();
    world.grant(&lister, role::LIST);
    revoke_role(world, &lister).send(&mut world.vm, &[&admin]).unwrap();
    set_timelock(world, 2 * TIMELOCK_SECS).send(&mut world.vm, &[&admin]).unwrap();
    let heir = key("heir");
    propose_admin(world, &heir.pubkey()).send(&mut world.vm, &[&admin]).unwrap();
    accept_admin(world, &heir.pubkey()).send(&mut world.vm, &[&heir]).unwrap();
}

#[test]
fn both_streams_replay_over_a_long_story() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    assert_eq!(replay_both(&world), (0, 4));

    // A desk: a role is announced and granted, the desk opened and funded, a band set.
    let desk = Desk::classic(&mut world);
    assert_eq!(replay_both(&world), (1, 8));
    let alice = desk.investor(&mut world, "alice", 10_000 * DOLLAR);
    let owner = alice.pubkey();
    for _ in 0..3 {
        AttestMint::new(&mut world, &owner, 2 * SHARE).send(&mut world).unwrap();
        Subscribe::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
        Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
    }
    assert_eq!(replay_both(&world), (10, 8));

    // Refused ones leave no event, and no gap.
    let late = Subscribe::new(&mut world, &desk, &owner);
    world.edit_ticker(|ticker| ticker.pauses = pause::CASH);
    assert!(late.send(&mut world, &alice).is_err());
    world.edit_ticker(|ticker| ticker.pauses = 0);

    let request = RequestRedemption::new(&world, &owner, 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    for _ in 0..2 {
        SettleRedemption::new(&mut world, &request, SHARE).send(&mut world).unwrap();
    }
    world.change_terms(|terms| terms.mint_limit = hourly(10 * SHARE));
    let prospectus =
        MetadataChange::Prospectus { uri: "https://example.com/p.pdf".to_owned(), sha256: [1; 32] };
    for change in [prospectus, MetadataChange::Isin { isin: [0; 12] }] {
        update_metadata(&world, change).send(&mut world.vm, &[&admin]).unwrap();
    }
    // A prospectus is two entries, so two events of one instruction.
    assert_eq!(replay_both(&world), (17, 8));

    let tight = Limit { capacity: DOLLAR, window_secs: 60 };
    set_desk_limit(&world, &desk, tight).send(&mut world.vm, &[&admin]).unwrap();
    let bank = desk.coin.open_account(&mut world.vm, &key("bank").pubkey());
    let change = Change::WithdrawCash { desk: desk.address, destination: bank, amount: DOLLAR };
    let announced = world.announce_by(&desk.operator, Some(desk.role_grant), change);
    world.ripen(&announced);
    withdraw_cash(&desk, &bank, DOLLAR, Some(announced))
        .send(&mut world.vm, &[&desk.operator])
        .unwrap();
    set_price_band(&world, &desk).send(&mut world.vm, &[&desk.operator]).unwrap();
    assert_eq!(replay_both(&world), (18, 11));

    // Another ticker's events are its own.
    let another = world.list_another();
    let first = std::mem::replace(&mut world.listed, another);
    let bob = world.holder("bob", SHARE);
    assert_eq!(world.ticker().stream.sequence, 1);
    assert_eq!(world.balance(&bob.pubkey()), SHARE);
    let second = std::mem::replace(&mut world.listed, first);
    world.vm.events.retain(|event| !is_about(event, &second.accounts.mint));
    assert_eq!(replay_both(&world), (18, 12));

    tell_of_redemptions(&mut world, &alice);
    tell_of_compliance(&mut world, &alice);
    tell_of_actions(&mut world);
    tell_of_governance(&mut world);
    replay_both(&world);
    check("events_golden.json", "issuer", golden_streams(&world));
    // No kind of event was left out.
    let known = known_events();
    let told: BTreeSet<_> = world.vm.events.iter().map(|event| &event[..8]).collect();
    let untold: Vec<_> =
        known.iter().filter(|(discriminator, _)| !told.contains(&discriminator[..])).collect();
    assert!(untold.is_empty() && told.len() == known.len(), "the story has no {untold:?}");
}

/// One that is contested and cancelled, and one that is executed.
fn tell_of_seizures(world: &mut World, officer: &Officer, alice: &Keypair) {
    let to = world.investor("treasury").pubkey();
    world.register(&to);
    let case = Case { amount: 1, ..Case::new(officer, &alice.pubkey(), &to) };
    case.announced(world);
    case.contested(world, alice).unwrap();
    case.cancelled(world).unwrap();
    case.announced(world);
    case.ripen(world);
    case.executed(world).unwrap();
}

/// An action that takes effect, and one that is taken back.
fn tell_of_actions(world: &mut World) {
    let admin = world.admin.insecure_clone();
    set_action_window(world, 1_800, 900).send(&mut world.vm, &[&admin]).unwrap();
    let at = world.vm.now() + 1_800;
    world.schedule(split(2, 1), at);
    world.complete_action().unwrap();
    announce_action(world, dividend()).send(world).unwrap();
    cancel_action(world).send(world).unwrap();
}

/// A hold; and, of a ticker that was not listed open, its opening, behind the program's back but for
/// the mint's own side.
fn tell_of_compliance(world: &mut World, alice: &Keypair) {
    let (officer, owner) = (world.officer(), &alice.pubkey());
    let sign = &[&officer.wallet];
    place_hold(world, &officer, owner).send(&mut world.vm, sign).unwrap();
    lift_hold(world, &officer, owner).send(&mut world.vm, sign).unwrap();
    thaw(world, owner).send(&mut world.vm, &[]).unwrap();
    tell_of_seizures(world, &officer, alice);
    set_primary_kyc(world, &officer, true).send(&mut world.vm, sign).unwrap();
    world.edit_ticker(|ticker| ticker.mode = Mode::Hooked as u8);
    world.open_ticker(&officer).unwrap();
}

#[test]
fn a_missing_changed_or_reordered_event_shows() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE).pubkey();
    for _ in 0..3 {
        AttestMint::new(&mut world, &alice, SHARE).send(&mut world).unwrap();
    }
    replay_both(&world);
    let stream = world.ticker().stream;
    let events: Vec<_> =
        world.vm.events.iter().filter(|event| is_about(event, &world.mint())).cloned().collect();

    let replays = |events: &[Vec<u8>]| {
        let events = events.to_vec();
        std::panic::catch_unwind(|| replay(&events)).is_ok_and(|replayed| replayed == stream)
    };
    assert!(replays(&events));
    assert!(!replays(&events[..3]));
    assert!(!replays(&[&events[..1], &events[2..]].concat()));
    let mut changed = events.clone();
    changed[2][60] ^= 1;
    assert!(!replays(&changed));
    let mut reordered = events;
    reordered.swap(1, 2);
    assert!(!replays(&reordered));
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
