//! Bringing an investor to what its attestation says now.

use gate::{
    error::GateError,
    event::InvestorChanged,
    state::{Claim, Investor, ProviderLimits},
};
use scrip_interface::gate::Status;
use scrip_tests::{
    build::YEAR,
    records::{
        Attestation, GERMANY, MAX_TIER, Office, SINGAPORE, Sas, assert_turned_away, attested,
        bar_investor, countries, limits, put, register_from_sas, sas_investor, set_provider,
        sync_from_sas, unbar_investor, unlink_wallet,
    },
    vm::{Outcome, assert_fails_with, key},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

struct Stage {
    office: Office,
    sas: Sas,
    alice: Keypair,
    investor: Pubkey,
}

impl Stage {
    /// Alice, registered from an attestation for half a year.
    fn new() -> Self {
        let mut office = Office::new();
        let sas = Sas::new(&mut office);
        let alice = sas.attest(&mut office, "alice");
        let register = register_from_sas(&office, &sas, &alice.pubkey());
        register.send(&mut office.world.vm, &[&alice]).unwrap();
        Self { office, sas, alice, investor: register.accounts.investor }
    }

    /// The same, and the provider's time is over.
    fn over() -> Self {
        let mut stage = Self::new();
        let now = stage.office.world.vm.now();
        let over = ProviderLimits { expires_at: now, ..limits(&stage.office) };
        let set = set_provider(&stage.office, &stage.sas.provider, over);
        stage.office.manage(set.instruction()).unwrap();
        stage
    }

    fn attestation(&self) -> Attestation {
        self.sas.attestation(&self.alice.pubkey(), self.office.world.vm.now() + YEAR / 2)
    }

    /// By a stranger.
    fn sync(&mut self) -> Outcome {
        let sync = sync_from_sas(&self.office, &self.sas, &self.alice.pubkey());
        sync.send(&mut self.office.world.vm, &[])
    }

    #[track_caller]
    fn refused(&mut self, error: GateError) {
        let sync = sync_from_sas(&self.office, &self.sas, &self.alice.pubkey());
        assert_turned_away(self.office.refused(sync.instruction(), &[]), error);
    }

    /// Of the investor and of its wallet.
    fn status(&self) -> u8 {
        let investor: Investor = self.office.world.vm.state(&self.investor);
        let wallet = self.office.wallet(&self.alice.pubkey());
        let claim =
            Claim { country: wallet.country, tier: wallet.tier, expires_at: wallet.expires_at };
        assert_eq!((wallet.status, claim), (investor.status, investor.claim()));
        wallet.status
    }

    /// Revoked by a sync, and back when `mended` is put right.
    #[track_caller]
    fn revoked_until(&mut self, mended: impl FnOnce(&mut Self)) {
        self.sync().unwrap();
        assert_eq!(self.status(), Status::Revoked as u8);
        mended(self);
        self.sync().unwrap();
        assert_eq!(self.status(), Status::Active as u8);
    }
}

#[test]
fn sync_from_sas_takes_what_the_attestation_says_now() {
    let mut stage = Stage::new();
    let mut renewed = stage.attestation();
    renewed.data = attested(SINGAPORE, MAX_TIER);
    renewed.expiry = stage.office.world.vm.now() + YEAR;
    renewed.place(&mut stage.office);
    let receipt = stage.sync().unwrap();
    let claim = Claim { country: SINGAPORE, tier: MAX_TIER, expires_at: renewed.expiry };
    assert_eq!(stage.status(), Status::Active as u8);
    let [event] = &receipt.events::<InvestorChanged>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.investor, event.claim), (3, stage.investor, claim));
}

#[test]
fn sync_from_sas_revokes_whose_attestation_is_gone() {
    let mut stage = Stage::new();
    let address = stage.sas.attestation_address(&stage.alice.pubkey());
    let written = stage.office.world.vm.account(&address).unwrap();
    stage.office.world.vm.svm.set_account(address, Default::default()).unwrap();
    stage.revoked_until(|stage| {
        stage.office.world.vm.svm.set_account(address, written).unwrap();
    });
}

