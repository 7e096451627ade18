//! The gate program: records, evidence, policies, the transfer hook, the gate of sRFC-37.

mod can_transfer;
mod changes;
mod docs;
mod errors;
mod hook;
mod hook_accounts;
mod hook_exits;
mod hook_sequences;
mod investors;
mod layouts;
mod lists;
mod other_clients;
mod own_registry;
mod policies;
mod policy_changes;
mod powers;
mod providers;
mod sas;
mod sas_sync;
mod sequence_rules;
mod sequences;
mod streams;
mod token_acl;
mod venues;
mod verdicts;
mod wallets;
