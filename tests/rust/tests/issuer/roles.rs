//! Role grants: who may do what, until when, and what must be announced first.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{RoleGranted, RoleRevoked},
    state::{Change, RoleGrant, role},
};
use scrip_interface::pda;
use scrip_tests::{
    build::{
        ListTicker, Rival, TIMELOCK_SECS, YEAR, announce_change, announcement, grant_role, padded,
        revoke_role, role_grant, set_issuer_pause,
    },
    vm::{Outcome, START, assert_fails, assert_fails_with, key},
    world::World,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const ALL_ROLES: [u16; 6] =
    [role::LIST, role::PAUSE, role::UNPAUSE, role::COMPLIANCE, role::CORPORATE_ACTION, role::CASH];

/// A world and a wallet that has these roles, of those that need no announcement.
fn with_role(roles: u16) -> (World, Keypair) {
    let (mut world, wallet) = (World::new(), key("wallet"));
    let admin = world.admin.insecure_clone();
    grant_role(&world, &wallet.pubkey(), roles).send(&mut world.vm, &[&admin]).unwrap();
    (world, wallet)
}

/// Lists a second ticker as `operator`, with this grant.
fn list(world: &mut World, operator: &Keypair, grant: Option<Pubkey>) -> Outcome {
    let payer = world.vm.payer.pubkey();
    let mut list = ListTicker::new(&payer, &world.custodian.accounts, key("mint 2"));
    list.set_symbol(padded("NVDAx"));
    list.accounts.operator = operator.pubkey();
    list.accounts.role_grant = grant;
    list.send(&mut world.vm, operator)
}

#[test]
fn grant_role_records_who_may_do_what_until_when() {
    let (mut world, wallet) = (World::new(), key("wallet").pubkey());
    let admin = world.admin.insecure_clone();
    let roles = role::LIST | role::PAUSE | role::UNPAUSE;
    let receipt = grant_role(&world, &wallet, roles).send(&mut world.vm, &[&admin]).unwrap();
    let grant: RoleGrant = world.vm.state(&role_grant(&world, &wallet));
    assert_eq!((grant.issuer, grant.wallet), (world.issuer(), wallet));
    assert_eq!((grant.version, grant.roles, grant.expires_at), (2, roles, START + YEAR));
    let [event] = &receipt.events::<RoleGranted>()[..] else { panic!("one event") };
    assert_eq!((event.wallet, event.roles, event.expires_at), (wallet, roles, START + YEAR));
}

#[test]
fn grant_role_wants_dangerous_roles_announced_even_beside_others_and_for_the_admin() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    for roles in [
        role::COMPLIANCE,
        role::CORPORATE_ACTION,
        role::CASH,
        role::CASH | role::LIST,
        role::ALL,
        u16::MAX,
    ] {
        for wallet in [key("wallet").pubkey(), admin.pubkey()] {
            let grant = grant_role(&world, &wallet, roles);
            let outcome = grant.send(&mut world.vm, &[&admin]);
            assert_fails(outcome, IssuerError::AnnouncementMissing);
            assert!(world.vm.account(&grant.accounts.role_grant).is_none());
        }
    }
}

#[test]
fn grant_role_grants_dangerous_roles_exactly_as_announced() {
    let (mut world, wallet) = (World::new(), key("wallet").pubkey());
    let admin = world.admin.insecure_clone();
    let mut grant = grant_role(&world, &wallet, role::CASH | role::LIST);
    let issuer::instructions::GrantRoleArgs { roles, expires_at } = grant.data.args;
    let change = Change::GrantRole { wallet, roles, expires_at };
    announce_change(&world, 0, change).send(&mut world.vm, &[&admin]).unwrap();
    grant.accounts.announcement = Some(announcement(&world, 0));
    assert_fails(grant.send(&mut world.vm, &[&admin]), IssuerError::TimelockNotPassed);
    world.vm.set_time(START + i64::from(TIMELOCK_SECS));

    for (roles, expires_at) in [
        (role::CASH, expires_at),
        (role::CASH | role::LIST | role::PAUSE, expires_at),
        (roles, expires_at + 1),
    ] {
        let mut other = grant_role(&world, &wallet, roles);
        other.data.args.expires_at = expires_at;
        other.accounts.announcement = grant.accounts.announcement;
        assert_fails(other.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMismatch);
    }
    let mut other = grant_role(&world, &key("other").pubkey(), roles);
    other.data.args.expires_at = expires_at;
    other.accounts.announcement = grant.accounts.announcement;
    assert_fails(other.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementMismatch);

    grant.send(&mut world.vm, &[&admin]).unwrap();
    // Revoked, it does not come back by the same announcement.
    revoke_role(&world, &wallet).send(&mut world.vm, &[&admin]).unwrap();
    assert_fails(grant.send(&mut world.vm, &[&admin]), IssuerError::AnnouncementUsed);
    assert!(world.vm.account(&grant.accounts.role_grant).is_none());
}

