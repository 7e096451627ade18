//! KYC at the primary: a frozen or hooked ticker, and an open one that asks for it, is minted to and
//! redeemed by registered wallets only. Ways out of the escrow ask for nothing.

use gate::state::{Policy, Wallet};
use issuer::error::IssuerError;
use scrip_interface::{
    gate::{Kind, Status, flag, pda as gate_pda},
    issuer::Mode,
};
use scrip_tests::{
    build::{
        AttestMint, DOLLAR, Desk, Redeem, RequestRedemption, SettleRedemption, Subscribe, TERMS,
        coin_balance,
        gate_records::{
            COUNTRY, PROVIDER, TIER, place_policy, place_wallet, policy, remove, wallet,
        },
        reclaim,
    },
    vm::{Outcome, assert_fails, key},
    world::{SHARE, World},
};
use solana_account::Account;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

struct Scene {
    world: World,
    desk: Desk,
    alice: Keypair,
}

/// What a refusal must leave as it was.
type Books = (u64, u64, u64, u64, u64);

/// One of the instructions at the primary, by these accounts of the gate.
type Attempt = fn(&mut Scene, Option<Pubkey>, Option<Pubkey>) -> Outcome;

const ATTEMPTS: [Attempt; 4] = [attest_mint, subscribe, redeem, request];

/// Alice is registered, has 10 shares and coins.
fn scene_in(mode: Mode, primary_kyc: bool) -> Scene {
    let mut world = World::in_mode(mode);
    world.edit_ticker(|ticker| ticker.primary_kyc = primary_kyc.into());
    let desk = Desk::classic(&mut world);
    let alice = desk.holder(&mut world, "alice", 10 * SHARE);
    desk.coin.give(&mut world.vm, &alice.pubkey(), 1_000 * DOLLAR);
    world.register(&alice.pubkey());
    Scene { world, desk, alice }
}

fn scene() -> Scene {
    scene_in(Mode::Frozen, false)
}

fn attest_mint(scene: &mut Scene, policy: Option<Pubkey>, record: Option<Pubkey>) -> Outcome {
    let mut mint = AttestMint::new(&mut scene.world, &scene.alice.pubkey(), SHARE);
    (mint.accounts.policy, mint.accounts.wallet_record) = (policy, record);
    mint.send(&mut scene.world)
}

fn subscribe(scene: &mut Scene, policy: Option<Pubkey>, record: Option<Pubkey>) -> Outcome {
    let mut buy = Subscribe::new(&mut scene.world, &scene.desk, &scene.alice.pubkey());
    (buy.accounts.policy, buy.accounts.wallet_record) = (policy, record);
    buy.send(&mut scene.world, &scene.alice)
}

fn redeem(scene: &mut Scene, policy: Option<Pubkey>, record: Option<Pubkey>) -> Outcome {
    let mut sell = Redeem::new(&mut scene.world, &scene.desk, &scene.alice.pubkey());
    (sell.accounts.policy, sell.accounts.wallet_record) = (policy, record);
    sell.send(&mut scene.world, &scene.alice)
}

fn request(scene: &mut Scene, policy: Option<Pubkey>, record: Option<Pubkey>) -> Outcome {
    let mut request = RequestRedemption::new(&scene.world, &scene.alice.pubkey(), 0, SHARE);
    (request.accounts.policy, request.accounts.wallet_record) = (policy, record);
    request.send(&mut scene.world, &scene.alice)
}

impl Scene {
    fn owner(&self) -> Pubkey {
        self.alice.pubkey()
    }

    fn policy(&mut self) -> Option<Pubkey> {
        Some(self.world.policy())
    }

    fn record(&self) -> Option<Pubkey> {
        Some(self.world.record_of(&self.owner()))
    }

    fn books(&self) -> Books {
        let (world, owner) = (&self.world, self.owner());
        let coins = coin_balance(&world.vm, &self.desk.coin.account(&owner));
        let vault = self.desk.vault_balance(world);
        (world.balance(&owner), world.supply(), world.escrow_balance(), coins, vault)
    }

