//! One valid form of every instruction, at least: together they give each of its accounts. A second one
//! has a name of its own: `instruction/form`.

mod actions;
mod attestors;
mod cash;
mod collateral;
mod gate;
mod governance;
mod holders;
mod lender;
mod policies;
mod redemption;
mod shares;

use crate::program::Program;
use anchor_lang::{InstructionData, ToAccountMetas};
use litesvm::LiteSVM;
use scrip_interface::{attestation::Body, issuer::role};
use scrip_tests::{
    attest,
    build::{Attested, Call, Officer},
    vm::{Vm, key},
    world::World,
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_signer::Signer;

/// An instruction that is valid on this chain.
pub struct Valid {
    pub svm: LiteSVM,
    /// What comes before it in its transaction.
    pub before: Vec<Instruction>,
    pub instruction: Instruction,
    pub signers: Vec<Keypair>,
    /// What the accounts that follow those of the IDL are called.
    pub rest: Vec<&'static str>,
}

pub type Make = fn() -> Valid;
type Room = &'static [(&'static str, Make)];

fn rooms(program: &str) -> &'static [Room] {
    match program {
        "issuer" => &[
            governance::FORMS,
            attestors::FORMS,
            shares::FORMS,
            redemption::FORMS,
            cash::FORMS,
            holders::FORMS,
            actions::FORMS,
        ],
        "gate" => &[gate::FORMS, policies::FORMS],
        "collateral" => &[collateral::FORMS],
        _ => &[lender::FORMS],
    }
}

/// The forms of an instruction: by its name alone, or `name/form`.
pub fn forms(program: &str, instruction: &str) -> Vec<(&'static str, Make)> {
    let all = rooms(program).iter().copied().flatten().copied();
    all.filter(|(name, _)| instruction_of(name) == instruction).collect()
}

/// Forms of what is no instruction.
pub fn strangers(program: &Program) -> Vec<String> {
    let all = rooms(program.name).iter().copied().flatten();
    let strange = all.filter(|(name, _)| program.instruction(instruction_of(name)).is_none());
    strange.map(|(name, _)| format!("{} has no instruction {name}", program.name)).collect()
}

fn instruction_of(form: &str) -> &str {
    form.split('/').next().unwrap_or(form)
}

impl Valid {
    /// Signed by these, and by the VM's payer if it is asked to.
    pub fn of(vm: Vm, instruction: Instruction, signers: &[&Keypair]) -> Self {
        let payer = vm.payer.insecure_clone();
        let signers = signers.iter().map(|signer| signer.insecure_clone()).chain([payer]);
        let (before, rest) = (vec![], vec![]);
        Self { svm: vm.svm, before, instruction, signers: signers.collect(), rest }
    }

    pub fn after(mut self, before: Instruction) -> Self {
        self.before.push(before);
        self
    }

    pub fn with_rest(mut self, names: &[&'static str]) -> Self {
        self.rest = names.to_vec();
        self
    }
}

const OURS: &str = "what leads to a form is valid";

/// Signed by the world's attestors at these places.
fn signed_by<B: Body>(
    world: World,
    instruction: Instruction,
    body: &B,
    places: &[usize],
    signers: &[&Keypair],
) -> Valid {
    let signatures = attest::sign(&body.message(), &world.signers(places));
    Valid::of(world.vm, instruction, signers).after(signatures)
}

fn attested<A: ToAccountMetas, D: InstructionData, B: Body>(
    world: World,
    attested: Attested<A, D, B>,
) -> Valid {
    let instruction = attested.instruction();
    signed_by(world, instruction, &attested.body, &attested.signers, &[])
}

/// By the world's admin.
fn by_admin(world: World, instruction: Instruction) -> Valid {
    let admin = world.admin.insecure_clone();
    Valid::of(world.vm, instruction, &[&admin])
}

/// Somebody with every role, by a grant.
fn official(world: &mut World) -> Officer {
    let wallet = key("official");
    let role_grant = world.grant(&wallet.pubkey(), role::ALL);
    Officer { wallet, role_grant }
}

/// A call whose operator is the official.
macro_rules! by_official {
    ($world:ident, $call:expr) => {{
        let official = crate::valid::official(&mut $world);
        let mut call = $call;
        call.accounts.operator = official.wallet.pubkey().into();
        call.accounts.role_grant = Some(official.role_grant);
        Valid::of($world.vm, call.instruction(), &[&official.wallet])
    }};
}
use by_official;

/// An instruction of a builder that only sends.
fn of<A: ToAccountMetas, D: InstructionData>(accounts: A, data: D) -> Instruction {
    Call::new(accounts, data).instruction()
}
