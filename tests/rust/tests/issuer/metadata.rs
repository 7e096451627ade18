//! What a mint says about itself, as any reader of Token-2022 sees it.

use issuer::{
    error::IssuerError,
    event::MetadataUpdated,
    instructions::MetadataChange,
    state::{RoleGrant, pause, role},
};
use scrip_tests::{
    build::{ListTicker, padded, update_metadata},
    vm::{assert_fails, key},
    world::World,
};
use solana_instruction_error::InstructionError;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use spl_token_2022_interface::{
    extension::{BaseStateWithExtensions, StateWithExtensions},
    state::Mint,
};
use spl_token_metadata_interface::state::TokenMetadata;

fn metadata(world: &World) -> TokenMetadata {
    let account = world.vm.account(&world.mint()).unwrap();
    let mint = StateWithExtensions::<Mint>::unpack(&account.data).unwrap();
    mint.get_variable_len_extension().unwrap()
}

/// The value of an additional entry, if it is there.
fn entry(world: &World, name: &str) -> Option<String> {
    let entries = metadata(world).additional_metadata;
    entries.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn assert_rent_is_paid(world: &World) {
    let account = world.vm.account(&world.mint()).unwrap();
    let rent = world.vm.svm.minimum_balance_for_rent_exemption(account.data.len());
    assert!(account.lamports >= rent, "{} of {rent}", account.lamports);
}

/// Makes a change as the admin. Returns the names and values in its events.
fn update(world: &mut World, change: MetadataChange) -> Vec<(String, String)> {
    let admin = world.admin.insecure_clone();
    let before = world.ticker().stream.sequence;
    let receipt = update_metadata(world, change).send(&mut world.vm, &[&admin]).unwrap();
    let events = receipt.events::<MetadataUpdated>();
    for (event, number) in events.iter().zip(before + 1..) {
        assert_eq!((event.sequence, event.mint), (number, world.mint()));
    }
    assert_eq!(world.ticker().stream.sequence, before + events.len() as u64);
    assert_rent_is_paid(world);
    events.into_iter().map(|event| (event.field, event.value)).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

#[test]
fn list_ticker_writes_the_codes_into_the_mint() {
    let world = World::new();
    let found = metadata(&world);
    assert_eq!(
        found.additional_metadata,
        pairs(&[
            ("underlying", "AAPL"),
            ("isin", "US0378331005"),
            ("mic", "XNAS"),
            ("mode", "open")
        ])
    );
    assert_rent_is_paid(&world);
}

#[test]
fn list_ticker_takes_a_security_without_an_isin() {
    let mut world = World::new();
    let payer = world.vm.payer.pubkey();
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(padded("PRIVx"));
    list.args.isin = [0; 12];
    let admin = world.admin.insecure_clone();
    list.send(&mut world.vm, &admin).unwrap();
    world.listed = list;
    assert_eq!(entry(&world, "isin"), Some(String::new()));
    assert_eq!(world.ticker().isin, [0; 12]);
    assert_rent_is_paid(&world);
}

#[test]
fn list_ticker_pays_the_rent_of_the_longest_metadata() {
    let mut world = World::new();
    let payer = world.vm.payer.pubkey();
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(*b"ABCDEFGHIJKLMNOP");
    list.args.underlying = *b"ABCDEFGHIJKLMNOP";
    list.args.name = "n".repeat(64);
    list.args.uri = "u".repeat(128);
    let admin = world.admin.insecure_clone();
    list.send(&mut world.vm, &admin).unwrap();
    world.listed = list;
    assert_rent_is_paid(&world);
    assert_eq!(entry(&world, "underlying").as_deref(), Some("ABCDEFGHIJKLMNOP"));
}

#[test]
fn update_metadata_changes_each_entry_and_the_tickers_record() {
    let mut world = World::new();
    let before = metadata(&world);

    let name = "Apple Inc. xStock".to_owned();
    let events = update(&mut world, MetadataChange::Name { name: name.clone() });
    assert_eq!(events, pairs(&[("name", &name)]));
    let uri = "https://example.com/new.json".to_owned();
    let events = update(&mut world, MetadataChange::Uri { uri: uri.clone() });
    assert_eq!(events, pairs(&[("uri", &uri)]));
    let events = update(&mut world, MetadataChange::Underlying { symbol: padded("AAPL.US") });
    assert_eq!(events, pairs(&[("underlying", "AAPL.US")]));
    let events = update(&mut world, MetadataChange::Isin { isin: *b"US5949181045" });
    assert_eq!(events, pairs(&[("isin", "US5949181045")]));
    let events = update(&mut world, MetadataChange::Mic { mic: *b"XNYS" });
    assert_eq!(events, pairs(&[("mic", "XNYS")]));

    let found = metadata(&world);
    assert_eq!((found.name, found.uri), (name, uri));
    // What no change reaches.
    assert_eq!((found.symbol, found.mint), (before.symbol, before.mint));
    assert_eq!(found.update_authority, before.update_authority);
    assert_eq!(
        found.additional_metadata,
        pairs(&[
            ("underlying", "AAPL.US"),
            ("isin", "US5949181045"),
            ("mic", "XNYS"),
            ("mode", "open")
        ])
    );
    let ticker = world.ticker();
    assert_eq!(ticker.underlying, padded("AAPL.US"));
    assert_eq!((&ticker.isin, &ticker.mic), (b"US5949181045", b"XNYS"));
}

#[test]
fn update_metadata_takes_an_isin_away() {
    let mut world = World::new();
    let events = update(&mut world, MetadataChange::Isin { isin: [0; 12] });
    assert_eq!(events, pairs(&[("isin", "")]));
    assert_eq!(entry(&world, "isin"), Some(String::new()));
    assert_eq!(world.ticker().isin, [0; 12]);
    update(&mut world, MetadataChange::Isin { isin: *b"US0378331005" });
    assert_eq!(entry(&world, "isin").as_deref(), Some("US0378331005"));
}

#[test]
fn update_metadata_writes_a_prospectus_with_its_hash() {
    let mut world = World::new();
    let uri = "https://example.com/prospectus.pdf".to_owned();
    let mut sha256 = [0xab; 32];
    sha256[0] = 0x05;
    let hash = format!("05{}", "ab".repeat(31));
    let events = update(&mut world, MetadataChange::Prospectus { uri: uri.clone(), sha256 });
    let expected = pairs(&[("prospectus_uri", &uri), ("prospectus_sha256", &hash)]);
    assert_eq!(events, expected);
    assert_eq!(metadata(&world).additional_metadata[4..], expected);

    // A later one replaces both.
    let sha256 = [0; 32];
    update(&mut world, MetadataChange::Prospectus { uri: "ipfs://new".to_owned(), sha256 });
    assert_eq!(
        metadata(&world).additional_metadata[4..],
        pairs(&[("prospectus_uri", "ipfs://new"), ("prospectus_sha256", &"00".repeat(32))])
    );
}

#[test]
fn update_metadata_has_the_payer_pay_for_what_the_mint_grows() {
    let mut world = World::new();
    let (mint, payer) = (world.mint(), world.vm.payer.pubkey());
    let lamports = |world: &World, address| world.vm.account(address).unwrap().lamports;
    let rent_of = |world: &World| {
        let len = world.vm.account(&mint).unwrap().data.len();
        world.vm.svm.minimum_balance_for_rent_exemption(len)
    };
    let (paid, funds) = (lamports(&world, &mint), lamports(&world, &payer));
    let uri = "u".repeat(128);
    update(&mut world, MetadataChange::Prospectus { uri: uri.clone(), sha256: [1; 32] });
    update(&mut world, MetadataChange::Name { name: "n".repeat(64) });
    update(&mut world, MetadataChange::Uri { uri });
    let grown = rent_of(&world);
    assert!(grown > paid);
    assert_eq!(lamports(&world, &mint), grown);
    const FEES: u64 = 3 * 2 * 5_000;
    assert_eq!(lamports(&world, &payer), funds - (grown - paid) - FEES);

    // A mint that shrinks keeps what it has, and grows again for nothing.
    update(&mut world, MetadataChange::Uri { uri: String::new() });
    assert_eq!(lamports(&world, &mint), grown);
    update(&mut world, MetadataChange::Uri { uri: "v".repeat(128) });
    assert_eq!(lamports(&world, &mint), grown);
}

#[test]
fn update_metadata_rejects_what_a_listing_would() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let before = world.vm.account(&world.mint()).unwrap().data;
    let (long, uri) = ("n".repeat(65), "u".repeat(129));
    let cases = [
        (MetadataChange::Name { name: String::new() }, IssuerError::MetadataInvalid),
        (MetadataChange::Name { name: long }, IssuerError::MetadataInvalid),
        (MetadataChange::Uri { uri: uri.clone() }, IssuerError::MetadataInvalid),
        (MetadataChange::Prospectus { uri, sha256: [0; 32] }, IssuerError::MetadataInvalid),
        (MetadataChange::Underlying { symbol: [0; 16] }, IssuerError::SymbolInvalid),
        (MetadataChange::Underlying { symbol: padded("AA PL") }, IssuerError::SymbolInvalid),
        (MetadataChange::Isin { isin: *b"US0378331006" }, IssuerError::IsinInvalid),
        (MetadataChange::Isin { isin: *b"US037833100\0" }, IssuerError::IsinInvalid),
        (MetadataChange::Mic { mic: *b"xnas" }, IssuerError::MicInvalid),
        (MetadataChange::Mic { mic: [0; 4] }, IssuerError::MicInvalid),
    ];
    for (change, expected) in cases {
        let outcome = update_metadata(&world, change).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, expected);
    }
    assert_eq!(world.vm.account(&world.mint()).unwrap().data, before);
    assert_eq!(world.ticker().isin, *b"US0378331005");
}

