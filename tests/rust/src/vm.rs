//! The VM: sends transactions, tells what they cost and how they fail.

use anchor_lang::{AnchorDeserialize, Discriminator, ZeroCopy};
use issuer::error::IssuerError;
use litesvm::{
    LiteSVM,
    types::{FailedTransactionMetadata, TransactionMetadata},
};
use solana_account::Account;
use solana_clock::Clock;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_message::Message;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_error::TransactionError;
use std::path::PathBuf;

/// When every test begins: Friday, 20 November 2026, 15:00 UTC.
pub const START: i64 = 1_795_186_800;

pub struct Vm {
    pub svm: LiteSVM,
    pub payer: Keypair,
}

/// A transaction that landed.
#[derive(Debug)]
pub struct Receipt {
    pub meta: TransactionMetadata,
    pub cost: Cost,
}

/// What a transaction costs its sender and the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub compute_units: u64,
    pub bytes: usize,
    pub accounts: usize,
    pub writable: usize,
}

/// A transaction that failed.
#[derive(Debug)]
pub struct Failure {
    pub error: TransactionError,
    pub logs: Vec<String>,
}

pub type Outcome = Result<Receipt, Box<Failure>>;

/// A key that is the same in every run, so that addresses, bumps and costs are too.
pub fn key(name: &str) -> Keypair {
    Keypair::new_from_array(scrip_interface::sha256(&[b"scrip test key ", name.as_bytes()]))
}

/// Where a program's `.so` lies: in `SBF_OUT_DIR` if that is set.
pub fn program_path(name: &str) -> PathBuf {
    let deploy = std::env::var_os("SBF_OUT_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/deploy")),
        PathBuf::from,
    );
    deploy.join(name).with_extension("so")
}

impl Vm {
    pub fn new() -> Self {
        let mut svm = LiteSVM::new().with_log_bytes_limit(None);
        let path = program_path("issuer");
        svm.add_program_from_file(issuer::ID, &path).unwrap_or_else(|error| {
            panic!("{}: {error}. Build it first: cargo xtask build", path.display())
        });
        let payer = key("payer");
        svm.airdrop(&payer.pubkey(), 1_000_000_000_000).expect("a fresh VM gives lamports");
        let mut vm = Self { svm, payer };
        vm.set_time(START);
        vm
    }

    pub fn now(&self) -> i64 {
        self.svm.get_sysvar::<Clock>().unix_timestamp
    }

    pub fn set_time(&mut self, unix_timestamp: i64) {
        let mut clock = self.svm.get_sysvar::<Clock>();
        clock.unix_timestamp = unix_timestamp;
        self.svm.set_sysvar(&clock);
    }

    /// Sends one transaction paid by the VM's payer. Equal ones in a row are different ones.
    pub fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Outcome {
        self.svm.expire_blockhash();
        let payer = self.payer.insecure_clone();
        let message = Message::new(instructions, Some(&payer.pubkey()));
        let mut all = vec![&payer];
        all.extend(signers.iter().filter(|signer| signer.pubkey() != payer.pubkey()));
        let transaction = Transaction::new(&all, message, self.svm.latest_blockhash());
        let accounts = transaction.message.account_keys.len();
        let header = &transaction.message.header;
        let readonly = header.num_readonly_signed_accounts + header.num_readonly_unsigned_accounts;
        let writable = accounts - usize::from(readonly);
        let bytes = 1 + 64 * transaction.signatures.len() + transaction.message.serialize().len();
        match self.svm.send_transaction(transaction) {
            Ok(meta) => {
                let compute_units = meta.compute_units_consumed;
                Ok(Receipt { meta, cost: Cost { compute_units, bytes, accounts, writable } })
            }
            Err(FailedTransactionMetadata { err, meta }) => {
                Err(Box::new(Failure { error: err, logs: meta.logs }))
            }
        }
    }

    pub fn account(&self, address: &Pubkey) -> Option<Account> {
        self.svm.get_account(address).filter(|account| account.lamports > 0)
    }

    /// A zero-copy account of the issuer program.
    pub fn state<T: ZeroCopy + Discriminator>(&self, address: &Pubkey) -> T {
        let account = self.account(address).expect("the account exists");
        let (discriminator, state) = account.data.split_at(8);
        assert_eq!(discriminator, T::DISCRIMINATOR);
        bytemuck_read(state)
    }

    /// Changes bytes of an account behind the program's back.
    pub fn edit(&mut self, address: &Pubkey, edit: impl FnOnce(&mut Account)) {
        let mut account = self.account(address).expect("the account exists");
        edit(&mut account);
        self.svm.set_account(*address, account).expect("the account can be set");
    }
}

impl Default for Vm {
    fn default() -> Self {
        Self::new()
    }
}

fn bytemuck_read<T: ZeroCopy>(bytes: &[u8]) -> T {
    anchor_lang::__private::bytemuck::pod_read_unaligned(bytes)
}

impl Receipt {
    /// Events of type `E`, read from the program's calls to itself.
    pub fn events<E: AnchorDeserialize + Discriminator>(&self) -> Vec<E> {
        let tag = [anchor_lang::event::EVENT_IX_TAG_LE, E::DISCRIMINATOR].concat();
        let calls = self.meta.inner_instructions.iter().flatten();
        calls
            .filter_map(|call| call.instruction.data.strip_prefix(tag.as_slice()))
            .map(|mut body| E::deserialize(&mut body).expect("an event decodes"))
            .collect()
    }

    /// Each event's bytes (discriminator and body), in order.
    pub fn event_bytes(&self) -> Vec<Vec<u8>> {
        let calls = self.meta.inner_instructions.iter().flatten();
        calls
            .filter_map(|call| {
                call.instruction.data.strip_prefix(anchor_lang::event::EVENT_IX_TAG_LE)
            })
            .map(<[u8]>::to_vec)
            .collect()
    }
}

/// Asserts that a transaction failed with exactly this error of ours.
#[track_caller]
pub fn assert_fails(outcome: Outcome, expected: IssuerError) {
    assert_fails_with(outcome, u32::from(expected));
}

/// Asserts that a transaction failed with exactly this code: Anchor's own, or Token-2022's.
#[track_caller]
pub fn assert_fails_with(outcome: Outcome, expected: u32) {
    match outcome {
        Ok(_) => panic!("the transaction landed, error {expected} was expected"),
        Err(failure) => match failure.error {
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => {
                assert_eq!(code, expected, "{:#?}", failure.logs);
            }
            other => panic!("{other:?} instead of error {expected}: {:#?}", failure.logs),
        },
    }
}