#[test]
fn grant_role_rejects_no_or_unknown_roles_and_a_time_that_has_passed() {
    let (mut world, wallet) = (World::new(), key("wallet").pubkey());
    let admin = world.admin.insecure_clone();
    for roles in [0, role::ALL + 1, role::PAUSE | 1 << 15] {
        let grant = grant_role(&world, &wallet, roles);
        assert_fails(grant.send(&mut world.vm, &[&admin]), IssuerError::RolesInvalid);
    }
    for expires_at in [START, START - 1, i64::MIN] {
        let mut grant = grant_role(&world, &wallet, role::LIST);
        grant.data.args.expires_at = expires_at;
        assert_fails(grant.send(&mut world.vm, &[&admin]), IssuerError::RolesInvalid);
    }
    let mut grant = grant_role(&world, &wallet, role::LIST);
    grant.data.args.expires_at = START + 1;
    grant.send(&mut world.vm, &[&admin]).unwrap();
}

#[test]
fn grant_role_gives_a_wallet_one_grant_that_no_other_replaces() {
    let (mut world, wallet) = with_role(role::PAUSE);
    let admin = world.admin.insecure_clone();
    let again = grant_role(&world, &wallet.pubkey(), role::UNPAUSE);
    // The System program's "already in use".
    assert_fails_with(again.send(&mut world.vm, &[&admin]), 0);
    let revoke = revoke_role(&world, &wallet.pubkey()).instruction();
    world.vm.send(&[revoke, again.instruction()], &[&admin]).unwrap();
    let grant: RoleGrant = world.vm.state(&role_grant(&world, &wallet.pubkey()));
    assert_eq!(grant.roles, role::UNPAUSE);
}

#[test]
fn grant_role_rejects_who_is_not_admin() {
    let (mut world, wallet) = with_role(role::OF_ADMIN);
    let rival = Rival::new(&mut world);
    for other in [&wallet, &rival.admin, &key("thief")] {
        let mut grant = grant_role(&world, &key("friend").pubkey(), role::LIST);
        grant.accounts.admin = other.pubkey();
        assert_fails(grant.send(&mut world.vm, &[other]), IssuerError::NotAdmin);
    }
    // Neither does the grant's own address lie with another issuer.
    let mut grant = grant_role(&world, &key("friend").pubkey(), role::LIST);
    grant.accounts.admin = rival.admin.pubkey();
    grant.accounts.issuer = rival.issuer;
    let outcome = grant.send(&mut world.vm, &[&rival.admin]);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
}

#[test]
fn revoke_role_ends_it_at_once_and_returns_the_rent() {
    for by_wallet in [false, true] {
        let (mut world, wallet) = with_role(role::LIST);
        let address = role_grant(&world, &wallet.pubkey());
        let rent = world.vm.account(&address).unwrap().lamports;
        let payer = world.vm.payer.pubkey();
        let before = world.vm.account(&payer).unwrap().lamports;
        let mut revoke = revoke_role(&world, &wallet.pubkey());
        let operator = if by_wallet { &wallet } else { &world.admin.insecure_clone() };
        revoke.accounts.operator = operator.pubkey();
        let receipt = revoke.send(&mut world.vm, &[operator]).unwrap();
        let [event] = &receipt.events::<RoleRevoked>()[..] else { panic!("one event") };
        assert_eq!((event.wallet, event.roles), (wallet.pubkey(), role::LIST));
        let after = world.vm.account(&payer).unwrap().lamports;
        assert_eq!(after, before + rent - receipt.meta.fee);

        let outcome = list(&mut world, &wallet, Some(address));
        assert_fails_with(outcome, ErrorCode::AccountOwnedByWrongProgram.into());
    }
}

