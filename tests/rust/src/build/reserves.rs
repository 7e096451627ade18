//! What a custodian says it holds: for one ticker, and for all of them at once.

use super::{
    Attested, Call, INSTRUCTIONS_SYSVAR, ListTicker, attestation_args, event_authority, header,
};
use crate::world::World;
use anchor_lang::AnchorDeserialize;
use issuer::{
    accounts::{ApplyStatement, AttestReserves, AttestStatement, ShowReserveRatio},
    instructions::{
        ApplyStatementArgs, AttestReservesArgs, AttestStatementArgs, ReserveRatio, StatementArgs,
    },
};
use scrip_interface::{
    attestation::{ReserveBody, StatementBody},
    merkle,
};

pub type Reserves = Attested<AttestReserves, issuer::instruction::AttestReserves, ReserveBody>;
pub type Statement = Attested<AttestStatement, issuer::instruction::AttestStatement, StatementBody>;
pub type Application = Call<ApplyStatement, issuer::instruction::ApplyStatement>;

/// A statement for the world's ticker.
pub fn attest_reserves(world: &mut World, statement: StatementArgs) -> Reserves {
    let attestation = attestation_args(world);
    let listed = &world.listed.accounts;
    let accounts = AttestReserves {
        issuer: listed.issuer,
        attestor_set: world.attestor_set,
        ticker: listed.ticker,
        nonces: listed.nonces,
        mint: listed.mint,
        signatures: INSTRUCTIONS_SYSVAR,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let body = ReserveBody {
        header: header(&attestation, accounts.mint, accounts.attestor_set),
        action_sequence: world.ticker().action_sequence,
        statement: statement.into(),
    };
    let args = AttestReservesArgs { attestation, statement };
    Attested::new(world, accounts, issuer::instruction::AttestReserves { args }, body)
}

/// One root for all tickers of the world's custodian.
pub fn attest_statement(world: &mut World, as_of: i64, root: merkle::Hash) -> Statement {
    let attestation = attestation_args(world);
    let custodian = world.custodian.accounts.custodian;
    let accounts = AttestStatement {
        issuer: world.listed.accounts.issuer,
        attestor_set: world.attestor_set,
        custodian,
        signatures: INSTRUCTIONS_SYSVAR,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let header = header(&attestation, custodian, accounts.attestor_set);
    let body = StatementBody { header, as_of, root };
    let args = AttestStatementArgs { attestation, as_of, root };
    Attested::new(world, accounts, issuer::instruction::AttestStatement { args }, body)
}

/// What the signed root says about one ticker.
pub fn apply_statement(
    listed: &ListTicker,
    settled_shares_e8: u128,
    receivable_shares_e8: u128,
    proof: Vec<merkle::Hash>,
) -> Application {
    let accounts = ApplyStatement {
        custodian: listed.accounts.custodian,
        ticker: listed.accounts.ticker,
        mint: listed.accounts.mint,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ApplyStatementArgs { settled_shares_e8, receivable_shares_e8, proof };
    Call::new(accounts, issuer::instruction::ApplyStatement { args })
}

/// What the view answers about the world's ticker.
pub fn reserve_ratio(world: &mut World) -> ReserveRatio {
    let receipt = show_reserve_ratio(world).send(&mut world.vm, &[]).expect("a view answers");
    let returned = receipt.meta.return_data.data;
    ReserveRatio::deserialize(&mut returned.as_slice()).expect("an answer decodes")
}

pub fn show_reserve_ratio(
    world: &World,
) -> Call<ShowReserveRatio, issuer::instruction::ReserveRatio> {
    let listed = &world.listed.accounts;
    let accounts = ShowReserveRatio { ticker: listed.ticker, mint: listed.mint };
    Call::new(accounts, issuer::instruction::ReserveRatio)
}
