//! Reading accounts: each generated account knows the bytes it begins with.

use crate::catalog::Program;
use borsh::BorshDeserialize;
use thiserror::Error;

/// An account of one of the programs. The generated accounts are.
pub trait Account: BorshDeserialize {
    const NAME: &'static str;
    /// What its bytes begin with.
    const DISCRIMINATOR: &'static [u8];
    /// Whose it is.
    const PROGRAM: &'static Program;

    /// Reads an account's bytes; what follows the last known field is left. Which program owns the
    /// account is for the caller to check.
    fn decode(data: &[u8]) -> Result<Self, DecodeError> {
        if !data.starts_with(Self::DISCRIMINATOR) {
            return Err(DecodeError::OtherKind(Self::NAME));
        }
        let mut rest = data;
        Self::deserialize(&mut rest).map_err(|_| DecodeError::Malformed(Self::NAME))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    #[error("the account is no {0}: it begins with other bytes")]
    OtherKind(&'static str),
    #[error("the account begins like {0}, but is cut off or holds what this release cannot read")]
    Malformed(&'static str),
}
