//! Each instruction of a seizure, and the hold's own, at each second that matters: before its
//! timelock, while it may be executed, expired; contested, the same again; executed.

use crate::execute_seizure::scene;
use issuer::error::IssuerError;
use scrip_interface::issuer::Mode;
use scrip_tests::{
    build::{Case, Officer, lift_hold},
    vm::{Expected, Outcome, assert_outcome, key},
    world::World,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Of the system program: an address that has an account.
const TAKEN: u32 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It waits for a timelock.
    Waiting,
    /// It may be executed.
    Ripe,
    Expired,
    Executed,
}

use State::*;

/// From which of the two times, and so many seconds after it.
#[derive(Clone, Copy, Debug)]
enum Second {
    Announced,
    Execute(i64),
    Expire(i64),
}

const SECONDS: [(State, Second); 9] = [
    (Waiting, Second::Announced),
    (Waiting, Second::Execute(-1)),
    (Ripe, Second::Execute(0)),
    (Ripe, Second::Execute(1)),
    (Ripe, Second::Expire(-1)),
    (Expired, Second::Expire(0)),
    (Expired, Second::Expire(1)),
    (Executed, Second::Execute(0)),
    (Executed, Second::Expire(1)),
];

struct Scene {
    world: World,
    officer: Officer,
    alice: Keypair,
    to: Pubkey,
}

impl Scene {
    fn case(&self) -> Case<'_> {
        Case::new(&self.officer, &self.alice.pubkey(), &self.to)
    }

    fn at(state: State, contested: bool, second: Second) -> Self {
        let (mut world, officer, alice, to) = scene(Mode::Frozen);
        let case = Case::new(&officer, &alice.pubkey(), &to);
        case.announced(&mut world);
        if contested {
            case.contested(&mut world, &alice).expect("its owner may object");
        }
        let it = case.state(&world);
        if state == Executed {
            case.ripen(&mut world);
            case.executed(&mut world).expect("it may be executed");
        }
        match second {
            Second::Announced => {}
            Second::Execute(offset) => world.vm.set_time(it.execute_at + offset),
            Second::Expire(offset) => world.vm.set_time(it.expires_at + offset),
        }
        Self { world, officer, alice, to }
    }

    fn announce(&mut self, hash: [u8; 32]) -> Outcome {
        let call = Case { hash, ..self.case() }.announce(&self.world);
        call.send(&mut self.world.vm, &[&self.officer.wallet])
    }

    fn cancel_as(&mut self, wallet: &Keypair, role_grant: Option<Pubkey>) -> Outcome {
        let mut call = self.case().cancel(&self.world);
        (call.accounts.operator, call.accounts.role_grant) = (wallet.pubkey(), role_grant);
        call.send(&mut self.world.vm, &[wallet])
    }
}

/// An instruction, and what must come of it in a state, of a seizure that was contested or not.
type Row = (&'static str, fn(&mut Scene) -> Outcome, fn(State, bool) -> Expected);

const ROWS: [Row; 8] = [
    ("announce_seizure, the same case", |scene| scene.announce([5; 32]), |_, _| Err(TAKEN)),
    (
        "announce_seizure, another case",
        |scene| scene.announce([8; 32]),
        |state, _| match state {
            Executed => Ok(()),
            _ => fails(IssuerError::HoldUnderSeizure),
        },
    ),
    (
        "contest_seizure",
        |scene| {
            let call = scene.case().contest(&scene.world);
            call.send(&mut scene.world.vm, &[&scene.alice])
        },
        |state, contested| match (state, contested) {
            (Executed, _) => fails(IssuerError::SeizureExecuted),
            (_, true) => fails(IssuerError::SeizureContested),
            (Waiting, false) => Ok(()),
            (Ripe | Expired, false) => fails(IssuerError::ContestTooLate),
        },
    ),
    (
        "cancel_seizure by compliance",
        |scene| {
            let (wallet, grant) = (scene.officer.wallet.insecure_clone(), scene.officer.role_grant);
            scene.cancel_as(&wallet, Some(grant))
        },
        |state, _| match state {
            Executed => fails(IssuerError::SeizureExecuted),
            _ => Ok(()),
        },
    ),
    (
        "cancel_seizure by the admin",
        |scene| {
            let admin = scene.world.admin.insecure_clone();
            scene.cancel_as(&admin, None)
        },
        |state, _| match state {
            Executed => fails(IssuerError::SeizureExecuted),
            _ => Ok(()),
        },
    ),
    (
        "cancel_seizure by a stranger",
        |scene| scene.cancel_as(&key("mallory"), None),
        |state, _| match state {
            Executed => fails(IssuerError::SeizureExecuted),
            Waiting | Ripe => fails(IssuerError::PowerMissing),
            Expired => Ok(()),
        },
    ),
    (
        "execute_seizure",
        |scene| {
            let call = scene.case().execute(&scene.world);
            call.send(&mut scene.world.vm, &[&scene.officer.wallet])
        },
        |state, _| match state {
            Waiting => fails(IssuerError::TimelockNotPassed),
            Ripe => Ok(()),
            Expired => fails(IssuerError::AnnouncementExpired),
            Executed => fails(IssuerError::SeizureExecuted),
        },
    ),
    (
        "lift_hold",
        |scene| {
            let call = lift_hold(&scene.world, &scene.officer, &scene.alice.pubkey());
            call.send(&mut scene.world.vm, &[&scene.officer.wallet])
        },
        |state, _| match state {
            Executed => Ok(()),
            _ => fails(IssuerError::HoldUnderSeizure),
        },
    ),
];

fn fails(error: IssuerError) -> Expected {
    Err(error.into())
}

fn rows_hold(contested: bool) {
    for (state, second) in SECONDS {
        let mut scene = Scene::at(state, contested, second);
        let before = scene.world.vm.svm.clone();
        for (name, send, expected) in ROWS {
            let outcome = send(&mut scene);
            let what = format!("{name}, {state:?} {second:?}, contested: {contested}");
            assert_outcome(outcome, expected(state, contested), &what);
            scene.world.vm.svm = before.clone();
        }
    }
}

#[test]
fn a_seizure_does_at_each_second_what_was_announced_for_it() {
    rows_hold(false);
}

#[test]
fn a_contested_seizure_does_so_a_timelock_later() {
    rows_hold(true);
}
