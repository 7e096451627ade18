//! Which mints may be cash: what could take from a vault, or keep it from paying, may not.

use anchor_lang::__private::bytemuck::Zeroable;
use issuer::error::IssuerError;
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{
    build::{OUTFLOW, Stablecoin, open_cash_desk},
    vm::{assert_fails, key},
    world::World,
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{
        ExtensionType, confidential_mint_burn, confidential_transfer, confidential_transfer_fee,
        default_account_state, group_member_pointer, group_pointer, interest_bearing_mint,
        metadata_pointer, pausable, scaled_ui_amount, transfer_fee, transfer_hook,
    },
    instruction as token,
    state::AccountState,
};
use spl_token_metadata_interface::instruction as metadata;

const PROGRAM: &Pubkey = &TOKEN_2022;

fn authority() -> Pubkey {
    key("somebody").pubkey()
}

/// Each extension that a mint may have, initialised as its issuer would.
fn extensions(mint: &Pubkey) -> Vec<(ExtensionType, Instruction)> {
    let who = authority();
    let some = Some(who);
    vec![
        (
            ExtensionType::TransferFeeConfig,
            transfer_fee::instruction::initialize_transfer_fee_config(
                PROGRAM,
                mint,
                some.as_ref(),
                some.as_ref(),
                0,
                0,
            )
            .unwrap(),
        ),
        (
            ExtensionType::MintCloseAuthority,
            token::initialize_mint_close_authority(PROGRAM, mint, some.as_ref()).unwrap(),
        ),
        (
            ExtensionType::ConfidentialTransferMint,
            confidential_transfer::instruction::initialize_mint(PROGRAM, mint, some, false, None)
                .unwrap(),
        ),
        (
            ExtensionType::DefaultAccountState,
            default_account_state::instruction::initialize_default_account_state(
                PROGRAM,
                mint,
                &AccountState::Frozen,
            )
            .unwrap(),
        ),
        (
            ExtensionType::NonTransferable,
            token::initialize_non_transferable_mint(PROGRAM, mint).unwrap(),
        ),
        (
            ExtensionType::InterestBearingConfig,
            interest_bearing_mint::instruction::initialize(PROGRAM, mint, some, 0).unwrap(),
        ),
        (
            ExtensionType::PermanentDelegate,
            token::initialize_permanent_delegate(PROGRAM, mint, &who).unwrap(),
        ),
        (
            ExtensionType::TransferHook,
            transfer_hook::instruction::initialize(PROGRAM, mint, some, None).unwrap(),
        ),
        (
            ExtensionType::ScaledUiAmount,
            scaled_ui_amount::instruction::initialize(PROGRAM, mint, some, 1.0).unwrap(),
        ),
        (ExtensionType::Pausable, pausable::instruction::initialize(PROGRAM, mint, &who).unwrap()),
    ]
}

/// A desk for such a mint is refused, and none is there.
#[track_caller]
fn refused(extensions: &[ExtensionType], make: impl FnOnce(&Pubkey) -> Vec<Instruction>) {
    let mut world = World::new();
    let coin = Stablecoin::token_2022(&mut world.vm, "dollar", extensions, make);
    let open = open_cash_desk(&world, &coin, OUTFLOW);
    let admin = world.admin.insecure_clone();
    assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
    assert!(world.vm.account(&open.accounts.desk).is_none());
}

#[test]
fn open_cash_desk_rejects_every_extension_with_a_power_over_balances() {
    let count = extensions(&Pubkey::default()).len();
    for place in 0..count {
        let kind = extensions(&Pubkey::default())[place].0;
        refused(&[kind], |mint| vec![extensions(mint).swap_remove(place).1]);
    }
}

#[test]
fn open_cash_desk_rejects_confidential_fees_and_confidential_supply() {
    let who = authority();
    let confidential = |mint: &Pubkey| {
        confidential_transfer::instruction::initialize_mint(PROGRAM, mint, Some(who), false, None)
            .unwrap()
    };
    refused(
        &[
            ExtensionType::TransferFeeConfig,
            ExtensionType::ConfidentialTransferMint,
            ExtensionType::ConfidentialTransferFeeConfig,
        ],
        |mint| {
            let fee =
                confidential_transfer_fee::instruction::initialize_confidential_transfer_fee_config(
                    PROGRAM,
                    mint,
                    Some(who),
                    &Zeroable::zeroed(),
                );
            vec![extensions(mint).swap_remove(0).1, confidential(mint), fee.unwrap()]
        },
    );
    refused(
        &[ExtensionType::ConfidentialTransferMint, ExtensionType::ConfidentialMintBurn],
        |mint| {
            let supply = confidential_mint_burn::instruction::initialize_mint(
                PROGRAM,
                mint,
                &Zeroable::zeroed(),
                &Zeroable::zeroed(),
            );
            vec![confidential(mint), supply.unwrap()]
        },
    );
}

