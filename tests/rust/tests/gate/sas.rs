//! Registering from an attestation of the Solana Attestation Service, checked byte by byte.

use gate::{
    constants::MAX_VALIDITY_SECS,
    error::GateError,
    event::{InvestorRegistered, WalletLinked},
    state::{Claim, Investor, ProviderLimits},
};
use scrip_interface::{gate::Status, sha256};
use scrip_tests::{
    build::YEAR,
    records::{
        Attestation, GERMANY, MAX_TIER, Office, SINGAPORE, Sas, assert_turned_away, attested,
        bar_investor, close_investor, field, limits, put, register_from_sas, sas_investor,
        sas_signer, set_provider, unlink_wallet,
    },
    vm::{assert_fails_with, key},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Of the System program: what is to be created is there.
const IN_USE: u32 = 0;

/// An office, a credential with its schema, and Alice with an attestation for half a year.
fn stage() -> (Office, Sas, Keypair) {
    let mut office = Office::new();
    let sas = Sas::new(&mut office);
    let alice = sas.attest(&mut office, "alice");
    (office, sas, alice)
}

/// Alice cannot register as it is now.
#[track_caller]
fn refused(office: &mut Office, sas: &Sas, alice: &Keypair, error: GateError) {
    let register = register_from_sas(office, sas, &alice.pubkey());
    assert_turned_away(office.refused(register.instruction(), &[alice]), error);
}

/// ... nor with this attestation, at its own address.
#[track_caller]
fn refused_with(office: &mut Office, sas: &Sas, attestation: &Attestation, error: GateError) {
    attestation.place(office);
    refused(office, sas, &key("alice"), error);
}

#[test]
fn register_from_sas_makes_an_investor_of_its_own() {
    let (mut office, sas, alice) = stage();
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    let receipt = register.send(&mut office.world.vm, &[&alice]).unwrap();
    let attestation = sas.attestation_address(&alice.pubkey());
    let claim = Claim { country: GERMANY, tier: 2, expires_at: office.world.vm.now() + YEAR / 2 };
    let investor: Investor = office.world.vm.state(&register.accounts.investor);
    assert_eq!(investor.id_hash, sha256(&[b"sas", attestation.as_ref()]));
    assert_eq!((investor.status, investor.claim()), (Status::Active as u8, claim));
    assert_eq!((investor.provider, investor.wallets()), (1, &[alice.pubkey()][..]));
    let wallet = office.wallet(&alice.pubkey());
    assert_eq!((wallet.investor, wallet.provider), (register.accounts.investor, 1));
    assert_eq!((wallet.country, wallet.tier, wallet.expires_at), (GERMANY, 2, claim.expires_at));
    let [event] = &receipt.events::<InvestorRegistered>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.provider, event.claim), (1, sas.provider, claim));
    let [event] = &receipt.events::<WalletLinked>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.owner), (2, alice.pubkey()));
}

#[test]
fn register_from_sas_counts_no_longer_than_the_attestation_nor_two_years() {
    let (mut office, sas, _) = stage();
    let now = office.world.vm.now();
    let latest = now + i64::from(MAX_VALIDITY_SECS);
    for (expiry, expires_at) in [
        (0, latest),
        (now + 1, now + 1),
        (latest, latest),
        (latest + 1, latest),
        (i64::MAX, latest),
    ] {
        let owner = key(&expiry.to_string());
        sas.attestation(&owner.pubkey(), expiry).place(&mut office);
        let register = register_from_sas(&office, &sas, &owner.pubkey());
        register.send(&mut office.world.vm, &[&owner]).unwrap();
        assert_eq!(office.wallet(&owner.pubkey()).expires_at, expires_at);
    }
    for expiry in [now, now - 1, 1, -1, i64::MIN] {
        let attestation = sas.attestation(&key("alice").pubkey(), expiry);
        refused_with(&mut office, &sas, &attestation, GateError::SasAttestationExpired);
    }
}

