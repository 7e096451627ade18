//! Limits that are the same for every issuer.

use anchor_lang::prelude::*;

/// Version of every account layout of this release.
pub const LAYOUT_VERSION: u8 = 1;

/// Wallets of one investor: a change of the investor writes all of them in one instruction.
pub const MAX_WALLETS: usize = 8;
/// Providers of one issuer: a policy has a bit for each.
pub const MAX_PROVIDERS: u8 = 64;
/// The longest time for which a record counts.
pub const MAX_VALIDITY_SECS: u32 = 2 * 366 * 24 * 60 * 60;
/// How long the loosening of a policy waits for a mint without a ticker. With one, the issuer's own
/// timelock counts.
pub const FOREIGN_TIMELOCK_SECS: u32 = 24 * 60 * 60;

/// The program of sRFC-37, which holds the freeze authority of the mints under it.
pub const TOKEN_ACL: Pubkey = pubkey!("TACLkU6CiCdkQN2MjoyDkVg2yAH9zkxiHDsiztQ52TP");
/// The Solana Attestation Service.
pub const SAS: Pubkey = pubkey!("22zoJMtdu4tQc2PzL74ZUT7FrwgB1Udec8DdW4yw4BdG");