#[test]
fn update_metadata_needs_the_admin_or_the_list_role() {
    let mut world = World::new();
    let (lister, officer) = (key("lister"), key("officer"));
    let grant = world.grant(&lister.pubkey(), role::LIST);
    let others = world.grant(&officer.pubkey(), role::ALL & !role::LIST);
    let change = || MetadataChange::Name { name: "Another".to_owned() };

    let mut theirs = update_metadata(&world, change());
    theirs.accounts.operator = officer.pubkey();
    for grant in [None, Some(others), Some(grant)] {
        theirs.accounts.role_grant = grant;
        let outcome = theirs.send(&mut world.vm, &[&officer]);
        assert_fails(outcome, IssuerError::PowerMissing);
    }
    let mut listers = update_metadata(&world, change());
    listers.accounts.operator = lister.pubkey();
    listers.accounts.role_grant = Some(grant);
    listers.send(&mut world.vm, &[&lister]).unwrap();
    assert_eq!(metadata(&world).name, "Another");

    let expires_at = world.vm.state::<RoleGrant>(&grant).expires_at;
    world.vm.set_time(expires_at);
    let late = listers.send(&mut world.vm, &[&lister]);
    assert_fails(late, IssuerError::RoleGrantExpired);
}

#[test]
fn update_metadata_rejects_accounts_of_another_issuer_or_ticker() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let another = world.list_another().accounts;
    let change = || MetadataChange::Mic { mic: *b"XNYS" };

    let mut wrong = update_metadata(&world, change());
    wrong.accounts.issuer = world.another_issuer();
    assert_fails(wrong.send(&mut world.vm, &[&admin]), IssuerError::WrongIssuer);
    let mut wrong = update_metadata(&world, change());
    wrong.accounts.mint = another.mint;
    assert_fails(wrong.send(&mut world.vm, &[&admin]), IssuerError::WrongMint);
    // The program signs for this mint's authority only.
    let mut wrong = update_metadata(&world, change());
    wrong.accounts.authority = another.authority;
    let failure = wrong.send(&mut world.vm, &[&admin]).unwrap_err();
    let escalated = TransactionError::InstructionError(0, InstructionError::PrivilegeEscalation);
    assert_eq!(failure.error, escalated);
}

#[test]
fn update_metadata_goes_on_while_everything_is_paused() {
    let mut world = World::new();
    world.edit_ticker(|ticker| ticker.pauses = pause::ALL);
    update(&mut world, MetadataChange::Mic { mic: *b"XNYS" });
    assert_eq!(entry(&world, "mic").as_deref(), Some("XNYS"));
}
