//! Which deployment is meant.

use scrip_interface::ids;
use solana_address::Address;
use solana_instruction::Instruction;

const EVENT_AUTHORITY_SEED: &[u8] = b"__event_authority";

/// The addresses of the four programs. By default those that [`ids`] was compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Programs {
    pub issuer: Address,
    pub gate: Address,
    pub collateral: Address,
    pub lender: Address,
}

impl Default for Programs {
    fn default() -> Self {
        Self {
            issuer: ids::ISSUER,
            gate: ids::GATE,
            collateral: ids::COLLATERAL,
            lender: ids::LENDER,
        }
    }
}

impl Programs {
    /// An instruction as the generated code makes it, for this deployment: its program, and the
    /// program's address where it stands for an account that was not given.
    pub fn place(&self, mut instruction: Instruction) -> Instruction {
        instruction.program_id = self.here(instruction.program_id);
        for meta in &mut instruction.accounts {
            meta.pubkey = self.here(meta.pubkey);
        }
        instruction
    }

    /// The address that was compiled in for one of this deployment's programs.
    pub fn compiled(&self, here: &Address) -> Option<Address> {
        self.pairs().into_iter().find(|(_, at)| at == here).map(|(compiled, _)| compiled)
    }

    /// `(the address that was compiled in, this deployment's)` of each program.
    fn pairs(&self) -> [(Address, Address); 4] {
        [
            (ids::ISSUER, self.issuer),
            (ids::GATE, self.gate),
            (ids::COLLATERAL, self.collateral),
            (ids::LENDER, self.lender),
        ]
    }

    /// This deployment's address of the program that was compiled in as `address`.
    pub(crate) fn here(&self, address: Address) -> Address {
        let found = self.pairs().into_iter().find(|(compiled, _)| *compiled == address);
        found.map_or(address, |(_, here)| here)
    }
}

/// The System program.
pub const SYSTEM: Address = Address::new_from_array([0; 32]);

/// Signs for a program's events.
pub fn event_authority(program: &Address) -> Address {
    Address::find_program_address(&[EVENT_AUTHORITY_SEED], program).0
}

/// What the generated calls are written with.
pub(crate) mod prelude {
    pub use super::{Programs, event_authority};
    pub use scrip_interface::{
        collateral, gate,
        mint::TOKEN_2022,
        pda, sha256,
        token_account::{ASSOCIATED_TOKEN, associated},
    };
    pub use solana_address::Address;
    pub use solana_instruction::Instruction;

    pub use super::SYSTEM;
}

#[cfg(test)]
mod tests {
    use super::*;
    use solana_instruction::AccountMeta;

    #[test]
    fn another_deployment_is_named_wherever_the_default_was() {
        let elsewhere =
            Programs { issuer: Address::new_from_array([9; 32]), ..Programs::default() };
        let other = Address::new_from_array([7; 32]);
        let accounts = [ids::ISSUER, other, ids::GATE].map(|key| AccountMeta::new(key, false));
        let placed = elsewhere.place(Instruction {
            program_id: ids::ISSUER,
            accounts: accounts.to_vec(),
            data: vec![],
        });
        assert_eq!(placed.program_id, elsewhere.issuer);
        let keys: Vec<_> = placed.accounts.iter().map(|meta| meta.pubkey).collect();
        assert_eq!(keys, [elsewhere.issuer, other, ids::GATE]);
    }
}
