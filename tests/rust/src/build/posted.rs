//! Attestations whose signatures are gathered over several transactions.

use super::{Call, INSTRUCTIONS_SYSVAR};
use crate::{attest, vm::Outcome, world::World};
use anchor_lang::prelude::borsh;
use issuer::{
    accounts::{CloseAttestation, OpenAttestation, PostAttestation},
    instructions::OpenAttestationArgs,
};
use scrip_interface::{
    attestation::{Body, Message},
    pda, sha256,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// One posted attestation: how it is opened, posted to and closed.
pub struct Posted {
    pub message: Message,
    pub open: Call<OpenAttestation, issuer::instruction::OpenAttestation>,
    pub post: Call<PostAttestation, issuer::instruction::PostAttestation>,
    pub close: Call<CloseAttestation, issuer::instruction::CloseAttestation>,
}

impl Posted {
    /// Of this body, opened by the VM's payer.
    pub fn new<B: Body>(world: &World, body: &B) -> Self {
        let (payer, issuer) = (world.vm.payer.pubkey(), world.listed.accounts.issuer);
        let kind = B::KIND as u8;
        let bytes = borsh::to_vec(body).expect("a body has bytes");
        let attestation = attestation_address(&issuer, kind, &bytes);
        let open = OpenAttestation {
            payer,
            issuer,
            attestor_set: world.attestor_set,
            attestation,
            system_program: Pubkey::default(),
        };
        let post = PostAttestation {
            attestor_set: world.attestor_set,
            attestation,
            signatures: INSTRUCTIONS_SYSVAR,
        };
        let args = OpenAttestationArgs { kind, body: bytes };
        Self {
            message: body.message(),
            open: Call::new(open, issuer::instruction::OpenAttestation { args }),
            post: Call::new(post, issuer::instruction::PostAttestation),
            close: Call::new(
                CloseAttestation { attestation, rent_payer: payer },
                issuer::instruction::CloseAttestation,
            ),
        }
    }

    /// What an instruction is given in place of the Instructions sysvar.
    pub fn address(&self) -> Pubkey {
        self.post.accounts.attestation
    }

    pub fn open(&self, world: &mut World) -> Outcome {
        self.open.send(&mut world.vm, &[])
    }

    /// Posts the signatures of the world's attestors at these places.
    pub fn post(&self, world: &mut World, places: &[usize]) -> Outcome {
        let signatures = attest::sign(&self.message, &world.signers(places));
        world.vm.send(&[signatures, self.post.instruction()], &[])
    }

    pub fn close(&self, world: &mut World) -> Outcome {
        self.close.send(&mut world.vm, &[])
    }

    /// Opened, with the signatures of these attestors.
    pub fn complete<B: Body>(world: &mut World, body: &B, places: &[usize]) -> Self {
        let posted = Self::new(world, body);
        posted.open(world).expect("a valid body can be opened");
        posted.post(world, places).expect("members' signatures can be posted");
        posted
    }
}

/// Where the attestation of a body of this kind lies.
pub fn attestation_address(issuer: &Pubkey, kind: u8, body: &[u8]) -> Pubkey {
    pda::attestation(&issuer::ID, issuer, kind, &sha256(&[body])).0
}
