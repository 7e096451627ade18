//! The instruction of each attested action.

use super::{Action, Signed, call_action, effect::escrow_account};
use crate::fuzz::address::{pda, token_account};
use crate::{
    build::{event_authority, instruction},
    fuzz::{
        arena::Arena,
        plan::{Plan, Refusals},
    },
};
use issuer::instructions::*;
use scrip_interface::{attestation::ReserveStatement, mint::TOKEN_2022};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

/// Addresses of everything that belongs to a ticker.
pub struct TickerAccounts {
    pub ticker: Pubkey,
    pub nonces: Pubkey,
    pub authority: Pubkey,
    pub escrow: Pubkey,
    pub escrow_account: Pubkey,
}

impl TickerAccounts {
    pub fn of(mint: &Pubkey) -> Self {
        let id = &issuer::ID;
        Self {
            ticker: pda::ticker(id, mint).0,
            nonces: pda::nonce_window(id, mint).0,
            authority: pda::authority(id, mint).0,
            escrow: pda::escrow(id, mint).0,
            escrow_account: escrow_account(mint),
        }
    }
}

pub fn statement_args(statement: &ReserveStatement) -> StatementArgs {
    StatementArgs {
        as_of: statement.as_of,
        settled_shares_e8: statement.settled_shares_e8,
        receivable_shares_e8: statement.receivable_shares_e8,
    }
}

/// The owner's record for a ticker, if it is open.
pub fn limits_record(arena: &Arena, mint: &Pubkey, owner: &Pubkey) -> Option<Pubkey> {
    let open = arena.model.owner_limits.contains_key(&(*mint, *owner));
    open.then(|| pda::owner_limits(&issuer::ID, mint, owner).0)
}

impl Signed {
    pub(super) fn call(&self, arena: &Arena, signatures: Pubkey) -> Plan {
        let (name, call) = match &self.action {
            Action::Mint { mint, owner, amount, statement } => {
                ("attest_mint", self.mint(arena, signatures, mint, owner, *amount, statement))
            }
            Action::Reserves { mint, statement } => {
                ("attest_reserves", self.reserves(arena, signatures, mint, statement))
            }
            Action::Statement { custodian, as_of, root, .. } => {
                let accounts = issuer::accounts::AttestStatement {
                    issuer: arena.issuer(),
                    attestor_set: self.set,
                    custodian: *custodian,
                    signatures,
                    event_authority: event_authority(),
                    program: issuer::ID,
                };
                let args =
                    AttestStatementArgs { attestation: self.args, as_of: *as_of, root: *root };
                let data = issuer::instruction::AttestStatement { args };
                ("attest_statement", instruction(&accounts, &data))
            }
            Action::Acknowledge { mint, redemption } => {
                let args = AcknowledgeRedemptionArgs { attestation: self.args };
                let data = issuer::instruction::AcknowledgeRedemption { args };
                let accounts = self.answer(arena, signatures, mint, redemption);
                ("acknowledge_redemption", instruction(&accounts, &data))
            }
            Action::Reject { mint, redemption, reason } => {
                let args = RejectRedemptionArgs { attestation: self.args, reason: *reason };
                let data = issuer::instruction::RejectRedemption { args };
                let accounts = self.answer(arena, signatures, mint, redemption);
                ("reject_redemption", instruction(&accounts, &data))
            }
            Action::Settle { mint, redemption, amount, reference } => {
                let made = self.settle(arena, signatures, mint, redemption, *amount, *reference);
                ("settle_redemption", made)
            }
            Action::Subscribe(trade, statement) => {
                ("subscribe_for_cash", self.subscribe(arena, signatures, trade, statement))
            }
            Action::Redeem(trade) => ("redeem_for_cash", self.redeem(arena, signatures, trade)),
            Action::Activate { set } => {
                let custodian = self.action.subject(&arena.model).0;
                let made = activate(arena, &custodian, set, None, Some((self, signatures)));
                ("activate_attestor_set", made)
            }
            Action::Remove { custodian, key } => {
                let made = remove(arena, custodian, key, None, Some((self, signatures)));
                ("remove_attestor", made)
            }
            Action::ChangeCustodian { mint, next } => {
                let made =
                    change_custodian(arena, mint, next, None, None, Some((self, signatures)));
                ("change_custodian", made)
            }
            Action::Announce { mint, terms, payer } => {
                let proof = Some((self, signatures));
                ("announce_action", call_action::announce(arena, mint, terms, payer, None, proof))
            }
            Action::Schedule { mint, after } => {
                ("schedule_action", call_action::schedule(self, arena, signatures, mint, after))
            }
            Action::Cancel { mint } => {
                let proof = Some((self, signatures));
                ("cancel_action", call_action::cancel(arena, mint, None, proof))
            }
        };
        Plan::new(name, call, Refusals::none())
    }

