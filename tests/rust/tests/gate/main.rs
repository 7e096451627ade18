//! The gate program: records, evidence, policies.

mod accounts;
mod changes;
mod investors;
mod layouts;
mod own_registry;
mod powers;
mod providers;
mod sas;
mod sas_sync;
mod sequences;
mod streams;
mod venues;
mod verdicts;
mod wallets;
