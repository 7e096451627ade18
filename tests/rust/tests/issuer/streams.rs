//! Event streams can be replayed: numbered without a gap, and hashed to what the account says.

use issuer::{
    instructions::MetadataChange,
    state::{Change, Issuer, Limit, pause},
    stream::Stream,
};
use scrip_tests::{
    build::{
        AttestMint, DOLLAR, Desk, Redeem, RequestRedemption, SettleRedemption, Subscribe, hourly,
        set_desk_limit, set_price_band, update_metadata, withdraw_cash,
    },
    vm::key,
    world::{SHARE, World},
};
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

/// The names of all events so far, each once.
fn names(world: &World) -> BTreeSet<String> {
    let idl = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/issuer.json");
    let idl: serde_json::Value = serde_json::from_str(&fs::read_to_string(idl).unwrap()).unwrap();
    let events = idl["events"].as_array().unwrap().iter();
    let names: BTreeMap<Vec<u8>, String> = events
        .map(|event| {
            let discriminator = event["discriminator"].as_array().unwrap().iter();
            let bytes = discriminator.map(|byte| byte.as_u64().unwrap() as u8).collect();
            (bytes, event["name"].as_str().unwrap().to_owned())
        })
        .collect();
    world.vm.events.iter().map(|event| names[&event[..8]].clone()).collect()
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
    world.change_terms(|terms| {
        terms.min_redemption = SHARE;
        terms.mint_limit = hourly(SHARE);
    });
    let prospectus =
        MetadataChange::Prospectus { uri: "https://example.com/p.pdf".to_owned(), sha256: [1; 32] };
    for change in [prospectus, MetadataChange::Isin { isin: [0; 12] }] {
        update_metadata(&world, change).send(&mut world.vm, &[&admin]).unwrap();
    }
    // A prospectus is two entries, so two events of one instruction.
    assert_eq!(replay_both(&world), (17, 9));

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
    assert_eq!(replay_both(&world), (18, 12));

    // Another ticker's events are its own.
    let another = world.list_another();
    let first = std::mem::replace(&mut world.listed, another);
    let bob = world.holder("bob", SHARE);
    assert_eq!(world.ticker().stream.sequence, 1);
    assert_eq!(world.balance(&bob.pubkey()), SHARE);
    let second = std::mem::replace(&mut world.listed, first);
    world.vm.events.retain(|event| !is_about(event, &second.accounts.mint));
    assert_eq!(replay_both(&world), (18, 13));

    let told = names(&world);
    for event in [
        "IssuerCreated",
        "CustodianCreated",
        "AttestorSetCreated",
        "TickerListed",
        "ChangeAnnounced",
        "RoleGranted",
        "CashDeskOpened",
        "CashDeskFunded",
        "DeskLimitChanged",
        "CashWithdrawn",
        "PriceBandChanged",
        "SharesMinted",
        "SharesSubscribed",
        "SharesRedeemed",
        "RedemptionRequested",
        "RedemptionSettled",
        "TermsChanged",
        "MetadataUpdated",
    ] {
        assert!(told.contains(event), "the story has no {event}");
    }
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
