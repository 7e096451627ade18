use super::{event_authority, instruction, padded};
use crate::vm::{Outcome, Vm};
use issuer::{
    instructions::ListTickerArgs,
    state::{Limit, TickerTerms},
};
use scrip_interface::{mint::TOKEN_2022, pda};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::address::get_associated_token_address_with_program_id;

pub const NO_LIMIT: Limit = Limit { capacity: 0, window_secs: 0 };

pub const TERMS: TickerTerms = TickerTerms {
    max_statement_age_secs: 24 * 60 * 60,
    max_receivable_bps: 500,
    redemption_secs: 3 * 24 * 60 * 60,
    payout_secs: 24 * 60 * 60,
    min_redemption: 0,
    mint_limit: NO_LIMIT,
    owner_mint_limit: NO_LIMIT,
    cash_limit: NO_LIMIT,
    owner_cash_limit: NO_LIMIT,
};

pub struct ListTicker {
    pub args: ListTickerArgs,
    pub accounts: issuer::accounts::ListTicker,
    pub mint: Keypair,
}

impl ListTicker {
    /// Apple's share, as `AAPLx`.
    pub fn new(
        payer: &Pubkey,
        custodian: &issuer::accounts::CreateCustodian,
        mint: Keypair,
    ) -> Self {
        let id = &issuer::ID;
        let key = mint.pubkey();
        let symbol = padded("AAPLx");
        let escrow = pda::escrow(id, &key).0;
        Self {
            args: ListTickerArgs {
                symbol,
                underlying: padded("AAPL"),
                isin: *b"US0378331005",
                mic: *b"XNAS",
                name: "Apple xStock".to_owned(),
                uri: "https://example.com/AAPLx.json".to_owned(),
                terms: TERMS,
                mode: 0,
                primary_kyc: false,
            },
            accounts: issuer::accounts::ListTicker {
                payer: *payer,
                operator: custodian.admin,
                role_grant: None,
                issuer: custodian.issuer,
                custodian: custodian.custodian,
                mint: key,
                ticker: pda::ticker(id, &key).0,
                symbol_record: pda::symbol(id, &custodian.issuer, &symbol).0,
                nonces: pda::nonce_window(id, &key).0,
                authority: pda::authority(id, &key).0,
                delegate: pda::delegate(id, &key).0,
                escrow,
                escrow_account: token_account(&escrow, &key),
                token_program: TOKEN_2022,
                associated_token_program: spl_associated_token_account_interface::program::ID,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: *id,
            },
            mint,
        }
    }

    pub fn set_symbol(&mut self, symbol: [u8; 16]) {
        self.args.symbol = symbol;
        self.accounts.symbol_record = pda::symbol(&issuer::ID, &self.accounts.issuer, &symbol).0;
    }

    pub fn send(&self, vm: &mut Vm, admin: &Keypair) -> Outcome {
        let data = issuer::instruction::ListTicker { args: self.args.clone() };
        vm.send(&[instruction(&self.accounts, &data)], &[admin, &self.mint])
    }
}

/// The associated token account of a wallet.
pub fn token_account(owner: &Pubkey, mint: &Pubkey) -> Pubkey {
    get_associated_token_address_with_program_id(owner, mint, &TOKEN_2022)
}
