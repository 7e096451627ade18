//! Token ACL's config of a mint, against Borsh.

use super::choices;
use anchor_lang::prelude::AccountInfo;
use borsh::{BorshDeserialize, BorshSerialize};
use gate::{constants::TOKEN_ACL, token_acl::config_authority};
use solana_pubkey::Pubkey;

/// As Token ACL writes it.
#[derive(BorshDeserialize, BorshSerialize)]
struct Config {
    discriminator: u8,
    bump: u8,
    permissionless_thaw: u8,
    permissionless_freeze: u8,
    mint: [u8; 32],
    freeze_authority: [u8; 32],
    gating_program: [u8; 32],
}

/// Whether it is of another program or another mint, then the account.
pub fn seeds() -> Vec<Vec<u8>> {
    let config = Config {
        discriminator: 1,
        bump: 254,
        permissionless_thaw: 1,
        permissionless_freeze: 1,
        mint: [1; 32],
        freeze_authority: [2; 32],
        gating_program: [3; 32],
    };
    vec![[vec![0, 0], borsh::to_vec(&config).expect("it serialises")].concat()]
}

pub fn check(input: &[u8]) -> bool {
    let ([foreign, other], data) = choices(input);
    let theirs = Config::try_from_slice(data).ok().filter(|config| config.discriminator == 1);
    let mut mint = theirs.as_ref().map_or([0; 32], |config| config.mint);
    mint[31] ^= other;
    let owner = if foreign == 0 { TOKEN_ACL } else { Pubkey::new_from_array([foreign; 32]) };
    let (key, mut lamports, mut copy) = (Pubkey::default(), 1, data.to_vec());
    let account = AccountInfo::new(&key, false, false, &mut lamports, &mut copy, &owner, false);
    let ours = config_authority(&account, &Pubkey::new_from_array(mint));
    let counts = theirs.filter(|config| foreign == 0 && config.mint == mint);
    assert_eq!(ours.map(|key| key.to_bytes()), counts.map(|config| config.freeze_authority));
    ours.is_some()
}
