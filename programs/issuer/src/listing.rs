//! The Token-2022 mint of a ticker: the extensions of an xStocks mint, in the same order, and no
//! other.

use crate::{error::IssuerError, rent};
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
use scrip_interface::{ids, issuer::Mode};
use scrip_math::{isin, units::DECIMALS};

pub use anchor_spl::token_2022_extensions::spl_token_metadata_interface::state::Field;

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

/// Names of the metadata's additional entries.
pub const UNDERLYING: &str = "underlying";
pub const ISIN: &str = "isin";
pub const MIC: &str = "mic";
/// How strict the ticker is about its holders: open, frozen or hooked.
pub const MODE: &str = "mode";
pub const PROSPECTUS_URI: &str = "prospectus_uri";
/// sha256 of the document's bytes, in hexadecimal.
pub const PROSPECTUS_HASH: &str = "prospectus_sha256";

/// A mint whose authority signs for this program.
pub struct ListedMint<'a, 'info> {
    pub mint: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    pub authority_seeds: &'a [&'a [u8]],
}

/// What the mint's metadata says from the start.
pub struct Description<'a> {
    pub name: &'a str,
    pub symbol: &'a str,
    pub uri: &'a str,
    pub underlying: &'a str,
    pub isin: &'a [u8],
    pub mic: &'a [u8],
    pub mode: Mode,
}

/// An entry by one of the names above.
pub fn field(name: &str) -> Field {
    Field::Key(name.to_owned())
}

pub fn name_of(field: &Field) -> String {
    match field {
        Field::Name => "name".to_owned(),
        Field::Symbol => "symbol".to_owned(),
        Field::Uri => "uri".to_owned(),
        Field::Key(name) => name.clone(),
    }
}

/// A code's characters; none if it is not assigned.
pub fn text(code: &[u8]) -> String {
    code.iter().take_while(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect()
}

/// A valid ISIN, or zeros: none is assigned.
pub fn require_isin(isin: &[u8; 12]) -> Result<()> {
    require!(*isin == [0; 12] || isin::is_valid(isin), IssuerError::IsinInvalid);
    Ok(())
}

pub fn require_mic(mic: &[u8; 4]) -> Result<()> {
    let allowed = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    require!(mic.iter().all(allowed), IssuerError::MicInvalid);
    Ok(())
}

/// Creates and initialises the mint. The metadata comes last: Token-2022 then grows the account by
/// itself, so only the rent is paid ahead.
pub fn create_mint<'info>(
    listed: &ListedMint<'_, 'info>,
    delegate: &AccountInfo<'info>,
    payer: &AccountInfo<'info>,
    description: &Description,
) -> Result<()> {
    let space = ExtensionType::try_calculate_account_len::<Mint>(&EXTENSIONS)?;
    let codes = [
        (UNDERLYING, description.underlying.to_owned()),
        (ISIN, text(description.isin)),
        (MIC, text(description.mic)),
        (MODE, description.mode.name().to_owned()),
    ];
    let metadata = TokenMetadata {
        mint: *listed.mint.key,
        name: description.name.to_owned(),
        symbol: description.symbol.to_owned(),
        uri: description.uri.to_owned(),
        additional_metadata: codes.map(|(name, code)| (name.to_owned(), code)).to_vec(),
        ..TokenMetadata::default()
    };
    let full_space = metadata.tlv_size_of()?.saturating_add(space);
    rent::top_up(payer, listed.mint, full_space)?;
    allocate(listed.mint, space)?;

    for instruction in extension_instructions(listed, delegate.key, description.mode)? {
        invoke(&instruction, std::slice::from_ref(listed.mint))?;
    }
    let instruction = metadata_instruction::initialize(
        &TOKEN_PROGRAM,
        listed.mint.key,
        listed.authority.key,
        listed.mint.key,
        listed.authority.key,
        metadata.name.clone(),
        metadata.symbol.clone(),
        metadata.uri.clone(),
    );
    listed.call(&instruction)?;
    for (name, code) in &metadata.additional_metadata {
        listed.set_field(&field(name), code)?;
    }
    Ok(())
}

impl ListedMint<'_, '_> {
    /// Writes one entry of the metadata. The mint may grow: its rent is then the caller's to pay.
    pub fn set_field(&self, field: &Field, value: &str) -> Result<()> {
        self.call(&metadata_instruction::update_field(
            &TOKEN_PROGRAM,
            self.mint.key,
            self.authority.key,
            field.clone(),
            value.to_owned(),
        ))
    }

    fn call(&self, instruction: &Instruction) -> Result<()> {
        let accounts = [self.mint.clone(), self.authority.clone()];
        invoke_signed(instruction, &accounts, &[self.authority_seeds])?;
        Ok(())
    }
}

/// Makes the mint an account of Token-2022. Lamports that somebody sent ahead do not stop it.
fn allocate(mint: &AccountInfo, space: usize) -> Result<()> {
    let space = u64::try_from(space).unwrap_or(u64::MAX);
    let accounts = std::slice::from_ref(mint);
    invoke(&system_instruction::allocate(mint.key, space), accounts)?;
    invoke(&system_instruction::assign(mint.key, &TOKEN_PROGRAM), accounts)?;
    Ok(())
}

/// The extensions in the order of `EXTENSIONS`, then the mint itself.
fn extension_instructions(
    listed: &ListedMint,
    delegate: &Pubkey,
    mode: Mode,
) -> Result<[Instruction; 8]> {
    let (mint, authority) = (listed.mint.key, listed.authority.key);
    let state = if mode == Mode::Frozen { AccountState::Frozen } else { AccountState::Initialized };
    let hook = (mode == Mode::Hooked).then_some(ids::GATE);
    Ok([
        metadata_pointer::instruction::initialize(
            &TOKEN_PROGRAM,
            mint,
            Some(*authority),
            Some(*mint),
        )?,
        token_instruction::initialize_permanent_delegate(&TOKEN_PROGRAM, mint, delegate)?,
        default_account_state::instruction::initialize_default_account_state(
            &TOKEN_PROGRAM,
            mint,
            &state,
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
        transfer_hook::instruction::initialize(&TOKEN_PROGRAM, mint, Some(*authority), hook)?,
        token_instruction::initialize_mint2(
            &TOKEN_PROGRAM,
            mint,
            authority,
            Some(authority),
            DECIMALS,
        )?,
    ])
}
