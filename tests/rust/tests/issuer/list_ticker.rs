use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::TickerListed,
    state::{Custodian, NonceWindow, Symbol, Ticker},
};
use scrip_interface::{issuer::Mode, mint::Mint, token_account::TokenAccount};
use scrip_tests::{
    build::{ListTicker, padded},
    vm::{assert_fails, assert_fails_with, key},
    world::World,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions, StateWithExtensions, default_account_state, pausable,
        transfer_hook,
    },
    state::AccountState,
};
use spl_token_metadata_interface::state::TokenMetadata;

fn another(world: &World) -> ListTicker {
    let payer = world.vm.payer.pubkey();
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(padded("NVDAx"));
    list
}

#[track_caller]
fn rejected(change: impl FnOnce(&mut ListTicker), expected: IssuerError) {
    let mut world = World::new();
    let mut list = another(&world);
    change(&mut list);
    let admin = world.admin.insecure_clone();
    assert_fails(list.send(&mut world.vm, &admin), expected);
    assert!(world.vm.account(&list.accounts.mint).is_none());
}

#[test]
fn list_ticker_records_the_security_and_its_terms() {
    let mut world = World::new();
    let list = another(&world);
    let admin = world.admin.insecure_clone();
    let receipt = list.send(&mut world.vm, &admin).unwrap();

    let ticker = world.ticker();
    assert_eq!(ticker.symbol, padded("AAPLx"));
    assert_eq!(ticker.underlying, padded("AAPL"));
    assert_eq!((&ticker.isin, &ticker.mic), (b"US0378331005", b"XNAS"));
    assert_eq!(ticker.custodian, list.accounts.custodian);
    assert_eq!(ticker.max_receivable_bps, list.args.terms.max_receivable_bps);
    assert_eq!((ticker.minted, ticker.redeemed, ticker.open_redemptions), (0, 0, 0));
    let symbol: Symbol = world.vm.state(&list.accounts.symbol_record);
    assert_eq!((symbol.mint, symbol.symbol), (list.accounts.mint, padded("NVDAx")));
    let nonces: NonceWindow = world.vm.state(&list.accounts.nonces);
    assert_eq!((nonces.subject, nonces.nonces.base), (list.accounts.mint, 0));
    assert_eq!(world.vm.state::<Custodian>(&list.accounts.custodian).tickers, 2);
    let [event] = &receipt.events::<TickerListed>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (5, list.accounts.mint));
}

#[test]
fn list_ticker_gives_each_power_to_the_address_that_is_meant() {
    let world = World::new();
    let accounts = &world.listed.accounts;
    let account = world.vm.account(&accounts.mint).unwrap();
    let authority = Some(accounts.authority);

    let mint = Mint::parse(&account.data).unwrap();
    assert_eq!((mint.supply().0, mint.decimals()), (0, 8));
    assert_eq!((mint.mint_authority(), mint.freeze_authority()), (authority, authority));
    let scaled = mint.scaled_ui().unwrap();
    assert_eq!((Some(scaled.authority), scaled.multiplier_bits), (authority, 1f64.to_bits()));

    let mint = StateWithExtensions::<spl_token_2022_interface::state::Mint>::unpack(&account.data)
        .unwrap();
    use spl_token_2022_interface::extension::{
        confidential_transfer::ConfidentialTransferMint, metadata_pointer::MetadataPointer,
        permanent_delegate::PermanentDelegate, transfer_hook::TransferHook,
    };
    let delegate = mint.get_extension::<PermanentDelegate>().unwrap().delegate;
    assert_eq!(Option::from(delegate), Some(accounts.delegate));
    let hook = mint.get_extension::<TransferHook>().unwrap();
    assert_eq!(Option::from(hook.authority), authority);
    assert_eq!(Option::<solana_pubkey::Pubkey>::from(hook.program_id), None);
    let confidential = mint.get_extension::<ConfidentialTransferMint>().unwrap();
    assert_eq!(Option::from(confidential.authority), authority);
    assert!(!bool::from(confidential.auto_approve_new_accounts));
    let pausable = mint.get_extension::<pausable::PausableConfig>().unwrap();
    assert_eq!(Option::from(pausable.authority), authority);
    assert!(!bool::from(pausable.paused));
    let state = mint.get_extension::<default_account_state::DefaultAccountState>().unwrap();
    assert_eq!(state.state, AccountState::Initialized as u8);
    let pointer = mint.get_extension::<MetadataPointer>().unwrap();
    assert_eq!(Option::from(pointer.metadata_address), Some(accounts.mint));
    assert_eq!(Option::from(pointer.authority), authority);
    let metadata = mint.get_variable_len_extension::<TokenMetadata>().unwrap();
    assert_eq!(Option::from(metadata.update_authority), authority);
    assert_eq!((&*metadata.name, &*metadata.symbol), ("Apple xStock", "AAPLx"));
    assert_eq!(metadata.uri, world.listed.args.uri);
}

#[test]
fn list_ticker_is_not_blocked_by_lamports_sent_ahead() {
    let mut world = World::new();
    let list = another(&world);
    for lamports in [1_000_000, 1_000_000_000] {
        world.vm.svm.airdrop(&list.accounts.mint, lamports).unwrap();
    }
    for address in [list.accounts.ticker, list.accounts.symbol_record, list.accounts.nonces] {
        world.vm.svm.airdrop(&address, 1_000_000).unwrap();
    }
    let admin = world.admin.insecure_clone();
    list.send(&mut world.vm, &admin).unwrap();
}

