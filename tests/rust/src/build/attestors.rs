//! Builders for rotation: proposing, activating and withdrawing attestor sets, removing a key,
//! changing a ticker's custodian; by the world's admin, or by a quorum's decision.

use super::{
    Call, CreateAttestorSet, CreateCustodian, CreateIssuer, INSTRUCTIONS_SYSVAR, LIFETIME,
    ListTicker, event_authority, header,
};
use crate::{
    attest::{attestors, sign},
    vm::{Outcome, key},
    world::World,
};
use anchor_lang::{InstructionData, ToAccountMetas};
use issuer::{
    accounts, instruction as data,
    instructions::{ActivateAttestorSetArgs, ChangeCustodianArgs, RemoveAttestorArgs},
    quorum::AttestationArgs,
    state::Custodian,
};
use scrip_interface::{
    attestation::{AttestorsBody, Body, Decision},
    pda,
};
use solana_instruction::AccountMeta;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A set of the world's custodian, proposed by the admin.
pub fn propose_set(
    world: &World,
    index: u32,
    attestors: &[Keypair],
    threshold: u8,
) -> CreateAttestorSet {
    let (payer, now) = (world.vm.payer.pubkey(), world.vm.now());
    let custodian = &world.custodian.accounts;
    let mut create = CreateAttestorSet::new(&payer, custodian, attestors, threshold, now);
    create.set_index(index);
    create
}