#[test]
fn sync_from_sas_revokes_whose_attestation_is_no_longer_good() {
    let mut stage = Stage::new();
    let good = stage.attestation();
    let restore = |stage: &mut Stage| {
        good.place(&mut stage.office);
        stage.sas.place(&mut stage.office);
    };
    // A signer removed.
    let mut other = stage.sas.clone();
    other.credential.signers.pop();
    other.place(&mut stage.office);
    stage.revoked_until(restore);
    // Expired, moved to another country, raised beyond the provider's tiers, garbled.
    let now = stage.office.world.vm.now();
    for change in [
        Attestation { expiry: now, ..good.clone() },
        Attestation { data: attested(4, 2), ..good.clone() },
        Attestation { data: attested(GERMANY, MAX_TIER + 1), ..good.clone() },
        Attestation { data: vec![], ..good.clone() },
    ] {
        change.place(&mut stage.office);
        stage.revoked_until(restore);
    }
    put(&mut stage.office, good.address(), vec![2]);
    stage.revoked_until(restore);
}

#[test]
fn sync_from_sas_revokes_who_is_beyond_what_the_provider_may_still_say() {
    let mut stage = Stage::new();
    let narrower = ProviderLimits { countries: countries(&[SINGAPORE]), ..limits(&stage.office) };
    let set = set_provider(&stage.office, &stage.sas.provider, narrower);
    stage.office.manage(set.instruction()).unwrap();
    stage.sync().unwrap();
    assert_eq!(stage.status(), Status::Revoked as u8);
}

#[test]
fn sync_from_sas_follows_a_worse_word_though_the_providers_time_is_over() {
    let changes: [fn(&mut Attestation, &Investor); 3] = [
        |worse, record| worse.expiry = record.expires_at - 1,
        |worse, record| worse.data = attested(record.country, record.tier - 1),
        |worse, record| worse.data = attested(SINGAPORE, record.tier),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut stage = Stage::over();
        let record: Investor = stage.office.world.vm.state(&stage.investor);
        let mut worse = stage.attestation();
        change(&mut worse, &record);
        worse.place(&mut stage.office);
        stage.sync().unwrap();
        assert_eq!(stage.status(), Status::Revoked as u8, "{number}");
        // Its better word of before brings nobody back.
        stage.attestation().place(&mut stage.office);
        stage.refused(GateError::ProviderExpired);
    }
}

#[test]
fn sync_from_sas_prolongs_nothing_for_a_provider_whose_time_is_over() {
    let mut stage = Stage::over();
    let mut better = stage.attestation();
    better.data = attested(GERMANY, MAX_TIER);
    better.expiry += YEAR;
    better.place(&mut stage.office);
    stage.refused(GateError::ProviderExpired);
    assert_eq!(stage.status(), Status::Active as u8);
    // What is gone is gone.
    let address = stage.sas.attestation_address(&stage.alice.pubkey());
    stage.office.world.vm.svm.set_account(address, Default::default()).unwrap();
    stage.sync().unwrap();
    assert_eq!(stage.status(), Status::Revoked as u8);
}

#[test]
fn sync_from_sas_lifts_no_bar_but_remembers_what_is_gone() {
    let mut stage = Stage::new();
    let bar = bar_investor(&stage.office, &stage.investor);
    stage.office.manage(bar.instruction()).unwrap();
    stage.refused(GateError::InvestorBarred);
    let address = stage.sas.attestation_address(&stage.alice.pubkey());
    stage.office.world.vm.svm.set_account(address, Default::default()).unwrap();
    stage.sync().unwrap();
    assert_eq!(stage.status(), Status::Barred as u8);
    let unbar = unbar_investor(&stage.office, &stage.investor);
    stage.office.manage(unbar.instruction()).unwrap();
    assert_eq!(stage.status(), Status::Revoked as u8);
}

