//! Linking and unlinking wallets.

use gate::{
    constants::MAX_WALLETS,
    error::GateError,
    event::{WalletLinked, WalletUnlinked},
    state::{Investor, ProviderLimits},
};
use scrip_interface::gate::{Kind, Status};
use scrip_tests::{
    records::{
        Office, SINGAPORE, assert_turned_away, bar_investor, claim, countries, limits, link_wallet,
        revoke_investor, set_provider, set_venue, unlink_wallet, wallet_address,
    },
    vm::{assert_fails_with, key},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Of the System program: what is to be created is there.
const IN_USE: u32 = 0;

fn wallets(office: &Office, investor: &Pubkey) -> Vec<Pubkey> {
    office.world.vm.state::<Investor>(investor).wallets().to_vec()
}

#[test]
fn link_wallet_records_what_a_transfer_check_reads() {
    let mut office = Office::new();
    let (investor, owner) = (office.investor("alice"), key("alice"));
    let provider = office.provider.clone();
    let link = link_wallet(&office, &provider, &investor, &owner.pubkey());
    let receipt = office.provide(link.instruction(), &[&owner]).unwrap();
    let (wallet, claim) = (office.wallet(&owner.pubkey()), claim(&office.world.vm));
    assert_eq!((wallet.version, wallet.kind), (1, Kind::Investor as u8));
    assert_eq!((wallet.status, wallet.provider), (Status::Active as u8, 0));
    assert_eq!((wallet.country, wallet.tier, wallet.expires_at), (276, 2, claim.expires_at));
    assert_eq!((wallet.issuer, wallet.owner), (office.issuer(), owner.pubkey()));
    assert_eq!(wallet.investor, investor);
    assert_eq!(wallet.rent_payer, office.world.vm.payer.pubkey());
    assert_eq!(wallets(&office, &investor), [owner.pubkey()]);
    let [event] = &receipt.events::<WalletLinked>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.provider), (2, provider.address));
    assert_eq!((event.investor, event.owner), (investor, owner.pubkey()));
}

#[test]
fn link_wallet_stops_at_eight() {
    let mut office = Office::new();
    let (investor, _) = office.person_with("alice", MAX_WALLETS);
    let (provider, ninth) = (office.provider.clone(), key("ninth"));
    let link = link_wallet(&office, &provider, &investor, &ninth.pubkey());
    let outcome = office.provider_refused(link.instruction(), &[&ninth]);
    assert_turned_away(outcome, GateError::TooManyWallets);
}

#[test]
fn link_wallet_takes_no_wallet_from_anybody() {
    let mut office = Office::new();
    let (alices, owner) = office.person("alice");
    let (bobs, provider) = (office.investor("bob"), office.provider.clone());
    let other = office.another_provider();
    let others = office.investor_of(&other, "carol");
    for investor in [&alices, &bobs] {
        let link = link_wallet(&office, &provider, investor, &owner.pubkey());
        assert_fails_with(office.provider_refused(link.instruction(), &[&owner]), IN_USE);
    }
    let link = link_wallet(&office, &other, &others, &owner.pubkey());
    let outcome = office.refused(link.instruction(), &[&other.authority, &owner]);
    assert_fails_with(outcome, IN_USE);
    // Nor from a venue.
    let venue = key("venue");
    office.manage(set_venue(&office, &venue.pubkey()).instruction()).unwrap();
    let link = link_wallet(&office, &provider, &bobs, &venue.pubkey());
    assert_fails_with(office.provider_refused(link.instruction(), &[&venue]), IN_USE);
}

