//! Program ids. They are configuration: who runs a deployment of their own sets
//! `SCRIP_ISSUER_ID`, `SCRIP_GATE_ID`, `SCRIP_COLLATERAL_ID` or `SCRIP_LENDER_ID` when compiling. The defaults have
//! no private key; a local validator is told to place the programs there.

use solana_pubkey::Pubkey;

pub const ISSUER: Pubkey = match option_env!("SCRIP_ISSUER_ID") {
    Some(id) => Pubkey::from_str_const(id),
    None => Pubkey::from_str_const("ScripissuerXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
};

pub const GATE: Pubkey = match option_env!("SCRIP_GATE_ID") {
    Some(id) => Pubkey::from_str_const(id),
    None => Pubkey::from_str_const("ScripgateXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
};

pub const COLLATERAL: Pubkey = match option_env!("SCRIP_COLLATERAL_ID") {
    Some(id) => Pubkey::from_str_const(id),
    None => Pubkey::from_str_const("Scripco11atera1XXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
};

pub const LENDER: Pubkey = match option_env!("SCRIP_LENDER_ID") {
    Some(id) => Pubkey::from_str_const(id),
    None => Pubkey::from_str_const("Scrip1enderXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
};
