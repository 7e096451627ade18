//! Accounts as an attacker would make them, or could not.

use crate::stage::Stage;
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{build::TOKEN, vm::key};
use solana_account::Account;
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// An account and where it is placed before a case.
pub type Placed = (Pubkey, Account);

pub fn stranger() -> Pubkey {
    key("stranger").pubkey()
}

/// Somewhere else.
pub fn elsewhere() -> Pubkey {
    key("elsewhere").pubkey()
}

fn of_system(lamports: u64) -> Account {
    Account { lamports, rent_epoch: u64::MAX, ..Account::default() }
}

/// The same bytes, of an attacker's program.
pub fn look_alike(account: &Account) -> Placed {
    let owner = crate::stage::attackers_program();
    (elsewhere(), Account { owner, ..account.clone() })
}

/// The same, at another address.
pub fn twin(account: &Account) -> Placed {
    (elsewhere(), account.clone())
}

/// As the account would be if it belonged to a stranger instead of `parent`.
pub fn estranged(account: &Account, parent: &Pubkey) -> Placed {
    let mut account = account.clone();
    for at in mentions(&account.data, parent) {
        account.data[at..at + 32].copy_from_slice(stranger().as_ref());
    }
    (elsewhere(), account)
}

/// Where `data` names a key.
pub fn mentions(data: &[u8], key: &Pubkey) -> Vec<usize> {
    let windows = data.windows(32).enumerate();
    windows.filter(|(_, bytes)| *bytes == key.as_ref()).map(|(at, _)| at).collect()
}

/// As an account is once it is closed.
pub fn closed(address: Pubkey) -> Placed {
    (address, Account::default())
}

/// As an account is before it is made, with somebody's lamports.
pub fn empty(address: Pubkey) -> Placed {
    (address, of_system(10_000_000))
}

/// The mint or token account as the other token program would keep it: the same without extensions.
pub fn of_other_token_program(account: &Account) -> Placed {
    const BASE_MINT: usize = 82;
    const BASE_ACCOUNT: usize = 165;
    let mut account = account.clone();
    let mint = account.data.len() == BASE_MINT || account.data.get(BASE_ACCOUNT) == Some(&1);
    account.data.truncate(if mint { BASE_MINT } else { BASE_ACCOUNT });
    account.owner = if account.owner == TOKEN { TOKEN_2022 } else { TOKEN };
    (elsewhere(), account)
}

/// What a wallet has.
pub fn wallet(address: Pubkey) -> Placed {
    (address, of_system(100_000_000_000))
}

/// An attacker's account with what the Instructions sysvar holds in the valid transaction.
pub fn sysvar(stage: &Stage) -> Placed {
    let valid = &stage.valid;
    let all = valid.before.iter().chain([&valid.instruction]).collect::<Vec<_>>();
    let owner = crate::stage::attackers_program();
    let data = instructions_data(&all);
    (elsewhere(), Account { lamports: 10_000_000, data, owner, ..Account::default() })
}

/// The sysvar's layout: count, an offset for each instruction, then for each one its accounts (flags
/// and key), program, data; at the end, which of them is running: the last.
/// Source: anza-xyz/solana-sdk, `instructions-sysvar/src/lib.rs`.
fn instructions_data(instructions: &[&Instruction]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).expect("it is short").to_le_bytes();
    let (mut offsets, mut bodies) = (vec![], vec![]);
    for instruction in instructions {
        offsets.extend(short(2 + 2 * instructions.len() + bodies.len()));
        bodies.extend(short(instruction.accounts.len()));
        for meta in &instruction.accounts {
            bodies.push(u8::from(meta.is_signer) | u8::from(meta.is_writable) << 1);
            bodies.extend(meta.pubkey.as_ref());
        }
        bodies.extend(instruction.program_id.as_ref());
        bodies.extend(short(instruction.data.len()));
        bodies.extend(&instruction.data);
    }
    let running = instructions.len() - 1;
    [&short(instructions.len())[..], &offsets, &bodies, &short(running)].concat()
}
