//! Reads a Token-2022 mint in place: the base fields and the list of its extensions.
//!
//! Layout: 82 bytes of base mint, zeros up to 165, the account type (1 = mint), then entries of
//! `type u16 | length u16 | value`, ended by type 0 or by the end of the data.
//! Source: solana-program/token-2022, `interface/src/extension/mod.rs`.

use scrip_math::{Multiplier, MultiplierError, RawAmount, Timestamp};
use solana_pubkey::Pubkey;

pub const TOKEN_2022: Pubkey =
    Pubkey::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

const SUPPLY: usize = 36;
const DECIMALS: usize = 44;
const INITIALIZED: usize = 45;
const FREEZE_AUTHORITY: usize = 46;
const ACCOUNT_TYPE: usize = 165;
const ACCOUNT_TYPE_MINT: u8 = 1;
const EXTENSIONS: usize = 166;
/// Of an account.
const STATE_FROZEN: u8 = 2;

/// Numbers of the extensions a Scrip mint carries, and of those that one must not.
pub mod extension {
    pub const MINT_CLOSE_AUTHORITY: u16 = 3;
    pub const CONFIDENTIAL_TRANSFER: u16 = 4;
    pub const DEFAULT_ACCOUNT_STATE: u16 = 6;
    pub const PERMANENT_DELEGATE: u16 = 12;
    pub const TRANSFER_HOOK: u16 = 14;
    pub const METADATA_POINTER: u16 = 18;
    pub const TOKEN_METADATA: u16 = 19;
    pub const SCALED_UI_AMOUNT: u16 = 25;
    pub const PAUSABLE: u16 = 26;
}

/// A mint's bytes, whose owner the caller has checked to be [`TOKEN_2022`].
#[derive(Clone, Copy, Debug)]
pub struct Mint<'a> {
    data: &'a [u8],
}

/// The scaled-UI configuration: two multipliers, of which the second counts from `effective_at` on
/// (the first stays in place, stale, until the next update).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaledUi {
    pub authority: Pubkey,
    pub multiplier_bits: u64,
    pub effective_at: Timestamp,
    pub new_multiplier_bits: u64,
}

impl<'a> Mint<'a> {
    /// `None` unless this is an initialised mint with extensions.
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        let is_mint = *data.get(ACCOUNT_TYPE)? == ACCOUNT_TYPE_MINT;
        let initialized = *data.get(INITIALIZED)? == 1;
        if is_mint && initialized { Some(Self { data }) } else { None }
    }

    pub fn supply(&self) -> RawAmount {
        RawAmount(read(self.data, SUPPLY).map_or(0, u64::from_le_bytes))
    }

    pub fn decimals(&self) -> u8 {
        self.data.get(DECIMALS).copied().unwrap_or(0)
    }

    pub fn mint_authority(&self) -> Option<Pubkey> {
        optional_key(self.data, 0)
    }

    pub fn freeze_authority(&self) -> Option<Pubkey> {
        optional_key(self.data, FREEZE_AUTHORITY)
    }

    /// Type and value of each extension, in the order of the account.
    pub fn extensions(&self) -> Extensions<'a> {
        Extensions::new(self.data.get(EXTENSIONS..).unwrap_or(&[]))
    }

    pub fn extension(&self, wanted: u16) -> Option<&'a [u8]> {
        self.extensions().find(|(kind, _)| *kind == wanted).map(|(_, value)| value)
    }

    /// Whether nothing may be minted, moved or burned.
    pub fn is_paused(&self) -> bool {
        // Authority, then a flag.
        let paused = self.extension(extension::PAUSABLE).and_then(|value| value.get(32));
        paused.is_some_and(|&paused| paused != 0)
    }

    /// Whether new token accounts start frozen.
    pub fn starts_frozen(&self) -> bool {
        let state =
            self.extension(extension::DEFAULT_ACCOUNT_STATE).and_then(|value| value.first());
        state == Some(&STATE_FROZEN)
    }

    /// The program that checks each transfer.
    pub fn hook_program(&self) -> Option<Pubkey> {
        // Authority, then the program; zeros stand for none.
        let program = read(self.extension(extension::TRANSFER_HOOK)?, 32)?;
        if program == [0; 32] { None } else { Some(Pubkey::new_from_array(program)) }
    }

    pub fn scaled_ui(&self) -> Option<ScaledUi> {
        let value = self.extension(extension::SCALED_UI_AMOUNT)?;
        Some(ScaledUi {
            authority: Pubkey::new_from_array(read(value, 0)?),
            multiplier_bits: u64::from_le_bytes(read(value, 32)?),
            effective_at: Timestamp(i64::from_le_bytes(read(value, 40)?)),
            new_multiplier_bits: u64::from_le_bytes(read(value, 48)?),
        })
    }
}

impl ScaledUi {
    /// The multiplier that counts at `now`.
    pub fn current(&self, now: Timestamp) -> Result<Multiplier, MultiplierError> {
        let bits =
            if now >= self.effective_at { self.new_multiplier_bits } else { self.multiplier_bits };
        Multiplier::from_f64_bits(bits)
    }

    /// The multiplier that will replace the current one, while its time has not come.
    pub fn pending(&self, now: Timestamp) -> Result<Option<Multiplier>, MultiplierError> {
        if now < self.effective_at {
            Multiplier::from_f64_bits(self.new_multiplier_bits).map(Some)
        } else {
            Ok(None)
        }
    }
}

/// Iterator over `(type, value)`; ends at the first entry that is not whole.
#[derive(Clone, Copy, Debug)]
pub struct Extensions<'a> {
    rest: &'a [u8],
}

impl<'a> Extensions<'a> {
    /// `entries`: what follows the account type.
    pub fn new(entries: &'a [u8]) -> Self {
        Self { rest: entries }
    }
}

impl<'a> Iterator for Extensions<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, rest) = self.rest.split_first_chunk()?;
        let (len, rest) = rest.split_first_chunk()?;
        let kind = u16::from_le_bytes(*kind);
        if kind == 0 {
            return None;
        }
        let (value, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*len)))?;
        self.rest = rest;
        Some((kind, value))
    }
}

pub(crate) fn read<const N: usize>(data: &[u8], at: usize) -> Option<[u8; N]> {
    data.get(at..)?.first_chunk().copied()
}

/// A `COption<Pubkey>`: a u32 of 1 and the key, or 0.
fn optional_key(data: &[u8], at: usize) -> Option<Pubkey> {
    match read(data, at).map(u32::from_le_bytes) {
        Some(1) => read(data, at.checked_add(4)?).map(Pubkey::new_from_array),
        _ => None,
    }
}