pub fn activate_attestor_set(
    world: &World,
    proposed: &CreateAttestorSet,
) -> Call<accounts::ActivateAttestorSet, data::ActivateAttestorSet> {
    let replaces = proposed.args.replaces;
    let accounts = accounts::ActivateAttestorSet {
        operator: Some(world.admin.pubkey()),
        issuer: proposed.accounts.issuer,
        custodian: proposed.accounts.custodian,
        attestor_set: proposed.accounts.attestor_set,
        replaced: (replaces != Pubkey::default()).then_some(replaces),
        signing_set: None,
        signatures: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ActivateAttestorSetArgs { attestation: None };
    Call::new(accounts, data::ActivateAttestorSet { args })
}

pub fn withdraw_attestor_set(
    world: &World,
    proposed: &CreateAttestorSet,
) -> Call<accounts::WithdrawAttestorSet, data::WithdrawAttestorSet> {
    let accounts = accounts::WithdrawAttestorSet {
        operator: world.admin.pubkey(),
        issuer: proposed.accounts.issuer,
        custodian: proposed.accounts.custodian,
        attestor_set: proposed.accounts.attestor_set,
        rent_payer: proposed.accounts.payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::WithdrawAttestorSet {})
}

/// With all sets that the custodian lists as live now.
pub fn remove_attestor(
    world: &World,
    attestor: &Pubkey,
) -> Call<accounts::RemoveAttestor, data::RemoveAttestor> {
    let accounts = accounts::RemoveAttestor {
        operator: Some(world.admin.pubkey()),
        role_grant: None,
        issuer: world.issuer(),
        custodian: world.custodian.accounts.custodian,
        signing_set: None,
        signatures: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = RemoveAttestorArgs { attestor: *attestor, attestation: None };
    let mut call = Call::new(accounts, data::RemoveAttestor { args });
    call.remaining = live_sets(world);
    call
}

/// As `remove_attestor` wants them.
pub fn live_sets(world: &World) -> Vec<AccountMeta> {
    let custodian: Custodian = world.vm.state(&world.custodian.accounts.custodian);
    let live = custodian.live_sets(world.vm.now());
    live.map(|set| AccountMeta::new(set.address, false)).collect()
}

/// Of the world's ticker, with the announcement of this id.
pub fn change_custodian(
    world: &World,
    next_custodian: &Pubkey,
    announcement: u64,
) -> Call<accounts::ChangeCustodian, data::ChangeCustodian> {
    let accounts = accounts::ChangeCustodian {
        operator: Some(world.admin.pubkey()),
        issuer: world.issuer(),
        custodian: world.custodian.accounts.custodian,
        next_custodian: *next_custodian,
        ticker: world.listed.accounts.ticker,
        announcement: Some(super::announcement(world, announcement)),
        signing_set: None,
        signatures: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ChangeCustodianArgs { attestation: None };
    Call::new(accounts, data::ChangeCustodian { args })
}

/// What the world's attestors sign when they decide this, with a fresh nonce.
pub fn decide(
    world: &mut World,
    decision: Decision,
    target: Pubkey,
    value: [u8; 32],
) -> AttestorsBody {
    let now = world.vm.now();
    let nonce = world.next_nonce();
    let args = AttestationArgs { nonce, issued_at: now, expires_at: now + LIFETIME };
    let subject = world.custodian.accounts.custodian;
    AttestorsBody {
        header: header(&args, subject, world.attestor_set),
        decision: decision as u8,
        target,
        value,
    }
}

/// A call that a quorum's decision can authorise, instead of who signs.
pub trait ByQuorum: Sized {
    /// Nobody signs; the decision's header tells nonce, times and signing set.
    fn by_quorum(self, decision: &AttestorsBody) -> Self;
}

macro_rules! by_quorum {
    ($($name:ident),*) => {$(
        impl ByQuorum for Call<accounts::$name, data::$name> {
            fn by_quorum(mut self, decision: &AttestorsBody) -> Self {
                let header = &decision.header;
                self.accounts.operator = None;
                self.accounts.signing_set = Some(header.attestor_set);
                self.accounts.signatures = Some(INSTRUCTIONS_SYSVAR);
                self.data.args.attestation = Some(AttestationArgs {
                    nonce: header.nonce,
                    issued_at: header.issued_at,
                    expires_at: header.expires_at,
                });
                self
            }
        }
    )*};
}

by_quorum!(ActivateAttestorSet, RemoveAttestor, ChangeCustodian);

/// Sends a call just after the signatures of a decision.
pub fn send_decided<A: ToAccountMetas, D: InstructionData>(
    world: &mut World,
    call: &Call<A, D>,
    decision: &AttestorsBody,
    signers: &[&Keypair],
) -> Outcome {
    world.vm.send(&[sign(&decision.message(), signers), call.instruction()], &[])
}

/// Another customer of the program: an issuer of its own, with a custodian, a 2-of-3 set and a
/// ticker.
pub struct Rival {
    pub admin: Keypair,
    pub issuer: Pubkey,
    pub custodian: CreateCustodian,
    pub attestors: Vec<Keypair>,
    pub attestor_set: Pubkey,
    pub listed: ListTicker,
}

impl Rival {
    pub fn new(world: &mut World) -> Self {
        let ours = "the rival's issuer is valid as made";
        let (payer, admin) = (world.vm.payer.pubkey(), key("rival"));
        let mut issuer = CreateIssuer::new(&payer, &admin.pubkey());
        issuer.args.id = 77;
        issuer.accounts.issuer = pda::issuer(&issuer::ID, &payer, 77).0;
        issuer.send(&mut world.vm, &[&admin]).expect(ours);
        let issuer = issuer.accounts.issuer;
        let custodian = CreateCustodian::new(&payer, &admin.pubkey(), &issuer, 0);
        custodian.send(&mut world.vm, &[&admin]).expect(ours);
        let attestors = attestors("rival", 3);
        let now = world.vm.now();
        let set = CreateAttestorSet::new(&payer, &custodian.accounts, &attestors, 2, now);
        set.send(&mut world.vm, &[&admin]).expect(ours);
        let listed = ListTicker::new(&payer, &custodian.accounts, key("rival mint"));
        listed.send(&mut world.vm, &admin).expect(ours);
        let attestor_set = set.accounts.attestor_set;
        Self { admin, issuer, custodian, attestors, attestor_set, listed }
    }
}