    #[track_caller]
    fn refuses(&mut self, policy: Option<Pubkey>, record: Option<Pubkey>, expected: IssuerError) {
        let before = self.books();
        for attempt in ATTEMPTS {
            assert_fails(attempt(self, policy, record), expected);
        }
        assert_eq!(self.books(), before);
    }

    #[track_caller]
    fn passes(&mut self) {
        let (policy, record) = (self.policy(), self.record());
        for attempt in ATTEMPTS {
            attempt(self, policy, record).unwrap();
        }
    }
}

#[test]
fn the_primary_market_is_for_registered_wallets_in_every_mode_that_asks() {
    for (mode, primary_kyc) in [(Mode::Open, true), (Mode::Frozen, false)] {
        let mut scene = scene_in(mode, primary_kyc);
        scene.refuses(None, None, IssuerError::RegistrationMissing);
        let (policy, record) = (scene.policy(), scene.record());
        scene.refuses(policy, None, IssuerError::RegistrationMissing);
        scene.refuses(None, record, IssuerError::RegistrationMissing);
        scene.passes();
    }
    // Of a hooked ticker: what needs no transfer.
    let mut scene = scene_in(Mode::Hooked, false);
    scene.refuses(None, None, IssuerError::RegistrationMissing);
    let (policy, record) = (scene.policy(), scene.record());
    for attempt in [attest_mint, subscribe, redeem] {
        attempt(&mut scene, policy, record).unwrap();
    }
}

#[test]
fn an_open_ticker_asks_for_no_record_and_reads_none() {
    let mut scene = scene_in(Mode::Open, false);
    // Whatever is given.
    for (attempt, given) in ATTEMPTS.into_iter().zip([None, Some(key("bob").pubkey()), None, None])
    {
        attempt(&mut scene, given, given).unwrap();
    }
}

#[test]
fn every_reason_of_the_policy_stops_the_primary_market() {
    type Spoil = (fn(&mut Policy, &mut Wallet), IssuerError);
    let reasons: [Spoil; 9] = [
        (|policy, _| policy.paused = 1, IssuerError::PolicyPaused),
        (|_, wallet| wallet.status = Status::Revoked as u8, IssuerError::RecordRevoked),
        (|_, wallet| wallet.status = Status::Barred as u8, IssuerError::RecordRevoked),
        (|policy, _| policy.countries = [0; 128], IssuerError::CountryNotAllowed),
        (|_, wallet| wallet.country = COUNTRY + 1, IssuerError::CountryNotAllowed),
        (|_, wallet| wallet.tier = TIER - 1, IssuerError::TierTooLow),
        (|_, wallet| wallet.provider = PROVIDER + 1, IssuerError::ProviderNotAccepted),
        // A provider dropped from the policy: at once.
        (|policy, _| policy.providers = 0, IssuerError::ProviderNotAccepted),
        (
            |policy, wallet| {
                policy.flags = flag::SOURCE_CHECK;
                wallet.kind = Kind::Venue as u8;
            },
            IssuerError::VenueNotAllowed,
        ),
    ];
    let mut scene = scene();
    let (owner, mint, issuer) = (scene.owner(), scene.world.mint(), scene.world.issuer());
    let now = scene.world.vm.now();
    for (spoil, expected) in reasons {
        let (mut policy, mut wallet) = (policy(&mint, &issuer), wallet(&issuer, &owner, now));
        spoil(&mut policy, &mut wallet);
        let policy = place_policy(&mut scene.world.vm, &policy);
        let record = place_wallet(&mut scene.world.vm, &wallet);
        scene.refuses(Some(policy), Some(record), expected);
    }
    place_policy(&mut scene.world.vm, &policy(&mint, &issuer));
    scene.world.register(&owner);
    scene.passes();
}

#[test]
fn a_record_counts_to_its_last_second() {
    let mut scene = scene();
    let (owner, now) = (scene.owner(), scene.world.vm.now());
    scene.world.edit_record(&owner, |wallet| wallet.expires_at = now);
    let (policy, record) = (scene.policy(), scene.record());
    scene.refuses(policy, record, IssuerError::RecordExpired);
    scene.world.edit_record(&owner, |wallet| wallet.expires_at = now + 1);
    scene.passes();
}

