mod investor;
mod policy;
mod provider;
mod registry;
mod wallet;

pub use investor::*;
pub use policy::*;
pub use provider::*;
pub use registry::*;
pub use wallet::*;

/// A bit for each numeric code of ISO 3166-1.
pub type Countries = [u8; scrip_interface::gate::COUNTRY_BYTES];
