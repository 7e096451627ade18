//! The two machines: the program in LiteSVM and the same code on the host.

use std::cell::RefCell;
use std::panic::{PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::path::PathBuf;
use std::sync::Once;

use litesvm::LiteSVM;
use litesvm::types::TransactionMetadata;
use solana_compute_budget_interface::ComputeBudgetInstruction;
use solana_instruction::Instruction;
use solana_instruction::error::InstructionError;
use solana_keypair::Keypair;
use solana_message::{Address, Message};
use solana_signer::Signer;
use solana_transaction::Transaction;

const FILE: &str = "scrip_toolchain_test.so";
const COMMAND: &str = "cargo xtask build-sbf --manifest-path tests/toolchain/Cargo.toml";

/// How a case ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Result(Vec<u8>),
    /// A panic: where (file:line:column) and the message.
    Panic(String),
    /// Any other end: never expected.
    Failure(String),
}

pub struct Machine {
    svm: LiteSVM,
    payer: Keypair,
    program: Address,
}

impl Machine {
    /// Fails with what to do when the program has not been built, or from another table of operations.
    pub fn new() -> Self {
        let folder = std::env::var_os("SBF_OUT_DIR").map(PathBuf::from).unwrap_or_else(|| {
            PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/deploy"))
        });
        let Ok(program) = std::fs::read(folder.join(FILE)) else {
            panic!("{FILE} is not in {}: build it with `{COMMAND}`", folder.display());
        };
        let mut svm = LiteSVM::new().with_transaction_history(0).with_log_bytes_limit(None);
        let (payer, address) = (Keypair::new(), Address::new_unique());
        svm.airdrop(&payer.pubkey(), 1_000_000_000_000).expect("the faucet pays");
        svm.add_program(address, &program)
            .unwrap_or_else(|error| panic!("the loader refuses {FILE}: {error}"));
        let mut machine = Self { svm, payer, program: address };
        let table = [0, 0, 0];
        let same = machine.run(&table) == host(&table);
        assert!(
            same,
            "{FILE} does not start or was built from other sources: build it with `{COMMAND}`"
        );
        machine
    }

    /// One transaction with `data` as the program's instruction. `Err`: how the program ended, and its log.
    pub fn call(
        &mut self,
        data: &[u8],
    ) -> Result<TransactionMetadata, (InstructionError, Vec<String>)> {
        let limit = ComputeBudgetInstruction::set_compute_unit_limit(1_400_000);
        let instruction =
            Instruction { program_id: self.program, accounts: vec![], data: data.to_vec() };
        let message = Message::new(&[limit, instruction], Some(&self.payer.pubkey()));
        let transaction = Transaction::new(&[&self.payer], message, self.svm.latest_blockhash());
        self.svm.send_transaction(transaction).map_err(|failed| match failed.err {
            solana_transaction::TransactionError::InstructionError(1, error) => {
                (error, failed.meta.logs)
            }
            other => panic!("the transaction did not reach the program: {other}"),
        })
    }

    pub fn run(&mut self, data: &[u8]) -> Outcome {
        match self.call(data) {
            Ok(done) => Outcome::Result(done.return_data.data),
            Err((error, logs)) => panic_in(&logs)
                .unwrap_or_else(|| Outcome::Failure(format!("{error}; log: {}", logs.join(" | ")))),
        }
    }
}

/// The panic that the log tells of: the message as the program logged it, then the runtime's line with the place.
fn panic_in(logs: &[String]) -> Option<Outcome> {
    let place = logs.iter().find_map(|line| line.split_once("SBF program Panicked in "))?.1;
    let (file, at) = place.rsplit_once(" at ")?;
    let message = logs.iter().find_map(|line| line.strip_prefix("Program log: "))?;
    Some(Outcome::Panic(format!("{file}:{at}: {message}")))
}

thread_local! {
    /// While the host runs an operation: the panic it ended with.
    static CAUGHT: RefCell<Option<Option<String>>> = const { RefCell::new(None) };
}

/// Runs one instruction's data on the host.
pub fn host(data: &[u8]) -> Outcome {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            let expected = CAUGHT.with_borrow_mut(|caught| {
                caught.as_mut().map(|caught| *caught = Some(describe(info))).is_some()
            });
            if !expected {
                usual(info);
            }
        }));
    });
    CAUGHT.set(Some(None));
    let result = catch_unwind(|| scrip_toolchain_test::execute(data));
    match (result, CAUGHT.take().flatten()) {
        (Ok(Ok(results)), _) => Outcome::Result(results),
        (Ok(Err(error)), _) => Outcome::Failure(error.to_string()),
        (Err(_), panic) => Outcome::Panic(panic.unwrap_or_default()),
    }
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    format!("{place}: {}", info.payload_as_str().unwrap_or_default())
}
