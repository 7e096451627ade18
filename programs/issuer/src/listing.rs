//! The Token-2022 mint of a ticker: the extensions of an xStocks mint, in the same order, and no
//! other.

use anchor_lang::{
    prelude::*,
    solana_program::{
        instruction::Instruction,
        program::{invoke, invoke_signed},
        system_instruction,
    },
};
use anchor_spl::token_2022::spl_token_2022::{
    extension::{
        ExtensionType, confidential_transfer, default_account_state, metadata_pointer, pausable,
        scaled_ui_amount, transfer_hook,
    },
    instruction as token_instruction,
    state::{AccountState, Mint},
};
use anchor_spl::token_2022_extensions::spl_token_metadata_interface::{
    instruction as metadata_instruction, state::TokenMetadata,
};
use scrip_math::units::DECIMALS;

const TOKEN_PROGRAM: Pubkey = anchor_spl::token_2022::ID;

const EXTENSIONS: [ExtensionType; 7] = [
    ExtensionType::MetadataPointer,
    ExtensionType::PermanentDelegate,
    ExtensionType::DefaultAccountState,
    ExtensionType::ScaledUiAmount,
    ExtensionType::Pausable,
    ExtensionType::ConfidentialTransferMint,
    ExtensionType::TransferHook,
];

pub struct ListedMint<'a, 'info> {
    pub mint: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    pub delegate: &'a AccountInfo<'info>,
    pub payer: &'a AccountInfo<'info>,
    pub authority_seeds: &'a [&'a [u8]],
}

/// Creates and initialises the mint. The metadata comes last: Token-2022 then grows the account by
/// itself, so only the rent is paid ahead.
pub fn create_mint(listed: &ListedMint, name: &str, symbol: &str, uri: &str) -> Result<()> {
    let space = ExtensionType::try_calculate_account_len::<Mint>(&EXTENSIONS)?;
    let metadata = TokenMetadata {
        mint: *listed.mint.key,
        name: name.to_owned(),
        symbol: symbol.to_owned(),
        uri: uri.to_owned(),
        ..TokenMetadata::default()
    };
    let full_space = metadata.tlv_size_of()?.saturating_add(space);
    allocate(listed, space, Rent::get()?.minimum_balance(full_space))?;

    for instruction in extension_instructions(listed)? {
        invoke(&instruction, std::slice::from_ref(listed.mint))?;
    }
    let instruction = metadata_instruction::initialize(
        &TOKEN_PROGRAM,
        listed.mint.key,
        listed.authority.key,
        listed.mint.key,
        listed.authority.key,
        metadata.name,
        metadata.symbol,
        metadata.uri,
    );
    let accounts = [listed.mint.clone(), listed.authority.clone()];
    invoke_signed(&instruction, &accounts, &[listed.authority_seeds])?;
    Ok(())
}

/// Makes the mint an account of Token-2022. Lamports that somebody sent ahead do not stop it.
fn allocate(listed: &ListedMint, space: usize, lamports: u64) -> Result<()> {
    let accounts = [listed.payer.clone(), listed.mint.clone()];
    let missing = lamports.saturating_sub(listed.mint.lamports());
    if missing > 0 {
        let pay = system_instruction::transfer(listed.payer.key, listed.mint.key, missing);
        invoke(&pay, &accounts)?;
    }
    let space = u64::try_from(space).unwrap_or(u64::MAX);
    invoke(&system_instruction::allocate(listed.mint.key, space), &accounts)?;
    invoke(&system_instruction::assign(listed.mint.key, &TOKEN_PROGRAM), &accounts)?;
    Ok(())
}

/// The extensions in the order of `EXTENSIONS`, then the mint itself.
fn extension_instructions(listed: &ListedMint) -> Result<[Instruction; 8]> {
    let (mint, authority) = (listed.mint.key, listed.authority.key);
    Ok([
        metadata_pointer::instruction::initialize(
            &TOKEN_PROGRAM,
            mint,
            Some(*authority),
            Some(*mint),
        )?,
        token_instruction::initialize_permanent_delegate(
            &TOKEN_PROGRAM,
            mint,
            listed.delegate.key,
        )?,
        default_account_state::instruction::initialize_default_account_state(
            &TOKEN_PROGRAM,
            mint,
            &AccountState::Initialized,
        )?,
        scaled_ui_amount::instruction::initialize(&TOKEN_PROGRAM, mint, Some(*authority), 1.0)?,
        pausable::instruction::initialize(&TOKEN_PROGRAM, mint, authority)?,
        confidential_transfer::instruction::initialize_mint(
            &TOKEN_PROGRAM,
            mint,
            Some(*authority),
            false,
            None,
        )?,
        transfer_hook::instruction::initialize(&TOKEN_PROGRAM, mint, Some(*authority), None)?,
        token_instruction::initialize_mint2(
            &TOKEN_PROGRAM,
            mint,
            authority,
            Some(authority),
            DECIMALS,
        )?,
    ])
}
