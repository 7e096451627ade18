//! Addresses are derived once: to derive one takes longer than most instructions.

use solana_pubkey::Pubkey;
use std::{cell::RefCell, collections::HashMap};

type Address = (Pubkey, u8);

thread_local! {
    static KNOWN: RefCell<HashMap<Vec<u8>, Address>> = RefCell::default();
}

/// The address of `what` of these keys, which `derive` gives the first time.
fn once(what: &str, keys: &[&[u8]], derive: impl FnOnce() -> Address) -> Address {
    let key = [what.as_bytes(), &keys.concat()].concat();
    let known = KNOWN.with_borrow(|known| known.get(&key).copied());
    known.unwrap_or_else(|| {
        let address = derive();
        KNOWN.with_borrow_mut(|known| known.insert(key, address));
        address
    })
}

/// An owner's associated account of a mint.
pub fn associated(owner: &Pubkey, mint: &Pubkey, program: &Pubkey) -> Pubkey {
    let keys = [owner.as_ref(), mint.as_ref(), program.as_ref()];
    let derive = || scrip_interface::token_account::associated(owner, program, mint);
    once("associated", &keys, || (derive(), 0)).0
}

/// The same of a mint of Token-2022.
pub fn token_account(owner: &Pubkey, mint: &Pubkey) -> Pubkey {
    associated(owner, mint, &scrip_interface::mint::TOKEN_2022)
}

/// What addresses are derived from.
trait Seed {
    fn bytes(&self) -> Vec<u8>;
}

impl Seed for &Pubkey {
    fn bytes(&self) -> Vec<u8> {
        self.to_bytes().to_vec()
    }
}

impl Seed for &[u8; 4] {
    fn bytes(&self) -> Vec<u8> {
        self.to_vec()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Seed for $number {
            fn bytes(&self) -> Vec<u8> {
                self.to_le_bytes().to_vec()
            }
        })+
    };
}
numbers!(u8, u32, u64);

/// A room of addresses in which the frequent ones are derived once.
macro_rules! room {
    ($room:ident from $whole:path as $from:ident: $($name:ident($($seed:ident: $type:ty),+);)+) => {
        pub mod $room {
            #[allow(unused_imports, reason = "the rare ones, which are derived each time")]
            pub use $whole::*;

            use super::{Address, Seed, once};
            use $whole as $from;
            use solana_pubkey::Pubkey;

            $(pub fn $name(program: &Pubkey, $($seed: $type),+) -> Address {
                let seeds = [program.bytes(), $($seed.bytes()),+];
                let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
                let what = concat!(stringify!($room), " ", stringify!($name));
                once(what, &seeds, || $from::$name(program, $($seed),+))
            })+
        }
    };
}

room! { pda from scrip_interface::pda as whole:
    role_grant(issuer: &Pubkey, wallet: &Pubkey);
    announcement(issuer: &Pubkey, id: u64);
    ticker(mint: &Pubkey);
    nonce_window(mint: &Pubkey);
    authority(mint: &Pubkey);
    delegate(mint: &Pubkey);
    escrow(mint: &Pubkey);
    hold(mint: &Pubkey, token_account: &Pubkey);
    owner_limits(mint: &Pubkey, owner: &Pubkey);
    corporate_action(mint: &Pubkey, sequence: u32);
    redemption(mint: &Pubkey, owner: &Pubkey, id: u64);
}

room! { gate_pda from scrip_interface::gate::pda as whole:
    registry(issuer: &Pubkey);
    provider(issuer: &Pubkey, number: u8);
    wallet(issuer: &Pubkey, owner: &Pubkey);
    policy(mint: &Pubkey);
    hook_metas(mint: &Pubkey);
}

room! { feed_pda from scrip_interface::collateral::pda as whole:
    feed(curator: &Pubkey, mint: &Pubkey);
    calendar(curator: &Pubkey, mic: &[u8; 4]);
}

room! { lender_pda from scrip_interface::lender::pda as whole:
    market(creator: &Pubkey, id: u64);
    collateral(market: &Pubkey, mint: &Pubkey);
    position(market: &Pubkey, owner: &Pubkey);
    supplier(market: &Pubkey, owner: &Pubkey);
}
