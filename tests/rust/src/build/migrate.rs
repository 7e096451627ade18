use super::Call;
use crate::vm::Vm;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub type Migrate = Call<issuer::accounts::Migrate, issuer::instruction::Migrate>;

/// By the VM's payer: anybody may.
pub fn migrate(vm: &Vm, account: &Pubkey, custodian: Option<Pubkey>) -> Migrate {
    let accounts = issuer::accounts::Migrate {
        payer: vm.payer.pubkey(),
        account: *account,
        custodian,
        system_program: Pubkey::default(),
    };
    Call::new(accounts, issuer::instruction::Migrate {})
}
