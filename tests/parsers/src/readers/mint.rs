//! Mints and their extensions against Token-2022's own reader.

use crate::files::{first_layout, fixture, from_base64};
use scrip_interface::mint::{Mint, ScaledUi, extension};
use scrip_math::{Multiplier, Timestamp};
use solana_pubkey::Pubkey;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions, StateWithExtensions,
        confidential_transfer::ConfidentialTransferMint,
        default_account_state::DefaultAccountState, metadata_pointer::MetadataPointer,
        mint_close_authority::MintCloseAuthority, pausable::PausableConfig,
        permanent_delegate::PermanentDelegate, scaled_ui_amount::ScaledUiAmountConfig,
        transfer_hook::TransferHook,
    },
    state::Mint as BaseMint,
};

pub fn seeds() -> Vec<Vec<u8>> {
    let real = ["AAPLx", "NFLXx", "NVDAx", "SPYx"]
        .map(|symbol| from_base64(&fixture(&format!("mint_{symbol}.json"))["data_base64"]));
    real.into_iter().chain([first_layout("mint")]).collect()
}

pub fn check(data: &[u8]) -> bool {
    let ours = Mint::parse(data);
    if let Some(mint) = &ours {
        touch(mint);
    }
    match StateWithExtensions::<BaseMint>::unpack(data) {
        // A bare mint, which has no extensions at all: none of ours is.
        Ok(_) if data.len() <= 165 => assert!(ours.is_none()),
        Ok(theirs) => assert_same(&ours.expect("theirs takes it"), &theirs),
        // Token-2022 owns what is read here, and writes none that it refuses.
        Err(_) => {}
    }
    ours.is_some()
}

/// Whatever the bytes, an answer.
fn touch(mint: &Mint) {
    let _ = (mint.supply(), mint.decimals(), mint.mint_authority(), mint.freeze_authority());
    let _ = (mint.is_paused(), mint.starts_frozen(), mint.hook_program());
    let _ = mint.extensions().map(|(_, value)| value.len()).sum::<usize>();
    if let Some(ui) = mint.scaled_ui() {
        let _ = (ui.current(ui.effective_at), ui.pending(ui.effective_at));
    }
}

fn assert_same(ours: &Mint, theirs: &StateWithExtensions<BaseMint>) {
    assert_eq!(ours.supply().0, theirs.base.supply);
    assert_eq!(ours.decimals(), theirs.base.decimals);
    assert_eq!(ours.mint_authority(), theirs.base.mint_authority.into());
    assert_eq!(ours.freeze_authority(), theirs.base.freeze_authority.into());

    // Where the list is not whole, theirs refuses it and ours gives what is whole.
    let Ok(kinds) = theirs.get_extension_types() else { return };
    let numbers = kinds.iter().map(|kind| u16::from(*kind));
    assert!(ours.extensions().map(|(kind, _)| kind).eq(numbers));

    macro_rules! same_bytes {
        ($($number:ident: $theirs:ty),* $(,)?) => {
            $(assert_eq!(
                ours.extension(extension::$number),
                theirs.get_extension_bytes::<$theirs>().ok(),
            );)*
        };
    }
    same_bytes! {
        MINT_CLOSE_AUTHORITY: MintCloseAuthority,
        CONFIDENTIAL_TRANSFER: ConfidentialTransferMint,
        DEFAULT_ACCOUNT_STATE: DefaultAccountState,
        PERMANENT_DELEGATE: PermanentDelegate,
        TRANSFER_HOOK: TransferHook,
        METADATA_POINTER: MetadataPointer,
        SCALED_UI_AMOUNT: ScaledUiAmountConfig,
        PAUSABLE: PausableConfig,
    }
    if let Ok(pausable) = theirs.get_extension::<PausableConfig>() {
        assert_eq!(ours.is_paused(), bool::from(pausable.paused));
    }
    if let Ok(default) = theirs.get_extension::<DefaultAccountState>() {
        assert_eq!(ours.starts_frozen(), default.state == 2);
    }
    if let Ok(hook) = theirs.get_extension::<TransferHook>() {
        assert_eq!(ours.hook_program(), Option::<Pubkey>::from(hook.program_id));
    }
    if let Ok(scaled) = theirs.get_extension::<ScaledUiAmountConfig>() {
        assert_scaled(&ours.scaled_ui().expect("theirs has it"), scaled);
    }
}

fn assert_scaled(ours: &ScaledUi, theirs: &ScaledUiAmountConfig) {
    let authority: Option<Pubkey> = theirs.authority.into();
    assert_eq!(ours.authority, authority.unwrap_or_default());
    let [old, new] = [theirs.multiplier, theirs.new_multiplier].map(f64::from);
    assert_eq!((ours.multiplier_bits, ours.new_multiplier_bits), (old.to_bits(), new.to_bits()));
    let at: i64 = theirs.new_multiplier_effective_timestamp.into();
    assert_eq!(ours.effective_at.0, at);
    // Which one counts, by theirs: one token of two units, in UI units, at this time.
    for now in [i64::MIN, at.saturating_sub(1), at, i64::MAX] {
        let counts = if now >= at { new } else { old };
        assert_eq!(ours.current(Timestamp(now)), Multiplier::from_f64_bits(counts.to_bits()));
        if counts.is_normal() && counts > 0.0 && counts < 1e9 {
            let shown = format!("{:.0}", (1e6 * counts).trunc());
            assert_eq!(theirs.amount_to_ui_amount(1_000_000, 0, now), Some(shown));
        }
    }
}
