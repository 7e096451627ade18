//! Reading token accounts.

use crate::{bytes, key, mint::entries, only_whole};
use scrip_interface::{math::RawAmount, token_account::TokenAccount};

const IMMUTABLE_OWNER: u16 = 7;
const TRANSFER_HOOK_ACCOUNT: u16 = 15;

/// A token account whose base fields differ from each other, with these extensions.
fn account(extensions: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut data: Vec<u8> = (0..166).collect();
    data[165] = 2;
    data.extend(entries(extensions));
    data
}

#[test]
fn a_token_account_has_an_account_type() {
    only_whole(&account(&[]), 166, [165], |data| TokenAccount::parse(data).is_some());
    let mut mint = account(&[]);
    mint[165] = 1;
    assert!(TokenAccount::parse(&mint).is_none());
}

#[test]
fn base_fields_are_read_from_their_places() {
    let mut data = account(&[]);
    let read = TokenAccount::parse(&data).unwrap();
    assert_eq!((read.mint(), read.owner()), (Some(key(&data, 0)), Some(key(&data, 32))));
    assert_eq!(read.amount(), Some(RawAmount(u64::from_le_bytes(bytes(&data, 64)))));
    for (state, frozen) in [(0, false), (1, false), (2, true), (3, false)] {
        data[108] = state;
        assert_eq!(TokenAccount::parse(&data).unwrap().is_frozen(), frozen);
    }
}

#[test]
fn an_owner_is_immutable_by_an_extension() {
    let immutable = |extensions: &[(u16, Vec<u8>)]| {
        TokenAccount::parse(&account(extensions)).unwrap().has_immutable_owner()
    };
    assert!(immutable(&[(IMMUTABLE_OWNER, vec![])]));
    assert!(immutable(&[(TRANSFER_HOOK_ACCOUNT, vec![0]), (IMMUTABLE_OWNER, vec![])]));
    assert!(!immutable(&[(TRANSFER_HOOK_ACCOUNT, vec![1])]));
    assert!(!immutable(&[]));
}

#[test]
fn an_account_is_transferring_while_token_2022_says_so() {
    let transferring = |extensions: &[(u16, Vec<u8>)]| {
        TokenAccount::parse(&account(extensions)).unwrap().is_transferring()
    };
    let hook = |flag: u8| (TRANSFER_HOOK_ACCOUNT, vec![flag]);
    assert!(transferring(&[(IMMUTABLE_OWNER, vec![]), hook(1)]));
    assert!(!transferring(&[(IMMUTABLE_OWNER, vec![]), hook(0)]));
    assert!(!transferring(&[hook(2)]), "Token-2022 writes 0 or 1");
    assert!(!transferring(&[(IMMUTABLE_OWNER, vec![1]), (TRANSFER_HOOK_ACCOUNT, vec![])]));
    assert!(!transferring(&[]));
}
