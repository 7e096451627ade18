//! A valid instruction on the chain as it must be before it. Each case starts from a copy of it.

use crate::{
    case::Case,
    error::Names,
    kind::{Kind, kind, live},
    program::{self, Flags, Instruction as Described, Program},
    rules::LANDS,
    valid::Valid,
};
use litesvm::{LiteSVM, types::FailedTransactionMetadata};
use scrip_tests::vm::{key, program_path};
use solana_account::Account;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_message::{Message, VersionedMessage};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;

pub struct Stage<'a> {
    pub program: &'a Program,
    pub instruction: &'a Described,
    /// Of the form.
    pub name: &'a str,
    pub valid: Valid,
    pub places: Vec<Place>,
    /// The chain once the valid instruction has landed.
    pub after: LiteSVM,
    /// Every live account of our programs: program, type, address.
    pub records: Vec<(&'static str, String, Pubkey)>,
}

/// An account that the instruction takes.
#[derive(Clone)]
pub struct Place {
    pub name: String,
    pub key: Pubkey,
    pub kind: Kind,
    pub optional: bool,
    pub flags: Flags,
}

/// Pays for the transaction and does nothing else in it: nobody of the instruction signs or is
/// written merely because the transaction is paid for.
fn fee_payer() -> Keypair {
    key("fee payer")
}

/// A program that does as it is told, in the place of another.
pub fn attackers_program() -> Pubkey {
    key("attacker's program").pubkey()
}

impl<'a> Stage<'a> {
    /// What the chain says against it, if it is not valid.
    pub fn new(
        program: &'a Program,
        instruction: &'a Described,
        name: &'a str,
        mut valid: Valid,
    ) -> Result<Self, String> {
        let svm = &mut valid.svm;
        svm.airdrop(&fee_payer().pubkey(), 1_000_000_000).expect("lamports");
        let path = program_path("scrip_caller");
        svm.add_program_from_file(attackers_program(), &path).unwrap_or_else(|error| {
            let command = "cargo xtask build-sbf --manifest-path tests/caller/Cargo.toml";
            panic!("{}: {error}. Build it first: {command}", path.display())
        });
        let mut stage = Self {
            program,
            instruction,
            name,
            after: valid.svm.clone(),
            valid,
            places: vec![],
            records: vec![],
        };
        let mut after = stage.valid.svm.clone();
        stage.send(&mut after, &stage.valid.instruction, &[]).map_err(|failed| {
            format!("{} is not valid as made: {:#?}", stage.name, failed.meta.logs)
        })?;
        stage.after = after;
        stage.places = stage.describe(instruction);
        stage.records = stage.all_records();
        Ok(stage)
    }

    fn describe(&self, instruction: &Described) -> Vec<Place> {
        let metas = &self.valid.instruction.accounts;
        let named = instruction.accounts.iter().map(|it| (it.name.clone(), it.optional, it.flags));
        let rest = self.valid.rest.iter().map(|name| ((*name).to_owned(), false, None));
        let described: Vec<_> = named.chain(rest).collect();
        assert_eq!(described.len(), metas.len(), "accounts of {}", self.name);
        let places = described.into_iter().zip(metas).map(|((name, optional, flags), meta)| {
            let made = Flags { signer: meta.is_signer, writable: meta.is_writable };
            let nothing = optional && meta.pubkey == self.program.id;
            let asked = flags.filter(|_| !nothing).unwrap_or(made);
            assert_eq!(made, asked, "flags of {} {name}", self.name);
            let kind = if nothing {
                Kind::Nothing
            } else {
                kind(&self.valid.svm, &self.after, &meta.pubkey, meta.is_signer)
            };
            Place { name, key: meta.pubkey, kind, optional, flags: made }
        });
        places.collect()
    }

    fn all_records(&self) -> Vec<(&'static str, String, Pubkey)> {
        let mut records = vec![];
        for (program, id) in program::ALL {
            for (address, account) in self.valid.svm.get_program_accounts(&id) {
                if account.lamports > 0
                    && let Some(kind) = crate::kind::type_of(program, &account.data)
                {
                    records.push((program, kind, address));
                }
            }
        }
        records.sort();
        records
    }

    /// Sends with all signatures that the instructions ask for.
    pub fn send(
        &self,
        svm: &mut LiteSVM,
        instruction: &Instruction,
        others: &[Keypair],
    ) -> Result<(), Box<FailedTransactionMetadata>> {
        let message = self.message(svm, instruction);
        let payer = fee_payer();
        let known: Vec<_> =
            std::iter::once(&payer).chain(&self.valid.signers).chain(others).collect();
        let asked = usize::from(message.header.num_required_signatures);
        let signers: Vec<_> = message.account_keys[..asked]
            .iter()
            .map(|asked| {
                let known = known.iter().find(|signer| signer.pubkey() == *asked);
                *known.unwrap_or_else(|| panic!("{}: nobody signs for {asked}", self.name))
            })
            .collect();
        let transaction =
            VersionedTransaction::try_new(VersionedMessage::Legacy(message), &signers);
        let transaction = transaction.expect("exactly the signers are given");
        svm.send_transaction(transaction).map(|_| ()).map_err(Box::new)
    }

    /// Without a lookup table, which some would need to fit a packet: the VM takes it as it is.
    pub fn message(&self, svm: &LiteSVM, instruction: &Instruction) -> Message {
        let all = [self.valid.before.as_slice(), std::slice::from_ref(instruction)].concat();
        let (payer, blockhash) = (fee_payer().pubkey(), svm.latest_blockhash());
        Message::new_with_blockhash(&all, Some(&payer), &blockhash)
    }

    /// What a case ends with. Whatever fails has changed nothing but what its payer has, by the fee.
    pub fn end(&self, case: &Case, names: &Names) -> String {
        let mut svm = self.valid.svm.clone();
        if let Some((address, account)) = &case.placed {
            svm.set_account(*address, account.clone()).expect("an account can be set");
        }
        let message = self.message(&svm, &case.instruction);
        let (before, had) = everything(&svm, &message);
        let Err(failed) = self.send(&mut svm, &case.instruction, &case.signers) else {
            return LANDS.to_owned();
        };
        let (after, has) = everything(&svm, &message);
        assert!(before == after, "{} {}: something moved", self.name, case.variant);
        assert_eq!(had - has, failed.meta.fee, "{} {}: more than the fee", self.name, case.variant);
        names.of(self, &failed)
    }

    pub fn account(&self, key: &Pubkey) -> Option<Account> {
        live(&self.valid.svm, key)
    }
}

/// Everything that a transaction could have changed, and what its payer has.
fn everything(svm: &LiteSVM, message: &Message) -> (Vec<Option<Account>>, u64) {
    let payer = fee_payer().pubkey();
    let others = message.account_keys.iter().filter(|key| **key != payer);
    let payers = svm.get_account(&payer).map_or(0, |account| account.lamports);
    (others.map(|key| live(svm, key)).collect(), payers)
}
