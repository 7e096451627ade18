use issuer::{error::IssuerError, event::SharesMinted};
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{
    build::{AttestMint, SETTLED_E8},
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::ExtensionType, instruction::initialize_account3, state::Account as TokenState,
};

/// A mint of one share to Alice, with a change: how it ends.
fn attempt(change: impl FnOnce(&mut AttestMint, &mut World)) -> Outcome {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mut mint = AttestMint::new(&mut world, &alice, SHARE);
    change(&mut mint, &mut world);
    let outcome = mint.send(&mut world);
    if outcome.is_err() {
        assert_eq!((world.supply(), world.ticker().minted), (0, 0));
    }
    outcome
}

#[test]
fn attest_mint_mints_to_the_attested_owner() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let mint = AttestMint::new(&mut world, &alice, SHARE / 4);
    let receipt = mint.send(&mut world).unwrap();

    assert_eq!((world.balance(&alice), world.supply()), (SHARE / 4, SHARE / 4));
    let ticker = world.ticker();
    assert_eq!((ticker.minted, ticker.redeemed), (SHARE / 4, 0));
    assert_eq!(ticker.reserves.as_of, mint.args.statement.as_of);
    assert_eq!(ticker.reserves.settled, SETTLED_E8.into());
    let [event] = &receipt.events::<SharesMinted>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint, event.owner), (1, world.mint(), alice));
    assert_eq!((event.amount, event.supply), (SHARE / 4, SHARE / 4));
    assert_eq!((event.nonce, event.signers), (mint.args.attestation.nonce, 0b00111));
    assert_eq!(event.counted_shares_e8, SETTLED_E8);
}

#[test]
fn attest_mint_fits_any_quorum_of_five() {
    for signers in [vec![4, 2, 0], vec![0, 1, 2, 3], vec![0, 1, 2, 3, 4]] {
        let mut world = World::new();
        let alice = world.investor("alice").pubkey();
        let mut mint = AttestMint::new(&mut world, &alice, SHARE);
        mint.signers = signers;
        // Five signatures are beyond a legacy transaction: the VM has no limit of bytes, a
        // network has, and posted attestations are for those.
        mint.send(&mut world).unwrap();
        assert_eq!(world.supply(), SHARE);
    }
}

#[test]
fn attest_mint_needs_one_of_one_only_where_the_set_says_so() {
    let mut world = World::with_quorum(1, 1);
    let alice = world.investor("alice").pubkey();
    AttestMint::new(&mut world, &alice, SHARE).send(&mut world).unwrap();
    assert_eq!(world.supply(), SHARE);
}

#[test]
fn attest_mint_rejects_nothing() {
    assert_fails(attempt(|mint, _| mint.args.amount = 0), IssuerError::AmountZero);
}

#[test]
fn attest_mint_rejects_accounts_of_another_ticker() {
    let outcome = attempt(|mint, world| mint.accounts.mint = world.list_another().accounts.mint);
    assert_fails(outcome, IssuerError::WrongMint);
    let outcome =
        attempt(|mint, world| mint.accounts.nonces = world.list_another().accounts.nonces);
    assert_fails(outcome, IssuerError::WrongSubject);
}

#[test]
fn attest_mint_rejects_another_issuer() {
    let outcome = attempt(|mint, world| mint.accounts.issuer = world.another_issuer());
    assert_fails(outcome, IssuerError::WrongIssuer);
}

#[test]
fn attest_mint_rejects_another_custodians_quorum() {
    let outcome =
        attempt(|mint, world| mint.accounts.attestor_set = world.another_custodians_set());
    assert_fails(outcome, IssuerError::WrongCustodian);
}

#[test]
fn attest_mint_rejects_a_destination_of_another_owner() {
    let thiefs = |mint: &mut AttestMint, world: &mut World| {
        let thief = world.investor("thief").pubkey();
        mint.accounts.destination = scrip_tests::build::token_account(&thief, &world.mint());
    };
    assert_fails(attempt(thiefs), IssuerError::WrongDestinationOwner);
    let wallet = |mint: &mut AttestMint, world: &mut World| {
        mint.accounts.destination = world.vm.payer.pubkey();
    };
    assert_fails(attempt(wallet), IssuerError::WrongDestinationOwner);
    let look_alike = |mint: &mut AttestMint, world: &mut World| {
        let destination = mint.accounts.destination;
        world.vm.edit(&destination, |account| account.owner = issuer::ID);
    };
    assert_fails(attempt(look_alike), IssuerError::WrongDestinationOwner);
}

#[test]
fn attest_mint_rejects_a_destination_whose_owner_could_change() {
    let outcome = attempt(|mint, world| {
        mint.accounts.destination = plain_account(world, &mint.args.owner);
    });
    assert_fails(outcome, IssuerError::DestinationOwnerNotImmutable);
}

#[test]
fn attest_mint_rejects_a_destination_of_another_mint() {
    let outcome = attempt(|mint, world| {
        let other = world.list_another();
        let create =
            spl_associated_token_account_interface::instruction::create_associated_token_account(
                &world.vm.payer.pubkey(),
                &mint.args.owner,
                &other.accounts.mint,
                &TOKEN_2022,
            );
        world.vm.send(&[create], &[]).unwrap();
        mint.accounts.destination =
            scrip_tests::build::token_account(&mint.args.owner, &other.accounts.mint);
    });
    // Token-2022's own: the account is not associated with this mint.
    assert_fails_with(outcome, 3);
}

#[test]
fn attest_mint_rejects_a_fake_sysvar_and_a_fake_token_program() {
    use anchor_lang::error::ErrorCode;
    let outcome = attempt(|mint, world| mint.accounts.signatures = world.vm.payer.pubkey());
    assert_fails(outcome, IssuerError::Ed25519Missing);
    let outcome = attempt(|mint, _| {
        mint.accounts.token_program =
            Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
    });
    assert_fails_with(outcome, ErrorCode::InvalidProgramId.into());
}

#[test]
fn attest_mint_stops_where_the_books_would_not_balance() {
    let outcome = attempt(|_, world| world.edit_ticker(|ticker| ticker.redeemed = 1));
    assert_fails(outcome, IssuerError::InvariantSupply);
}

#[test]
fn attest_mint_rejects_a_total_beyond_64_bits() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    world.edit_ticker(|ticker| ticker.minted = u64::MAX);
    let outcome = AttestMint::new(&mut world, &alice, 1).send(&mut world);
    assert_fails(outcome, IssuerError::AmountOverflow);
}

/// A token account of the ticker's mint without an immutable owner.
pub fn plain_account(world: &mut World, owner: &Pubkey) -> Pubkey {
    let account = key("plain account");
    let space = ExtensionType::try_calculate_account_len::<TokenState>(&[
        ExtensionType::TransferHookAccount,
        ExtensionType::PausableAccount,
    ])
    .unwrap();
    let empty = solana_account::Account {
        lamports: world.vm.svm.minimum_balance_for_rent_exemption(space),
        data: vec![0; space],
        owner: TOKEN_2022,
        ..Default::default()
    };
    world.vm.svm.set_account(account.pubkey(), empty).unwrap();
    let initialize =
        initialize_account3(&TOKEN_2022, &account.pubkey(), &world.mint(), owner).unwrap();
    world.vm.send(&[initialize], &[]).unwrap();
    account.pubkey()
}
