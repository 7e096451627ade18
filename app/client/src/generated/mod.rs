//! Made by `npm run generate` from app/idl. Not to be edited.

pub mod collateral;
pub mod gate;
pub mod issuer;
pub mod lender;
