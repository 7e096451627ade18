mod attestor_set;
mod custodian;
mod issuer;
mod nonce_window;
mod redemption;
mod symbol;
mod ticker;

pub use attestor_set::*;
pub use custodian::*;
pub use issuer::*;
pub use nonce_window::*;
pub use redemption::*;
pub use symbol::*;
pub use ticker::*;
