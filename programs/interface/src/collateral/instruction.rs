//! The instructions a protocol calls. Each is read-only for it; none needs a signer.

use scrip_math::RawAmount;
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

// sha256("global:<name>"), the first eight bytes.
const VALUE: [u8; 8] = [88, 248, 79, 196, 62, 175, 241, 16];
const STATUS: [u8; 8] = [218, 160, 35, 24, 130, 107, 205, 125];
const OBSERVE: [u8; 8] = [204, 78, 178, 115, 194, 147, 65, 74];

/// The accounts behind one mint's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueAccounts {
    pub feed: Pubkey,
    pub calendar: Pubkey,
    pub mint: Pubkey,
    /// The price account of the session's source.
    pub price: Pubkey,
    /// The token's own price account: given if, and only if, the feed has a source for it.
    pub token_price: Option<Pubkey>,
}

impl ValueAccounts {
    pub(crate) fn metas(&self) -> impl Iterator<Item = AccountMeta> {
        [Some(self.feed), Some(self.calendar), Some(self.mint), Some(self.price), self.token_price]
            .into_iter()
            .flatten()
            .map(|key| AccountMeta::new_readonly(key, false))
    }
}

/// Values 1 to 5 amounts. Answers by return data of kind `Value`.
pub fn value(program: &Pubkey, amounts: &[(ValueAccounts, RawAmount)]) -> Instruction {
    let accounts = amounts.iter().flat_map(|(accounts, _)| accounts.metas()).collect();
    value_with(program, accounts, amounts.iter().map(|(_, raw)| *raw))
}

/// As [`value`], with the accounts in one list, as a program passes on what it was given. It need
/// not look at them: the answer names mint, amount and the hash of the rules, which is of one feed.
pub fn value_with(
    program: &Pubkey,
    accounts: Vec<AccountMeta>,
    amounts: impl ExactSizeIterator<Item = RawAmount>,
) -> Instruction {
    let count = u32::try_from(amounts.len()).unwrap_or(u32::MAX);
    let mut data = [&VALUE[..], &count.to_le_bytes()].concat();
    for raw in amounts {
        data.extend_from_slice(&raw.0.to_le_bytes());
    }
    Instruction { program_id: *program, accounts, data }
}

/// Tells session, windows and flags of a mint, without a price: to go with a protocol's own.
/// Answers by return data of kind `Status`.
pub fn status(program: &Pubkey, feed: Pubkey, calendar: Pubkey, mint: Pubkey) -> Instruction {
    let accounts = [feed, calendar, mint].map(|key| AccountMeta::new_readonly(key, false));
    Instruction { program_id: *program, accounts: accounts.to_vec(), data: STATUS.to_vec() }
}

/// Records the current price in the feed's account. Anyone may call it.
pub fn observe(program: &Pubkey, accounts: &ValueAccounts) -> Instruction {
    let (event_authority, _) = Pubkey::find_program_address(&[b"__event_authority"], program);
    let mut metas = vec![AccountMeta::new(accounts.feed, false)];
    metas.extend(
        [accounts.calendar, accounts.mint].map(|key| AccountMeta::new_readonly(key, false)),
    );
    metas.extend([event_authority, *program].map(|key| AccountMeta::new_readonly(key, false)));
    let prices = [Some(accounts.price), accounts.token_price].into_iter().flatten();
    metas.extend(prices.map(|key| AccountMeta::new_readonly(key, false)));
    Instruction { program_id: *program, accounts: metas, data: OBSERVE.to_vec() }
}
