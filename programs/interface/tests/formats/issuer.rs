//! Reading the issuer program's accounts, and who has which power.

use crate::{a, bytes, counting, key, only_whole};
use scrip_interface::{
    issuer::{DEFAULT_TIMELOCK_SECS, Issuer, Mode, PowerError, RoleGrant, Ticker, role},
    math::Timestamp,
};

const ISSUER_LEN: usize = 288;
const GRANT_LEN: usize = 152;
const TICKER_LEN: usize = 568;

fn put(data: &mut [u8], at: usize, value: &[u8]) {
    data[at..at + value.len()].copy_from_slice(value);
}

#[test]
fn accounts_are_read_whole_or_not_at_all() {
    let issuer = counting("Issuer", ISSUER_LEN);
    only_whole(&issuer, ISSUER_LEN, 0..8, |data| Issuer::parse(data).is_some());
    let grant = counting("RoleGrant", GRANT_LEN);
    only_whole(&grant, GRANT_LEN, 0..8, |data| RoleGrant::parse(data).is_some());
    let ticker = counting("Ticker", TICKER_LEN);
    only_whole(&ticker, TICKER_LEN, 0..8, |data| Ticker::parse(data).is_some());
}

#[test]
fn fields_are_read_from_their_places() {
    let data = counting("Issuer", ISSUER_LEN);
    let issuer = Issuer::parse(&data).unwrap();
    assert_eq!(issuer.admin(), key(&data, 56));
    assert_eq!(issuer.timelock_secs(), u32::from_le_bytes(bytes(&data, 12)));

    let data = counting("RoleGrant", GRANT_LEN);
    let grant = RoleGrant::parse(&data).unwrap();
    assert_eq!(grant.roles(), u16::from_le_bytes(bytes(&data, 10)));
    assert_eq!((grant.issuer(), grant.wallet()), (key(&data, 16), key(&data, 48)));
    assert_eq!(grant.expires_at(), Timestamp(i64::from_le_bytes(bytes(&data, 80))));

    let data = counting("Ticker", TICKER_LEN);
    let ticker = Ticker::parse(&data).unwrap();
    assert_eq!((ticker.issuer(), ticker.mint()), (key(&data, 32), key(&data, 96)));
}

#[test]
fn an_issuer_of_the_first_release_waits_two_days() {
    let mut data = counting("Issuer", ISSUER_LEN);
    put(&mut data, 12, &[0; 4]);
    assert_eq!(Issuer::parse(&data).unwrap().timelock_secs(), 172_800);
    assert_eq!(DEFAULT_TIMELOCK_SECS, 172_800);
    put(&mut data, 12, &1u32.to_le_bytes());
    assert_eq!(Issuer::parse(&data).unwrap().timelock_secs(), 1);
}

#[test]
fn a_mode_is_a_byte_and_a_name() {
    let modes = [(Mode::Open, "open"), (Mode::Frozen, "frozen"), (Mode::Hooked, "hooked")];
    let mut data = counting("Ticker", TICKER_LEN);
    for (byte, (mode, name)) in (0..).zip(modes) {
        data[441] = byte;
        assert_eq!(Ticker::parse(&data).unwrap().mode(), Some(mode));
        assert_eq!((mode as u8, Mode::from_byte(byte), mode.name()), (byte, Some(mode), name));
    }
    data[441] = 3;
    assert_eq!(Ticker::parse(&data).unwrap().mode(), None, "of a later release");
}

#[test]
fn roles_keep_their_bits() {
    use role::{CASH, COMPLIANCE, CORPORATE_ACTION, LIST, PAUSE, UNPAUSE};
    let all = [LIST, PAUSE, UNPAUSE, COMPLIANCE, CORPORATE_ACTION, CASH];
    assert_eq!(all, [1, 2, 4, 8, 16, 32]);
    assert_eq!((role::ALL, role::OF_ADMIN, role::TIMELOCKED), (0b11_1111, 0b00_0111, 0b11_1000));
}

/// Issuer at address 1 with admin 2; a grant of COMPLIANCE and PAUSE to wallet 3 until 1,000.
fn power(operator: u8, grant: Option<&[u8]>, role: u16, now: i64) -> Result<(), PowerError> {
    let mut issuer = counting("Issuer", ISSUER_LEN);
    put(&mut issuer, 56, &[2; 32]);
    let grant = grant.map(|data| RoleGrant::parse(data).unwrap());
    Issuer::parse(&issuer).unwrap().require_power(
        &a(1),
        &a(operator),
        grant.as_ref(),
        role,
        Timestamp(now),
    )
}

fn grant(issuer: u8, wallet: u8) -> Vec<u8> {
    let mut data = counting("RoleGrant", GRANT_LEN);
    put(&mut data, 10, &(role::COMPLIANCE | role::PAUSE).to_le_bytes());
    put(&mut data, 16, &[issuer; 32]);
    put(&mut data, 48, &[wallet; 32]);
    put(&mut data, 80, &1_000i64.to_le_bytes());
    data
}

#[test]
fn the_admin_has_its_roles_without_a_grant() {
    let expired = grant(1, 2);
    for role in [role::LIST, role::PAUSE, role::UNPAUSE] {
        assert_eq!(power(2, None, role, 0), Ok(()));
        assert_eq!(power(2, Some(&expired), role, 2_000), Ok(()), "a grant is not looked at");
        assert_eq!(power(3, None, role, 0), Err(PowerError::Missing));
    }
    for role in [role::COMPLIANCE, role::CORPORATE_ACTION, role::CASH] {
        assert_eq!(power(2, None, role, 0), Err(PowerError::Missing));
    }
    assert_eq!(power(2, Some(&grant(1, 2)), role::COMPLIANCE, 0), Ok(()));
}

#[test]
fn a_grant_gives_its_roles_to_its_wallet_under_its_issuer() {
    let given = grant(1, 3);
    for (role, has) in [
        (role::LIST, false),
        (role::PAUSE, true),
        (role::UNPAUSE, false),
        (role::COMPLIANCE, true),
        (role::CORPORATE_ACTION, false),
        (role::CASH, false),
    ] {
        let answer = if has { Ok(()) } else { Err(PowerError::Missing) };
        assert_eq!(power(3, Some(&given), role, 0), answer, "{role}");
    }
    for (issuer, wallet) in [(9, 3), (1, 9), (9, 9)] {
        let other = grant(issuer, wallet);
        assert_eq!(power(3, Some(&other), role::COMPLIANCE, 0), Err(PowerError::Missing));
    }
}

#[test]
fn a_grant_counts_up_to_its_last_second() {
    let given = grant(1, 3);
    let at = |now| power(3, Some(&given), role::COMPLIANCE, now);
    assert_eq!((at(999), at(1_000)), (Ok(()), Err(PowerError::Expired)));
}