#[test]
fn sync_from_sas_looks_at_the_investors_own_attestation_only() {
    let mut stage = Stage::new();
    let bob = stage.sas.attest(&mut stage.office, "bob");
    let owner = stage.alice.pubkey();
    // Revoked by what is not there: a stranger's emptiness, or another's attestation.
    for wrong in [key("nothing").pubkey(), stage.sas.attestation_address(&bob.pubkey())] {
        let mut sync = sync_from_sas(&stage.office, &stage.sas, &owner);
        sync.accounts.attestation = wrong;
        let outcome = stage.office.refused(sync.instruction(), &[]);
        assert_turned_away(outcome, GateError::SasWrongAttestation);
    }
    let mut sync = sync_from_sas(&stage.office, &stage.sas, &owner);
    sync.accounts.credential = key("nothing").pubkey();
    let outcome = stage.office.refused(sync.instruction(), &[]);
    assert_turned_away(outcome, GateError::SasCredentialInvalid);
    let mut sync = sync_from_sas(&stage.office, &stage.sas, &owner);
    sync.accounts.schema = key("nothing").pubkey();
    let outcome = stage.office.refused(sync.instruction(), &[]);
    assert_turned_away(outcome, GateError::SasSchemaInvalid);

    // Nor by another provider of the same credential and schema.
    let mut twin = scrip_tests::records::create_sas_provider(&stage.office, &stage.sas);
    twin.data.args.limits.max_tier = 0;
    stage.office.manage(twin.instruction()).unwrap();
    let mut sync = sync_from_sas(&stage.office, &stage.sas, &owner);
    sync.accounts.provider = twin.accounts.provider;
    let outcome = stage.office.refused(sync.instruction(), &[]);
    assert_turned_away(outcome, GateError::WrongProvider);
}

#[test]
fn sync_from_sas_is_not_for_investors_of_a_provider_that_signs() {
    let mut stage = Stage::new();
    let (address, alice) = (stage.attestation().address(), stage.alice.pubkey());
    // Registered by a signature, under the id that the attestation would give.
    let authority = stage.office.provider.clone();
    let other = stage.sas.attest(&mut stage.office, "carol").pubkey();
    let attestation = stage.sas.attestation_address(&other);
    let id_hash = scrip_interface::sha256(&[b"sas", attestation.as_ref()]);
    let register = scrip_tests::records::register_investor(&stage.office, &authority, id_hash);
    stage.office.provide(register.instruction(), &[]).unwrap();
    let investor = sas_investor(&stage.office.issuer(), &attestation);
    assert_eq!(register.accounts.investor, investor);
    let mut sync = sync_from_sas(&stage.office, &stage.sas, &alice);
    sync.accounts.provider = authority.address;
    sync.accounts.investor = investor;
    sync.accounts.attestation = attestation;
    sync.accounts.credential = authority.authority.pubkey();
    sync.accounts.schema = Pubkey::default();
    sync.remaining = vec![];
    let outcome = stage.office.refused(sync.instruction(), &[]);
    assert_turned_away(outcome, GateError::WrongEvidence);
    assert_ne!(address, attestation);
}

#[test]
fn sync_from_sas_wants_the_wallet_that_it_changes() {
    let mut stage = Stage::new();
    let mut sync = sync_from_sas(&stage.office, &stage.sas, &stage.alice.pubkey());
    sync.remaining = vec![];
    let outcome = stage.office.refused(sync.instruction(), &[]);
    assert_turned_away(outcome, GateError::WalletsIncomplete);
    // One that has left has none.
    let unlink = unlink_wallet(&stage.office, &stage.alice.pubkey());
    unlink.send(&mut stage.office.world.vm, &[&stage.alice]).unwrap();
    stage.sync().unwrap();
}

/// A pause keeps new attestations out: it says nothing of those there are, and freezes nobody.
#[test]
fn sync_from_sas_waits_while_the_schema_is_paused() {
    let mut stage = Stage::new();
    let good = stage.attestation();
    let mut paused = stage.sas.clone();
    paused.schema.is_paused = true;
    paused.place(&mut stage.office);
    assert_fails_with(stage.sync(), u32::from(GateError::SasSchemaPaused));
    assert_eq!(stage.status(), Status::Active as u8);
    // But one that is gone is gone.
    Attestation { expiry: stage.office.world.vm.now(), ..good }.place(&mut stage.office);
    stage.sync().unwrap();
    assert_eq!(stage.status(), Status::Revoked as u8);
}