#[test]
fn register_from_sas_registers_whom_the_attestation_is_about() {
    let (mut office, sas, alice) = stage();
    let bob = key("bob");
    let mut register = register_from_sas(&office, &sas, &bob.pubkey());
    register.accounts.attestation = sas.attestation_address(&alice.pubkey());
    register.accounts.investor = sas_investor(&office.issuer(), &register.accounts.attestation);
    let outcome = office.refused(register.instruction(), &[&bob]);
    assert_turned_away(outcome, GateError::SasWrongSubject);
}

#[test]
fn register_from_sas_rejects_what_the_service_did_not_write() {
    let (mut office, sas, alice) = stage();
    let address = sas.attestation_address(&alice.pubkey());
    let written = office.world.vm.account(&address).unwrap();

    let mut elsewhere = register_from_sas(&office, &sas, &alice.pubkey());
    let forged = key("forged").pubkey();
    put(&mut office, forged, written.data.clone());
    elsewhere.accounts.attestation = forged;
    elsewhere.accounts.investor = sas_investor(&office.issuer(), &forged);
    let outcome = office.refused(elsewhere.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::SasAttestationInvalid);

    let data = &written.data;
    let mut wrong: Vec<Vec<u8>> =
        [0, 1, 3, u8::MAX].iter().map(|tag| [&[*tag], &data[1..]].concat()).collect();
    // A byte more or less anywhere: at the end, in the data, in its length.
    wrong.push([&data[..], &[0]].concat());
    wrong.push(data[..data.len() - 1].to_vec());
    wrong.push(vec![]);
    for length in [0u32, 23, 25, u32::MAX] {
        wrong.push([&data[..97], &length.to_le_bytes(), &data[101..]].concat());
    }
    // Another nonce, credential or schema than the address was made of.
    for at in [1, 33, 65] {
        let mut other = data.clone();
        other[at] ^= 1;
        wrong.push(other);
    }
    assert_eq!(u32::from_le_bytes(data[97..101].try_into().unwrap()), 24);
    for data in wrong {
        put(&mut office, address, data);
        refused(&mut office, &sas, &alice, GateError::SasAttestationInvalid);
    }
    // Of another program; gone.
    for (owner, lamports) in [(key("program").pubkey(), 1_000_000), (Pubkey::default(), 0)] {
        let mut account = written.clone();
        (account.owner, account.lamports) = (owner, account.lamports.min(lamports));
        office.world.vm.svm.set_account(address, account).unwrap();
        refused(&mut office, &sas, &alice, GateError::SasAttestationInvalid);
    }
    office.world.vm.svm.set_account(address, written).unwrap();
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    register.send(&mut office.world.vm, &[&alice]).unwrap();
}

#[test]
fn register_from_sas_rejects_another_credentials_and_another_schemas_word() {
    let (mut office, sas, alice) = stage();
    // A thief's own credential with his own signer, and a schema of his under the right one.
    let mut theirs = sas.clone();
    theirs.credential.authority = key("thief").pubkey();
    theirs.credential.signers = vec![key("thief").pubkey(), sas_signer()];
    theirs.schema.credential = theirs.credential.address();
    let mut other_schema = sas.clone();
    other_schema.schema.name = "cinema club".to_owned();
    for other in [&theirs, &other_schema] {
        other.place(&mut office);
        other.attest(&mut office, "alice");
        // All of it, and the attestation alone.
        let register = register_from_sas(&office, other, &alice.pubkey());
        let outcome = office.refused(register.instruction(), &[&alice]);
        assert_turned_away(outcome, GateError::SasAttestationInvalid);
        let mut register = register_from_sas(&office, &sas, &alice.pubkey());
        register.accounts.attestation = other.attestation_address(&alice.pubkey());
        register.accounts.investor = sas_investor(&office.issuer(), &register.accounts.attestation);
        let outcome = office.refused(register.instruction(), &[&alice]);
        assert_turned_away(outcome, GateError::SasAttestationInvalid);
    }
    // The right attestation beside a credential or a schema of the thief's.
    let mut register = register_from_sas(&office, &sas, &alice.pubkey());
    register.accounts.credential = theirs.credential.address();
    let outcome = office.refused(register.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::SasCredentialInvalid);
    let mut register = register_from_sas(&office, &sas, &alice.pubkey());
    register.accounts.schema = other_schema.schema.address();
    let outcome = office.refused(register.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::SasSchemaInvalid);
}