    fn mint(
        &self,
        arena: &Arena,
        signatures: Pubkey,
        mint: &Pubkey,
        owner: &Pubkey,
        amount: u64,
        statement: &ReserveStatement,
    ) -> Instruction {
        let of = TickerAccounts::of(mint);
        let (policy, wallet_record) = arena.registration(mint, owner);
        let accounts = issuer::accounts::AttestMint {
            policy,
            wallet_record,
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            mint: *mint,
            authority: of.authority,
            destination: token_account(owner, mint),
            owner_limits: limits_record(arena, mint, owner),
            signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let statement = statement_args(statement);
        let args = AttestMintArgs { attestation: self.args, amount, statement, owner: *owner };
        instruction(&accounts, &issuer::instruction::AttestMint { args })
    }

    fn reserves(
        &self,
        arena: &Arena,
        signatures: Pubkey,
        mint: &Pubkey,
        statement: &ReserveStatement,
    ) -> Instruction {
        let of = TickerAccounts::of(mint);
        let accounts = issuer::accounts::AttestReserves {
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            mint: *mint,
            signatures,
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let args =
            AttestReservesArgs { attestation: self.args, statement: statement_args(statement) };
        instruction(&accounts, &issuer::instruction::AttestReserves { args })
    }

    fn answer(
        &self,
        arena: &Arena,
        signatures: Pubkey,
        mint: &Pubkey,
        redemption: &Pubkey,
    ) -> issuer::accounts::AnswerRedemption {
        let of = TickerAccounts::of(mint);
        issuer::accounts::AnswerRedemption {
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            redemption: *redemption,
            signatures,
            event_authority: event_authority(),
            program: issuer::ID,
        }
    }

    fn settle(
        &self,
        arena: &Arena,
        signatures: Pubkey,
        mint: &Pubkey,
        redemption: &Pubkey,
        amount: u64,
        payout_reference: [u8; 32],
    ) -> Instruction {
        let of = TickerAccounts::of(mint);
        let rent_payer = arena.model.redemptions.get(redemption).map(|it| it.rent_payer);
        let accounts = issuer::accounts::SettleRedemption {
            issuer: arena.issuer(),
            attestor_set: self.set,
            ticker: of.ticker,
            nonces: of.nonces,
            redemption: *redemption,
            rent_payer: rent_payer.unwrap_or(arena.payer()),
            mint: *mint,
            authority: of.authority,
            escrow: of.escrow,
            escrow_account: of.escrow_account,
            signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let args = SettleRedemptionArgs { attestation: self.args, amount, payout_reference };
        instruction(&accounts, &issuer::instruction::SettleRedemption { args })
    }
}

/// Where a quorum's decision is, if one is used: its attestation and the account that carries it.
pub type Decided<'s> = Option<(&'s Signed, Pubkey)>;

pub fn activate(
    arena: &Arena,
    custodian: &Pubkey,
    set: &Pubkey,
    operator: Option<Pubkey>,
    decided: Decided,
) -> Instruction {
    let replaces = arena.model.sets.get(set).map_or(Pubkey::default(), |set| set.replaces);
    let accounts = issuer::accounts::ActivateAttestorSet {
        operator,
        issuer: arena.issuer(),
        custodian: *custodian,
        attestor_set: *set,
        replaced: (replaces != Pubkey::default()).then_some(replaces),
        signing_set: decided.map(|(signed, _)| signed.set),
        signatures: decided.map(|(_, at)| at),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ActivateAttestorSetArgs { attestation: decided.map(|(signed, _)| signed.args) };
    instruction(&accounts, &issuer::instruction::ActivateAttestorSet { args })
}

pub fn remove(
    arena: &Arena,
    custodian: &Pubkey,
    key: &Pubkey,
    power: Option<(Pubkey, Option<Pubkey>)>,
    decided: Decided,
) -> Instruction {
    let accounts = issuer::accounts::RemoveAttestor {
        operator: power.map(|(operator, _)| operator),
        role_grant: power.and_then(|(_, grant)| grant),
        issuer: arena.issuer(),
        custodian: *custodian,
        signing_set: decided.map(|(signed, _)| signed.set),
        signatures: decided.map(|(_, at)| at),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let attestation = decided.map(|(signed, _)| signed.args);
    let args = RemoveAttestorArgs { attestor: *key, attestation };
    let mut made = instruction(&accounts, &issuer::instruction::RemoveAttestor { args });
    let live = arena.model.custodians[custodian].live_sets(arena.model.now);
    made.accounts.extend(live.into_iter().map(|set| AccountMeta::new(set, false)));
    made
}

pub fn change_custodian(
    arena: &Arena,
    mint: &Pubkey,
    next: &Pubkey,
    operator: Option<Pubkey>,
    announcement: Option<Pubkey>,
    decided: Decided,
) -> Instruction {
    let accounts = issuer::accounts::ChangeCustodian {
        operator,
        issuer: arena.issuer(),
        custodian: arena.model.ticker(mint).custodian,
        next_custodian: *next,
        ticker: pda::ticker(&issuer::ID, mint).0,
        announcement,
        signing_set: decided.map(|(signed, _)| signed.set),
        signatures: decided.map(|(_, at)| at),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ChangeCustodianArgs { attestation: decided.map(|(signed, _)| signed.args) };
    instruction(&accounts, &issuer::instruction::ChangeCustodian { args })
}