#[test]
fn link_wallet_is_for_the_providers_own_investors() {
    let mut office = Office::new();
    let other = office.another_provider();
    let (investor, owner) = (office.investor("alice"), key("alice"));
    let link = link_wallet(&office, &other, &investor, &owner.pubkey());
    let outcome = office.refused(link.instruction(), &[&other.authority, &owner]);
    assert_turned_away(outcome, GateError::WrongProvider);
    // In the first provider's name.
    let mut link = link_wallet(&office, &other, &investor, &owner.pubkey());
    link.accounts.provider = office.provider.address;
    let outcome = office.refused(link.instruction(), &[&other.authority, &owner]);
    assert_turned_away(outcome, GateError::NotProvider);
    // Into another issuer's records.
    let elsewhere = office.world.another_issuer();
    let provider = office.provider.clone();
    let mut link = link_wallet(&office, &provider, &investor, &owner.pubkey());
    link.accounts.issuer = elsewhere;
    link.accounts.wallet = wallet_address(&elsewhere, &owner.pubkey());
    let outcome = office.provider_refused(link.instruction(), &[&owner]);
    assert_turned_away(outcome, GateError::WrongIssuer);
}

#[test]
fn link_wallet_wants_a_word_that_still_holds() {
    let mut office = Office::new();
    let (investor, owner, provider) =
        (office.investor("alice"), key("alice"), office.provider.clone());
    let link = link_wallet(&office, &provider, &investor, &owner.pubkey()).instruction();
    let refused = |office: &mut Office, error| {
        assert_turned_away(office.provider_refused(link.clone(), &[&owner]), error);
    };
    let before = limits(&office);

    // The provider's time over, and begun again.
    let now = office.world.vm.now();
    for (at, lands) in [(now, false), (before.expires_at, true)] {
        let ends = ProviderLimits { expires_at: at, ..before };
        office.manage(set_provider(&office, &provider.address, ends).instruction()).unwrap();
        if !lands {
            refused(&mut office, GateError::ProviderExpired);
        }
    }
    // The word taken back.
    office.provide(revoke_investor(&office, &provider, &investor).instruction(), &[]).unwrap();
    refused(&mut office, GateError::InvestorRevoked);
    // The issuer's bar comes first.
    office.manage(bar_investor(&office, &investor).instruction()).unwrap();
    refused(&mut office, GateError::InvestorBarred);
    // Its own time over.
    let expires_at = claim(&office.world.vm).expires_at;
    office.world.vm.set_time(expires_at);
    refused(&mut office, GateError::ValidityInvalid);
    // The country taken from the provider.
    let narrower = ProviderLimits { countries: countries(&[SINGAPORE]), ..before };
    office.manage(set_provider(&office, &provider.address, narrower).instruction()).unwrap();
    refused(&mut office, GateError::CountryNotOfProvider);
}

#[test]
fn link_wallet_is_not_blocked_by_a_gift() {
    let mut office = Office::new();
    let (investor, owner) = (office.investor("alice"), key("alice"));
    let address = office.wallet_address(&owner.pubkey());
    office.world.vm.svm.airdrop(&address, 1_000_000_000).unwrap();
    office.link(&investor, &owner);
    assert_eq!(office.wallet(&owner.pubkey()).investor, investor);
}

#[test]
fn unlink_wallet_is_the_owners_or_the_providers() {
    let mut office = Office::new();
    let other = office.another_provider();
    let (investor, owners) = office.person_with("alice", 3);
    let provider = office.provider.clone();
    let (mallory, bob) = (key("mallory"), office.person("bob").1);
    for wrong in [&mallory, &bob, &owners[1], &other.authority] {
        let mut unlink = unlink_wallet(&office, &owners[0].pubkey());
        unlink.accounts.operator = wrong.pubkey();
        let outcome = office.refused(unlink.instruction(), &[wrong]);
        assert_turned_away(outcome, GateError::NotOwnerNorProvider);
    }
    let receipt = unlink_wallet(&office, &owners[0].pubkey())
        .send(&mut office.world.vm, &[&owners[0]])
        .unwrap();
    let [event] = &receipt.events::<WalletUnlinked>()[..] else { panic!("one event") };
    assert_eq!((event.investor, event.owner), (investor, owners[0].pubkey()));
    assert!(!office.has_record(&owners[0].pubkey()));
    // The last one took its place.
    let left = [owners[2].pubkey(), owners[1].pubkey()];
    assert_eq!(wallets(&office, &investor), left);

    let mut unlink = unlink_wallet(&office, &left[1]);
    unlink.accounts.operator = provider.authority.pubkey();
    office.provide(unlink.instruction(), &[]).unwrap();
    assert_eq!(wallets(&office, &investor), left[..1]);
    let state: Investor = office.world.vm.state(&investor);
    assert_eq!(state.wallets[1..], [Pubkey::default(); MAX_WALLETS - 1]);
}

