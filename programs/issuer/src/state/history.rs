use anchor_lang::prelude::*;
use scrip_interface::action::HISTORY_LEN;

#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct HistoryEntry {
    pub effective_at: i64,
    /// Of a double; 0 while the place is free.
    pub multiplier: u64,
}

/// The last multipliers of a mint, as a ring. Seeds: `history`, mint. Read by
/// [`scrip_interface::action::History`].
#[account(zero_copy)]
#[derive(Debug)]
pub struct History {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    /// How many were recorded and not taken back.
    pub recorded: u64,
    pub mint: Pubkey,
    pub entries: [HistoryEntry; HISTORY_LEN],
    pub reserved: [u8; 64],
}

impl History {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn record(&mut self, effective_at: i64, multiplier: u64) {
        if let Some(entry) = self.place(self.recorded) {
            *entry = HistoryEntry { effective_at, multiplier };
        }
        self.recorded = self.recorded.saturating_add(1);
    }

    /// Takes the last one back. What its place held before is forgotten: 31 are left for a while.
    pub fn take_back(&mut self) {
        self.recorded = self.recorded.saturating_sub(1);
        if let Some(entry) = self.place(self.recorded) {
            *entry = HistoryEntry::default();
        }
    }

    fn place(&mut self, number: u64) -> Option<&mut HistoryEntry> {
        let len = u64::try_from(HISTORY_LEN).ok()?;
        let place = usize::try_from(number.checked_rem(len)?).ok()?;
        self.entries.get_mut(place)
    }
}
