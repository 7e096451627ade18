//! Our reader of mints against Token-2022's own types, on real mints and on one that Scrip lists.

use crate::fixture;
use base64::{Engine, prelude::BASE64_STANDARD};
use scrip_interface::mint::{Mint, extension};
use scrip_math::{Multiplier, Timestamp};
use scrip_tests::world::World;
use solana_pubkey::Pubkey;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions, StateWithExtensions,
        confidential_transfer::ConfidentialTransferMint,
        default_account_state::DefaultAccountState, metadata_pointer::MetadataPointer,
        pausable::PausableConfig, permanent_delegate::PermanentDelegate,
        scaled_ui_amount::ScaledUiAmountConfig, transfer_hook::TransferHook,
    },
    state::Mint as BaseMint,
};
use spl_token_metadata_interface::state::TokenMetadata;
use std::fs;

fn real_mint(symbol: &str) -> Vec<u8> {
    let text = fs::read_to_string(fixture(&format!("mint_{symbol}.json"))).unwrap();
    let dump: serde_json::Value = serde_json::from_str(&text).unwrap();
    BASE64_STANDARD.decode(dump["data_base64"].as_str().unwrap()).unwrap()
}

/// The day of the dumps.
const READ_AT: Timestamp = Timestamp(1_789_948_800);

#[test]
fn real_mints_read_as_token_2022_reads_them() {
    for symbol in ["AAPLx", "NVDAx", "NFLXx", "SPYx"] {
        let data = real_mint(symbol);
        let ours = Mint::parse(&data).unwrap();
        let theirs = StateWithExtensions::<BaseMint>::unpack(&data).unwrap();
        assert_eq!(ours.supply().0, theirs.base.supply);
        assert_eq!(ours.decimals(), theirs.base.decimals);
        assert_eq!(ours.mint_authority(), theirs.base.mint_authority.into());
        assert_eq!(ours.freeze_authority(), theirs.base.freeze_authority.into());

        let scaled = theirs.get_extension::<ScaledUiAmountConfig>().unwrap();
        let ui = ours.scaled_ui().unwrap();
        assert_eq!(Some(ui.authority), Option::from(scaled.authority));
        assert_eq!(ui.multiplier_bits, f64::from(scaled.multiplier).to_bits());
        assert_eq!(ui.new_multiplier_bits, f64::from(scaled.new_multiplier).to_bits());
        let effective_at: i64 = scaled.new_multiplier_effective_timestamp.into();
        assert_eq!(ui.effective_at.0, effective_at);

        let kinds: Vec<_> = ours.extensions().map(|(kind, _)| kind).collect();
        let types = theirs.get_extension_types().unwrap();
        assert_eq!(kinds, types.into_iter().map(u16::from).collect::<Vec<_>>());
    }
}

/// Which authority of Scrip's holds which power, and what AAPLx gives to which of its four keys.
#[derive(Debug, PartialEq)]
struct Powers<T> {
    mint: T,
    freeze: T,
    metadata_pointer: T,
    delegate: T,
    multiplier: T,
    pause: T,
    confidential: T,
    hook: T,
    metadata: T,
}

fn powers(data: &[u8]) -> Powers<Option<Pubkey>> {
    let mint = StateWithExtensions::<BaseMint>::unpack(data).unwrap();
    Powers {
        mint: mint.base.mint_authority.into(),
        freeze: mint.base.freeze_authority.into(),
        metadata_pointer: mint.get_extension::<MetadataPointer>().unwrap().authority.into(),
        delegate: mint.get_extension::<PermanentDelegate>().unwrap().delegate.into(),
        multiplier: mint.get_extension::<ScaledUiAmountConfig>().unwrap().authority.into(),
        pause: mint.get_extension::<PausableConfig>().unwrap().authority.into(),
        confidential: mint.get_extension::<ConfidentialTransferMint>().unwrap().authority.into(),
        hook: mint.get_extension::<TransferHook>().unwrap().authority.into(),
        metadata: mint
            .get_variable_len_extension::<TokenMetadata>()
            .unwrap()
            .update_authority
            .into(),
    }
}

#[test]
fn a_listed_mint_is_of_the_same_make_as_aaplx() {
    let world = World::new();
    let accounts = &world.listed.accounts;
    let listed = world.vm.account(&accounts.mint).unwrap().data;
    let real = real_mint("AAPLx");

    // The same extensions, in the same order, each of the same length but for the metadata.
    let layout = |data: &[u8]| {
        let sizes = Mint::parse(data).unwrap();
        let size_of = |(kind, value): (u16, &[u8])| {
            (kind, (kind != extension::TOKEN_METADATA).then_some(value.len()))
        };
        sizes.extensions().map(size_of).collect::<Vec<_>>()
    };
    assert_eq!(layout(&listed), layout(&real));
    assert_eq!(Mint::parse(&listed).unwrap().decimals(), Mint::parse(&real).unwrap().decimals());

    // No power is without a holder, on either.
    let (ours, theirs) = (powers(&listed), powers(&real));
    let held = |powers: &Powers<Option<Pubkey>>| {
        let Powers { mint, freeze, metadata_pointer, delegate, multiplier, .. } = powers;
        let Powers { pause, confidential, hook, metadata, .. } = powers;
        [mint, freeze, metadata_pointer, delegate, multiplier, pause, confidential, hook, metadata]
            .iter()
            .all(|power| power.is_some())
    };
    assert!(held(&ours) && held(&theirs));

    // Difference 1: AAPLx's powers are spread over four keys; Scrip's are with one address of the
    // program, which signs for what its instructions allow, except the permanent delegate.
    let authority = Some(accounts.authority);
    assert_eq!(ours.delegate, Some(accounts.delegate));
    assert_eq!(ours, Powers { delegate: ours.delegate, ..all(authority) });
    assert_eq!(theirs.freeze, theirs.pause);
    assert_eq!(theirs.delegate, theirs.hook);
    assert_ne!(theirs.mint, theirs.freeze);
    assert_ne!(theirs.multiplier, theirs.freeze);

    // Alike: no hook program, accounts start unfrozen, not paused, no auditor, no auto-approval.
    for data in [&listed, &real] {
        let mint = StateWithExtensions::<BaseMint>::unpack(data).unwrap();
        let hook = mint.get_extension::<TransferHook>().unwrap().program_id;
        assert_eq!(Option::<Pubkey>::from(hook), None);
        assert_eq!(mint.get_extension::<DefaultAccountState>().unwrap().state, 1);
        assert!(!bool::from(mint.get_extension::<PausableConfig>().unwrap().paused));
        let confidential = mint.get_extension::<ConfidentialTransferMint>().unwrap();
        assert!(!bool::from(confidential.auto_approve_new_accounts));
        assert_eq!(confidential.auditor_elgamal_pubkey, Default::default());
    }

    // Difference 2: a fresh multiplier is 1 and nothing is pending.
    let ui = Mint::parse(&listed).unwrap().scaled_ui().unwrap();
    assert_eq!(ui.current(READ_AT), Ok(Multiplier::ONE));
    assert_eq!(ui.pending(READ_AT), Ok(None));
}

fn all<T: Copy>(power: T) -> Powers<T> {
    Powers {
        mint: power,
        freeze: power,
        metadata_pointer: power,
        delegate: power,
        multiplier: power,
        pause: power,
        confidential: power,
        hook: power,
        metadata: power,
    }
}
