//! The VM: sends transactions, tells what they cost and how they fail.

use crate::parts::Parts;
use anchor_lang::{AnchorDeserialize, Discriminator, ZeroCopy};
use issuer::error::IssuerError;
use litesvm::{
    LiteSVM,
    types::{FailedTransactionMetadata, TransactionMetadata},
};
use scrip_client::transaction::Call;
use solana_account::{Account, ReadableAccount};
use solana_address_lookup_table_interface::state::{AddressLookupTable, LookupTableMeta};
use solana_clock::Clock;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_message::{
    AddressLookupTableAccount, Message, VersionedMessage,
    compiled_instruction::CompiledInstruction, v0,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;
use solana_transaction_error::TransactionError;
use std::{collections::BTreeSet, path::PathBuf};

/// When every test begins: Friday, 20 November 2026, 15:00 UTC.
pub const START: i64 = 1_795_186_800;

/// What a node accepts.
pub const MAX_TRANSACTION_BYTES: usize = 1_232;

pub struct Vm {
    pub svm: LiteSVM,
    pub payer: Keypair,
    /// All events since the beginning (discriminator and body), as an auditor collects them.
    pub events: Vec<Vec<u8>>,
    /// What ran in each transaction that landed, as a cluster tells it. Those with lookup tables are
    /// left out.
    pub ran: Vec<Vec<Call>>,
}

/// A transaction that landed.
#[derive(Debug)]
pub struct Receipt {
    pub meta: TransactionMetadata,
    pub cost: Cost,
    pub sent: Sent,
}

/// A transaction as it went to the chain.
#[derive(Clone, Debug)]
pub struct Sent {
    pub message: VersionedMessage,
    /// All its accounts in the order in which instructions number them, those of lookup tables included.
    pub keys: Vec<Pubkey>,
    /// Those that it locks for itself, the fee payer first.
    pub writable: Vec<Pubkey>,
    /// Of these, which were not on the chain before.
    pub absent: Vec<Pubkey>,
    /// What the runtime loaded for it, by the rules of SIMD-0186: 64 bytes and the data of each account, a program's code
    /// with the program, 8,248 bytes for each lookup table.
    pub loaded_bytes: u64,
}

/// What a transaction costs its sender and the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub compute_units: u64,
    pub bytes: usize,
    pub accounts: usize,
    pub writable: usize,
    pub parts: Parts,
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
        for (id, name) in [(issuer::ID, "issuer"), (gate::ID, "gate")] {
            let path = program_path(name);
            svm.add_program_from_file(id, &path).unwrap_or_else(|error| {
                panic!("{}: {error}. Build it first: cargo xtask build", path.display())
            });
        }
        let payer = key("payer");
        svm.airdrop(&payer.pubkey(), 1_000_000_000_000).expect("a fresh VM gives lamports");
        let mut vm = Self { svm, payer, events: vec![], ran: vec![] };
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
        let message = Message::new(instructions, Some(&self.payer.pubkey()));
        self.send_message(VersionedMessage::Legacy(message), signers)
    }

    /// Sends what does not fit a transaction that spells out all its accounts: those that need not
    /// sign and are not called come from a lookup table, which this puts on the chain first. It must
    /// then fit.
    pub fn send_with_lookup_table(
        &mut self,
        instructions: &[Instruction],
        signers: &[&Keypair],
    ) -> Outcome {
        let table = self.lookup_table(instructions);
        let blockhash = self.svm.latest_blockhash();
        let message =
            v0::Message::try_compile(&self.payer.pubkey(), instructions, &[table], blockhash)
                .expect("the message compiles");
        let message = VersionedMessage::V0(message);
        let bytes = Cost::of(&message).bytes;
        assert!(bytes <= MAX_TRANSACTION_BYTES, "{bytes} bytes do not fit a transaction");
        self.send_message(message, signers)
    }

    /// What a message asks the runtime for. Its lookup tables are on the chain.
    fn asked(&self, message: VersionedMessage) -> Sent {
        let statics = message.static_account_keys();
        let mut keys = statics.to_vec();
        let writes =
            |at| message.is_maybe_writable_with_reserved_addresses(at, None::<&BTreeSet<Pubkey>>);
        let mut writable: Vec<_> =
            (0..keys.len()).filter(|at| writes(*at)).map(|at| keys[at]).collect();
        let lookups = message.address_table_lookups().unwrap_or_default();
        let (mut written, mut read) = (vec![], vec![]);
        for lookup in lookups {
            let table = self.account(&lookup.account_key).expect("the table is on the chain").data;
            let table = AddressLookupTable::deserialize(&table).expect("a lookup table");
            let of = |indexes: &[u8]| {
                indexes.iter().map(|at| table.addresses[usize::from(*at)]).collect::<Vec<_>>()
            };
            written.extend(of(&lookup.writable_indexes));
            read.extend(of(&lookup.readonly_indexes));
        }
        writable.extend(&written);
        keys.extend(written.into_iter().chain(read));
        let loaded = keys.iter().map(|key| self.loaded_bytes(key)).sum::<u64>();
        let loaded_bytes = loaded + 8_248 * lookups.len() as u64;
        let accounts = self.svm.accounts_db();
        let is_absent =
            |key: &&Pubkey| accounts.get_account_ref(key).is_none_or(|found| found.lamports() == 0);
        let absent = writable.iter().filter(is_absent).copied().collect();
        Sent { message, keys, writable, absent, loaded_bytes }
    }

    fn loaded_bytes(&self, key: &Pubkey) -> u64 {
        const OF_ACCOUNT: u64 = 64;
        let accounts = self.svm.accounts_db();
        let Some(account) = accounts.get_account_ref(key) else { return OF_ACCOUNT };
        // A program of the upgradeable loader says where its code is.
        let code = account.data().get(4..36).filter(|_| account.executable());
        let code = code.and_then(|code| Pubkey::try_from(code).ok());
        let code = code.and_then(|code| accounts.get_account_ref(&code));
        let code = code.map_or(0, |code| OF_ACCOUNT + code.data().len() as u64);
        OF_ACCOUNT + account.data().len() as u64 + code
    }

    /// A lookup table of all the instructions' accounts.
    fn lookup_table(&mut self, instructions: &[Instruction]) -> AddressLookupTableAccount {
        let accounts = instructions.iter().flat_map(|instruction| &instruction.accounts);
        let addresses: BTreeSet<Pubkey> = accounts.map(|account| account.pubkey).collect();
        let addresses: Vec<Pubkey> = addresses.into_iter().collect();
        let key = key("lookup table").pubkey();
        let state =
            AddressLookupTable { meta: LookupTableMeta::default(), addresses: (&addresses).into() };
        let data = state.serialize_for_tests().expect("a table serialises");
        let lamports = self.svm.minimum_balance_for_rent_exemption(data.len());
        let owner = solana_address_lookup_table_interface::program::ID;
        let account = Account { lamports, data, owner, ..Account::default() };
        self.svm.set_account(key, account).expect("the account can be set");
        // What a table was given in one slot can be looked up from the next one on.
        let slot = self.svm.get_sysvar::<Clock>().slot;
        self.svm.warp_to_slot(slot + 1);
        AddressLookupTableAccount { key, addresses }
    }

    fn send_message(&mut self, mut message: VersionedMessage, signers: &[&Keypair]) -> Outcome {
        self.svm.expire_blockhash();
        message.set_recent_blockhash(self.svm.latest_blockhash());
        let mut all = vec![&self.payer];
        for signer in signers {
            if all.iter().all(|other| other.pubkey() != signer.pubkey()) {
                all.push(signer);
            }
        }
        let mut cost = Cost::of(&message);
        let sent = self.asked(message.clone());
        let transaction =
            VersionedTransaction::try_new(message, &all).expect("exactly the signers are given");
        match self.svm.send_transaction(transaction) {
            Ok(meta) => {
                cost.compute_units = meta.compute_units_consumed;
                cost.parts = Parts::of(&meta.logs);
                let receipt = Receipt { meta, cost, sent };
                self.events.extend(receipt.event_bytes());
                let message = &receipt.sent.message;
                if message.address_table_lookups().is_none_or(<[_]>::is_empty) {
                    self.ran.push(calls(message, &receipt.meta));
                }
                Ok(receipt)
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

impl Cost {
    /// Of a message, as it goes over the wire with its signatures; compute units not yet known.
    fn of(message: &VersionedMessage) -> Self {
        let header = message.header();
        let signatures = usize::from(header.num_required_signatures);
        let readonly = header.num_readonly_signed_accounts + header.num_readonly_unsigned_accounts;
        let mut accounts = message.static_account_keys().len();
        let mut writable = accounts - usize::from(readonly);
        for lookup in message.address_table_lookups().unwrap_or_default() {
            accounts += lookup.writable_indexes.len() + lookup.readonly_indexes.len();
            writable += lookup.writable_indexes.len();
        }
        let bytes = 1 + 64 * signatures + message.serialize().len();
        Self { compute_units: 0, bytes, accounts, writable, parts: Parts::default() }
    }
}

impl Default for Vm {
    fn default() -> Self {
        Self::new()
    }
}

/// Each of the message's instructions, then what it called.
fn calls(message: &VersionedMessage, meta: &TransactionMetadata) -> Vec<Call> {
    let keys = message.static_account_keys();
    let call = |instruction: &CompiledInstruction, depth: u32| Call {
        program: keys[usize::from(instruction.program_id_index)],
        accounts: instruction.accounts.iter().map(|index| keys[usize::from(*index)]).collect(),
        data: instruction.data.clone(),
        depth,
    };
    let each = message.instructions().iter().zip(&meta.inner_instructions);
    each.flat_map(|(own, inner)| {
        let called = inner.iter().map(|one| call(&one.instruction, u32::from(one.stack_height)));
        std::iter::once(call(own, 1)).chain(called).collect::<Vec<_>>()
    })
    .collect()
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

/// What must come of a transaction: it lands, or fails with exactly this code.
pub type Expected = Result<(), u32>;

/// Asserts that it does; `what` tells one row of a table from another.
#[track_caller]
pub fn assert_outcome(outcome: Outcome, expected: Expected, what: &str) {
    let found = outcome.map(drop).map_err(|failure| match failure.error {
        TransactionError::InstructionError(_, InstructionError::Custom(code)) => code,
        other => panic!("{what}: {other:?}: {:#?}", failure.logs),
    });
    assert_eq!(found, expected, "{what}");
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
