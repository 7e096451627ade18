//! What COMPLIANCE decides wants that role, of that issuer, given to who signs, in its time.

use gate::error::GateError;
use issuer::state::{Issuer, RoleGrant};
use scrip_interface::{gate::pda, issuer::role};
use scrip_tests::{
    build::{TIMELOCK_SECS, YEAR, grant_role},
    records::{
        Office, assert_turned_away, bar_investor, close_investor, create_provider, create_registry,
        drop_venue, limits, set_provider, set_venue, unbar_investor,
    },
    vm::key,
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// An office in which each of [`decisions`] can be made.
struct Stage {
    office: Office,
    unregistered: Pubkey,
    barred: Pubkey,
    person: Pubkey,
    empty: Pubkey,
    venue: Pubkey,
}

impl Stage {
    fn new() -> Self {
        let mut office = Office::new();
        let (person, _) = office.person("alice");
        let (barred, _) = office.person("bob");
        office.manage(bar_investor(&office, &barred).instruction()).unwrap();
        let venue = key("venue").pubkey();
        office.manage(set_venue(&office, &venue).instruction()).unwrap();
        let empty = office.investor("carol");
        let unregistered = office.world.another_issuer();
        Self { office, unregistered, barred, person, empty, venue }
    }

    /// Every instruction that COMPLIANCE makes, by an operator and with a grant. The registry that is
    /// to be created is another issuer's: it has a test of its own.
    fn decisions(&self, operator: Pubkey, grant: Option<Pubkey>) -> Vec<Instruction> {
        let office = &self.office;
        let provider = &office.provider;
        macro_rules! by_them {
            ($($call:expr),* $(,)?) => {
                vec![$({
                    let mut call = $call;
                    call.accounts.operator = operator;
                    call.accounts.role_grant = grant;
                    call.instruction()
                }),*]
            };
        }
        by_them![
            create_provider(office, 1, key("authority").pubkey()),
            set_provider(office, &provider.address, limits(office)),
            set_venue(office, &key("another venue").pubkey()),
            drop_venue(office, &self.venue),
            bar_investor(office, &self.person),
            unbar_investor(office, &self.barred),
            close_investor(office, provider, &self.empty),
        ]
    }

    /// None of them is made so.
    #[track_caller]
    fn refused(&mut self, operator: &Keypair, grant: Option<Pubkey>, error: GateError) {
        for decision in self.decisions(operator.pubkey(), grant) {
            assert_turned_away(self.office.refused(decision, &[operator]), error);
        }
    }
}

#[test]
fn the_officer_decides() {
    let mut stage = Stage::new();
    let (officer, grant) = (stage.office.officer.pubkey(), stage.office.role_grant);
    for decision in stage.decisions(officer, Some(grant)) {
        stage.office.manage(decision).unwrap();
    }
}

#[test]
fn nobody_decides_without_the_role() {
    let mut stage = Stage::new();
    let world = &mut stage.office.world;
    let (thief, admin) = (key("thief"), world.admin.insecure_clone());
    let (officers, officer) = (stage.office.role_grant, stage.office.officer.insecure_clone());
    // All others, and none.
    let others = world.grant(&thief.pubkey(), role::ALL & !role::COMPLIANCE);
    let missing = GateError::PowerMissing;
    stage.refused(&thief, None, missing);
    stage.refused(&thief, Some(others), missing);
    stage.refused(&thief, Some(officers), missing);
    // The admin has it by a grant only, the officer only with the grant.
    stage.refused(&admin, None, missing);
    stage.refused(&admin, Some(officers), missing);
    stage.refused(&officer, None, missing);
}

#[test]
fn a_role_ends_with_its_grant() {
    let mut stage = Stage::new();
    let (officer, grant) = (stage.office.officer.insecure_clone(), stage.office.role_grant);
    let expires_at = stage.office.world.vm.state::<RoleGrant>(&grant).expires_at;
    stage.office.world.vm.set_time(expires_at);
    stage.refused(&officer, Some(grant), GateError::RoleGrantExpired);
    stage.office.world.vm.set_time(expires_at - 1);
    let set = set_provider(&stage.office, &stage.office.provider.address, limits(&stage.office));
    stage.office.manage(set.instruction()).unwrap();
}

#[test]
fn a_grant_of_another_issuer_counts_nothing() {
    let mut stage = Stage::new();
    let (thief, other) = (key("thief"), stage.unregistered);
    let world = &mut stage.office.world;
    // The other issuer's admin is the same: it announces and grants there.
    let mut grant = grant_role(world, &thief.pubkey(), role::LIST);
    grant.accounts.issuer = other;
    grant.accounts.role_grant =
        scrip_interface::pda::role_grant(&issuer::ID, &other, &thief.pubkey()).0;
    let admin = world.admin.insecure_clone();
    grant.send(&mut world.vm, &[&admin]).unwrap();
    // As the other issuer's officer.
    let address = grant.accounts.role_grant;
    world.vm.edit(&address, |account| account.data[10] = 0xFF);
    assert_ne!(world.vm.state::<RoleGrant>(&address).roles & role::COMPLIANCE, 0);
    stage.refused(&thief, Some(address), GateError::PowerMissing);
}

#[test]
fn a_grant_or_issuer_of_an_attackers_program_counts_nothing() {
    let mut stage = Stage::new();
    let (thief, officer) = (key("thief"), stage.office.officer.insecure_clone());
    let (issuer, grant) = (stage.office.issuer(), stage.office.role_grant);
    let forge = |stage: &mut Stage, of: &Pubkey, name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut account = stage.office.world.vm.account(of).unwrap();
        change(&mut account.data);
        account.owner = key("an attacker's program").pubkey();
        let address = key(name).pubkey();
        stage.office.world.vm.svm.set_account(address, account).unwrap();
        address
    };
    let to_thief = |data: &mut Vec<u8>| data[48..80].copy_from_slice(thief.pubkey().as_ref());
    let forged = forge(&mut stage, &grant, "forged grant", &to_thief);
    stage.refused(&thief, Some(forged), GateError::PowerMissing);
    // An account of the right program that is no grant.
    let ticker = stage.office.world.listed.accounts.ticker;
    stage.refused(&officer, Some(ticker), GateError::PowerMissing);

    // A registry for an issuer that is none.
    let payer = stage.office.world.vm.payer.pubkey();
    let forged_issuer = forge(&mut stage, &issuer, "forged issuer", &|_| {});
    let custodian = stage.office.world.custodian.accounts.custodian;
    for none in [forged_issuer, custodian, Pubkey::new_unique()] {
        let create = create_registry(payer, officer.pubkey(), Some(grant), none);
        let outcome = stage.office.officer_refused(create.instruction());
        assert_turned_away(outcome, GateError::WrongIssuer);
    }
}

#[test]
fn create_registry_is_the_officers_of_that_issuer() {
    let mut stage = Stage::new();
    let (other, grant) = (stage.unregistered, stage.office.role_grant);
    let payer = stage.office.world.vm.payer.pubkey();
    let officer = stage.office.officer.pubkey();
    let create = create_registry(payer, officer, Some(grant), other);
    let outcome = stage.office.officer_refused(create.instruction());
    assert_turned_away(outcome, GateError::PowerMissing);
    let admin = stage.office.world.admin.insecure_clone();
    let create = create_registry(payer, admin.pubkey(), None, other);
    let outcome = stage.office.refused(create.instruction(), &[&admin]);
    assert_turned_away(outcome, GateError::PowerMissing);
    let state: Issuer = stage.office.world.vm.state(&other);
    assert_eq!(state.admin, admin.pubkey());
    // There is one for each issuer.
    let again = create_registry(payer, officer, Some(grant), stage.office.issuer());
    scrip_tests::vm::assert_fails_with(stage.office.officer_refused(again.instruction()), 0);
    let registry = pda::registry(&gate::ID, &stage.office.issuer()).0;
    assert_eq!(stage.office.registry, registry);
    assert!(i64::from(TIMELOCK_SECS) < YEAR);
}
