//! The issuer program, instruction by instruction.

mod acknowledge_redemption;
mod attest_mint;
mod attest_mint_nonces;
mod attest_mint_reserves;
mod attest_mint_signatures;
mod create_attestor_set;
mod create_custodian;
mod create_issuer;
mod errors;
mod layouts;
mod list_ticker;
mod reclaim_redemption;
mod reject_redemption;
mod request_redemption;
mod return_redemption;
mod settle_redemption;
mod streams;
