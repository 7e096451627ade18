//! The cases of an instruction, from what its accounts are.

use crate::{
    forge::{self, Placed},
    kind::{Kind, live},
    seeds,
    stage::{Place, Stage, attackers_program},
};
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{build::TOKEN, vm::key};
use solana_account::Account;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const CLOCK_SYSVAR: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// Where a type of record has the number of another, behind its eight bytes of type: an investor its
/// provider's, a corporate action its own, which the ticker names.
const NUMBERED: [(&str, &str, usize); 2] =
    [("Investor", "provider-number", 8 + 6), ("CorporateAction", "action-number", 8 + 4)];

/// One account of the valid instruction, otherwise.
pub struct Case {
    pub place: usize,
    /// What is wrong, and of whom: `of:mint`.
    pub variant: String,
    pub instruction: Instruction,
    pub placed: Option<Placed>,
    pub signers: Vec<Keypair>,
}

/// All that is to be tried of an instruction, and what cannot be.
#[derive(Default)]
pub struct Cases {
    pub all: Vec<Case>,
    pub holes: Vec<String>,
}

pub fn cases(stage: &Stage) -> Cases {
    let mut cases = Cases::default();
    for place in 0..stage.places.len() {
        if stage.places[place].kind != Kind::Nothing {
            let mut maker = Maker { stage, place, cases: &mut cases };
            maker.flags();
            maker.contents();
        }
    }
    cases
}

struct Maker<'s, 'a> {
    stage: &'s Stage<'a>,
    place: usize,
    cases: &'s mut Cases,
}

impl Maker<'_, '_> {
    fn it(&self) -> &Place {
        &self.stage.places[self.place]
    }

    fn key(&self) -> Pubkey {
        self.it().key
    }

    fn add(
        &mut self,
        variant: impl Into<String>,
        instruction: Instruction,
        placed: Option<Placed>,
    ) {
        let (place, variant) = (self.place, variant.into());
        self.cases.all.push(Case { place, variant, instruction, placed, signers: vec![] });
    }

    /// Another account instead.
    fn swap(&mut self, variant: impl Into<String>, with: Pubkey, placed: Option<Placed>) {
        let mut instruction = self.stage.valid.instruction.clone();
        instruction.accounts[self.place].pubkey = with;
        self.add(variant, instruction, placed);
    }

    /// An account that is placed for the case, instead.
    fn swap_placed(&mut self, variant: impl Into<String>, placed: Placed) {
        self.swap(variant, placed.0, Some(placed));
    }

    /// The same account, otherwise.
    fn replace(&mut self, variant: impl Into<String>, placed: Placed) {
        self.add(variant, self.stage.valid.instruction.clone(), Some(placed));
    }

    fn flags(&mut self) {
        let (flags, optional) = (self.it().flags, self.it().optional);
        let valid = &self.stage.valid.instruction;
        if flags.signer {
            let mut unsigned = valid.clone();
            unsigned.accounts[self.place].is_signer = false;
            self.add("unsigned", unsigned, None);
        }
        if flags.writable {
            let mut readonly = valid.clone();
            readonly.accounts[self.place].is_writable = false;
            self.add("readonly", readonly, None);
        }
        if optional {
            let mut missing = valid.clone();
            let meta = &mut missing.accounts[self.place];
            (meta.pubkey, meta.is_signer, meta.is_writable) = (self.stage.program.id, false, false);
            self.add("missing", missing, None);
        }
    }

    fn contents(&mut self) {
        let key = self.key();
        match self.it().kind.clone() {
            Kind::Nothing => {}
            Kind::Program => {
                self.swap("fake", attackers_program(), None);
                if [TOKEN, TOKEN_2022].contains(&key) {
                    let other = if key == TOKEN { TOKEN_2022 } else { TOKEN };
                    self.swap("other", other, None);
                }
            }
            Kind::Sysvar => {
                self.swap_placed("fake", forge::sysvar(self.stage));
                self.swap("other", CLOCK_SYSVAR, None);
            }
            Kind::Key => self.other_key(),
            Kind::Address => {
                self.swap("elsewhere", forge::elsewhere(), None);
                self.off_canonical(None);
            }
            Kind::New => {
                self.swap("elsewhere", forge::elsewhere(), None);
                let made = live(&self.stage.after, &key).expect("it was made");
                self.off_canonical(Some(&made));
                self.replace("taken", (key, made));
            }
            kind => {
                let account = self.stage.account(&key).expect("it is there");
                self.other_data(&kind, &account);
            }
        }
    }

    /// Another wallet, which signs if the first one does.
    fn other_key(&mut self) {
        let other = key("stranger");
        self.swap_placed("elsewhere", forge::wallet(other.pubkey()));
        self.cases.all.last_mut().expect("just added").signers.push(other);
    }

