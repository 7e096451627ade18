//! What transfers in the three modes and the gate's checks cost.

use super::{Foreign, Gated, Transfer, place, record, terms};
use crate::{
    build::{AttestMint, token_account},
    vm::{Receipt, Vm, program_path},
};
use scrip_interface::{issuer::Mode, mint::TOKEN_2022};
use solana_keypair::Keypair;
use solana_signer::Signer;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;

/// Addresses differ by the bumps that Token-2022 has to try: a median over so many pairs.
const PAIRS: usize = 40;

pub struct GateCosts {
    pub rows: Vec<(String, Receipt)>,
    /// What the hook itself adds to a transfer: the median of the differences to a hook that does
    /// nothing, with the same accounts.
    pub own_cu: u64,
}

pub fn costs() -> GateCosts {
    let mut rows = vec![];
    for (mode, name) in [(Mode::Open, "open"), (Mode::Frozen, "frozen-mode")] {
        let (mut gated, pairs) = shareholders(mode);
        let costs = transfers(&mut gated, &pairs, mode);
        rows.push((format!("token/transfer_checked/{name}"), median(costs)));
    }
    let (mut gated, pairs) = shareholders(Mode::Hooked);
    let hooked = transfers(&mut gated, &pairs, Mode::Hooked);
    replace_hook(&mut gated.vm);
    let idle = transfers(&mut gated, &pairs, Mode::Hooked);
    let mut own: Vec<_> = hooked
        .iter()
        .zip(&idle)
        .map(|(ours, idle)| ours.cost.compute_units - idle.cost.compute_units)
        .collect();
    own.sort_unstable();
    rows.push(("token/transfer_checked/hooked".to_owned(), median(hooked)));
    rows.extend(of_gate());
    GateCosts { rows, own_cu: own[PAIRS / 2] }
}

/// Pairs of registered wallets, of which the first has two units.
fn shareholders(mode: Mode) -> (Gated, Vec<[Keypair; 2]>) {
    let mut gated = Gated::new(mode);
    let pairs = (0..PAIRS).map(|i| ["payer", "payee"].map(|side| format!("{side} {i}")));
    let pairs: Vec<_> = pairs.map(|names| names.map(|name| gated.registered(&name))).collect();
    for pair in &pairs {
        for wallet in pair {
            thaw(&mut gated, wallet);
        }
        let mint = AttestMint::new(&mut gated, &pair[0].pubkey(), 2);
        mint.send(&mut gated).expect("a mint within the reserves lands");
    }
    (gated, pairs)
}

/// As the mint's freeze authority leaves an account that may be used.
fn thaw(gated: &mut Gated, wallet: &Keypair) {
    const STATE: usize = 108;
    let account = token_account(&wallet.pubkey(), &gated.mint());
    gated.vm.edit(&account, |account| account.data[STATE] = 1);
}

fn transfers(gated: &mut Gated, pairs: &[[Keypair; 2]], mode: Mode) -> Vec<Receipt> {
    let send = |[from, to]: &[Keypair; 2]| {
        let transfer = gated.transfer(&from.pubkey(), &to.pubkey(), 1);
        let extra = if mode == Mode::Hooked { transfer.extra.clone() } else { vec![] };
        let transfer = Transfer { extra, ..transfer };
        gated.send_transfer(&transfer, from).expect("lands")
    };
    pairs.iter().map(send).collect()
}

fn median(mut receipts: Vec<Receipt>) -> Receipt {
    receipts.sort_by_key(|receipt| receipt.cost.compute_units);
    receipts.swap_remove(receipts.len() / 2)
}

/// Puts a hook that looks at nothing but how many accounts there are in the place of ours.
fn replace_hook(vm: &mut Vm) {
    let path = program_path("scrip_caller");
    vm.svm.add_program_from_file(gate::ID, &path).unwrap_or_else(|error| {
        let command = "cargo xtask build-sbf --manifest-path tests/caller/Cargo.toml";
        panic!("{}: {error}. Build it first: {command}", path.display())
    });
}

fn of_gate() -> [(String, Receipt); 2] {
    let mut foreign = Foreign::new();
    let (payer, keeper) = (foreign.vm.payer.pubkey(), foreign.authority.pubkey());
    let created = foreign.create_policy(terms()).expect("lands");
    let owner = crate::vm::key("alice").pubkey();
    let create =
        create_associated_token_account_idempotent(&payer, &owner, &foreign.mint, &TOKEN_2022);
    foreign.vm.send(&[create], &[]).expect("lands");
    place(&mut foreign.vm, &record(&keeper, &owner));
    let question = foreign.question(false, &owner);
    let answered = foreign.vm.send(&[question], &[]).expect("lands");
    [("gate/create_policy".to_owned(), created), ("gate/can_thaw".to_owned(), answered)]
}
