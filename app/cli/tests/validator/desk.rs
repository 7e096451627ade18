//! A desk: a folder with keys and a configuration, at which `scrip` is run.

use scrip_client::rpc::Chain;
use serde_json::{Value, json};
use solana_rpc_client_api::request::RpcRequest;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The chain's clock is one: who moves it must be alone.
static TURN: Mutex<()> = Mutex::new(());

pub const HOUR: i64 = 3_600;

pub struct Desk {
    pub folder: PathBuf,
    pub url: String,
    _turn: MutexGuard<'static, ()>,
}

/// What a run ended with.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let url =
            std::env::var("SCRIP_URL").expect("SCRIP_URL is not set: run `cargo xtask test cli`");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, url, _turn: turn }
    }

    /// One of an issuer with a custodian and three attestors, all of whom must sign. `admin` acts by default.
    pub fn of_issuer(name: &str) -> Self {
        let desk = Self::new(name);
        desk.funded("admin");
        for key in ["one", "two", "three", "alice"] {
            desk.key(key);
        }
        desk.ok("config set keypair admin.json");
        let issuer = desk.ok("issuer create --timelock 1h");
        desk.ok(&format!("config set issuer {}", text(&issuer, "issuer")));
        desk.ok("custodian create --name=Test_Custody");
        desk.ok("attestors create --key one.json --key two.json --key three.json --threshold 3");
        desk
    }

    /// The same with a ticker, AAPLx.
    pub fn of_ticker(name: &str) -> Self {
        let desk = Self::of_issuer(name);
        desk.list("AAPLx", "");
        desk
    }

    pub fn list(&self, symbol: &str, flags: &str) -> Value {
        self.ok(&format!("ticker list {symbol} --name=Apple --underlying AAPL --mic XNAS {flags}"))
    }

    /// Mints shares of a ticker to a key's owner, with 1,000 shares held.
    pub fn mint(&self, symbol: &str, to: &str, shares: &str) -> Value {
        self.ok(&format!("mint {symbol} {to}.json {shares} --settled 1000 {ATTESTORS}"))
    }

    /// Makes a key file, and gives its address.
    pub fn key(&self, name: &str) -> String {
        text(&self.ok(&format!("key new {name}.json")), "address")
    }

    pub fn funded(&self, name: &str) -> String {
        let address = self.key(name);
        self.ok(&format!("airdrop 100 {name}.json"));
        address
    }

    pub fn address(&self, name: &str) -> String {
        text(&self.ok(&format!("key show {name}.json")), "address")
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scrip"));
        command.args(line.split_whitespace()).current_dir(&self.folder).stdin(Stdio::null());
        // What whoever runs the tests has set is not this desk's.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SCRIP_") {
                command.env_remove(name);
            }
        }
        command.env("SCRIP_CONFIG", self.folder.join("config.toml")).env("SCRIP_URL", &self.url);
        command
    }

    /// `scrip LINE`, in the background.
    pub fn start(&self, line: &str) -> std::process::Child {
        let mut command = self.command(&format!("--output json --yes {line}"));
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// `scrip LINE`, nothing added.
    pub fn run(&self, line: &str) -> Ran {
        let Output { status, stdout, stderr } = self.command(line).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: status.code().unwrap(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// What it says, as JSON; it must succeed.
    pub fn ok(&self, line: &str) -> Value {
        let ran = self.run(&format!("--output json --yes {line}"));
        assert_eq!(ran.status, 0, "scrip {line}\n{}{}", ran.stdout, ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout))
    }

    /// What it says, as JSON, of an audit that finds something.
    pub fn unsound(&self, line: &str) -> Value {
        let ran = self.run(&format!("--output json --yes {line}"));
        assert_eq!(ran.status, 9, "scrip {line}\n{}{}", ran.stdout, ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout))
    }

    /// Why it does not, as JSON; it must end with this status.
    pub fn refused(&self, line: &str, status: i32) -> Value {
        let ran = self.run(&format!("--output json --yes {line}"));
        assert_eq!(ran.status, status, "scrip {line}\n{}{}", ran.stdout, ran.stderr);
        let said: Value = serde_json::from_str(&ran.stderr)
            .unwrap_or_else(|error| panic!("{error}: {}", ran.stderr));
        assert_eq!(said["error"]["exit"], status);
        said["error"].clone()
    }

    pub fn write(&self, name: &str, content: &str) {
        fs::write(self.folder.join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// What an owner has of a ticker, raw.
    pub fn balance(&self, symbol: &str, owner: &str) -> u64 {
        raw(&self.ok(&format!("kyc check {symbol} {owner}"))["balance"])
    }

    pub fn chain(&self) -> Chain {
        Chain::connect(&self.url).unwrap()
    }

    /// A method that only the local validator has.
    pub fn cheat(&self, method: &'static str, params: Value) {
        let _: Value = self.chain().client.send(RpcRequest::Custom { method }, params).unwrap();
    }

    /// Lets this many seconds pass on the chain.
    pub fn pass(&self, seconds: i64) {
        let to = self.chain().now().unwrap() + seconds;
        self.cheat("surfnet_timeTravel", json!([{ "absoluteTimestamp": to * 1_000 }]));
    }
}

pub const ATTESTORS: &str = "--attestor one.json --attestor two.json --attestor three.json";

pub fn text(page: &Value, key: &str) -> String {
    page[key].as_str().unwrap_or_else(|| panic!("no {key} in {page:#}")).to_owned()
}

/// Of an amount.
pub fn raw(amount: &Value) -> u64 {
    amount["raw"].as_str().unwrap_or("0").parse().unwrap()
}

/// Whether a list of words has this one.
pub fn lists(list: &Value, word: &str) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(|one| one == word))
}
