//! Token accounts against Token-2022's own reader.

use crate::files::first_layout;
use scrip_interface::token_account::TokenAccount;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions, ExtensionType, StateWithExtensions,
        immutable_owner::ImmutableOwner, transfer_hook::TransferHookAccount,
    },
    state::Account,
};

pub fn seeds() -> Vec<Vec<u8>> {
    let holder = first_layout("holder_account");
    // With the flag that is up while a hook is called, and as one that is frozen.
    let mut moving = [holder.clone(), vec![15, 0, 1, 0, 1]].concat();
    moving[108] = 2;
    let mut still = moving.clone();
    *still.last_mut().expect("it is there") = 0;
    vec![holder, first_layout("escrow_account"), moving, still]
}

pub fn check(data: &[u8]) -> bool {
    let ours = TokenAccount::parse(data);
    if let Some(account) = &ours {
        let _ = (account.mint(), account.owner(), account.amount(), account.is_frozen());
        let _ = (account.has_immutable_owner(), account.is_transferring());
    }
    match StateWithExtensions::<Account>::unpack(data) {
        // Without extensions: no account of a Scrip mint is.
        Ok(_) if data.len() <= 165 => assert!(ours.is_none()),
        Ok(theirs) => assert_same(&ours.expect("theirs takes it"), &theirs),
        // Token-2022 owns what is read here, and writes none that it refuses.
        Err(_) => {}
    }
    ours.is_some()
}

fn assert_same(ours: &TokenAccount, theirs: &StateWithExtensions<Account>) {
    assert_eq!(ours.mint(), Some(theirs.base.mint));
    assert_eq!(ours.owner(), Some(theirs.base.owner));
    assert_eq!(ours.amount().map(|amount| amount.0), Some(theirs.base.amount));
    assert_eq!(ours.is_frozen(), theirs.base.is_frozen());
    let Ok(kinds) = theirs.get_extension_types() else { return };
    assert_eq!(ours.has_immutable_owner(), kinds.contains(&ExtensionType::ImmutableOwner));
    if kinds.contains(&ExtensionType::ImmutableOwner) {
        theirs.get_extension_bytes::<ImmutableOwner>().expect("it is on the list");
    }
    match theirs.get_extension::<TransferHookAccount>() {
        // Theirs takes any other byte for up, and writes only 1. A hook that takes it for down refuses.
        Ok(hook) if bytemuck::bytes_of(hook)[0] > 1 => assert!(!ours.is_transferring()),
        Ok(hook) => assert_eq!(ours.is_transferring(), bool::from(hook.transferring)),
        Err(_) if kinds.contains(&ExtensionType::TransferHookAccount) => {}
        Err(_) => assert!(!ours.is_transferring()),
    }
}
