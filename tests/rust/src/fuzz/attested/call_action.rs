//! The instructions of corporate actions, by a quorum or by a wallet.

use super::{Signed, call::TickerAccounts};
use crate::fuzz::address::pda;
use crate::{
    build::{event_authority, instruction},
    fuzz::arena::Arena,
};
use issuer::{instructions::*, state::ActionTermsArgs};
use scrip_interface::{attestation::ReserveStatement, mint::TOKEN_2022};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

/// Who decides without a quorum: a wallet, and the grant that is given.
type By = Option<(Pubkey, Option<Pubkey>)>;
type Proof<'a> = Option<(&'a Signed, Pubkey)>;

/// Where the ticker has its open action, or would have one.
pub fn action_address(arena: &Arena, mint: &Pubkey) -> Pubkey {
    let ticker = arena.model.ticker(mint);
    let next = ticker.action_sequence + 1;
    let sequence = ticker.action.as_ref().map_or(next, |action| action.sequence);
    pda::corporate_action(&issuer::ID, mint, sequence).0
}

pub fn history(mint: &Pubkey) -> Pubkey {
    pda::history(&issuer::ID, mint).0
}

pub fn announce(
    arena: &Arena,
    mint: &Pubkey,
    terms: &ActionTermsArgs,
    payer: &Pubkey,
    by: By,
    proof: Proof,
) -> Instruction {
    let of = TickerAccounts::of(mint);
    let next = arena.model.ticker(mint).action_sequence + 1;
    let accounts = issuer::accounts::AnnounceAction {
        payer: *payer,
        operator: by.map(|(operator, _)| operator),
        role_grant: by.and_then(|(_, grant)| grant),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint: *mint,
        action: pda::corporate_action(&issuer::ID, mint, next).0,
        history: history(mint),
        attestor_set: proof.map(|(signed, _)| signed.set),
        nonces: proof.map(|_| of.nonces),
        signatures: proof.map(|(_, signatures)| signatures),
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let attestation = proof.map(|(signed, _)| signed.args);
    let args = AnnounceActionArgs { terms: *terms, attestation };
    instruction(&accounts, &issuer::instruction::AnnounceAction { args })
}

pub fn schedule(
    signed: &Signed,
    arena: &Arena,
    signatures: Pubkey,
    mint: &Pubkey,
    after: &ReserveStatement,
) -> Instruction {
    let of = TickerAccounts::of(mint);
    let accounts = issuer::accounts::ScheduleAction {
        issuer: arena.issuer(),
        attestor_set: signed.set,
        ticker: of.ticker,
        nonces: of.nonces,
        action: action_address(arena, mint),
        history: history(mint),
        mint: *mint,
        authority: of.authority,
        signatures,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ScheduleActionArgs {
        attestation: signed.args,
        effective_at: after.as_of,
        settled_after_e8: after.settled_shares_e8,
        receivable_after_e8: after.receivable_shares_e8,
    };
    instruction(&accounts, &issuer::instruction::ScheduleAction { args })
}

pub fn cancel(arena: &Arena, mint: &Pubkey, by: By, proof: Proof) -> Instruction {
    let of = TickerAccounts::of(mint);
    let action = arena.model.ticker(mint).action.as_ref();
    let accounts = issuer::accounts::CancelAction {
        operator: by.map(|(operator, _)| operator),
        role_grant: by.and_then(|(_, grant)| grant),
        issuer: arena.issuer(),
        ticker: of.ticker,
        action: action_address(arena, mint),
        history: history(mint),
        mint: *mint,
        authority: of.authority,
        rent_payer: action.map_or(arena.payer(), |action| action.rent_payer),
        attestor_set: proof.map(|(signed, _)| signed.set),
        nonces: proof.map(|_| of.nonces),
        signatures: proof.map(|(_, signatures)| signatures),
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = CancelActionArgs { attestation: proof.map(|(signed, _)| signed.args) };
    instruction(&accounts, &issuer::instruction::CancelAction { args })
}
