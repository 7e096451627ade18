//! Reads a Token-2022 token account in place.
//!
//! Layout: 165 bytes (mint 0, owner 32, amount 64, state 108, ...), then the account type (2 = account) and
//! extensions as in a mint. Source: solana-program/token-2022, `interface/src/state.rs`.

use crate::mint::{Extensions, read};
use scrip_math::RawAmount;
use solana_pubkey::Pubkey;

pub const ASSOCIATED_TOKEN: Pubkey =
    Pubkey::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

const OWNER: usize = 32;
const AMOUNT: usize = 64;
const STATE: usize = 108;
const STATE_FROZEN: u8 = 2;
const ACCOUNT_TYPE: usize = 165;
const ACCOUNT_TYPE_ACCOUNT: u8 = 2;
const EXTENSIONS: usize = 166;
const IMMUTABLE_OWNER: u16 = 7;
const TRANSFER_HOOK_ACCOUNT: u16 = 15;

/// A token account's bytes, whose owner program the caller has checked to be Token-2022.
#[derive(Clone, Copy, Debug)]
pub struct TokenAccount<'a> {
    data: &'a [u8],
}

impl<'a> TokenAccount<'a> {
    /// `None` unless this is a token account with extensions, as every account of a Scrip mint is.
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        if *data.get(ACCOUNT_TYPE)? == ACCOUNT_TYPE_ACCOUNT { Some(Self { data }) } else { None }
    }

    pub fn mint(&self) -> Option<Pubkey> {
        read(self.data, 0).map(Pubkey::new_from_array)
    }

    pub fn owner(&self) -> Option<Pubkey> {
        read(self.data, OWNER).map(Pubkey::new_from_array)
    }

    pub fn amount(&self) -> Option<RawAmount> {
        read(self.data, AMOUNT).map(u64::from_le_bytes).map(RawAmount)
    }

    pub fn is_frozen(&self) -> bool {
        self.data.get(STATE) == Some(&STATE_FROZEN)
    }

    /// Whether the owner can never be replaced. True of every associated token account.
    pub fn has_immutable_owner(&self) -> bool {
        self.extension(IMMUTABLE_OWNER).is_some()
    }

    /// Whether Token-2022 is moving something from or to this account just now: it says so while it
    /// calls a transfer hook.
    pub fn is_transferring(&self) -> bool {
        self.extension(TRANSFER_HOOK_ACCOUNT).is_some_and(|value| value.first() == Some(&1))
    }

    fn extension(&self, wanted: u16) -> Option<&'a [u8]> {
        let rest = self.data.get(EXTENSIONS..).unwrap_or(&[]);
        Extensions::new(rest).find(|(kind, _)| *kind == wanted).map(|(_, value)| value)
    }
}

/// The associated token account of an owner. Its owner cannot be replaced while that is a program's
/// address.
pub fn associated(owner: &Pubkey, token_program: &Pubkey, mint: &Pubkey) -> Pubkey {
    let seeds = [owner.as_ref(), token_program.as_ref(), mint.as_ref()];
    Pubkey::find_program_address(&seeds, &ASSOCIATED_TOKEN).0
}