    fn other_data(&mut self, kind: &Kind, account: &Account) {
        let key = self.key();
        self.swap_placed("foreign", forge::look_alike(account));
        self.other_types(kind);
        self.other_parents(account);
        self.replace("closed", forge::closed(key));
        self.replace("empty", forge::empty(key));
        for other in self.stage.places.clone() {
            if other.kind == *kind && other.key != key {
                self.swap(format!("same:{}", other.name), other.key, None);
            }
        }
        match kind {
            Kind::Record(_) => self.off_canonical(Some(account)),
            Kind::TokenAccount | Kind::ClassicTokenAccount
                if seeds::associated(account, &key).is_some() =>
            {
                self.off_canonical(Some(account));
            }
            _ => {}
        }
        if kind.is_token_2022() {
            self.swap_placed("classic", forge::of_other_token_program(account));
        } else if kind.is_classic() {
            self.swap_placed("token-2022", forge::of_other_token_program(account));
        }
    }

    /// Each other type of the program's accounts; of what is not its own account, any record of it,
    /// and a mint for a token account and the other way.
    fn other_types(&mut self, kind: &Kind) {
        let owner = self.stage.account(&self.key()).expect("it is there").owner;
        let records = self.stage.records.clone();
        let same_program = |program: &str| {
            crate::program::ALL.iter().any(|(name, id)| *name == program && *id == owner)
        };
        let ours = matches!(kind, Kind::Record(_));
        let mut seen: Vec<String> = vec![kind.to_string()];
        for (program, name, address) in records {
            let wanted =
                if ours { same_program(program) } else { program == self.stage.program.name };
            if wanted && !seen.contains(&name) && (ours || seen.len() == 1) {
                self.swap(format!("type:{name}"), address, None);
                seen.push(name);
            }
        }
        if seen.len() == 1 {
            let place = self.it().name.clone();
            self.cases.holes.push(format!("there is no account of another type for {place}"));
        }
        for other in self.stage.places.clone() {
            let mint_for_account = kind.is_token_account() && other.kind.is_mint();
            let account_for_mint = kind.is_mint() && other.kind.is_token_account();
            if mint_for_account || account_for_mint {
                self.swap(format!("type:{}", other.kind), other.key, None);
                break;
            }
        }
    }

    /// The account as a stranger would have it instead of each other account of the instruction that
    /// it names, and instead of each record that it has in common with another one of them; and, if
    /// others name it or it names nobody, another one that says the same.
    fn other_parents(&mut self, account: &Account) {
        let own = self.key();
        let mut named: Vec<Pubkey> = vec![];
        let mut names_it = false;
        for other in self.stage.places.clone() {
            let plain = matches!(other.kind, Kind::Program | Kind::Nothing | Kind::Sysvar);
            if plain || other.key == own || named.contains(&other.key) {
                continue;
            }
            if !forge::mentions(&account.data, &other.key).is_empty() {
                let placed = forge::estranged(account, &other.key);
                self.swap_placed(format!("of:{}", other.name), placed);
                named.push(other.key);
            }
            let others = self.stage.account(&other.key).map(|account| account.data);
            names_it |= others.is_some_and(|data| !forge::mentions(&data, &own).is_empty());
        }
        self.other_common_parents(account);
        self.other_number(account);
        if names_it || named.is_empty() {
            self.swap_placed("another", forge::twin(account));
        }
    }

    /// Neither of the two need be given their common parent: they must still have the same one.
    fn other_common_parents(&mut self, account: &Account) {
        let (own, stage) = (self.key(), self.stage);
        let places = || stage.places.iter().filter(|place| place.key != own);
        for (_, kind, parent) in &stage.records {
            let given = stage.places.iter().any(|place| place.key == *parent);
            let names = |data: &[u8]| !forge::mentions(data, parent).is_empty();
            let common = || {
                let others = places().filter_map(|place| stage.account(&place.key));
                others.into_iter().any(|other| names(&other.data))
            };
            if !given && names(&account.data) && common() {
                self.swap_placed(format!("of:{kind}"), forge::estranged(account, parent));
            }
        }
    }

    /// Some records name another by its number.
    fn other_number(&mut self, account: &Account) {
        let kind = self.it().kind.to_string();
        let of_kind = NUMBERED.iter().filter(|(known, ..)| *known == kind);
        for (_, of, at) in of_kind {
            let mut other = account.clone();
            other.data[*at] = other.data[*at].wrapping_add(1);
            self.swap_placed(format!("of:{of}"), forge::twin(&other));
        }
    }

    /// The next lower bump that gives an address, with all that the account at the canonical one has.
    fn off_canonical(&mut self, account: Option<&Account>) {
        let (kind, name) = (self.it().kind.clone(), self.it().name.clone());
        let Some(derived) = seeds::of(self.stage, self.it(), account) else {
            if kind != Kind::Address {
                self.cases.holes.push(format!("nobody knows the seeds of {name}, a {kind}"));
            }
            return;
        };
        let (address, bump) = derived.off_canonical();
        let placed = account.filter(|_| kind != Kind::New).map(|account| {
            let mut account = account.clone();
            if matches!(kind, Kind::Record(_)) && name != "list" {
                // Behind eight bytes of type and one of version.
                account.data[9] = bump;
            }
            (address, account)
        });
        self.swap("bump", address, placed);
    }
}