#[test]
fn register_from_sas_wants_a_signer_that_is_still_authorised() {
    let (mut office, mut sas, alice) = stage();
    let signers = sas.credential.signers.clone();
    for left in [vec![], signers[..1].to_vec()] {
        sas.credential.signers = left;
        sas.place(&mut office);
        refused(&mut office, &sas, &alice, GateError::SasSignerNotAuthorized);
    }
    sas.credential.signers = signers;
    sas.place(&mut office);
    let mut attestation = sas.attestation(&alice.pubkey(), 0);
    // The credential's authority is none of its signers.
    for signer in [key("stranger").pubkey(), sas.credential.authority, Pubkey::default()] {
        attestation.signer = signer;
        refused_with(&mut office, &sas, &attestation, GateError::SasSignerNotAuthorized);
    }
}

#[test]
fn register_from_sas_wants_the_credential_and_the_schema_whole() {
    let (mut office, sas, alice) = stage();
    for (address, error) in [
        (sas.credential.address(), GateError::SasCredentialInvalid),
        (sas.schema.address(), GateError::SasSchemaInvalid),
    ] {
        let written = office.world.vm.account(&address).unwrap();
        let data = &written.data;
        let other_tag = [&[data[0] ^ 1], &data[1..]].concat();
        let longer = [&data[..], &[0]].concat();
        let shorter = data[..data.len() - 1].to_vec();
        let zeros = vec![0; data.len()];
        for data in [other_tag, longer, shorter, vec![]] {
            put(&mut office, address, data);
            refused(&mut office, &sas, &alice, error);
        }
        put(&mut office, address, zeros);
        refused(&mut office, &sas, &alice, error);
        let mut account = written.clone();
        account.owner = key("program").pubkey();
        office.world.vm.svm.set_account(address, account).unwrap();
        refused(&mut office, &sas, &alice, error);
        office.world.vm.svm.set_account(address, written).unwrap();
    }
    // A schema of another credential, at the right address.
    let mut other = sas.schema.clone();
    other.credential = key("another credential").pubkey();
    put(&mut office, sas.schema.address(), other.bytes());
    refused(&mut office, &sas, &alice, GateError::SasSchemaInvalid);
}

#[test]
fn register_from_sas_wants_country_and_tier_where_the_schema_has_them() {
    let (mut office, mut sas, alice) = stage();
    use field::{BOOL, STRING, U8, U16, U64};
    for layout in [
        vec![],
        vec![U64, BOOL],
        vec![U64, BOOL, U16],
        // Other types there, fields across, something of variable length before.
        vec![U64, BOOL, U8, U8, U8],
        vec![U64, BOOL, U16, U16],
        vec![U64, U64, U8],
        vec![STRING, U16, U8],
        vec![U64, STRING, U16, U8],
        vec![U64, BOOL, U16, 99],
    ] {
        sas.schema.layout = layout;
        sas.place(&mut office);
        refused(&mut office, &sas, &alice, GateError::SasSchemaInvalid);
    }
    // An attestation that does not hold what its schema says: the service would not have written it.
    sas.schema.layout = vec![U64, BOOL, U16, U8];
    sas.place(&mut office);
    let mut attestation = sas.attestation(&alice.pubkey(), 0);
    for length in [0, 9, 10, 11] {
        attestation.data = attested(GERMANY, 2)[..length].to_vec();
        refused_with(&mut office, &sas, &attestation, GateError::SasAttestationInvalid);
    }
    attestation.data = attested(GERMANY, 2)[..12].to_vec();
    attestation.place(&mut office);
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    register.send(&mut office.world.vm, &[&alice]).unwrap();
}

#[test]
fn register_from_sas_is_stopped_by_a_paused_schema() {
    let (mut office, mut sas, alice) = stage();
    sas.schema.is_paused = true;
    sas.place(&mut office);
    refused(&mut office, &sas, &alice, GateError::SasSchemaPaused);
}

