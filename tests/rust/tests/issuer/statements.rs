//! One signed root for all tickers of a custodian, applied to each by anybody.

use issuer::{
    error::IssuerError,
    event::{ReservesAttested, StatementAttested},
    state::{Custodian, SPACE_V1, SignedStatement, pause},
};
use scrip_interface::{
    attestation::{ReserveStatement, StatementBody},
    merkle,
};
use scrip_tests::{
    build::{ListTicker, Statement, apply_statement, attest_reserves, attest_statement, padded},
    vm::{Outcome, START, assert_fails, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const SHARE_E8: u128 = SHARE as u128;

/// What the custodian holds of each of its three tickers: settled and receivable.
const HELD: [(u128, u128); 3] = [(100 * SHARE_E8, 3 * SHARE_E8), (20 * SHARE_E8, 0), (0, SHARE_E8)];

/// A custodian with three tickers. Alice holds ten shares of the first, since START.
struct Setup {
    world: World,
    tickers: [ListTicker; 3],
    root: merkle::Hash,
    proofs: Vec<Vec<merkle::Hash>>,
}

fn setup() -> Setup {
    let mut world = World::new();
    world.holder("alice", 10 * SHARE);
    world.vm.set_time(START + 100);
    let (payer, admin) = (world.vm.payer.pubkey(), world.admin.insecure_clone());
    let first = ListTicker::new(&payer, &world.custodian.accounts, key("mint"));
    let second = world.list_another();
    let mut third = ListTicker::new(&payer, &world.custodian.accounts, key("mint 3"));
    third.set_symbol(padded("TSLAx"));
    third.send(&mut world.vm, &admin).unwrap();
    let tickers = [first, second, third];
    let (root, proofs) = tree(&tickers, 0);
    Setup { world, tickers, root, proofs }
}

fn tree(tickers: &[ListTicker], action_sequence: u32) -> (merkle::Hash, Vec<Vec<merkle::Hash>>) {
    let leaves: Vec<_> = tickers
        .iter()
        .zip(HELD)
        .map(|(ticker, (settled_shares_e8, receivable_shares_e8))| {
            let statement = ReserveStatement { as_of: 0, settled_shares_e8, receivable_shares_e8 };
            merkle::leaf(&ticker.accounts.mint, action_sequence, &statement)
        })
        .collect();
    merkle::tree(&leaves).unwrap()
}

impl Setup {
    fn attest(&mut self, as_of: i64) -> Outcome {
        attest_statement(&mut self.world, as_of, self.root).send(&mut self.world)
    }

    /// Applies what the statement says about a ticker, by the proof of another, or its own.
    fn apply(&mut self, ticker: usize, held: usize, proof: usize) -> Outcome {
        let (settled, receivable) = HELD[held];
        let proof = self.proofs[proof].clone();
        let call = apply_statement(&self.tickers[ticker], settled, receivable, proof);
        call.send(&mut self.world.vm, &[])
    }

    fn signed(&self) -> SignedStatement {
        let custodian = self.world.custodian.accounts.custodian;
        self.world.vm.state::<Custodian>(&custodian).statement
    }

    fn ticker(&self, place: usize) -> issuer::state::Ticker {
        self.world.vm.state(&self.tickers[place].accounts.ticker)
    }
}

/// A statement with a change: refused, and nothing is signed.
#[track_caller]
fn refused(change: impl FnOnce(&mut Statement, &mut World), expected: IssuerError) {
    let mut setup = setup();
    let mut call = attest_statement(&mut setup.world, START + 90, setup.root);
    change(&mut call, &mut setup.world);
    assert_fails(call.send(&mut setup.world), expected);
    assert_eq!(setup.signed(), SignedStatement::default());
}

#[track_caller]
fn mismatch(change: impl FnOnce(&mut StatementBody)) {
    refused(|call, _| change(&mut call.body), IssuerError::AttestationMismatch);
}

#[test]
fn one_statement_is_applied_to_every_ticker() {
    let mut setup = setup();
    let receipt = setup.attest(START + 90).unwrap();
    let [event] = &receipt.events::<StatementAttested>()[..] else { panic!("one event") };
    assert_eq!((event.as_of, event.root, event.signers), (START + 90, setup.root, 0b00111));
    assert_eq!(event.custodian, setup.world.custodian.accounts.custodian);
    assert_eq!(setup.signed(), SignedStatement { as_of: START + 90, root: setup.root });

    // In any order.
    for place in [2, 0, 1] {
        let receipt = setup.apply(place, place, place).unwrap();
        let reserves = setup.ticker(place).reserves;
        assert_eq!(reserves.as_of, START + 90);
        assert_eq!(
            (reserves.settled, reserves.receivable),
            (HELD[place].0.into(), HELD[place].1.into())
        );
        let [event] = &receipt.events::<ReservesAttested>()[..] else { panic!("one event") };
        assert_eq!((event.mint, event.short), (setup.tickers[place].accounts.mint, false));
        assert_eq!(setup.ticker(place).pauses, 0);
    }
}

#[test]
fn apply_statement_takes_nothing_that_was_not_signed() {
    let mut setup = setup();
    // Before anything was.
    assert_fails(setup.apply(0, 0, 0), IssuerError::StatementProofInvalid);
    setup.attest(START + 90).unwrap();
    // Another's shares, another's proof, and another ticker's whole leaf.
    for (ticker, held, proof) in [(0, 1, 0), (0, 0, 1), (0, 1, 1), (2, 0, 0), (1, 2, 2)] {
        let outcome = setup.apply(ticker, held, proof);
        assert_fails(outcome, IssuerError::StatementProofInvalid);
    }
    let (settled, receivable) = HELD[0];
    let proof = setup.proofs[0].clone();
    let [mut short, mut long, mut turned] = [proof.clone(), proof.clone(), proof.clone()];
    short.pop();
    long.push([0; 32]);
    turned.reverse();
    for proof in [vec![], short, long, turned] {
        let call = apply_statement(&setup.tickers[0], settled, receivable, proof);
        let outcome = call.send(&mut setup.world.vm, &[]);
        assert_fails(outcome, IssuerError::StatementProofInvalid);
    }
    for (settled, receivable) in [(settled + 1, receivable), (settled, receivable - 1)] {
        let call = apply_statement(&setup.tickers[0], settled, receivable, proof.clone());
        let outcome = call.send(&mut setup.world.vm, &[]);
        assert_fails(outcome, IssuerError::StatementProofInvalid);
    }
    assert_eq!(setup.ticker(0).reserves.as_of, START);
}

#[test]
fn apply_statement_counts_nothing_from_before_a_corporate_action() {
    let mut setup = setup();
    setup.attest(START + 90).unwrap();
    setup.world.edit_ticker(|ticker| ticker.action_sequence = 1);
    assert_fails(setup.apply(0, 0, 0), IssuerError::StatementProofInvalid);
    (setup.root, setup.proofs) = tree(&setup.tickers, 1);
    setup.attest(START + 91).unwrap();
    setup.apply(0, 0, 0).unwrap();
}

#[test]
fn apply_statement_never_goes_back() {
    let mut setup = setup();
    setup.attest(START + 80).unwrap();
    setup.apply(0, 0, 0).unwrap();
    assert_fails(setup.apply(0, 0, 0), IssuerError::StatementNotNewer);
    // The ticker's own, later statement.
    let later = issuer::instructions::StatementArgs {
        as_of: START + 95,
        settled_shares_e8: 50 * SHARE_E8,
        receivable_shares_e8: 0,
    };
    attest_reserves(&mut setup.world, later).send(&mut setup.world).unwrap();
    setup.attest(START + 90).unwrap();
    assert_fails(setup.apply(0, 0, 0), IssuerError::StatementNotNewer);
    setup.apply(1, 1, 1).unwrap();
    assert_eq!(setup.ticker(0).reserves.as_of, START + 95);
}

#[test]
fn a_later_statement_ends_the_one_before() {
    let mut setup = setup();
    setup.attest(START + 80).unwrap();
    let other = merkle::leaf(&Pubkey::new_from_array([1; 32]), 0, &ReserveStatement::default());
    attest_statement(&mut setup.world, START + 81, other).send(&mut setup.world).unwrap();
    assert_fails(setup.apply(0, 0, 0), IssuerError::StatementProofInvalid);
}

#[test]
fn apply_statement_pauses_minting_where_it_falls_short() {
    let mut setup = setup();
    setup.attest(START + 90).unwrap();
    // 100 settled and 3 receivable shares cover ten, at up to ten each; not at eleven.
    let now = setup.world.vm.now();
    setup.world.set_multipliers(1.0, now, 11.0);
    let receipt = setup.apply(0, 0, 0).unwrap();
    assert!(receipt.events::<ReservesAttested>()[0].short);
    assert_eq!((setup.ticker(0).pauses, setup.ticker(1).pauses), (pause::MINT, 0));
}

#[test]
fn apply_statement_is_for_the_custodians_own_tickers() {
    let mut setup = setup();
    setup.attest(START + 90).unwrap();
    setup.world.another_custodians_set();
    let (settled, receivable) = HELD[0];
    let proof = setup.proofs[0].clone();
    let mut call = apply_statement(&setup.tickers[0], settled, receivable, proof);
    let issuer = setup.world.listed.accounts.issuer;
    call.accounts.custodian = scrip_interface::pda::custodian(&issuer::ID, &issuer, 1).0;
    let outcome = call.send(&mut setup.world.vm, &[]);
    assert_fails(outcome, IssuerError::WrongCustodian);
    call.accounts.custodian = setup.world.custodian.accounts.custodian;
    call.accounts.mint = setup.tickers[1].accounts.mint;
    let outcome = call.send(&mut setup.world.vm, &[]);
    assert_fails(outcome, IssuerError::WrongMint);
}

#[test]
fn attest_statement_goes_forward_in_time_only() {
    let mut setup = setup();
    assert_fails(setup.attest(START + 161), IssuerError::StatementInFuture);
    assert_fails(setup.attest(0), IssuerError::StatementNotNewer);
    setup.attest(START + 160).unwrap();
    assert_fails(setup.attest(START + 160), IssuerError::StatementNotNewer);
    assert_fails(setup.attest(START + 159), IssuerError::StatementNotNewer);
    assert_eq!(setup.signed().as_of, START + 160);
}

#[test]
fn attest_statement_counts_once_by_the_custodians_own_nonces() {
    let mut setup = setup();
    let mut call = attest_statement(&mut setup.world, START + 90, setup.root);
    // The mint to Alice used this number: of its ticker's.
    call.call.data.args.attestation.nonce = 1;
    call.body.header.nonce = 1;
    call.send(&mut setup.world).unwrap();
    call.call.data.args.as_of += 1;
    call.body.as_of += 1;
    assert_fails(call.send(&mut setup.world), IssuerError::NonceUsed);
}

#[test]
fn attest_statement_rejects_a_message_about_anything_else() {
    mismatch(|body| body.header.genesis_hash = [8; 32]);
    mismatch(|body| body.header.subject = key("mint").pubkey());
    mismatch(|body| body.header.attestor_set = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.nonce += 1);
    mismatch(|body| body.as_of += 1);
    mismatch(|body| body.root[31] ^= 1);
}

#[test]
fn attest_statement_needs_a_quorum_of_the_custodian() {
    refused(|call, _| call.signers = vec![0, 1], IssuerError::ThresholdNotReached);
    refused(
        |call, world| call.call.accounts.attestor_set = world.another_custodians_set(),
        IssuerError::WrongCustodian,
    );
    refused(
        |call, world| call.call.accounts.issuer = world.another_issuer(),
        IssuerError::WrongIssuer,
    );
}

#[test]
fn statements_need_a_custodian_of_this_releases_layout() {
    let mut setup = setup();
    let custodian = setup.world.custodian.accounts.custodian;
    let call = attest_statement(&mut setup.world, START + 90, setup.root);
    setup.world.vm.edit(&custodian, |account| account.data.truncate(SPACE_V1));
    assert_fails(call.send(&mut setup.world), IssuerError::LayoutOutdated);
    assert_fails(setup.apply(0, 0, 0), IssuerError::LayoutOutdated);
}
