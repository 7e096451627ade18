//! What every command works with: the global flags over the configuration, the cluster, the keys, and how to ask,
//! send and tell.

use crate::{
    chain::{Chain, fits},
    cli::Globals,
    config::{self, Config},
    exit::{Exit, Failure, Result},
    keys,
    output::{Cell, Page},
};
use clap::ValueEnum;
use serde_json::json;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{
    cell::{OnceCell, RefCell},
    env,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
};

const LOCAL_URL: &str = "http://127.0.0.1:8899";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people
    Table,
    /// For programs: one object on stdout
    Json,
}

pub struct Context {
    globals: Globals,
    pub config: Config,
    pub config_path: PathBuf,
    chain: OnceCell<Chain>,
    transactions: RefCell<Vec<Transaction>>,
}

/// One that was sent, or would be.
struct Transaction {
    what: String,
    units: Option<u64>,
    signature: Option<String>,
    logs: Vec<String>,
}

/// Instructions that belong into one transaction.
pub struct Step {
    /// In a few words, for the list of transactions.
    pub what: String,
    pub instructions: Vec<Instruction>,
}

impl Step {
    pub fn new(what: impl Into<String>, instructions: Vec<Instruction>) -> Self {
        Self { what: what.into(), instructions }
    }

    /// Whether it fits a transaction that `payer` pays for.
    pub fn fits(&self, payer: &Pubkey) -> bool {
        fits(payer, &self.instructions)
    }
}

impl Context {
    pub fn new(globals: Globals) -> Result<Self> {
        let config_path = globals.config.clone().unwrap_or_else(config::default_path);
        let config = Config::read(&config_path)?;
        Ok(Self {
            globals,
            config,
            config_path,
            chain: OnceCell::new(),
            transactions: RefCell::default(),
        })
    }

    pub const fn output(&self) -> Output {
        self.globals.output
    }

    pub const fn dry_run(&self) -> bool {
        self.globals.dry_run
    }

    pub fn url(&self) -> String {
        let given = self.globals.url.as_ref().or(self.config.url.as_ref());
        match given.map_or("localnet", String::as_str) {
            "localnet" => LOCAL_URL.into(),
            "devnet" => "https://api.devnet.solana.com".into(),
            "testnet" => "https://api.testnet.solana.com".into(),
            "mainnet" => "https://api.mainnet-beta.solana.com".into(),
            url => url.to_owned(),
        }
    }

    /// The cluster; connects when first asked.
    pub fn chain(&self) -> Result<&Chain> {
        if let Some(chain) = self.chain.get() {
            return Ok(chain);
        }
        let chain = Chain::connect(&self.url())?;
        Ok(self.chain.get_or_init(|| chain))
    }

    pub fn keypair_path(&self) -> PathBuf {
        let given = self.globals.keypair.clone();
        given
            .or_else(|| self.config.keypair.as_ref().map(PathBuf::from))
            .unwrap_or_else(|| env::home_dir().unwrap_or_default().join(".config/solana/id.json"))
    }

    /// Who acts: admin, operator, owner, attestor.
    pub fn keypair(&self) -> Result<Keypair> {
        keys::read(&self.keypair_path())
    }

    /// Who pays fees and rents: `--fee-payer`, else who acts.
    pub fn payer(&self) -> Result<Keypair> {
        match &self.globals.fee_payer {
            Some(path) => keys::read(path),
            None => self.keypair(),
        }
    }

    /// In whose name a question is asked that nobody signs. The issuer's own account will do where there is no key.
    pub fn asker(&self) -> Result<Pubkey> {
        self.payer().map(|payer| payer.pubkey()).or_else(|failure| {
            let issuer = self.issuer().ok();
            let admin = issuer.and_then(|issuer| {
                let issuer =
                    self.chain().ok()?.find::<scrip_client::issuer::accounts::Issuer>(&issuer);
                Some(issuer.ok()??.admin)
            });
            admin.ok_or(failure)
        })
    }

    /// The issuer that names, symbols and numbers belong to.
    pub fn issuer(&self) -> Result<Pubkey> {
        let given = self.globals.issuer.as_ref().or(self.config.issuer.as_ref());
        let given = given.ok_or_else(|| {
            Failure::usage("no issuer is named")
                .hint("give --issuer ADDRESS, or once and for all: scrip config set issuer ADDRESS")
        })?;
        given
            .parse()
            .map_err(|_| Failure::usage(format!("the issuer \"{given}\" is not an address")))
    }

    /// The custodian's number within the issuer.
    pub fn custodian_number(&self) -> Result<u32> {
        if let Some(number) = self.globals.custodian {
            return Ok(number);
        }
        self.config.custodian.as_ref().map_or(Ok(0), |text| {
            text.parse().map_err(|_| {
                Failure::usage(format!(
                    "custodian = \"{text}\" in the configuration is not a number"
                ))
            })
        })
    }

