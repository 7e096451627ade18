//! The VM as what a client plans from and sends to.

use crate::{
    vm::{Outcome, Vm},
    world::World,
};
use scrip_client::{
    Programs,
    attestation::Signed,
    plans::Planner,
    source::{Bytes, Source},
};
use scrip_interface::attestation::Body;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{convert::Infallible, sync::LazyLock};

static PROGRAMS: LazyLock<Programs> = LazyLock::new(Programs::default);

impl Source for Vm {
    type Error = Infallible;

    fn read_all(&self, addresses: &[Pubkey]) -> Result<Vec<Option<Bytes>>, Infallible> {
        let read = |address| {
            let account = self.account(address)?;
            Some(Bytes { owner: account.owner, data: account.data })
        };
        Ok(addresses.iter().map(read).collect())
    }
}

impl World {
    /// What plans are made from.
    pub fn planner(&self) -> Planner<'_, Vm> {
        Planner { source: &self.vm, programs: &PROGRAMS }
    }

    /// A body signed by the first attestors, as many as the quorum asks for.
    pub fn signed<B: Body>(&self, body: &B) -> Signed {
        let quorum = self.attestors.iter().take(usize::from(self.threshold));
        let signers: Vec<&dyn Signer> = quorum.map(|attestor| attestor as _).collect();
        Signed::sign(body, &signers).expect("keys in memory sign")
    }

    /// A wallet that pays for itself.
    pub fn funded(&mut self, wallet: &Pubkey) {
        self.vm.svm.airdrop(wallet, 1_000_000_000).expect("the VM gives lamports");
    }

    /// Sends a plan as its client would: signed by `signer`, whole.
    pub fn run(&mut self, plan: &[Instruction], signer: &Keypair) -> Outcome {
        let mut accounts = plan.iter().flat_map(|instruction| &instruction.accounts);
        let needed = accounts.any(|meta| meta.is_signer && meta.pubkey == signer.pubkey());
        let signers: &[&Keypair] = if needed { &[signer] } else { &[] };
        self.vm.send(plan, signers)
    }
}
