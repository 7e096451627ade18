//! Read by Solana's own entrypoint, a second decoder, and by ours: the same.

use super::*;

const PROGRAM: [u8; 32] = [9; 32];
const DATA: [u8; 11] = *b"instruction";

/// What a runtime writes of an account, or the place of the one that it is again.
enum Written {
    Account { key: u8, flags: [u8; 3], lamports: u64, data: Vec<u8> },
    Again(u8),
}

fn account(key: u8, flags: [u8; 3], len: usize) -> Written {
    Written::Account { key, flags, lamports: u64::from(key) << 40, data: vec![key; len] }
}

/// In words, so that it lies at an address divisible by 8.
fn input(accounts: &[Written]) -> Vec<u64> {
    let mut bytes = (accounts.len() as u64).to_le_bytes().to_vec();
    for written in accounts {
        match written {
            Written::Again(place) => bytes.extend([*place, 0, 0, 0, 0, 0, 0, 0]),
            Written::Account { key, flags, lamports, data } => {
                bytes.push(FIRST_TIME);
                bytes.extend(flags);
                bytes.extend([0; 4]);
                bytes.extend([*key; 32]);
                bytes.extend([key ^ 0x55; 32]);
                bytes.extend(lamports.to_le_bytes());
                bytes.extend((data.len() as u64).to_le_bytes());
                bytes.extend(data);
                let grown = bytes.len() + MAX_PERMITTED_DATA_INCREASE;
                bytes.resize(grown.next_multiple_of(ALIGNMENT), 0);
                bytes.extend(u64::MAX.to_le_bytes());
            }
        }
    }
    bytes.extend((DATA.len() as u64).to_le_bytes());
    bytes.extend(DATA);
    bytes.extend(PROGRAM);
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
    let words = bytes.chunks_exact(ALIGNMENT);
    words.map(|word| u64::from_le_bytes(word.try_into().expect("8 bytes"))).collect()
}

/// Everything that an account says, and how long it says it was before.
fn told(account: &AccountInfo) -> (Pubkey, Pubkey, [bool; 3], u64, Vec<u8>, usize) {
    (
        *account.key,
        *account.owner,
        [account.is_signer, account.is_writable, account.executable],
        account.lamports(),
        account.data.borrow().to_vec(),
        // SAFETY: of an account that was read from an input.
        unsafe { account.original_data_len() },
    )
}

fn assert_same(accounts: &[Written]) {
    let (mut ours, mut theirs) = (input(accounts), input(accounts));
    // SAFETY: inputs of the runtime's layout, each read once, that outlive what was read.
    let (program, read, data) = unsafe { read(ours.as_mut_ptr().cast()) };
    let (their_program, their_read, their_data) =
        unsafe { solana_program_entrypoint::deserialize(theirs.as_mut_ptr().cast()) };
    assert_eq!((program, data), (their_program, their_data));
    assert_eq!((program.as_array(), data), (&PROGRAM, &DATA[..]));
    let ours: Vec<_> = read.iter().map(told).collect();
    assert_eq!(ours, their_read.iter().map(told).collect::<Vec<_>>());
    assert_eq!(ours.len(), accounts.len());
}

#[test]
fn a_call_without_accounts_is_read() {
    assert_same(&[]);
}

#[test]
fn flags_and_lengths_are_read_as_solana_reads_them() {
    for flags in [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]] {
        for len in [0, 1, 7, 8, 9, 165, 1_000] {
            assert_same(&[account(1, flags, len), account(2, [0, 1, 0], 3)]);
        }
    }
}

#[test]
fn an_account_given_twice_is_one() {
    let accounts = [
        account(1, [1, 1, 0], 13),
        Written::Again(0),
        account(2, [0, 0, 0], 8),
        Written::Again(2),
        Written::Again(0),
    ];
    assert_same(&accounts);
    let mut input = input(&accounts);
    // SAFETY: as above.
    let (_, read, _) = unsafe { read(input.as_mut_ptr().cast()) };
    read[0].data.borrow_mut()[0] = 77;
    **read[0].lamports.borrow_mut() = 5;
    assert_eq!((read[4].data.borrow()[0], read[1].lamports()), (77, 5));
    assert!(read[1].data.try_borrow().is_ok());
    let held = read[0].data.borrow_mut();
    assert!(read[4].data.try_borrow().is_err(), "two accounts lent the same bytes");
    drop(held);
}