#[test]
fn list_ticker_lists_a_symbol_once() {
    let mut world = World::new();
    let mut list = another(&world);
    list.set_symbol(padded("AAPLx"));
    let admin = world.admin.insecure_clone();
    // The System program's "already in use".
    assert_fails_with(list.send(&mut world.vm, &admin), 0);
}

#[test]
fn list_ticker_rejects_bad_symbols() {
    for bad in ["", "A B", "AAPL\u{e9}", "A/B"] {
        rejected(|list| list.set_symbol(padded(bad)), IssuerError::SymbolInvalid);
        rejected(|list| list.args.underlying = padded(bad), IssuerError::SymbolInvalid);
    }
    rejected(|list| list.set_symbol(*b"AAPL\0x\0\0\0\0\0\0\0\0\0\0"), IssuerError::SymbolInvalid);
}

#[test]
fn list_ticker_takes_symbols_with_dots_and_of_full_length() {
    for good in ["BRK.Bx", "ABCDEFGHIJKLMNOP"] {
        let mut world = World::new();
        let mut list = another(&world);
        list.set_symbol(padded(good));
        let admin = world.admin.insecure_clone();
        list.send(&mut world.vm, &admin).unwrap();
    }
}

#[test]
fn list_ticker_rejects_bad_identifiers_and_metadata() {
    rejected(|list| list.args.isin = *b"US0378331006", IssuerError::IsinInvalid);
    rejected(|list| list.args.mic = *b"xnas", IssuerError::MicInvalid);
    rejected(|list| list.args.mic = *b"XNA\0", IssuerError::MicInvalid);
    rejected(|list| list.args.name.clear(), IssuerError::MetadataInvalid);
    rejected(|list| list.args.name = "n".repeat(65), IssuerError::MetadataInvalid);
    rejected(|list| list.args.uri = "u".repeat(129), IssuerError::MetadataInvalid);
}

#[test]
fn list_ticker_rejects_terms_beyond_their_limits() {
    rejected(|list| list.args.terms.max_statement_age_secs = 0, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.max_statement_age_secs = 604_801, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.redemption_secs = 0, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.redemption_secs = 2_592_001, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.payout_secs = 0, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.payout_secs = 2_592_001, IssuerError::TermsInvalid);
    rejected(|list| list.args.terms.max_receivable_bps = 2_001, IssuerError::TermsInvalid);
}

#[test]
fn list_ticker_rejects_who_may_not_list() {
    let mut world = World::new();
    let mut list = another(&world);
    let thief = key("thief");
    list.accounts.operator = thief.pubkey();
    assert_fails(list.send(&mut world.vm, &thief), IssuerError::PowerMissing);
}

#[test]
fn list_ticker_rejects_signing_addresses_of_another_mint() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let old = World::new().listed.accounts;
    let changes: [fn(&mut ListTicker, &issuer::accounts::ListTicker); 3] = [
        |list, old| list.accounts.authority = old.authority,
        |list, old| list.accounts.delegate = old.delegate,
        |list, old| list.accounts.escrow = old.escrow,
    ];
    for change in changes {
        let mut list = another(&world);
        change(&mut list, &old);
        let outcome = list.send(&mut world.vm, &admin);
        assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
    }
}

/// The state in which accounts of a mint start, and its transfer hook.
fn start_and_hook(world: &World, mint: &Pubkey) -> (AccountState, Option<Pubkey>) {
    let account = world.vm.account(mint).unwrap();
    let state = StateWithExtensions::<spl_token_2022_interface::state::Mint>::unpack(&account.data);
    let state = state.unwrap();
    let start = state.get_extension::<default_account_state::DefaultAccountState>().unwrap().state;
    let hook = state.get_extension::<transfer_hook::TransferHook>().unwrap();
    assert!(Option::<Pubkey>::from(hook.authority).is_some());
    (AccountState::try_from(start).unwrap(), hook.program_id.into())
}

#[test]
fn list_ticker_makes_a_mint_of_each_mode() {
    let hooked = (AccountState::Initialized, Some(scrip_interface::ids::GATE));
    for (mode, name, expected) in [
        (Mode::Open, "open", (AccountState::Initialized, None)),
        (Mode::Frozen, "frozen", (AccountState::Frozen, None)),
        (Mode::Hooked, "hooked", hooked),
    ] {
        let mut world = World::new();
        let mut list = another(&world);
        list.args.mode = mode as u8;
        let admin = world.admin.insecure_clone();
        list.send(&mut world.vm, &admin).unwrap();

        let mint = list.accounts.mint;
        assert_eq!(start_and_hook(&world, &mint), expected);
        let ticker: Ticker = world.vm.state(&list.accounts.ticker);
        assert_eq!((ticker.mode().unwrap(), ticker.primary_kyc), (mode, 0));
        let account = world.vm.account(&mint).unwrap();
        let state =
            StateWithExtensions::<spl_token_2022_interface::state::Mint>::unpack(&account.data);
        let metadata = state.unwrap().get_variable_len_extension::<TokenMetadata>().unwrap();
        assert!(metadata.additional_metadata.contains(&("mode".to_owned(), name.to_owned())));
        // Redemptions come in and go out in every mode.
        let escrow = world.vm.account(&list.accounts.escrow_account).unwrap();
        assert!(!TokenAccount::parse(&escrow.data).unwrap().is_frozen());
    }
}

#[test]
fn list_ticker_rejects_an_unknown_mode() {
    rejected(|list| list.args.mode = 3, IssuerError::ModeUnknown);
}
