//! The issuer program, instruction by instruction.

mod acknowledge_redemption;
mod admin;
mod announcements;
mod attest_mint;
mod attest_mint_nonces;
mod attest_mint_reserves;
mod attest_mint_signatures;
mod calls_by_programs;
mod create_attestor_set;
mod create_custodian;
mod create_issuer;
mod errors;
mod layouts;
mod list_ticker;
mod posted_attestations;
mod posted_consumption;
mod reclaim_redemption;
mod reject_redemption;
mod request_redemption;
mod reserve_ratio;
mod reserves;
mod return_redemption;
mod roles;
mod settle_redemption;
mod statements;
mod streams;
