//! Accounts as the first layout's program wrote them, and the way to today's.

use super::Call;
use crate::vm::Vm;
use solana_account::Account;
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

impl Vm {
    /// An account with this state behind its discriminator, as the runtime would hold it.
    pub fn put(&mut self, address: &Pubkey, data: Vec<u8>, lamports: u64, owner: &Pubkey) {
        let account = Account { lamports, data, owner: *owner, ..Account::default() };
        self.svm.set_account(*address, account).expect("the account can be set");
    }
}