#[test]
fn register_from_sas_keeps_to_the_providers_limits() {
    let (mut office, sas, alice) = stage();
    let mut attestation = sas.attestation(&alice.pubkey(), 0);
    for (country, tier, error) in [
        (4, 2, GateError::CountryNotOfProvider),
        (0, 2, GateError::CountryNotOfProvider),
        (GERMANY.swap_bytes(), 2, GateError::CountryNotOfProvider),
        (SINGAPORE, MAX_TIER + 1, GateError::TierNotOfProvider),
    ] {
        attestation.data = attested(country, tier);
        refused_with(&mut office, &sas, &attestation, error);
    }
    sas.attest(&mut office, "alice");
    let over = ProviderLimits { expires_at: office.world.vm.now(), ..limits(&office) };
    office.manage(set_provider(&office, &sas.provider, over).instruction()).unwrap();
    refused(&mut office, &sas, &alice, GateError::ProviderExpired);
}

#[test]
fn register_from_sas_is_for_providers_that_go_by_attestations() {
    let (mut office, sas, alice) = stage();
    let mut register = register_from_sas(&office, &sas, &alice.pubkey());
    register.accounts.provider = office.provider.address;
    let outcome = office.refused(register.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::WrongEvidence);
    // Nor into another issuer's records.
    let mut register = register_from_sas(&office, &sas, &alice.pubkey());
    let other = office.world.another_issuer();
    register.accounts.issuer = other;
    register.accounts.investor = sas_investor(&other, &register.accounts.attestation);
    register.accounts.wallet = scrip_tests::records::wallet_address(&other, &alice.pubkey());
    let outcome = office.refused(register.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::WrongIssuer);
}

#[test]
fn register_from_sas_registers_once_and_no_wallet_that_is_taken() {
    let (mut office, sas, alice) = stage();
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    register.send(&mut office.world.vm, &[&alice]).unwrap();
    assert_fails_with(office.refused(register.instruction(), &[&alice]), IN_USE);
    // Linked by a provider that signs.
    let (_, bob) = office.person("bob");
    sas.attest(&mut office, "bob");
    let register = register_from_sas(&office, &sas, &bob.pubkey());
    assert_fails_with(office.refused(register.instruction(), &[&bob]), IN_USE);
}

#[test]
fn register_from_sas_is_not_blocked_by_gifts() {
    let (mut office, sas, alice) = stage();
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    for address in [register.accounts.investor, register.accounts.wallet] {
        office.world.vm.svm.airdrop(&address, 1_000_000_000).unwrap();
    }
    register.send(&mut office.world.vm, &[&alice]).unwrap();
}

#[test]
fn who_leaves_comes_back_by_the_issuers_hand_and_never_past_a_bar() {
    let (mut office, sas, alice) = stage();
    let register = register_from_sas(&office, &sas, &alice.pubkey());
    register.send(&mut office.world.vm, &[&alice]).unwrap();
    let investor = register.accounts.investor;
    unlink_wallet(&office, &alice.pubkey()).send(&mut office.world.vm, &[&alice]).unwrap();
    // The investor cannot close its record, and so a bar finds it.
    let mut close = close_investor(&office, &office.provider.clone(), &investor);
    close.accounts.provider = sas.provider;
    close.accounts.operator = alice.pubkey();
    let outcome = office.refused(close.instruction(), &[&alice]);
    assert_turned_away(outcome, GateError::PowerMissing);
    assert_fails_with(office.refused(register.instruction(), &[&alice]), IN_USE);

    close.accounts.operator = office.officer.pubkey();
    close.accounts.role_grant = Some(office.role_grant);
    office.manage(close.instruction()).unwrap();
    register.send(&mut office.world.vm, &[&alice]).unwrap();
    office.manage(bar_investor(&office, &investor).instruction()).unwrap();
    assert_eq!(office.wallet(&alice.pubkey()).status, Status::Barred as u8);
    assert_turned_away(office.officer_refused(close.instruction()), GateError::InvestorBarred);
}
