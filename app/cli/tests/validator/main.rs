//! `scrip` as people run it, against the local validator whose address is in SCRIP_URL: `cargo xtask test cli`.

mod actions;
mod audit;
mod batch;
mod compliance;
mod desk;
mod files;
mod governance;
mod kyc;
mod settings;
mod stranger;
