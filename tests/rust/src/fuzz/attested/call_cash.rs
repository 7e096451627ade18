//! The two trades for cash.

use super::{
    Signed, Trade,
    call::{TickerAccounts, limits_record, statement_args},
};
use crate::fuzz::address::token_account;
use crate::{
    build::{event_authority, instruction},
    fuzz::arena::Arena,
};
use issuer::instructions::{RedeemForCashArgs, SubscribeForCashArgs};
use scrip_interface::{attestation::ReserveStatement, mint::TOKEN_2022};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

impl Signed {
    pub(super) fn subscribe(
        &self,
        arena: &Arena,
        signatures: Pubkey,
        trade: &Trade,
        statement: &ReserveStatement,
    ) -> Instruction {
        let Trade { mint, owner, cash_mint, .. } = *trade;
        let of = TickerAccounts::of(&mint);
        let desk = &arena.model.desks[&cash_mint];
        let (policy, wallet_record) = arena.registration(&mint, &owner);
        let accounts = issuer::accounts::SubscribeForCash {
            policy,
            wallet_record,
            owner,
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            mint,
            authority: of.authority,
            destination: token_account(&owner, &mint),
            owner_limits: limits_record(arena, &mint, &owner),
            desk: desk.address,
            cash_mint,
            cash_source: arena.cash_account(&owner, &cash_mint),
            vault: desk.vault,
            signatures,
            token_program: TOKEN_2022,
            cash_token_program: arena.cash_program(&cash_mint),
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let args = SubscribeForCashArgs {
            attestation: self.args,
            amount: trade.amount,
            cash_amount: trade.cash_amount,
            statement: statement_args(statement),
            max_cash: trade.cash_limit,
            deadline: trade.deadline,
        };
        instruction(&accounts, &issuer::instruction::SubscribeForCash { args })
    }

    pub(super) fn redeem(&self, arena: &Arena, signatures: Pubkey, trade: &Trade) -> Instruction {
        let Trade { mint, owner, cash_mint, .. } = *trade;
        let of = TickerAccounts::of(&mint);
        let desk = &arena.model.desks[&cash_mint];
        let (policy, wallet_record) = arena.registration(&mint, &owner);
        let accounts = issuer::accounts::RedeemForCash {
            policy,
            wallet_record,
            owner,
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            mint,
            source: token_account(&owner, &mint),
            owner_limits: limits_record(arena, &mint, &owner),
            desk: desk.address,
            cash_mint,
            cash_destination: arena.cash_account(&owner, &cash_mint),
            vault: desk.vault,
            signatures,
            token_program: TOKEN_2022,
            cash_token_program: arena.cash_program(&cash_mint),
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let args = RedeemForCashArgs {
            attestation: self.args,
            amount: trade.amount,
            cash_amount: trade.cash_amount,
            min_cash: trade.cash_limit,
            deadline: trade.deadline,
        };
        instruction(&accounts, &issuer::instruction::RedeemForCash { args })
    }
}
