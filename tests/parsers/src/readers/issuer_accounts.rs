//! The issuer's accounts as other programs read them, against the issuer's own types.

use super::zero_copy;
use crate::files::first_layout;
use anchor_lang::Discriminator;
use bytemuck::Zeroable;
use issuer::state;
use scrip_interface::{
    action::{HISTORY_LEN, History, PastMultiplier},
    issuer::{Issuer, Mode, PowerError, RoleGrant, Ticker, role},
};
use scrip_math::{RawAmount, Timestamp};
use solana_pubkey::Pubkey;

const NOW: Timestamp = Timestamp(1_795_186_800);

pub fn seeds() -> Vec<Vec<u8>> {
    let grant = state::RoleGrant {
        version: 1,
        roles: role::COMPLIANCE,
        wallet: Pubkey::new_from_array([4; 32]),
        expires_at: NOW.0 + 1,
        ..Zeroable::zeroed()
    };
    let mut history = state::History { version: 1, recorded: 3, ..Zeroable::zeroed() };
    for (place, multiplier) in [1.0f64, 1.0026, 10.0].into_iter().enumerate() {
        let effective_at = NOW.0 - 1_000 + 100 * place as i64;
        history.entries[place] =
            state::HistoryEntry { effective_at, multiplier: multiplier.to_bits() };
    }
    vec![
        first_layout("issuer"),
        first_layout("ticker"),
        [state::RoleGrant::DISCRIMINATOR, bytemuck::bytes_of(&grant)].concat(),
        [state::History::DISCRIMINATOR, bytemuck::bytes_of(&history)].concat(),
    ]
}

pub fn check(data: &[u8]) -> bool {
    let (issuer, grant) = (Issuer::parse(data), RoleGrant::parse(data));
    let (ticker, history) = (Ticker::parse(data), History::parse(data));
    let theirs = zero_copy::<state::Issuer>(data);
    assert_eq!(issuer.is_some(), theirs.is_some());
    if let (Some(ours), Some(theirs)) = (&issuer, &theirs) {
        assert_same_issuer(ours, theirs);
    }
    let theirs = zero_copy::<state::RoleGrant>(data);
    assert_eq!(grant.is_some(), theirs.is_some());
    if let (Some(ours), Some(theirs)) = (&grant, &theirs) {
        assert_same_grant(ours, theirs);
    }
    // A ticker has grown since its first layout, which is read too.
    if let (Some(ours), Some(theirs)) = (&ticker, zero_copy::<state::Ticker>(data)) {
        assert_eq!((ours.issuer(), ours.mint()), (theirs.issuer, theirs.mint));
        let known = [Mode::Open, Mode::Frozen, Mode::Hooked];
        assert_eq!(ours.mode(), known.get(usize::from(theirs.mode)).copied());
    }
    if let Some(ticker) = &ticker {
        let _ = (ticker.issuer(), ticker.mint(), ticker.mode());
    }
    let theirs = zero_copy::<state::History>(data);
    assert_eq!(history.is_some(), theirs.is_some());
    if let (Some(ours), Some(theirs)) = (&history, &theirs) {
        assert_same_history(ours, theirs);
    }
    issuer.is_some() || grant.is_some() || ticker.is_some() || history.is_some()
}

fn assert_same_issuer(ours: &Issuer, theirs: &state::Issuer) {
    assert_eq!((ours.admin(), ours.timelock_secs()), (theirs.admin, theirs.timelock_secs()));
    let address = Pubkey::new_from_array([5; 32]);
    for bit in 0..16 {
        let role = 1 << bit;
        let granted = ours.require_power(&address, &theirs.admin, None, role, NOW).is_ok();
        assert_eq!(granted, role & role::OF_ADMIN != 0);
    }
}

fn assert_same_grant(ours: &RoleGrant, theirs: &state::RoleGrant) {
    assert_eq!((ours.roles(), ours.expires_at().0), (theirs.roles, theirs.expires_at));
    assert_eq!((ours.issuer(), ours.wallet()), (theirs.issuer, theirs.wallet));
    // With an issuer whose admin is another: the grant alone decides.
    let admin = Pubkey::new_from_array(theirs.wallet.to_bytes().map(|byte| !byte));
    let issuer = state::Issuer { admin, ..Zeroable::zeroed() };
    let data = [state::Issuer::DISCRIMINATOR, bytemuck::bytes_of(&issuer)].concat();
    let issuer = Issuer::parse(&data).expect("an issuer");
    for bit in 0..16 {
        let given = theirs.roles >> bit & 1 == 1;
        let expected = match (given, theirs.expires_at > NOW.0) {
            (false, _) => Err(PowerError::Missing),
            (true, false) => Err(PowerError::Expired),
            (true, true) => Ok(()),
        };
        let of = |address, wallet| issuer.require_power(address, wallet, Some(ours), 1 << bit, NOW);
        assert_eq!(of(&theirs.issuer, &theirs.wallet), expected);
        assert_eq!(
            of(&admin, &theirs.wallet),
            if admin == theirs.issuer { expected } else { Err(PowerError::Missing) }
        );
    }
}

fn assert_same_history(ours: &History, theirs: &state::History) {
    assert_eq!(ours.mint(), theirs.mint);
    let told = theirs.entries.iter().filter(|entry| entry.multiplier != 0).map(|entry| {
        let effective_at = Timestamp(entry.effective_at);
        PastMultiplier { effective_at, bits: entry.multiplier }
    });
    let told: Vec<_> = told.collect();
    assert!(ours.entries().eq(told.iter().copied()) && told.len() <= HISTORY_LEN);
    let counts = told.iter().filter(|entry| entry.effective_at <= NOW);
    let latest = counts.map(|entry| entry.effective_at.0).max();
    assert_eq!(ours.at(NOW).map(|entry| entry.effective_at.0), latest);
    // Whatever the multiplier, an answer.
    let _ = ours.shares_at(RawAmount(u64::MAX), NOW);
}
