//! Addresses of all programs' accounts, as TypeScript derives them too.

use crate::{a, golden::check};
use scrip_interface::{collateral, gate, ids, lender, mint, pda, token_account::associated};
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

const ID: u64 = 0x0102_0304_0506_0708;
const NUMBER: u32 = 0x0a0b_0c0d;
const HASH: [u8; 32] = [9; 32];
const SYMBOL: [u8; 16] = *b"BRK.Bx\0\0\0\0\0\0\0\0\0\0";
/// An attestation's kind: a mint's, a quote's.
const KINDS: [u8; 2] = [0, 6];

fn rows(program: &str, all: Vec<(&str, (Pubkey, u8))>) -> Vec<Value> {
    let row = |(name, (address, bump)): (&str, (Pubkey, u8))| json!({ "program": program, "name": name, "address": address.to_string(), "bump": bump });
    all.into_iter().map(row).collect()
}

fn issuer() -> Vec<Value> {
    let p = &ids::ISSUER;
    rows(
        "issuer",
        vec![
            ("issuer", pda::issuer(p, &a(1), ID)),
            ("custodian", pda::custodian(p, &a(2), NUMBER)),
            ("attestorSet", pda::attestor_set(p, &a(3), NUMBER)),
            ("nonceWindow", pda::nonce_window(p, &a(4))),
            ("ticker", pda::ticker(p, &a(4))),
            ("symbol", pda::symbol(p, &a(2), &SYMBOL)),
            ("redemption", pda::redemption(p, &a(4), &a(5), 7)),
            ("roleGrant", pda::role_grant(p, &a(2), &a(5))),
            ("announcement", pda::announcement(p, &a(2), ID)),
            ("attestationOfMint", pda::attestation(p, &a(2), KINDS[0], &HASH)),
            ("attestationOfQuote", pda::attestation(p, &a(2), KINDS[1], &HASH)),
            ("ownerLimits", pda::owner_limits(p, &a(4), &a(5))),
            ("hold", pda::hold(p, &a(4), &a(6))),
            ("seizure", pda::seizure(p, &a(4), &HASH)),
            ("corporateAction", pda::corporate_action(p, &a(4), NUMBER)),
            ("history", pda::history(p, &a(4))),
            ("cashDesk", pda::cash_desk(p, &a(2), &a(7))),
            ("authority", pda::authority(p, &a(4))),
            ("delegate", pda::delegate(p, &a(4))),
            ("escrow", pda::escrow(p, &a(4))),
        ],
    )
}

fn others() -> Vec<Value> {
    let (g, c, l) = (&ids::GATE, &ids::COLLATERAL, &ids::LENDER);
    let gate = rows(
        "gate",
        vec![
            ("registry", gate::pda::registry(g, &a(2))),
            ("provider", gate::pda::provider(g, &a(2), 200)),
            ("investor", gate::pda::investor(g, &a(2), &HASH)),
            ("wallet", gate::pda::wallet(g, &a(2), &a(5))),
            ("policy", gate::pda::policy(g, &a(4))),
            ("hookMetas", gate::pda::hook_metas(g, &a(4))),
            ("thawMetas", gate::pda::thaw_metas(g, &a(4))),
            ("freezeMetas", gate::pda::freeze_metas(g, &a(4))),
        ],
    );
    let collateral = rows(
        "collateral",
        vec![
            ("curator", collateral::pda::curator(c, &a(1), ID)),
            ("calendar", collateral::pda::calendar(c, &a(2), b"XNYS")),
            ("feed", collateral::pda::feed(c, &a(2), &a(4))),
        ],
    );
    let lender = rows(
        "lender",
        vec![
            ("market", lender::pda::market(l, &a(1), ID)),
            ("collateral", lender::pda::collateral(l, &a(2), &a(4))),
            ("position", lender::pda::position(l, &a(2), &a(5))),
            ("supplier", lender::pda::supplier(l, &a(2), &a(5))),
        ],
    );
    [gate, collateral, lender].concat()
}

/// An associated token account: found by the cluster's own program, with the token program among its seeds.
fn associated_accounts() -> Vec<Value> {
    let of = |token_program: &Pubkey| associated(&a(5), token_program, &a(4)).to_string();
    let token: Pubkey = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA".parse().unwrap();
    vec![json!({ "token2022": of(&mint::TOKEN_2022), "token": of(&token) })]
}

/// Who signs for a program's events: found by a word alone.
fn event_authorities() -> Vec<Value> {
    let of = |program: &Pubkey| Pubkey::find_program_address(&[b"__event_authority"], program);
    [("issuer", ids::ISSUER), ("gate", ids::GATE), ("collateral", ids::COLLATERAL)]
        .into_iter()
        .flat_map(|(name, program)| rows(name, vec![("eventAuthority", of(&program))]))
        .collect()
}

#[test]
fn every_account_has_its_golden_address() {
    let all = [issuer(), others(), event_authorities()].concat();
    check("addresses_golden.json", "addresses", all.into());
    check("addresses_golden.json", "associated", associated_accounts().into());
}
