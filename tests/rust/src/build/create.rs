//! Builders of the instructions that set an issuer up.

use super::{event_authority, instruction};
use crate::{
    attest::pubkeys,
    vm::{Outcome, Vm},
};
use issuer::instructions::{CreateAttestorSetArgs, CreateCustodianArgs, CreateIssuerArgs};
use scrip_interface::{attestation::Kind, pda};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;

pub const GENESIS_HASH: [u8; 32] = [7; 32];
/// What an issuer of the tests has: two days.
pub const TIMELOCK_SECS: u32 = 2 * 24 * 60 * 60;
pub const YEAR: i64 = 365 * 24 * 60 * 60;

pub struct CreateIssuer {
    pub args: CreateIssuerArgs,
    pub accounts: issuer::accounts::CreateIssuer,
}

impl CreateIssuer {
    pub fn new(creator: &Pubkey, admin: &Pubkey) -> Self {
        Self {
            args: CreateIssuerArgs {
                id: 0,
                genesis_hash: GENESIS_HASH,
                timelock_secs: TIMELOCK_SECS,
            },
            accounts: issuer::accounts::CreateIssuer {
                creator: *creator,
                admin: *admin,
                issuer: pda::issuer(&issuer::ID, creator, 0).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: issuer::ID,
            },
        }
    }

    pub fn send(&self, vm: &mut Vm, signers: &[&Keypair]) -> Outcome {
        let data = issuer::instruction::CreateIssuer { args: self.args.clone() };
        vm.send(&[instruction(&self.accounts, &data)], signers)
    }
}

pub struct CreateCustodian {
    pub args: CreateCustodianArgs,
    pub accounts: issuer::accounts::CreateCustodian,
}

impl CreateCustodian {
    pub fn new(payer: &Pubkey, admin: &Pubkey, issuer: &Pubkey, number: u32) -> Self {
        let name_hash = scrip_interface::sha256(&[b"Test Custody Ltd"]);
        Self {
            args: CreateCustodianArgs { number, name_hash },
            accounts: issuer::accounts::CreateCustodian {
                payer: *payer,
                admin: *admin,
                issuer: *issuer,
                custodian: pda::custodian(&issuer::ID, issuer, number).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: issuer::ID,
            },
        }
    }

    pub fn send(&self, vm: &mut Vm, signers: &[&Keypair]) -> Outcome {
        let data = issuer::instruction::CreateCustodian { args: self.args.clone() };
        vm.send(&[instruction(&self.accounts, &data)], signers)
    }
}

pub struct CreateAttestorSet {
    pub args: CreateAttestorSetArgs,
    pub accounts: issuer::accounts::CreateAttestorSet,
}

impl CreateAttestorSet {
    /// A set that may sign every kind, valid from an hour ago for a year.
    pub fn new(
        payer: &Pubkey,
        custodian: &issuer::accounts::CreateCustodian,
        attestors: &[Keypair],
        threshold: u8,
        now: i64,
    ) -> Self {
        Self {
            args: CreateAttestorSetArgs {
                index: 0,
                attestors: pubkeys(attestors),
                threshold,
                kinds: Kind::ALL_BITS,
                valid_from: now - 3_600,
                expires_at: now + YEAR,
                replaces: Pubkey::default(),
                overlap_secs: 0,
            },
            accounts: issuer::accounts::CreateAttestorSet {
                payer: *payer,
                proposer: custodian.admin,
                issuer: custodian.issuer,
                custodian: custodian.custodian,
                attestor_set: pda::attestor_set(&issuer::ID, &custodian.custodian, 0).0,
                system_program: Pubkey::default(),
                event_authority: event_authority(),
                program: issuer::ID,
            },
        }
    }

    pub fn send(&self, vm: &mut Vm, signers: &[&Keypair]) -> Outcome {
        let data = issuer::instruction::CreateAttestorSet { args: self.args.clone() };
        vm.send(&[instruction(&self.accounts, &data)], signers)
    }

    pub fn set_index(&mut self, index: u32) {
        self.args.index = index;
        self.accounts.attestor_set =
            pda::attestor_set(&issuer::ID, &self.accounts.custodian, index).0;
    }
}
