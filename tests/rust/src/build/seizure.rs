//! Builders of seizures and recoveries, of one owner's associated token account for another.

use super::{Call, Officer, event_authority, token_account};
use crate::{
    vm::{Outcome, Receipt},
    world::World,
};
use issuer::{
    accounts, instruction as data,
    instructions::AnnounceSeizureArgs,
    state::{Seizure, SeizureKind},
};
use scrip_interface::{gate::pda as gate_pda, mint::TOKEN_2022, pda};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// What an officer announces and executes.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub officer: &'a Officer,
    pub kind: SeizureKind,
    pub from: Pubkey,
    pub to: Pubkey,
    pub amount: u64,
    pub hash: [u8; 32],
}

pub type AnnounceSeizure = Call<accounts::AnnounceSeizure, data::AnnounceSeizure>;
pub type ContestSeizure = Call<accounts::ContestSeizure, data::ContestSeizure>;
pub type CancelSeizure = Call<accounts::CancelSeizure, data::CancelSeizure>;
pub type ExecuteSeizure = Call<accounts::ExecuteSeizure, data::ExecuteSeizure>;

impl<'a> Case<'a> {
    /// A seizure of all there is.
    pub fn new(officer: &'a Officer, from: &Pubkey, to: &Pubkey) -> Self {
        let (kind, amount, hash) = (SeizureKind::Seizure, u64::MAX, [5; 32]);
        Self { officer, kind, from: *from, to: *to, amount, hash }
    }

    pub fn recovery(officer: &'a Officer, from: &Pubkey, to: &Pubkey) -> Self {
        Self { kind: SeizureKind::Recovery, ..Self::new(officer, from, to) }
    }

    pub fn address(&self, world: &World) -> Pubkey {
        pda::seizure(&issuer::ID, &world.mint(), &self.hash).0
    }

    pub fn hold(&self, world: &World) -> Pubkey {
        pda::hold(&issuer::ID, &world.mint(), &token_account(&self.from, &world.mint())).0
    }

    pub fn state(&self, world: &World) -> Seizure {
        world.vm.state(&self.address(world))
    }

    pub fn announce(&self, world: &World) -> AnnounceSeizure {
        let listed = &world.listed.accounts;
        let accounts = accounts::AnnounceSeizure {
            payer: world.vm.payer.pubkey(),
            operator: self.officer.wallet.pubkey(),
            role_grant: Some(self.officer.role_grant),
            issuer: listed.issuer,
            ticker: listed.ticker,
            mint: listed.mint,
            token_account: token_account(&self.from, &listed.mint),
            authority: listed.authority,
            hold: self.hold(world),
            seizure: self.address(world),
            token_program: TOKEN_2022,
            system_program: Pubkey::default(),
            event_authority: event_authority(),
            program: issuer::ID,
        };
        let Self { kind, hash: case_hash, to: to_owner, amount, .. } = *self;
        let args = AnnounceSeizureArgs { kind, reason: 31, case_hash, to_owner, amount };
        Call::new(accounts, data::AnnounceSeizure { args })
    }

    pub fn contest(&self, world: &World) -> ContestSeizure {
        let accounts = accounts::ContestSeizure {
            from_owner: self.from,
            ticker: world.listed.accounts.ticker,
            seizure: self.address(world),
            event_authority: event_authority(),
            program: issuer::ID,
        };
        Call::new(accounts, data::ContestSeizure { note_hash: [6; 32] })
    }

    pub fn cancel(&self, world: &World) -> CancelSeizure {
        let accounts = accounts::CancelSeizure {
            operator: self.officer.wallet.pubkey(),
            role_grant: Some(self.officer.role_grant),
            issuer: world.issuer(),
            ticker: world.listed.accounts.ticker,
            seizure: self.address(world),
            hold: self.hold(world),
            rent_payer: world.vm.payer.pubkey(),
            event_authority: event_authority(),
            program: issuer::ID,
        };
        Call::new(accounts, data::CancelSeizure {})
    }

    /// To the associated account of a wallet that the gate knows.
    pub fn execute(&self, world: &World) -> ExecuteSeizure {
        let listed = &world.listed.accounts;
        let recovery = self.kind == SeizureKind::Recovery;
        let accounts = accounts::ExecuteSeizure {
            operator: self.officer.wallet.pubkey(),
            role_grant: Some(self.officer.role_grant),
            issuer: listed.issuer,
            ticker: listed.ticker,
            mint: listed.mint,
            seizure: self.address(world),
            hold: self.hold(world),
            from: token_account(&self.from, &listed.mint),
            destination: token_account(&self.to, &listed.mint),
            authority: listed.authority,
            delegate: listed.delegate,
            destination_grant: None,
            policy: Some(gate_pda::policy(&gate::ID, &listed.mint).0),
            wallet_record: Some(world.record_of(&self.to)),
            from_record: recovery.then(|| world.record_of(&self.from)),
            token_program: TOKEN_2022,
            event_authority: event_authority(),
            program: issuer::ID,
        };
        Call::new(accounts, data::ExecuteSeizure {})
    }

    pub fn announced(&self, world: &mut World) -> Receipt {
        let call = self.announce(world);
        call.send(&mut world.vm, &[&self.officer.wallet]).expect("a seizure can be announced")
    }

    pub fn contested(&self, world: &mut World, owner: &Keypair) -> Outcome {
        self.contest(world).send(&mut world.vm, &[owner])
    }

    pub fn cancelled(&self, world: &mut World) -> Outcome {
        self.cancel(world).send(&mut world.vm, &[&self.officer.wallet])
    }

    pub fn executed(&self, world: &mut World) -> Outcome {
        self.send(world, &self.execute(world))
    }

    /// By its officer.
    pub fn send(&self, world: &mut World, call: &ExecuteSeizure) -> Outcome {
        call.send(&mut world.vm, &[&self.officer.wallet])
    }

    /// To the second from which on it may be executed.
    pub fn ripen(&self, world: &mut World) {
        let execute_at = self.state(world).execute_at;
        world.vm.set_time(execute_at);
    }
}