#[test]
fn a_record_that_is_closed_or_of_somebody_else_is_none() {
    let mut scene = scene();
    let policy = scene.policy();
    let (owner, issuer) = (scene.owner(), scene.world.issuer());
    let bob = key("bob").pubkey();
    scene.world.register(&bob);
    let of_bob = Some(scene.world.record_of(&bob));
    scene.refuses(policy, of_bob, IssuerError::WrongOwner);
    let other = scene.world.another_issuer();
    let now = scene.world.vm.now();
    let of_other = place_wallet(&mut scene.world.vm, &wallet(&other, &owner, now));
    scene.refuses(policy, Some(of_other), IssuerError::WrongIssuer);
    // An account of the gate of another kind, and one that looks right and is another program's.
    scene.refuses(policy, policy, IssuerError::WrongWalletRecord);
    let record = scene.record();
    let mut forged = scene.world.vm.account(&record.unwrap()).unwrap();
    forged.owner = key("their program").pubkey();
    let forgery = key("forged record").pubkey();
    scene.world.vm.svm.set_account(forgery, forged).unwrap();
    scene.refuses(policy, Some(forgery), IssuerError::WrongWalletRecord);

    let address = gate_pda::wallet(&gate::ID, &issuer, &owner).0;
    remove(&mut scene.world.vm, &address);
    scene.refuses(policy, record, IssuerError::NotRegistered);
    // Also with lamports that somebody sent there.
    let lamports = Account { lamports: 1_000_000, ..Account::default() };
    scene.world.vm.svm.set_account(address, lamports).unwrap();
    scene.refuses(policy, record, IssuerError::NotRegistered);
}

#[test]
fn a_policy_that_is_missing_or_of_something_else_is_none() {
    let mut scene = scene();
    let record = scene.record();
    let (mint, issuer) = (scene.world.mint(), scene.world.issuer());
    let (strange_mint, other) = (key("strange mint").pubkey(), scene.world.another_issuer());
    let of_other_mint = place_policy(&mut scene.world.vm, &policy(&strange_mint, &issuer));
    scene.refuses(Some(of_other_mint), record, IssuerError::WrongMint);
    // A wallet's record, and an account of another program that looks right.
    scene.refuses(record, record, IssuerError::PolicyMissing);
    let ours = scene.policy();
    let mut forged = scene.world.vm.account(&ours.unwrap()).unwrap();
    forged.owner = issuer::ID;
    let forgery = key("forged policy").pubkey();
    scene.world.vm.svm.set_account(forgery, forged).unwrap();
    scene.refuses(Some(forgery), record, IssuerError::PolicyMissing);

    let of_other_issuer = place_policy(&mut scene.world.vm, &policy(&mint, &other));
    scene.refuses(Some(of_other_issuer), record, IssuerError::WrongIssuer);
    remove(&mut scene.world.vm, &ours.unwrap());
    scene.refuses(ours, record, IssuerError::PolicyMissing);
}

/// Whatever becomes of a record and its account, what waits in escrow is paid or comes back.
#[test]
fn ways_out_of_the_escrow_ask_for_no_record() {
    let mut scene = scene();
    let (policy, record, owner) = (scene.policy(), scene.record(), scene.owner());
    let requests = [0, 1].map(|id| RequestRedemption::new(&scene.world, &owner, id, 3 * SHARE));
    for request in &requests {
        request.send(&mut scene.world, &scene.alice).unwrap();
    }
    scene.world.edit_record(&owner, |wallet| wallet.status = Status::Barred as u8);
    let world = &mut scene.world;
    scrip_tests::build::freeze(world, &owner).send(&mut world.vm, &[]).unwrap();
    remove(&mut world.vm, &record.unwrap());
    remove(&mut world.vm, &policy.unwrap());

    SettleRedemption::new(world, &requests[0], SHARE).send(world).unwrap();
    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    for (request, back) in requests.iter().zip([2 * SHARE, 3 * SHARE]) {
        let before = world.balance(&owner);
        reclaim(world, request).send(&mut world.vm, &[&scene.alice]).unwrap();
        assert_eq!(world.balance(&owner), before + back);
        // As it was: what came back does not move.
        assert!(world.is_frozen(&requests[0].accounts.source));
    }
}