#[test]
fn unlink_wallet_frees_the_wallet_and_the_place() {
    let mut office = Office::new();
    let (alices, owners) = office.person_with("alice", MAX_WALLETS);
    let bobs = office.investor("bob");
    let first = &owners[0];
    unlink_wallet(&office, &first.pubkey()).send(&mut office.world.vm, &[first]).unwrap();
    office.link(&bobs, first);
    assert_eq!(office.wallet(&first.pubkey()).investor, bobs);
    office.link(&alices, &key("alice's next"));
    assert_eq!(wallets(&office, &alices).len(), MAX_WALLETS);
}

#[test]
fn unlink_wallet_gives_the_rent_back_to_who_paid_it() {
    let mut office = Office::new();
    let (investor, owner, patron) = (office.investor("alice"), key("alice"), key("patron"));
    office.world.vm.svm.airdrop(&patron.pubkey(), 1_000_000_000).unwrap();
    let provider = office.provider.clone();
    let mut link = link_wallet(&office, &provider, &investor, &owner.pubkey());
    link.accounts.payer = patron.pubkey();
    office.provide(link.instruction(), &[&owner, &patron]).unwrap();
    let rent = office.world.vm.account(&office.wallet_address(&owner.pubkey())).unwrap().lamports;
    let mut unlink = unlink_wallet(&office, &owner.pubkey());
    let outcome = office.refused(unlink.instruction(), &[&owner]);
    assert_turned_away(outcome, GateError::WrongRentPayer);
    unlink.accounts.rent_payer = patron.pubkey();
    unlink.send(&mut office.world.vm, &[&owner]).unwrap();
    assert_eq!(office.world.vm.account(&patron.pubkey()).unwrap().lamports, 1_000_000_000);
    assert!(rent > 0);
}

#[test]
fn unlink_wallet_lets_nobody_slip_out_of_a_bar() {
    let mut office = Office::new();
    let (investor, owner) = office.person("alice");
    office.manage(bar_investor(&office, &investor).instruction()).unwrap();
    let provider: Keypair = office.provider.authority.insecure_clone();
    for operator in [&owner, &provider] {
        let mut unlink = unlink_wallet(&office, &owner.pubkey());
        unlink.accounts.operator = operator.pubkey();
        let outcome = office.refused(unlink.instruction(), &[operator]);
        assert_turned_away(outcome, GateError::InvestorBarred);
    }
    assert_eq!(office.wallet(&owner.pubkey()).status, Status::Barred as u8);
}

#[test]
fn unlink_wallet_takes_the_wallet_from_its_own_investor_only() {
    let mut office = Office::new();
    let (_, owner) = office.person("alice");
    let (bobs, _) = office.person("bob");
    let other = office.another_provider();
    let others = office.investor_of(&other, "carol");
    let mut unlink = unlink_wallet(&office, &owner.pubkey());
    unlink.accounts.investor = bobs;
    let outcome = office.refused(unlink.instruction(), &[&owner]);
    assert_turned_away(outcome, GateError::WrongInvestor);
    unlink.accounts.investor = others;
    let outcome = office.refused(unlink.instruction(), &[&owner]);
    assert_turned_away(outcome, GateError::WrongProvider);
    unlink.accounts.provider = other.address;
    let outcome = office.refused(unlink.instruction(), &[&owner]);
    assert_turned_away(outcome, GateError::WrongInvestor);
    // A venue has no investor.
    let venue = key("venue");
    office.manage(set_venue(&office, &venue.pubkey()).instruction()).unwrap();
    unlink.accounts.wallet = office.wallet_address(&venue.pubkey());
    unlink.accounts.operator = venue.pubkey();
    let outcome = office.refused(unlink.instruction(), &[&venue]);
    assert_turned_away(outcome, GateError::WrongInvestor);
}
