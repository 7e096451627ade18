//! The gate program: records, evidence, policies.

mod accounts;
mod changes;
mod docs;
mod errors;
mod investors;
mod layouts;
mod own_registry;
mod powers;
mod providers;
mod sas;
mod sas_sync;
mod sequence_rules;
mod sequences;
mod streams;
mod venues;
mod verdicts;
mod wallets;
