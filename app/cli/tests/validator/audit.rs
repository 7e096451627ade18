//! `audit` and `explain`.

use crate::desk::{Desk, text};
use borsh::BorshSerialize;
use scrip_client::{
    accounts::Account,
    issuer::accounts::{Redemption, Ticker},
};
use scrip_interface::{ids::ISSUER, mint::TOKEN_2022, pda, token_account::associated};
use serde_json::{Value, json};
use solana_account::Account as Bytes;
use solana_pubkey::Pubkey;

/// Of the base of a mint and of a token account, as in the classic Token program.
const SUPPLY: usize = 36;
const AMOUNT: usize = 64;

/// What an inconsistency is planted in.
struct Books<'a> {
    desk: &'a Desk,
    mint: Pubkey,
    ticker: Pubkey,
    escrow: Pubkey,
}

impl Books<'_> {
    fn set(&self, address: &Pubkey, account: &Bytes) {
        let content = json!({
            "lamports": account.lamports,
            "owner": account.owner.to_string(),
            "data": hex::encode(&account.data),
            "executable": false,
        });
        self.desk.cheat("surfnet_setAccount", json!([address.to_string(), content]));
    }

    /// Audits with an account altered, and then puts it back. Gives the names of what does not add up.
    fn audit_with(&self, address: &Pubkey, alter: impl FnOnce(&mut Vec<u8>)) -> Vec<String> {
        let good = self.desk.chain().account(address).unwrap().unwrap();
        let mut bad = good.clone();
        alter(&mut bad.data);
        assert_ne!(bad.data, good.data);
        self.set(address, &bad);
        let found = wrong(&self.desk.unsound("audit AAPLx"));
        self.set(address, &good);
        found
    }

    fn audit_with_ticker(&self, alter: impl FnOnce(&mut Ticker)) -> Vec<String> {
        self.audit_with(&self.ticker, |data| {
            let mut ticker = Ticker::decode(data).unwrap();
            alter(&mut ticker);
            let mut bytes = vec![];
            ticker.serialize(&mut bytes).unwrap();
            data[..bytes.len()].copy_from_slice(&bytes);
        })
    }
}

/// The checks that do not add up.
fn wrong(page: &Value) -> Vec<String> {
    let checks = page["checks"].as_array().unwrap();
    assert!(checks.len() >= 5, "{page:#}");
    let wrong = checks.iter().filter(|check| check["adds_up"] == false);
    wrong.map(|check| text(check, "check")).collect()
}

fn lower(data: &mut [u8], at: usize, by: u64) {
    let field = &mut data[at..at + 8];
    let number = u64::from_le_bytes(field.try_into().unwrap());
    field.copy_from_slice(&number.checked_sub(by).unwrap().to_le_bytes());
}

#[test]
fn an_audit_adds_up_until_an_account_is_altered_and_names_what_was() {
    let desk = Desk::of_ticker("audit");
    desk.ok("airdrop 10 alice.json");
    desk.mint("AAPLx", "alice", "3");
    desk.ok("redeem request AAPLx 1 --keypair alice.json");
    let sound = desk.ok("audit AAPLx");
    assert_eq!((wrong(&sound), &sound["adds_up"]), (vec![], &true.into()), "{sound:#}");

    let mint: Pubkey = text(&sound, "mint").parse().unwrap();
    let escrow = associated(&pda::escrow(&ISSUER, &mint).0, &TOKEN_2022, &mint);
    let books = Books { desk: &desk, mint, ticker: pda::ticker(&ISSUER, &mint).0, escrow };

    let found = books.audit_with(&books.mint, |data| lower(data, SUPPLY, 1));
    assert!(found.contains(&"supply".to_owned()), "{found:?}");
    let found = books.audit_with_ticker(|ticker| ticker.minted += 1);
    assert!(found.contains(&"minted".to_owned()), "{found:?}");
    let found = books.audit_with(&books.escrow, |data| lower(data, AMOUNT, 1));
    assert_eq!(found, ["escrow"]);
    let found = books.audit_with_ticker(|ticker| ticker.stream.hash[0] ^= 1);
    assert_eq!(found, ["event stream"]);
    let found = books.audit_with_ticker(|ticker| ticker.reserves.settled.low = 1);
    assert!(found.contains(&"reserves".to_owned()), "{found:?}");
    let redemption = pda::redemption(&ISSUER, &mint, &desk.address("alice").parse().unwrap(), 0).0;
    let found = books.audit_with(&redemption, |data| {
        let mut redemption = Redemption::decode(data).unwrap();
        redemption.amount_left -= 1;
        let mut bytes = vec![];
        redemption.serialize(&mut bytes).unwrap();
        data[..bytes.len()].copy_from_slice(&bytes);
    });
    assert_eq!(found, ["redemption accounts"]);

    assert_eq!(wrong(&desk.ok("audit AAPLx")), Vec::<String>::new());
}

#[test]
fn a_transaction_is_told_by_its_instructions_and_events() {
    let desk = Desk::of_ticker("explain");
    let minted = desk.mint("AAPLx", "alice", "1.5");
    let signature = text(&minted["transactions"][0], "signature");
    let told = desk.ok(&format!("explain {signature}"));
    assert_eq!(told["outcome"], "landed");
    let instructions = told["instructions"].as_array().unwrap();
    let mint = instructions.iter().find(|one| one["name"] == "attest_mint").unwrap();
    assert_eq!(mint["program"], "issuer");
    assert_eq!(mint["events"][0]["name"], "SharesMinted");
    let alice = desk.address("alice");
    assert!(mint["events"][0]["fields"].to_string().contains(&alice), "{mint:#}");
    // The same in words.
    let words = desk.run(&format!("explain {signature}"));
    assert!(words.stdout.contains("SharesMinted, event "), "{}", words.stdout);

    assert!(text(&desk.refused("explain nonsense", 2), "message").contains("no signature"));
    let unknown = bs58::encode([7; 64]).into_string();
    desk.refused(&format!("explain {unknown}"), 6);
}
