//! The lender's accounts, which are Borsh, against their layout told anew: every field lies where the sum of those before
//! it ends.

use crate::files::{fixture, from_hex};
use scrip_interface::lender::{Collateral, LenderAccount, Market, Position, Supplier};
use solana_pubkey::Pubkey;

pub fn seeds() -> Vec<Vec<u8>> {
    let accounts = &fixture("lending_golden.json")["accounts"];
    ["collateral", "market", "position", "supplier"].map(|name| from_hex(&accounts[name])).into()
}

pub fn check(data: &[u8]) -> bool {
    market(data) | collateral(data) | position(data) | supplier(data)
}

/// What is still to be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// Of an account with this tag, of the first layout and not shorter than it is.
    fn of<T: LenderAccount>(tag: &[u8; 8], data: &'a [u8]) -> Option<Self> {
        let rest = data.strip_prefix(tag)?.strip_prefix(&[1])?;
        (data.len() >= T::LEN).then_some(Self(rest))
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.0.split_first_chunk().expect("long enough");
        self.0 = rest;
        *taken
    }

    fn byte(&mut self) -> u8 {
        u8::from_le_bytes(self.bytes())
    }

    fn short(&mut self) -> u16 {
        u16::from_le_bytes(self.bytes())
    }

    fn word(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    fn key(&mut self) -> Pubkey {
        Pubkey::new_from_array(self.bytes())
    }
}

/// As it was read, it is written.
fn written<T: LenderAccount>(account: &T, data: &[u8]) {
    let mut copy = vec![0; T::LEN];
    account.write(&mut copy).expect("long enough");
    assert_eq!(copy, data[..T::LEN]);
}

fn market(data: &[u8]) -> bool {
    let ours = Market::read(data);
    let fields = Fields::of::<Market>(b"LendMrkt", data);
    assert_eq!(ours.is_some(), fields.is_some());
    let (Some(ours), Some(mut fields)) = (ours, fields) else { return false };
    assert_eq!((ours.bump, ours.owner, ours.id), (fields.byte(), fields.key(), fields.word()));
    let keys = [ours.cash_mint, ours.cash_program, ours.cash_vault];
    assert_eq!(keys, [fields.key(), fields.key(), fields.key()]);
    assert_eq!(ours.cash_decimals, fields.byte());
    let terms = ours.terms;
    let rates = [terms.base_rate_bps, terms.slope_bps, terms.close_factor_bps];
    assert_eq!(rates, [fields.short(), fields.short(), fields.short()]);
    assert_eq!(terms.min_debt, fields.word());
    let words = [ours.accrued_at.cast_unsigned(), ours.index, ours.debt_units];
    assert_eq!(words, [fields.word(), fields.word(), fields.word()]);
    let words = [ours.cash, ours.shares, ours.bad_debt];
    assert_eq!(words, [fields.word(), fields.word(), fields.word()]);
    assert_eq!(ours.reserved, fields.bytes());
    written(&ours, data);
    true
}

fn collateral(data: &[u8]) -> bool {
    let ours = Collateral::read(data);
    let fields = Fields::of::<Collateral>(b"LendColl", data);
    assert_eq!(ours.is_some(), fields.is_some());
    let (Some(ours), Some(mut fields)) = (ours, fields) else { return false };
    assert_eq!(ours.bump, fields.byte());
    let keys = [ours.market, ours.mint, ours.feed, ours.vault];
    assert_eq!(keys, [fields.key(), fields.key(), fields.key(), fields.key()]);
    assert_eq!(ours.decimals, fields.byte());
    let terms = ours.terms;
    assert_eq!(terms.config_hash, fields.bytes());
    let parts = [terms.ltv_bps, terms.liquidation_bps, terms.bonus_bps];
    assert_eq!(parts, [fields.short(), fields.short(), fields.short()]);
    assert_eq!([terms.max_raw, ours.deposited], [fields.word(), fields.word()]);
    assert_eq!(ours.reserved, fields.bytes());
    written(&ours, data);
    true
}

fn position(data: &[u8]) -> bool {
    let ours = Position::read(data);
    let fields = Fields::of::<Position>(b"LendPosn", data);
    assert_eq!(ours.is_some(), fields.is_some());
    let (Some(ours), Some(mut fields)) = (ours, fields) else { return false };
    assert_eq!((ours.bump, ours.market, ours.owner), (fields.byte(), fields.key(), fields.key()));
    assert_eq!(ours.debt_units, fields.word());
    for holding in &ours.holdings {
        assert_eq!((holding.collateral, holding.raw), (fields.key(), fields.word()));
    }
    assert_eq!(ours.reserved, fields.bytes());
    let used = ours.holdings.iter().position(|held| held.collateral == Pubkey::default());
    assert_eq!(ours.holdings().count(), used.unwrap_or(ours.holdings.len()));
    written(&ours, data);
    true
}

fn supplier(data: &[u8]) -> bool {
    let ours = Supplier::read(data);
    let fields = Fields::of::<Supplier>(b"LendSupp", data);
    assert_eq!(ours.is_some(), fields.is_some());
    let (Some(ours), Some(mut fields)) = (ours, fields) else { return false };
    assert_eq!((ours.bump, ours.market, ours.owner), (fields.byte(), fields.key(), fields.key()));
    assert_eq!((ours.shares, ours.reserved), (fields.word(), fields.bytes()));
    written(&ours, data);
    true
}
