use super::Reasons;
use crate::mint::read;

/// The answer of `can_transfer`: why a transfer would be refused now, by who has to do something
/// about it. Its return data is the three numbers in this order, each as a u32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransferReasons {
    pub source: Reasons,
    pub destination: Reasons,
    /// Of the mint and its policy, whoever sends or receives.
    pub mint: Reasons,
}

impl TransferReasons {
    pub const LEN: usize = 12;

    /// Reads return data, of which the caller has checked that the gate program set it.
    pub fn parse(data: &[u8]) -> Option<Self> {
        let data: &[u8; Self::LEN] = data.try_into().ok()?;
        let number = |at| read(data, at).map(u32::from_le_bytes).map(Reasons);
        Some(Self { source: number(0)?, destination: number(4)?, mint: number(8)? })
    }

    /// Whether nothing is in the way.
    pub const fn is_empty(self) -> bool {
        self.source.is_empty() && self.destination.is_empty() && self.mint.is_empty()
    }
}
