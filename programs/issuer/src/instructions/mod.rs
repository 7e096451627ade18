mod attest_mint;
mod create_attestor_set;
mod create_custodian;
mod create_issuer;
mod list_ticker;
mod request_redemption;
mod settle_redemption;

pub use attest_mint::*;
pub use create_attestor_set::*;
pub use create_custodian::*;
pub use create_issuer::*;
pub use list_ticker::*;
pub use request_redemption::*;
pub use settle_redemption::*;
