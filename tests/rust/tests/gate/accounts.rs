//! For every instruction about records, from the IDL: without a signature, with an account read-only
//! that it writes, or with an account of another program or kind, it is refused.

use anchor_lang::error::ErrorCode;
use scrip_tests::{
    records::{
        Office, Sas, bar_investor, claim, close_investor, create_provider, create_registry,
        drop_venue, id_hash, limits, link_wallet, register_from_sas, register_investor,
        revoke_investor, set_provider, set_venue, sync_from_sas, unbar_investor, unlink_wallet,
        update_investor,
    },
    vm::{Outcome, assert_fails_with, key},
};
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use std::{collections::BTreeMap, fs, path::Path};

/// Pays rent in these instructions, so that the transaction's own payer does not sign for it.
fn patron() -> Keypair {
    key("patron")
}

fn wallets() -> Vec<Keypair> {
    ["patron", "officer", "provider 0", "alice", "bob", "keeper", "new"].map(key).into()
}

/// Everything an instruction may need.
fn office() -> (Office, Sas) {
    let mut office = Office::new();
    office.world.vm.svm.airdrop(&patron().pubkey(), 1_000_000_000_000).unwrap();
    office.person("alice");
    let (barred, _) = office.person("barred");
    office.manage(bar_investor(&office, &barred).instruction()).unwrap();
    office.investor("empty");
    office.manage(set_venue(&office, &key("venue").pubkey()).instruction()).unwrap();
    let sas = Sas::new(&mut office);
    let carol = sas.attest(&mut office, "carol");
    let register = register_from_sas(&office, &sas, &carol.pubkey());
    register.send(&mut office.world.vm, &[&carol]).unwrap();
    sas.attest(&mut office, "bob");
    (office, sas)
}

/// One valid instruction of every name.
fn instructions(office: &Office, sas: &Sas) -> BTreeMap<&'static str, Instruction> {
    let (provider, patron) = (&office.provider, patron().pubkey());
    let of = |name: &str| {
        scrip_interface::gate::pda::investor(&gate::ID, &office.issuer(), &id_hash(name)).0
    };
    let [alice, barred, empty] = ["alice", "barred", "empty"].map(of);
    let (keeper, new) = (key("keeper").pubkey(), key("new").pubkey());
    macro_rules! paid {
        ($call:expr) => {{
            let mut call = $call;
            call.accounts.payer = patron;
            call.instruction()
        }};
    }
    BTreeMap::from([
        ("create_registry", create_registry(patron, keeper, None, keeper).instruction()),
        ("create_provider", paid!(create_provider(office, 2, keeper))),
        ("set_provider", set_provider(office, &provider.address, limits(office)).instruction()),
        ("register_investor", paid!(register_investor(office, provider, id_hash("new")))),
        ("link_wallet", paid!(link_wallet(office, provider, &alice, &new))),
        ("unlink_wallet", unlink_wallet(office, &key("alice").pubkey()).instruction()),
        (
            "update_investor",
            update_investor(office, provider, &alice, claim(&office.world.vm)).instruction(),
        ),
        ("revoke_investor", revoke_investor(office, provider, &alice).instruction()),
        ("bar_investor", bar_investor(office, &alice).instruction()),
        ("unbar_investor", unbar_investor(office, &barred).instruction()),
        ("close_investor", close_investor(office, provider, &empty).instruction()),
        ("set_venue", paid!(set_venue(office, &new))),
        ("drop_venue", drop_venue(office, &key("venue").pubkey()).instruction()),
        ("register_from_sas", paid!(register_from_sas(office, sas, &key("bob").pubkey()))),
        ("sync_from_sas", sync_from_sas(office, sas, &key("carol").pubkey()).instruction()),
    ])
}

/// Of an instruction's account in the IDL.
struct Account {
    name: String,
    writable: bool,
    signer: bool,
}

/// Instructions about records with their accounts.
fn idl() -> Vec<(String, Vec<Account>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/idl/gate.json");
    let idl: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let flag = |account: &serde_json::Value, name: &str| account[name].as_bool().unwrap_or(false);
    let name = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
    let (office, sas) = office();
    let known = instructions(&office, &sas);
    let all = idl["instructions"].as_array().unwrap().iter();
    let ours: Vec<_> = all
        .filter(|instruction| known.contains_key(&*name(instruction)))
        .map(|instruction| {
            let accounts = instruction["accounts"].as_array().unwrap().iter();
            let account = |a: &serde_json::Value| Account {
                name: name(a),
                writable: flag(a, "writable"),
                signer: flag(a, "signer"),
            };
            (name(instruction), accounts.map(account).collect())
        })
        .collect();
    assert_eq!(ours.len(), known.len());
    ours
}

/// Sends with those of the known wallets that the instruction says sign, and finds nothing changed
/// if it is refused.
fn send(office: &mut Office, instruction: Instruction) -> Outcome {
    let known = wallets();
    let signs = |wallet: &Pubkey| {
        instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == *wallet)
    };
    let signers: Vec<&Keypair> = known.iter().filter(|w| signs(&w.pubkey())).collect();
    let before = office.everything();
    let outcome = office.world.vm.send(&[instruction], &signers);
    assert!(outcome.is_ok() || before == office.everything());
    outcome
}