    /// The curator whose price feeds count; none: no prices in dollars.
    pub fn curator(&self) -> Result<Option<Pubkey>> {
        let given = self.globals.curator.as_ref().or(self.config.curator.as_ref());
        given.map_or(Ok(None), |text| {
            let parsed = text.parse().map(Some);
            parsed.map_err(|_| Failure::usage(format!("the curator \"{text}\" is not an address")))
        })
    }

    /// Asks before what cannot be taken back or hurts somebody. `what` completes "About to ...".
    pub fn confirm(&self, what: &str) -> Result<()> {
        if self.globals.yes || self.globals.dry_run {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::new(
                Exit::Declined,
                format!("about to {what}: nobody is here to confirm it"),
            )
            .hint("--yes confirms, --dry-run only shows"));
        }
        eprint!("About to {what}.\nGo on? [y/N] ");
        let _ = io::stderr().flush();
        let mut answer = String::new();
        let _ = io::stdin().lock().read_line(&mut answer);
        if matches!(answer.trim(), "y" | "Y" | "yes") {
            return Ok(());
        }
        Err(Failure::new(Exit::Declined, "not confirmed: nothing was sent"))
    }

    /// Sends one transaction: simulated first, so that a refusal costs nothing. With `--dry-run` only simulated.
    pub fn send(&self, step: Step, signers: &[&Keypair]) -> Result<()> {
        self.send_all(vec![step], signers)
    }

    /// Sends one after the other. Of several a dry run can simulate the first only: the others rest on it.
    pub fn send_all(&self, steps: Vec<Step>, signers: &[&Keypair]) -> Result<()> {
        let chain = self.chain()?;
        let payer = self.payer()?;
        for (index, Step { what, instructions }) in steps.into_iter().enumerate() {
            if self.dry_run() && index > 0 {
                self.record(what, None, None, vec![]);
                continue;
            }
            let simulated = chain.simulate(&payer.pubkey(), &instructions)?;
            if self.dry_run() {
                self.record(what, Some(simulated.compute_units), None, simulated.logs);
                continue;
            }
            let signature =
                chain.send(&instructions, &signers_of(&instructions, &payer, signers)?)?;
            self.record(what, Some(simulated.compute_units), Some(signature.to_string()), vec![]);
        }
        Ok(())
    }

    fn record(
        &self,
        what: String,
        units: Option<u64>,
        signature: Option<String>,
        logs: Vec<String>,
    ) {
        self.transactions.borrow_mut().push(Transaction { what, units, signature, logs });
    }

    /// For who sends many, and tells of them in another way.
    pub fn forget_transactions(&self) {
        self.transactions.take();
    }

    /// Prints a command's page, with the transactions that it sent.
    pub fn print(&self, mut page: Page) {
        let transactions = self.transactions.take();
        if self.dry_run() && !transactions.is_empty() {
            page.field("dry_run", Cell::new("nothing was sent", true));
        }
        if !transactions.is_empty() {
            let row = |one: &Transaction| {
                let fallback =
                    if one.units.is_some() { "simulated" } else { "rests on the one before" };
                let signature = one
                    .signature
                    .clone()
                    .map_or_else(|| Cell::new(fallback, json!(null)), Cell::from);
                let units =
                    one.units.map_or_else(Cell::none, |units| Cell::new(units.to_string(), units));
                vec![one.what.as_str().into(), units, signature]
            };
            let rows = transactions.iter().map(row).collect();
            page.table("transactions", &["what", "compute_units", "signature"], rows);
        }
        let logs: Vec<String> = transactions.into_iter().flat_map(|one| one.logs).collect();
        if !logs.is_empty() {
            page.lines("logs", logs);
        }
        let text = match self.output() {
            Output::Table => page.text(),
            Output::Json => format!("{:#}\n", page.json()),
        };
        // A reader that has seen enough, `| head`, is no failure.
        let _ = io::stdout().write_all(text.as_bytes());
    }
}

/// Those whose signature the instructions want, the payer first.
fn signers_of<'a>(
    instructions: &[Instruction],
    payer: &'a Keypair,
    offered: &[&'a Keypair],
) -> Result<Vec<&'a dyn Signer>> {
    let mut signers: Vec<&dyn Signer> = vec![payer];
    let wanted = instructions.iter().flat_map(|one| &one.accounts).filter(|meta| meta.is_signer);
    for meta in wanted {
        if signers.iter().any(|signer| signer.pubkey() == meta.pubkey) {
            continue;
        }
        let signer = offered.iter().find(|signer| signer.pubkey() == meta.pubkey);
        let signer = signer.ok_or_else(|| {
            Failure::usage(format!("{} has to sign, and its key was not given", meta.pubkey))
        })?;
        signers.push(*signer);
    }
    Ok(signers)
}
