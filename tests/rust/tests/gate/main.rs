//! The gate program, instruction by instruction.

mod hook;
mod hook_accounts;
mod hook_exits;
mod lists;
mod policies;
mod policy_changes;
