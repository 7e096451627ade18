//! The gate program: its instructions, a world with a policy, and mints of others under it.

mod costs;
mod foreign;
mod hooked;
mod placed;
mod policy;
mod transfer;

pub use costs::*;
pub use foreign::*;
pub use hooked::*;
pub use placed::*;
pub use policy::*;
pub use transfer::*;