#[test]
fn open_cash_desk_rejects_a_power_behind_harmless_extensions() {
    refused(&[ExtensionType::MetadataPointer, ExtensionType::PermanentDelegate], |mint| {
        let pointer =
            metadata_pointer::instruction::initialize(PROGRAM, mint, None, Some(*mint)).unwrap();
        let delegate = token::initialize_permanent_delegate(PROGRAM, mint, &authority()).unwrap();
        vec![pointer, delegate]
    });
}

/// Extensions of a Token-2022 to come: whatever is not known to be harmless is not.
#[test]
fn open_cash_desk_rejects_an_extension_that_nobody_knows_yet() {
    for kind in [27u16, 28, 29, 255, 65_535] {
        let mut world = World::new();
        let coin = Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![]);
        world.vm.edit(&coin.mint, |account| {
            account.data.resize(165, 0);
            account.data.push(1);
            account.data.extend(kind.to_le_bytes());
            account.data.extend(0u16.to_le_bytes());
        });
        let open = open_cash_desk(&world, &coin, OUTFLOW);
        let admin = world.admin.insecure_clone();
        assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
    }
}

#[test]
fn open_cash_desk_allows_metadata_and_groups() {
    let mut world = World::new();
    let kinds = [
        ExtensionType::MetadataPointer,
        ExtensionType::GroupPointer,
        ExtensionType::GroupMemberPointer,
    ];
    let coin = Stablecoin::token_2022(&mut world.vm, "dollar", &kinds, |mint| {
        let (none, itself) = (None, Some(*mint));
        vec![
            metadata_pointer::instruction::initialize(PROGRAM, mint, none, itself).unwrap(),
            group_pointer::instruction::initialize(PROGRAM, mint, none, itself).unwrap(),
            group_member_pointer::instruction::initialize(PROGRAM, mint, none, itself).unwrap(),
        ]
    });
    let who = coin.authority.pubkey();
    let describe = metadata::initialize(
        PROGRAM,
        &coin.mint,
        &who,
        &coin.mint,
        &who,
        "Test Dollar".to_owned(),
        "USDT".to_owned(),
        "https://example.com/dollar.json".to_owned(),
    );
    world.vm.send(&[describe], &[&coin.authority]).unwrap();
    let open = open_cash_desk(&world, &coin, OUTFLOW);
    let admin = world.admin.insecure_clone();
    open.send(&mut world.vm, &[&admin]).unwrap();
}

/// Accounts of both token programs that are no mints, and a mint that is not initialised.
#[test]
fn open_cash_desk_rejects_what_is_no_mint() {
    let mut world = World::new();
    let admin = world.admin.insecure_clone();
    let classic = Stablecoin::classic(&mut world.vm, "dollar");
    let newer = Stablecoin::token_2022(&mut world.vm, "euro", &[], |_| vec![]);
    let holder = key("holder").pubkey();
    for mut coin in [classic, newer] {
        coin.mint = coin.open_account(&mut world.vm, &holder);
        let open = open_cash_desk(&world, &coin, OUTFLOW);
        assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
    }
    let mut wallet = Stablecoin::classic(&mut world.vm, "pound");
    world.vm.edit(&wallet.mint, |account| account.data[45] = 0);
    let open = open_cash_desk(&world, &wallet, OUTFLOW);
    assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
    // A wallet: its owner is no token program.
    wallet.mint = key("payer").pubkey();
    wallet.program = Pubkey::default();
    let open = open_cash_desk(&world, &wallet, OUTFLOW);
    assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
}

/// A multisig's signers are free to choose, so its bytes can be made to look like a mint's.
#[test]
fn open_cash_desk_rejects_a_multisig_in_the_shape_of_a_mint() {
    let mut world = World::new();
    let payer = world.vm.payer.pubkey();
    for program in [TOKEN_2022, scrip_tests::build::TOKEN] {
        let account = key(&format!("multisig of {program}"));
        let address = account.pubkey();
        // Byte 45 says that a mint is initialised, byte 165 that it is one.
        let mut signers = [[7u8; 32]; 6];
        signers[1][45 - 35] = 1;
        signers[5][165 - 163] = 1;
        signers[5][166 - 163..].fill(0);
        let signers = signers.map(Pubkey::new_from_array);
        let lamports = world.vm.svm.minimum_balance_for_rent_exemption(355);
        let instructions = [
            anchor_lang::solana_program::system_instruction::create_account(
                &payer, &address, lamports, 355, &program,
            ),
            token::initialize_multisig2(&program, &address, &signers.each_ref(), 1).unwrap(),
        ];
        world.vm.send(&instructions, &[&account]).unwrap();

        let authority = world.admin.insecure_clone();
        let coin = Stablecoin { mint: address, program, authority };
        let open = open_cash_desk(&world, &coin, OUTFLOW);
        let admin = world.admin.insecure_clone();
        assert_fails(open.send(&mut world.vm, &[&admin]), IssuerError::CashMintNotAllowed);
    }
}
