//! Each instruction that a corporate action touches, or must not, at each second that matters:
//! before an action, while it waits for its timelock, once it may be scheduled, ahead, in the window
//! before and after its second, when it may be closed, and closed.

use issuer::{error::IssuerError, instructions::StatementArgs, state::Redemption};
use scrip_interface::{attestation::ReserveStatement, merkle, mint::TOKEN_2022, pda};
use scrip_tests::{
    build::*,
    vm::{Expected, Outcome, assert_outcome, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::instruction::transfer_checked;

const DAY: i64 = 86_400;
/// How long a band of prices is set for: to a second after the action, from the one in which the window begins.
const BAND_SECS: i64 = WINDOW + 1;
/// Of other programs: an address that has an account, and one that has none any more.
const TAKEN: u32 = 0;
const GONE: u32 = 3007;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// No action yet.
    Free,
    /// Announced by a role.
    Waiting,
    Ready,
    Scheduled,
    /// In the window, before its second.
    Closing,
    /// From its second on.
    Effective,
    Over,
    Closed,
}

use State::*;

/// The second before, the one, and the one after, of each change; counted from what the state says.
const SECONDS: [(State, i64); 18] = [
    (Free, 0),
    (Waiting, 0),
    (Waiting, -1),
    (Ready, 0),
    (Ready, 1),
    (Scheduled, -WINDOW - 2),
    (Scheduled, -WINDOW - 1),
    (Closing, -WINDOW),
    (Closing, -WINDOW + 1),
    (Closing, -1),
    (Effective, 0),
    (Effective, 1),
    (Effective, WINDOW - 2),
    (Effective, WINDOW - 1),
    (Over, WINDOW),
    (Over, WINDOW + 1),
    (Closed, WINDOW),
    (Closed, WINDOW + 1),
];

/// A ticker with a holder, a desk, and redemptions in every state, at one of these seconds.
struct Scene {
    world: World,
    desk: Desk,
    bob: Keypair,
    officer: Keypair,
    compliance: Officer,
    /// Open, rejected, overdue.
    requests: [RequestRedemption; 3],
    /// Signed for an action that is gone.
    gone: Option<(ScheduleAction, CancelAction)>,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let officer = world.action_officer();
        let compliance = world.officer();
        let desk = Desk::classic(&mut world);
        let bob = desk.holder(&mut world, "bob", 20 * SHARE);
        desk.coin.give(&mut world.vm, &bob.pubkey(), 1_000 * PRICE);
        let requests = [0, 1, 2].map(|id| {
            let request = RequestRedemption::new(&world, &bob.pubkey(), id, SHARE);
            request.send(&mut world, &bob).expect("a holder may redeem");
            request
        });
        reject(&mut world, &requests[1], 1).send(&mut world).expect("it can be rejected");
        let now = world.vm.now();
        for (request, deadline) in [(&requests[0], now + 30 * DAY), (&requests[2], now)] {
            world.vm.edit(&request.accounts.redemption, |account| {
                let at = 8 + std::mem::offset_of!(Redemption, deadline);
                account.data[at..at + 8].copy_from_slice(&deadline.to_le_bytes());
            });
        }
        // The next statement is a newer one.
        world.vm.set_time(now + 1);
        Self { world, desk, bob, officer, compliance, requests, gone: None }
    }

    fn at(state: State, offset: i64) -> Self {
        let mut scene = Self::new();
        let world = &mut scene.world;
        if state == Free {
            return scene;
        }
        let announce = announce_action_by(world, &scene.officer.pubkey(), split(10, 1));
        announce.send(&mut world.vm, &[&scene.officer]).expect("the role may announce");
        let ready = world.vm.now() + i64::from(TIMELOCK_SECS);
        match (state, offset) {
            (Waiting, 0) => return scene,
            (Waiting | Ready, offset) => {
                world.vm.set_time(ready + offset);
                scene.fresh_band();
                return scene;
            }
            _ => world.vm.set_time(ready),
        }
        scene.fresh_band();
        let world = &mut scene.world;
        let at = ready + DAY;
        schedule_action(world, at).send(world).expect("a quorum may schedule it");
        if state == Closed {
            world.complete_action().expect("it can be closed");
        }
        world.vm.set_time(at + offset);
        scene
    }

    /// A band that has not expired, unless by an action.
    fn fresh_band(&mut self) {
        let world = &mut self.world;
        let band = set_price_band(world, &self.desk);
        band.send(&mut world.vm, &[&self.desk.operator]).expect("a band can be set");
    }

    fn statement(&self) -> StatementArgs {
        let as_of = self.world.vm.now();
        StatementArgs { as_of, settled_shares_e8: AFTER_E8, receivable_shares_e8: 0 }
    }

    /// Where the next action would be, whether or not one is open.
    fn next_action(&self) -> Pubkey {
        let sequence = self.world.ticker().action_sequence + 1;
        pda::corporate_action(&issuer::ID, &self.world.mint(), sequence).0
    }
}