/// Each account of each instruction that `chosen` picks, in an office as it was.
fn each(
    chosen: impl Fn(&Account) -> bool,
    mut test: impl FnMut(&mut Office, &str, usize, &Account, Instruction),
) -> usize {
    let mut tried = 0;
    for (name, accounts) in idl() {
        for (place, account) in accounts.iter().enumerate().filter(|(_, a)| chosen(a)) {
            let (mut office, sas) = office();
            let instruction = instructions(&office, &sas).remove(&*name).unwrap();
            test(&mut office, &name, place, account, instruction);
            tried += 1;
        }
    }
    tried
}

#[test]
fn each_instruction_is_valid_as_made() {
    for (name, _) in idl() {
        let (mut office, sas) = office();
        let instruction = instructions(&office, &sas).remove(&*name).unwrap();
        send(&mut office, instruction).unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    }
}

#[test]
fn each_instruction_wants_its_signers() {
    let tried = each(
        |account| account.signer,
        |office, name, place, _, mut instruction| {
            println!("{name}, account {place}");
            instruction.accounts[place].is_signer = false;
            let outcome = send(office, instruction);
            assert_fails_with(outcome, u32::from(ErrorCode::AccountNotSigner));
        },
    );
    assert_eq!(tried, 21);
}

#[test]
fn each_instruction_wants_to_write_what_it_writes() {
    let tried = each(
        |account| account.writable,
        |office, name, place, account, mut instruction| {
            if instruction.accounts[place].pubkey == office.world.vm.payer.pubkey() {
                // Its rent comes back to who pays for the transaction: it is written in any case.
                return;
            }
            instruction.accounts[place].is_writable = false;
            // Who pays, for what is new, is first asked by the System program, which may not have what
            // its caller has not.
            let address = &instruction.accounts[place].pubkey;
            let new = office.world.vm.account(address).is_none();
            let privilege = new || account.name == "payer";
            let failure = send(office, instruction).unwrap_err();
            let code = InstructionError::Custom(ErrorCode::ConstraintMut.into());
            let expected = if privilege && failure.error != instruction_error(code.clone()) {
                InstructionError::PrivilegeEscalation
            } else {
                code
            };
            assert_eq!(failure.error, instruction_error(expected), "{name}, account {place}");
        },
    );
    assert!(tried > 30, "{tried}");
}

fn instruction_error(error: InstructionError) -> TransactionError {
    TransactionError::InstructionError(0, error)
}

/// Accounts that the program keeps and reads, which are there when it is called.
fn kept(account: &Account) -> bool {
    ["registry", "provider", "investor", "wallet"].contains(&&*account.name)
}

#[test]
fn no_instruction_takes_another_programs_account() {
    let tried = each(kept, |office, name, place, _, mut instruction| {
        let address = instruction.accounts[place].pubkey;
        let Some(mut account) = office.world.vm.account(&address) else { return };
        // The right bytes, elsewhere, of an attacker's program.
        account.owner = key("an attacker's program").pubkey();
        let forged = key("forged").pubkey();
        office.world.vm.svm.set_account(forged, account).unwrap();
        instruction.accounts[place].pubkey = forged;
        println!("{name}, account {place}");
        let outcome = send(office, instruction);
        assert_fails_with(outcome, u32::from(ErrorCode::AccountOwnedByWrongProgram));
    });
    assert!(tried > 20, "{tried}");
}

#[test]
fn no_instruction_takes_one_kind_of_account_for_another() {
    let tried = each(kept, |office, name, place, account, mut instruction| {
        let address = instruction.accounts[place].pubkey;
        if office.world.vm.account(&address).is_none() {
            return;
        }
        let others = [
            ("registry", office.registry),
            ("provider", office.provider.address),
            ("wallet", office.wallet_address(&key("venue").pubkey())),
        ];
        for (kind, other) in others.into_iter().filter(|(kind, _)| *kind != account.name) {
            instruction.accounts[place].pubkey = other;
            println!("{name}, account {place}: {kind}");
            let outcome = send(office, instruction.clone());
            assert_fails_with(outcome, u32::from(ErrorCode::AccountDiscriminatorMismatch));
        }
    });
    assert!(tried > 20, "{tried}");
}

#[test]
fn no_instruction_creates_anything_but_at_its_own_address() {
    let tried = each(kept, |office, name, place, _, mut instruction| {
        let address = instruction.accounts[place].pubkey;
        if office.world.vm.account(&address).is_some() {
            return;
        }
        instruction.accounts[place].pubkey = key("elsewhere").pubkey();
        println!("{name}, account {place}");
        let outcome = send(office, instruction);
        assert_fails_with(outcome, u32::from(ErrorCode::ConstraintSeeds));
    });
    assert!(tried > 20, "{tried}");
}

#[test]
fn no_instruction_takes_another_system_program_nor_event_authority() {
    let tried = each(
        |account| ["event_authority", "system_program"].contains(&&*account.name),
        |office, name, place, account, mut instruction| {
            instruction.accounts[place].pubkey = key("elsewhere").pubkey();
            println!("{name}, {}", account.name);
            let outcome = send(office, instruction);
            let expected = match &*account.name {
                "system_program" => ErrorCode::InvalidProgramId,
                _ => ErrorCode::ConstraintAddress,
            };
            assert_fails_with(outcome, u32::from(expected));
        },
    );
    assert_eq!(tried, 15 + 6);
}