#[test]
fn revoke_role_rejects_everybody_else() {
    let (mut world, wallet) = with_role(role::PAUSE);
    let (admin, rival) = (world.admin.insecure_clone(), Rival::new(&mut world));
    let other = key("other");
    let grant = grant_role(&world, &other.pubkey(), role::OF_ADMIN);
    grant.send(&mut world.vm, &[&admin]).unwrap();
    for operator in [&other, &rival.admin] {
        let mut revoke = revoke_role(&world, &wallet.pubkey());
        revoke.accounts.operator = operator.pubkey();
        assert_fails(revoke.send(&mut world.vm, &[operator]), IssuerError::NotAdmin);
    }
    let mut revoke = revoke_role(&world, &wallet.pubkey());
    revoke.accounts.operator = rival.admin.pubkey();
    revoke.accounts.issuer = rival.issuer;
    assert_fails(revoke.send(&mut world.vm, &[&rival.admin]), IssuerError::WrongIssuer);
    let mut revoke = revoke_role(&world, &wallet.pubkey());
    revoke.accounts.rent_payer = admin.pubkey();
    assert_fails(revoke.send(&mut world.vm, &[&admin]), IssuerError::WrongRentPayer);
    assert!(world.vm.account(&role_grant(&world, &wallet.pubkey())).is_some());
}

#[test]
fn list_ticker_works_by_the_list_role_and_by_no_other() {
    for roles in ALL_ROLES {
        let (mut world, wallet) = (World::new(), key("wallet"));
        let admin = world.admin.insecure_clone();
        let mut grant = grant_role(&world, &wallet.pubkey(), roles);
        if roles & role::TIMELOCKED != 0 {
            let expires_at = grant.data.args.expires_at;
            let change = Change::GrantRole { wallet: wallet.pubkey(), roles, expires_at };
            announce_change(&world, 0, change).send(&mut world.vm, &[&admin]).unwrap();
            world.vm.set_time(START + i64::from(TIMELOCK_SECS));
            grant.accounts.announcement = Some(announcement(&world, 0));
        }
        grant.send(&mut world.vm, &[&admin]).unwrap();
        let outcome = list(&mut world, &wallet, Some(grant.accounts.role_grant));
        if roles == role::LIST {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::PowerMissing);
        }
    }
}

#[test]
fn a_role_counts_until_the_second_before_its_expiry() {
    for (now, valid) in [(START + YEAR - 1, true), (START + YEAR, false)] {
        let (mut world, wallet) = with_role(role::LIST);
        world.vm.set_time(now);
        let grant = role_grant(&world, &wallet.pubkey());
        let outcome = list(&mut world, &wallet, Some(grant));
        if valid {
            outcome.unwrap();
        } else {
            assert_fails(outcome, IssuerError::RoleGrantExpired);
        }
    }
}

#[test]
fn a_role_counts_for_its_own_wallet_and_issuer_only() {
    let (mut world, wallet) = with_role(role::LIST);
    let thief = key("thief");
    let grant = role_grant(&world, &wallet.pubkey());
    assert_fails(list(&mut world, &thief, None), IssuerError::PowerMissing);
    assert_fails(list(&mut world, &thief, Some(grant)), IssuerError::PowerMissing);

    // The thief has every role of an issuer of its own.
    let rival = Rival::new(&mut world);
    let mut own = grant_role(&world, &thief.pubkey(), role::OF_ADMIN);
    own.accounts.admin = rival.admin.pubkey();
    own.accounts.issuer = rival.issuer;
    let foreign = pda::role_grant(&issuer::ID, &rival.issuer, &thief.pubkey()).0;
    own.accounts.role_grant = foreign;
    own.send(&mut world.vm, &[&rival.admin]).unwrap();
    assert_fails(list(&mut world, &thief, Some(foreign)), IssuerError::WrongIssuer);
    // Being the admin elsewhere is worth nothing either.
    assert_fails(list(&mut world, &rival.admin, None), IssuerError::PowerMissing);

    // Another account of the program in its place.
    let ticker = world.listed.accounts.ticker;
    let outcome = list(&mut world, &wallet, Some(ticker));
    assert_fails_with(outcome, ErrorCode::AccountDiscriminatorMismatch.into());
    list(&mut world, &wallet, Some(grant)).unwrap();
}

#[test]
fn the_admin_pauses_lifts_and_lists_without_a_grant() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    set_issuer_pause(&world, 1, 0).send(&mut world.vm, &[&admin]).unwrap();
    set_issuer_pause(&world, 0, 1).send(&mut world.vm, &[&admin]).unwrap();
    list(&mut world, &admin, None).unwrap();
}
