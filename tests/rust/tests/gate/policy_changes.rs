//! Tighter at once, looser after the timelock; pauses.

use gate::{
    constants::FOREIGN_TIMELOCK_SECS,
    error::GateError,
    event::{
        ExtraAccountsListed, PolicyAnnounced, PolicyCancelled, PolicyChanged, PolicyPaused,
        PolicyUnpaused,
    },
    instruction::{CancelPolicy, PausePolicy, UnpausePolicy},
    state::PolicyTerms,
};
use proptest::prelude::*;
use scrip_interface::{
    gate::flag,
    issuer::{Mode, role},
};
use scrip_tests::{
    build::{TIMELOCK_SECS, role_grant},
    gate::{
        Foreign, GERMANY, Gated, SWITZERLAND, USA, apply_policy, assert_refused, countries,
        govern_policy, initialize_hook_list, policy_state, set_policy, terms,
    },
    golden,
    vm::{Outcome, key},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn looser() -> PolicyTerms {
    PolicyTerms { countries: countries(&[GERMANY, SWITZERLAND, USA]), ..terms() }
}

/// By a wallet with its grant, if it has one.
fn by<D: anchor_lang::InstructionData>(gated: &mut Gated, operator: &Keypair, data: D) -> Outcome {
    let (issuer, mint) = (gated.issuer(), gated.mint());
    let grant = role_grant(gated, &operator.pubkey());
    let grant = gated.vm.account(&grant).map(|_| grant);
    govern_policy(&issuer, &operator.pubkey(), grant, &mint, data).send(&mut gated.vm, &[operator])
}

#[test]
fn each_tightening_counts_at_once_and_each_loosening_waits() {
    let mut base = terms();
    (base.flags, base.providers) = (flag::ALL, 0b11);
    let changed = |edit: fn(&mut PolicyTerms)| {
        let mut terms = base;
        edit(&mut terms);
        terms
    };
    let tighter = [
        base,
        changed(|terms| terms.countries = countries(&[GERMANY])),
        changed(|terms| terms.min_tier = 2),
        changed(|terms| terms.providers = 0b10),
        changed(|terms| terms.flags = flag::SOURCE_CHECK),
    ];
    let looser = [
        changed(|terms| terms.countries = countries(&[GERMANY, SWITZERLAND, USA])),
        changed(|terms| terms.min_tier = 0),
        changed(|terms| terms.flags = flag::VENUES),
        // One country for another.
        changed(|terms| terms.countries = countries(&[USA])),
        // Tighter in all but one.
        PolicyTerms { countries: [0; 128], min_tier: 0, providers: 0, flags: flag::SOURCE_CHECK },
    ];
    let mut gated = Gated::with_terms(Mode::Frozen, base);
    let mint = gated.mint();
    let start = gated.vm.svm.clone();
    for terms in tighter {
        gated.vm.svm = start.clone();
        let receipt = gated.set_policy(terms).unwrap();
        let state = policy_state(&gated.vm, &mint);
        assert_eq!((state.terms(), state.pending_at), (terms, 0));
        assert_eq!(receipt.events::<PolicyChanged>()[0].terms, terms);
    }
    for terms in looser {
        gated.vm.svm = start.clone();
        let receipt = gated.set_policy(terms).unwrap();
        let pending_at = gated.vm.now() + i64::from(TIMELOCK_SECS);
        let state = policy_state(&gated.vm, &mint);
        assert_eq!((state.terms(), state.pending_at), (base, pending_at));
        let event = &receipt.events::<PolicyAnnounced>()[0];
        assert_eq!((event.terms, event.pending_at), (terms, pending_at));

        gated.vm.set_time(pending_at - 1);
        let apply = apply_policy(&mint);
        assert_refused(apply.send(&mut gated.vm, &[]), GateError::TimelockNotOver);
        gated.vm.set_time(pending_at);
        let receipt = apply.send(&mut gated.vm, &[]).unwrap();
        let state = policy_state(&gated.vm, &mint);
        assert_eq!((state.terms(), state.pending_at), (terms, 0));
        assert_eq!(receipt.events::<PolicyChanged>()[0].terms, terms);
        assert_refused(apply.send(&mut gated.vm, &[]), GateError::NothingPending);
    }
}

#[test]
fn a_tightening_drops_what_is_pending() {
    let mut gated = Gated::new(Mode::Frozen);
    let mint = gated.mint();
    gated.set_policy(looser()).unwrap();
    let tighter = PolicyTerms { min_tier: 3, ..terms() };
    gated.set_policy(tighter).unwrap();
    let later = gated.vm.now() + 10 * i64::from(TIMELOCK_SECS);
    gated.vm.set_time(later);
    assert_refused(apply_policy(&mint).send(&mut gated.vm, &[]), GateError::NothingPending);
    assert_eq!(policy_state(&gated.vm, &mint).terms(), tighter);
}

#[test]
fn another_announcement_waits_anew() {
    let mut gated = Gated::new(Mode::Frozen);
    let mint = gated.mint();
    gated.set_policy(looser()).unwrap();
    let first = policy_state(&gated.vm, &mint).pending_at;
    gated.vm.set_time(first - 1);
    let loosest = PolicyTerms { min_tier: 0, ..looser() };
    gated.set_policy(loosest).unwrap();
    gated.vm.set_time(first);
    assert_refused(apply_policy(&mint).send(&mut gated.vm, &[]), GateError::TimelockNotOver);
}

#[test]
fn pending_terms_can_be_cancelled() {
    let mut gated = Gated::new(Mode::Frozen);
    let (mint, officer, admin) =
        (gated.mint(), gated.officer.insecure_clone(), gated.admin.insecure_clone());
    assert_refused(by(&mut gated, &officer, CancelPolicy {}), GateError::NothingPending);
    gated.set_policy(looser()).unwrap();
    assert_refused(by(&mut gated, &admin, CancelPolicy {}), GateError::PowerMissing);
    let receipt = by(&mut gated, &officer, CancelPolicy {}).unwrap();
    assert_eq!(receipt.events::<PolicyCancelled>().len(), 1);
    let later = gated.vm.now() + i64::from(TIMELOCK_SECS);
    gated.vm.set_time(later);
    assert_refused(apply_policy(&mint).send(&mut gated.vm, &[]), GateError::NothingPending);
}

#[test]
fn terms_change_by_compliance_only() {
    let mut gated = Gated::new(Mode::Frozen);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    let call = set_policy(&issuer, &admin.pubkey(), None, &mint, terms());
    assert_refused(call.send(&mut gated.vm, &[&admin]), GateError::PowerMissing);
    let other = key("clerk");
    let grant = gated.grant(&other.pubkey(), role::ALL & !role::COMPLIANCE);
    let call = set_policy(&issuer, &other.pubkey(), Some(grant), &mint, terms());
    assert_refused(call.send(&mut gated.vm, &[&other]), GateError::PowerMissing);
    // One's own registry is not the policy's.
    let own = set_policy(&other.pubkey(), &other.pubkey(), None, &mint, terms());
    scrip_tests::gate::create_registry(&gated.vm, &other.pubkey(), &other.pubkey(), None)
        .send(&mut gated.vm, &[&other])
        .unwrap();
    assert_refused(own.send(&mut gated.vm, &[&other]), GateError::WrongIssuer);
    // Nor may new terms name what there is not.
    let unknown = PolicyTerms { providers: 0b100, ..terms() };
    assert_refused(gated.set_policy(unknown), GateError::ProviderUnknown);
    let flags = PolicyTerms { flags: 0x80, ..terms() };
    assert_refused(gated.set_policy(flags), GateError::PolicyFlagsUnknown);
}

#[test]
fn who_pauses_cannot_unpause() {
    let mut gated = Gated::new(Mode::Frozen);
    let mint = gated.mint();
    let (pauser, unpauser) = (key("pauser"), key("unpauser"));
    gated.grant(&pauser.pubkey(), role::PAUSE);
    gated.grant(&unpauser.pubkey(), role::UNPAUSE);
    let officer = gated.officer.insecure_clone();
    for stranger in [&officer, &unpauser, &key("mallory")] {
        assert_refused(by(&mut gated, stranger, PausePolicy {}), GateError::PowerMissing);
    }
    let receipt = by(&mut gated, &pauser, PausePolicy {}).unwrap();
    assert_eq!(receipt.events::<PolicyPaused>().len(), 1);
    assert_eq!(policy_state(&gated.vm, &mint).paused, 1);
    assert_refused(by(&mut gated, &pauser, UnpausePolicy {}), GateError::PowerMissing);
    let receipt = by(&mut gated, &unpauser, UnpausePolicy {}).unwrap();
    assert_eq!(receipt.events::<PolicyUnpaused>().len(), 1);
    assert_eq!(policy_state(&gated.vm, &mint).paused, 0);
}

#[test]
fn a_foreign_mints_policy_loosens_after_a_day() {
    let mut foreign = Foreign::with_policy(terms());
    let (mint, keeper) = (foreign.mint, foreign.authority.insecure_clone());
    let wallet = keeper.pubkey();
    let call = set_policy(&wallet, &wallet, None, &mint, looser());
    call.send(&mut foreign.vm, &[&keeper]).unwrap();
    let ready = foreign.vm.now() + i64::from(FOREIGN_TIMELOCK_SECS);
    assert_eq!(policy_state(&foreign.vm, &mint).pending_at, ready);
    foreign.vm.set_time(ready);
    apply_policy(&mint).send(&mut foreign.vm, &[]).unwrap();
    let pause = govern_policy(&wallet, &wallet, None, &mint, PausePolicy {});
    pause.send(&mut foreign.vm, &[&keeper]).unwrap();
    assert_eq!(policy_state(&foreign.vm, &mint).paused, 1);
}

/// Sequence numbers without a gap, and the running hash that the account keeps.
#[test]
fn a_policys_stream_replays() {
    let mut gated = Gated::hooked();
    let mint = gated.mint();
    let officer = gated.officer.insecure_clone();
    gated.set_policy(PolicyTerms { min_tier: 2, ..terms() }).unwrap();
    gated.set_policy(terms()).unwrap();
    by(&mut gated, &officer, CancelPolicy {}).unwrap();
    gated.set_pause(true).unwrap();
    gated.set_pause(false).unwrap();
    assert!(gated.set_policy(PolicyTerms { flags: 0x80, ..terms() }).is_err());

    let policy = scrip_tests::gate::policy_address(&mint);
    let (mut sequence, mut hash) = (0u64, [0; 32]);
    for event in gated.vm.events.iter().filter(|event| event[16..48] == policy.to_bytes()) {
        sequence += 1;
        assert_eq!(event[8..16], sequence.to_le_bytes());
        hash = scrip_interface::sha256(&[&hash, event]);
    }
    let stream = policy_state(&gated.vm, &mint).stream;
    assert_eq!((sequence, hash), (stream.sequence, stream.hash));
    let events = gated.vm.events.iter().filter(|event| event[16..48] == policy.to_bytes());
    let events: Vec<_> = events.cloned().collect();
    let program = &scrip_client::gate::catalog::PROGRAM;
    let golden = golden::stream(program, &policy, &events, &stream);
    golden::check("events_golden.json", "policy", vec![golden].into());
    // Created, listed, tightened, announced, cancelled, paused, unpaused.
    assert_eq!(sequence, 7);
}

#[test]
fn making_the_list_is_told() {
    let mut gated = Gated::new(Mode::Frozen);
    let (issuer, mint, admin) = (gated.issuer(), gated.mint(), gated.admin.insecure_clone());
    let call = initialize_hook_list(&gated.vm, &issuer, &admin.pubkey(), &mint);
    let receipt = call.send(&mut gated.vm, &[&admin]).unwrap();
    assert_eq!(receipt.events::<ExtraAccountsListed>()[0].list, call.accounts.list);
}

fn any_terms() -> impl Strategy<Value = PolicyTerms> {
    (any::<u16>(), 0u64..8, 0u8..4, 0..=flag::ALL).prop_map(|(bits, providers, min_tier, flags)| {
        let mut countries = [0; 128];
        countries[..2].copy_from_slice(&bits.to_le_bytes());
        PolicyTerms { countries, providers, min_tier, flags }
    })
}

/// Who may receive under terms, over all records that differ in what is looked at.
fn admits(terms: &PolicyTerms) -> Vec<bool> {
    let mut answers = vec![];
    for country in 0..16 {
        for provider in 0..3 {
            for tier in 0..4 {
                let listed = terms.countries[country / 8] & (1 << (country % 8)) != 0;
                let known = terms.providers & (1 << provider) != 0;
                answers.push(listed && known && tier >= terms.min_tier);
            }
        }
    }
    answers.push(terms.flags & flag::VENUES != 0);
    answers.push(terms.flags & flag::SOURCE_CHECK == 0);
    answers
}

proptest! {
    /// What is not looser admits nobody new.
    #[test]
    fn not_looser_means_nobody_gains(old in any_terms(), new in any_terms()) {
        let gains = admits(&old).iter().zip(admits(&new)).any(|(old, new)| new && !old);
        prop_assert!(!gains || new.is_looser_than(&old));
        prop_assert!(!old.is_looser_than(&old));
    }
}

#[test]
fn an_issuers_address_is_a_program_address() {
    let gated = Gated::new(Mode::Frozen);
    // What `require_power` rests on when it takes a signer for its own registry.
    assert!(!Pubkey::is_on_curve(&gated.issuer()));
}
