mod can_transfer;
mod claim_policy;
mod create_policy;
mod create_registry;
mod govern_policy;
mod list_extra_accounts;
mod set_policy;

pub use can_transfer::*;
pub use claim_policy::*;
pub use create_policy::*;
pub use create_registry::*;
pub use govern_policy::*;
pub use list_extra_accounts::*;
pub use set_policy::*;
