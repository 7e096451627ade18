//! The gate program, instruction by instruction.

mod can_transfer;
mod hook;
mod hook_accounts;
mod hook_exits;
mod hook_sequences;
mod lists;
mod other_clients;
mod policies;
mod policy_changes;
mod token_acl;
