//! The Instructions sysvar against Solana's own reader of it.

use anchor_lang::prelude::AccountInfo;
use issuer::introspection::preceding_ed25519;
use scrip_interface::ed25519;
use solana_instruction::{BorrowedAccountMeta, BorrowedInstruction};
use solana_instructions_sysvar::{
    ID, construct_instructions_data, load_current_index_checked, load_instruction_at_checked,
};
use solana_pubkey::Pubkey;

pub fn seeds() -> Vec<Vec<u8>> {
    let (payer, other) = (Pubkey::new_from_array([1; 32]), Pubkey::new_from_array([2; 32]));
    let meta = |pubkey, is_signer| BorrowedAccountMeta { pubkey, is_signer, is_writable: true };
    let signed =
        |data| BorrowedInstruction { program_id: &ed25519::PROGRAM_ID, accounts: vec![], data };
    let called = || BorrowedInstruction {
        program_id: &other,
        accounts: vec![meta(&payer, true), meta(&other, false)],
        data: &[7; 9],
    };
    let of = |instructions: &[BorrowedInstruction], current: u16| {
        let mut data = construct_instructions_data(instructions);
        let end = data.len() - 2;
        data[end..].copy_from_slice(&current.to_le_bytes());
        data
    };
    // The second has accounts, which the precompile does not look at.
    let with_accounts =
        BorrowedInstruction { accounts: vec![meta(&payer, true)], ..signed(&[3; 20]) };
    vec![
        of(&[signed(&[9; 158]), called()], 1),
        of(&[called(), with_accounts, called()], 2),
        of(&[called(), signed(&[]), called()], 2),
    ]
}

pub fn check(data: &[u8]) -> bool {
    let ours = preceding_ed25519(data);
    let (mut lamports, mut copy) = (1, data.to_vec());
    let account = AccountInfo::new(&ID, false, false, &mut lamports, &mut copy, &ID, false);
    // Theirs takes the two bytes of the index for given.
    let current = if data.len() < 2 {
        0
    } else {
        load_current_index_checked(&account).expect("it is the sysvar")
    };
    let previous = usize::from(current).checked_sub(1);
    let theirs = previous.map(|index| load_instruction_at_checked(index, &account));
    match theirs {
        // The first instruction has none before it.
        None => assert_eq!(ours, None),
        Some(Ok(before)) => {
            let signed = before.program_id == ed25519::PROGRAM_ID;
            assert_eq!(ours, signed.then_some(before.data.as_slice()));
        }
        // The runtime makes none that theirs refuses.
        Some(Err(_)) => {}
    }
    ours.is_some()
}