/// An instruction, and what must come of it in a state, so many seconds from the action's own.
type Row = (&'static str, fn(&mut Scene) -> Outcome, fn(State, i64) -> Expected);

const ROWS: [Row; 22] = [
    ("announce_action by a quorum", announce_by_quorum, unless_open),
    ("announce_action by the role", announce_by_role, unless_open),
    ("schedule_action", schedule, once_ready),
    ("cancel_action by a quorum", cancel_by_quorum, before_its_second),
    ("cancel_action by the role", cancel_by_role, before_its_second),
    ("close_action", close, once_over),
    ("set_action_window", lengthen_window, always),
    ("attest_mint", mint, outside_the_window),
    ("subscribe_for_cash", subscribe, inside_the_band),
    ("redeem_for_cash", redeem, inside_the_band),
    ("set_price_band", set_band, within_the_action),
    ("attest_reserves", state_reserves, not_of_its_second),
    ("apply_statement", apply, not_of_its_second),
    ("request_redemption", request, always),
    ("cancel_redemption", cancel_request, always),
    ("acknowledge_redemption", acknowledge_request, always),
    ("settle_redemption", settle, always),
    ("reject_redemption", reject_request, always),
    ("claim_redemption", claim_rejected, always),
    ("reclaim_redemption", reclaim_overdue, always),
    ("a transfer of Token-2022", transfer, always),
    ("announce_seizure", seize, always),
];

/// Each instruction at each second of a state, on the same world every time.
fn rows_hold_in(states: &[State]) {
    for (state, offset) in SECONDS.into_iter().filter(|(state, _)| states.contains(state)) {
        let mut scene = Scene::at(state, offset);
        let before = scene.world.vm.svm.clone();
        for (name, send, expected) in ROWS {
            let outcome = send(&mut scene);
            let what = format!("{name}, {state:?} {offset}");
            assert_outcome(outcome, expected(state, offset), &what);
            scene.world.vm.svm = before.clone();
        }
    }
}

fn fails(error: IssuerError) -> Expected {
    Err(error.into())
}

#[test]
fn before_an_action_all_is_open() {
    rows_hold_in(&[Free]);
}

#[test]
fn an_announcement_changes_nothing_but_that_no_other_can_be_made() {
    rows_hold_in(&[Waiting, Ready]);
}

#[test]
fn a_scheduled_action_can_only_be_cancelled_and_closes_nothing_until_its_window() {
    rows_hold_in(&[Scheduled]);
}

#[test]
fn the_window_before_closes_minting_and_trades_alone() {
    rows_hold_in(&[Closing]);
}

#[test]
fn the_window_after_closes_the_same_and_nothing_is_taken_back_any_more() {
    rows_hold_in(&[Effective]);
}

#[test]
fn once_its_window_has_passed_all_is_open_whether_or_not_somebody_has_closed_it() {
    rows_hold_in(&[Over, Closed]);
}

fn always(_: State, _: i64) -> Expected {
    Ok(())
}

/// While one is open none other is announced.
fn unless_open(state: State, _: i64) -> Expected {
    match state {
        Free | Closed => Ok(()),
        Waiting | Ready => Err(TAKEN),
        Scheduled | Closing | Effective | Over => fails(IssuerError::ActionOpen),
    }
}

fn once_ready(state: State, _: i64) -> Expected {
    match state {
        Free | Closed => Err(GONE),
        Waiting => fails(IssuerError::TimelockNotPassed),
        Ready => Ok(()),
        Scheduled | Closing | Effective | Over => fails(IssuerError::ActionScheduled),
    }
}

fn before_its_second(state: State, _: i64) -> Expected {
    match state {
        Free | Closed => Err(GONE),
        Waiting | Ready | Scheduled | Closing => Ok(()),
        Effective | Over => fails(IssuerError::ActionEffective),
    }
}

fn once_over(state: State, _: i64) -> Expected {
    match state {
        Free | Closed => Err(GONE),
        Waiting | Ready => fails(IssuerError::ActionNotScheduled),
        Scheduled | Closing | Effective => fails(IssuerError::ActionNotOver),
        Over => Ok(()),
    }
}

fn outside_the_window(state: State, _: i64) -> Expected {
    match state {
        Closing | Effective => fails(IssuerError::CorporateActionWindow),
        _ => Ok(()),
    }
}

/// The band of prices ends with the action: that is what is wrong after the window.
fn inside_the_band(state: State, offset: i64) -> Expected {
    match state {
        Over | Closed => fails(IssuerError::PriceOutsideBand),
        _ => outside_the_window(state, offset),
    }
}

/// No band outlives a pending action.
fn within_the_action(state: State, offset: i64) -> Expected {
    match state {
        Scheduled | Closing if offset + BAND_SECS > 0 => fails(IssuerError::PriceBandInvalid),
        _ => Ok(()),
    }
}

/// What is held from its second on was said when it was scheduled: a statement of that second is not newer.
fn not_of_its_second(state: State, offset: i64) -> Expected {
    match (state, offset) {
        (Effective, 0) => fails(IssuerError::StatementNotNewer),
        _ => Ok(()),
    }
}

fn announce_by_quorum(scene: &mut Scene) -> Outcome {
    let mut call = announce_action(&mut scene.world, split(2, 1));
    call.call.accounts.action = scene.next_action();
    call.send(&mut scene.world)
}

fn announce_by_role(scene: &mut Scene) -> Outcome {
    let mut call = announce_action_by(&scene.world, &scene.officer.pubkey(), split(2, 1));
    call.accounts.action = scene.next_action();
    call.send(&mut scene.world.vm, &[&scene.officer])
}

/// What was signed for an action, sent when it is gone.
fn gone(scene: &mut Scene, send: fn(&mut Scene) -> Outcome) -> Outcome {
    announce_action(&mut scene.world, split(2, 1)).send(&mut scene.world)?;
    let at = scene.world.vm.now() + DAY;
    let signed = (schedule_action(&mut scene.world, at), cancel_action(&mut scene.world));
    cancel_action(&mut scene.world).send(&mut scene.world)?;
    scene.gone = Some(signed);
    let outcome = send(scene);
    scene.gone = None;
    outcome
}

fn schedule(scene: &mut Scene) -> Outcome {
    match &scene.gone {
        Some((signed, _)) => signed.send(&mut scene.world),
        None if scene.world.ticker().open_action == 0 => gone(scene, schedule),
        None => {
            let at = scene.world.vm.now() + DAY;
            schedule_action(&mut scene.world, at).send(&mut scene.world)
        }
    }
}

fn cancel_by_quorum(scene: &mut Scene) -> Outcome {
    match &scene.gone {
        Some((_, signed)) => signed.send(&mut scene.world),
        None if scene.world.ticker().open_action == 0 => gone(scene, cancel_by_quorum),
        None => cancel_action(&mut scene.world).send(&mut scene.world),
    }
}

fn cancel_by_role(scene: &mut Scene) -> Outcome {
    let call = cancel_action_by(&scene.world, &scene.officer.pubkey());
    call.send(&mut scene.world.vm, &[&scene.officer])
}

fn close(scene: &mut Scene) -> Outcome {
    close_action(&scene.world).send(&mut scene.world.vm, &[])
}

fn lengthen_window(scene: &mut Scene) -> Outcome {
    let admin = scene.world.admin.insecure_clone();
    set_action_window(&scene.world, 901, 901).send(&mut scene.world.vm, &[&admin])
}

fn mint(scene: &mut Scene) -> Outcome {
    let mut mint = AttestMint::new(&mut scene.world, &scene.bob.pubkey(), 1);
    mint.args.statement = scene.statement();
    mint.send(&mut scene.world)
}

fn subscribe(scene: &mut Scene) -> Outcome {
    let mut call = Subscribe::new(&mut scene.world, &scene.desk, &scene.bob.pubkey());
    call.args.statement = scene.statement();
    call.send(&mut scene.world, &scene.bob)
}

fn redeem(scene: &mut Scene) -> Outcome {
    let call = Redeem::new(&mut scene.world, &scene.desk, &scene.bob.pubkey());
    call.send(&mut scene.world, &scene.bob)
}

fn set_band(scene: &mut Scene) -> Outcome {
    let mut call = set_price_band(&scene.world, &scene.desk);
    call.data.args.expires_at = scene.world.vm.now() + BAND_SECS;
    call.send(&mut scene.world.vm, &[&scene.desk.operator])
}

fn state_reserves(scene: &mut Scene) -> Outcome {
    let statement = scene.statement();
    attest_reserves(&mut scene.world, statement).send(&mut scene.world)
}

/// One root for all tickers, and what it says of this one.
fn apply(scene: &mut Scene) -> Outcome {
    let (statement, world) = (scene.statement(), &mut scene.world);
    let sequence = world.ticker().action_sequence;
    let root = merkle::leaf(&world.mint(), sequence, &ReserveStatement::from(statement));
    attest_statement(world, statement.as_of, root).send(world)?;
    apply_statement(&world.listed, AFTER_E8, 0, vec![]).send(&mut world.vm, &[])
}

fn request(scene: &mut Scene) -> Outcome {
    let request = RequestRedemption::new(&scene.world, &scene.bob.pubkey(), 3, SHARE);
    request.send(&mut scene.world, &scene.bob)
}

fn cancel_request(scene: &mut Scene) -> Outcome {
    cancel(&scene.world, &scene.requests[0]).send(&mut scene.world.vm, &[&scene.bob])
}

fn acknowledge_request(scene: &mut Scene) -> Outcome {
    acknowledge(&mut scene.world, &scene.requests[0]).send(&mut scene.world)
}

fn settle(scene: &mut Scene) -> Outcome {
    SettleRedemption::new(&mut scene.world, &scene.requests[0], SHARE).send(&mut scene.world)
}

fn reject_request(scene: &mut Scene) -> Outcome {
    reject(&mut scene.world, &scene.requests[0], 1).send(&mut scene.world)
}

fn claim_rejected(scene: &mut Scene) -> Outcome {
    claim(&scene.world, &scene.requests[1]).send(&mut scene.world.vm, &[&scene.bob])
}

fn reclaim_overdue(scene: &mut Scene) -> Outcome {
    reclaim(&scene.world, &scene.requests[2]).send(&mut scene.world.vm, &[&scene.bob])
}

fn transfer(scene: &mut Scene) -> Outcome {
    let (world, bob) = (&mut scene.world, scene.bob.pubkey());
    let mint = world.mint();
    let alice = world.investor("alice").pubkey();
    let [from, to] = [bob, alice].map(|owner| token_account(&owner, &mint));
    let transfer = transfer_checked(&TOKEN_2022, &from, &mint, &to, &bob, &[], 1, 8).unwrap();
    world.vm.send(&[transfer], &[&scene.bob])
}

fn seize(scene: &mut Scene) -> Outcome {
    let to = key("alice").pubkey();
    let case = Case::new(&scene.compliance, &scene.bob.pubkey(), &to);
    let call = case.announce(&scene.world);
    call.send(&mut scene.world.vm, &[&scene.compliance.wallet])
}
