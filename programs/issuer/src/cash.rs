//! Cash: mints of the classic Token program or of Token-2022, and the desks' vaults.

use crate::{error::IssuerError, state::CashDesk};
use anchor_lang::{prelude::*, solana_program::program::invoke_signed};
use anchor_spl::token_2022::spl_token_2022::instruction as token_instruction;
use scrip_interface::{mint::Extensions, pda::DESK_SEED};

const TOKEN: Pubkey = anchor_spl::token::ID;
const TOKEN_2022: Pubkey = anchor_spl::token_2022::ID;

const DECIMALS: usize = 44;
const INITIALIZED: usize = 45;
const BASE_LEN: usize = 82;
/// Neither program makes a mint of this length, so that a multisig is never taken for one.
const MULTISIG_LEN: usize = 355;
const ACCOUNT_TYPE: usize = 165;
const ACCOUNT_TYPE_MINT: u8 = 1;
const AMOUNT: usize = 64;

/// Extensions that change nothing about what an amount is worth, or who may take it: metadata
/// pointer, metadata, and pointers to and entries of groups.
const HARMLESS: [u16; 6] = [18, 19, 20, 21, 22, 23];

/// The decimals of a mint that may be cash: of the classic Token program, or of Token-2022 with no
/// extension but harmless ones. A transfer fee would make a vault short, a permanent delegate could
/// empty it, a hook could stop a redemption, and a closed mint could come back with other decimals.
pub fn accepted_decimals(mint: &AccountInfo) -> Result<u8> {
    let data = mint.try_borrow_data()?;
    let extensions = if *mint.owner == TOKEN {
        require!(data.len() == BASE_LEN, IssuerError::CashMintNotAllowed);
        &[]
    } else {
        require_keys_eq!(*mint.owner, TOKEN_2022, IssuerError::CashMintNotAllowed);
        let is_mint = data.get(ACCOUNT_TYPE).is_none_or(|&kind| kind == ACCOUNT_TYPE_MINT);
        let well_formed = data.len() == BASE_LEN || data.len() > ACCOUNT_TYPE;
        // A multisig has its signers where a mint has its type, and anybody may choose them.
        let mint = is_mint && well_formed && data.len() != MULTISIG_LEN;
        require!(mint, IssuerError::CashMintNotAllowed);
        data.get(ACCOUNT_TYPE.saturating_add(1)..).unwrap_or(&[])
    };
    require!(data.get(INITIALIZED) == Some(&1), IssuerError::CashMintNotAllowed);
    let harmless = Extensions::new(extensions).all(|(kind, _)| HARMLESS.contains(&kind));
    require!(harmless, IssuerError::CashMintNotAllowed);
    Ok(*data.get(DECIMALS).ok_or(IssuerError::CashMintNotAllowed)?)
}

/// The balance of a token account of either program, whose address is known to be right.
pub fn balance(account: &AccountInfo) -> Result<u64> {
    let data = account.try_borrow_data()?;
    let amount = data.get(AMOUNT..).and_then(|rest| rest.first_chunk());
    Ok(u64::from_le_bytes(*amount.ok_or(IssuerError::WrongCashDesk)?))
}

/// A transfer of cash.
pub struct CashTransfer<'a, 'info> {
    pub token_program: &'a AccountInfo<'info>,
    pub source: &'a AccountInfo<'info>,
    pub mint: &'a AccountInfo<'info>,
    pub destination: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    pub amount: u64,
    pub decimals: u8,
}

impl CashTransfer<'_, '_> {
    /// `signers`: the seeds of the authority, if it is a desk.
    pub fn make(&self, signers: &[&[&[u8]]]) -> Result<()> {
        // Both programs read the same instruction.
        let instruction = token_instruction::transfer_checked(
            self.token_program.key,
            self.source.key,
            self.mint.key,
            self.destination.key,
            self.authority.key,
            &[],
            self.amount,
            self.decimals,
        )?;
        let accounts = [self.source, self.mint, self.destination, self.authority].map(Clone::clone);
        invoke_signed(&instruction, &accounts, signers)?;
        Ok(())
    }
}

/// Where a desk's cash is, and where it goes.
pub struct DeskPayment<'a, 'info> {
    pub desk: &'a AccountLoader<'info, CashDesk>,
    pub token_program: &'a AccountInfo<'info>,
    pub mint: &'a AccountInfo<'info>,
    pub vault: &'a AccountInfo<'info>,
    pub destination: &'a AccountInfo<'info>,
    pub amount: u64,
}

impl DeskPayment<'_, '_> {
    /// Out of the vault, signed by the desk. Nobody may hold the desk loaded.
    pub fn make(&self) -> Result<()> {
        let (issuer, cash_mint, decimals, bump) = {
            let desk = self.desk.load()?;
            (desk.issuer, desk.cash_mint, desk.decimals, desk.bump)
        };
        let transfer = CashTransfer {
            token_program: self.token_program,
            source: self.vault,
            mint: self.mint,
            destination: self.destination,
            authority: self.desk.as_ref(),
            amount: self.amount,
            decimals,
        };
        transfer.make(&[&[DESK_SEED, issuer.as_ref(), cash_mint.as_ref(), &[bump]]])
    }
}
